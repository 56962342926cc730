//! The shape of the autoencoder, from the `config.json` of a diffusers `AutoencoderKL`.

use std::path::Path;

use serde_json::json;

use super::CHANNELS;
use super::settings::Settings;
use crate::ModelError;

/// The most blocks: a latent of a 32nd of the picture's side.
const BLOCKS: usize = 6;

/// The shape of an autoencoder of the Stable Diffusion 1 and 2 families.
#[derive(Clone, Debug, PartialEq)]
pub struct AutoencoderGeometry {
    /// Channels of the picture that enters: 3.
    pub in_channels: usize,
    /// Channels of the picture that leaves: 3.
    pub out_channels: usize,
    /// Channels of the latent.
    pub latent_channels: usize,
    /// Channels of each block, finest first.
    pub block_out_channels: Vec<usize>,
    /// Residual layers of each block of the encoder; the decoder's have one more.
    pub layers_per_block: usize,
    /// Groups of every group norm; they divide the channels of every block.
    pub groups: usize,
    /// The factor between a latent and what the noise predictor sees.
    pub scaling_factor: f32,
    /// True if a 1×1 convolution follows the encoder.
    pub use_quant_conv: bool,
    /// True if a 1×1 convolution precedes the decoder.
    pub use_post_quant_conv: bool,
    /// True if the middle blocks have attention.
    pub mid_attention: bool,
}

impl AutoencoderGeometry {
    /// Reads the configuration at `file`.
    ///
    /// # Errors
    /// [`ModelError::UnsupportedArchitecture`], [`ModelError::Setting`], or why the file cannot be
    /// read.
    pub fn read(file: &Path) -> Result<Self, ModelError> {
        let settings = Settings::read(file)?;
        let channels = settings.list("block_out_channels", &[64], 1..=CHANNELS)?;
        if !(1..=BLOCKS).contains(&channels.len()) {
            return Err(settings.wrong("block_out_channels", "a list of one to six numbers"));
        }
        refuse_other_networks(&settings, channels.len())?;
        let geometry = Self {
            in_channels: settings.count("in_channels", 3, 3..=3)?,
            out_channels: settings.count("out_channels", 3, 3..=3)?,
            latent_channels: settings.count("latent_channels", 4, 1..=64)?,
            layers_per_block: settings.count("layers_per_block", 1, 1..=16)?,
            groups: settings.count("norm_num_groups", 32, 1..=CHANNELS)?,
            // What the files of the first months, which leave it out, were used with.
            scaling_factor: settings.number("scaling_factor", 0.18215, 1e-6..=1e6)? as f32,
            use_quant_conv: settings.flag("use_quant_conv", true)?,
            use_post_quant_conv: settings.flag("use_post_quant_conv", true)?,
            mid_attention: settings.flag("mid_block_add_attention", true)?,
            block_out_channels: channels,
        };
        let indivisible = |channels: &usize| !channels.is_multiple_of(geometry.groups);
        if geometry.block_out_channels.iter().any(indivisible) {
            return Err(settings.wrong("norm_num_groups", "a divisor of every block's channels"));
        }
        Ok(geometry)
    }

    /// The picture's side over the latent's: each block but the coarsest halves it.
    pub fn factor(&self) -> usize {
        self.block_out_channels
            .iter()
            .skip(1)
            .fold(1, |factor: usize, _| factor.saturating_mul(2))
    }
}

fn refuse_other_networks(settings: &Settings, blocks: usize) -> Result<(), ModelError> {
    settings.only("_class_name", &[json!("AutoencoderKL")])?;
    settings.only("act_fn", &[json!("silu"), json!("swish")])?;
    settings.only("shift_factor", &[json!(0)])?;
    settings.only("latents_mean", &[])?;
    settings.only("latents_std", &[])?;
    for (key, kind) in [
        ("down_block_types", "DownEncoderBlock2D"),
        ("up_block_types", "UpDecoderBlock2D"),
    ] {
        settings.only(key, &[json!(vec![kind; blocks])])?;
    }
    Ok(())
}
