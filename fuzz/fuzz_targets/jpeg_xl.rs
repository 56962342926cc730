//! JPEG XL files, bare and in their box.

#![cfg_attr(fuzzing, no_main)]

palimpsest_fuzz::decoder!(b"\xFF\x0A", b"\0\0\0\x0CJXL \r\n\x87\n");
