//! Training: the same networks and rules as an examination's, with gradients that end in the parameters.
//!
//! A network is a view of the [`Parameters`](parameters::Parameters), built once: the optimiser changes them between two steps, and
//! nothing is ever changed under a running computation. Every draw belongs
//! to a seed and the number of a step ([`Random`](palimpsest_base::random::Random)), and sums are taken in a fixed
//! order ([`batch`]): so a run is the same on any number of threads, and the same after an interruption.

pub mod average;
pub mod batch;
pub mod checkpoint;
pub mod components;
pub mod corpus;
pub mod corpus_hashes;
pub mod denoising;
pub mod error;
pub mod initial;
pub mod linear_code;
pub mod optimiser;
pub mod parameters;
pub mod reconstruction;
pub mod trainer;

/// Purposes of draws: each has its own sequences.
pub mod purpose {
    pub const INITIAL: u16 = 0;
    pub const PATCH: u16 = 1;
    pub const CROP: u16 = 2;
    pub const LATENT: u16 = 3;
    pub const VALIDATION: u16 = 4;
    pub const SAMPLE: u16 = 5;
    pub const ORDER: u16 = 6;
    pub const DRAW: u16 = 7;
    pub const SPLIT: u16 = 8;
    pub const AUGMENTATION: u16 = 9;
    pub const MEMBERSHIP: u16 = 10;
    pub const PROTECTION: u16 = 11;
    pub const SCATTER: u16 = 12;
    pub const MEASURING: u16 = 13;
    pub const CLEAN: u16 = 14;
    pub const CHANGED: u16 = 15;
}
