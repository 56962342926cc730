//! The examinations that an assignment comes to: every work as often as it is repeated and in every reading that makes
//! another picture of its file, with what a look at the file tells before anything is done.

use std::path::{Path, PathBuf};

use super::assignment::{Assignment, OWN_OUTPUTS, models_of};
use super::further_readings::{ReadWork, further_examinations};
use crate::case::{ArtworkEntry, Role, WorkState};
use palimpsest_base::digest::Digest;
use palimpsest_base::home::without_folders;
use palimpsest_method::artwork::{Artwork, Crop, Reading, Readings};
use palimpsest_method::examination::{Plan, RecordedPath};

impl Assignment {
    /// Examinations of the case in `folder`, in order: those of one pair of models together. What is examined in further
    /// readings comes behind them and is known once the pictures were looked at.
    pub fn examinations(&self, folder: &Path) -> Vec<Examination> {
        let of = |(_, repeat, _, item): (usize, u32, usize, &PlannedWork)| Examination {
            path: item.path.clone(),
            role: item.role,
            repeat,
            reading: None,
        };
        let items = self.items(folder);
        numbered(&items, self.question.repeats).map(of).collect()
    }

    /// The same with what is known of each picture before it is examined, those in further readings last; and the
    /// further readings in which a questioned work is examined.
    pub(super) fn entries(&self, folder: &Path) -> (Vec<ArtworkEntry>, Vec<Reading>) {
        let items = self.items(folder);
        let surveys: Vec<Survey> = items.iter().map(PlannedWork::survey).collect();
        let entry = |number: usize, repeat: u32, place: usize, reading: Option<Reading>| {
            let (item, survey) = (items.get(place)?, surveys.get(place)?);
            let entry = ArtworkEntry::new(
                number,
                (&item.path, item.crop),
                survey.sha256,
                survey.state.clone(),
            );
            Some(ArtworkEntry {
                // What is made or copied there goes with the case.
                path: RecordedPath::within(&item.path, folder),
                role: item.role,
                declared: item.declared.clone(),
                repeat,
                reading,
                ..entry
            })
        };
        let repeats = self.question.repeats;
        let first = numbered(&items, repeats);
        let first =
            first.filter_map(|(number, repeat, place, _)| entry(number, repeat, place, None));
        let mut entries: Vec<ArtworkEntry> = first.collect();
        let (readings, further) = self.in_further_readings(&items, &surveys);
        let again = (0..repeats).flat_map(|repeat| further.iter().map(move |it| (repeat, *it)));
        let numbers = entries.len() + 1..;
        let again = numbers
            .zip(again)
            .filter_map(|(number, (repeat, (place, reading)))| {
                entry(number, repeat, place, Some(reading))
            });
        entries.extend(again.collect::<Vec<_>>());
        (entries, readings)
    }

    /// The further readings in which a questioned work is another picture, and the works to be examined in them.
    fn in_further_readings(
        &self,
        items: &[PlannedWork],
        surveys: &[Survey],
    ) -> (Vec<Reading>, Vec<(usize, Reading)>) {
        let asked = Readings {
            first: self.request.reading,
            further: self.further_readings.clone(),
        };
        let works = items.iter().zip(surveys).map(|(item, survey)| ReadWork {
            role: item.role,
            differs: survey.differs,
        });
        further_examinations(&asked, &works.collect::<Vec<_>>())
    }

    fn items(&self, folder: &Path) -> Vec<PlannedWork> {
        let of = |role: Role| {
            let questioned = self.questioned.iter();
            questioned.map(move |questioned| PlannedWork {
                path: questioned.path.clone(),
                crop: questioned.crop,
                role,
                declared: String::new(),
            })
        };
        let controls = self.controls.iter().map(|control| PlannedWork {
            path: control.path.clone(),
            crop: control.crop,
            role: control.role,
            declared: control.declared.clone(),
        });
        let own = (1..=self.own_outputs).map(|number| PlannedWork {
            path: folder
                .join(OWN_OUTPUTS)
                .join(palimpsest_method::generation::name_of(number)),
            crop: Crop::CENTRE,
            role: Role::OwnOutput,
            declared: String::new(),
        });
        let null = of(Role::NullRun).filter(|_| self.null_run.is_some());
        let own_pair = of(Role::SelfTest).take(usize::from(self.self_test));
        let all = of(Role::Questioned).chain(controls).chain(own);
        all.chain(null).chain(own_pair).collect()
    }
}

/// One examination of a case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Examination {
    /// The picture.
    pub path: PathBuf,
    pub role: Role,
    /// Number of the repetition, the first being 0.
    pub repeat: u32,
    /// The reading of the file, where it is a further one.
    pub reading: Option<Reading>,
}

/// Items with their numbers, repetitions and places, in the order of their examination.
fn numbered(
    items: &[PlannedWork],
    repeats: u32,
) -> impl Iterator<Item = (usize, u32, usize, &PlannedWork)> {
    let placed = move |repeat| (items.iter().enumerate()).map(move |item| (repeat, item));
    let all = (0..repeats).flat_map(placed);
    let numbered = (1..)
        .zip(all)
        .map(|(number, (repeat, (place, item)))| (number, repeat, place, item));
    let mut numbered: Vec<_> = numbered.collect();
    numbered.sort_by_key(|(.., item)| models_of(item.role));
    numbered.into_iter()
}

/// What a look at a picture's file tells.
struct Survey {
    sha256: Option<Digest>,
    state: WorkState,
    /// True if it is another picture as it is stored than as it is seen.
    differs: bool,
}

/// Something that is to be examined.
struct PlannedWork {
    path: PathBuf,
    crop: Crop,
    role: Role,
    declared: String,
}

impl PlannedWork {
    /// The picture's hash and whether it can be read, before anything else is done. What the model has yet
    /// to make is looked at when it is there.
    fn survey(&self) -> Survey {
        let unknown = |state| Survey {
            sha256: None,
            state,
            differs: false,
        };
        if self.role == Role::OwnOutput {
            return unknown(WorkState::Pending);
        }
        match Artwork::open(&self.path) {
            Ok(artwork) => Survey {
                sha256: Some(artwork.sha256()),
                state: WorkState::Pending,
                differs: !artwork.differences().is_empty(),
            },
            Err(error) => unknown(WorkState::Failed {
                error: without_folders(&error.to_string(), [&*self.path]),
            }),
        }
    }
}

/// Gives every examination a seed of its own, but the first of each questioned work, whose seed is the
/// plan's: then controls say how scores vary with the draws too. Replayed draws have no seed.
pub(super) fn give_seeds(entries: &mut [ArtworkEntry], plan: &Plan) {
    let Some(seed) = plan.settings.seed() else {
        return;
    };
    for (number, entry) in (1..).zip(entries) {
        if entry.role != Role::Questioned || entry.repeat > 0 {
            entry.seed = Some(seed.wrapping_add(number));
        }
    }
}
