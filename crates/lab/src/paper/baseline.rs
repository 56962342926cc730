//! The paper's baselines: pictures that the fine-tuned model makes of a prompt, of half a work, or of a noised work, by
//! its own sampler (DDIM). The score of a work is its likeness to the most similar of its pictures.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use image::RgbImage;

use super::cell::{Baseline, Method};
use super::error::PaperError;
use crate::evaluation::near_duplicates::{NearDuplicates, name};
use crate::evaluation::set::Set;
use crate::evaluation::{ScoredWork, SetRole};
use crate::training::corpus_hashes::CorpusHashes;
use palimpsest_base::philox::{Philox, Stream};
use palimpsest_diffusion::sampling::Origin;
use palimpsest_diffusion::{Device, DiffusionModel, Engine, Generator, Latent, Memory};
use palimpsest_method::artwork::{Artwork, prepare};
use palimpsest_method::examination::Steering;
use palimpsest_method::mask::Mask;
use palimpsest_method::similarity::encoder::{EncoderKind, PictureEncoder, cosine_similarity};
use palimpsest_method::similarity::structural::structural_similarity;

/// Names of the scores, as in an examination's findings: CLIP, DINO, structure.
const SCORES: [&str; 3] = [
    "similarity.clip",
    "similarity.dino",
    "similarity.structural",
];

/// A baseline for all works of a class.
pub(super) struct Making<'a> {
    pub set: Set,
    pub base: &'a Path,
    pub model: PathBuf,
    pub prompt: &'a str,
    pub baseline: Baseline,
    pub seed: u64,
    /// CLIP and DINO.
    pub encoders: [Option<PathBuf>; 2],
    pub threads: usize,
}

/// A picture and its embeddings, as far as there are encoders.
struct Seen {
    picture: RgbImage,
    embeddings: [Option<Vec<f32>>; 2],
}

