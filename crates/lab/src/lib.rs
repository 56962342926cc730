//! The laboratory: where the material of experiments is made. Nothing in it is needed to examine an
//! artwork.

pub mod calibration;
pub mod demonstration;
pub mod evaluation;
pub mod finetuning;
mod gaps;
pub mod grid;
pub mod membership;
pub mod paper;
pub mod pretraining;
pub mod protection;
pub mod small_model;
pub mod training;
pub mod validation;
pub mod works;
pub mod wrong_controls;
