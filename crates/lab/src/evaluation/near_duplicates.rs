//! Works that cannot be counted: those that the fine-tuned model saw although they are hold-outs, because
//! a member is nearly the same picture, and those that the base model knew already.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{ScoredWork, SetRole};
use crate::pretraining::SIDE;
use crate::training::corpus_hashes::CorpusHashes;
use palimpsest_method::artwork::{Artwork, prepare};
use palimpsest_method::similarity::perceptual_hash::PerceptualHash;

/// The reason for which a work is not counted.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct NearDuplicate {
    pub of: Original,
    /// Of the hashes, at most [`PerceptualHash::NEAR`].
    pub distance: u32,
}

/// The picture that a work is nearly the same as.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Original {
    /// A work of the same set in the other role.
    Work(String),
    /// A picture that the base model was trained on.
    Corpus,
}

/// The findings of a look at a set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NearDuplicates {
    of: BTreeMap<PathBuf, NearDuplicate>,
    /// The smallest distance of any work to the base model's corpus.
    pub nearest_in_corpus: Option<u32>,
}

impl NearDuplicates {
    /// Compares members with hold-outs, and both with the base model's corpus. A picture that cannot be
    /// read is passed over: its examination will say why.
    pub fn find(members: &[PathBuf], hold_outs: &[PathBuf], corpus: Option<&CorpusHashes>) -> Self {
        let [members, hold_outs] = [members, hold_outs].map(hashes);
        let mut found = Self::default();
        for (path, hash, others) in with_others(&members, &hold_outs) {
            let nearest = corpus.and_then(|corpus| corpus.nearest(hash));
            let of_corpus = nearest.map(|distance| (Original::Corpus, distance));
            let twins = others
                .iter()
                .map(|(other, known)| (Original::Work(name(other)), hash.distance(*known)));
            let near = of_corpus
                .into_iter()
                .chain(twins)
                .filter(|(_, distance)| *distance <= PerceptualHash::NEAR);
            if let Some((of, distance)) = near.min_by_key(|(_, distance)| *distance) {
                found
                    .of
                    .insert(path.clone(), NearDuplicate { of, distance });
            }
            let so_far = found.nearest_in_corpus;
            found.nearest_in_corpus = so_far.into_iter().chain(nearest).min();
        }
        found
    }

    /// The reason for which the work in this file is not counted; `None` if it is.
    pub fn of(&self, path: &Path) -> Option<NearDuplicate> {
        self.of.get(path).cloned()
    }
}

impl NearDuplicate {
    /// The reason for which the work is left out.
    pub fn sentence(&self, role: SetRole) -> String {
        let of = match (&self.of, role) {
            (Original::Corpus, _) => "a picture that the base model was trained on".to_owned(),
            (Original::Work(name), SetRole::Member) => format!("the hold-out {name}"),
            (Original::Work(name), SetRole::HoldOut) => format!("the member {name}"),
        };
        let most = PerceptualHash::MOST;
        format!(
            "a near-duplicate of {of} ({} of {most} signs differ)",
            self.distance
        )
    }
}

/// A work that is kept out of all figures, and why.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct LeftOut {
    pub set: String,
    pub name: String,
    pub role: SetRole,
    #[serde(flatten)]
    pub near_duplicate: NearDuplicate,
}

impl LeftOut {
    pub(super) fn of(work: &ScoredWork) -> Option<Self> {
        Some(Self {
            set: work.set.clone(),
            name: work.name.clone(),
            role: work.role,
            near_duplicate: work.near_duplicate.clone()?,
        })
    }

    /// The work that is left out and the reason, without a full stop.
    pub fn sentence(&self) -> String {
        let (set, name) = (&self.set, &self.name);
        let why = self.near_duplicate.sentence(self.role);
        format!("{set}: {name} is left out, {why}")
    }
}

/// One line on what is known of the base model's corpus.
pub fn note(corpus: Option<&CorpusHashes>, nearest: Option<u32>) -> String {
    match (corpus, nearest) {
        (Some(corpus), Some(nearest)) => format!(
            "The base model's corpus: {} pictures; the nearest to any work differs in {nearest} of {} signs\n\
             (near-duplicates in at most {}).",
            corpus.len(),
            PerceptualHash::MOST,
            PerceptualHash::NEAR,
        ),
        (Some(_), None) => "The base model's corpus is known, and no work could be compared with it.".into(),
        (None, _) => "The base model's corpus is not known (no corpus.hashes beside it): works may have been in it.".into(),
    }
}

type Hashed = (PathBuf, PerceptualHash);

/// The hash of what a model sees of each picture: its central square.
fn hashes(files: &[PathBuf]) -> Vec<Hashed> {
    // A file that is no picture has no near-duplicates; the examination of it says what is wrong.
    let hash = |file: &PathBuf| {
        let artwork = Artwork::open(file).ok()?;
        let square = prepare(artwork.pixels(), SIDE).ok()?;
        Some((file.clone(), PerceptualHash::of(&square)))
    };
    files.par_iter().filter_map(hash).collect()
}

/// Every work with those of the other role.
fn with_others<'a>(
    a: &'a [Hashed],
    b: &'a [Hashed],
) -> impl Iterator<Item = (&'a PathBuf, PerceptualHash, &'a [Hashed])> {
    let first = a.iter().map(move |(path, hash)| (path, *hash, b));
    first.chain(b.iter().map(move |(path, hash)| (path, *hash, a)))
}

/// A work's name in an evaluation.
pub(crate) fn name(path: &Path) -> String {
    // Files come from listings of folders: each has a name.
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}
