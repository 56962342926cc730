//! Documents of Photoshop, PSD and PSB.

#![cfg_attr(fuzzing, no_main)]

palimpsest_fuzz::decoder!(b"8BPS");
