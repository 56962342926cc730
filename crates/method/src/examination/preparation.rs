//! From a picture file to everything that the descent starts from (Wu et al., CVPR 2024,
//! section 3, and the authors' released code for the partial picture).

use std::sync::Arc;
use std::time::Instant;

use image::RgbImage;
use image::imageops::rotate180;

use super::findings::ArtworkRecord;
use super::plan::Plan;
use super::scores::{Embeddings, Encoders};
use super::{ExaminationError, Opening, Progress, RecordedPath, Stage, Steering};
use crate::artwork::{Artwork, Crop, fill_removed, gaussian_blur, prepare_at};
use crate::inversion::{Filling, LatentMask};
use crate::mask::Mask;
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::noise_predictor::Sizes;
use palimpsest_diffusion::{DiffusionModel, Engine, Latent};

/// The blurred start of the ablation: Pillow's Gaussian of radius 7 at 512 pixels, in proportion
/// elsewhere.
const BLUR_RADIUS_PER_PIXEL: f32 = 7.0 / 512.0;

/// An artwork ready for the descent.
pub struct Prepared {
    /// The prepared picture, which is what was encoded.
    pub original: RgbImage,
    /// The rest that is left of it: the masked latent decoded, or the blurred picture.
    pub partial: RgbImage,
    pub(super) artwork: ArtworkRecord,
    pub(super) warnings: Vec<String>,
    /// z, the artwork's own latent.
    pub(super) latent: Latent,
    /// That of the picture turned upside down, where works are compared.
    pub(super) turned: Option<Latent>,
    /// s, what the removed cells start from.
    pub(super) start: Latent,
    /// The mask on its grid.
    pub(super) kept: LatentMask,
    pub(super) embeddings: PicturesEmbedded,
    pub(super) seconds: f64,
}

/// The embeddings that are known before the descent.
pub(super) struct PicturesEmbedded {
    /// Of the artwork as it is on disk.
    pub original: Embeddings,
    pub partial: Embeddings,
}

impl Prepared {
    /// SHA-256 of the picture file.
    pub fn sha256(&self) -> Digest {
        self.artwork.sha256
    }

    /// The sizes that the networks are told, where they are the artwork's own.
    pub(super) fn sizes(&self) -> Option<Sizes> {
        self.artwork.sizes
    }
}

/// The needs of preparing beside the picture.
pub(super) struct Preparation<'a> {
    pub plan: &'a Plan,
    pub engine: &'a Engine,
    /// Its autoencoder serves both models.
    pub model: &'a DiffusionModel,
    /// The latent that the file of draws brings.
    pub recorded_start: Option<&'a Latent>,
    /// The place of what is examined of the artwork.
    pub crop: Crop,
    pub encoders: &'a Encoders,
    pub steering: &'a Steering,
}

impl Preparation<'_> {
    pub fn run(&self, artwork: &Artwork) -> Result<Prepared, ExaminationError> {
        let began = Instant::now();
        self.steering.enter(Stage::Encoding)?;
        let original =
            prepare_at(artwork.pixels(), self.extent(artwork), self.crop).map_err(|source| {
                ExaminationError::Preparation {
                    path: artwork.path().to_owned(),
                    source,
                }
            })?;
        let latent = self.model.encode(&original)?;
        let [_, height, width] = latent.shape();
        let kept = LatentMask::new([height, width], &self.plan.mask.grid(height, width)?)?;
        let turned = match self.plan.compared {
            true => Some(self.model.encode(&rotate180(&original))?),
            false => None,
        };
        self.steering.check()?;
        let partial = self.partial(&original, &latent, &kept)?;
        self.steering.check()?;
        let start = self.start(&original, &partial, &kept)?;
        self.steering.emit(Progress::Prepared(Arc::new(Opening {
            original: original.clone(),
            partial: partial.clone(),
            latent: latent.clone(),
            start: start.clone(),
            kept: kept.clone(),
        })));
        self.steering.enter(Stage::Scoring)?;
        let [embedded, partial_embedded] = self
            .encoders
            .embed([artwork.pixels(), &partial], self.engine);
        let mut warnings = artwork.warnings().to_vec();
        warnings.extend(artwork.difference_sentence());
        Ok(Prepared {
            artwork: self.record(artwork),
            warnings,
            original,
            partial,
            latent,
            turned,
            start,
            kept,
            embeddings: PicturesEmbedded {
                original: embedded,
                partial: partial_embedded,
            },
            seconds: began.elapsed().as_secs_f64(),
        })
    }

    /// The sizes that the networks are told, where they are the artwork's own.
    fn sizes(&self, artwork: &Artwork) -> Option<Sizes> {
        let size = [artwork.width(), artwork.height()];
        self.plan.sizes?.of(size, self.extent(artwork), self.crop)
    }

    /// Width and height of the prepared picture.
    fn extent(&self, artwork: &Artwork) -> [u32; 2] {
        self.plan.extent(artwork, self.model)
    }

    fn record(&self, artwork: &Artwork) -> ArtworkRecord {
        let prepared = Some(self.extent(artwork)).filter(|_| !self.plan.frame.is_square());
        ArtworkRecord {
            path: RecordedPath::new(artwork.path()),
            sha256: artwork.sha256(),
            width: artwork.width(),
            height: artwork.height(),
            crop: self.crop,
            prepared,
            sizes: self.sizes(artwork),
        }
    }

    /// The partial representation that people look at.
    fn partial(
        &self,
        original: &RgbImage,
        latent: &Latent,
        kept: &LatentMask,
    ) -> Result<RgbImage, ExaminationError> {
        if self.plan.mask == Mask::Blur {
            let radius = BLUR_RADIUS_PER_PIXEL * self.plan.resolution as f32;
            return Ok(gaussian_blur(original, radius));
        }
        kept.assert_fits(latent);
        let mut masked = latent.clone();
        let values = masked.values_mut().iter_mut();
        for (value, kept) in values.zip(kept.over_channels()) {
            if !kept {
                *value = 0.0;
            }
        }
        Ok(self.model.decode(&masked)?)
    }

    fn start(
        &self,
        original: &RgbImage,
        partial: &RgbImage,
        kept: &LatentMask,
    ) -> Result<Latent, ExaminationError> {
        match (self.recorded_start, self.plan.settings.start) {
            (Some(recorded), _) => Ok(recorded.clone()),
            (None, Filling::Filled) => {
                let cell = self.model.factor();
                let sigma = self.sigma(cell, original.width() as usize);
                let filled = fill_removed(original, &kept.grid(), cell, sigma)?;
                Ok(self.model.encode(&filled)?)
            }
            (None, _) => Ok(self.model.encode(partial)?),
        }
    }

    /// The Gaussian that fills: half a block wide. The half that [`Mask::RightHalf`] removes is one
    /// block; half of it reaches all its pixels at once.
    fn sigma(&self, cell: usize, width: usize) -> f32 {
        let pixels = match self.plan.mask {
            Mask::Block(period) => period * cell / 2,
            Mask::RightHalf | Mask::Blur => width / 4,
        };
        pixels as f32
    }
}
