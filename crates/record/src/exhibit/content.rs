//! Content of an exhibit: plain data, every sentence and number of it decided before.

use image::RgbImage;

use super::attached::Attachment;
use palimpsest_base::digest::Digest;

/// All that an exhibit says.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    pub header: Header,
    /// The works in question, at least one.
    pub items: Vec<QuestionedWork>,
    pub controls: Vec<Control>,
    pub evaluation: Evaluation,
    /// The scores among their controls, large on the first page.
    pub overview: Option<Figure>,
    /// Other figures, in order.
    pub figures: Vec<Figure>,
    pub models: Vec<Model>,
    pub settings: Vec<Setting>,
    /// Explanations other than use in training that were considered, one sentence or two each.
    pub alternatives: Vec<Alternative>,
    /// Limits of the finding in this case, besides those of every finding.
    pub limitations: Vec<String>,
    pub reproduction: Reproduction,
    pub custody: Vec<CustodyEntry>,
    /// `case.json`, as it is on disk.
    pub record: Vec<u8>,
    /// Files by which a reader without the case checks the exhibit: the journal, and its timestamps.
    pub attachments: Vec<Attachment>,
}

/// Title, parties, examiner, date and program.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// As the court counts it, such as `P-7`; empty while it has no number.
    pub exhibit: String,
    pub title: String,
    pub parties: String,
    pub examiner: String,
    /// Day of the exhibit, from the case and not from a clock: `2026-03-31`, or with the time in UTC,
    /// `2026-03-31T09:30:00Z`.
    pub date: String,
    /// Version and build.
    pub program: String,
    /// Fingerprint of the key that signs the journal; empty if it is not signed.
    pub key: String,
    /// SHA-256 of the last entry of the journal.
    pub journal_head: Digest,
}

/// A questioned work.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionedWork {
    pub name: String,
    /// Its role in the case, such as `Questioned work A`.
    pub role: String,
    /// Of its file.
    pub sha256: Digest,
    /// Its size, and the part that was examined.
    pub extent: String,
    /// The examiner's remark; empty without one.
    pub note: String,
    /// The square that was examined; what was left of it; what came back.
    pub original: RgbImage,
    pub partial: RgbImage,
    pub recovered: RgbImage,
    /// Whether only the difference of the two models moved anything.
    pub by_difference_alone: bool,
    /// The score that the finding rests on; none if it could not be computed.
    pub score: Option<PrimaryScore>,
    pub other_scores: Vec<OtherScore>,
    pub not_evaluated: Vec<NotEvaluated>,
    pub warnings: Vec<String>,
    /// The same work in the further readings of its file that it was examined in.
    pub further: Vec<QuestionedWork>,
}

/// The score that was chosen before the run.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimaryScore {
    pub name: String,
    pub value: String,
    /// The direction in which it speaks, such as `higher speaks for use in training`.
    pub direction: String,
}

/// A score that is told besides.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherScore {
    pub name: String,
    pub recovered: String,
    /// Of the picture before anything was recovered.
    pub partial: String,
}

/// A score that is not there, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct NotEvaluated {
    pub name: String,
    pub reason: String,
}

/// The purpose of a control.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum ControlRole {
    /// Known not to have been used.
    Negative,
    /// Known to have been used.
    Positive,
    /// Made by the fine-tuned model.
    OwnOutput,
    /// Works of others, shown for context and no part of the finding.
    Context,
    /// Works of known use that were examined blind.
    Decoy,
    /// The questioned work with a model that cannot have seen it.
    NullRun,
    /// The program's test of itself.
    SelfTest,
}

/// A picture that was examined in the same way.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    pub role: ControlRole,
    pub name: String,
    /// The declaration of whoever supplied it.
    pub declared: String,
    /// The examiner's remark; empty without one.
    pub note: String,
    pub thumbnail: Option<RgbImage>,
    pub score: String,
    /// The reason why it was kept out: it is too much like another picture.
    pub kept_out: Option<String>,
}

/// The finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The two propositions that are weighed.
    pub propositions: [String; 2],
    /// In one short sentence.
    pub finding: Finding,
    /// The figures behind it, those of every questioned work.
    pub numbers: Vec<WorkNumbers>,
    /// The score and the controls that these figures are by, and what they depend on.
    pub numbers_by: String,
    /// The finding in full, one sentence a questioned work.
    pub sentences: Vec<String>,
    /// Limits to what the finding says, one sentence each.
    pub not_said: Vec<String>,
    /// Error rates of the method on controls: names and values.
    pub error_rates: Vec<(String, String)>,
    /// The validation dossiers that fit the case.
    pub validations: Vec<Validation>,
    /// The sentence that nothing was validated for such cases, and why; none where a dossier fits.
    pub not_validated: Option<String>,
    pub scale: Vec<ScaleStep>,
}

/// A validation of the program on works whose use is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Validation {
    /// The number of expectations that held, and those that did not.
    pub outcome: String,
    /// The condition under which it speaks for the case, where that is not known to be met.
    pub condition: Option<String>,
    /// Models, recipe, works, settings and author: names and values.
    pub facts: Vec<(String, String)>,
    pub rows: Vec<ValidationRow>,
}

/// A trial of a validation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValidationRow {
    /// The kind of case.
    pub situation: String,
    pub expected: String,
    /// The share that was called, with its interval.
    pub found: String,
    pub outcome: String,
    /// True if the expectation did not hold.
    pub failed: bool,
}

/// The figures of a questioned work; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkNumbers {
    /// The work's letter, such as `A`.
    pub work: String,
    pub score: String,
    pub p_value: String,
    pub likelihood_ratio: String,
    /// Of the ratio, on the side of 1.
    pub bound: String,
}

/// The result in one short sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    Evaluated(String),
    /// With the reason.
    NotEvaluated(String),
}

/// A row of the verbal scale.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaleStep {
    /// Such as `10 to 100`.
    pub range: String,
    pub words: String,
    /// The works that stand on it, such as `this case` or `A and B`; empty for the other rows.
    pub of: String,
}

/// A drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub title: String,
    /// An SVG document.
    pub svg: String,
    pub caption: String,
    /// The same in words, with its numbers, for who cannot see it.
    pub alternative: String,
}

/// A model.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Its role in the case, such as `Fine-tuned`.
    pub role: String,
    pub name: String,
    pub family: String,
    /// Of the list of its files with their hashes.
    pub sha256: Digest,
    /// As stated in the file: names and values.
    pub metadata: Vec<(String, String)>,
}

/// A setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    pub name: String,
    pub value: String,
    /// The preset's value, where it is another.
    pub deviates_from: Option<String>,
}

/// Another explanation.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    pub explanation: String,
    /// The steps taken about it, or that there were none.
    pub considered: String,
}

/// Instructions to do it again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reproduction {
    pub commands: Vec<String>,
    /// Differences to expect on another machine, and their size.
    pub tolerance: String,
}

/// An entry of the journal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CustodyEntry {
    pub number: u64,
    /// UTC.
    pub time: String,
    pub who: String,
    pub event: String,
    /// The first digits of its hash.
    pub hash: String,
}
