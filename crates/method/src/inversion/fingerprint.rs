//! SHA-256 of what makes two runs the same run, and of what makes a file whole.

use sha2::{Digest as _, Sha256};

use palimpsest_base::digest::Digest;
use palimpsest_diffusion::Latent;

/// A hash of named parts. Names and lengths are hashed along, so that no part can pass for another.
pub(super) struct Fingerprint(Sha256);

impl Fingerprint {
    /// Of nothing yet; `purpose` keeps fingerprints of different things apart.
    pub fn new(purpose: &str) -> Self {
        Self(Sha256::new()).with(purpose, &[])
    }

    /// Takes in `bytes` under `name`.
    pub fn with(mut self, name: &str, bytes: &[u8]) -> Self {
        for part in [name.as_bytes(), bytes] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
        self
    }

    /// Takes in the shape and the bits of `latent` under `name`.
    pub fn with_latent(self, name: &str, latent: &Latent) -> Self {
        let shape = format!("{name} {:?}", latent.shape());
        let values = latent.values().iter();
        let bytes: Vec<u8> = values.flat_map(|value| value.to_le_bytes()).collect();
        self.with(&shape, &bytes)
    }

    /// The hash of all that was taken in.
    pub fn finish(self) -> Digest {
        self.0.into()
    }
}
