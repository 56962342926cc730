//! The base that a file says it was trained on, held against the pretrained model. A file states a hash of one file: of
//! the whole (SHA-256, or its first ten digits, AutoV2), of its tensors alone (AutoV3), or of a small piece (AutoV1). A
//! folder has none of these, so that its weights are compared with those of the stated file, if the library knows it.

use std::io;
use std::path::PathBuf;

use super::ModelRecord;
use super::base_fit::{Fits, OTHER_DISTANCE, percent};
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::WeightDistance;
use palimpsest_diffusion::files::StatedTraining;

/// Digits of the hash of a small piece, of that of the tensors, and the fewest of one of the whole file.
const AUTOV1: usize = 8;
const AUTOV3: usize = 12;
const AUTOV2: usize = 10;

/// Digits of a hash that are told.
const TOLD: usize = 10;

/// Relative distance of the noise predictors up to which one is a copy of the other in another precision: rounding to
/// bfloat16 makes 0.002.
const COPY: f64 = 0.004;

/// A hash that a file states of its base, in small digits.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum StatedHash {
    /// Of the whole file, or its first digits, ten or more; with twelve it may also be that of its tensors.
    Whole(String),
    /// Of 64 KiB of it: many files have the same.
    Piece(String),
}

impl StatedHash {
    /// The most telling hash that a file states of its base; none if it states none that makes sense.
    pub fn of(stated: &StatedTraining) -> Option<Self> {
        let texts = [&stated.base_sha256, &stated.base_autov1].into_iter();
        let digits = texts.flatten().filter_map(|text| digits(text));
        match digits.max_by_key(String::len)? {
            digits if digits.len() >= AUTOV2 => Some(Self::Whole(digits)),
            digits if digits.len() == AUTOV1 => Some(Self::Piece(digits)),
            _ => None,
        }
    }

    /// True if a file of this SHA-256 has it. Of a small piece that does not tell.
    pub fn is_of(&self, sha256: &Digest) -> bool {
        matches!(self, Self::Whole(digits) if sha256.to_string().starts_with(digits.as_str()))
    }

    /// Its first digits, as they are told.
    pub fn told(&self) -> String {
        let (Self::Whole(digits) | Self::Piece(digits)) = self;
        match digits.len() > TOLD {
            true => format!("{}…", digits.chars().take(TOLD).collect::<String>()),
            false => digits.clone(),
        }
    }
}

/// The digits of a hash, which some write behind `0x`.
fn digits(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let text = text.strip_prefix("0x").unwrap_or(&text);
    let is_hash = text.len() <= 64 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hash.then(|| text.to_owned())
}

/// A model file of the library with a stated hash, and how far the pretrained model's noise predictor lies from its own;
/// or why that cannot be said.
pub(super) struct InLibrary {
    pub file: PathBuf,
    pub distance: Result<WeightDistance, String>,
}

/// What a stated hash is held against beside the records: it is asked for only where it is needed, since it is read
/// from the disk.
pub(super) trait Evidence {
    /// The hash of a piece of the pretrained model's one file (AutoV1).
    fn piece(&self) -> io::Result<String>;
    /// The hash of its tensors (AutoV3); none of a file without a header.
    fn tensors(&self) -> io::Result<Option<String>>;
    /// The file of the library whose SHA-256 begins with these digits.
    fn in_library(&self, digits: &str) -> Option<InLibrary>;
}

/// What the files of the fine-tuned model say of its base, each with what follows from it and why.
pub(super) fn by_statements(
    pretrained: &ModelRecord,
    finetuned: &ModelRecord,
    evidence: &dyn Evidence,
) -> Vec<(Fits, String)> {
    let stated: Vec<(String, &StatedTraining)> = match finetuned.lora {
        Some(_) => finetuned
            .loras()
            .filter_map(|(name, _, stated)| Some((name, stated?)))
            .collect(),
        None => {
            let own = finetuned.stated.iter();
            own.map(|stated| ("The fine-tuned file".to_owned(), stated))
                .collect()
        }
    };
    let judged = stated.into_iter().filter_map(|(subject, stated)| {
        let hash = StatedHash::of(stated)?;
        Some(judge(&subject, &hash, pretrained, evidence))
    });
    judged.collect()
}

