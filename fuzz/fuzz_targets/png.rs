//! PNG files.

#![cfg_attr(fuzzing, no_main)]

palimpsest_fuzz::decoder!(b"\x89PNG\r\n\x1A\n");
