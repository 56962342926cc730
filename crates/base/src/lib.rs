//! Floor of the program: what every other crate may use and that uses none of them.

pub mod atomic;
pub mod bounded_read;
pub mod digest;
pub mod experiment_manifest;
pub mod hex;
pub mod number_format;
pub mod philox;
pub mod random;
pub mod sentence_case;
pub mod system;
