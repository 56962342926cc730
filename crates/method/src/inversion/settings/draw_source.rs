//! The origin of the draws: a seed with what is drawn from it, or a file to be replayed.

use palimpsest_base::digest::Digest;
use serde::{Deserialize, Serialize};

use super::{NoisePairing, TimestepRange};
use crate::recorded_path::RecordedPath;

/// The origin of the timesteps and noises of an inversion.
#[derive(Clone, Debug, PartialEq)]
pub enum DrawSource {
    /// Drawn from a seed.
    Seeded(Seeded),
    /// Read from a file.
    Replayed {
        /// The pairing found in the file.
        noise: NoisePairing,
        /// The file.
        file: DrawsRecord,
    },
}

/// A seed, and what is drawn from it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Seeded {
    /// The timesteps that are drawn from, both ends included.
    pub timesteps: TimestepRange,
    /// Shared or independent noise of the two models.
    pub noise: NoisePairing,
    /// Seed of the generator.
    pub seed: u64,
}

/// A file of draws.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct DrawsRecord {
    /// The file.
    pub path: RecordedPath,
    /// SHA-256 of its content.
    pub sha256: Digest,
}

impl DrawSource {
    /// The seed and what is drawn from it; none where draws are replayed.
    pub fn seeded(&self) -> Option<&Seeded> {
        match self {
            Self::Seeded(seeded) => Some(seeded),
            Self::Replayed { .. } => None,
        }
    }

    /// The file that is replayed; none where draws come from a seed.
    pub fn file(&self) -> Option<&DrawsRecord> {
        match self {
            Self::Seeded(_) => None,
            Self::Replayed { file, .. } => Some(file),
        }
    }
}
