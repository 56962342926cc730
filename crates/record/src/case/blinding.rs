//! Blinding: works of known use (decoys) are mixed in among the questioned works under neutral names, in an order drawn by
//! chance. What each name stands for is sealed by a hash before the first score and opened after the last.
//!
//! The mapping is a JSON file with a random nonce in it. Its SHA-256 in the spelling of [`super::canonical_sha256`] is the
//! commitment: it stands in the question, which the journal's first entry seals, and nobody can find the mapping by trying,
//! since the nonce has 256 bits. The order of the works is that of the SHA-256 of the nonce's 64 digits followed by those
//! of their files, so that it cannot be chosen once the nonce is drawn.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::journal::{Event, JournalEntry};
use super::reading::read_at_most;
use super::{CaseError, Digest, canonical_sha256, inside};
use palimpsest_base::hex;

/// The folder of a case that holds blind works, and the mapping in it once it is opened.
pub const FOLDER: &str = "blind";
pub const FILE: &str = "blind/mapping.json";

const SCHEMA: &str = "palimpsest blind works";
const VERSION: u32 = 1;

/// The largest mapping read, in bytes: twenty times that of a thousand works.
const MAX_BYTES: u64 = 1 << 22;

/// The part of the question that speaks of blinding before anything is opened.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Blinding {
    /// Works under neutral names, questioned ones and decoys together.
    pub works: usize,
    /// The hash of the mapping.
    pub commitment: Digest,
}

/// The list of neutral names with the works that they stand for.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Mapping {
    schema: String,
    version: u32,
    /// 64 digits, drawn by chance.
    nonce: String,
    /// In the order of their names.
    pub works: Vec<BlindWork>,
}

/// A work under a neutral name.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct BlindWork {
    /// Its name in the folder of blind works.
    pub file: String,
    pub sha256: Digest,
    /// The name that it was given under.
    pub name: String,
    /// The use that is known of it; none of a questioned work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decoy: Option<Decoy>,
}

/// A work of known use.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Decoy {
    /// True if it is known to have been used.
    pub used: bool,
    /// The reason that it is known, in the user's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub declared: String,
}

/// A work to be mixed in.
#[derive(Clone, Debug)]
pub struct GivenWork {
    pub sha256: Digest,
    pub name: String,
    /// The ending of its file.
    pub ending: String,
    pub decoy: Option<Decoy>,
}

impl Mapping {
    /// A mapping of works in an order drawn by chance; the places that they were given in come second, in that order.
    ///
    /// # Errors
    /// The system's reason if it gives no random numbers.
    pub fn draw(works: &[GivenWork]) -> Result<(Self, Vec<usize>), String> {
        let mut nonce = [0; 32];
        getrandom::fill(&mut nonce).map_err(|error| error.to_string())?;
        let nonce = hex::encode(&nonce);
        let mut places: Vec<usize> = (0..works.len()).collect();
        places.sort_by_key(|&place| works.get(place).map(|work| rank(&nonce, work.sha256)));
        let named = places.iter().filter_map(|&place| works.get(place));
        let named = (1..).zip(named).map(|(number, work)| BlindWork {
            file: name_of(number, &work.ending),
            sha256: work.sha256,
            name: work.name.clone(),
            decoy: work.decoy.clone(),
        });
        let mapping = Self {
            schema: SCHEMA.into(),
            version: VERSION,
            works: named.collect(),
            nonce,
        };
        Ok((mapping, places))
    }

    /// The part of the question that commits to it.
    ///
    /// # Errors
    /// If it cannot be written as JSON.
    pub fn blinding(&self) -> serde_json::Result<Blinding> {
        Ok(Blinding {
            works: self.works.len(),
            commitment: canonical_sha256(self)?,
        })
    }

    /// The mapping in a file.
    ///
    /// # Errors
    /// [`CaseError`] if it cannot be read or is none.
    pub fn read(file: &Path) -> Result<Self, CaseError> {
        let bytes = read_at_most(file, MAX_BYTES)?;
        Self::of(&bytes).ok_or_else(|| CaseError::Damaged {
            path: file.to_owned(),
            why: "it is no list of blind works".into(),
        })
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        let mapping: Self = serde_json::from_slice(bytes).ok()?;
        let known = (mapping.schema.as_str(), mapping.version) == (SCHEMA, VERSION);
        known.then_some(mapping)
    }

