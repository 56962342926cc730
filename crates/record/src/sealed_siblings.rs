//! Sealed siblings: before a work is published, variants of it are made that nobody could tell from each other by
//! their kind, sealed by their hashes and the time, and one of them is drawn by chance to be published. When a model
//! turns up, that one is ranked among those that were kept back.

mod seal;
mod variant;

pub use seal::{Seal, SealError, SealedVariant};
pub use variant::{MEASURES, of as variant_of};

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use image::{ImageFormat, RgbImage};
use thiserror::Error;

use crate::case::{CaseError, Digest, UtcTime, journal::Signer};
use palimpsest_base::atomic;
use palimpsest_method::artwork::{Artwork, ArtworkError};

/// The fewest and the most variants.
pub const VARIANTS: std::ops::RangeInclusive<u16> = 2..=1000;

/// The usual number of variants: the fewest with which a p-value can be 5 %.
pub const USUAL_VARIANTS: u16 = 20;

/// The file of the seal, written last: without it a folder holds no sealed siblings.
pub const FILE: &str = "sealed.json";

/// The reason that nothing was sealed.
#[derive(Debug, Error)]
pub enum SealingError {
    /// The work cannot be read.
    #[error(transparent)]
    Artwork(#[from] ArtworkError),
    /// The key cannot be used.
    #[error(transparent)]
    Key(#[from] CaseError),
    /// There is something already.
    #[error("the folder {} is not empty: choose a new or empty one", .0.display())]
    Occupied(PathBuf),
    /// It cannot be written.
    #[error("{} cannot be written ({source}): free some space or check the permissions", path.display())]
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The system gives no random numbers.
    #[error(
        "nothing can be drawn by chance, since the system gives no random numbers ({0}): restart the computer"
    )]
    NoRandomness(String),
}

/// Variants that were sealed.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub seal: Seal,
    /// Of the file of the seal: for an authority to stamp.
    pub sha256: Digest,
}

/// Makes `count` variants of the work in `file`, seals them in the folder `out`, which must be new or empty, and draws
/// the one to publish.
///
/// # Errors
/// [`SealingError`].
pub fn seal(file: &Path, count: u16, out: &Path, signer: &Signer) -> Result<Sealed, SealingError> {
    let artwork = Artwork::open(file)?;
    let unwritable = |path: &Path| {
        let path = path.to_owned();
        move |source| SealingError::Unwritable { path, source }
    };
    fs::create_dir_all(out).map_err(unwritable(out))?;
    if fs::read_dir(out).map_err(unwritable(out))?.next().is_some() {
        return Err(SealingError::Occupied(out.to_owned()));
    }
    let mut variants = Vec::new();
    for number in 1..=count {
        let seed = u64::from_le_bytes(random()?);
        let name = format!("variant-{number:04}.png");
        let path = out.join(&name);
        let bytes = png(&variant::of(artwork.pixels(), seed)).map_err(unwritable(&path))?;
        atomic::replace(&path, &bytes).map_err(unwritable(&path))?;
        variants.push(SealedVariant {
            file: name,
            sha256: Digest::of(&bytes),
            seed,
        });
    }
    let published = drawn(u64::from(count), || random().map(u64::from_le_bytes))?;
    // Below the number of variants, which is a u16.
    let published = usize::try_from(published).unwrap_or_default();
    let seal = Seal::new(
        artwork.sha256(),
        variants,
        published,
        UtcTime::now(),
        signer,
    );
    let path = out.join(FILE);
    let text = seal
        .signed(signer)
        .map_err(io::Error::from)
        .map_err(unwritable(&path))?;
    atomic::replace(&path, text.as_bytes()).map_err(unwritable(&path))?;
    let sha256 = Digest::of(text.as_bytes());
    Ok(Sealed { seal, sha256 })
}

fn png(picture: &RgbImage) -> io::Result<Vec<u8>> {
    let mut bytes = io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(io::Error::other)?;
    Ok(bytes.into_inner())
}

fn random() -> Result<[u8; 8], SealingError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| SealingError::NoRandomness(error.to_string()))?;
    Ok(bytes)
}

/// A number below `count`, each with the same chance: words beyond the last whole multiple are drawn again.
fn drawn<E>(count: u64, mut word: impl FnMut() -> Result<u64, E>) -> Result<u64, E> {
    let count = count.max(1);
    let beyond = u64::MAX - u64::MAX % count;
    loop {
        let word = word()?;
        if word < beyond {
            return Ok(word % count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    #[test]
    fn every_variant_is_drawn_as_often_as_another() {
        let mut counts = [0_u32; 5];
        for _ in 0..10_000 {
            let number = drawn(5, || random().map(u64::from_le_bytes)).unwrap();
            counts[number as usize] += 1;
        }
        let square: f64 = counts
            .iter()
            .map(|&n| (f64::from(n) - 2000.0).powi(2) / 2000.0)
            .sum();
        // Beyond this once in ten million runs, with 4 degrees of freedom.
        assert!(square < 38.0, "{counts:?}");
        // What would make low numbers more frequent is not taken.
        let mut words = [u64::MAX, u64::MAX - 1, 7].into_iter();
        let number = drawn(6, || Ok::<_, Infallible>(words.next().unwrap()));
        assert_eq!(number, Ok(1));
    }
}
