//! Documents of Krita and OpenRaster.

#![cfg_attr(fuzzing, no_main)]

palimpsest_fuzz::decoder!(b"PK\x03\x04");
