//! Random choices of works from the program's own generator: the same for a seed on every machine.

use palimpsest_base::philox::{Philox, Stream};

/// Choices kept apart for each part of a case: no part has as many as 2⁴⁰.
const PART_BITS: u32 = 40;

/// A sequence of choices.
pub(super) struct Choices {
    generator: Philox,
    stream: Stream,
    index: u64,
}

impl Choices {
    /// The sequence of `stream` for the `part`-th use of it in a case.
    pub(super) fn new(seed: u64, stream: Stream, part: u32) -> Self {
        Self {
            generator: Philox::new(seed),
            stream,
            index: u64::from(part) << PART_BITS,
        }
    }

    /// A place in `items`, every one equally likely; none if there are no items.
    fn place<T>(&mut self, items: &[T]) -> Option<usize> {
        let last = items.len().checked_sub(1)?;
        let place = self.generator.integer(self.stream, self.index, 0..=last);
        self.index += 1;
        Some(place)
    }

    /// Puts into `sample` as many items as there are, drawn with replacement.
    pub(super) fn with_replacement(&mut self, items: &[f64], sample: &mut Vec<f64>) {
        sample.clear();
        for _ in items {
            let chosen = self.place(items).and_then(|place| items.get(place));
            sample.extend(chosen);
        }
    }

    /// Brings `count` items to the front, every choice of them equally likely (Fisher and Yates).
    pub(super) fn bring_forward(&mut self, items: &mut [f64], count: usize) {
        let mut rest = items;
        for _ in 0..count {
            let Some(place) = self.place(rest) else {
                return;
            };
            rest.swap(0, place);
            let Some((_, left)) = rest.split_first_mut() else {
                return;
            };
            rest = left;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_comes_bring_forward_equally_often() {
        let mut choices = Choices::new(1, Stream::Permutation, 0);
        let mut found = [0_usize; 10];
        for _ in 0..10_000 {
            let mut items = [0.0, 1.0, 2.0, 3.0, 4.0];
            choices.bring_forward(&mut items, 2);
            let (a, b) = (items[0].min(items[1]), items[0].max(items[1]));
            found[(a * (9.0 - a) / 2.0 + b - a - 1.0) as usize] += 1;
        }
        // Chi-square with 9 degrees of freedom: 27.9 is passed once in a thousand.
        let square = |&n: &usize| (n as f64 - 1000.0).powi(2) / 1000.0;
        assert!(found.iter().map(square).sum::<f64>() < 27.9, "{found:?}");
    }

    #[test]
    fn parts_and_seeds_have_choices_of_their_own() {
        let items: Vec<f64> = (0..50).map(f64::from).collect();
        let drawn = |seed, part| {
            let mut sample = Vec::new();
            Choices::new(seed, Stream::Bootstrap, part).with_replacement(&items, &mut sample);
            sample
        };
        assert_eq!(drawn(1, 0), drawn(1, 0));
        assert_ne!(drawn(1, 0), drawn(1, 1));
        assert_ne!(drawn(1, 0), drawn(2, 0));
        assert_eq!(drawn(1, 0).len(), 50);
    }
}
