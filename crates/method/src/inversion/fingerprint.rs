//! SHA-256 of what makes two runs the same run, and of what makes a file whole.

use serde::Serialize;
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

    /// Takes in the canonical JSON of `value` under `name`: keys sorted, no white space, so that it
    /// depends on what is recorded and not on how a type is laid out.
    ///
    /// # Errors
    /// The error of `serde_json` if `value` has no JSON.
    pub fn with_json(self, name: &str, value: &impl Serialize) -> serde_json::Result<Self> {
        let sorted = serde_json::to_value(value)?;
        Ok(self.with(name, &serde_json::to_vec(&sorted)?))
    }

    /// Takes in the shape and the bits of `latent` under `name`.
    pub fn with_latent(self, name: &str, latent: &Latent) -> Self {
        let [channels, height, width] = latent.shape();
        let shape = format!("{name} {channels}x{height}x{width}");
        let values = latent.values().iter();
        let bytes: Vec<u8> = values.flat_map(|value| value.to_le_bytes()).collect();
        self.with(&shape, &bytes)
    }

    /// The hash of all that was taken in.
    pub fn finish(self) -> Digest {
        self.0.into()
    }
}
