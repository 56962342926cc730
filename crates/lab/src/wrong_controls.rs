//! How often controls that are none give a probability: works that were not used, of the hand that a model was
//! fine-tuned on, ranked by the loss gap among works of their own hand, of another hand of the same family, and of
//! another family. Everything is kept in one folder, and what is there already is not made again.

pub mod judging;
mod measuring;
pub mod warning;

use std::io;
use std::ops::{Range, RangeInclusive};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::evaluation::error::EvaluationError;
use crate::evaluation::tuned_model::tuned_model;
use crate::finetuning::{Pictures, Progress, Recipe};
use crate::gaps::{Compared, Measuring};
use crate::training::corpus::pictures_in;
use crate::works::Works;
use palimpsest_art::Family;
use palimpsest_base::atomic;
use palimpsest_base::bounded_read::read_at_most;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_method::inversion::Control;

/// Numbers of works from which groups are taken, so that none meets another or a member.
const QUESTIONED: u64 = 1000;
const CONTROLS: u64 = 2000;

/// The largest record read, in bytes.
const MAX_BYTES: u64 = 1 << 22;

/// The experiment.
#[derive(Clone, Debug)]
pub struct WrongControls {
    pub families: Vec<Family>,
    /// Numbers of the hands of each family that models are fine-tuned on; the other hand is the number after the last.
    pub hands: RangeInclusive<u64>,
    /// Works that a model is fine-tuned on.
    pub members: u64,
    /// Works of a hand that are asked about, none of them used.
    pub questioned: u64,
    /// Works of each group of controls.
    pub controls: u64,
    /// True to rank them among works of their own hand alone.
    pub own_only: bool,
    /// The fine-tuning; pictures and seed are the set's.
    pub recipe: Recipe,
    pub threads: usize,
}

/// The groups of controls.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Works of the questioned works' hand.
    Own,
    /// Of another hand of its family.
    OtherHand,
    /// Of another family.
    OtherFamily,
}

/// A drawn work and what was measured of it.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Measured {
    pub work: u64,
    pub gap: f64,
    /// The gap of the picture turned upside down.
    pub turned: f64,
}

/// Works of one hand.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Drawn {
    pub family: String,
    pub hand: u64,
    pub works: Vec<Measured>,
}

/// What was measured with one fine-tuned model.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Set {
    pub questioned: Drawn,
    pub controls: Vec<(Group, Drawn)>,
    /// Works that the model was fine-tuned on; none in records of before they were measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<Drawn>,
}

/// The work of the experiment under way.
pub enum News<'a> {
    Set(&'a str),
    Finetuning(Progress),
}

impl WrongControls {
    /// Makes all sets below `folder`, in order, and hands each to `report` when it begins.
    ///
    /// # Errors
    /// [`EvaluationError`]; what was finished stays.
    pub fn run(
        &self,
        folder: &Path,
        cpu: &Arc<Cpu>,
        control: &Control,
        report: &mut dyn FnMut(News),
    ) -> Result<Vec<Set>, EvaluationError> {
        let mut sets = Vec::new();
        for hand in self.hands.clone() {
            for (place, &family) in self.families.iter().enumerate() {
                let name = format!("{family}-{hand}");
                report(News::Set(&name));
                let file = folder.join(&name).join("gaps.json");
                let known = read(&file);
                if let Some(set) = &known
                    && (self.own_only || set.used.is_some())
                {
                    sets.extend(known);
                    continue;
                }
                let model =
                    self.model(family, hand, &folder.join(&name), (cpu, control), report)?;
                let compared = Compared {
                    base: &self.recipe.base,
                    pretrained: None,
                    finetuned: model.into(),
                    prompt: &self.recipe.prompt,
                    resolution: self.recipe.resolution,
                };
                let mut measuring = Measuring::open(compared, self.threads)?;
                let mut drawn = |family: Family, hand, from: u64, count| {
                    measuring.works(family, hand, from..from + count, control)
                };
                if let Some(set) = known {
                    let used = Some(drawn(family, hand, 0, self.members)?);
                    let set = Set { used, ..set };
                    write(&file, &set)?;
                    sets.push(set);
                    continue;
                }
                // There is one: the place is taken modulo their number.
                let other = self
                    .families
                    .get((place + 1 + hand as usize % 5) % self.families.len());
                let groups = [
                    (Group::Own, family, hand),
                    (Group::OtherHand, family, self.hands.end() + 1),
                    (Group::OtherFamily, other.copied().unwrap_or(family), hand),
                ];
                let groups = groups.into_iter().take(if self.own_only { 1 } else { 3 });
                let set = Set {
                    questioned: drawn(family, hand, QUESTIONED, self.questioned)?,
                    controls: groups
                        .map(|(group, family, hand)| {
                            Ok((group, drawn(family, hand, CONTROLS, self.controls)?))
                        })
                        .collect::<Result<_, EvaluationError>>()?,
                    used: match self.own_only {
                        true => None,
                        false => Some(drawn(family, hand, 0, self.members)?),
                    },
                };
                write(&file, &set)?;
                sets.push(set);
            }
        }
        Ok(sets)
    }

    /// The model that was fine-tuned on works of a hand.
    fn model(
        &self,
        family: Family,
        hand: u64,
        place: &Path,
        (cpu, control): (&Arc<Cpu>, &Control),
        report: &mut dyn FnMut(News),
    ) -> Result<std::path::PathBuf, EvaluationError> {
        let drawn = place.join("members");
        let recipe = || {
            if !drawn.exists() {
                let works = Works {
                    families: vec![family],
                    artists: vec![hand],
                    works: 0..=self.members.saturating_sub(1),
                    side: crate::pretraining::SIDE,
                };
                works.write(&drawn)?;
            }
            Ok(Recipe {
                pictures: Pictures::Files(pictures_in(&drawn)?),
                ..self.recipe.clone()
            })
        };
        tuned_model(recipe, &place.join("model"), (cpu, control), &mut |news| {
            report(News::Finetuning(news));
        })
    }
}

/// A set that was measured before. One that cannot be read, or is of a family that is not known here, is measured anew.
fn read(file: &Path) -> Option<Set> {
    let bytes = read_at_most(file, MAX_BYTES).ok()?;
    let set: Set = serde_json::from_slice(&bytes).ok()?;
    let is_known = |drawn: &Drawn| Family::from_str(&drawn.family).is_ok();
    let all = is_known(&set.questioned) && set.controls.iter().all(|(_, drawn)| is_known(drawn));
    all.then_some(set)
}

fn write(file: &Path, set: &Set) -> Result<(), EvaluationError> {
    let bytes = serde_json::to_vec(set).map_err(io::Error::from);
    let written = bytes.and_then(|bytes| atomic::replace(file, &bytes));
    written.map_err(|source| EvaluationError::Write {
        file: file.to_owned(),
        source,
    })
}

/// The numbers of a group's works.
type Numbers = Range<u64>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_a_family_that_is_not_known_is_measured_anew() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("set.json");
        let drawn = |family: &str| Drawn {
            family: family.to_owned(),
            hand: 1,
            works: Vec::new(),
        };
        let known = Family::ALL[0].to_string();
        for (questioned, control, is_read) in [
            (known.as_str(), known.as_str(), true),
            ("a family of next year", &known, false),
            (&known, "a family of next year", false),
        ] {
            let set = Set {
                questioned: drawn(questioned),
                controls: vec![(Group::Own, drawn(control))],
                used: None,
            };
            write(&file, &set).unwrap();
            assert_eq!(read(&file).is_some(), is_read, "{questioned}, {control}");
        }
    }
}
