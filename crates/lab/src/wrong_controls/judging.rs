//! From measured works to rates: each questioned work is judged among a group of controls as a case judges it.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::Serialize;

use super::{Drawn, Group, Set};
use crate::gaps::judging::{self, Judgeable};
use crate::pretraining::SIDE;
use palimpsest_art::{Family, draw};
use palimpsest_method::similarity::kinship::PictureKind;
use palimpsest_method::verdict::{Gaps, Proportion};

/// Two-sided 95 % point of the normal distribution; sets are many.
const Z: f64 = 1.96;

/// A share of works over sets of as many each: works of a set share model and controls, and are not independent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rate {
    pub value: f64,
    /// 95 % interval: the wider of that by the spread between sets and that by single works, which is there where sets
    /// do not differ.
    pub low: f64,
    pub high: f64,
}

/// The rates of a group of controls.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rates {
    pub sets: usize,
    pub works: usize,
    /// Works with p ≤ 0.05 if nothing were refused.
    pub accused_unchecked: Rate,
    /// Works for which the controls were refused: by colours and structure, by what the model learnt, by either.
    pub refused_by_kind: Rate,
    pub refused_by_style: Rate,
    pub refused: Rate,
    /// Works with p ≤ 0.05 for which they were not.
    pub accused: Rate,
}

/// What is true of one questioned work, in the order of the fields of [`Rates`].
type Judged = [bool; 5];

/// The rates of every group.
pub fn rates(sets: &[Set]) -> BTreeMap<Group, Rates> {
    let mut groups: BTreeMap<Group, Vec<Vec<Judged>>> = BTreeMap::new();
    for set in sets {
        let questioned = judgeable(&set.questioned);
        for (group, controls) in &set.controls {
            let judged = judged(&questioned, &judgeable(controls));
            groups.entry(*group).or_default().push(judged);
        }
    }
    let rates = |sets: Vec<Vec<Judged>>| {
        let [unchecked, kind, style, refused, accused] =
            std::array::from_fn(|which| rate(&sets, which));
        Rates {
            sets: sets.len(),
            works: sets.iter().map(Vec::len).sum(),
            accused_unchecked: unchecked,
            refused_by_kind: kind,
            refused_by_style: style,
            refused,
            accused,
        }
    };
    groups
        .into_iter()
        .map(|(group, sets)| (group, rates(sets)))
        .collect()
}

fn judged(questioned: &[Judgeable], controls: &[Judgeable]) -> Vec<Judged> {
    let judge = |work: &Judgeable| {
        let found = judging::Judged::of(work, controls);
        [
            found.ranks_within(0.05),
            found.by_kind,
            found.by_style,
            found.is_refused(),
            found.is_called(0.05),
        ]
    };
    questioned.iter().map(judge).collect()
}

pub(super) fn judgeable(drawn: &Drawn) -> Vec<Judgeable> {
    // A set with a family of another name was not read, and none is made.
    let Ok(family) = Family::from_str(&drawn.family) else {
        return Vec::new();
    };
    let works = drawn.works.iter();
    let works = works.map(|work| Judgeable {
        gaps: Gaps {
            upright: work.gap,
            turned: work.turned,
        },
        kind: PictureKind::of(&draw(family, drawn.hand, work.work, SIDE)),
    });
    works.collect()
}

fn rate(sets: &[Vec<Judged>], which: usize) -> Rate {
    let hits = sets.iter().map(|set| {
        let hits = set.iter().map(|work| work.get(which) == Some(&true));
        hits.collect()
    });
    rate_of(&hits.collect::<Vec<_>>())
}

/// The share of hits over sets.
pub(super) fn rate_of(sets: &[Vec<bool>]) -> Rate {
    let hits = |set: &Vec<bool>| set.iter().filter(|hit| **hit).count();
    let works = sets.iter().map(Vec::len).sum::<usize>().max(1);
    let single = Proportion::of(sets.iter().map(hits).sum(), works).interval;
    let share = |set: &Vec<bool>| hits(set) as f64 / set.len().max(1) as f64;
    let shares: Vec<f64> = sets.iter().map(share).collect();
    let count = shares.len().max(1) as f64;
    let value = shares.iter().sum::<f64>() / count;
    let squares: f64 = shares.iter().map(|share| (share - value).powi(2)).sum();
    let reach = Z * (squares / (count - 1.0).max(1.0) / count).sqrt();
    Rate {
        value,
        low: (value - reach).clamp(0.0, single.low),
        high: (value + reach).clamp(single.high, 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wrong_controls::Measured;

    fn drawn(family: Family, from: u64, gaps: &[f64], turned: &[f64]) -> Drawn {
        let works = (from..).zip(gaps.iter().zip(turned));
        let works = works.map(|(work, (&gap, &turned))| Measured { work, gap, turned });
        Drawn {
            family: family.name().into(),
            hand: 1500,
            works: works.collect(),
        }
    }

    #[test]
    fn an_innocent_above_wrong_controls_is_counted_unless_one_of_the_checks_refuses_them() {
        let spread: Vec<f64> = (0..20).map(|place| f64::from(place) / 20.0).collect();
        let turned_spread: Vec<f64> = spread.iter().rev().copied().collect();
        let set = |turned: f64| Set {
            questioned: drawn(Family::Portrait, 0, &[2.0], &[turned]),
            controls: vec![
                (
                    Group::Own,
                    drawn(Family::Portrait, 100, &spread, &turned_spread),
                ),
                (
                    Group::OtherFamily,
                    drawn(Family::Grid, 100, &spread, &turned_spread),
                ),
            ],
            used: None,
        };
        let found = rates(&[set(0.5), set(9.0)]);
        let own = found[&Group::Own];
        assert_eq!(
            (own.sets, own.works, own.accused_unchecked.value),
            (2, 2, 1.0)
        );
        assert_eq!((own.refused_by_style.value, own.accused.value), (0.5, 0.5));
        // Two sets that differ say little.
        assert_eq!((own.accused.low, own.accused.high), (0.0, 1.0));
        let other = found[&Group::OtherFamily];
        assert_eq!((other.refused.value, other.accused.value), (1.0, 0.0));
    }
}
