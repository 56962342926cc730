//! Loss gaps of pictures with one pair of models, measured and judged as an examination does with works that are
//! compared.

pub(crate) mod judging;

use std::path::Path;

use crate::evaluation::error::EvaluationError;
use image::RgbImage;
use image::imageops::rotate180;
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::files::ModelSource;
use palimpsest_diffusion::{Denoiser, Device, DiffusionModel, Engine, Memory};
use palimpsest_method::artwork::{Crop, prepare_at};
use palimpsest_method::inversion::{Control, GapSubject, loss_gap, own_key};
use palimpsest_method::verdict::Gaps;

/// Two models that are compared.
#[derive(Clone, Debug)]
pub(crate) struct Compared<'a> {
    /// The model that both are read with: it lends its autoencoder and what they lack.
    pub base: &'a Path,
    /// The one in the place of the pretrained model; none for the base itself.
    pub pretrained: Option<ModelSource>,
    pub finetuned: ModelSource,
    pub prompt: &'a str,
    /// Side of the pictures in pixels; without it what the base was trained on.
    pub resolution: Option<usize>,
}

/// A pair of models with their prompt.
pub(crate) struct Measuring {
    base: DiffusionModel,
    resolution: usize,
    pretrained: Box<dyn Denoiser>,
    finetuned: Box<dyn Denoiser>,
}

impl Measuring {
    /// Opens the models.
    pub fn open(compared: Compared<'_>, threads: usize) -> Result<Self, EvaluationError> {
        let engine = Engine::new(Device::Cpu, threads, Memory::Full)?;
        let base = DiffusionModel::open(compared.base, None, &engine)?;
        let denoiser = |model: &DiffusionModel| model.denoiser(&model.embed(compared.prompt)?);
        let opened = |source: ModelSource| DiffusionModel::open(source, Some(&base), &engine);
        Ok(Self {
            resolution: compared.resolution.unwrap_or_else(|| base.resolution()),
            pretrained: match compared.pretrained {
                Some(source) => denoiser(&opened(source)?)?,
                None => denoiser(&base)?,
            },
            finetuned: denoiser(&opened(compared.finetuned)?)?,
            base,
        })
    }

    /// Measures a picture. It is no file: its pixels are what it is known by.
    pub fn measure(
        &mut self,
        picture: &RgbImage,
        control: &Control,
    ) -> Result<Gaps, EvaluationError> {
        let key = own_key(Digest::of(picture.as_raw()));
        let picture = prepare_at(picture, [self.resolution as u32; 2], Crop::CENTRE)?;
        let (latent, turned) = (
            self.base.encode(&picture)?,
            self.base.encode(&rotate180(&picture))?,
        );
        let subject = GapSubject {
            latent: &latent,
            turned: Some(&turned),
            key,
        };
        let (pretrained, finetuned) = (self.pretrained.as_mut(), self.finetuned.as_mut());
        let gap = loss_gap(subject, pretrained, finetuned, control)?;
        let gap = gap.ok_or(EvaluationError::Interrupted)?;
        Ok(Gaps {
            upright: gap.value,
            // Asked for above; without it no lead is computed.
            turned: gap.turned.unwrap_or(f64::NAN),
        })
    }
}