fn judge(
    subject: &str,
    stated: &StatedHash,
    pretrained: &ModelRecord,
    evidence: &dyn Evidence,
) -> (Fits, String) {
    let files = &pretrained.identity.files;
    if files.iter().any(|file| stated.is_of(&file.sha256)) {
        return (
            Fits::Yes,
            format!("{subject} states the hash of a base, and the pretrained model's file has it."),
        );
    }
    let is_one_file = pretrained.is_one_file();
    let unread = |error: io::Error| {
        (
            Fits::Unknown,
            format!(
                "{subject} states the hash {} of a base, and the pretrained model's file could not be read again to compare it ({error}).",
                stated.told()
            ),
        )
    };
    match stated {
        StatedHash::Piece(digits) if is_one_file => {
            return match evidence.piece() {
                Ok(own) if own == *digits => (
                    Fits::Unknown,
                    format!(
                        "{subject} states a base with the short hash {digits} (AutoV1), and the pretrained model's file has it: many files share one, so that it proves nothing."
                    ),
                ),
                Ok(own) => (
                    Fits::Doubtful,
                    format!(
                        "{subject} states a base with the short hash {digits} (AutoV1), and the pretrained model's file has another ({own}): a copy in another precision has, and so has another model."
                    ),
                ),
                Err(error) => unread(error),
            };
        }
        StatedHash::Whole(digits) if is_one_file && digits.len() == AUTOV3 => {
            match evidence.tensors() {
                Ok(own) if own.as_ref() == Some(digits) => {
                    return (
                        Fits::Yes,
                        format!(
                            "{subject} states the hash of the tensors of a base (AutoV3), and the pretrained model's file has it."
                        ),
                    );
                }
                Ok(_) => {}
                Err(error) => return unread(error),
            }
        }
        _ => {}
    }
    let known = match stated {
        StatedHash::Whole(digits) => evidence.in_library(digits),
        StatedHash::Piece(_) => None,
    };
    match known {
        Some(known) => by_library(subject, &known),
        None if is_one_file => (
            Fits::Doubtful,
            format!(
                "{subject} states a base with the hash {}, and the pretrained model's file has another: a copy in another precision has, and so has another model.",
                stated.told()
            ),
        ),
        None => {
            let remedy = match stated {
                StatedHash::Whole(_) => {
                    ": with that file in a folder of the library, hashed, their weights are"
                }
                StatedHash::Piece(_) => "",
            };
            (
                Fits::Unknown,
                format!(
                    "{subject} states the hash of a single file as its base ({}), and the pretrained model is a folder, so that they cannot be compared{remedy}.",
                    stated.told()
                ),
            )
        }
    }
}

/// The weights of the stated file are those of the pretrained model, or they are not.
fn by_library(subject: &str, known: &InLibrary) -> (Fits, String) {
    // What it says is handed over: folders tell of the user's disk.
    let file = known.file.file_name().unwrap_or_default().display();
    let named = format!("{subject} states the hash of {file}");
    match &known.distance {
        Err(why) => (
            Fits::Doubtful,
            format!("{named}, which cannot be compared with the pretrained model: {why}"),
        ),
        Ok(distance) if distance.relative == 0.0 => (
            Fits::Yes,
            format!("{named}, whose noise predictor is the pretrained model's, number for number."),
        ),
        Ok(distance) if distance.relative <= COPY => (
            Fits::Yes,
            format!(
                "{named}, whose noise predictor is the pretrained model's in another precision ({} of its length away).",
                percent(distance.relative)
            ),
        ),
        Ok(distance) => (
            match distance.relative >= OTHER_DISTANCE {
                true => Fits::No,
                false => Fits::Doubtful,
            },
            format!(
                "{named}, whose noise predictor lies {} of its length away from the pretrained model's: choose that file as the pretrained model.",
                percent(distance.relative)
            ),
        ),
    }
}

#[cfg(test)]
mod tests;
