//! The shape of the noise predictor, from the `config.json` of a diffusers `UNet2DConditionModel`.
//! Defaults are those of its constructor, because old files leave out what was not yet a choice.

use std::path::Path;

use serde_json::json;

use super::CHANNELS;
use super::settings::Settings;
use crate::ModelError;

/// The most blocks of one side of the network.
const BLOCKS: usize = 8;

/// The most layers of a block, residual or transformer.
const LAYERS: usize = 32;

/// The channels that enter an inpainting model: a latent, a masked latent and a mask.
const INPAINTING: usize = 9;

/// The shape of a noise predictor of the Stable Diffusion 1, 2 and XL families.
#[derive(Clone, Debug, PartialEq)]
pub struct UnetGeometry {
    /// Channels of the latent that enters; as many leave.
    pub in_channels: usize,
    /// Channels of the prediction.
    pub out_channels: usize,
    /// Side of the square latent that the model was trained on.
    pub sample_size: usize,
    /// Channels of each block, finest first.
    pub block_out_channels: Vec<usize>,
    /// Residual layers of each block on the way down; on the way up there is one more.
    pub layers_per_block: Vec<usize>,
    /// Attention of each block on the way down, finest first.
    pub down_attention: Vec<bool>,
    /// Attention of each block on the way up, coarsest first.
    pub up_attention: Vec<bool>,
    /// Attention heads of each block, finest first; they divide its channels where it has attention.
    /// diffusers calls this number `attention_head_dim` unless `num_attention_heads` is given.
    pub heads: Vec<usize>,
    /// Transformer layers of each attention of each block, finest first.
    pub transformer_layers: Vec<usize>,
    /// Width of the text embedding.
    pub cross_attention_dim: usize,
    /// Groups of every group norm; they divide the channels of every block.
    pub groups: usize,
    /// The term added to the variance in the group norms of residual blocks and output.
    pub norm_eps: f32,
    /// True if the projections around a transformer are linear layers instead of 1×1 convolutions.
    pub linear_projection: bool,
    /// True if a timestep's cosines come before its sines.
    pub flip_sin_to_cos: bool,
    /// The number subtracted from the number of a timestep's frequencies.
    pub freq_shift: f32,
    /// Padding of the convolutions that halve the latent: 1 around, or 0 for right and below only.
    pub downsample_padding: usize,
    /// The second condition, where there is one: of Stable Diffusion XL.
    pub addition: Option<AdditionGeometry>,
}

/// The shape of a condition beside the prompt's tokens: a vector of the whole prompt, and the sizes of the
/// picture (diffusers' `text_time`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AdditionGeometry {
    /// Width of the prompt's vector.
    pub text_width: usize,
    /// Width of the embedding of each of the six sizes.
    pub size_width: usize,
}

impl AdditionGeometry {
    /// Numbers that describe the picture: original height and width, top and left of the crop, target height
    /// and width.
    pub const SIZES: usize = 6;

    /// The width of both together.
    pub fn inputs(&self) -> usize {
        self.size_width
            .saturating_mul(Self::SIZES)
            .saturating_add(self.text_width)
    }
}

