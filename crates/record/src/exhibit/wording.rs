//! The standing texts of an exhibit. They speak of use in training and of support for one proposition
//! over another; what follows from it in law is for a court.

mod certificate;
mod limits;
mod method;

pub use certificate::{CERTIFICATE, CERTIFICATE_NOTE, STATEMENT};
pub use limits::LIMITATIONS;
pub use method::{METHOD, REFERENCE};

use std::collections::BTreeSet;

use super::content::ControlRole;
use super::options::Section;
use palimpsest_base::digest::Digest;
use palimpsest_base::number_format::counted;

/// The kind of document.
pub const KIND: &str = "Report of an examination for use in training";

/// Instead of the examiner's name.
pub const NO_EXAMINER: &str = "Examiner not named";
pub const NO_PARTIES: &str = "Parties not named";

/// Over the sentences that bound the finding.
pub const NOT_SAID: &str = "What this finding does not say";

/// Instead of a finding.
pub const NOT_EVALUATED: &str = "Not evaluated.";

/// Before what the examiner remarks on an item.
pub const NOTE: &str = "Examiner’s note";

/// Labels of the three pictures, and what they are: whether the difference of the models alone moved anything
/// decides what may be said of the third.
pub const fn pictures(by_difference_alone: bool) -> [(&'static str, &'static str); 3] {
    [
        ("Original", "The work as it was examined"),
        ("Partial", "What was left after a part was removed"),
        (
            "Recovered",
            match by_difference_alone {
                true => "What the models’ difference put back",
                false => "What was put back, not by the models’ difference alone",
            },
        ),
    ]
}

/// Description of the attached file.
pub const RECORD: &str = "The record of the case as the program keeps it: settings, models, works, \
    SHA-256 of every file. It is what a second examiner starts from.";

/// Over the scale in words.
pub const SCALE: &str = "The scale in words, fixed before the examination, follows the guideline of the \
    European Network of Forensic Science Institutes for evaluative reporting.";

/// Mark of the row that is the case's.
pub const MARKED: &str = "What this case comes to is marked.";

/// Over the two propositions.
pub const PROPOSITIONS: &str = "The finding weighs two propositions against each other. It says how much \
    better one of them explains the score than the other, and not how likely either of them is.";

/// Over a validation.
pub const VALIDATION: &str = "Before this case the program was tried on works whose use is known, with models fine-tuned \
    for it. What was expected was fixed before anything was measured. Intervals are exact 95 % intervals of a share of \
    independent cases; those of one model share it and their controls, so that they are somewhat wider in truth. An \
    expectation failed where its interval lies wholly beyond it, and held where the cases do not contradict it. The \
    signature shows that the dossier was not changed since it was made; whose key it is, it does not show.";

/// Over the settings.
pub const SETTINGS: &str = "All pictures of the case, questioned works and controls alike, were examined \
    with these settings; the seeds of their random draws stand in the journal. What differs from the preset \
    is marked.";

/// Over the models.
pub const MODELS: &str = "The SHA-256 identifies the files to the last bit. What a file says about its \
    own training is shown as stated in it; such statements can be altered.";

/// Over the commands.
pub const REPRODUCTION: &str = "With the files of this case and the same version of the program, these \
    commands repeat the examination. The attached case.json holds every setting in full.";

/// Over the journal.
pub const CUSTODY: &str = "Every entry of the case’s journal holds the SHA-256 of the one before it, so \
    that nobody without its key can change an entry or take one out without a trace. Who holds the key could \
    write the whole anew; what bounds that is a timestamp, or an exhibit that was filed before. The journal \
    tells of this case and of no other; how many examinations of the model with this key came before, as the registry \
    beside the key has it, stands among the limits. Times are the machine’s own, in UTC.";

/// The exhibit by its number.
pub fn exhibit_name(number: &str) -> String {
    match number.trim() {
        "" => "Exhibit without a number".into(),
        number => format!("Exhibit {number}"),
    }
}

/// Statement of what a copy lacks.
pub fn left_out(sections: &BTreeSet<Section>) -> String {
    let titles: Vec<&str> = sections.iter().map(|section| section.title()).collect();
    let whole = match sections.len() == Section::ALL.len() {
        true => "This copy is the first page alone. ",
        false => "",
    };
    format!("{whole}Left out of this copy: {}.", titles.join("; "))
}

/// The alternative texts of a work's pictures.
pub fn alternatives(name: &str, by_difference_alone: bool) -> [String; 3] {
    let by = match by_difference_alone {
        true => "the difference between the two models",
        false => "the examination",
    };
    [
        format!("The original, “{name}”, as it was examined."),
        format!("“{name}” after a part of it was removed, from which the examination starts."),
        format!("What {by} put back of “{name}”."),
    ]
}

/// A kind of control: its heading, and what it is for.
pub fn control_role(role: ControlRole) -> (&'static str, &'static str) {
    match role {
        ControlRole::Negative => (
            "Negative controls",
            "Declared not to have been used. If so, they show how works score that the model has not seen; \
             the finding rests on them. They should be by the same hand and of the same kind as the \
             questioned work.",
        ),
        ControlRole::Positive => (
            "Positive controls",
            "Declared to have been used. If so, they show whether the examination finds, on this model, what is \
             there to be found.",
        ),
        ControlRole::OwnOutput => (
            "Pictures made by the fine-tuned model",
            "A model’s own pictures can score like works that it was trained on. They show how high \
             mere familiarity reaches.",
        ),
        ControlRole::Decoy => (
            "Blind decoys",
            "Works declared to have been used or not, which were examined among the questioned works under neutral \
             names, in an order drawn by chance. What the names stand for was sealed by a hash before the first score \
             and opened after the last. They show what the examination says of works about which nobody could \
             arrange the answer; they are no part of the finding.",
        ),
        ControlRole::Context => (
            "Works by others, for context",
            "Works unlike the questioned one. They are shown for context and are no part of the finding: \
             a model that has only learned a style scores such works low too.",
        ),
        ControlRole::NullRun => (
            "Runs with a model declared not to have seen the work",
            "The questioned work, examined with another model in place of the fine-tuned one. A high \
             score here would speak against the examination itself.",
        ),
        ControlRole::SelfTest => (
            "Self-test: the pretrained model in both places",
            "A questioned work, examined with the pretrained model in place of the fine-tuned one too and else \
             with the settings of the case. Nothing may move: what moves comes from the examination and not \
             from the fine-tuning.",
        ),
    }
}

/// Instead of the figures of works that have no room.
pub fn more_works(more: usize) -> String {
    let works = counted(more, "work", "works");
    format!("The figures of {works} more stand in the evaluation.")
}

/// A hash in groups of eight digits.
pub fn grouped(hash: &Digest) -> String {
    let digits: Vec<char> = hash.to_string().chars().collect();
    let groups: Vec<String> = digits
        .chunks(8)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}
