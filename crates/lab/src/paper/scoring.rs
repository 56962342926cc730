//! Membership scores without pictures for all works of a class.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use image::RgbImage;
use image::imageops::crop_imm;

use super::error::PaperError;
use crate::evaluation::near_duplicates::{NearDuplicates, name};
use crate::evaluation::set::Set;
use crate::evaluation::{ScoredWork, SetRole};
use crate::membership::{self, SCORES, Subject, crop_sides};
use crate::training::corpus_hashes::CorpusHashes;
use palimpsest_diffusion::{Device, DiffusionModel, Engine, Memory, ModelError};
use palimpsest_method::artwork::{Artwork, prepare};
use palimpsest_method::examination::Steering;
use palimpsest_method::inversion::own_key;

/// Network evaluations of a work: the loss is shared by two scores.
pub(super) const EVALUATIONS: usize = 131;

/// The scores of a class's works.
pub(super) struct Scoring<'a> {
    pub set: Set,
    pub base: &'a Path,
    pub model: PathBuf,
    pub prompt: &'a str,
    pub threads: usize,
}

impl Scoring<'_> {
    /// All works with their scores, members first.
    ///
    /// # Errors
    /// [`PaperError`]; nothing is kept of what was interrupted.
    pub fn works(&self, steering: &Steering) -> Result<Vec<ScoredWork>, PaperError> {
        let engine = Engine::new(Device::Cpu, self.threads, Memory::Full)?;
        let base = DiffusionModel::open(self.base, None, &engine)?;
        let model = DiffusionModel::open(&self.model, Some(&base), &engine)?;
        let (prompt, empty) = (model.embed(self.prompt)?, model.embed("")?);
        // The factor says only that both prompts are read.
        let mut generator = model.generator(&prompt, (&empty, 0.0))?;
        let side = model.resolution() as u32;
        let corpus = CorpusHashes::beside(self.base)
            .map_err(crate::evaluation::error::EvaluationError::from)?;
        let near = NearDuplicates::find(&self.set.members, &self.set.hold_outs, corpus.as_ref());
        let members = self.set.members.iter().map(|file| (file, SetRole::Member));
        let hold_outs = self
            .set
            .hold_outs
            .iter()
            .map(|file| (file, SetRole::HoldOut));
        let works = members.chain(hold_outs).map(|(file, role)| {
            steering.check()?;
            let artwork = Artwork::open(file)?;
            let picture = prepare(artwork.pixels(), side)?;
            let latent = model.encode(&picture)?;
            let crops = crop_sides(side).into_iter().map(|crop| {
                let middle = prepare(&middle(&picture, crop), side)?;
                Ok::<_, PaperError>(model.encode(&middle)?)
            });
            let crops = crops.collect::<Result<Vec<_>, _>>()?;
            let subject = Subject {
                latent: &latent,
                crops: &crops,
                key: own_key(artwork.sha256()),
            };
            let scores = membership::scores(&subject, model.schedule(), &mut |x, t, under| {
                let found = generator.noise_in(x, t, under)?;
                found.ok_or(ModelError::Unrecorded)
            })?;
            let named = SCORES.iter().zip(scores);
            let named = named.filter(|(_, value)| value.is_finite());
            let scores: BTreeMap<String, f64> = named
                .map(|((score, ..), value)| ((*score).to_owned(), value))
                .collect();
            Ok(ScoredWork {
                set: self.set.name.clone(),
                name: name(file),
                role,
                scores,
                near_duplicate: near.of(file),
            })
        });
        works.collect()
    }
}

/// The middle square of a square picture.
fn middle(picture: &RgbImage, side: u32) -> RgbImage {
    let edge = (picture.width().saturating_sub(side)) / 2;
    crop_imm(picture, edge, edge, side, side).to_image()
}
