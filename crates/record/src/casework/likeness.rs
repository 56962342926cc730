//! Likeness of the works of a case: near-duplicates, which would be counted twice or on both sides, and
//! whether the controls are of the questioned works' kind. By CLIP where that encoder was given, else by a
//! perceptual hash.

use image::RgbImage;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::error::CaseworkError;
use crate::case::{CaseError, CaseView, Role};
use palimpsest_method::artwork::Artwork;
use palimpsest_method::examination::embed_pictures;
use palimpsest_method::similarity::encoder::cosine_similarity;
use palimpsest_method::similarity::kinship::{Kinship, PictureKind};
use palimpsest_method::similarity::perceptual_hash::PerceptualHash;

/// The cosine of CLIP embeddings above which two pictures are near-duplicates.
const CLIP_NEAR: f64 = 0.90;

/// The work that another is nearly the same as, and the measure of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Twin {
    /// The name of the other work.
    pub of: String,
    pub role: Role,
    /// Signs of the perceptual hash that differ.
    pub distance: u32,
    /// Cosine of the CLIP embeddings, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clip: Option<f64>,
}

impl Twin {
    /// The reason that the work counts nowhere, without a full stop.
    pub fn sentence(&self) -> String {
        let by = match self.clip {
            Some(clip) => format!("CLIP similarity {clip:.3}"),
            None => format!(
                "{} of {} signs of the perceptual hash differ",
                self.distance,
                PerceptualHash::MOST
            ),
        };
        format!(
            "it is nearly the same picture as {}, a {} ({by})",
            self.of,
            self.role.title()
        )
    }
}

/// Distance of a questioned work from its negative controls.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Kin {
    /// Its mean distance to them over theirs to each other.
    pub ratio: f64,
    /// The largest ratio of a work that could be one of them.
    pub limit: f64,
}

impl Kin {
    /// The reason that there is no probability, if there is none, without a full stop.
    pub fn refusal(self) -> Option<String> {
        (self.ratio > self.limit).then(|| {
            format!(
                "the controls are not like the work: in colours and structure it lies \
                 {:.1} times as far from them as they lie from each other, and at most {:.1} times would \
                 serve; choose works like it in hand and kind",
                self.ratio, self.limit
            )
        })
    }
}

/// A work that is to be compared with others.
pub(super) struct Candidate<'a> {
    pub name: &'a str,
    pub role: Role,
    /// The folder of its first examination in the case.
    pub folder: Option<&'a str>,
}

/// The pictures of a case, as what is compared of them.
pub(super) struct Likeness {
    works: Vec<Look>,
}

struct Look {
    name: String,
    role: Role,
    seen: Option<Seen>,
}

struct Seen {
    hash: PerceptualHash,
    kind: PictureKind,
    clip: Option<Vec<f32>>,
}

