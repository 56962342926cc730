//! Changes of the light table by commands: search, selection, stars, two results beside each other.

use std::collections::BTreeSet;

use super::{ResultsFilter, Selection};
use crate::app::state::{Grade, State};
use crate::app::words::say;

impl State {
    pub(in crate::app) fn filter_results(&mut self, filter: ResultsFilter) {
        self.results.filter = filter;
        // Nothing is done to what is not seen.
        let listed: BTreeSet<usize> = self.listed().into_iter().collect();
        let selection = &mut self.results.selection;
        selection.chosen.retain(|index| listed.contains(index));
    }

    /// Selects results; that which was reached is the one that is shown elsewhere.
    pub(in crate::app) fn select_results(&mut self, selection: Selection) {
        self.chosen = selection.reached.or(self.chosen);
        self.beside = None;
        let reached = selection.reached.and_then(|index| self.finished.get(index));
        let work = reached.and_then(|result| self.queue.by_path(&result.path));
        self.queue.selected = work.map(|work| work.id).or(self.queue.selected);
        self.results.selection = selection;
    }

    /// Shows the two results that are selected beside each other.
    pub(in crate::app) fn compare_selected(&mut self) {
        let mut chosen = self.results.selection.chosen.iter().copied();
        if let (Some(one), Some(other)) = (chosen.next(), chosen.next()) {
            self.show_result(one);
            self.beside = Some(other);
        }
    }

    /// Stars the results that are selected, or takes their stars away where all have one.
    pub(in crate::app) fn star_selected(&mut self) {
        let chosen: Vec<usize> = self.results.selection.chosen.iter().copied().collect();
        let mut results = chosen.iter().filter_map(|&index| self.finished.get(index));
        let starred = results.all(|result| self.preferences.stars.holds(result));
        self.star(&chosen, !starred);
    }

    pub(in crate::app) fn star(&mut self, results: &[usize], starred: bool) {
        let mut is_kept = true;
        for finished in results.iter().filter_map(|&index| self.finished.get(index)) {
            match self.is_only_looked_at(&finished.case) {
                true => is_kept = false,
                false => self.preferences.stars.set(finished, starred),
            }
        }
        if !is_kept {
            self.say(Grade::Note, say!("of-a-case-that-was-opened"));
        }
        self.keep();
    }
}
