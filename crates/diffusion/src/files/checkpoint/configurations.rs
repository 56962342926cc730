//! A folder with configurations and a tokenizer but no weights, in the diffusers layout: what the shapes of a model in one file
//! cannot tell. Any part may be missing.

use std::path::{Path, PathBuf};

use crate::ModelError;
use crate::files::config::{AutoencoderGeometry, SchedulerConfig, TextGeometry, UnetGeometry};
use crate::files::folder::Component;

/// What such a folder says. Each part with its file.
#[derive(Default)]
pub struct Configurations {
    pub unet: Option<(UnetGeometry, PathBuf)>,
    pub vae: Option<(AutoencoderGeometry, PathBuf)>,
    pub text: Option<(TextGeometry, PathBuf)>,
    pub scheduler: Option<SchedulerConfig>,
    pub tokenizer: Option<PathBuf>,
    /// All files that are used.
    pub files: Vec<PathBuf>,
}

impl Configurations {
    /// Reads the folder, if one was given.
    ///
    /// # Errors
    /// [`ModelError`] if it is none, or one of its files is not sound.
    pub fn read(folder: Option<&Path>) -> Result<Self, ModelError> {
        let mut found = Self::default();
        let Some(folder) = folder else {
            return Ok(found);
        };
        if !folder.is_dir() {
            return Err(ModelError::Missing {
                path: folder.into(),
                what: "the folder with the model's configurations".into(),
            });
        }
        let file = |name: &str| Some(folder.join(name)).filter(|file| file.is_file());
        if let Some(file) = file("unet/config.json") {
            found.files.push(file.clone());
            found.unet = Some((UnetGeometry::read(&file)?, file));
        }
        if let Some(file) = file("vae/config.json") {
            found.files.push(file.clone());
            found.vae = Some((AutoencoderGeometry::read(&file)?, file));
        }
        if let Some(file) = file("text_encoder/config.json") {
            found.files.push(file.clone());
            found.text = Some((TextGeometry::read(&file)?, file));
        }
        if let Some(file) = file("scheduler/scheduler_config.json") {
            found.scheduler = Some(SchedulerConfig::read(&file)?);
            found.files.push(file);
        }
        let tokenizer = folder.join("tokenizer");
        if tokenizer.is_dir() {
            found
                .files
                .extend(Component::tokenizer(&tokenizer)?.files());
            found.tokenizer = Some(tokenizer);
        }
        if found.files.is_empty() {
            return Err(ModelError::Missing {
                path: folder.join("unet/config.json"),
                what: "the model's configuration".into(),
            });
        }
        Ok(found)
    }
}
