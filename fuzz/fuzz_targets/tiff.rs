//! TIFF and BigTIFF files.

#![cfg_attr(fuzzing, no_main)]

palimpsest_fuzz::decoder!(b"II*\0", b"MM\0*", b"II+\0", b"MM\0+");
