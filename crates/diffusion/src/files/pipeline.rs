//! What a diffusers folder says of the whole model in its index (`model_index.json`): its kind, where that is one that
//! cannot be examined, and what stands for a negative prompt that nobody gave.

use std::path::Path;

use serde::Deserialize;

use super::text::read_json;
use crate::ModelError;
use crate::error::{FAMILIES, shown};

const INDEX_FILE: &str = "model_index.json";
/// The largest index that is read, in bytes.
const INDEX: u64 = 1 << 20;

/// Beginnings of classes, and the models that they make. Longer ones first.
const OTHERS: [(&str, &str); 13] = [
    ("StableDiffusionXLInpaint", "an inpainting model"),
    (
        "StableDiffusionXLInstructPix2Pix",
        "a model that edits pictures as told",
    ),
    ("StableDiffusion3", "a Stable Diffusion 3 model"),
    ("StableDiffusionInpaint", "an inpainting model"),
    (
        "StableDiffusionInstructPix2Pix",
        "a model that edits pictures as told",
    ),
    ("StableDiffusionUpscale", "a Stable Diffusion upscaler"),
    (
        "StableDiffusionLatentUpscale",
        "a Stable Diffusion upscaler",
    ),
    ("StableDiffusionDepth2Img", "a depth-to-image model"),
    ("StableCascade", "a Stable Cascade model"),
    ("Flux", "a Flux model"),
    ("Kandinsky", "a Kandinsky model"),
    ("PixArt", "a PixArt model"),
    ("IF", "a DeepFloyd IF model"),
];

/// Classes of the families that are read.
const OURS: [&str; 2] = ["StableDiffusion", "AltDiffusion"];

#[derive(Deserialize)]
struct Index {
    #[serde(default, rename = "_class_name")]
    class: Option<String>,
    #[serde(default)]
    force_zeros_for_empty_prompt: Option<bool>,
}

fn read(folder: &Path) -> Result<Option<Index>, ModelError> {
    let file = folder.join(INDEX_FILE);
    match file.is_file() {
        true => read_json(&file, "the list of the model's parts", INDEX).map(Some),
        false => Ok(None),
    }
}

/// True if zeros stand for an absent negative prompt, false if the empty prompt does; none if the folder has no index.
/// An index that says nothing means zeros, as in diffusers, whose Stable Diffusion XL alone asks.
///
/// # Errors
/// Those of reading the index.
pub fn zeroes_absent_prompt(folder: &Path) -> Result<Option<bool>, ModelError> {
    let said = |index: Index| index.force_zeros_for_empty_prompt.unwrap_or(true);
    Ok(read(folder)?.map(said))
}

/// Refuses the folder if it says that it holds another kind of model.
///
/// # Errors
/// [`ModelError::OtherModel`], or why the index cannot be read.
pub fn refuse_others(folder: &Path) -> Result<(), ModelError> {
    let Some(class) = read(folder)?.and_then(|index| index.class) else {
        return Ok(());
    };
    let known = OTHERS.iter().find(|(start, _)| class.starts_with(start));
    let what = match known {
        Some((_, what)) => (*what).to_owned(),
        None if OURS.iter().any(|start| class.starts_with(start)) => return Ok(()),
        // A class of a user's own may make one of our models, and then has our parts.
        None if folder.join("unet").is_dir() => return Ok(()),
        None => format!("a model of the kind {}", shown(&class)),
    };
    Err(ModelError::OtherModel {
        path: folder.into(),
        what,
        instead: FAMILIES,
    })
}
