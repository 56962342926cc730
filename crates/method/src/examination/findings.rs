//! What an examination found, in the form in which it is kept and handed on. The names are a contract:
//! scripts and other laboratories read them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{NotEvaluated, Plan, RecordedPath, Scores, nullable};
use crate::artwork::{Artwork, Crop};
use crate::inversion::{LossGap, Trace};
use palimpsest_base::digest::Digest;

/// All that is known of one artwork after its examination. Numbers that are not finite are null in
/// JSON.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Findings {
    /// The picture.
    pub artwork: ArtworkRecord,
    /// Everything that the result depends on beside the picture.
    pub settings: Plan,
    /// The numbers of every step.
    #[serde(with = "TraceJson")]
    pub trace: Trace,
    /// The recovered picture against the original.
    pub similarity: Scores,
    /// The partial picture against the original: what there was before the optimisation.
    pub partial_similarity: Scores,
    /// How far the recovered latent came.
    pub recovery: Recovery,
    /// The difference of the losses on the whole artwork.
    #[serde(with = "LossGapJson")]
    pub loss_gap: LossGap,
    /// Steps that moved nothing.
    pub skipped_steps: usize,
    /// Seconds of work on this artwork: of the steps over all resumptions, of the rest in the session
    /// that finished it. Loading the noise predictors is not counted.
    pub seconds: f64,
    /// Scores that could not be computed, and why.
    pub not_evaluated: NotEvaluated,
    /// What a reader should know, one sentence each.
    pub warnings: Vec<String>,
    /// Where the pictures and latents are.
    pub files: Files,
}

impl Findings {
    /// Every score by name; a higher one speaks for use. What is not a number is not there.
    pub fn scores(&self) -> BTreeMap<&'static str, f64> {
        let (after, before) = (&self.similarity, &self.partial_similarity);
        let gained = |after: Option<f64>, before: Option<f64>| Some(after? - before?);
        let all = [
            ("recovery.direction", self.recovery.direction),
            ("recovery.gain_db", self.recovery.gain_db),
            ("similarity.structural", after.structural),
            (
                "structural.gain",
                gained(after.structural, before.structural),
            ),
            ("similarity.clip", after.clip),
            ("similarity.dino", after.dino),
            ("loss_gap", Some(self.loss_gap.value)),
        ];
        let known = all.into_iter().filter_map(|(name, score)| {
            let score = score.filter(|score| score.is_finite())?;
            Some((name, score))
        });
        known.collect()
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
    /// Which square of it was examined, where it was not the middle one.
    #[serde(default, skip_serializing_if = "Crop::is_centre")]
    pub crop: Crop,
}

impl ArtworkRecord {
    pub(super) fn of(artwork: &Artwork, crop: Crop) -> Self {
        Self {
            path: RecordedPath::new(artwork.path()),
            sha256: artwork.sha256(),
            width: artwork.width(),
            height: artwork.height(),
            crop,
        }
    }
}

/// How far the recovered latent came towards the artwork's, over what was removed.
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
    /// What was left of it.
    pub partial: String,
    /// What came back.
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
}
