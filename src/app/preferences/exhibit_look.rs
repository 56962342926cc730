//! The look of the user's exhibits, kept for the next one: language, paper, sections that are left out, certificate.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::app::exhibit_preview::Form;
use crate::app::words;
use palimpsest_record::casework::exhibit::Cover;
use palimpsest_record::exhibit::{PageSize, Section};
use palimpsest_record::language::Language;

/// What is kept; the sections by their names. There is no language where it is to be that of the window.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct ExhibitLook {
    language: Option<Language>,
    letter: bool,
    left_out: BTreeSet<String>,
    certificate: bool,
}

impl ExhibitLook {
    pub fn of(form: &Form) -> Self {
        let left_out = form
            .left_out
            .iter()
            .map(|section| section.name().to_owned());
        Self {
            language: Some(form.language).filter(|language| *language != words::spoken()),
            letter: form.paper == PageSize::Letter,
            left_out: left_out.collect(),
            certificate: form.certificate,
        }
    }

    /// The language of the next exhibit.
    pub fn language(&self) -> Language {
        self.language.unwrap_or_else(words::spoken)
    }

    /// A form that looks so; names of sections that there are no more are passed over.
    pub fn form(&self, cover: Cover) -> Form {
        let left_out = Section::ALL.into_iter();
        let left_out = left_out.filter(|section| self.left_out.contains(section.name()));
        Form {
            language: self.language(),
            cover,
            paper: match self.letter {
                true => PageSize::Letter,
                false => PageSize::A4,
            },
            left_out: left_out.collect(),
            certificate: self.certificate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_comes_back_from_the_file() {
        let form = Form {
            language: Language::French,
            paper: PageSize::Letter,
            left_out: BTreeSet::from([Section::Models]),
            certificate: true,
            ..Form::default()
        };
        let text = serde_json::to_string(&ExhibitLook::of(&form)).unwrap();
        let read: ExhibitLook = serde_json::from_str(&text).unwrap();
        assert_eq!(read.form(Cover::default()), form);
        let usual: ExhibitLook = serde_json::from_str("{}").unwrap();
        assert_eq!(usual.form(Cover::default()), Form::default());
    }
}
