//! The machine: its memory against what a pair of models needs, and the names under which
//! devices and memory rules are recorded.

use std::path::{Path, PathBuf};
use std::thread;

use serde::{Deserialize, Serialize};

use palimpsest_base::system;
use palimpsest_diffusion::files::Weights;
use palimpsest_diffusion::{Device, Memory, ModelError};

/// Memory of the descent beside the weights, in bytes.
const WORKING_BYTES: u64 = 2 << 30;

/// The rule by which memory is spent on speed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum MemoryRule {
    /// By what is available when the examination begins.
    #[default]
    Auto,
    /// This one.
    Fixed(Memory),
}

impl MemoryRule {
    /// The rule for models whose weights are `files`.
    ///
    /// # Errors
    /// [`ModelError`] if a file is no complete file of weights.
    pub fn decide(self, files: &[PathBuf]) -> Result<Memory, ModelError> {
        // Looked at in any case: a file that is cut short is found before the work begins.
        let needed = needed_bytes(files)?;
        Ok(match (self, system::available_memory()) {
            (Self::Fixed(memory), _) => memory,
            (Self::Auto, Some(available)) if available < needed => Memory::Low,
            (Self::Auto, _) => Memory::Full,
        })
    }
}

/// Memory of a descent whose models' weights are `files`, in bytes.
pub(super) fn needed_bytes(files: &[PathBuf]) -> Result<u64, ModelError> {
    Ok(widened_bytes(files)?.saturating_add(WORKING_BYTES))
}

/// The size that the weights among `files` have in single precision, in bytes.
fn widened_bytes(files: &[PathBuf]) -> Result<u64, ModelError> {
    let mut elements = 0u64;
    for file in files.iter().filter(|file| holds_weights(file)) {
        let weights = Weights::open(std::slice::from_ref(file))?;
        elements = elements.saturating_add(weights.numbers());
    }
    Ok(elements.saturating_mul(4))
}

fn holds_weights(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("safetensors" | "bin"))
}

/// The number of threads meant by `asked`, where 0 means all.
pub(super) fn threads(asked: usize) -> usize {
    match asked {
        // A system that does not say how many cores it has is given one thread: slow, and no wrong result.
        0 => thread::available_parallelism().map_or(1, usize::from),
        _ => asked,
    }
}

/// [`Device`] as the record spells it.
#[derive(Deserialize, Serialize)]
#[serde(remote = "Device", rename_all = "lowercase")]
pub(super) enum DeviceName {
    Cpu,
    Cuda,
    Metal,
    Reference,
}

/// [`Memory`] as the record spells it.
#[derive(Deserialize, Serialize)]
#[serde(remote = "Memory", rename_all = "lowercase")]
pub(super) enum MemoryName {
    Full,
    Low,
}
