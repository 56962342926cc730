//! Procedural artworks as files: a folder of pictures, each named after the numbers that make it
//! again.

use std::fs;
use std::io::{self, Cursor};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use image::ImageFormat;
use rayon::prelude::*;
use thiserror::Error;

use palimpsest_art::{Family, draw};
use palimpsest_base::atomic;

/// The longest side that is drawn, in pixels.
pub const MAX_SIDE: u32 = 2048;
/// The most works drawn at once.
pub const MAX_WORKS: u64 = 1_000_000;

/// Works of some artists in some families.
#[derive(Clone, Debug)]
pub struct Works {
    pub families: Vec<Family>,
    pub artists: Vec<u64>,
    /// The numbers of the works, both ends included.
    pub works: RangeInclusive<u64>,
    /// In pixels, 1 to [`MAX_SIDE`].
    pub side: u32,
}

/// The reason for which works cannot be written.
#[derive(Debug, Error)]
pub enum WorksError {
    /// More than [`MAX_WORKS`], or none.
    #[error("{0} works were asked for: draw 1 to {MAX_WORKS} at a time")]
    Count(u128),
    /// The folder already holds something.
    #[error("{} is not an empty folder: choose a new one", .0.display())]
    NotEmpty(PathBuf),
    /// The folder cannot be made or looked into.
    #[error("the folder {} cannot be used ({source}): choose another", folder.display())]
    Folder { folder: PathBuf, source: io::Error },
    /// A picture cannot be written.
    #[error("{} cannot be written ({source}): check that there is space on the disk", file.display())]
    Write { file: PathBuf, source: io::Error },
}

impl Works {
    /// Draws every work and writes it into `folder`, which must be new or empty, as
    /// `family-a<artist>-w<work>.png`. Returns how many.
    ///
    /// # Errors
    /// [`WorksError`]; pictures written before it stay.
    pub fn write(&self, folder: &Path) -> Result<usize, WorksError> {
        let numbers = u128::from(*self.works.end()) + 1;
        let each = numbers.saturating_sub(u128::from(*self.works.start()));
        let count = each * (self.families.len() * self.artists.len()) as u128;
        if count == 0 || count > u128::from(MAX_WORKS) {
            return Err(WorksError::Count(count));
        }
        prepare(folder)?;
        let all: Vec<(Family, u64, u64)> = (self.families.iter())
            .flat_map(|&family| self.artists.iter().map(move |&artist| (family, artist)))
            .flat_map(|(family, artist)| self.works.clone().map(move |work| (family, artist, work)))
            .collect();
        all.par_iter().try_for_each(|&(family, artist, work)| {
            let file = folder.join(format!("{family}-a{artist}-w{work:05}.png"));
            let mut bytes = Cursor::new(Vec::new());
            draw(family, artist, work, self.side)
                .write_to(&mut bytes, ImageFormat::Png)
                .map_err(io::Error::other)
                .and_then(|()| atomic::replace(&file, bytes.get_ref()))
                .map_err(|source| WorksError::Write { file, source })
        })?;
        Ok(all.len())
    }
}

/// Makes the folder, or sees that it is empty.
fn prepare(folder: &Path) -> Result<(), WorksError> {
    let unusable = |source| WorksError::Folder {
        folder: folder.to_owned(),
        source,
    };
    fs::create_dir_all(folder).map_err(unusable)?;
    let mut entries = fs::read_dir(folder).map_err(unusable)?;
    match entries.next() {
        None => Ok(()),
        Some(_) => Err(WorksError::NotEmpty(folder.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_by_two() -> Works {
        Works {
            families: vec![Family::Rings, Family::Grid],
            artists: vec![7],
            works: 3..=4,
            side: 32,
        }
    }

    #[test]
    fn a_file_holds_the_work_that_its_name_says() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("new");
        assert_eq!(two_by_two().write(&out).unwrap(), 4);
        let file = image::open(out.join("grid-a7-w00004.png")).unwrap();
        assert_eq!(file.into_rgb8(), draw(Family::Grid, 7, 4, 32));
        assert_eq!(fs::read_dir(&out).unwrap().count(), 4);
    }

    #[test]
    fn what_is_there_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.txt"), "mine").unwrap();
        let refused = two_by_two().write(folder.path());
        assert!(matches!(refused, Err(WorksError::NotEmpty(_))));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let none = Works {
            artists: vec![],
            ..two_by_two()
        };
        assert!(matches!(
            none.write(&folder.path().join("never")),
            Err(WorksError::Count(0))
        ));
        assert!(!folder.path().join("never").exists());
    }
}
