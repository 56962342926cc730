//! The shapes of the transformers around the diffusion model: CLIP's text encoder and picture encoder
//! and the ViT of DINO, from transformers' `config.json`. Defaults are those of its configuration
//! classes.

use std::path::Path;

use serde_json::{Value, json};

use super::CHANNELS;
use super::settings::Settings;
use crate::ModelError;
pub use palimpsest_kernels::pointwise::Activation;

/// The most layers of a transformer.
const LAYERS: usize = 128;

/// The largest picture side, in pixels.
const SIDE: usize = 2048;

fn hidden_activation(settings: &Settings, default: &str) -> Result<Activation, ModelError> {
    match settings.text("hidden_act", default)? {
        "quick_gelu" => Ok(Activation::QuickGelu),
        "gelu" => Ok(Activation::Gelu),
        _ => Err(settings.unsupported("hidden_act")),
    }
}

/// The shape of CLIP's text encoder.
#[derive(Clone, Debug, PartialEq)]
pub struct TextGeometry {
    /// Number of tokens that have an embedding.
    pub vocab_size: usize,
    /// Width of an embedding; the heads divide it.
    pub hidden_size: usize,
    /// Width between the linear layers of a feed-forward part.
    pub intermediate_size: usize,
    /// Number of layers.
    pub layers: usize,
    /// Attention heads of a layer.
    pub heads: usize,
    /// The most tokens of a prompt, begin and end included.
    pub max_positions: usize,
    /// The feed-forward parts' function.
    pub activation: Activation,
    /// The term added to the variance in layer norms.
    pub layer_norm_eps: f32,
    /// Width of the whole prompt's vector, where the encoder makes one.
    pub projection: Option<usize>,
}

/// The class of transformers whose models make a vector of the whole prompt.
const PROJECTING: &str = "CLIPTextModelWithProjection";

impl TextGeometry {
    /// Reads the configuration at `file`: of the text encoder alone, or of a whole CLIP.
    ///
    /// # Errors
    /// [`ModelError::UnsupportedArchitecture`], [`ModelError::Setting`], or why the file cannot be
    /// read.
    pub fn read(file: &Path) -> Result<Self, ModelError> {
        let outer = Settings::read(file)?;
        outer.only("model_type", &[json!("clip_text_model"), json!("clip")])?;
        let classes = outer.get("architectures").and_then(Value::as_array);
        let projects =
            classes.is_some_and(|classes| classes.iter().any(|class| class == PROJECTING));
        let settings = outer.nested("text_config").unwrap_or(outer);
        let layers = transformer(&settings, [512, 2048, 12, 8], "quick_gelu", 1e-5)?;
        let projection = settings.count("projection_dim", 512, 1..=CHANNELS)?;
        Ok(Self {
            vocab_size: settings.count("vocab_size", 49408, 1..=1 << 20)?,
            max_positions: settings.count("max_position_embeddings", 77, 3..=1024)?,
            hidden_size: layers.hidden_size,
            intermediate_size: layers.intermediate_size,
            layers: layers.layers,
            heads: layers.heads,
            activation: layers.activation,
            layer_norm_eps: layers.layer_norm_eps,
            projection: projects.then_some(projection),
        })
    }
}

/// The shape of CLIP's picture encoder.
#[derive(Clone, Debug, PartialEq)]
pub struct VisionGeometry {
    /// Width of a patch's embedding; the heads divide it.
    pub hidden_size: usize,
    /// Width between the linear layers of a feed-forward part.
    pub intermediate_size: usize,
    /// Width of the picture's embedding.
    pub projection_dim: usize,
    /// Number of layers.
    pub layers: usize,
    /// Attention heads of a layer.
    pub heads: usize,
    /// Side of the picture, in pixels.
    pub image_size: usize,
    /// Side of a patch, in pixels; it divides the picture's.
    pub patch_size: usize,
    /// The feed-forward parts' function.
    pub activation: Activation,
    /// The term added to the variance in layer norms.
    pub layer_norm_eps: f32,
}

