//! Scores of likeness and of recovery, one file a score.

pub mod encoder;
pub mod kinship;
pub mod perceptual_hash;
pub mod recovery;
pub mod structural;
