//! What the model is fine-tuned on: latents of the pictures under the prompt, and of prior pictures under
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
use palimpsest_method::artwork::{Artwork, prepare};

pub(super) struct Material {
    members: Vec<Item>,
    prior: Vec<Item>,
}

/// A picture as the noise predictor sees it.
#[derive(Clone)]
pub(super) struct Item {
    pub latent: Latent,
    pub prompt: Arc<PromptEmbedding>,
    /// Of the file.
    sha256: Digest,
}

impl Material {
    pub fn gather(
        recipe: &Recipe,
        base: &Base,
        pictures: &[PathBuf],
    ) -> Result<Self, TrainingError> {
        let resolution = recipe.resolution.unwrap_or_else(|| base.model.resolution());
        base.model.latent_shape(resolution)?;
        let prompt = Arc::new(base.model.embed(&recipe.prompt)?);
        let item = |file: &PathBuf, prompt: Arc<PromptEmbedding>| {
            let artwork = Artwork::open(file)?;
            let picture = prepare(artwork.pixels(), resolution as u32)?;
            Ok::<_, TrainingError>(Item {
                latent: base.model.encode(&picture)?,
                prompt,
                sha256: artwork.sha256(),
            })
        };
        let members = pictures.iter().map(|file| item(file, Arc::clone(&prompt)));
        let members = members.collect::<Result<_, _>>()?;
        let prior = match &recipe.prior {
            None => Vec::new(),
            Some(folder) => pictures_in(folder)?
                .iter()
                .map(|file| item(file, Arc::new(base.model.embed(&caption_beside(file))?)))
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
        let items = self.members.iter().chain(&self.prior);
        items.map(|item| item.sha256).collect()
    }

    /// The picture of a draw. The pictures come by turns, in an order that is shuffled for every round, so
    /// that all are drawn equally often; with a prior, every other draw is one of its pictures.
    pub fn drawn(&self, seed: u64, draw: u64, purpose: u16) -> &Item {
        let (items, draw) = match (self.prior.is_empty(), draw % 2) {
            (true, _) => (&self.members, draw),
            (false, 0) => (&self.members, draw / 2),
            (false, _) => (&self.prior, draw / 2),
        };
        let round = draw / items.len() as u64;
        let mut order: Vec<usize> = (0..items.len()).collect();
        Random::for_training(seed, purpose, round).shuffle(&mut order);
        &items[order[(draw % items.len() as u64) as usize]]
    }
}
