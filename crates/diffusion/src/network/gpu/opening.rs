//! The card that a run computes on: opened once a program, and believed only after its known-answer test. What
//! passed is remembered for that adapter, driver and version of the kernels.

use super::{Check, Gpu, KERNELS_VERSION, check, refusal};
use crate::ModelError;
use palimpsest_base::{atomic, bounded_read, environment, user_folders};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The environment variable that names an adapter, where a machine has several.
pub const ADAPTER_VARIABLE: &str = "PALIMPSEST_ADAPTER";
/// More than a machine has cards and drivers in its life.
const LONGEST: u64 = 1 << 20;

/// For each card that passed, the largest difference from the CPU.
type Passed = BTreeMap<String, f64>;

/// The adapter that is wanted by name, if one is.
pub fn wanted() -> Option<String> {
    environment::text(ADAPTER_VARIABLE)
}

/// The card to compute on, tested. It is opened anew if it was lost.
///
/// # Errors
/// [`ModelError::Unavailable`] if there is none or it computes wrongly.
pub fn open() -> Result<Arc<Gpu>, ModelError> {
    static OPEN: Mutex<Option<Arc<Gpu>>> = Mutex::new(None);
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(gpu) = open.as_ref().filter(|gpu| gpu.is_usable()) {
        return Ok(Arc::clone(gpu));
    }
    let unavailable = |why: String| ModelError::Unavailable {
        what: "The graphics card".into(),
        why,
    };
    let gpu = Gpu::open(wanted().as_deref()).map_err(|error| unavailable(error.to_string()))?;
    test_once(&gpu, &kept_in()).map_err(|error| unavailable(error.to_string()))?;
    let gpu = Arc::new(gpu);
    *open = Some(Arc::clone(&gpu));
    Ok(gpu)
}

/// The file of what passed.
fn kept_in() -> PathBuf {
    user_folders::cache().join("graphics-tests.json")
}

/// Tests the card unless `file` says that it has passed, as it is now.
///
/// # Errors
/// [`ModelError::Device`] if it computes wrongly, or fails at computing.
pub fn test_once(gpu: &Gpu, file: &Path) -> Result<(), ModelError> {
    let mut passed = read(file);
    let key = key(gpu);
    if passed.contains_key(&key) {
        return Ok(());
    }
    let checks = check(gpu)?;
    if let Some(refusal) = refusal(gpu, &checks) {
        return Err(refusal.into());
    }
    passed.insert(key, worst(&checks));
    // Where it cannot be kept, the test is made again by the next run.
    if let Ok(text) = serde_json::to_vec_pretty(&passed) {
        let _ = file.parent().map(std::fs::create_dir_all);
        let _ = atomic::replace(file, &text);
    }
    Ok(())
}

/// The largest difference from the CPU.
pub fn worst(checks: &[Check]) -> f64 {
    checks.iter().map(|check| check.error).fold(0.0, f64::max)
}

fn key(gpu: &Gpu) -> String {
    format!("{}, kernels {KERNELS_VERSION}", gpu.adapter())
}

/// What passed; nothing where the file is missing or damaged, which costs another test.
fn read(file: &Path) -> Passed {
    let bytes = bounded_read::read_at_most(file, LONGEST).ok();
    bytes
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}
