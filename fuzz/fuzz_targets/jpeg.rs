//! JPEG files.

#![cfg_attr(fuzzing, no_main)]

palimpsest_fuzz::decoder!(b"\xFF\xD8\xFF");
