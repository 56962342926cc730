//! The measurements by which the pretrained model is found to fit: the distance of the weights, the losses of both
//! models on a few of the artworks, and whether it can depict these at all.

use std::io;
use std::path::Path;

use image::RgbImage;

use super::Examiner;
use crate::artwork::{Artwork, Crop, prepare_at};
use crate::examination::base_fit::{BaseFit, FitLosses, Fits};
use crate::examination::depiction::Depiction;
use crate::examination::stated_base::{Evidence, InLibrary, by_statements};
use crate::examination::{ExaminationError, Stage};
use crate::model_file::ModelHashes;
use crate::model_library::ModelLibrary;
use palimpsest_base::philox::{Philox, Stream};
use palimpsest_diffusion::{DiffusionModel, Latent};

/// Early, middle and late.
const TIMESTEPS: [usize; 3] = [150, 450, 750];

/// The most artworks that are measured: the first that can be read.
const WORKS: usize = 2;

/// The files that a stated base is held against.
struct OnDisk<'a> {
    examiner: &'a Examiner,
}

impl Evidence for OnDisk<'_> {
    fn piece(&self) -> io::Result<String> {
        ModelHashes::piece(&self.examiner.plan.pretrained.identity.root())
    }

    fn tensors(&self) -> io::Result<Option<String>> {
        let file = self.examiner.plan.pretrained.identity.root();
        Ok(ModelHashes::read(&file)?.autov3)
    }

    fn in_library(&self, digits: &str) -> Option<InLibrary> {
        let models = &self.examiner.models;
        let file = ModelLibrary::open().file_with_hash(digits)?;
        let choices = self.examiner.plan.choices();
        let own = &models.pretrained;
        let distance = DiffusionModel::open_as(&*file, Some(own), &models.engine, &choices)
            .and_then(|stated| {
                own.check_same_structure(&stated)?;
                stated.distance_to(own)
            })
            .map_err(|error| error.to_string());
        Some(InLibrary { file, distance })
    }
}

/// An artwork as the models take it.
struct Sample {
    picture: RgbImage,
    latent: Latent,
}

/// Mean losses on samples, over the timesteps.
struct Losses {
    pretrained: f64,
    /// Only where they were asked for.
    finetuned: Option<f64>,
    /// Those of a pretrained model that predicts nothing.
    nothing: f64,
}

impl Examiner {
    /// Asks whether the fine-tuned model was made from the pretrained one: by the weights, by what the files say, and,
    /// of an adapter, by the losses on the first of `works`, each a picture with its square; and whether the pretrained
    /// model can depict these. A picture that cannot be read is passed over: whoever examines it says why. Doubt is a
    /// warning.
    ///
    /// # Errors
    /// [`ExaminationError`] if a model cannot be used, or [`ExaminationError::Interrupted`].
    pub fn base_fit<'a>(
        &mut self,
        works: impl IntoIterator<Item = (&'a Path, Crop)>,
    ) -> Result<BaseFit, ExaminationError> {
        self.steering.enter(Stage::CheckingBase)?;
        let weights = self.models.distance()?;
        let samples = self.samples(works)?;
        // The weights of a whole model tell more: one that was trained for long predicts noise worse on works that it
        // has not seen, whatever it was made from.
        let losses = self.mean_losses(&samples, weights.is_none())?;
        let fit_losses = losses
            .as_ref()
            .and_then(|losses| losses.of_both(samples.len()));
        let (pretrained, finetuned) = (&self.plan.pretrained, &self.plan.finetuned);
        let stated = by_statements(pretrained, finetuned, &OnDisk { examiner: self });
        let mut fit = BaseFit::of(weights, fit_losses, stated);
        if matches!(fit.fits, Fits::Doubtful | Fits::No) {
            self.warnings.push(fit.sentence());
        }
        if let Some(losses) = losses {
            let depiction = self.depiction(&samples, &losses)?;
            self.warnings.extend(depiction.warning());
            fit.depiction = Some(depiction);
        }
        Ok(fit)
    }

