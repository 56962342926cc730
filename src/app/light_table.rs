//! The results as they are looked through: those that are listed, their order, and those that are selected.

mod changes;
mod selection;

use std::cmp::Ordering;

pub use self::selection::Selection;
use super::queue::{name_of, word};
use super::screens::mask_name;
use super::state::{Finished, State};
use crate::app::words::{fixed, say, signed};
use palimpsest_method::examination::Findings;
use palimpsest_method::mask::Mask;
use palimpsest_record::case::Role;

/// Form, order and choice of the results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResultsView {
    pub as_matrix: bool,
    pub sort: Option<(Column, bool)>,
    pub filter: ResultsFilter,
    pub selection: Selection,
}

/// A column of the table of results.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Column {
    Artwork,
    Role,
    Folder,
    Model,
    Mask,
    #[default]
    Direction,
    Gain,
    LossGap,
    Clip,
    Dino,
    Structural,
}

impl Column {
    /// Those that hold numbers.
    pub const SCORES: [Self; 6] = [
        Self::Direction,
        Self::Gain,
        Self::LossGap,
        Self::Clip,
        Self::Dino,
        Self::Structural,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Self::Artwork => say!("artwork"),
            Self::Role => say!("role"),
            Self::Folder => say!("folder"),
            Self::Model => say!("model"),
            Self::Mask => say!("mask"),
            Self::Direction => say!("direction"),
            Self::Gain => say!("gain-db"),
            Self::LossGap => say!("column-loss-gap"),
            Self::Clip => say!("clip"),
            Self::Dino => say!("dino"),
            Self::Structural => say!("ssim"),
        }
    }

    /// True if it holds texts, which begin at its edge, and not numbers, which end there.
    pub fn is_text(self) -> bool {
        !Self::SCORES.contains(&self)
    }

    pub fn number(self, finished: &Finished) -> Option<f64> {
        let findings = &finished.findings;
        let number = match self {
            Self::Artwork | Self::Role | Self::Folder | Self::Model | Self::Mask => None,
            Self::Direction => findings.recovery.direction,
            Self::Gain => findings.recovery.gain_db,
            Self::LossGap => Some(findings.loss_gap.value),
            Self::Clip => findings.similarity.clip,
            Self::Dino => findings.similarity.dino,
            Self::Structural => findings.similarity.structural,
        };
        number.filter(|number| number.is_finite())
    }

    pub fn text(self, finished: &Finished) -> String {
        match self {
            Self::Artwork => name_of(&finished.path),
            Self::Role => word(finished.role).to_owned(),
            // A path without a folder has none to show.
            Self::Folder => finished.path.parent().map(name_of).unwrap_or_default(),
            Self::Model => model_name(&finished.findings),
            Self::Mask => mask_name(finished.mask),
            Self::LossGap => self.number(finished).map_or("–".into(), |x| signed(x, 5)),
            Self::Direction | Self::Gain => {
                self.number(finished).map_or("–".into(), |x| signed(x, 3))
            }
            _ => self.number(finished).map_or("–".into(), |x| fixed(x, 3)),
        }
    }
}

/// The name of the fine-tuned model, as its folder or file is called.
pub fn model_name(findings: &Findings) -> String {
    name_of(findings.plan.finetuned.identity.path.as_path())
}

/// True if both were found with the same two models.
pub fn has_same_models(one: &Findings, other: &Findings) -> bool {
    let (a, b) = (&one.plan, &other.plan);
    a.finetuned.identity.sha256 == b.finetuned.identity.sha256
        && a.pretrained.identity.sha256 == b.pretrained.identity.sha256
        && a.finetuned.lora == b.finetuned.lora
        && a.finetuned.further == b.finetuned.further
}

/// A state of results.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum ResultState {
    #[default]
    Any,
    Starred,
    /// Its score, the one that the range is of, could not be computed.
    WithoutScore,
    /// Its findings have notes.
    WithNotes,
}

impl ResultState {
    pub const ALL: [Self; 4] = [
        Self::Any,
        Self::Starred,
        Self::WithoutScore,
        Self::WithNotes,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Self::Any => say!("any-state"),
            Self::Starred => say!("starred"),
            Self::WithoutScore => say!("without-the-score"),
            Self::WithNotes => say!("with-warnings"),
        }
    }
}

