//! The tests of the crate, one file a subject, as one program.

mod kernel_threads;