    /// The losses of both models on the first of `works`; none if no picture can be read.
    pub(super) fn losses_on<'a>(
        &mut self,
        works: impl IntoIterator<Item = (&'a Path, Crop)>,
    ) -> Result<Option<FitLosses>, ExaminationError> {
        let samples = self.samples(works)?;
        let losses = self.mean_losses(&samples, true)?;
        Ok(losses.and_then(|losses| losses.of_both(samples.len())))
    }

    fn samples<'a>(
        &self,
        works: impl IntoIterator<Item = (&'a Path, Crop)>,
    ) -> Result<Vec<Sample>, ExaminationError> {
        let mut samples = Vec::new();
        for (path, crop) in works {
            if samples.len() == WORKS {
                break;
            }
            self.steering.check()?;
            samples.extend(self.sample(path, crop)?);
        }
        Ok(samples)
    }

    /// The sample of a work; none of one that cannot be read or resized, which its own examination says.
    fn sample(&self, path: &Path, crop: Crop) -> Result<Option<Sample>, ExaminationError> {
        let Ok(artwork) = Artwork::open_as(path, self.plan.reading) else {
            return Ok(None);
        };
        let extent = self.plan.extent(&artwork, &self.models.pretrained);
        let crop = artwork.crop_in_reading(crop);
        let Ok(picture) = prepare_at(artwork.pixels(), extent, crop) else {
            return Ok(None);
        };
        let latent = self.models.pretrained.encode(&picture)?;
        Ok(Some(Sample { picture, latent }))
    }

    /// None without samples.
    fn mean_losses(
        &mut self,
        samples: &[Sample],
        of_both: bool,
    ) -> Result<Option<Losses>, ExaminationError> {
        if samples.is_empty() {
            return Ok(None);
        }
        let steering = self.steering.clone();
        let pair = self.noise_predictors()?;
        // Loading says what it does.
        steering.enter(Stage::CheckingBase)?;
        let (mut pretrained, mut finetuned, mut nothing) = (0.0, 0.0, 0.0);
        let generator = Philox::new(0);
        for Sample { latent, .. } in samples {
            let mut noise = Latent::zeros(latent.shape());
            for (index, timestep) in (0..).zip(TIMESTEPS) {
                steering.check()?;
                generator.fill_normal(Stream::LossGap, index, noise.values_mut());
                pretrained += pair.pretrained.loss(latent, timestep, &noise)?;
                nothing += pair.pretrained.loss_of_nothing(latent, timestep, &noise);
                if of_both {
                    finetuned += pair.finetuned.loss(latent, timestep, &noise)?;
                }
            }
        }
        // The works are encoded next, which takes the memory.
        self.release_noise_predictors();
        let measured = (samples.len() * TIMESTEPS.len()) as f64;
        Ok(Some(Losses {
            pretrained: pretrained / measured,
            finetuned: of_both.then_some(finetuned / measured),
            nothing: nothing / measured,
        }))
    }

    fn depiction(
        &self,
        samples: &[Sample],
        losses: &Losses,
    ) -> Result<Depiction, ExaminationError> {
        let mut worst = f64::INFINITY;
        for Sample { picture, latent } in samples {
            self.steering.check()?;
            let again = self.models.pretrained.decode(latent)?;
            worst = worst.min(signal_to_noise_db(picture, &again));
        }
        Ok(Depiction {
            round_trip_db: worst,
            loss_share: losses.pretrained / losses.nothing,
            timesteps: TIMESTEPS.into(),
            works: samples.len(),
        })
    }
}

impl Losses {
    fn of_both(&self, works: usize) -> Option<FitLosses> {
        Some(FitLosses {
            pretrained: self.pretrained,
            finetuned: self.finetuned?,
            timesteps: TIMESTEPS.into(),
            works,
        })
    }
}

/// The peak signal to noise of a copy, in dB; of equal pictures that of one wrong level among all.
fn signal_to_noise_db(picture: &RgbImage, copy: &RgbImage) -> f64 {
    let pairs = picture.as_raw().iter().zip(copy.as_raw());
    let squares = pairs.map(|(&a, &b)| f64::from(a.abs_diff(b)).powi(2));
    let mean = squares.sum::<f64>().max(1.0) / picture.as_raw().len() as f64;
    10.0 * (255.0 * 255.0 / mean).log10()
}
