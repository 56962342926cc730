//! The folder of one artwork in a case: its pictures, latents, checkpoint and findings.

use std::fs;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

use image::{ImageFormat, RgbImage};
use safetensors::Dtype;
use safetensors::tensor::TensorView;

use super::CaseError;
use super::record::read_at_most;
use palimpsest_base::atomic;
use palimpsest_diffusion::Latent;
use palimpsest_method::examination::{Examined, Files, Findings, Tensors};
use palimpsest_method::inversion::Checkpoints;

const ORIGINAL: &str = "original.png";
const PARTIAL: &str = "partial.png";
const RECOVERED: &str = "recovered.png";
const TENSORS: &str = "tensors.safetensors";
const CHECKPOINT: &str = "checkpoint.safetensors";
pub(super) const FINDINGS: &str = "findings.json";

/// The largest findings read, in bytes: more than a run of a million steps leaves.
pub(super) const MAX_BYTES: u64 = 1 << 28;

/// The paths in the case of what the examination of an artwork leaves.
pub(super) fn names(folder: &str) -> impl Iterator<Item = String> {
    let names = [ORIGINAL, PARTIAL, RECOVERED, TENSORS, FINDINGS];
    names
        .into_iter()
        .map(move |name| format!("{folder}/{name}"))
}

/// Where the files of one artwork are.
#[derive(Clone, Debug)]
pub struct ArtworkFolder {
    path: PathBuf,
    name: String,
}

impl ArtworkFolder {
    pub(super) fn new(case: &Path, name: &str) -> Self {
        Self {
            path: case.join(name),
            name: name.to_owned(),
        }
    }

    /// Where the descent keeps its state until the artwork is finished.
    pub fn checkpoints(&self) -> Checkpoints {
        Checkpoints::at(self.path.join(CHECKPOINT))
    }

    /// Writes what is known before the descent, and makes the folder.
    ///
    /// # Errors
    /// [`CaseError::Unwritable`].
    pub fn write_prepared(&self, original: &RgbImage, partial: &RgbImage) -> Result<(), CaseError> {
        fs::create_dir_all(&self.path).map_err(|source| CaseError::Unwritable {
            path: self.path.clone(),
            source,
        })?;
        self.write_picture(ORIGINAL, original)?;
        self.write_picture(PARTIAL, partial)
    }

    /// Writes the result, the findings last of all; then the checkpoint has served.
    ///
    /// # Errors
    /// [`CaseError::Unwritable`].
    pub fn write_examined(&self, examined: Examined) -> Result<(), CaseError> {
        let Examined {
            mut findings,
            recovered,
            tensors,
        } = examined;
        self.write_picture(RECOVERED, &recovered)?;
        self.write(TENSORS, || encode_tensors(&tensors))?;
        findings.files = self.files();
        self.write(FINDINGS, || Ok(serde_json::to_vec_pretty(&findings)?))?;
        self.tidy();
        Ok(())
    }

    /// Removes what a finished artwork needs no more, and what a killed process left.
    pub(super) fn tidy(&self) {
        // What cannot be removed is only in the way.
        let _ = fs::remove_file(self.path.join(CHECKPOINT));
        let _ = atomic::remove_remains(&self.path);
    }

    /// The findings; `None` if the artwork is not finished.
    ///
    /// # Errors
    /// [`CaseError::Unreadable`] or [`CaseError::Damaged`].
    pub fn findings(&self) -> Result<Option<Findings>, CaseError> {
        let path = self.path.join(FINDINGS);
        if !path.exists() {
            return Ok(None);
        }
        let bytes = read_at_most(&path, MAX_BYTES)?;
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|error| CaseError::Damaged {
                path,
                why: error.to_string(),
            })
    }

    fn files(&self) -> Files {
        let inside = |file| format!("{}/{file}", self.name);
        Files {
            original: inside(ORIGINAL),
            partial: inside(PARTIAL),
            recovered: inside(RECOVERED),
            tensors: inside(TENSORS),
        }
    }

    fn write_picture(&self, name: &str, picture: &RgbImage) -> Result<(), CaseError> {
        self.write(name, || {
            let mut bytes = Cursor::new(Vec::new());
            picture
                .write_to(&mut bytes, ImageFormat::Png)
                .map_err(io::Error::other)?;
            Ok(bytes.into_inner())
        })
    }

    fn write(
        &self,
        name: &str,
        content: impl FnOnce() -> io::Result<Vec<u8>>,
    ) -> Result<(), CaseError> {
        let path = self.path.join(name);
        content()
            .and_then(|bytes| atomic::replace(&path, &bytes))
            .map_err(|source| CaseError::Unwritable { path, source })
    }
}

/// The safetensors file of the latents, `[channels, height, width]`, and the mask, `[height, width]`.
fn encode_tensors(tensors: &Tensors) -> io::Result<Vec<u8>> {
    let bytes =
        |values: &[f32]| -> Vec<u8> { values.iter().flat_map(|v| v.to_le_bytes()).collect() };
    let latent = |latent: &Latent| (latent.shape().to_vec(), bytes(latent.values()));
    let [_, height, width] = tensors.latent.shape();
    let parts = [
        ("latent", latent(&tensors.latent)),
        ("mask", (vec![height, width], bytes(&tensors.mask))),
        ("start_latent", latent(&tensors.start_latent)),
        ("recovered_latent", latent(&tensors.recovered_latent)),
    ];
    let views = parts.iter().map(|(name, (shape, bytes))| {
        TensorView::new(Dtype::F32, shape.clone(), bytes).map(|view| (*name, view))
    });
    let views: Vec<_> = views.collect::<Result<_, _>>().map_err(io::Error::other)?;
    safetensors::serialize(views, None).map_err(io::Error::other)
}
