//! What a fine-tuning leaves: a complete model folder or a LoRA, the prompt, and the settings; of an interrupted
//! one, its checkpoint.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::base::Base;
use super::trainable::Subject;
use super::{LORA, Recipe};
use crate::training::checkpoint;
use crate::training::error::TrainingError;
use crate::training::trainer::{Plan, Trainer};
use palimpsest_base::atomic;
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::files::Part;
use palimpsest_diffusion::files::lora::write_lora;

/// The checkpoint of an interrupted run. It is removed when the result is complete.
const CHECKPOINT: &str = "training.safetensors";

/// Where a run keeps its checkpoint, and what that has to agree with.
pub(super) struct Continuation {
    file: PathBuf,
    run: String,
}

impl Continuation {
    /// For the run of `recipe` on the picture files with those hashes.
    pub fn new(recipe: &Recipe, hashes: &[Digest], out: &Path) -> Self {
        Self {
            file: out.join(CHECKPOINT),
            run: json!({ "recipe": recipe, "pictures": hashes }).to_string(),
        }
    }

    /// Brings `trainer`, freshly made, to where an interrupted run was, if there is one.
    pub fn resume(&self, trainer: &mut Trainer) -> Result<bool, TrainingError> {
        checkpoint::load(&self.file, &self.run, trainer)
    }

    /// Keeps the state of `trainer`.
    pub fn save(&self, trainer: &Trainer) -> Result<(), TrainingError> {
        checkpoint::save(&self.file, &self.run, trainer)
    }

    /// Removes what was kept: the result is there.
    pub fn finish(&self) -> Result<(), TrainingError> {
        remove(&self.file)
    }
}

/// Removes a file of ours, if it is there.
fn remove(file: &Path) -> Result<(), TrainingError> {
    match fs::remove_file(file) {
        Err(source) if source.kind() != ErrorKind::NotFound => Err(TrainingError::Write {
            file: file.into(),
            source,
        }),
        _ => Ok(()),
    }
}

/// Whether a new model can be written there: into an empty folder, or one that holds an interrupted run.
pub(super) fn check_usable(out: &Path) -> Result<(), TrainingError> {
    let unusable = |source| TrainingError::Folder {
        folder: out.into(),
        source,
    };
    fs::create_dir_all(out).map_err(unusable)?;
    // Of a checkpoint that was cut off while it was written. Nothing else here is ours to remove.
    remove(&out.join(format!("{CHECKPOINT}{}", atomic::SUFFIX)))?;
    if out.join(CHECKPOINT).exists() {
        return Ok(());
    }
    match fs::read_dir(out).map_err(unusable)?.next() {
        None => Ok(()),
        Some(_) => Err(TrainingError::NotEmpty(out.into())),
    }
}

pub(super) fn write(
    recipe: &Recipe,
    base: &Base,
    subject: &Subject,
    plan: &Plan,
    out: &Path,
) -> Result<(), TrainingError> {
    let parameters = subject.parameters();
    match subject.adapter() {
        Some(adapter) => {
            let layers = adapter.layers(parameters)?;
            let rank = adapter.rank();
            let record = BTreeMap::from([("format".to_owned(), "pt".to_owned())]);
            let alpha = rank as f32;
            let file = out.join(LORA);
            write_lora(&file, &layers, rank, alpha, recipe.precision(), &record)?;
        }
        None => {
            let mut trained = vec![Part::Unet];
            trained.extend(subject.trains_text().then_some(Part::TextEncoder));
            copy_rest(&base.root, &trained, out)?;
            for part in trained {
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
    put(&out.join("finetuning.json"), &format!("{record:#}\n"))?;
    put(&out.join("prompt.txt"), &format!("{}\n", recipe.prompt))
}

/// Copies all of the base model but the weights of the parts that were trained.
fn copy_rest(base: &Path, trained: &[Part], out: &Path) -> Result<(), TrainingError> {
    const FOLDERS: [&str; 5] = ["unet", "vae", "text_encoder", "tokenizer", "scheduler"];
    copy(
        &base.join("model_index.json"),
        &out.join("model_index.json"),
    )?;
    for name in FOLDERS {
        let is_trained = trained.iter().any(|part| part.folder() == name);
        let from = base.join(name);
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
