//! The paper's tables and figures as rows of cells.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::cell::Cell;
use super::material::Kind;
use super::plan::{Plan, Wanted};
use super::published::{self, Published};

mod parts;
mod planner;
mod rows;

use planner::Planner;

/// A table or figure.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub enum Table {
    /// Methods and fine-tunings.
    #[serde(rename = "1")]
    Methods,
    /// Base models.
    #[serde(rename = "2")]
    Models,
    /// Numbers of training pictures.
    #[serde(rename = "3")]
    Pictures,
    /// Defences.
    #[serde(rename = "4")]
    Defences,
    /// What the method is made of: start, contrast, noise. The paper's fifth table is in its appendix, which is not at
    /// hand: this one stands in its place.
    #[serde(rename = "5")]
    Parts,
    /// Masks.
    #[serde(rename = "6")]
    Masks,
    /// Membership scores that make no picture (appendix G).
    #[serde(rename = "g")]
    Membership,
    /// Precautions on the pictures.
    #[serde(rename = "p")]
    Precautions,
    /// Training steps.
    #[serde(rename = "3a")]
    TrainingSteps,
    /// Extraction steps.
    #[serde(rename = "3b")]
    ExtractionSteps,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Methods,
        Self::Models,
        Self::Pictures,
        Self::Defences,
        Self::Parts,
        Self::Masks,
        Self::Membership,
        Self::Precautions,
        Self::TrainingSteps,
        Self::ExtractionSteps,
    ];

    /// Its number in the paper.
    pub const fn number(self) -> &'static str {
        match self {
            Self::Methods => "1",
            Self::Models => "2",
            Self::Pictures => "3",
            Self::Defences => "4",
            Self::Parts => "5",
            Self::Masks => "6",
            Self::Membership => "g",
            Self::Precautions => "p",
            Self::TrainingSteps => "3a",
            Self::ExtractionSteps => "3b",
        }
    }

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Methods => {
                "Table 1. CGI-DM and other pipelines under different fine-tuning methods"
            }
            Self::Models => "Table 2. Other models",
            Self::Pictures => "Table 3. Number of training pictures",
            Self::Defences => "Table 4. Defences",
            Self::Parts => {
                "Table 5. Parts of the method (not the paper's table of this number, which is in its appendix)"
            }
            Self::Masks => "Table 6. Ways of removing partial information (figure 4)",
            Self::Membership => {
                "Appendix G. Membership scores without pictures, and those that came after"
            }
            Self::Precautions => {
                "Precautions on the training pictures (not in the paper); the works examined as they were before"
            }
            Self::TrainingSteps => "Figure 3a. Training steps a picture",
            Self::ExtractionSteps => "Figure 3b. Extraction steps",
        }
    }

    /// True if it is made of works of that kind.
    pub fn needs(self, kind: Kind) -> bool {
        kind == Kind::Style || self == Self::Methods
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}

impl FromStr for Table {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|table| table.number() == text);
        found.ok_or_else(|| "it must be a table, 1 to 6, g or p, or a figure, 3a or 3b".into())
    }
}

/// A table with the cells of its rows.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct PlannedTable {
    pub table: Table,
    pub sections: Vec<Section>,
}

/// Rows of one kind of works.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Section {
    pub heading: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row: an entry a column.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Row {
    pub label: String,
    pub entries: Vec<Entry>,
}

/// The cells whose works an entry is computed of, and what the paper has there.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Entry {
    /// Of every class one; none where nothing is planned.
    pub cells: Vec<String>,
    pub published: Option<Published>,
}

/// Members that must be at hand for every hand: table 3 takes more.
pub(super) fn most_members(wanted: &Wanted) -> usize {
    let many = wanted.tables.contains(&Table::Pictures);
    let counts = published::TABLE_3.iter().map(|(count, _)| *count);
    let counts = counts.filter(|count| many && *count <= wanted.scale.most_pictures);
    counts.chain([wanted.amount.works]).max().unwrap_or(0)
}

/// The tables, and all their cells, each once, after those that it needs.
pub(super) fn planned(
    plan: &Plan,
    tables: &[Table],
    works: usize,
) -> (Vec<PlannedTable>, Vec<Cell>) {
    let mut planner = Planner {
        plan,
        works,
        cells: Vec::new(),
    };
    let mut wanted = tables.to_vec();
    wanted.sort();
    wanted.dedup();
    let tables = wanted.iter().map(|&table| PlannedTable {
        table,
        sections: planner.sections(table),
    });
    (tables.collect(), planner.cells)
}
