//! Options that several commands take: settings of the method, encoders, device and memory.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::values;
use palimpsest_diffusion::{Device, Memory};
use palimpsest_method::examination::MemoryRule;
use palimpsest_method::inversion::{NoisePairing, Overrides, Start, TimestepRange};

/// Settings that replace those of the preset.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Settings that replace those of the preset")]
pub(in crate::cli) struct SettingArguments {
    /// Number of steps
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = values::steps)]
    pub steps: Option<usize>,
    /// Length of a step in latent units
    #[arg(long, value_name = "A", allow_negative_numbers = true, value_parser = values::positive)]
    pub step_size: Option<f64>,
    /// Largest distance from the start in latent units
    #[arg(long, value_name = "E", allow_negative_numbers = true, value_parser = values::positive)]
    pub budget: Option<f64>,
    /// Share of its direction that a step takes over from the one before, less than 1
    #[arg(long, value_name = "B", allow_negative_numbers = true, value_parser = values::share)]
    pub momentum: Option<f64>,
    /// The timesteps drawn from, both ends included, within 1..999
    #[arg(long, value_name = "LO..HI", allow_hyphen_values = true)]
    pub timesteps: Option<TimestepRange>,
    /// How the removed part is filled at first: reencoded or filled
    #[arg(long)]
    pub start: Option<Start>,
    /// Weight of the pretrained model's loss, in place of the projection of `quick`; at another than 1 equal models
    /// would move the picture too
    #[arg(long, value_name = "W", allow_negative_numbers = true, value_parser = values::not_negative)]
    pub contrast: Option<f64>,
    /// Whether both models see the same noise: shared or independent
    #[arg(long)]
    pub noise: Option<NoisePairing>,
    /// Seed of the draws [default: 0]
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    pub seed: Option<u64>,
}

/// The picture encoders.
#[derive(Args, Debug)]
pub(in crate::cli) struct EncoderArguments {
    /// The folder of a CLIP picture encoder (ViT-B/32), for the score of that name
    #[arg(long, value_name = "MODEL")]
    pub clip: Option<PathBuf>,
    /// The folder of a DINO picture encoder (ViT-S/16), for the score of that name
    #[arg(long, value_name = "MODEL")]
    pub dino: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(in crate::cli) enum DeviceArgument {
    /// The best that this build has; a graphics card only if it is asked for
    #[default]
    Auto,
    Cpu,
    /// The graphics card, by way of Vulkan, Metal or DX12
    Gpu,
    Cuda,
    Metal,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(in crate::cli) enum MemoryArgument {
    #[default]
    Auto,
    Full,
    Medium,
    Low,
}

impl SettingArguments {
    pub fn overrides(&self) -> Overrides {
        Overrides {
            steps: self.steps,
            step_size: self.step_size,
            budget: self.budget,
            momentum: self.momentum,
            timesteps: self.timesteps,
            start: self.start,
            contrast_weight: self.contrast,
            noise: self.noise,
            seed: self.seed,
        }
    }
}

impl DeviceArgument {
    pub(in crate::cli) fn device(self) -> Option<Device> {
        match self {
            Self::Auto => None,
            Self::Cpu => Some(Device::Cpu),
            Self::Gpu => Some(Device::Gpu),
            Self::Cuda => Some(Device::Cuda),
            Self::Metal => Some(Device::Metal),
        }
    }
}

impl MemoryArgument {
    pub(super) fn rule(self) -> MemoryRule {
        match self {
            Self::Auto => MemoryRule::Auto,
            Self::Full => MemoryRule::Fixed(Memory::Full),
            Self::Medium => MemoryRule::Fixed(Memory::Medium),
            Self::Low => MemoryRule::Fixed(Memory::Low),
        }
    }
}
