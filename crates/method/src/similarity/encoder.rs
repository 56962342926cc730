//! Picture embeddings by CLIP ViT-B/32 and DINO ViT-S/16, as their publishers ship them, and the
//! cosine of two of them: the scores of the paper (section 5.1). Preprocessing is the publishers':
//! a bicubic resize of the 8-bit picture as Pillow does it, a centre crop, the training set's mean
//! and deviation.

mod tower;

use crate::artwork::{Filter, ResampleError, center_crop, resize_short_side};
use image::RgbImage;
use palimpsest_diffusion::files::config::{VisionGeometry, VitGeometry};
use palimpsest_diffusion::files::{Component, Weights};
use palimpsest_diffusion::network::backend::Backend;
use palimpsest_diffusion::{Engine, ModelError};
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use tower::Tower;

/// The kind of embedding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncoderKind {
    /// The projected class token of CLIP's picture tower.
    Clip,
    /// The class tokens of DINO's last four blocks after the final norm, side by side.
    Dino,
}

impl fmt::Display for EncoderKind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::Clip => "clip",
            Self::Dino => "dino",
        })
    }
}

/// The reason why a picture could not be embedded.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// The encoder's files.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The picture's shape.
    #[error(transparent)]
    Picture(#[from] ResampleError),
}

/// The preparation of a picture by a publisher.
struct Preparation {
    short_side: u32,
    crop: u32,
    mean: [f32; 3],
    deviation: [f32; 3],
}

const CLIP_MEAN: [f32; 3] = [0.481_454_66, 0.457_827_5, 0.408_210_73];
const CLIP_DEVIATION: [f32; 3] = [0.268_629_54, 0.261_302_6, 0.275_777_1];
const IMAGENET_MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const IMAGENET_DEVIATION: [f32; 3] = [0.229, 0.224, 0.225];

/// A picture encoder that is ready to work.
pub struct PictureEncoder {
    preparation: Preparation,
    network: Box<dyn Network>,
}

/// A tower on some back end.
trait Network: Send {
    /// `pixels`: `[side·side, 3]`, normalised.
    fn embed(&self, pixels: &[f32]) -> Result<Vec<f32>, ModelError>;
}

struct OnBackend<B: Backend> {
    backend: Arc<B>,
    tower: Tower<B>,
}

impl<B: Backend> Network for OnBackend<B> {
    fn embed(&self, pixels: &[f32]) -> Result<Vec<f32>, ModelError> {
        self.backend
            .run(|| self.tower.embed(&*self.backend, pixels))
    }
}

impl PictureEncoder {
    /// Reads the encoder in the folder at `path` (`config.json` and weights; a whole CLIP or its
    /// picture tower alone).
    ///
    /// # Errors
    /// [`ModelError`] saying which file is missing, damaged or of another kind.
    pub fn open(kind: EncoderKind, path: &Path, engine: &Engine) -> Result<Self, ModelError> {
        match engine {
            Engine::Cpu(backend) | Engine::Gpu(_, backend) => Self::open_on(kind, path, backend),
            Engine::Composed(backend, _) => Self::open_on(kind, path, backend),
        }
    }

    fn open_on<B: Backend>(
        kind: EncoderKind,
        path: &Path,
        backend: &Arc<B>,
    ) -> Result<Self, ModelError> {
        let files = Component::open(path)?;
        let weights = Weights::open(&files.weights)?;
        let (tower, preparation) = match kind {
            EncoderKind::Clip => {
                let geometry = VisionGeometry::read(&files.config)?;
                let side = geometry.image_size as u32;
                let preparation = Preparation {
                    short_side: side,
                    crop: side,
                    mean: CLIP_MEAN,
                    deviation: CLIP_DEVIATION,
                };
                (Tower::clip(&geometry, &weights, &**backend)?, preparation)
            }
            EncoderKind::Dino => {
                let geometry = VitGeometry::read(&files.config)?;
                let side = geometry.image_size as u32;
                let preparation = Preparation {
                    short_side: side * 256 / 224,
                    crop: side,
                    mean: IMAGENET_MEAN,
                    deviation: IMAGENET_DEVIATION,
                };
                (Tower::dino(&geometry, &weights, &**backend)?, preparation)
            }
        };
        let network = Box::new(OnBackend {
            backend: backend.clone(),
            tower,
        });
        Ok(Self {
            preparation,
            network,
        })
    }

    /// The embedding of a picture as it is on disk.
    ///
    /// # Errors
    /// [`EncoderError`] if the picture cannot be resized or the network fails.
    pub fn embed(&self, picture: &RgbImage) -> Result<Vec<f32>, EncoderError> {
        let p = &self.preparation;
        let resized = resize_short_side(picture, p.short_side, Filter::Bicubic)?;
        let cropped = center_crop(&resized, p.crop)?;
        let channels = cropped.as_raw().iter().zip((0..3).cycle());
        let pixels: Vec<f32> = channels
            .map(|(&v, c)| (f32::from(v) / 255.0 - p.mean[c]) / p.deviation[c])
            .collect();
        Ok(self.network.embed(&pixels)?)
    }
}

/// The cosine of the angle between two embeddings; none if one is zero, not finite or of another
/// length.
pub fn cosine_similarity(a: &[f32], b: &[f32]) -> Option<f64> {
    let dot = |a: &[f32], b: &[f32]| -> f64 {
        let products = a.iter().zip(b).map(|(x, y)| f64::from(*x) * f64::from(*y));
        products.sum()
    };
    let cosine = dot(a, b) / (dot(a, a) * dot(b, b)).sqrt();
    (a.len() == b.len() && cosine.is_finite()).then_some(cosine)
}
