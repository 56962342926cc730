//! Which of a TIFF file's pictures is the one that its owner means: thumbnails stand first in some.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use super::super::fault::Fault;
use super::directory::{Directories, Directory};
use super::layout::{HEIGHT, PHOTOMETRIC, WIDTH};

const NEW_SUBFILE_TYPE: u16 = 254;
const SUBFILE_TYPE: u16 = 255;
const SUB_DIRECTORIES: u16 = 330;
const DNG_VERSION: u16 = 50706;
/// Meanings of samples behind a camera's coloured filters, and of such that were only made linear.
const RAW: [u64; 2] = [32803, 34892];
/// The most directories below one that are looked at.
const MOST_BELOW: usize = 16;

/// The picture that is taken, with what is said of the others.
pub(super) struct Page<'a> {
    pub(super) directory: Directory<'a>,
    pub(super) notes: Vec<String>,
}

/// The first picture in full resolution, or the first of all.
///
/// # Errors
/// [`Fault::CameraRaw`] if the file holds what a camera's sensor saw; [`Fault::Damaged`] without a picture.
pub(super) fn page<'a>(directories: &Directories<'a>) -> Result<Page<'a>, Fault> {
    let mut pages = directories.chain();
    if pages.is_empty() {
        // Programs that write as they go put it behind the pixels.
        return Err(Fault::Truncated);
    }
    let mut below = Vec::new();
    for page in &pages {
        let places = page.unsigned_list(SUB_DIRECTORIES).unwrap_or_default();
        for place in places.into_iter().take(MOST_BELOW) {
            below.extend(directories.at(place).map(|(directory, _)| directory));
        }
    }
    let is_raw = |page: &Directory| {
        page.has(DNG_VERSION)
            || page
                .unsigned(PHOTOMETRIC)
                .is_some_and(|kind| RAW.contains(&kind))
    };
    if pages.iter().chain(&below).any(is_raw) {
        return Err(Fault::CameraRaw);
    }
    let whole = |page: &Directory| is_picture(page) && !is_reduced(page);
    let count = pages.iter().filter(|page| whole(page)).count();
    let mut notes = Vec::new();
    if count > 1 {
        notes.push(format!(
            "The file holds {count} pages: the first one was taken."
        ));
    }
    let first_is_whole = pages.first().is_some_and(whole);
    let taken = if let Some(place) = pages.iter().position(whole) {
        pages.swap_remove(place)
    } else if let Some(place) = below.iter().position(whole) {
        below.swap_remove(place)
    } else if let Some(place) = pages.iter().position(is_picture) {
        let taken = pages.swap_remove(place);
        notes.push(format!(
            "The file calls its only picture, of {}, a reduced one: it may be a thumbnail.",
            size(&taken)
        ));
        return Ok(Page {
            directory: taken,
            notes,
        });
    } else {
        return Err(Fault::damaged("it holds no picture"));
    };
    if !first_is_whole {
        notes.push(format!(
            "The first picture in the file is a thumbnail: the one of {} was taken.",
            size(&taken)
        ));
    }
    Ok(Page {
        directory: taken,
        notes,
    })
}

fn is_picture(page: &Directory) -> bool {
    page.has(WIDTH) && page.has(HEIGHT)
}

/// True for a smaller copy of another picture, or a mask.
fn is_reduced(page: &Directory) -> bool {
    let kind = page.unsigned(NEW_SUBFILE_TYPE).unwrap_or(0);
    kind & 0b101 != 0 || page.unsigned(SUBFILE_TYPE) == Some(2)
}

fn size(page: &Directory) -> String {
    let side = |tag| page.unsigned(tag).unwrap_or(0);
    format!("{}×{} pixels", side(WIDTH), side(HEIGHT))
}
