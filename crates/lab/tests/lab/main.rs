//! The tests of the crate, one file a subject, as one program.

mod evaluation_table;
mod near_duplicates;
mod picture_grid;
mod small_model;
mod training_gradients;
