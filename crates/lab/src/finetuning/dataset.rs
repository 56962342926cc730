//! The pictures of a fine-tuning: latents of the pictures under the prompt, and of prior pictures under
//! their captions.

use std::path::PathBuf;
use std::sync::Arc;

use super::Recipe;
use super::base::Base;
use crate::training::corpus::{caption_beside, pictures_in};
use crate::training::error::TrainingError;
use palimpsest_base::digest::Digest;
use palimpsest_base::random::Random;
use palimpsest_diffusion::Latent;
use palimpsest_diffusion::PromptEmbedding;
use palimpsest_diffusion::noise_predictor::Sizes;
use palimpsest_method::artwork::{Artwork, prepare};

pub(super) struct Dataset {
    members: Vec<Example>,
    prior: Vec<Example>,
}

/// A picture as the noise predictor sees it.
#[derive(Clone)]
pub(super) struct Example {
    pub latent: Latent,
    pub prompt: Arc<PromptEmbedding>,
    /// Those of generation: a square that nothing was done to.
    pub sizes: Sizes,
    /// Of the file.
    sha256: Digest,
}

impl Dataset {
    pub fn gather(
        recipe: &Recipe,
        base: &Base,
        pictures: &[PathBuf],
    ) -> Result<Self, TrainingError> {
        let resolution = recipe.resolution.unwrap_or_else(|| base.model.resolution());
        base.model.latent_shape(resolution)?;
        let prompt = Arc::new(base.model.embed(&recipe.prompt)?);
        let example = |file: &PathBuf, prompt: Arc<PromptEmbedding>| {
            let artwork = Artwork::open(file)?;
            let picture = prepare(artwork.pixels(), resolution as u32)?;
            Ok::<_, TrainingError>(Example {
                latent: base.model.encode(&picture)?,
                prompt,
                sizes: Sizes::untouched(resolution, resolution),
                sha256: artwork.sha256(),
            })
        };
        let members = pictures
            .iter()
            .map(|file| example(file, Arc::clone(&prompt)));
        let members = members.collect::<Result<_, _>>()?;
        let prior = match &recipe.prior {
            None => Vec::new(),
            Some(folder) => pictures_in(folder)?
                .iter()
                .map(|file| example(file, Arc::new(base.model.embed(&caption_beside(file)?)?)))
                .collect::<Result<_, TrainingError>>()?,
        };
        Ok(Self { members, prior })
    }

    /// Pictures that are to be learnt.
    pub fn pictures(&self) -> usize {
        self.members.len()
    }

    /// The hashes of all picture files, in their order.
    pub fn hashes(&self) -> Vec<Digest> {
        let examples = self.members.iter().chain(&self.prior);
        examples.map(|example| example.sha256).collect()
    }

    /// The picture of a draw. The pictures come by turns, in an order that is shuffled for every round, so
    /// that all are drawn equally often; with a prior, every other draw is one of its pictures.
    pub fn drawn(&self, seed: u64, draw: u64, purpose: u16) -> &Example {
        let (examples, draw) = match (self.prior.is_empty(), draw % 2) {
            (true, _) => (&self.members, draw),
            (false, 0) => (&self.members, draw / 2),
            (false, _) => (&self.prior, draw / 2),
        };
        let round = draw / examples.len() as u64;
        let mut order: Vec<usize> = (0..examples.len()).collect();
        Random::for_training(seed, purpose, round).shuffle(&mut order);
        &examples[order[(draw % examples.len() as u64) as usize]]
    }
}
