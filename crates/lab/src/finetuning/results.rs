//! The results of a fine-tuning: a complete model folder or a LoRA, the prompt, and the settings.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::trainable::Trainable;
use super::{LORA, RECORD, Recipe};
use crate::training::error::TrainingError;
use crate::training::trainer::Plan;
use palimpsest_base::atomic;
use palimpsest_diffusion::files::Part;
use palimpsest_diffusion::files::lora::write_lora;

/// Writes the result of `trained` into the folder `out`.
///
/// # Errors
/// [`TrainingError`] if a file cannot be written.
pub(super) fn write(
    recipe: &Recipe,
    trained: &Trainable,
    plan: &Plan,
    out: &Path,
) -> Result<(), TrainingError> {
    let parameters = trained.parameters();
    match trained.adapter() {
        Some(adapter) => {
            let layers = adapter.layers(parameters)?;
            let rank = adapter.rank();
            let record = BTreeMap::from([("format".to_owned(), "pt".to_owned())]);
            let alpha = rank as f32;
            let file = out.join(LORA);
            write_lora(&file, &layers, rank, alpha, recipe.precision(), &record)?;
        }
        None => {
            let mut parts = vec![Part::Unet];
            parts.extend(trained.text_parts());
            copy_rest(&recipe.base, &parts, out)?;
            for part in parts {
                part.write(out, &parameters.tensors(part)?, recipe.precision())?;
            }
        }
    }
    let record = json!({
        "recipe": recipe,
        "steps": plan.steps,
        "rate": plan.rate,
        "trained_parameters": parameters.numbers(),
        "program": concat!("palimpsest ", env!("CARGO_PKG_VERSION")),
    });
    put(&out.join(RECORD), &format!("{record:#}\n"))?;
    put(&out.join("prompt.txt"), &format!("{}\n", recipe.prompt))
}

/// Copies all of the base model but the weights of the parts that were trained.
fn copy_rest(base: &Path, trained: &[Part], out: &Path) -> Result<(), TrainingError> {
    const FOLDERS: [&str; 7] = [
        "unet",
        "vae",
        "text_encoder",
        "text_encoder_2",
        "tokenizer",
        "tokenizer_2",
        "scheduler",
    ];
    copy(
        &base.join("model_index.json"),
        &out.join("model_index.json"),
    )?;
    for name in FOLDERS {
        let is_trained = trained.iter().any(|part| part.folder() == name);
        let from = base.join(name);
        // Only some models have a second text encoder.
        if name.ends_with("_2") && !from.is_dir() {
            continue;
        }
        let unreadable = |source| TrainingError::Folder {
            folder: from.clone(),
            source,
        };
        let to = out.join(name);
        fs::create_dir_all(&to).map_err(|source| TrainingError::Write {
            file: to.clone(),
            source,
        })?;
        for entry in fs::read_dir(&from).map_err(unreadable)? {
            let file = entry.map_err(unreadable)?.path();
            let is_config = file.extension().is_some_and(|kind| kind == "json")
                && !file.to_string_lossy().ends_with(".index.json");
            if let Some(name) = file.file_name()
                && file.is_file()
                && (is_config || !is_trained)
            {
                copy(&file, &to.join(name))?;
            }
        }
    }
    Ok(())
}

/// Copies a file, if there is one.
fn copy(from: &Path, to: &Path) -> Result<(), TrainingError> {
    if !from.is_file() {
        return Ok(());
    }
    fs::copy(from, to)
        .map(|_| ())
        .map_err(|source| TrainingError::Write {
            file: PathBuf::from(to),
            source,
        })
}

fn put(file: &Path, text: &str) -> Result<(), TrainingError> {
    atomic::replace(file, text.as_bytes()).map_err(|source| TrainingError::Write {
        file: file.into(),
        source,
    })
}
