//! The folder of one artwork in a case: its pictures, latents, checkpoint and findings.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::{ImageFormat, RgbImage};
use rayon::prelude::*;
use safetensors::Dtype;
use safetensors::tensor::TensorView;

use super::places::Places;
use super::reading::read_at_most;
use super::{ArtworkEntry, CaseError};
use palimpsest_base::atomic;
use palimpsest_base::home::without_folders;
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

/// The place of the files of one artwork.
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

    /// The place where the descent keeps its state until the artwork is finished.
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

    /// Writes the result, the findings last of all; then the checkpoint has served. Returns the findings as whoever
    /// reads the file finds them, where a number that is not finite is none.
    ///
    /// # Errors
    /// [`CaseError::Unwritable`].
    pub(super) fn write_examined(
        &self,
        examined: Examined,
        entry: &ArtworkEntry,
    ) -> Result<Findings, CaseError> {
        let Examined {
            mut findings,
            recovered,
            tensors,
        } = examined;
        self.write_picture(RECOVERED, &recovered)?;
        self.write(TENSORS, || encode_tensors(&tensors))?;
        findings.files = self.files();
        findings.artwork.path = entry.path.clone();
        let known = findings.plan.identities().map(|it| it.path.as_path());
        let known: Vec<PathBuf> = known
            .chain([entry.path.as_path()])
            .map(Path::to_owned)
            .collect();
        let plain = |text: &mut String| {
            *text = without_folders(text, known.iter().map(PathBuf::as_path));
        };
        findings.warnings.iter_mut().for_each(plain);
        findings.not_evaluated.values_mut().for_each(plain);
        let bytes = self.write(FINDINGS, || Ok(serde_json::to_vec_pretty(&findings)?))?;
        self.tidy();
        parse(self.path.join(FINDINGS), &bytes)
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
    fn findings(&self) -> Result<Option<Findings>, CaseError> {
        let path = self.path.join(FINDINGS);
        if !path.exists() {
            return Ok(None);
        }
        let bytes = read_at_most(&path, MAX_BYTES)?;
        parse(path, &bytes).map(Some)
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
        .map(|_| ())
    }

    /// Writes what `content` makes; returns it.
    fn write(
        &self,
        name: &str,
        content: impl FnOnce() -> io::Result<Vec<u8>>,
    ) -> Result<Vec<u8>, CaseError> {
        let path = self.path.join(name);
        let written = content().and_then(|bytes| {
            atomic::replace(&path, &bytes)?;
            Ok(bytes)
        });
        written.map_err(|source| CaseError::Unwritable { path, source })
    }
}

/// The findings of every artwork of the case in the folder `case`, in their order; none for one that is not
/// finished; works and models are put in their places. Those that `known` has by the artwork's folder are not read.
///
/// # Errors
/// [`CaseError::Unreadable`] or [`CaseError::Damaged`] for the first that cannot be read.
pub(super) fn all_findings(
    case: &Path,
    artworks: &[ArtworkEntry],
    (places, known): (&Places, &BTreeMap<&str, &Arc<Findings>>),
) -> Result<Vec<Option<Arc<Findings>>>, CaseError> {
    let read = artworks.par_iter().map(|entry| {
        if let Some(findings) = known.get(entry.folder.as_str()) {
            return Ok(Some(Arc::clone(findings)));
        }
        let mut findings = ArtworkFolder::new(case, &entry.folder).findings()?;
        if let Some(findings) = &mut findings {
            places.put_findings(entry, findings);
        }
        Ok(findings.map(Arc::new))
    });
    // Gathered first: of several errors always the same one is told.
    let read: Vec<Result<_, CaseError>> = read.collect();
    read.into_iter().collect()
}

fn parse(path: PathBuf, bytes: &[u8]) -> Result<Findings, CaseError> {
    serde_json::from_slice(bytes).map_err(|error| CaseError::Damaged {
        path,
        why: error.to_string(),
    })
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
