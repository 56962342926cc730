//! The parts that screens are put together from.

pub mod comparison;
pub mod controls;
pub(in crate::app) mod focus;
pub mod list;
pub mod shortened;
