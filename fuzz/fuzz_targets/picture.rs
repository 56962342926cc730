//! A picture file of any kind that is read, its colour profile included.

#![cfg_attr(fuzzing, no_main)]

palimpsest_fuzz::target!(palimpsest_fuzz::picture);
