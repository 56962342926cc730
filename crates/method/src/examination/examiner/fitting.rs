//! The measurements by which the pretrained model is found to fit: the distance of the weights, and the losses of both
//! models on a few of the artworks.

use std::path::Path;

use super::{Examiner, Pair};
use crate::artwork::{Artwork, Crop, prepare_at};
use crate::examination::base_fit::{BaseFit, FitLosses, Fits};
use crate::examination::{ExaminationError, Stage};
use palimpsest_base::philox::{Philox, Stream};
use palimpsest_diffusion::Latent;

/// Early, middle and late.
const TIMESTEPS: [usize; 3] = [150, 450, 750];

/// The most artworks whose losses are measured: the first that can be read.
const WORKS: usize = 2;

impl Examiner {
    /// Asks whether the fine-tuned model was made from the pretrained one: by the weights, by what the files say, and,
    /// of an adapter, by the losses on the first of `works`, each a picture with its square. A picture that cannot be read is passed
    /// over: whoever examines it says why. Doubt is a warning.
    ///
    /// # Errors
    /// [`ExaminationError`] if a model cannot be used, or [`ExaminationError::Interrupted`].
    pub fn base_fit<'a>(
        &mut self,
        works: impl IntoIterator<Item = (&'a Path, Crop)>,
    ) -> Result<BaseFit, ExaminationError> {
        self.steering.enter(Stage::CheckingBase)?;
        let weights = self.models.distance()?;
        // The weights of a whole model tell more: one that was trained for long predicts noise worse on works that it
        // has not seen, whatever it was made from.
        let losses = match weights {
            Some(_) => None,
            None => self.losses_on(works)?,
        };
        let plan = &self.plan;
        let fit = BaseFit::of(weights, losses, &plan.pretrained, &plan.finetuned);
        if matches!(fit.fits, Fits::Doubtful | Fits::No) {
            self.warnings.push(fit.sentence());
        }
        Ok(fit)
    }

    /// The losses of both models on the first of `works`; none if no picture can be read.
    pub(super) fn losses_on<'a>(
        &mut self,
        works: impl IntoIterator<Item = (&'a Path, Crop)>,
    ) -> Result<Option<FitLosses>, ExaminationError> {
        let mut latents = Vec::new();
        for (path, crop) in works {
            if latents.len() == WORKS {
                break;
            }
            self.steering.check()?;
            latents.extend(self.latent_of(path, crop)?);
        }
        let losses = match latents.is_empty() {
            true => None,
            false => Some(self.mean_losses(&latents)?),
        };
        // The works are encoded next, which takes the memory.
        self.release_noise_predictors();
        Ok(losses)
    }

    fn latent_of(&self, path: &Path, crop: Crop) -> Result<Option<Latent>, ExaminationError> {
        let Ok(artwork) = Artwork::open_as(path, self.plan.reading) else {
            return Ok(None);
        };
        let extent = self.plan.extent(&artwork, &self.models.pretrained);
        let crop = artwork.crop_in_reading(crop);
        let Ok(picture) = prepare_at(artwork.pixels(), extent, crop) else {
            return Ok(None);
        };
        Ok(Some(self.models.pretrained.encode(&picture)?))
    }

    fn mean_losses(&mut self, latents: &[Latent]) -> Result<FitLosses, ExaminationError> {
        let steering = self.steering.clone();
        let pair = self.noise_predictors()?;
        // Loading says what it does.
        steering.enter(Stage::CheckingBase)?;
        let mut sums = Pair {
            pretrained: 0.0,
            finetuned: 0.0,
        };
        let generator = Philox::new(0);
        for latent in latents {
            let mut noise = Latent::zeros(latent.shape());
            for (index, timestep) in (0..).zip(TIMESTEPS) {
                steering.check()?;
                generator.fill_normal(Stream::LossGap, index, noise.values_mut());
                sums.pretrained += pair.pretrained.loss(latent, timestep, &noise)?;
                sums.finetuned += pair.finetuned.loss(latent, timestep, &noise)?;
            }
        }
        let measured = (latents.len() * TIMESTEPS.len()) as f64;
        Ok(FitLosses {
            pretrained: sums.pretrained / measured,
            finetuned: sums.finetuned / measured,
            timesteps: TIMESTEPS.into(),
            works: latents.len(),
        })
    }
}
