//! The pictures of a fine-tuning: latents of the pictures under the prompt, and of prior pictures under
//! their captions.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use image::RgbImage;

use super::Recipe;
use super::base::Base;
use crate::training::corpus::{caption_beside, pictures_in};
use crate::training::error::TrainingError;
use crate::training::purpose;
use palimpsest_base::digest::Digest;
use palimpsest_base::random::Random;
use palimpsest_diffusion::noise_predictor::Sizes;
use palimpsest_diffusion::{Latent, ModelError, PromptEmbedding};
use palimpsest_method::artwork::{Artwork, prepare};

pub(super) struct Dataset {
    members: Vec<Example>,
    prior: Vec<Example>,
    /// The empty prompt, where captions are dropped.
    empty: Option<Arc<PromptEmbedding>>,
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
    /// What is changed at every draw, where pictures are.
    picture: Option<Arc<RgbImage>>,
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
        let picture = |file: &PathBuf| {
            let artwork = Artwork::open(file)?;
            let picture = prepare(artwork.pixels(), resolution as u32)?;
            Ok::<_, TrainingError>((artwork, picture))
        };
        let example = |file: &PathBuf, prompt: Arc<PromptEmbedding>| {
            let (artwork, picture) = picture(file)?;
            Ok::<_, TrainingError>(Example {
                latent: base.model.encode(&picture)?,
                prompt,
                sizes: Sizes::untouched(resolution, resolution),
                sha256: artwork.sha256(),
                picture: None,
            })
        };
        let members = pictures
            .iter()
            .map(|file| example(file, Arc::clone(&prompt)));
        let mut members = members.collect::<Result<Vec<_>, _>>()?;
        if !recipe.augmentation.is_none() {
            for (member, file) in members.iter_mut().zip(pictures) {
                member.picture = Some(Arc::new(picture(file)?.1));
            }
        }
        let empty = match recipe.caption_dropout > 0.0 {
            true => Some(Arc::new(base.model.embed("")?)),
            false => None,
        };
        let prior = match &recipe.prior {
            None => Vec::new(),
            Some(folder) => pictures_in(folder)?
                .iter()
                .map(|file| example(file, Arc::new(base.model.embed(&caption_beside(file)?)?)))
                .collect::<Result<_, TrainingError>>()?,
        };
        Ok(Self {
            members,
            prior,
            empty,
        })
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

    /// The picture of a draw as it is learnt: changed, and without its caption, where that is asked for.
    ///
    /// # Errors
    /// Those of encoding a changed picture.
    pub fn learnt(
        &self,
        recipe: &Recipe,
        base: &Base,
        draw: u64,
    ) -> Result<Cow<'_, Example>, ModelError> {
        let example = self.drawn(recipe.seed, draw, purpose::ORDER);
        let mut random = Random::for_training(recipe.seed, purpose::AUGMENTATION, draw);
        // The first number of a draw is its caption's, whatever is done to pictures.
        let without = random.chance(recipe.caption_dropout);
        let mut learnt = Cow::Borrowed(example);
        if let Some(picture) = &example.picture {
            let changed = recipe.augmentation.of(picture, &mut random);
            learnt.to_mut().latent = base.model.encode(&changed)?;
        }
        if let (true, Some(empty)) = (without, &self.empty) {
            learnt.to_mut().prompt = Arc::clone(empty);
        }
        Ok(learnt)
    }
}