/// Properties that results must have to be listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResultsFilter {
    /// Words that stand in the path of the artwork.
    pub query: String,
    pub role: Option<Role>,
    pub mask: Option<Mask>,
    /// The models, by a result that was found with them.
    pub model: Option<usize>,
    pub state: ResultState,
    /// The score that the range is of.
    pub score: Column,
    /// The bounds as they were typed; an empty one is none.
    pub least: String,
    pub most: String,
}

impl ResultsFilter {
    /// True if it lets everything through.
    pub fn is_open(&self) -> bool {
        let open = Self {
            score: self.score,
            ..Self::default()
        };
        *self == open
    }
}

/// A text that is no number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NoNumber;

/// A bound as it was typed: none where nothing was, an error where it is no number.
pub fn bound(text: &str) -> Result<Option<f64>, NoNumber> {
    let text = text.trim().replace('−', "-").replace(',', ".");
    match text.as_str() {
        "" => Ok(None),
        text => {
            let number = text.parse::<f64>().map_err(|_| NoNumber)?;
            number.is_finite().then_some(Some(number)).ok_or(NoNumber)
        }
    }
}

impl State {
    /// The results that the filter lets through, in the order of the table.
    pub fn listed(&self) -> Vec<usize> {
        let filter = &self.results.filter;
        let words: Vec<String> = filter
            .query
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        // What is no number bounds nothing: its field says so.
        let bounds = [&filter.least, &filter.most].map(|text| bound(text).unwrap_or_default());
        let models = filter.model.and_then(|index| self.finished.get(index));
        let passes = |&index: &usize| {
            let finished = &self.finished[index];
            let path = match words.is_empty() {
                true => String::new(),
                false => finished.path.to_string_lossy().to_lowercase(),
            };
            let number = filter.score.number(finished);
            let is_in_range = match (bounds, number) {
                ([None, None], _) => true,
                (_, None) => false,
                ([least, most], Some(number)) => {
                    least.is_none_or(|least| number >= least)
                        && most.is_none_or(|most| number <= most)
                }
            };
            let state = match filter.state {
                ResultState::Any => true,
                ResultState::Starred => self.preferences.stars.holds(finished),
                ResultState::WithoutScore => number.is_none(),
                ResultState::WithNotes => !finished.findings.notes().is_empty(),
            };
            words.iter().all(|word| path.contains(word))
                && filter.role.is_none_or(|role| finished.role == role)
                && filter.mask.is_none_or(|mask| finished.mask == mask)
                && models.is_none_or(|it| has_same_models(&it.findings, &finished.findings))
                && is_in_range
                && state
        };
        let mut listed: Vec<usize> = (0..self.finished.len()).filter(passes).collect();
        if let Some((column, descending)) = self.results.sort {
            self.sort(&mut listed, column, descending);
        }
        listed
    }

    fn sort(&self, listed: &mut [usize], column: Column, descending: bool) {
        let turned = |order: Ordering| match descending {
            true => order.reverse(),
            false => order,
        };
        if column.is_text() {
            listed.sort_by_cached_key(|&index| column.text(&self.finished[index]));
            if descending {
                listed.reverse();
            }
            return;
        }
        let number = |index: usize| column.number(&self.finished[index]);
        // What has no score stands last in either order.
        listed.sort_by(|&a, &b| match (number(a), number(b)) {
            (Some(a), Some(b)) => turned(a.total_cmp(&b)),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
    }

    /// One result of each pair of models, in the order in which they came.
    pub fn models_of_results(&self) -> Vec<usize> {
        let mut models: Vec<usize> = Vec::new();
        for (index, finished) in self.finished.iter().enumerate() {
            let same = |&known: &usize| {
                has_same_models(&self.finished[known].findings, &finished.findings)
            };
            if !models.iter().any(same) {
                models.push(index);
            }
        }
        models
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_read_as_they_are_shown() {
        assert_eq!(bound(" −0,25 "), Ok(Some(-0.25)));
        assert_eq!(bound(""), Ok(None));
        assert_eq!(bound("much"), Err(NoNumber));
        assert_eq!(bound("inf"), Err(NoNumber));
    }
}