impl UnetGeometry {
    /// Reads the configuration at `file`.
    ///
    /// # Errors
    /// [`ModelError::Inpainting`], [`ModelError::UnsupportedArchitecture`],
    /// [`ModelError::Setting`], or why the file cannot be read.
    pub fn read(file: &Path) -> Result<Self, ModelError> {
        let settings = Settings::read(file)?;
        refuse_other_networks(&settings)?;
        let channels =
            settings.list("block_out_channels", &[320, 640, 1280, 1280], 1..=CHANNELS)?;
        let blocks = channels.len();
        if !(1..=BLOCKS).contains(&blocks) {
            return Err(settings.wrong("block_out_channels", "a list of one to eight numbers"));
        }
        let heads_key = match settings.get("num_attention_heads") {
            Some(_) => "num_attention_heads",
            None => "attention_head_dim",
        };
        let geometry = Self {
            in_channels: settings.count("in_channels", 4, 1..=64)?,
            out_channels: settings.count("out_channels", 4, 1..=64)?,
            sample_size: sample_size(&settings)?,
            layers_per_block: settings.counts("layers_per_block", 2, 1..=LAYERS, blocks)?,
            down_attention: attention(&settings, "down_block_types", DOWN, blocks)?,
            up_attention: attention(&settings, "up_block_types", UP, blocks)?,
            heads: settings.counts(heads_key, 8, 1..=CHANNELS, blocks)?,
            transformer_layers: settings.counts(
                "transformer_layers_per_block",
                1,
                1..=LAYERS,
                blocks,
            )?,
            cross_attention_dim: cross_attention_dim(&settings)?,
            groups: settings.count("norm_num_groups", 32, 1..=CHANNELS)?,
            norm_eps: settings.number("norm_eps", 1e-5, 1e-12..=0.1)? as f32,
            linear_projection: settings.flag("use_linear_projection", false)?,
            flip_sin_to_cos: settings.flag("flip_sin_to_cos", true)?,
            freq_shift: settings.number("freq_shift", 0.0, 0.0..=1.0)? as f32,
            downsample_padding: settings.count("downsample_padding", 1, 0..=1)?,
            addition: addition(&settings)?,
            block_out_channels: channels,
        };
        geometry.check(&settings, heads_key)?;
        Ok(geometry)
    }

    /// Refuses numbers that are each in range but do not fit together.
    fn check(&self, settings: &Settings, heads_key: &str) -> Result<(), ModelError> {
        if self.in_channels == INPAINTING {
            return Err(ModelError::Inpainting {
                file: settings.file().into(),
            });
        }
        if self.in_channels != self.out_channels {
            return Err(settings.unsupported("in_channels"));
        }
        let indivisible = |channels: &usize| !channels.is_multiple_of(self.groups);
        if self.block_out_channels.iter().any(indivisible) {
            return Err(settings.wrong("norm_num_groups", "a divisor of every block's channels"));
        }
        // A list without blocks is refused as too narrow, as 0 channels are.
        let first = self.block_out_channels.first().copied().unwrap_or_default();
        // Half of a timestep's embedding are sines, half cosines; a shift must leave a frequency.
        if first < 4 || !first.is_multiple_of(2) {
            return Err(settings.wrong("block_out_channels", "even, and at least 4, at its start"));
        }
        settings.only("time_embedding_dim", &[json!(first.saturating_mul(4))])?;
        let last = self.block_out_channels.len().saturating_sub(1);
        let attends = self
            .down_attention
            .iter()
            .zip(self.up_attention.iter().rev());
        let blocks = self.block_out_channels.iter().zip(&self.heads).zip(attends);
        for (i, ((channels, heads), (&down, &up))) in blocks.enumerate() {
            // The middle of the network attends with the settings of the coarsest block.
            if (down || up || i == last) && !channels.is_multiple_of(*heads) {
                return Err(settings.wrong(heads_key, "a divisor of the block's channels"));
            }
        }
        Ok(())
    }
}

/// Names of the blocks, without and with attention.
const DOWN: [&str; 2] = ["DownBlock2D", "CrossAttnDownBlock2D"];
const UP: [&str; 2] = ["UpBlock2D", "CrossAttnUpBlock2D"];

