//! Floor of the program: files, hashes, numbers in words, random draws. Every other crate may use it, and it
//! uses none of them.

pub mod atomic;
pub mod bounded_read;
pub mod caught_panic;
pub mod digest;
pub mod environment;
pub mod error_kind;
pub mod experiment_manifest;
pub mod hex;
pub mod home;
pub mod number_format;
pub mod philox;
pub mod random;
pub mod sentence_case;
pub mod system;
pub mod user_folders;
