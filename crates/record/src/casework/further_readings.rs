//! The examinations that further readings come to: of questioned works and of those that they are weighed by, in the
//! readings in which some questioned work is another picture.

use std::collections::BTreeSet;

use crate::case::Role;
use palimpsest_method::artwork::{Reading, Readings};

/// A work as further readings see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadWork {
    pub role: Role,
    /// True if its file is another picture as it is stored than as it is seen.
    pub differs: bool,
}

/// The further readings that are examined, and in each of them the works by their places: questioned ones first.
pub fn further_examinations(
    asked: &Readings,
    works: &[ReadWork],
) -> (Vec<Reading>, Vec<(usize, Reading)>) {
    let own = |role: Role| {
        let works = works.iter().enumerate();
        works.filter(move |(_, work)| work.role == role)
    };
    let others = |work: &ReadWork| Reading::others(asked.first, &asked.further, work.differs);
    let needed: BTreeSet<String> = own(Role::Questioned)
        .flat_map(|(_, work)| others(work))
        .map(|reading| reading.to_string())
        .collect();
    let is_needed = |reading: &Reading| needed.contains(&reading.to_string());
    let roles = [Role::Questioned, Role::Negative, Role::Positive];
    let works = roles.into_iter().flat_map(own);
    let works = works.flat_map(|(place, work)| {
        let others = others(work).into_iter();
        others
            .filter(is_needed)
            .map(move |reading| (place, reading))
    });
    let works = works.collect();
    let further = asked.further.iter().copied();
    (further.filter(is_needed).collect(), works)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_other_pictures_of_questioned_works_and_their_controls_are_examined_again() {
        let work = |role, differs| ReadWork { role, differs };
        let count = |readings: &str, works: &[ReadWork]| {
            let (readings, works) = further_examinations(&readings.parse().unwrap(), works);
            (readings.len(), works.len())
        };
        let (asked, control) = (Role::Questioned, Role::Negative);
        let plain = [
            work(asked, false),
            work(control, false),
            work(control, true),
        ];
        // A control that is stored otherwise is of no use where the questioned work is not.
        assert_eq!(count("both", &plain), (0, 0));
        let turned = [work(asked, true), work(control, false), work(control, true)];
        assert_eq!(count("both", &turned), (1, 2));
        assert_eq!(count("as-seen", &turned), (0, 0));
        assert_eq!(count("as-seen,as-seen-mirrored", &plain), (1, 3));
        let all = "as-seen,as-stored,as-seen-mirrored,as-stored-mirrored";
        assert_eq!(count(all, &turned), (3, 3 + 1 + 3));
        let others = [
            work(asked, true),
            work(Role::Positive, true),
            work(Role::Context, true),
        ];
        // Works for context are no part of the finding.
        assert_eq!(count("both", &others), (1, 2));
    }
}
