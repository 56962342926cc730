//! The laboratory: where the material of experiments is made. Nothing in it is needed to examine an
//! artwork.

pub mod art;
mod random;
pub mod small_model;
pub mod training;
pub mod works;
