//! The measurements of one hand, part by part: a group of pictures with a pair of models. Every part has its file, written
//! when it is whole, so that what is there is not measured again.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::material::Group;
use super::merging::merged;
use super::{Hand, News, Validation};
use crate::evaluation::error::EvaluationError;
use crate::gaps::judging::Judgeable;
use crate::gaps::{Compared, Measuring};
use palimpsest_base::atomic;
use palimpsest_base::bounded_read::read_at_most;
use palimpsest_diffusion::files::ModelSource;
use palimpsest_method::examination::Steering;
use palimpsest_method::similarity::kinship::PictureKind;
use palimpsest_method::verdict::Gaps;

/// The folder of the parts' files, and the largest of them that is read, in bytes.
const PARTS: &str = "parts";
const MAX_BYTES: u64 = 1 << 22;

/// A pair of models.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Pair {
    /// The base and the hand's model, with the prompt of the training.
    Right,
    /// Another hand's model in the place of the base.
    WrongBase,
    /// The base and the mean of two hands' models.
    Merged,
    /// The right models with another prompt.
    OtherPrompt,
}

impl Pair {
    /// Its name in those of files.
    fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::WrongBase => "wrong-base",
            Self::Merged => "merged",
            Self::OtherPrompt => "other-prompt",
        }
    }

    /// True if it takes another hand's model.
    fn takes_neighbour(self) -> bool {
        matches!(self, Self::WrongBase | Self::Merged)
    }

    fn groups(self) -> &'static [Group] {
        match self {
            Self::Right => &[
                Group::Used,
                Group::Innocent,
                Group::Own,
                Group::OtherHand,
                Group::OtherFamily,
                Group::Output,
                Group::FromOutput,
                Group::NearDuplicate,
            ],
            Self::WrongBase => &[Group::Innocent, Group::Own],
            Self::Merged | Self::OtherPrompt => &[Group::Used, Group::Innocent, Group::Own],
        }
    }
}

/// Measurements of one hand.
pub(super) type Measured = BTreeMap<(Pair, Group), Vec<Judgeable>>;

impl Validation {
    /// All parts of a hand; those that take another hand's model are left out where there is none.
    pub(super) fn measured(
        &self,
        hand: &Hand,
        neighbour: Option<&Hand>,
        steering: &Steering,
        report: &mut dyn FnMut(News),
    ) -> Result<Measured, EvaluationError> {
        let mut measured = Measured::new();
        for pair in [
            Pair::Right,
            Pair::WrongBase,
            Pair::Merged,
            Pair::OtherPrompt,
        ] {
            if pair.takes_neighbour() && neighbour.is_none() {
                continue;
            }
            // Opened only if something is missing.
            let mut open: Option<Measuring> = None;
            for &group in pair.groups() {
                let name = format!("{}-{}", pair.name(), group.name());
                let file = hand.folder.join(PARTS).join(format!("{name}.json"));
                let pictures = group.pictures(self, hand)?;
                let gaps = match read(&file, pictures.len()) {
                    Some(gaps) => gaps,
                    None => {
                        report(News::Part(&hand.name, &name));
                        let mut measuring = match open.take() {
                            Some(measuring) => measuring,
                            None => Measuring::open(
                                self.compared(pair, hand, neighbour)?,
                                self.threads,
                            )?,
                        };
                        let each = pictures.iter();
                        let each = each.map(|it| measuring.measure(it, steering.control()));
                        let gaps: Vec<Gaps> = each.collect::<Result<_, _>>()?;
                        open = Some(measuring);
                        write(&file, &gaps)?;
                        gaps
                    }
                };
                let works = pictures.iter().zip(gaps);
                let works = works.map(|(picture, gaps)| Judgeable {
                    gaps,
                    kind: PictureKind::of(picture),
                });
                measured.insert((pair, group), works.collect());
            }
        }
        Ok(measured)
    }

    fn compared<'a>(
        &'a self,
        pair: Pair,
        hand: &Hand,
        neighbour: Option<&Hand>,
    ) -> Result<Compared<'a>, EvaluationError> {
        let other = neighbour.map(|neighbour| neighbour.model.as_path());
        let is_lora = self.recipe.lora.is_some();
        let finetuned = match (pair, other) {
            (Pair::Merged, Some(other)) => {
                merged(&hand.model, other, &hand.folder.join("merged"), is_lora)?
            }
            _ => ModelSource::from(&*hand.model),
        };
        Ok(Compared {
            base: &self.recipe.base,
            pretrained: other
                .filter(|_| pair == Pair::WrongBase)
                .map(ModelSource::from),
            finetuned,
            prompt: match pair {
                Pair::OtherPrompt => &self.other_prompt,
                _ => &self.recipe.prompt,
            },
            resolution: self.recipe.resolution,
        })
    }
}

/// A part that was measured before. One that cannot be read, or is not of as many pictures, is measured anew.
fn read(file: &Path, pictures: usize) -> Option<Vec<Gaps>> {
    let bytes = read_at_most(file, MAX_BYTES).ok()?;
    let gaps: Vec<Gaps> = serde_json::from_slice(&bytes).ok()?;
    (gaps.len() == pictures).then_some(gaps)
}

fn write(file: &Path, gaps: &[Gaps]) -> Result<(), EvaluationError> {
    let unwritable = |source| EvaluationError::Write {
        file: file.to_owned(),
        source,
    };
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(unwritable)?;
    }
    let bytes = serde_json::to_vec(gaps).map_err(io::Error::from);
    let written = bytes.and_then(|bytes| atomic::replace(file, &bytes));
    written.map_err(unwritable)
}
