//! The record of changed pictures, `protect.json` beside them: how they were made, of what, and what the change did to
//! the losses. It claims the folder before the first picture, and is written again after every one.

use std::fs;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

use image::{ImageFormat, RgbImage};
use serde::{Deserialize, Serialize};

use super::climbing::Climber;
use super::error::ProtectionError;
use super::perturbed::largest_change;
use super::work::Work;
use super::{Precaution, Recipe};
use palimpsest_base::atomic;
use palimpsest_base::bounded_read::read_at_most;
use palimpsest_base::digest::Digest;
use palimpsest_method::examination::Identity;

/// The file of the record.
pub const RECORD: &str = "protect.json";
/// The largest record that is read, in bytes.
const MAX_BYTES: u64 = 1 << 26;

/// How pictures were changed.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Record {
    pub program: String,
    pub settings: Settings,
    pub model: Identity,
    /// In the order in which they were finished.
    pub pictures: Vec<ProtectedPicture>,
}

/// All that the results depend on beside the model and the picture.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Settings {
    pub method: Precaution,
    /// In levels of 255.
    pub budget: u8,
    /// In levels.
    pub step_size: f64,
    pub steps: usize,
    pub prompt: String,
    /// The side of the pictures in pixels.
    pub resolution: usize,
    pub seed: u64,
    /// Mist's: the hash of the target picture, where it is not the pattern.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_sha256: Option<Digest>,
    /// Mist's: the weight of the denoising loss.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub semantic_weight: Option<f64>,
    /// ASPL's: the rate of its fine-tuning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
    /// ASPL's: the hashes of all pictures that are changed together, and of the clean ones that are learnt besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub together: Option<[Vec<Digest>; 2]>,
}

/// A picture that was changed.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ProtectedPicture {
    /// The names of the files.
    pub input: String,
    pub input_sha256: Digest,
    pub output: String,
    pub output_sha256: Digest,
    /// The most that a level changed by.
    pub largest_change: u8,
    pub before: Losses,
    pub after: Losses,
}

/// The losses of a picture.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Losses {
    /// The base model's denoising loss, the mean over ten timesteps with noises that are the same before and after.
    pub denoising: f64,
    /// The distance of the latent to that of Mist's target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_distance: Option<f64>,
}

impl Settings {
    fn of(
        recipe: &Recipe,
        (works, clean): (&[Work], &[Work]),
        climber: &Climber,
    ) -> Result<Self, ProtectionError> {
        let is = |precaution| recipe.precaution == precaution;
        let hash = |file: &PathBuf| {
            let read = Digest::of_file(file).map(|(digest, _)| digest);
            read.map_err(|source| ProtectionError::Read {
                file: file.clone(),
                source,
            })
        };
        let hashes = |works: &[Work]| works.iter().map(|work| work.sha256).collect();
        let target = recipe.target.as_ref().filter(|_| is(Precaution::Mist));
        Ok(Self {
            method: recipe.precaution,
            budget: recipe.budget,
            step_size: recipe.step,
            steps: recipe.steps,
            prompt: recipe.prompt.clone(),
            resolution: climber.side(),
            seed: recipe.seed,
            target_sha256: target.map(hash).transpose()?,
            semantic_weight: is(Precaution::Mist).then_some(recipe.semantic_weight),
            rate: is(Precaution::Aspl).then(|| climber.rate()),
            together: is(Precaution::Aspl).then(|| [hashes(works), hashes(clean)]),
        })
    }
}

/// The record under way, and its folder.
pub(super) struct Ledger {
    folder: PathBuf,
    record: Record,
}

