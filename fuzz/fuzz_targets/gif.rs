//! GIF files.

#![cfg_attr(fuzzing, no_main)]

palimpsest_fuzz::decoder!(b"GIF8");
