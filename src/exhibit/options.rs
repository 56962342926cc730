//! What of its content an exhibit shows, and on which paper.

use super::layout::FontFile;

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

/// The sections after the first page, which is always there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Sections {
    pub works: bool,
    pub controls: bool,
    pub evaluation: bool,
    pub method: bool,
    pub settings: bool,
    pub models: bool,
    pub alternatives: bool,
    pub limitations: bool,
    pub reproduction: bool,
    pub custody: bool,
    pub statement: bool,
}

impl Sections {
    /// Every section.
    pub const ALL: Self = Self {
        works: true,
        controls: true,
        evaluation: true,
        method: true,
        settings: true,
        models: true,
        alternatives: true,
        limitations: true,
        reproduction: true,
        custody: true,
        statement: true,
    };
    /// The first page alone.
    pub const NONE: Self = Self {
        works: false,
        controls: false,
        evaluation: false,
        method: false,
        settings: false,
        models: false,
        alternatives: false,
        limitations: false,
        reproduction: false,
        custody: false,
        statement: false,
    };
}

impl Default for Sections {
    fn default() -> Self {
        Self::ALL
    }
}

/// What an exhibit shows, and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub page: PageSize,
    pub sections: Sections,
    /// Whether a blank certificate of authenticity is added (Federal Rules of Evidence 902(13), (14)).
    pub certificate: bool,
    /// Fonts for scripts that the program's own fonts lack, such as Chinese.
    pub fonts: Vec<FontFile>,
}