impl VisionGeometry {
    /// Reads the configuration at `file`: of the picture encoder alone, or of a whole CLIP.
    ///
    /// # Errors
    /// [`ModelError::UnsupportedArchitecture`], [`ModelError::Setting`], or why the file cannot be
    /// read.
    pub fn read(file: &Path) -> Result<Self, ModelError> {
        let outer = Settings::read(file)?;
        outer.only("model_type", &[json!("clip_vision_model"), json!("clip")])?;
        let nested = outer.nested("vision_config");
        let settings = nested.as_ref().unwrap_or(&outer);
        let own = settings.count("projection_dim", 512, 1..=CHANNELS)?;
        let (image_size, patch_size) = patches(settings, 32)?;
        let layers = transformer(settings, [768, 3072, 12, 12], "quick_gelu", 1e-5)?;
        Ok(Self {
            // A whole CLIP projects to the width that its outer settings give.
            projection_dim: outer.count("projection_dim", own, 1..=CHANNELS)?,
            image_size,
            patch_size,
            hidden_size: layers.hidden_size,
            intermediate_size: layers.intermediate_size,
            layers: layers.layers,
            heads: layers.heads,
            activation: layers.activation,
            layer_norm_eps: layers.layer_norm_eps,
        })
    }
}

/// The shape of a plain vision transformer, as DINO (version 1) uses it.
#[derive(Clone, Debug, PartialEq)]
pub struct VitGeometry {
    /// Width of a patch's embedding; the heads divide it.
    pub hidden_size: usize,
    /// Width between the linear layers of a feed-forward part.
    pub intermediate_size: usize,
    /// Number of layers.
    pub layers: usize,
    /// Attention heads of a layer.
    pub heads: usize,
    /// Side of the picture, in pixels.
    pub image_size: usize,
    /// Side of a patch, in pixels; it divides the picture's.
    pub patch_size: usize,
    /// The feed-forward parts' function.
    pub activation: Activation,
    /// The term added to the variance in layer norms.
    pub layer_norm_eps: f32,
    /// True if queries, keys and values have biases.
    pub qkv_bias: bool,
}

impl VitGeometry {
    /// Reads the configuration at `file`.
    ///
    /// # Errors
    /// [`ModelError::UnsupportedArchitecture`], [`ModelError::Setting`], or why the file cannot be
    /// read.
    pub fn read(file: &Path) -> Result<Self, ModelError> {
        let settings = Settings::read(file)?;
        settings.only("model_type", &[json!("vit")])?;
        let (image_size, patch_size) = patches(&settings, 16)?;
        let layers = transformer(&settings, [768, 3072, 12, 12], "gelu", 1e-12)?;
        Ok(Self {
            qkv_bias: settings.flag("qkv_bias", true)?,
            image_size,
            patch_size,
            hidden_size: layers.hidden_size,
            intermediate_size: layers.intermediate_size,
            layers: layers.layers,
            heads: layers.heads,
            activation: layers.activation,
            layer_norm_eps: layers.layer_norm_eps,
        })
    }
}

/// Settings that every transformer has.
struct Transformer {
    hidden_size: usize,
    intermediate_size: usize,
    layers: usize,
    heads: usize,
    activation: Activation,
    layer_norm_eps: f32,
}

/// The defaults are width, width of the feed-forward part, layers and heads.
fn transformer(
    settings: &Settings,
    [hidden, intermediate, layers, heads]: [usize; 4],
    activation: &str,
    eps: f64,
) -> Result<Transformer, ModelError> {
    let transformer = Transformer {
        hidden_size: settings.count("hidden_size", hidden, 1..=CHANNELS)?,
        intermediate_size: settings.count("intermediate_size", intermediate, 1..=4 * CHANNELS)?,
        layers: settings.count("num_hidden_layers", layers, 1..=LAYERS)?,
        heads: settings.count("num_attention_heads", heads, 1..=CHANNELS)?,
        activation: hidden_activation(settings, activation)?,
        layer_norm_eps: settings.number("layer_norm_eps", eps, 0.0..=0.1)? as f32,
    };
    if !transformer.hidden_size.is_multiple_of(transformer.heads) {
        return Err(settings.wrong("num_attention_heads", "a divisor of \"hidden_size\""));
    }
    Ok(transformer)
}

/// Sides of the picture and of its patches.
fn patches(settings: &Settings, default: usize) -> Result<(usize, usize), ModelError> {
    settings.only("num_channels", &[json!(3)])?;
    let image = settings.count("image_size", 224, 1..=SIDE)?;
    let patch = settings.count("patch_size", default, 1..=SIDE)?;
    let across = image.checked_div(patch);
    if !image.is_multiple_of(patch) || across.is_none_or(|across| across > 128) {
        return Err(settings.wrong(
            "patch_size",
            "a divisor of \"image_size\", at least a 128th of it",
        ));
    }
    Ok((image, patch))
}