/// Settings that change the network in ways that are not implemented. Absent and null mean "no".
fn refuse_other_networks(settings: &Settings) -> Result<(), ModelError> {
    settings.only("_class_name", &[json!("UNet2DConditionModel")])?;
    for key in [
        "class_embed_type",
        "cross_attention_norm",
        "encoder_hid_dim",
        "encoder_hid_dim_type",
        "num_class_embeds",
        "reverse_transformer_layers_per_block",
        "time_cond_proj_dim",
        "time_embedding_act_fn",
        "timestep_post_act",
    ] {
        settings.only(key, &[])?;
    }
    for key in [
        "center_input_sample",
        "dual_cross_attention",
        "mid_block_only_cross_attention",
        "resnet_skip_time_act",
    ] {
        settings.only(key, &[json!(false)])?;
    }
    for key in ["mid_block_scale_factor", "resnet_out_scale_factor"] {
        settings.only(key, &[json!(1)])?;
    }
    for key in ["conv_in_kernel", "conv_out_kernel"] {
        settings.only(key, &[json!(3)])?;
    }
    settings.only("act_fn", &[json!("silu"), json!("swish")])?;
    settings.only("attention_type", &[json!("default")])?;
    settings.only("resnet_time_scale_shift", &[json!("default")])?;
    settings.only("time_embedding_type", &[json!("positional")])?;
    settings.only("mid_block_type", &[json!("UNetMidBlock2DCrossAttn")])?;
    // Null is a choice here: no middle block, no normalisation of the output.
    for key in ["mid_block_type", "norm_num_groups"] {
        if settings.has(key) && settings.get(key).is_none() {
            return Err(settings.unsupported(key));
        }
    }
    let all_false = |value: &serde_json::Value| match value.as_array() {
        Some(list) => list.iter().all(|value| *value == json!(false)),
        None => *value == json!(false),
    };
    match settings.get("only_cross_attention") {
        Some(value) if !all_false(value) => Err(settings.unsupported("only_cross_attention")),
        _ => Ok(()),
    }
}

/// The second condition, if there is one.
fn addition(settings: &Settings) -> Result<Option<AdditionGeometry>, ModelError> {
    const KIND: &str = "addition_embed_type";
    const INPUTS: &str = "projection_class_embeddings_input_dim";
    settings.only(KIND, &[json!("text_time")])?;
    if settings.get(KIND).is_none() {
        return Ok(None);
    }
    let size_width = settings.count("addition_time_embed_dim", 256, 2..=CHANNELS)?;
    if !size_width.is_multiple_of(2) {
        return Err(settings.wrong("addition_time_embed_dim", "an even number"));
    }
    let inputs = settings.count(INPUTS, 2816, 1..=8 * CHANNELS)?;
    let sizes = size_width.saturating_mul(AdditionGeometry::SIZES);
    match inputs.checked_sub(sizes) {
        Some(text_width) if (1..=CHANNELS).contains(&text_width) => Ok(Some(AdditionGeometry {
            text_width,
            size_width,
        })),
        _ => Err(settings.wrong(
            INPUTS,
            "the width of the prompt's vector and six times \"addition_time_embed_dim\"",
        )),
    }
}

/// The blocks of one side that have attention. The default is that of Stable Diffusion: all but the
/// coarsest.
fn attention(
    settings: &Settings,
    key: &str,
    [plain, attending]: [&str; 2],
    blocks: usize,
) -> Result<Vec<bool>, ModelError> {
    let Some(value) = settings.get(key) else {
        let coarsest = if plain == UP[0] { 0 } else { 3 };
        return match blocks {
            4 => Ok((0..4).map(|i| i != coarsest).collect()),
            _ => Err(settings.wrong(key, "a list of the blocks' types")),
        };
    };
    let types = value
        .as_array()
        .filter(|types| types.len() == blocks)
        .ok_or_else(|| settings.wrong(key, &format!("a list of {blocks} types of block")))?;
    types
        .iter()
        .map(|kind| match kind.as_str() {
            Some(kind) if kind == plain => Ok(false),
            Some(kind) if kind == attending => Ok(true),
            _ => Err(settings.unsupported(key)),
        })
        .collect()
}

/// One number, or two equal ones. Files of the first months leave it out.
fn sample_size(settings: &Settings) -> Result<usize, ModelError> {
    const KEY: &str = "sample_size";
    let sizes = settings.counts(KEY, 64, 1..=1024, 2)?;
    match sizes[..] {
        [height, width] if height == width => Ok(height),
        _ => Err(settings.unsupported(KEY)),
    }
}

/// One number, or a list of equal ones.
fn cross_attention_dim(settings: &Settings) -> Result<usize, ModelError> {
    const KEY: &str = "cross_attention_dim";
    if !settings.get(KEY).is_some_and(serde_json::Value::is_array) {
        return settings.count(KEY, 1280, 1..=CHANNELS);
    }
    match settings.list(KEY, &[], 1..=CHANNELS)?[..] {
        [first, ref rest @ ..] if rest.iter().all(|&width| width == first) => Ok(first),
        _ => Err(settings.unsupported(KEY)),
    }
}
