//! A folder with configurations and a tokenizer but no weights, in the diffusers layout: what the shapes of a model in one file
//! cannot tell. Any part may be missing.

use std::path::{Path, PathBuf};

use crate::ModelError;
use crate::files::Part;
use crate::files::config::{AutoencoderGeometry, SchedulerConfig, TextGeometry, UnetGeometry};
use crate::files::folder::Component;

/// What such a folder says. Each part with its file.
#[derive(Default)]
pub struct Configurations {
    pub unet: Option<(UnetGeometry, PathBuf)>,
    pub vae: Option<(AutoencoderGeometry, PathBuf)>,
    text: Vec<(Part, TextGeometry, PathBuf)>,
    pub scheduler: Option<SchedulerConfig>,
    tokenizers: Vec<(Part, PathBuf)>,
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
        if let Some(file) = file("scheduler/scheduler_config.json") {
            found.scheduler = Some(SchedulerConfig::read(&file)?);
            found.files.push(file);
        }
        for (part, tokenizer) in Part::TEXT.into_iter().zip(["tokenizer", "tokenizer_2"]) {
            if let Some(file) = file(&format!("{}/config.json", part.folder())) {
                found.files.push(file.clone());
                found.text.push((part, TextGeometry::read(&file)?, file));
            }
            let tokenizer = folder.join(tokenizer);
            if tokenizer.is_dir() {
                found
                    .files
                    .extend(Component::tokenizer(&tokenizer)?.files());
                found.tokenizers.push((part, tokenizer));
            }
        }
        if found.files.is_empty() {
            return Err(ModelError::Missing {
                path: folder.join("unet/config.json"),
                what: "the model's configuration".into(),
            });
        }
        Ok(found)
    }

    /// A text encoder's geometry, with its file.
    pub fn text(&self, part: Part) -> Option<(&TextGeometry, &Path)> {
        let text = self.text.iter().find(|(of, ..)| *of == part);
        text.map(|(_, geometry, file)| (geometry, file.as_path()))
    }

    /// A text encoder's tokenizer.
    pub fn tokenizer(&self, part: Part) -> Option<&Path> {
        let tokenizer = self.tokenizers.iter().find(|(of, _)| *of == part);
        tokenizer.map(|(_, folder)| folder.as_path())
    }
}
