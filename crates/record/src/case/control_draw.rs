//! A draw of controls from all works that could be controls. Nobody picks them one by one: the order follows from the
//! hashes of the files alone, so that the same works give the same controls. Whoever changes what is in the folders
//! draws anew; what shows that is the number of eligible works and their list in the record.
//!
//! The list is the SHA-256 hashes of the eligible files, each once and sorted, then those of the questioned ones
//! likewise, 64 digits and a line feed each; its own SHA-256 is the salt. The eligible works are sorted by the
//! SHA-256 of the salt's 64 digits followed by those of the work, and the first of them are the controls.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use palimpsest_base::digest::Digest;

/// A draw, as the record keeps it; anybody who has the files can make it again.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ControlDraw {
    /// Controls that were drawn.
    pub drawn: usize,
    /// Different works that they were drawn from.
    pub eligible: usize,
    /// The salt: SHA-256 of the list of eligible and questioned works.
    pub list: Digest,
}

impl fmt::Display for ControlDraw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            drawn,
            eligible,
            list,
        } = self;
        write!(
            f,
            "{drawn} drawn by the program from {eligible} works, by the hashes of all works (SHA-256 of the list {list})"
        )
    }
}

/// The reason that no controls are drawn.
#[derive(Debug, Error)]
pub enum DrawError {
    /// There are fewer works than asked for.
    #[error(
        "{asked} controls cannot be drawn from {eligible} different works that are not questioned themselves: add works, or ask for fewer"
    )]
    TooFew {
        /// Controls asked for.
        asked: usize,
        /// Different works that there are.
        eligible: usize,
    },
    /// A file cannot be hashed.
    #[error("{} cannot be read ({source}): check that you may open it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

/// Draws `asked` controls from the files `eligible`. Of copies of one file the first by path counts, and a
/// questioned work is no control. Returned in the order of their paths.
///
/// # Errors
/// [`DrawError`].
pub fn draw_controls(
    eligible: &[PathBuf],
    questioned: &[PathBuf],
    asked: usize,
) -> Result<(Vec<PathBuf>, ControlDraw), DrawError> {
    let asked_about = hashed(questioned)?;
    let mut works = hashed(eligible)?;
    works.retain(|hash, _| !asked_about.contains_key(hash));
    let eligible = works.len();
    if asked > eligible {
        return Err(DrawError::TooFew { asked, eligible });
    }
    let lines = works.keys().chain(asked_about.keys());
    let list: String = lines.map(|hash| format!("{hash}\n")).collect();
    let list = Digest::of(list.as_bytes());
    let mut order: Vec<_> = works
        .into_iter()
        .map(|(hash, path)| (Digest::of(format!("{list}{hash}").as_bytes()), path))
        .collect();
    order.sort_by_key(|(place, _)| *place);
    let first = order.into_iter().take(asked);
    let mut drawn: Vec<PathBuf> = first.map(|(_, path)| path.to_owned()).collect();
    drawn.sort();
    let draw = ControlDraw {
        drawn: asked,
        eligible,
        list,
    };
    Ok((drawn, draw))
}

/// The files by their hashes, of copies the first by path.
fn hashed(files: &[PathBuf]) -> Result<BTreeMap<Digest, &Path>, DrawError> {
    let mut works = BTreeMap::new();
    for path in files {
        let unreadable = |source| DrawError::Unreadable {
            path: path.clone(),
            source,
        };
        let (hash, _) = Digest::of_file(path).map_err(unreadable)?;
        let first = works.entry(hash).or_insert(path.as_path());
        *first = path.as_path().min(first);
    }
    Ok(works)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A folder of files with the numbers from `first` on in them.
    fn works(folder: &Path, first: usize, count: usize) -> Vec<PathBuf> {
        (first..first + count)
            .map(|number| {
                let path = folder.join(format!("{number}.png"));
                fs::write(&path, number.to_string()).unwrap();
                path
            })
            .collect()
    }

    #[test]
    fn a_draw_is_the_same_for_every_order_and_name_and_differs_for_other_works() {
        let folder = tempfile::tempdir().unwrap();
        let eligible = works(folder.path(), 0, 30);
        let questioned = works(folder.path(), 100, 2);
        let (drawn, draw) = draw_controls(&eligible, &questioned, 10).unwrap();
        assert_eq!((draw.drawn, draw.eligible, drawn.len()), (10, 30, 10));
        let reversed: Vec<_> = eligible.iter().rev().cloned().collect();
        assert_eq!(
            draw_controls(&reversed, &questioned, 10).unwrap(),
            (drawn.clone(), draw)
        );
        let (others, other) = draw_controls(&eligible, &questioned[..1], 10).unwrap();
        assert_ne!(draw.list, other.list);
        assert_ne!(drawn, others);
    }

    #[test]
    fn copies_count_once_and_a_questioned_work_is_no_control() {
        let folder = tempfile::tempdir().unwrap();
        let mut eligible = works(folder.path(), 0, 6);
        let copy = folder.path().join("copy.png");
        fs::copy(&eligible[0], &copy).unwrap();
        eligible.push(copy);
        let questioned = vec![eligible[1].clone()];
        let (drawn, draw) = draw_controls(&eligible, &questioned, 5).unwrap();
        assert_eq!(draw.eligible, 5);
        assert!(!drawn.contains(&eligible[1]));
        let error = draw_controls(&eligible, &questioned, 6).unwrap_err();
        assert!(
            error.to_string().contains("from 5 different works"),
            "{error}"
        );
    }

    /// Every work must be drawn as often as any other: chi-squared with 19 degrees of freedom stays below its
    /// 99.99 % point, 51, as it would not if places followed from the works' own hashes alone.
    #[test]
    fn no_work_is_drawn_more_often_than_others() {
        let folder = tempfile::tempdir().unwrap();
        let eligible = works(folder.path(), 0, 20);
        let mut times = BTreeMap::<PathBuf, f64>::new();
        let rounds = 1000;
        for round in 0..rounds {
            let questioned = works(folder.path(), 1000 + round, 1);
            let (drawn, _) = draw_controls(&eligible, &questioned, 5).unwrap();
            for path in drawn {
                *times.entry(path).or_default() += 1.0;
            }
        }
        let expected = rounds as f64 * 5.0 / 20.0;
        let squares = eligible.iter().map(|path| {
            let seen = times.get(path).copied().unwrap_or_default();
            (seen - expected).powi(2) / expected
        });
        // Draws without replacement vary by 1 - 5/20 less.
        let statistic = squares.sum::<f64>() / 0.75;
        assert!(statistic < 51.0, "{statistic}");
    }
}
