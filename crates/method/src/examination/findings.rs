//! The findings of an examination, in the form in which it is kept and handed on. The names are a contract:
//! scripts and other laboratories read them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DeviceCheck, NotEvaluated, Plan, PrimaryScore, RecordedPath, Scores, nullable};
use crate::artwork::Crop;
use crate::inversion::{LossGap, Trace};
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::noise_predictor::Sizes;

/// All that is known of one artwork after its examination. Numbers that are not finite are null in
/// JSON.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Findings {
    /// The picture.
    pub artwork: ArtworkRecord,
    /// Everything that the result depends on beside the picture.
    #[serde(rename = "settings")]
    pub plan: Plan,
    /// The numbers of every step.
    #[serde(with = "TraceJson")]
    pub trace: Trace,
    /// The recovered picture against the original.
    pub similarity: Scores,
    /// The partial picture against the original: what there was before the optimisation.
    pub partial_similarity: Scores,
    /// The distance that the recovered latent came.
    pub recovery: Recovery,
    /// The difference of the losses on the whole artwork.
    #[serde(with = "LossGapJson")]
    pub loss_gap: LossGap,
    /// Steps that moved nothing.
    pub skipped_steps: usize,
    /// Seconds of work on this artwork: of the steps over all resumptions, of the rest in the session
    /// that finished it. Loading the noise predictors is not counted.
    pub seconds: f64,
    /// What card and processor made of the same draw, where a card computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_check: Option<DeviceCheck>,
    /// Scores that could not be computed, and why.
    pub not_evaluated: NotEvaluated,
    /// Notes for a reader, one sentence each.
    pub warnings: Vec<String>,
    /// The files of the pictures and latents.
    pub files: Files,
}

impl Findings {
    /// Width and height of the prepared picture, in pixels.
    pub fn extent(&self) -> [u32; 2] {
        let side = u32::try_from(self.plan.resolution).unwrap_or(u32::MAX);
        self.artwork.prepared.unwrap_or([side; 2])
    }

    /// A score, where it is a number.
    pub fn score(&self, score: PrimaryScore) -> Option<f64> {
        let (after, before) = (&self.similarity, &self.partial_similarity);
        let value = match score {
            PrimaryScore::RecoveryDirection => self.recovery.direction,
            PrimaryScore::RecoveryGain => self.recovery.gain_db,
            PrimaryScore::LossGap => Some(self.loss_gap.value),
            PrimaryScore::Structural => after.structural,
            PrimaryScore::StructuralGain => Some(after.structural? - before.structural?),
            PrimaryScore::Clip => after.clip,
            PrimaryScore::Dino => after.dino,
        };
        value.filter(|value| value.is_finite())
    }

    /// The warnings, and what else than the models' difference the recovered picture holds: findings of earlier
    /// versions do not say that themselves.
    pub fn notes(&self) -> Vec<String> {
        let impurity = self.plan.impurity();
        let unsaid = impurity.filter(|sentence| !self.warnings.contains(sentence));
        self.warnings.iter().cloned().chain(unsaid).collect()
    }

    /// Every score by name; a higher one speaks for use. A score that is not a number is left out.
    pub fn scores(&self) -> BTreeMap<&'static str, f64> {
        let all = PrimaryScore::ALL.into_iter();
        all.filter_map(|score| Some((score.name(), self.score(score)?)))
            .collect()
    }
}

/// The picture that was examined.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ArtworkRecord {
    /// The file.
    pub path: RecordedPath,
    /// SHA-256 of the file.
    pub sha256: Digest,
    /// Width of the upright picture in pixels.
    pub width: u32,
    /// Height of the upright picture in pixels.
    pub height: u32,
    /// The place of what was examined of it, where it was not the middle.
    #[serde(default, skip_serializing_if = "Crop::is_centre")]
    pub crop: Crop,
    /// Width and height of the prepared picture, where it was not to be a square.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepared: Option<[u32; 2]>,
    /// The sizes that the networks were told, where they were the artwork's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sizes: Option<Sizes>,
}

/// The way that the recovered latent came towards the artwork's, over what was removed.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Recovery {
    /// See [`recovery_gain_db`](crate::similarity::recovery::recovery_gain_db).
    pub gain_db: Option<f64>,
    /// See [`recovery_direction`](crate::similarity::recovery::recovery_direction).
    pub direction: Option<f64>,
}

/// Paths relative to the folder of the case, with `/` between the parts.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Files {
    /// The prepared artwork.
    pub original: String,
    /// The rest that was left of it.
    pub partial: String,
    /// The recovered picture.
    pub recovered: String,
    /// The latents and the mask.
    pub tensors: String,
}

#[derive(Deserialize, Serialize)]
#[serde(remote = "Trace")]
struct TraceJson {
    timestep: Vec<usize>,
    #[serde(deserialize_with = "nullable::numbers")]
    loss_pretrained: Vec<f64>,
    #[serde(deserialize_with = "nullable::numbers")]
    loss_finetuned: Vec<f64>,
    #[serde(deserialize_with = "nullable::numbers")]
    gradient_norm: Vec<f64>,
}

#[derive(Deserialize, Serialize)]
#[serde(remote = "LossGap")]
struct LossGapJson {
    #[serde(deserialize_with = "nullable::number")]
    value: f64,
    timesteps: Vec<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    turned: Option<f64>,
}
