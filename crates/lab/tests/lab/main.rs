//! The tests of the crate, one file a subject, as one program.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod evaluation_table;
mod membership;
mod near_duplicates;
mod picture_grid;
mod protection;
mod small_model;
mod training_gradients;
