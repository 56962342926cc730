//! The reference data and helpers that the tests of several crates share.
// Serves tests alone, where a panic is how a failure is told.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

pub mod geometry;
pub mod lora;
pub mod normal;
pub mod pictures;
pub mod reference;
