//! JPEG 2000 files, bare and in their box.

#![cfg_attr(fuzzing, no_main)]

palimpsest_fuzz::decoder!(b"\xFF\x4F\xFF\x51", b"\0\0\0\x0CjP  \r\n\x87\n");
