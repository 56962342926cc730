//! Precautions that are taken on pictures before they are published: each is changed by a few levels at most, so that a
//! model that is fine-tuned on it learns something else. The gradient goes through the noise predictor and the encoder to
//! the pixels. Each precaution is its publishers' definition but for what is said at it; the latent is the mean of the
//! encoder's posterior, where they draw from it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_method::inversion::Control;
use serde::{Deserialize, Serialize};

use crate::training::trainer::Ending;

mod climbing;
mod error;
mod memory;
mod objective;
mod perturbed;
mod record;
mod surrogate;
mod together;
mod work;

pub use error::ProtectionError;
pub use record::{Losses, ProtectedPicture, RECORD, Record};

use climbing::Climber;
use record::Ledger;
use work::Work;

/// A precaution.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Precaution {
    /// The denoising loss, climbed (Liang et al., ICML 2023, arXiv 2302.04578).
    AdvDm,
    /// Anti-DreamBooth's alternating surrogate and perturbation learning (Van Le et al., ICCV 2023, arXiv 2303.15433): the
    /// denoising loss of a model that is fine-tuned on clean pictures in turns with the changed ones.
    Aspl,
    /// Mist (Liang and Wu 2023, arXiv 2305.12683): the latent is drawn to that of a target picture, and the denoising loss
    /// climbed.
    Mist,
}

impl Precaution {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AdvDm, Self::Aspl, Self::Mist];

    /// Its name on a command line and in records.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AdvDm => "advdm",
            Self::Aspl => "aspl",
            Self::Mist => "mist",
        }
    }

    /// Its name for readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::AdvDm => "AdvDM",
            Self::Aspl => "Anti-DreamBooth (ASPL)",
            Self::Mist => "Mist",
        }
    }
}

/// A request for changed pictures.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// The model that is expected to be fine-tuned.
    pub base: PathBuf,
    pub precaution: Precaution,
    /// The most that a channel of a pixel may change, in levels of 255.
    pub budget: u8,
    /// The length of a step, in levels.
    pub step: f64,
    pub steps: usize,
    /// The prompt under which the pictures are expected to be learnt.
    pub prompt: String,
    /// Mist's target picture; without it a pattern of high contrast.
    pub target: Option<PathBuf>,
    /// The weight of the denoising loss beside Mist's distance, at a latent of 4×64×64; for others in proportion to their
    /// size. 0 leaves it out.
    pub semantic_weight: f64,
    /// Pictures that ASPL's model learns besides, which nobody has changed; without them the pictures as they were.
    pub clean: Option<PathBuf>,
    /// The rate of ASPL's fine-tuning; without it what suits the size of the network.
    pub rate: Option<f64>,
    /// Side in pixels; without it what the model was trained on.
    pub resolution: Option<usize>,
    pub seed: u64,
}

impl Recipe {
    /// Mist's own weight of the denoising loss.
    pub const SEMANTIC_WEIGHT: f64 = 1e4;

    /// A precaution as it is usually taken.
    pub fn new(base: impl Into<PathBuf>, precaution: Precaution) -> Self {
        Self {
            base: base.into(),
            precaution,
            budget: 8,
            step: 1.0,
            steps: 100,
            prompt: "sks style".into(),
            target: None,
            semantic_weight: Self::SEMANTIC_WEIGHT,
            clean: None,
            rate: None,
            resolution: None,
            seed: 0,
        }
    }
}

/// News of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProtectionStep {
    /// The picture, counted from 1.
    pub picture: usize,
    pub pictures: usize,
    /// Its step, counted from 1.
    pub step: usize,
    pub steps: usize,
    /// What was climbed, before the step: a noisy measure, of one draw.
    pub value: f64,
    pub seconds_left: f64,
}

/// Changes the pictures `files` and writes them into `out`, each as a PNG, with a record of all beside them. `out` is new
/// or empty, or of the same request: finished pictures stay, and what was interrupted goes on, to the same bytes.
///
/// # Errors
/// [`ProtectionError`]; finished pictures stay.
pub fn protect(
    recipe: &Recipe,
    files: &[PathBuf],
    out: &Path,
    cpu: &Arc<Cpu>,
    control: &Control,
    report: &mut dyn FnMut(ProtectionStep),
) -> Result<Ending, ProtectionError> {
    let climber = Climber::open(recipe, cpu)?;
    // Every picture is read before the first is changed: one that cannot be is told of at once.
    let works = Work::all(files, climber.side() as u32)?;
    let clean = match &recipe.clean {
        Some(folder) if recipe.precaution == Precaution::Aspl => {
            Work::read_all(folder, climber.side() as u32)?
        }
        _ => Vec::new(),
    };
    let identity = climber.identity(control)?;
    let mut ledger = Ledger::open(recipe, (&works, &clean), identity, &climber, out)?;
    if ledger.lacks(&works).is_empty() {
        return Ok(Ending::Finished);
    }
    match recipe.precaution {
        Precaution::Aspl => {
            together::protect(&climber, (&works, &clean), &mut ledger, control, report)
        }
        Precaution::AdvDm | Precaution::Mist => {
            climber.one_by_one(&works, &mut ledger, control, report)
        }
    }
}

#[cfg(test)]
mod tests;
