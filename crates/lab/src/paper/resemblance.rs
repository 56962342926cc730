//! Hold-outs that are nearly the same picture as a member, by CLIP as in the paper's appendix F: they are left out and
//! named, since a model that learnt the member knows them too.

use std::path::Path;

use super::error::PaperError;
use super::material::{Class, Input, Resembling};
use palimpsest_method::artwork::Artwork;
use palimpsest_method::examination::embed_pictures;
use palimpsest_method::similarity::encoder::cosine_similarity;

/// The likeness above which two pictures are the same.
pub const SAME: f64 = 0.90;

/// Takes the hold-outs that resemble a member out of `class`.
///
/// # Errors
/// [`PaperError`] if a picture or the encoder cannot be read.
pub(super) fn without_resembling(
    mut class: Class,
    folder: &Path,
    clip: &Path,
) -> Result<Class, PaperError> {
    let pictures: Vec<Artwork> = class
        .works()
        .map(|(_, work)| Artwork::open(&folder.join(&work.path)))
        .collect::<Result<_, _>>()?;
    let pixels: Vec<_> = pictures.iter().map(Artwork::pixels).collect();
    let embedded = embed_pictures(clip, &pixels, 0).map_err(|error| PaperError::Similarity {
        work: folder.join(&class.name),
        why: error.to_string(),
    })?;
    let (members, hold_outs) = embedded.split_at(class.members.len());
    let mut kept: Vec<Input> = Vec::new();
    for (work, embedding) in class.hold_outs.into_iter().zip(hold_outs) {
        let likeness = members
            .iter()
            .zip(&class.members)
            .filter_map(|(member, of)| {
                let likeness = cosine_similarity(member, embedding)?;
                (likeness > SAME).then_some((likeness, of))
            });
        match likeness.max_by(|a, b| a.0.total_cmp(&b.0)) {
            None => kept.push(work),
            Some((likeness, of)) => class.left_out.push(Resembling {
                work,
                of: of.path.clone(),
                likeness,
            }),
        }
    }
    class.hold_outs = kept;
    Ok(class)
}
