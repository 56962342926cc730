//! Results that are selected: one, several, a range of the table.

use std::collections::BTreeSet;

/// The results that are selected, by their places among all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    pub chosen: BTreeSet<usize>,
    /// Where a range begins.
    anchor: Option<usize>,
    /// The result that keys and clicks reached last.
    pub reached: Option<usize>,
}

impl Selection {
    pub fn only(index: usize) -> Self {
        Self {
            chosen: BTreeSet::from([index]),
            anchor: Some(index),
            reached: Some(index),
        }
    }

    /// The selection after `index` was reached in the list `order`: alone, added or taken out, or with all from
    /// where the range begins.
    pub fn reaching(&self, order: &[usize], index: usize, toggles: bool, extends: bool) -> Self {
        let place = |wanted: usize| order.iter().position(|&it| it == wanted);
        if extends
            && let Some(anchor) = self.anchor
            && let (Some(from), Some(to)) = (place(anchor), place(index))
        {
            let range = &order[from.min(to)..=from.max(to)];
            let before = if toggles {
                self.chosen.clone()
            } else {
                BTreeSet::new()
            };
            return Self {
                chosen: before.into_iter().chain(range.iter().copied()).collect(),
                anchor: Some(anchor),
                reached: Some(index),
            };
        }
        if !toggles {
            return Self::only(index);
        }
        let mut chosen = self.chosen.clone();
        if !chosen.remove(&index) {
            chosen.insert(index);
        }
        Self {
            chosen,
            anchor: Some(index),
            reached: Some(index),
        }
    }

    /// All that is listed.
    pub fn all(&self, order: &[usize]) -> Self {
        Self {
            chosen: order.iter().copied().collect(),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(selection: &Selection) -> Vec<usize> {
        selection.chosen.iter().copied().collect()
    }

    #[test]
    fn a_range_follows_the_order_of_the_table() {
        let order = [4, 2, 7, 0];
        let one = Selection::default().reaching(&order, 2, false, false);
        let range = one.reaching(&order, 0, false, true);
        assert_eq!(chosen(&range), [0, 2, 7]);
        // It turns about where it began.
        let turned = range.reaching(&order, 4, false, true);
        assert_eq!(chosen(&turned), [2, 4]);
        let without = turned.reaching(&order, 2, true, false);
        assert_eq!(chosen(&without), [4]);
        assert_eq!(chosen(&without.all(&order)), [0, 2, 4, 7]);
    }

    #[test]
    fn a_range_that_begins_outside_the_list_begins_anew() {
        let one = Selection::only(9);
        assert_eq!(one.reaching(&[1, 2], 2, false, true), Selection::only(2));
    }
}
