//! The standing texts of an exhibit, in its language. They speak of use in training and of support for one proposition
//! over another; what follows from it in law is for a court.

use std::collections::BTreeSet;

use super::content::{ControlRole, Finding};
use super::options::Section;
use crate::language::{Texts, args};
use palimpsest_base::digest::Digest;

/// The method in plain words, paragraph by paragraph.
pub const METHOD: [&str; 6] = [
    "method-1", "method-2", "method-3", "method-4", "method-5", "method-6",
];

/// Limits of every finding of this kind, each with a word or two ahead.
pub const LIMITATIONS: [(&str, &str); 12] = [
    ("limit-1", "limit-1-is"),
    ("limit-2", "limit-2-is"),
    ("limit-3", "limit-3-is"),
    ("limit-4", "limit-4-is"),
    ("limit-5", "limit-5-is"),
    ("limit-6", "limit-6-is"),
    ("limit-7", "limit-7-is"),
    ("limit-8", "limit-8-is"),
    ("limit-9", "limit-9-is"),
    ("limit-10", "limit-10-is"),
    ("limit-11", "limit-11-is"),
    ("limit-12", "limit-12-is"),
];

/// The statement that the examiner signs.
pub const STATEMENT: [&str; 5] = [
    "statement-1",
    "statement-2",
    "statement-3",
    "statement-4",
    "statement-5",
];

/// The test among sealed siblings, paragraph by paragraph.
pub const SIBLINGS_METHOD: [&str; 4] = [
    "siblings-method-1",
    "siblings-method-2",
    "siblings-method-3",
    "siblings-method-4",
];

/// The statement on it that the examiner signs.
pub const SIBLINGS_STATEMENT: [&str; 5] = [
    "statement-1",
    "siblings-statement-2",
    "siblings-statement-3",
    "siblings-statement-4",
    "statement-5",
];

/// The points that a qualified person certifies.
pub const CERTIFICATE: [&str; 5] = [
    "certificate-1",
    "certificate-2",
    "certificate-3",
    "certificate-4",
    "certificate-5",
];

/// Labels of the three pictures, and what they are: whether the difference of the models alone moved anything
/// decides what may be said of the third.
pub fn pictures(
    texts: &'static Texts,
    by_difference_alone: bool,
) -> [(&'static str, &'static str); 3] {
    let recovered = match by_difference_alone {
        true => texts.text("recovered-is"),
        false => texts.text("recovered-is-impure"),
    };
    [
        (texts.text("original"), texts.text("original-is")),
        (texts.text("partial"), texts.text("partial-is")),
        (texts.text("recovered"), recovered),
    ]
}

/// The exhibit by its number.
pub fn exhibit_name(texts: &Texts, number: &str) -> String {
    match number.trim() {
        "" => texts.text("exhibit-without-number").to_owned(),
        number => texts.with("exhibit-number", &args!["number" => number]),
    }
}

/// Statement of what a copy lacks.
pub fn left_out(texts: &'static Texts, sections: &BTreeSet<Section>) -> String {
    let titles: Vec<&str> = sections
        .iter()
        .map(|section| section.title(texts))
        .collect();
    let missing = texts.with("left-out", &args!["sections" => titles.join("; ")]);
    match sections.len() == Section::ALL.len() {
        true => texts.with("first-page-alone", &args!["missing" => missing]),
        false => missing,
    }
}

/// The alternative texts of a work's pictures.
pub fn alternatives(texts: &Texts, name: &str, by_difference_alone: bool) -> [String; 3] {
    let recovered = match by_difference_alone {
        true => "recovered-of",
        false => "recovered-of-impure",
    };
    ["original-of", "partial-of", recovered].map(|id| texts.with(id, &args!["name" => name]))
}

/// A finding, or that there is none and why.
pub fn finding(texts: &Texts, finding: &Finding) -> String {
    match finding {
        Finding::Evaluated(sentence) => sentence.clone(),
        Finding::NotEvaluated(reason) => {
            texts.with("not-evaluated-because", &args!["reason" => reason.as_str()])
        }
    }
}

/// A text with what it is called by before it.
pub fn titled(texts: &Texts, title: &str, text: &str) -> String {
    texts.with("titled", &args!["title" => title, "text" => text])
}

/// A kind of control: its heading, and what it is for.
pub fn control_role(texts: &'static Texts, role: ControlRole) -> (&'static str, &'static str) {
    let (heading, text) = match role {
        ControlRole::Negative => ("controls-negative", "controls-negative-are"),
        ControlRole::Positive => ("controls-positive", "controls-positive-are"),
        ControlRole::OwnOutput => ("controls-own-output", "controls-own-output-are"),
        ControlRole::Decoy => ("controls-decoy", "controls-decoy-are"),
        ControlRole::Context => ("controls-context", "controls-context-are"),
        ControlRole::NullRun => ("controls-null-run", "controls-null-run-are"),
        ControlRole::SelfTest => ("controls-self-test", "controls-self-test-are"),
    };
    (texts.text(heading), texts.text(text))
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
