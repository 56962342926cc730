//! The family of models that an adapter is for: by its tensors, or where these do not fit by what the file says of
//! itself. One for another family than the model's is refused by that name.

use std::collections::BTreeMap;
use std::path::Path;

use crate::files::Weights;
use crate::{LoraError, ModelError};

/// Families that are read. Adapters for the first two are alike but for their widths.
const FIRST: &str = "Stable Diffusion 1 or 2";
const XL: &str = "Stable Diffusion XL";
const READ: [&str; 2] = [FIRST, XL];

const THREE: &str = "Stable Diffusion 3";
const FLUX: &str = "Flux";

/// Parts of names that only adapters for one family have; those of Stable Diffusion 1 and 2 are names of XL too, but for
/// what [`ABSENT`] lists.
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

/// Parts of names that Stable Diffusion XL has no place for: it has one text encoder more, and no attention at the finest
/// level.
const ABSENT: [&str; 4] = [
    "lora_te_",
    "down_blocks_0_attentions",
    "down_blocks.0.attentions",
    "input_blocks_1_1_",
];

/// Keys of the record that name the family, and parts of their values.
const KEYS: [&str; 2] = ["ss_base_model_version", "modelspec.architecture"];
const STATED: [(&str, &str); 12] = [
    ("sdxl", XL),
    ("stable-diffusion-xl", XL),
    ("sd_v1", FIRST),
    ("sd_v2", FIRST),
    ("stable-diffusion-v1", FIRST),
    ("stable-diffusion-v2", FIRST),
    ("sd3", THREE),
    ("stable-diffusion-3", THREE),
    ("stable-diffusion-v3", THREE),
    ("flux", FLUX),
    ("hunyuan", "Hunyuan"),
    ("wan", "Wan"),
];

/// Widths of the text embedding of Stable Diffusion 1 and 2, and of XL.
const WIDTHS: [(usize, &str); 3] = [(768, FIRST), (1024, FIRST), (2048, XL)];

/// The family of a model, by its noise predictor.
pub fn of_model(unet: &Weights) -> &'static str {
    match unet.shape("add_embedding.linear_1.weight") {
        Some(_) => XL,
        None => FIRST,
    }
}

/// Refuses files whose tensors are those of another family than `base`.
///
/// # Errors
/// [`LoraError::Family`], or [`LoraError::OtherFamily`].
pub fn refuse_others(file: &Path, lora: &Weights, base: &'static str) -> Result<(), LoraError> {
    match by_names(lora) {
        Some(family) if family != base => Err(refused(file, family, base)),
        _ => Ok(()),
    }
}

/// Refuses files whose tensors are those of a family that is not read.
///
/// # Errors
/// [`LoraError::Family`].
pub fn refuse_unsupported(file: &Path, lora: &Weights) -> Result<(), LoraError> {
    match by_names(lora) {
        Some(family) if !READ.contains(&family) => Err(LoraError::Family {
            file: file.into(),
            family,
        }),
        _ => Ok(()),
    }
}

/// `error`, or that the file is for another family than `base` if it is.
pub fn explained(
    file: &Path,
    lora: &Weights,
    record: &BTreeMap<String, String>,
    base: &'static str,
    error: ModelError,
) -> ModelError {
    let stated = KEYS.iter().find_map(|key| {
        let value = record.get(*key)?.to_ascii_lowercase();
        STATED
            .iter()
            .find(|(part, _)| value.contains(part))
            .map(|(_, family)| *family)
    });
    let by_width = || {
        let widths = lora.names().filter(|name| name.contains("attn2"));
        let widths = widths.filter_map(|name| lora.shape(name)?.get(1).copied());
        let mut families = widths.filter_map(|width| {
            let known = WIDTHS.iter().find(|(known, _)| *known == width);
            known.map(|(_, family)| *family)
        });
        families.next()
    };
    let is_deep = |name: &str| is_deep(name) || name.contains("lora_te1_");
    let deep = || lora.names().any(is_deep).then_some(XL);
    // What bears no sign of XL and has not its dimensions is of those before.
    let is_shape =
        matches!(&error, ModelError::Lora(error) if matches!(**error, LoraError::Shape { .. }));
    let before = || (is_shape && base == XL).then_some(FIRST);
    let is_absent = |name: &str| ABSENT.iter().any(|part| name.contains(part));
    let absent = || lora.names().any(is_absent).then_some(FIRST);
    let told = stated.or_else(by_width).or_else(absent);
    match told.or_else(deep).or_else(before) {
        Some(family) if family != base => refused(file, family, base).into(),
        _ => error,
    }
}

/// The family whose names these are, if they tell one.
pub fn by_names(lora: &Weights) -> Option<&'static str> {
    let sign = |name: &str| SIGNS.iter().find(|(part, _)| name.contains(part));
    lora.names().find_map(sign).map(|(_, family)| *family)
}

/// True if the name is of a second or later layer of a transformer: those of Stable Diffusion 1 and 2 have one each.
fn is_deep(name: &str) -> bool {
    let behind = name.split("transformer_blocks").skip(1);
    let mut digits = behind.filter_map(|rest| rest.trim_start_matches(['.', '_']).chars().next());
    digits.any(|digit| ('1'..='9').contains(&digit))
}

fn refused(file: &Path, family: &'static str, base: &'static str) -> LoraError {
    let file = file.into();
    match READ.contains(&family) {
        true => LoraError::OtherFamily { file, family, base },
        false => LoraError::Family { file, family },
    }
}
