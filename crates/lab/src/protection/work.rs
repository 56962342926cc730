//! A picture that is to be changed: its file, the square of it that a model sees, and the name of what comes of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use image::RgbImage;

use super::error::ProtectionError;
use crate::training::corpus::pictures_in;
use palimpsest_base::digest::Digest;
use palimpsest_method::artwork::{Artwork, prepare};
use palimpsest_method::inversion::own_key;

pub(super) struct Work {
    pub file: PathBuf,
    pub sha256: Digest,
    /// The square that is changed.
    pub picture: RgbImage,
    /// The name of the file that is written.
    pub output: String,
}

impl Work {
    fn read(file: &Path, side: u32) -> Result<Self, ProtectionError> {
        let artwork = Artwork::open(file)?;
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        Ok(Self {
            file: file.into(),
            sha256: artwork.sha256(),
            picture: prepare(artwork.pixels(), side)?,
            output: format!("{stem}.png"),
        })
    }

    /// All pictures of a folder.
    pub fn read_all(folder: &Path, side: u32) -> Result<Vec<Self>, ProtectionError> {
        let files = pictures_in(folder)?;
        files.iter().map(|file| Self::read(file, side)).collect()
    }

    /// The pictures `files`, whose results have names of their own.
    pub fn all(files: &[PathBuf], side: u32) -> Result<Vec<Self>, ProtectionError> {
        let mut works: Vec<Self> = Vec::new();
        // Small letters alone: some file systems do not tell them from others.
        let mut names: BTreeMap<String, PathBuf> = BTreeMap::new();
        for file in files {
            let work = Self::read(file, side)?;
            if let Some(one) = names.insert(work.output.to_lowercase(), work.file.clone()) {
                return Err(ProtectionError::SameName {
                    one,
                    other: work.file,
                    output: work.output,
                });
            }
            works.push(work);
        }
        Ok(works)
    }

    /// The file's name.
    pub fn name(&self) -> String {
        let name = self.file.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// The seed of its draws, which are its own whatever other pictures there are.
    pub fn seed(&self, seed: u64) -> u64 {
        own_key(self.sha256) ^ seed
    }
}
