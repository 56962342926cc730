//! The machine: its memory against what a pair of models needs, and the names under which
//! devices and memory rules are recorded.

use std::thread;

use serde::{Deserialize, Serialize};

use palimpsest_base::system;
use palimpsest_diffusion::files::Part;
use palimpsest_diffusion::files::config::{AutoencoderGeometry, UnetGeometry};
use palimpsest_diffusion::footprint::{Sweep, autoencoding, remembered};
use palimpsest_diffusion::{Device, DiffusionModel, Memory, ModelError};

/// Taps of a convolution.
const TAPS: u64 = 9;
/// A number in memory.
const SINGLE: u64 = size_of::<f32>() as u64;
/// What the program takes beside numbers of the models, in bytes: itself, buffers of threads, prompts; and for each pixel
/// of the prepared picture its copies and what scores are made of.
const PROGRAM: u64 = 100 << 20;
const PIXEL: u64 = 400;
/// Tenths of the values of a sweep, and of the autoencoder, that their buffers take: these have rounded sizes, and some
/// are only passed through. These three were measured with Stable Diffusion 1's structure at 256 and 512 pixels, and with
/// small models of two structures (docs/figures.md).
const BUFFERS: u64 = 14;

/// The rule by which memory is spent on speed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum MemoryRule {
    /// By what is available when the examination begins.
    #[default]
    Auto,
    /// This one.
    Fixed(Memory),
}

/// The memory that work with models takes at most, in bytes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Need {
    /// With all memory that is spent on speed.
    pub full: u64,
    /// With weights that stay in their files.
    pub medium: u64,
    /// With as little as can be.
    pub low: u64,
}

impl Need {
    /// Of models whose noise predictors are in memory together, with latents of that shape. All their files are looked
    /// at: one that is cut short is found before the work begins.
    ///
    /// # Errors
    /// [`ModelError`] if a file is no complete file of weights.
    pub fn of(models: &[&DiffusionModel], latent: [usize; 3]) -> Result<Self, ModelError> {
        let mut weights = Numbers::default();
        let mut need = Self::default();
        for model in models {
            weights.predictors += model.numbers(Part::Unet)?;
            weights.autoencoder = weights.autoencoder.max(model.numbers(Part::Vae)?);
            for part in model.parts().filter(|part| Part::TEXT.contains(part)) {
                weights.text = weights.text.max(model.numbers(part)?);
            }
        }
        for model in models {
            let shapes = (model.unet_geometry(), model.autoencoder_geometry());
            let one = Self::from_shapes(weights, shapes, latent);
            need = Self {
                full: need.full.max(one.full),
                medium: need.medium.max(one.medium),
                low: need.low.max(one.low),
            };
        }
        Ok(need)
    }

    /// The bytes under a rule.
    pub fn under(self, memory: Memory) -> u64 {
        match memory {
            Memory::Full => self.full,
            Memory::Medium => self.medium,
            Memory::Low => self.low,
        }
    }

    /// The noise predictors stay in memory from one work to the next, while the autoencoder comes and goes; text encoders
    /// are gone before.
    fn from_shapes(
        weights: Numbers,
        (unet, vae): (&UnetGeometry, &AutoencoderGeometry),
        [_, height, width]: [usize; 3],
    ) -> Self {
        let grid = [height, width];
        let buffers = |values: u64| values / 10 * BUFFERS;
        let coding = buffers(autoencoding(vae, grid)) + weights.autoencoder;
        let recorded = buffers(remembered(unet, grid, Sweep::Latent)).max(coding);
        let low = buffers(remembered(unet, grid, Sweep::LatentByBlocks)).max(coding);
        let side = vae.factor() as u64;
        // The widest convolution, that of the deepest level and what skips to it: widened, and rearranged.
        let deepest = unet.block_out_channels.last().map_or(0, |&c| c as u64);
        let widest = 2 * TAPS * 2 * deepest * deepest;
        let beside = PROGRAM + PIXEL * height as u64 * width as u64 * side * side;
        Self {
            full: beside + SINGLE * (weights.predictors + recorded).max(weights.text),
            medium: beside + SINGLE * (recorded + widest),
            low: beside + SINGLE * (low + widest),
        }
    }
}

/// Weights in numbers.
#[derive(Clone, Copy, Debug, Default)]
struct Numbers {
    /// Of all noise predictors together.
    predictors: u64,
    autoencoder: u64,
    /// Of the largest text encoder.
    text: u64,
}

impl MemoryRule {
    /// The rule for work that needs that much.
    pub fn decide(self, need: Need) -> Memory {
        match (self, system::available_memory()) {
            (Self::Fixed(memory), _) => memory,
            (Self::Auto, Some(available)) if available < need.medium => Memory::Low,
            (Self::Auto, Some(available)) if available < need.full => Memory::Medium,
            (Self::Auto, _) => Memory::Full,
        }
    }
}

/// The number of threads meant by `asked`, where 0 means all.
pub(super) fn threads(asked: usize) -> usize {
    match asked {
        // A system that does not say how many cores it has is given one thread: slow, and no wrong result.
        // Where the system does not tell, the safe number is one.
        0 => thread::available_parallelism().map_or(1, usize::from),
        _ => asked,
    }
}

/// [`Device`] as the record spells it.
#[derive(Deserialize, Serialize)]
#[serde(remote = "Device", rename_all = "lowercase")]
pub(super) enum DeviceName {
    Cpu,
    Gpu,
    Cuda,
    Metal,
    Reference,
}

/// [`Memory`] as the record spells it.
#[derive(Deserialize, Serialize)]
#[serde(remote = "Memory", rename_all = "lowercase")]
pub(super) enum MemoryName {
    Full,
    Medium,
    Low,
}

#[cfg(test)]
mod tests {
    use super::*;
    use palimpsest_testing::geometry::{stable_diffusion_1, stable_diffusion_1_autoencoder};

    const GIBI: f64 = (1u64 << 30) as f64;

    /// What whole examinations of one picture were measured to take (docs/figures.md), and steps of both models at half
    /// the side (benches/README.md).
    #[test]
    fn what_is_needed_is_what_was_measured() {
        let weights = Numbers {
            predictors: 2 * 859_520_964,
            autoencoder: 83_653_863,
            text: 123_060_480,
        };
        let (unet, autoencoder) = (stable_diffusion_1(), stable_diffusion_1_autoencoder());
        let need = |side| Need::from_shapes(weights, (&unet, &autoencoder), [4, side, side]);
        for (said, measured) in [
            (need(64).full, 7.85),
            (need(64).medium, 1.71),
            (need(64).low, 1.46),
            (need(32).full, 6.89),
        ] {
            let ratio = said as f64 / GIBI / measured;
            assert!((0.9..1.15).contains(&ratio), "{said} for {measured} GiB");
        }
    }
}
