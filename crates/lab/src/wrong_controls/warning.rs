//! How often a case warns of a control as one that may have been used: of sets in which none was, and of sets in which a
//! work that the model was fine-tuned on stands in the place of one.

use serde::Serialize;

use super::Set;
use super::judging::{Rate, judgeable, rate_of};
use crate::gaps::judging::{contaminated, warned_of};
use crate::wrong_controls::Group;

/// The rates of the warning.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Warnings {
    /// Sets of controls none of which was used, and the share of them in which one is named.
    pub unused: usize,
    pub named_wrongly: Rate,
    /// Sets of controls of the questioned works' hand with a used work among them, and the share in which it is named.
    pub contaminated: usize,
    pub named: Rate,
}

/// The rates over all sets; none where no used work was measured.
pub fn warnings(sets: &[Set]) -> Option<Warnings> {
    let (mut unused, mut mixed) = (Vec::new(), Vec::new());
    for set in sets {
        let controls = set.controls.iter();
        let controls: Vec<_> = controls
            .map(|(group, drawn)| (*group, judgeable(drawn)))
            .collect();
        let wrongly = controls.iter().map(|(_, it)| warned_of(it).is_some());
        unused.push(wrongly.collect::<Vec<bool>>());
        let own = controls.iter().find(|(group, _)| *group == Group::Own);
        if let (Some((_, own)), Some(used)) = (own, &set.used) {
            let each = judgeable(used).into_iter().map(|used| {
                let among = contaminated(own, &used);
                warned_of(&among).is_some_and(|place| place + 1 == among.len())
            });
            mixed.push(each.collect::<Vec<bool>>());
        }
    }
    let count = |sets: &[Vec<bool>]| sets.iter().map(Vec::len).sum();
    (!mixed.is_empty()).then(|| Warnings {
        unused: count(&unused),
        named_wrongly: rate_of(&unused),
        contaminated: count(&mixed),
        named: rate_of(&mixed),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wrong_controls::{Drawn, Measured};
    use palimpsest_art::Family;

    /// Works whose gaps follow those of their turned pictures, but for what each has beyond.
    fn drawn(from: u64, beyond: &[f64]) -> Drawn {
        let works = (from..).zip(beyond).map(|(work, beyond)| {
            let turned = (work * 5 % 13) as f64;
            Measured {
                work,
                gap: turned + beyond,
                turned,
            }
        });
        Drawn {
            family: Family::Portrait.name().into(),
            hand: 1500,
            works: works.collect(),
        }
    }

    #[test]
    fn a_used_work_is_counted_where_it_is_named_and_an_unused_one_where_it_is() {
        let noise: Vec<f64> = (0..20).map(|place| f64::from(place % 5)).collect();
        let set = |used: f64| Set {
            questioned: drawn(0, &[1.0]),
            controls: vec![(Group::Own, drawn(100, &noise))],
            used: Some(drawn(200, &[used, 2.0])),
        };
        let found = warnings(&[set(30.0), set(2.0)]).unwrap();
        assert_eq!((found.unused, found.contaminated), (2, 4));
        assert_eq!((found.named_wrongly.value, found.named.value), (0.0, 0.25));
        let mut before = set(30.0);
        before.used = None;
        assert_eq!(warnings(&[before]), None);
    }
}
