//! The structures that a small model can have, each with the files that do not depend on its words.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use palimpsest_diffusion::files::Part;

/// The family that a small model is built like.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Structure {
    /// Stable Diffusion 1: one text encoder.
    #[default]
    Sd1,
    /// Stable Diffusion XL: two text encoders, the vector of the whole prompt, and the sizes of the picture.
    Sdxl,
}

/// A text that names no structure.
#[derive(Debug, Error)]
#[error("\"{0}\" names no structure of a small model: write sd1 or sdxl")]
pub struct UnknownStructure(String);

/// A text encoder's folders and files in a small model.
pub(super) struct TextFiles {
    /// The folder of its tokenizer.
    pub tokenizer: &'static str,
    pub part: Part,
    /// Its configuration, but for the size of the vocabulary and the special tokens.
    pub config: &'static str,
    /// True if its tokenizer fills short prompts with the first token of the vocabulary, not with the last.
    pub pads_with_first: bool,
}

const FIRST: TextFiles = TextFiles {
    tokenizer: "tokenizer",
    part: Part::TextEncoder,
    config: include_str!("text_encoder.json"),
    pads_with_first: false,
};

const SECOND: TextFiles = TextFiles {
    tokenizer: "tokenizer_2",
    part: Part::SecondTextEncoder,
    config: include_str!("sdxl/text_encoder_2.json"),
    pads_with_first: true,
};

type Files = [(&'static str, &'static str)];

const SD1: [(&str, &str); 6] = [
    ("model_index.json", include_str!("model_index.json")),
    (
        "scheduler/scheduler_config.json",
        include_str!("scheduler.json"),
    ),
    (
        "tokenizer/special_tokens_map.json",
        include_str!("special_tokens_map.json"),
    ),
    (
        "tokenizer/tokenizer_config.json",
        include_str!("tokenizer_config.json"),
    ),
    ("unet/config.json", include_str!("unet.json")),
    ("vae/config.json", include_str!("vae.json")),
];

const SDXL: [(&str, &str); 8] = [
    ("model_index.json", include_str!("sdxl/model_index.json")),
    (
        "scheduler/scheduler_config.json",
        include_str!("scheduler.json"),
    ),
    (
        "tokenizer/special_tokens_map.json",
        include_str!("special_tokens_map.json"),
    ),
    (
        "tokenizer/tokenizer_config.json",
        include_str!("tokenizer_config.json"),
    ),
    (
        "tokenizer_2/special_tokens_map.json",
        include_str!("sdxl/special_tokens_map.json"),
    ),
    (
        "tokenizer_2/tokenizer_config.json",
        include_str!("sdxl/tokenizer_config.json"),
    ),
    ("unet/config.json", include_str!("sdxl/unet.json")),
    ("vae/config.json", include_str!("sdxl/vae.json")),
];

impl Structure {
    /// Both structures.
    pub const ALL: [Self; 2] = [Self::Sd1, Self::Sdxl];

    /// The parts that have weights.
    pub fn parts(self) -> Vec<Part> {
        let text = self.text().iter().map(|text| text.part);
        [Part::Unet, Part::Vae].into_iter().chain(text).collect()
    }

    /// The folders of the tokenizers, in the order of the text encoders.
    pub fn tokenizers(self) -> impl Iterator<Item = &'static str> {
        self.text().iter().map(|text| text.tokenizer)
    }

    /// The factor of the latents, where the family has one of its own; the autoencoder is made to fit it. Else it is
    /// measured.
    pub fn scaling_factor(self) -> Option<f32> {
        match self {
            Self::Sd1 => None,
            Self::Sdxl => Some(0.13025),
        }
    }

    /// True for the one that records leave out.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// The word of the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sd1 => "sd1",
            Self::Sdxl => "sdxl",
        }
    }

    /// Files that do not depend on the words.
    pub(super) fn files(self) -> &'static Files {
        match self {
            Self::Sd1 => &SD1,
            Self::Sdxl => &SDXL,
        }
    }

    /// The text encoders, in the order in which their embeddings lie side by side.
    pub(super) fn text(self) -> &'static [TextFiles] {
        match self {
            Self::Sd1 => &[FIRST],
            Self::Sdxl => &[FIRST, SECOND],
        }
    }
}

impl fmt::Display for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Structure {
    type Err = UnknownStructure;

    fn from_str(text: &str) -> Result<Self, UnknownStructure> {
        let named = Self::ALL.into_iter().find(|one| one.name() == text);
        named.ok_or_else(|| UnknownStructure(text.into()))
    }
}