    /// The work of this neutral name.
    pub fn work(&self, file: &str) -> Option<&BlindWork> {
        self.works.iter().find(|work| work.file == file)
    }

    /// The work that a path of a record leads to.
    pub fn work_at(&self, path: &Path) -> Option<&BlindWork> {
        self.work(&path.file_name()?.to_string_lossy())
    }

    /// True if the works stand in the order that follows from the nonce.
    pub(super) fn is_in_order(&self) -> bool {
        let ranks = self.works.iter().map(|work| rank(&self.nonce, work.sha256));
        ranks.is_sorted()
    }
}

/// The mapping of a case in `folder`, once it was opened; none before, and none of one that is not what was sealed, of
/// which the verification tells.
pub(super) fn opened(
    folder: &Path,
    blinding: Option<Blinding>,
    entries: &[JournalEntry],
) -> Option<Mapping> {
    let blinding = blinding?;
    let mut events = entries.iter().map(|entry| &entry.event);
    events.find(|event| matches!(event, Event::Unblinded { .. }))?;
    let path = inside::resolve(folder, FILE).ok()?;
    let mapping = Mapping::read(&path).ok()?;
    (mapping.blinding().ok()? == blinding).then_some(mapping)
}

/// The place of a work in the order.
fn rank(nonce: &str, work: Digest) -> Digest {
    Digest::of(format!("{nonce}{work}").as_bytes())
}

/// The neutral name of a work, counted from 1.
fn name_of(number: usize, ending: &str) -> String {
    let plain: String = ending.chars().filter(char::is_ascii_alphanumeric).collect();
    match plain.is_empty() {
        true => format!("work-{number:02}"),
        false => format!("work-{number:02}.{}", plain.to_ascii_lowercase()),
    }
}

/// The files that are sealed when a mapping is opened: it and the works, with what their hashes must be.
pub(crate) fn sealed_files(mapping: &Mapping, own: Digest) -> BTreeMap<String, Digest> {
    let works = mapping.works.iter();
    let works = works.map(|work| (format!("{FOLDER}/{}", work.file), work.sha256));
    works.chain([(FILE.to_owned(), own)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(count: u8) -> Vec<GivenWork> {
        let works = (0..count).map(|number| GivenWork {
            sha256: Digest::of(&[number]),
            name: format!("given {number}.PNG"),
            ending: "PNG".into(),
            decoy: (number >= 3).then(|| Decoy {
                used: number == 3,
                declared: "in the studio".into(),
            }),
        });
        works.collect()
    }

    #[test]
    fn names_are_neutral_and_every_draw_has_an_order_of_its_own() {
        let given = given(8);
        let (mapping, places) = Mapping::draw(&given).unwrap();
        let files: Vec<&str> = mapping
            .works
            .iter()
            .map(|work| work.file.as_str())
            .collect();
        assert_eq!(files[..2], ["work-01.png", "work-02.png"]);
        for (work, place) in mapping.works.iter().zip(&places) {
            assert_eq!(
                (work.sha256, &work.name),
                (given[*place].sha256, &given[*place].name)
            );
        }
        assert!(mapping.is_in_order());
        let orders: std::collections::BTreeSet<Vec<usize>> =
            (0..20).map(|_| Mapping::draw(&given).unwrap().1).collect();
        assert!(orders.len() > 15, "{orders:?}");
    }

    #[test]
    fn whatever_is_changed_has_another_commitment_and_an_order_that_was_chosen_is_noticed() {
        let (mapping, _) = Mapping::draw(&given(6)).unwrap();
        let sealed = mapping.blinding().unwrap();
        let again: Mapping =
            serde_json::from_slice(&serde_json::to_vec_pretty(&mapping).unwrap()).unwrap();
        assert_eq!(again.blinding().unwrap(), sealed);
        let mut innocent = mapping.clone();
        innocent.works.iter_mut().for_each(|work| work.decoy = None);
        assert_ne!(innocent.blinding().unwrap(), sealed);
        let mut reordered = mapping.clone();
        reordered.works.swap(0, 1);
        assert!(!reordered.is_in_order());
        assert_ne!(reordered.blinding().unwrap(), sealed);
    }
}
