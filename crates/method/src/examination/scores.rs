//! The likeness of two pictures, by every measure for which the means are there. A score that cannot be
//! had is left out and its reason noted: it never becomes a number that means nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use image::RgbImage;
use serde::{Deserialize, Serialize};

use super::{ExaminationError, Identity};
use crate::artwork::{Artwork, prepare};
use crate::inversion::Control;
use crate::similarity::encoder::{EncoderError, EncoderKind, PictureEncoder, cosine_similarity};
use crate::similarity::structural::structural_similarity;
use palimpsest_diffusion::files::Component;
use palimpsest_diffusion::{Device, Engine, Memory, ModelError};

/// The side in pixels to which two pictures of any size are brought to compare their structure.
const COMMON_SIDE: u32 = 512;

/// Scores by name that could not be computed, and why.
pub type NotEvaluated = BTreeMap<String, String>;

/// The likeness of two pictures.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Scores {
    /// Cosine of the CLIP image embeddings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clip: Option<f64>,
    /// Cosine of the DINO class tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dino: Option<f64>,
    /// Mean structural similarity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structural: Option<f64>,
}

/// The picture encoders that are there.
#[derive(Clone, Debug)]
pub(super) struct Encoders {
    paths: [(EncoderKind, Option<PathBuf>); 2],
}

/// A picture's embedding by each encoder, or why there is none.
#[derive(Clone, Debug)]
pub(super) struct Embeddings([Result<Vec<f32>, String>; 2]);

impl Encoders {
    pub fn new(clip: Option<PathBuf>, dino: Option<PathBuf>) -> Self {
        Self {
            paths: [(EncoderKind::Clip, clip), (EncoderKind::Dino, dino)],
        }
    }

    /// Those that are given can be used.
    pub fn check(&self, engine: &Engine) -> Result<(), ModelError> {
        for (kind, path) in &self.paths {
            if let Some(path) = path {
                PictureEncoder::open(*kind, path, engine)?;
            }
        }
        Ok(())
    }

    /// Their identities: CLIP, DINO.
    pub fn identities(&self, control: &Control) -> Result<[Option<Identity>; 2], ExaminationError> {
        let identity = |(_, path): &(EncoderKind, Option<PathBuf>)| {
            let Some(path) = path else { return Ok(None) };
            let files = Component::open(path)?.files();
            Identity::read(path, &files, control).map(Some)
        };
        let [clip, dino] = &self.paths;
        Ok([identity(clip)?, identity(dino)?])
    }

    /// The embeddings of `pictures` as they are on disk. Each encoder is in memory by itself, and
    /// only meanwhile.
    pub fn embed<const N: usize>(
        &self,
        pictures: [&RgbImage; N],
        engine: &Engine,
    ) -> [Embeddings; N] {
        let by_encoder = self.paths.each_ref().map(|(kind, path)| {
            let encoder = match path {
                Some(path) => {
                    PictureEncoder::open(*kind, path, engine).map_err(|error| error.to_string())
                }
                None => Err(format!(
                    "no {} model was given",
                    kind.to_string().to_uppercase()
                )),
            };
            pictures.map(|picture| {
                let encoder = encoder.as_ref().map_err(String::clone)?;
                encoder.embed(picture).map_err(|error| error.to_string())
            })
        });
        let [clip, dino] = by_encoder;
        let mut pairs = clip.into_iter().zip(dino);
        std::array::from_fn(|_| {
            let absent = || Err("it was not computed".to_owned());
            let (clip, dino) = pairs.next().unwrap_or_else(|| (absent(), absent()));
            Embeddings([clip, dino])
        })
    }
}

/// The likeness by embedding; what is missing is noted in `missing` under `prefix` and its name.
pub(super) fn by_embedding(
    a: &Embeddings,
    b: &Embeddings,
    prefix: &str,
    missing: &mut NotEvaluated,
) -> Scores {
    let mut score = |name: &str, a: &Result<Vec<f32>, String>, b: &Result<Vec<f32>, String>| {
        let similarity = match (a, b) {
            (Ok(a), Ok(b)) => cosine_similarity(a, b)
                .ok_or_else(|| "an embedding is zero or not finite".to_owned()),
            (Err(reason), _) | (_, Err(reason)) => Err(reason.clone()),
        };
        similarity
            .map_err(|reason| missing.insert(format!("{prefix}{name}"), reason))
            .ok()
    };
    let (Embeddings([clip_a, dino_a]), Embeddings([clip_b, dino_b])) = (a, b);
    Scores {
        clip: score("clip", clip_a, clip_b),
        dino: score("dino", dino_a, dino_b),
        structural: None,
    }
}

/// The structural similarity of two pictures of one size; its absence is noted like that of others.
pub(super) fn structure(
    a: &RgbImage,
    b: &RgbImage,
    prefix: &str,
    missing: &mut NotEvaluated,
) -> Option<f64> {
    structural_similarity(a, b)
        .map_err(|error| missing.insert(format!("{prefix}structural"), error.to_string()))
        .ok()
}

/// The likeness of two artworks of any size: by the encoders as they are on disk, by structure as
/// squares of 512 pixels, prepared like an artwork for an examination (short side resized, centre
/// cropped). Also returns what could not be evaluated, and why.
///
/// # Errors
/// [`ExaminationError`] if an encoder cannot be used or a picture cannot be resized.
pub fn compare_pictures(
    [a, b]: [&Artwork; 2],
    clip: Option<PathBuf>,
    dino: Option<PathBuf>,
    engine: &Engine,
) -> Result<(Scores, NotEvaluated), ExaminationError> {
    let square = |artwork: &Artwork| {
        prepare(artwork.pixels(), COMMON_SIDE).map_err(|source| ExaminationError::Preparation {
            path: artwork.path().to_owned(),
            source,
        })
    };
    let encoders = Encoders::new(clip, dino);
    encoders.check(engine)?;
    let mut missing = NotEvaluated::new();
    let structural = structure(&square(a)?, &square(b)?, "", &mut missing);
    let [embedded_a, embedded_b] = encoders.embed([a.pixels(), b.pixels()], engine);
    let scores = Scores {
        structural,
        ..by_embedding(&embedded_a, &embedded_b, "", &mut missing)
    };
    Ok((scores, missing))
}

/// The CLIP embeddings of `pictures`.
///
/// # Errors
/// [`EncoderError`] if the encoder in the folder `clip` cannot be used, or not on one of the pictures.
pub fn embed_pictures(
    clip: &Path,
    pictures: &[&RgbImage],
    threads: usize,
) -> Result<Vec<Vec<f32>>, EncoderError> {
    let engine = Engine::new(Device::Cpu, threads, Memory::Full)?;
    let encoder = PictureEncoder::open(EncoderKind::Clip, clip, &engine)?;
    pictures
        .iter()
        .map(|picture| encoder.embed(picture))
        .collect()
}
