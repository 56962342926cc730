//! The parts of a model that have weights, and writing them where diffusers and our own reader look for
//! them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::parameter::Parameter;
use super::safetensors_writer::{Precision, WriteError, write_tensors};

/// A part of a model that has weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The noise predictor.
    Unet,
    /// The autoencoder.
    Vae,
    /// The text encoder, or the first of two.
    TextEncoder,
    /// The second text encoder, where there are two.
    SecondTextEncoder,
}

impl Part {
    /// The parts that every model has.
    pub const ALL: [Self; 3] = [Self::Unet, Self::Vae, Self::TextEncoder];

    /// The text encoders, in the order in which their embeddings lie side by side.
    pub const TEXT: [Self; 2] = [Self::TextEncoder, Self::SecondTextEncoder];

    /// The part's folder in a diffusers model folder.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Unet => "unet",
            Self::Vae => "vae",
            Self::TextEncoder => "text_encoder",
            Self::SecondTextEncoder => "text_encoder_2",
        }
    }

    /// The usual name of the file with its weights, which is that of a diffusers or a transformers
    /// model.
    pub const fn weights(self) -> &'static str {
        match self {
            Self::Unet | Self::Vae => "diffusion_pytorch_model.safetensors",
            Self::TextEncoder | Self::SecondTextEncoder => "model.safetensors",
        }
    }

    /// Writes the weights of this part of the model in the folder `model`, replacing those of the same
    /// name. Half precision keeps the usual name: readers widen what they find.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn write(
        self,
        model: &Path,
        tensors: &BTreeMap<String, Parameter>,
        precision: Precision,
    ) -> Result<(), WriteError> {
        let folder = model.join(self.folder());
        fs::create_dir_all(&folder).map_err(|source| WriteError::Io {
            file: folder.clone(),
            source,
        })?;
        // Transformers refuses a file that does not say whose tensors it holds.
        let record = BTreeMap::from([("format".to_owned(), "pt".to_owned())]);
        write_tensors(&folder.join(self.weights()), tensors, precision, &record)
    }
}
