//! The reference data and helpers that the tests of several crates share.

pub mod lora;
pub mod normal;
pub mod reference;
