//! The tests of the crate, one file a subject, as one program.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod autoencoder_gradient;
mod composed;
mod config;
mod distance;
mod footprint;
mod gpu;
mod hostile;
mod lora;
mod made_on_the_spot;
mod model_files;
mod noise_predictor_gradient;
mod one_file;
mod operations;
mod schedule;
mod tokenizer;
