//! Events of a case. In the journal an event is an object whose member `event` has the name of
//! the variant in small letters with underscores; the other members are the variant's fields.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::case::Digest;

/// The event that an entry of the journal records.
///
/// `files` holds for each file its path in the case (relative, with `/`) and its SHA-256: from then on
/// the file is *sealed*. If a path is sealed twice, the later sealing counts.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The case was begun; always the first entry, and only that.
    Begun {
        /// SHA-256 of the plan in `case.json`, in the spelling of [`crate::case::canonical_sha256`].
        plan_sha256: Digest,
        /// SHA-256 of the question, the warnings and the plans of the null run and the self-test, one object,
        /// in the same spelling.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked_sha256: Option<Digest>,
        /// The works to be examined.
        items: Vec<BegunWork>,
        /// The score on which the conclusion is to rest.
        primary_score: String,
        /// The propositions that are weighed against each other.
        propositions: Vec<String>,
    },
    /// Works were added for comparison.
    Extended {
        /// Their examinations.
        items: Vec<BegunWork>,
    },
    /// The list of the neutral names of blind works was opened.
    Unblinded {
        /// The mapping and the works.
        files: BTreeMap<String, Digest>,
    },
    /// The fine-tuned model made pictures of its own, to be examined beside the works.
    Generated {
        /// The pictures, and how they were made.
        files: BTreeMap<String, Digest>,
    },
    /// A work was examined.
    Examined {
        /// Its folder in the case.
        folder: String,
        /// The seed of its random draws, where they were not replayed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seed: Option<u64>,
        /// The files of its result.
        files: BTreeMap<String, Digest>,
    },
    /// A work could not be examined.
    Failed {
        /// Its folder in the case.
        folder: String,
        /// The reason, in one sentence.
        error: String,
    },
    /// The examination was broken off.
    Cancelled {},
    /// It was taken up again.
    Resumed {},
    /// The user noted something: parties, exhibit number, examiner, remarks on a work.
    Noted {
        /// The notes by their headings.
        what: BTreeMap<String, String>,
    },
    /// Works of known origin were scored for comparison.
    Calibrated {
        /// The name of the calibration.
        name: String,
        /// Its files.
        files: BTreeMap<String, Digest>,
    },
    /// A validation dossier was taken in.
    Validated {
        /// Its name in the case.
        name: String,
        /// Its file.
        files: BTreeMap<String, Digest>,
    },
    /// The scores were weighed.
    Assessed {
        /// The files of its result.
        files: BTreeMap<String, Digest>,
    },
    /// An exhibit was written.
    Exhibited {
        /// Its path in the case, or its name if it was written elsewhere; earlier versions had the whole path then.
        file: String,
        /// True if it was written elsewhere; earlier versions left that to the path.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        elsewhere: bool,
        /// Its hash.
        sha256: Digest,
        /// The hash of the entry that it prints.
        head: Digest,
    },
    /// A timestamping authority vouched for the time before which an entry existed.
    Timestamped {
        /// The file with its token.
        file: String,
        /// The file's hash.
        sha256: Digest,
        /// The hash of the entry that was stamped.
        of: Digest,
    },
    /// The record was checked.
    Verified {
        /// The result, in a few words.
        outcome: String,
        /// Works and models that were not there to be hashed again, by their paths.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        missing: Vec<String>,
    },
    /// Half an entry that a crash had left at the end of the journal was put aside.
    SetAside {
        /// The file that holds it.
        file: String,
        /// The file's hash.
        sha256: Digest,
    },
    /// An event of a later version, of which this program only knows that it was signed.
    #[serde(other)]
    Unknown,
}

/// A work that is to be examined.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct BegunWork {
    /// The name of its folder in the case.
    pub folder: String,
    /// The path of the picture, as `case.json` has it.
    pub path: String,
    /// Its role: questioned, control, and so on.
    pub role: String,
    /// SHA-256 of the picture's file, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Digest>,
    /// The declaration about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<String>,
    /// The square of it that is examined, as `case.json` writes it, where it is not the middle one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crop: Option<String>,
    /// The seed of its draws, where it is not the plan's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Number of the repetition of its examination, the first being 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub repeat: u32,
    /// The reading of its file, where it is another than the plan's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
}

impl BegunWork {
    /// True if it is the work's first examination: neither a repetition nor in a further reading.
    pub fn is_first(&self) -> bool {
        self.repeat == 0 && self.reading.is_none()
    }
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Event {
    /// Number of artworks that the event names as to be examined.
    pub(in crate::case) fn works(&self) -> usize {
        match self {
            Self::Begun { items, .. } | Self::Extended { items } => items.len(),
            _ => 0,
        }
    }

    /// The files that the event seals.
    pub(in crate::case) fn sealed(&self) -> Vec<(&str, Digest)> {
        match self {
            Self::Examined { files, .. }
            | Self::Generated { files }
            | Self::Unblinded { files }
            | Self::Calibrated { files, .. }
            | Self::Validated { files, .. }
            | Self::Assessed { files } => {
                let pairs = files.iter().map(|(path, hash)| (path.as_str(), *hash));
                pairs.collect()
            }
            Self::Exhibited { file, sha256, .. }
            | Self::Timestamped { file, sha256, .. }
            | Self::SetAside { file, sha256 } => vec![(file, *sha256)],
            _ => Vec::new(),
        }
    }
}
