//! The tests of the crate, one file a subject, as one program.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod artwork;
mod artwork_new_formats;
mod artwork_pixels;
mod artwork_refused;
mod artwork_varieties;
mod checkpoint;
mod corpus;
mod draws;
mod generation;
mod graphics_card;
mod guidance;
mod inspection;
mod inversion;
mod mask;
mod plan;
mod pytorch_networks;
mod pytorch_similarity;
mod pytorch_trajectory;
mod recovery;
mod settings;
mod steering;
mod structural;
mod toy;
mod verdict;
mod verdict_numbers;
mod verdict_readings;
mod verdict_simulation;
mod verdict_simulation_ratios;
mod verdict_standing_out;
