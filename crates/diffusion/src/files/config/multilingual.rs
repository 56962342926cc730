//! The shape of AltDiffusion's text encoder: XLM-RoBERTa with a projection, from the `config.json` of its
//! `RobertaSeriesModelWithTransformation`.

use std::path::Path;

use serde_json::json;

use super::settings::Settings;
use super::{CHANNELS, TextGeometry};
use crate::ModelError;

/// `model_type` of this encoder.
const KIND: &str = "xlm-roberta";

/// The most layers.
const LAYERS: usize = 128;

/// The shape of an XLM-RoBERTa with a projection.
#[derive(Clone, Debug, PartialEq)]
pub struct MultilingualGeometry {
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
    /// Rows of the table of positions, of which padding takes the second and a prompt those behind it.
    pub max_positions: usize,
    /// Rows of the table of token types, of which the first is used.
    pub token_types: usize,
    /// The token that fills a prompt up.
    pub padding: u32,
    /// The term added to the variance in layer norms.
    pub layer_norm_eps: f64,
    /// Width of what leaves.
    pub project_dim: usize,
    /// True of the later form (m18), which projects the normed state before the last layer.
    pub before_last: bool,
}

impl MultilingualGeometry {
    fn read(settings: &Settings) -> Result<Self, ModelError> {
        settings.only("model_type", &[json!(KIND)])?;
        settings.only("hidden_act", &[json!("gelu")])?;
        settings.only("position_embedding_type", &[json!("absolute")])?;
        settings.only("is_decoder", &[json!(false)])?;
        let hidden_size = settings.count("hidden_size", 1024, 1..=CHANNELS)?;
        let geometry = Self {
            hidden_size,
            vocab_size: settings.count("vocab_size", 250_002, 4..=1 << 20)?,
            intermediate_size: settings.count("intermediate_size", 4096, 1..=4 * CHANNELS)?,
            layers: settings.count("num_hidden_layers", 24, 2..=LAYERS)?,
            heads: settings.count("num_attention_heads", 16, 1..=CHANNELS)?,
            max_positions: settings.count("max_position_embeddings", 514, 5..=8192)?,
            token_types: settings.count("type_vocab_size", 1, 1..=16)?,
            padding: settings.count("pad_token_id", 1, 1..=1)? as u32,
            layer_norm_eps: settings.number("layer_norm_eps", 1e-5, 0.0..=0.1)?,
            project_dim: settings.count("project_dim", 768, 1..=CHANNELS)?,
            before_last: settings.flag("has_pre_transformation", false)?,
        };
        if !hidden_size.is_multiple_of(geometry.heads) {
            return Err(settings.wrong("num_attention_heads", "a divisor of \"hidden_size\""));
        }
        Ok(geometry)
    }
}

/// A text encoder of either kind.
#[derive(Clone, Debug, PartialEq)]
pub enum TextNetwork {
    /// CLIP's.
    Clip(TextGeometry),
    /// XLM-RoBERTa with a projection: AltDiffusion's.
    Multilingual(MultilingualGeometry),
}

impl TextNetwork {
    /// Reads the configuration at `file`.
    ///
    /// # Errors
    /// [`ModelError::UnsupportedArchitecture`], [`ModelError::Setting`], or why the file cannot be
    /// read.
    pub fn read(file: &Path) -> Result<Self, ModelError> {
        let settings = Settings::read(file)?;
        match settings.text("model_type", "")? {
            KIND => MultilingualGeometry::read(&settings).map(Self::Multilingual),
            _ => TextGeometry::read(file).map(Self::Clip),
        }
    }

    /// The shape of CLIP's, if it is one.
    pub fn clip(&self) -> Option<&TextGeometry> {
        match self {
            Self::Clip(geometry) => Some(geometry),
            Self::Multilingual(_) => None,
        }
    }

    /// The width of its part of a prompt's embedding.
    pub fn width(&self) -> usize {
        match self {
            Self::Clip(geometry) => geometry.hidden_size,
            Self::Multilingual(geometry) => geometry.project_dim,
        }
    }

    /// Number of tokens that have an embedding.
    pub fn vocab_size(&self) -> usize {
        match self {
            Self::Clip(geometry) => geometry.vocab_size,
            Self::Multilingual(geometry) => geometry.vocab_size,
        }
    }

    /// Width of the whole prompt's vector, where it makes one.
    pub fn projection(&self) -> Option<usize> {
        self.clip().and_then(|geometry| geometry.projection)
    }
}
