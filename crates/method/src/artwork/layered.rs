//! Documents of Krita and OpenRaster, archives that hold the picture of all layers together as a PNG file.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::fault::Fault;
use super::png;
use super::stored::Stored;

/// The name of the flattened picture in both.
const MERGED: &str = "mergedimage.png";

/// Decodes the flattened picture of a document.
///
/// # Errors
/// [`Fault`].
pub(super) fn decode(bytes: &[u8]) -> Result<Stored, Fault> {
    let fault = |error| match error {
        ZipError::FileNotFound => {
            Fault::variety("saved without the flattened picture mergedimage.png")
        }
        ZipError::UnsupportedArchive(why) => Fault::variety(why),
        // The list of its files stands at the end.
        _ => Fault::Truncated,
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(fault)?;
    let mut file = archive.by_name(MERGED).map_err(fault)?;
    let mut picture = Vec::new();
    // A packed PNG file hardly shrinks: one that grows without end is none.
    let most = (bytes.len() as u64)
        .saturating_mul(16)
        .saturating_add(1 << 20);
    let read = (&mut file)
        .take(most.saturating_add(1))
        .read_to_end(&mut picture);
    if read.is_err() {
        return Err(Fault::Truncated);
    }
    if picture.len() as u64 > most {
        return Err(Fault::Memory);
    }
    let mut stored = png::decode(&picture)?;
    stored
        .notes
        .push("The picture was taken as it is flattened in the file.".to_owned());
    Ok(stored)
}
