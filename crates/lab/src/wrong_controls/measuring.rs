//! Loss gaps of drawn works with one pair of models, as an examination measures those of works that are compared.

use std::path::Path;

use super::{Drawn, Measured, Numbers};
use crate::evaluation::error::EvaluationError;
use crate::finetuning::Recipe;
use crate::pretraining::SIDE;
use image::imageops::rotate180;
use palimpsest_art::{Family, draw};
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::{Denoiser, Device, DiffusionModel, Engine, Memory};
use palimpsest_method::artwork::{Crop, prepare_at};
use palimpsest_method::inversion::{Control, GapSubject, loss_gap, own_key};

/// A pair of models with their prompt.
pub(super) struct Measuring {
    model: DiffusionModel,
    resolution: usize,
    pretrained: Box<dyn Denoiser>,
    finetuned: Box<dyn Denoiser>,
}

impl Measuring {
    /// Opens the pretrained model of `recipe` and the one that was made of it.
    pub fn open(
        recipe: &Recipe,
        finetuned: &Path,
        threads: usize,
    ) -> Result<Self, EvaluationError> {
        let engine = Engine::new(Device::Cpu, threads, Memory::Full)?;
        let model = DiffusionModel::open(&recipe.base, None, &engine)?;
        let tuned = DiffusionModel::open(finetuned, Some(&model), &engine)?;
        let prompt = recipe.prompt.as_str();
        Ok(Self {
            resolution: recipe.resolution.unwrap_or_else(|| model.resolution()),
            pretrained: model.denoiser(&model.embed(prompt)?)?,
            finetuned: tuned.denoiser(&tuned.embed(prompt)?)?,
            model,
        })
    }

    /// Draws works and measures them.
    pub fn works(
        &mut self,
        family: Family,
        hand: u64,
        numbers: Numbers,
        control: &Control,
    ) -> Result<Drawn, EvaluationError> {
        let works = numbers.map(|work| self.work(family, hand, work, control));
        Ok(Drawn {
            family: family.name().into(),
            hand,
            works: works.collect::<Result<_, _>>()?,
        })
    }

    fn work(
        &mut self,
        family: Family,
        hand: u64,
        work: u64,
        control: &Control,
    ) -> Result<Measured, EvaluationError> {
        let picture = draw(family, hand, work, SIDE);
        // The picture is no file: its pixels are what it is known by.
        let key = own_key(Digest::of(picture.as_raw()));
        let picture = prepare_at(&picture, [self.resolution as u32; 2], Crop::CENTRE)?;
        let (latent, turned) = (
            self.model.encode(&picture)?,
            self.model.encode(&rotate180(&picture))?,
        );
        let subject = GapSubject {
            latent: &latent,
            turned: Some(&turned),
            key,
        };
        let (pretrained, finetuned) = (self.pretrained.as_mut(), self.finetuned.as_mut());
        let gap = loss_gap(subject, pretrained, finetuned, control)?;
        let gap = gap.ok_or(EvaluationError::Interrupted)?;
        Ok(Measured {
            work,
            gap: gap.value,
            turned: gap.turned.unwrap_or(f64::NAN),
        })
    }
}
