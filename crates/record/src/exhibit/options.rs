//! Choice of the content that an exhibit shows, of its language and of the paper.

use std::collections::BTreeSet;

use super::layout::FontFile;
use crate::language::{Language, Texts};

/// Paper.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum PageSize {
    #[default]
    A4,
    Letter,
}

impl PageSize {
    /// Width and height in points.
    pub fn points(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.276, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// A section after the first page, which is always there.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Section {
    Works,
    Controls,
    Evaluation,
    Method,
    Settings,
    Models,
    Alternatives,
    Limitations,
    Reproduction,
    Custody,
    Statement,
}

impl Section {
    /// Every section, in the order of the document.
    pub const ALL: [Self; 11] = [
        Self::Works,
        Self::Controls,
        Self::Evaluation,
        Self::Method,
        Self::Settings,
        Self::Models,
        Self::Alternatives,
        Self::Limitations,
        Self::Reproduction,
        Self::Custody,
        Self::Statement,
    ];

    /// The name by which it is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Controls => "controls",
            Self::Evaluation => "evaluation",
            Self::Method => "method",
            Self::Settings => "settings",
            Self::Models => "models",
            Self::Alternatives => "alternatives",
            Self::Limitations => "limitations",
            Self::Reproduction => "reproduction",
            Self::Custody => "custody",
            Self::Statement => "statement",
        }
    }

    /// Its heading as it is printed, without the number.
    pub fn title(self, texts: &'static Texts) -> &'static str {
        texts.text(match self {
            Self::Works => "section-works",
            Self::Controls => "section-controls",
            Self::Evaluation => "section-evaluation",
            Self::Method => "section-method",
            Self::Settings => "section-settings",
            Self::Models => "section-models",
            Self::Alternatives => "section-alternatives",
            Self::Limitations => "section-limitations",
            Self::Reproduction => "section-reproduction",
            Self::Custody => "section-custody",
            Self::Statement => "section-statement",
        })
    }
}

/// Choice of what an exhibit shows, and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Of everything but what the record quotes.
    pub language: Language,
    pub page: PageSize,
    /// Sections that are not printed; the first page names it, so that nobody takes the copy for the whole.
    pub left_out: BTreeSet<Section>,
    /// True if a blank certificate of authenticity is added (Federal Rules of Evidence 902(13), (14)).
    pub certificate: bool,
    /// Fonts for scripts that the program's own fonts lack, such as Chinese.
    pub fonts: Vec<FontFile>,
}