impl Likeness {
    /// Looks at the prepared pictures of `works`.
    pub fn of(view: &CaseView, works: &[Candidate<'_>]) -> Result<Self, CaseworkError> {
        let pictures = works.par_iter().map(|work| picture_of(view, work));
        let pictures: Vec<Result<Option<RgbImage>, CaseError>> = pictures.collect();
        let pictures: Vec<Option<RgbImage>> = pictures.into_iter().collect::<Result<_, _>>()?;
        let mut embeddings = match &view.plan.clip {
            Some(clip) if works.len() > 1 => {
                if !clip.path.is_placed() {
                    return Err(CaseworkError::NoPlace {
                        name: clip.path.name(),
                        case: view.folder.clone(),
                    });
                }
                let present: Vec<&RgbImage> = pictures.iter().flatten().collect();
                embed_pictures(clip.path.as_path(), &present, view.plan.threads)?
            }
            _ => Vec::new(),
        }
        .into_iter();
        let looks = works.iter().zip(pictures).map(|(work, picture)| Look {
            name: work.name.to_owned(),
            role: work.role,
            seen: picture.map(|picture| Seen {
                hash: PerceptualHash::of(&picture),
                kind: PictureKind::of(&picture),
                clip: embeddings.next(),
            }),
        });
        Ok(Self {
            works: looks.collect(),
        })
    }

    /// The work before it, of those that count, that a work is nearly the same as. So of two twins one
    /// counts, and the questioned works, which come first, are asked about whatever is added as a control.
    pub fn twin(&self, index: usize) -> Option<Twin> {
        let work = self.works.get(index).filter(|work| counts(work.role))?;
        let before = self.works.get(..index)?.iter();
        // Questioned works may be versions of one motif: each is asked about by itself, and together they are one.
        let others = before.filter(|other| {
            counts(other.role) && !(work.role == Role::Questioned && other.role == Role::Questioned)
        });
        let mut twins = others.filter_map(|other| twin(work, other));
        twins.next()
    }

    /// The first questioned work before it that a questioned one is nearly the same as.
    pub fn version(&self, index: usize) -> Option<Twin> {
        self.versions(index).next().map(|(_, twin)| twin)
    }

    /// The motif of each work, by the place of its first version: works that are nearly the same, directly or by way
    /// of others, are versions of one. Works that are not questioned are each their own.
    pub fn motifs(&self) -> Vec<usize> {
        let mut motifs: Vec<usize> = (0..self.works.len()).collect();
        for index in 0..self.works.len() {
            for (place, _) in self.versions(index) {
                let (Some(&one), Some(&other)) = (motifs.get(index), motifs.get(place)) else {
                    continue;
                };
                let (first, joined) = (one.min(other), one.max(other));
                let joined = motifs.iter_mut().filter(|motif| **motif == joined);
                joined.for_each(|motif| *motif = first);
            }
        }
        motifs
    }

    /// The questioned works before it that a questioned one is nearly the same as, with their places.
    fn versions(&self, index: usize) -> impl Iterator<Item = (usize, Twin)> {
        let is_questioned = |look: &&Look| look.role == Role::Questioned;
        let work = self.works.get(index).filter(is_questioned);
        let before = self.works.iter().enumerate().take(index);
        let questioned = before.filter(|(_, other)| other.role == Role::Questioned);
        questioned.filter_map(move |(place, other)| Some((place, twin(work?, other)?)))
    }

    /// Distance of a questioned work from the negative controls; none where it cannot be measured.
    pub fn kinship(&self, index: usize) -> Option<Kin> {
        let work = self.works.get(index)?;
        if work.role != Role::Questioned {
            return None;
        }
        let controls = self.works.iter().enumerate();
        let controls = controls.filter(|(place, control)| {
            control.role == Role::Negative && self.twin(*place).is_none()
        });
        let kinds: Vec<PictureKind> = controls
            .filter_map(|(_, control)| Some(control.seen.as_ref()?.kind.clone()))
            .collect();
        let kinship = Kinship::of(&work.seen.as_ref()?.kind, &kinds)?;
        Some(Kin {
            ratio: kinship.ratio,
            limit: kinship.limit(),
        })
    }
}

/// The prepared picture of a work; none if it was never prepared.
fn picture_of(view: &CaseView, work: &Candidate<'_>) -> Result<Option<RgbImage>, CaseError> {
    let Some(folder) = work.folder else {
        return Ok(None);
    };
    let path = view.folder.join(folder).join("original.png");
    if !path.exists() {
        return Ok(None);
    }
    match Artwork::open(&path) {
        Ok(artwork) => Ok(Some(artwork.pixels().clone())),
        Err(error) => Err(CaseError::Damaged {
            path,
            why: error.to_string(),
        }),
    }
}

/// True if works of this role enter the statistics.
fn counts(role: Role) -> bool {
    matches!(role, Role::Questioned | Role::Negative | Role::Positive)
}

fn twin(work: &Look, other: &Look) -> Option<Twin> {
    let (mine, theirs) = (work.seen.as_ref()?, other.seen.as_ref()?);
    let clip = (mine.clip.as_ref())
        .zip(theirs.clip.as_ref())
        .and_then(|(a, b)| cosine_similarity(a, b));
    let distance = mine.hash.distance(theirs.hash);
    let near = clip.is_some_and(|clip| clip > CLIP_NEAR) || distance <= PerceptualHash::NEAR;
    near.then(|| Twin {
        of: other.name.clone(),
        role: other.role,
        distance,
        clip,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A work whose picture is like no other's, and whose embedding points that many degrees away from the first.
    fn look(number: u32, role: Role, degrees: f32) -> Look {
        let noise = |x: u32, y: u32| {
            let mixed = (x ^ (y << 9) ^ (number << 18)).wrapping_mul(0x9e37_79b1);
            (mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca6b) >> 24
        };
        let picture = RgbImage::from_fn(64, 64, |x, y| image::Rgb([noise(x / 8, y / 8) as u8; 3]));
        let (sine, cosine) = degrees.to_radians().sin_cos();
        Look {
            name: number.to_string(),
            role,
            seen: Some(Seen {
                hash: PerceptualHash::of(&picture),
                kind: PictureKind::of(&picture),
                clip: Some(vec![cosine, sine]),
            }),
        }
    }

    #[test]
    fn versions_of_versions_are_of_one_motif_in_whatever_order_they_come() {
        // 20 degrees are near, 40 are not: the third joins the first and the second.
        let asked = [0.0, 40.0, 20.0, 90.0].into_iter().zip(0..);
        let asked = asked.map(|(degrees, number)| look(number, Role::Questioned, degrees));
        let control = look(4, Role::Negative, 0.0);
        let likeness = Likeness {
            works: asked.chain([control]).collect(),
        };
        assert_eq!(likeness.version(1), None);
        assert_eq!(likeness.version(2).unwrap().of, "0");
        assert_eq!(likeness.motifs(), [0, 0, 0, 3, 4]);
    }
}