impl Making<'_> {
    /// All works with their scores, members first.
    ///
    /// # Errors
    /// [`PaperError`]; nothing is kept of a baseline that was interrupted.
    pub fn works(&self, steering: &Steering) -> Result<Vec<ScoredWork>, PaperError> {
        let engine = Engine::new(Device::Cpu, self.threads, Memory::Full)?;
        let base = DiffusionModel::open(self.base, None, &engine)?;
        let model = DiffusionModel::open(&self.model, Some(&base), &engine)?;
        let encoders = [EncoderKind::Clip, EncoderKind::Dino]
            .into_iter()
            .zip(&self.encoders);
        let encoders = encoders.map(|(kind, path)| {
            let open = |path: &PathBuf| PictureEncoder::open(kind, path, &engine);
            path.as_ref().map(open).transpose()
        });
        let encoders = encoders.collect::<Result<Vec<_>, _>>()?;
        let embedding = model.embed(self.prompt)?;
        let away = model.away_from(None, &embedding)?;
        let mut generator = model.generator(&embedding, (&away, Method::GUIDANCE))?;
        let side = model.resolution() as u32;
        let (works, roles) = self.roles();
        let see = |picture: RgbImage, whole: &RgbImage, file: &Path| {
            let mut embeddings = [None, None];
            for (place, encoder) in embeddings.iter_mut().zip(&encoders) {
                let embed = |encoder: &PictureEncoder| encoder.embed(whole);
                let embedded = encoder.as_ref().map(embed).transpose();
                *place = embedded.map_err(|error| PaperError::Similarity {
                    work: file.into(),
                    why: error.to_string(),
                })?;
            }
            Ok::<_, PaperError>(Seen {
                picture,
                embeddings,
            })
        };
        let originals = works.iter().map(|file| {
            let artwork = Artwork::open(file)?;
            see(prepare(artwork.pixels(), side)?, artwork.pixels(), file)
        });
        let originals = originals.collect::<Result<Vec<_>, PaperError>>()?;
        let mut best = vec![BTreeMap::new(); works.len()];
        for (index, (original, file)) in originals.iter().zip(&works).enumerate() {
            let origin = self.origin(&model, &original.picture)?;
            for number in 0..self.baseline.pictures {
                let number = index * self.baseline.pictures + number;
                let picture = self.picture(&model, &mut *generator, &origin, number, steering)?;
                let made = see(picture.clone(), &picture, file)?;
                // Text to image is not asked for a work: its pictures are everyone's.
                let compared = match self.baseline.method {
                    Method::TextToImage => 0..works.len(),
                    Method::Inpainting | Method::ImageToImage => index..index + 1,
                };
                for place in compared {
                    likeness(&originals[place], &made, &works[place], &mut best[place])?;
                }
            }
        }
        let corpus = CorpusHashes::beside(self.base)
            .map_err(crate::evaluation::error::EvaluationError::from)?;
        let near = NearDuplicates::find(&self.set.members, &self.set.hold_outs, corpus.as_ref());
        let scored = works.iter().zip(roles).zip(best);
        Ok(scored
            .map(|((file, role), scores)| ScoredWork {
                set: self.set.name.clone(),
                name: name(file),
                role,
                scores,
                near_duplicate: near.of(file),
            })
            .collect())
    }

    fn roles(&self) -> (Vec<PathBuf>, Vec<SetRole>) {
        let members = self.set.members.iter().map(|file| (file, SetRole::Member));
        let hold_outs = self
            .set
            .hold_outs
            .iter()
            .map(|file| (file, SetRole::HoldOut));
        let both = members.chain(hold_outs);
        both.map(|(file, role)| (file.clone(), role)).unzip()
    }

    /// What the sampler is given of a work.
    fn origin(&self, model: &DiffusionModel, picture: &RgbImage) -> Result<Origin, PaperError> {
        Ok(match self.baseline.method {
            Method::TextToImage => Origin::Noise,
            Method::ImageToImage => Origin::Picture {
                latent: model.encode(picture)?,
                strength: Method::STRENGTH,
            },
            Method::Inpainting => {
                let latent = model.encode(picture)?;
                let [_, height, width] = latent.shape();
                let kept = Mask::RightHalf.grid(height, width);
                let kept = kept.map_err(|error| PaperError::Similarity {
                    work: self.model.clone(),
                    why: error.to_string(),
                })?;
                Origin::Kept {
                    latent,
                    cells: kept.iter().map(|cell| *cell == 1.0).collect(),
                }
            }
        })
    }

    fn picture(
        &self,
        model: &DiffusionModel,
        generator: &mut dyn Generator,
        origin: &Origin,
        number: usize,
        steering: &Steering,
    ) -> Result<RgbImage, PaperError> {
        let shape = model.latent_shape(model.resolution())?;
        let mut values = vec![0.0; shape.iter().product()];
        Philox::new(self.seed).fill_normal(Stream::Picture, number as u64, &mut values);
        let noise = Latent::new(shape, values)?;
        let mut proceed = |_| steering.check().is_ok();
        let latent = generator.generate_from(origin, &noise, self.baseline.steps, &mut proceed)?;
        Ok(model.decode(&latent.ok_or(PaperError::Interrupted)?)?)
    }
}

/// Raises the scores of a work where the picture is more like it than those before.
fn likeness(
    original: &Seen,
    made: &Seen,
    work: &Path,
    best: &mut BTreeMap<String, f64>,
) -> Result<(), PaperError> {
    let structural = structural_similarity(&original.picture, &made.picture);
    let structural = structural.map_err(|error| PaperError::Similarity {
        work: work.into(),
        why: error.to_string(),
    })?;
    let pairs = original.embeddings.iter().zip(&made.embeddings);
    let cosines = pairs.map(|(a, b)| cosine_similarity(a.as_ref()?, b.as_ref()?));
    let values = cosines.chain([Some(structural)]);
    for (score, value) in SCORES.iter().zip(values) {
        // What is no number is no likeness.
        if let Some(value) = value.filter(|value| value.is_finite()) {
            let highest = best.entry((*score).to_owned()).or_insert(value);
            *highest = highest.max(value);
        }
    }
    Ok(())
}