impl Ledger {
    /// Claims a new or empty folder, or goes on with one of the same request.
    pub fn open(
        recipe: &Recipe,
        (works, clean): (&[Work], &[Work]),
        model: Identity,
        climber: &Climber,
        folder: &Path,
    ) -> Result<Self, ProtectionError> {
        let new = Record {
            program: concat!("palimpsest ", env!("CARGO_PKG_VERSION")).into(),
            settings: Settings::of(recipe, (works, clean), climber)?,
            model,
            pictures: Vec::new(),
        };
        let mut ledger = Self {
            folder: folder.into(),
            record: new,
        };
        let file = folder.join(RECORD);
        if !file.exists() {
            ledger.claim()?;
            return Ok(ledger);
        }
        let unclear = |why: String| ProtectionError::Record {
            file: file.clone(),
            why,
        };
        let bytes = read_at_most(&file, MAX_BYTES).map_err(|error| unclear(error.to_string()))?;
        let there: Record =
            serde_json::from_slice(&bytes).map_err(|error| unclear(error.to_string()))?;
        let new = &ledger.record;
        let is_same = (&there.program, &there.settings, there.model.sha256)
            == (&new.program, &new.settings, new.model.sha256);
        if !is_same {
            return Err(ProtectionError::OtherSettings(folder.into()));
        }
        ledger.record.pictures = there.pictures;
        for work in works {
            let entry = ledger.entry(work);
            if entry.is_some_and(|entry| entry.input_sha256 != work.sha256) {
                return Err(ProtectionError::OtherPicture {
                    input: work.file.clone(),
                    out: folder.join(&work.output),
                });
            }
        }
        Ok(ledger)
    }

    /// Sees that the folder holds nothing, and writes the record into it.
    fn claim(&self) -> Result<(), ProtectionError> {
        let unusable = |source| ProtectionError::Write {
            file: self.folder.clone(),
            source,
        };
        fs::create_dir_all(&self.folder).map_err(unusable)?;
        for entry in fs::read_dir(&self.folder).map_err(unusable)? {
            let name = entry.map_err(unusable)?.file_name();
            // What a run left that ended in this very moment.
            if !name.to_string_lossy().ends_with(atomic::SUFFIX) {
                return Err(ProtectionError::OtherSettings(self.folder.clone()));
            }
        }
        self.write()
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The request that is carried out, as a checkpoint notes it.
    pub fn request(&self) -> String {
        let Record {
            program,
            settings,
            model,
            ..
        } = &self.record;
        serde_json::json!({ "program": program, "settings": settings, "model": model.sha256 })
            .to_string()
    }

    fn entry(&self, work: &Work) -> Option<&ProtectedPicture> {
        let mut entries = self.record.pictures.iter();
        entries.find(|entry| entry.output == work.output)
    }

    /// The pictures that have no result, or a file that is not the one that was written, with their places.
    pub fn lacks<'w>(&self, works: &'w [Work]) -> Vec<(usize, &'w Work)> {
        let is_there = |work: &Work| {
            self.entry(work).is_some_and(|entry| {
                let file = Digest::of_file(&self.folder.join(&entry.output));
                file.is_ok_and(|(digest, _)| digest == entry.output_sha256)
            })
        };
        let works = works.iter().enumerate();
        works.filter(|(_, work)| !is_there(work)).collect()
    }

    /// Writes a picture, and it into the record.
    pub fn enter(
        &mut self,
        work: &Work,
        changed: &RgbImage,
        [before, after]: [Losses; 2],
    ) -> Result<(), ProtectionError> {
        let file = self.folder.join(&work.output);
        let mut bytes = Cursor::new(Vec::new());
        changed
            .write_to(&mut bytes, ImageFormat::Png)
            .map_err(io::Error::other)
            .and_then(|()| atomic::replace(&file, bytes.get_ref()))
            .map_err(|source| ProtectionError::Write { file, source })?;
        let entry = ProtectedPicture {
            input: work.name(),
            input_sha256: work.sha256,
            output: work.output.clone(),
            output_sha256: Digest::of(bytes.get_ref()),
            largest_change: largest_change(&work.picture, changed),
            before,
            after,
        };
        let pictures = &mut self.record.pictures;
        match pictures.iter_mut().find(|old| old.output == entry.output) {
            Some(old) => *old = entry,
            None => pictures.push(entry),
        }
        self.write()
    }

    fn write(&self) -> Result<(), ProtectionError> {
        let file = self.folder.join(RECORD);
        serde_json::to_vec_pretty(&self.record)
            .map_err(io::Error::from)
            .and_then(|bytes| atomic::replace(&file, &bytes))
            .map_err(|source| ProtectionError::Write { file, source })
    }
}
