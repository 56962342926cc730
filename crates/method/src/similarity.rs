//! How alike two pictures are, and how far a latent was recovered: one file a score.

pub mod encoder;
pub mod kinship;
pub mod perceptual_hash;
pub mod recovery;
pub mod structural;
