//! Adapters of other families of models, called by their names: by their tensors, or where these do not fit by what
//! the file says of itself.

use std::collections::BTreeMap;
use std::path::Path;

use crate::files::Weights;
use crate::{LoraError, ModelError};

const XL: &str = "Stable Diffusion XL";
const THREE: &str = "Stable Diffusion 3";
const FLUX: &str = "Flux";

/// Parts of names that no adapter for Stable Diffusion 1 or 2 has.
const SIGNS: [(&str, &str); 12] = [
    ("double_blocks", FLUX),
    ("single_transformer_blocks", FLUX),
    ("single_blocks", FLUX),
    ("joint_blocks", THREE),
    ("lora_te3_", THREE),
    ("text_encoder_3.", THREE),
    ("lora_te2_", XL),
    ("text_encoder_2.", XL),
    ("conditioner_embedders_1", XL),
    ("_label_emb_0_", XL),
    (
        "lora_transformer_",
        "a transformer (Flux, Stable Diffusion 3 or another)",
    ),
    (
        "transformer.transformer_blocks",
        "a transformer (Flux, Stable Diffusion 3 or another)",
    ),
];

/// Keys of the record that name the family, and parts of their values.
const KEYS: [&str; 2] = ["ss_base_model_version", "modelspec.architecture"];
const STATED: [(&str, &str); 8] = [
    ("sdxl", XL),
    ("stable-diffusion-xl", XL),
    ("sd3", THREE),
    ("stable-diffusion-3", THREE),
    ("stable-diffusion-v3", THREE),
    ("flux", FLUX),
    ("hunyuan", "Hunyuan"),
    ("wan", "Wan"),
];

/// Width of the text embedding of Stable Diffusion XL.
const XL_WIDTH: usize = 2048;

/// Refuses files whose tensors are those of another family.
///
/// # Errors
/// [`LoraError::Family`].
pub fn refuse_others(file: &Path, lora: &Weights) -> Result<(), LoraError> {
    match by_names(lora) {
        Some(family) => Err(refused(file, family)),
        None => Ok(()),
    }
}

/// `error`, or that the file is for another family if it is.
pub fn explained(
    file: &Path,
    lora: &Weights,
    record: &BTreeMap<String, String>,
    error: ModelError,
) -> ModelError {
    let stated = KEYS.iter().find_map(|key| {
        let value = record.get(*key)?.to_ascii_lowercase();
        STATED
            .iter()
            .find(|(part, _)| value.contains(part))
            .map(|(_, family)| *family)
    });
    let is_wide =
        |name: &str| name.contains("attn2") && matches!(lora.shape(name), Some([_, XL_WIDTH]));
    let family = stated.or_else(|| lora.names().any(is_wide).then_some(XL));
    family.map_or(error, |family| refused(file, family).into())
}

fn by_names(lora: &Weights) -> Option<&'static str> {
    let sign = |name: &str| SIGNS.iter().find(|(part, _)| name.contains(part));
    lora.names().find_map(sign).map(|(_, family)| *family)
}

fn refused(file: &Path, family: &'static str) -> LoraError {
    LoraError::Family {
        file: file.into(),
        family,
    }
}
