//! The chance in an inversion: one timestep and one noise a step (Algorithm 1 of the paper), drawn
//! from a seed or replayed from a file. Step i's draw never depends on the steps before it, so that
//! a resumed run sees what an uninterrupted one would have seen.

use std::path::Path;

use super::replay::Replay;
use super::{DrawSource, DrawsError, DrawsRecord, NoisePairing, Seeded};
use crate::recorded_path::RecordedPath;
use palimpsest_base::philox::{Philox, Stream};
use palimpsest_diffusion::Latent;

/// The draw of one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    /// Timestep, 1..=999.
    pub timestep: usize,
    /// The noise of both models, or of the pretrained one where they are independent.
    pub noise: Latent,
    /// The fine-tuned model's own noise; `None` where it is shared.
    pub noise_of_finetuned: Option<Latent>,
}

impl Draw {
    /// The noise that the fine-tuned model sees.
    pub fn for_finetuned(&self) -> &Latent {
        self.noise_of_finetuned.as_ref().unwrap_or(&self.noise)
    }
}

/// The draws of a whole run, for latents of one shape.
#[derive(Clone, Debug)]
pub struct Draws {
    shape: [usize; 3],
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    Seeded(Seeded),
    Replayed(Replay),
}

impl Draws {
    /// Draws for latents of `shape` (`[channels, height, width]`) from a seed: as many as are asked for.
    pub fn seeded(seeded: Seeded, shape: [usize; 3]) -> Self {
        Self {
            shape,
            source: Source::Seeded(seeded),
        }
    }

    /// The draws recorded in the safetensors file at `path`, for latents of `shape`: `timesteps` `[N]`
    /// int64 in 1..=999, `noise` `[N, C, h, w]` f32, and optionally `noise_finetuned` like `noise` and
    /// `start_latent` `[C, h, w]` or `[1, C, h, w]`. They take the place of the seed, the timesteps
    /// and the noise pairing of the settings.
    ///
    /// # Errors
    /// [`DrawsError`] naming the file, and the tensor if one is missing, of another kind or shape,
    /// not finite or out of range.
    pub fn replayed(path: &Path, shape: [usize; 3]) -> Result<Self, DrawsError> {
        Ok(Self {
            shape,
            source: Source::Replayed(Replay::read(path, shape)?),
        })
    }

    /// `[channels, height, width]` of the noises.
    pub fn shape(&self) -> [usize; 3] {
        self.shape
    }

    /// Checks that there is a draw for each of `steps` steps.
    ///
    /// # Errors
    /// [`DrawsError::TooFew`] if fewer are recorded.
    pub fn covers(&self, steps: usize) -> Result<(), DrawsError> {
        match &self.source {
            Source::Seeded(_) => Ok(()),
            Source::Replayed(replay) => replay.covers(steps),
        }
    }

    /// The number of draws, where they are replayed from a file.
    pub fn recorded(&self) -> Option<usize> {
        match &self.source {
            Source::Seeded(_) => None,
            Source::Replayed(replay) => Some(replay.timesteps.len()),
        }
    }

    /// Their origin, as settings record it.
    pub fn origin(&self) -> DrawSource {
        match &self.source {
            Source::Seeded(seeded) => DrawSource::Seeded(*seeded),
            Source::Replayed(replay) => DrawSource::Replayed {
                noise: self.pairing(),
                file: DrawsRecord {
                    path: RecordedPath::new(&replay.path),
                    sha256: replay.sha256,
                },
            },
        }
    }

    /// Shared or independent noise of the two models.
    pub fn pairing(&self) -> NoisePairing {
        match &self.source {
            Source::Seeded(seeded) => seeded.noise,
            Source::Replayed(replay) if replay.noise_of_finetuned.is_some() => {
                NoisePairing::Independent
            }
            Source::Replayed(_) => NoisePairing::Shared,
        }
    }

    /// The latent that the recorded run started from, where the file has it.
    pub fn start_latent(&self) -> Option<&Latent> {
        match &self.source {
            Source::Seeded(_) => None,
            Source::Replayed(replay) => replay.start_latent.as_ref(),
        }
    }

    /// Says in one line where the draws come from; equal lines mean equal draws.
    pub fn identity(&self) -> String {
        match &self.source {
            Source::Seeded(Seeded {
                seed,
                timesteps,
                noise,
            }) => format!("philox4x32-10, seed {seed}, timesteps {timesteps}, {noise} noise"),
            Source::Replayed(replay) => format!("replayed, SHA-256 {}", replay.sha256),
        }
    }

    /// The draw of step `step`, counted from 0.
    ///
    /// # Errors
    /// [`DrawsError::TooFew`] past the end of recorded draws.
    pub fn draw(&self, step: usize) -> Result<Draw, DrawsError> {
        match &self.source {
            Source::Seeded(seeded) => Ok(self.seeded_draw(*seeded, step as u64)),
            Source::Replayed(replay) => {
                let recorded = self.recorded_draw(replay, step);
                recorded.ok_or_else(|| replay.too_few(step.saturating_add(1)))
            }
        }
    }

    fn seeded_draw(&self, seeded: Seeded, index: u64) -> Draw {
        let Seeded {
            timesteps,
            noise,
            seed,
        } = seeded;
        let generator = Philox::new(seed);
        let normal = |stream| {
            let mut latent = Latent::zeros(self.shape);
            generator.fill_normal(stream, index, latent.values_mut());
            latent
        };
        Draw {
            timestep: generator.integer(
                Stream::Timestep,
                index,
                timesteps.first()..=timesteps.last(),
            ),
            noise: normal(Stream::Noise),
            noise_of_finetuned: match noise {
                NoisePairing::Shared => None,
                NoisePairing::Independent => Some(normal(Stream::NoiseOfFinetuned)),
            },
        }
    }

    fn recorded_draw(&self, replay: &Replay, step: usize) -> Option<Draw> {
        let nth = |noises: &[f32]| {
            let elements = self.shape.iter().product::<usize>();
            let begin = step.checked_mul(elements)?;
            let values = noises.get(begin..begin.checked_add(elements)?)?;
            // It has as many values as the shape: there is nothing else to refuse.
            Latent::new(self.shape, values.to_vec()).ok()
        };
        let noise_of_finetuned = match &replay.noise_of_finetuned {
            Some(noises) => Some(nth(noises)?),
            None => None,
        };
        Some(Draw {
            timestep: *replay.timesteps.get(step)?,
            noise: nth(&replay.noise)?,
            noise_of_finetuned,
        })
    }
}
