//! Models and encoders among what is dropped: told by names, sizes and heads, and the place where each belongs.

use std::path::Path;

use super::set_up::{Encoder, ModelRole, SetUp};
use palimpsest_diffusion::files::KindOfFile;
use palimpsest_method::model_library::{EntryKind, kind_at};

/// The encoder in the folder at `path`, by what its configuration says.
pub fn encoder_at(path: &Path) -> Option<Encoder> {
    match kind_at(path)? {
        EntryKind::Clip => Some(Encoder::Clip),
        EntryKind::Dino => Some(Encoder::Dino),
        _ => None,
    }
}

/// The endings of files that hold a model or a change of one.
pub const MODEL_FILES: [&str; 5] = ["safetensors", "ckpt", "pt", "pth", "bin"];

/// Bytes from which a file is a whole model: those of Stable Diffusion begin at 1.7 GB, and adapters end far below.
const WHOLE: u64 = 1_500_000_000;

/// True if the path is that of a model: a folder of one, or a file that may hold one or change one.
pub fn is_model(path: &Path) -> bool {
    let named = |name: &str| path.join(name).exists();
    named("model_index.json") || named("unet") || is_model_file(path)
}

/// True if the folder at `path` holds the configuration of a noise predictor and no weights of one.
pub fn is_configuration(path: &Path) -> bool {
    let unet = path.join("unet");
    // A folder that cannot be listed has no weights for this program either; opening it says why.
    let files = std::fs::read_dir(&unet).into_iter().flatten().flatten();
    let has_weights = files
        .map(|file| file.path())
        .any(|file| is_model_file(&file));
    unet.join("config.json").is_file() && !has_weights
}

fn is_model_file(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let is_one = |ending: &str| MODEL_FILES.iter().any(|it| ending.eq_ignore_ascii_case(it));
    ending.is_some_and(is_one) && path.is_file()
}

/// True if the file at `path` is an adapter, by the names of its tensors. What is as large as a whole model is not
/// looked into.
pub fn is_adapter(path: &Path) -> bool {
    let is_small = path
        .metadata()
        .is_ok_and(|file| file.is_file() && file.len() < WHOLE);
    is_small && is_model_file(path) && KindOfFile::read(path).is_ok_and(|kind| kind.is_adapter)
}

/// The role that a dropped model most likely has: what is no whole model, or comes with a prompt, is a
/// fine-tuned one.
pub fn role_of(path: &Path, set_up: &SetUp) -> ModelRole {
    let is_large = |file: std::fs::Metadata| file.is_file() && file.len() >= WHOLE;
    let whole = path.join("vae").exists() || path.metadata().is_ok_and(is_large);
    let trained = path.join("prompt.txt").exists() || path.join("finetuning.json").exists();
    if !whole || trained || set_up.pretrained.is_some() {
        ModelRole::Finetuned
    } else {
        ModelRole::Pretrained
    }
}
