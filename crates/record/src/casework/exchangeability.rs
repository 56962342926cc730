//! Exchangeability of the negative controls with the questioned works, as the models show it: a rank among works of
//! another hand says nothing, and a used work among the controls hides another.

use super::assessed_work::AssessedWork;
use crate::case::Role;
use palimpsest_method::verdict::{Gaps, StyleLead, used_among};

/// Compares what the model knows of each questioned work, as it is and turned upside down, with the negative controls.
pub(super) fn compare_styles(works: &mut [AssessedWork]) {
    let counted =
        |work: &&AssessedWork| work.role == Role::Negative && work.near_duplicate.is_none();
    let controls: Vec<Gaps> = (works.iter().filter(counted))
        .filter_map(|work| work.gaps)
        .collect();
    for work in works
        .iter_mut()
        .filter(|work| work.role == Role::Questioned)
    {
        work.style = work.gaps.and_then(|gaps| StyleLead::of(gaps, &controls));
    }
}

/// Marks the negative control that stands out from the others as a used work would.
pub(super) fn mark_standing_out(works: &mut [AssessedWork]) {
    let places = works.iter().enumerate();
    let controls: Vec<(usize, f64)> = places
        .filter(|(_, work)| work.role == Role::Negative)
        .filter_map(|(place, work)| Some((place, work.counted()?)))
        .collect();
    let scores: Vec<f64> = controls.iter().map(|(_, score)| *score).collect();
    // The loss gaps of cases of before the turned pictures were measured are not all there.
    let gaps = controls.iter().map(|(place, _)| works.get(*place)?.gaps);
    let gaps: Option<Vec<Gaps>> = gaps.collect();
    let Some((highest, found)) = used_among(&scores, gaps.as_deref()) else {
        return;
    };
    let place = controls.get(highest).map(|(place, _)| *place);
    if let Some(work) = place.and_then(|place| works.get_mut(place)) {
        work.stands_out = Some(found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn work(name: &str, role: &str, score: f64, turned: f64) -> AssessedWork {
        let value = json!({
            "name": name, "role": role, "folders": [], "score": score, "repetitions": [score],
            "gaps": {"upright": score, "turned": turned},
        });
        serde_json::from_value(value).unwrap()
    }

    /// A questioned work and twelve controls, of which one scores `odd`.
    fn works(questioned: (f64, f64), odd: f64) -> Vec<AssessedWork> {
        let turned = [0.3, 0.9, 0.1, 0.6, 0.0, 0.8, 0.4, 1.0, 0.2, 0.7, 0.5, 1.1];
        let controls = turned.into_iter().zip(0_u8..).map(|(turned, place)| {
            let score = if place == 4 {
                odd
            } else {
                f64::from(place) / 10.0
            };
            work(&format!("control {place}"), "negative", score, turned)
        });
        let asked = work("asked", "questioned", questioned.0, questioned.1);
        std::iter::once(asked).chain(controls).collect()
    }

    #[test]
    fn a_control_that_scores_as_a_used_work_would_is_marked() {
        let mut fit = works((0.5, 0.5), 0.4);
        mark_standing_out(&mut fit);
        assert!(fit.iter().all(|work| work.stands_out.is_none()));
        let mut used = works((0.5, 0.5), 20.0);
        mark_standing_out(&mut used);
        let marked: Vec<&str> = used
            .iter()
            .filter(|work| work.stands_out.is_some())
            .map(|work| work.name.as_str())
            .collect();
        assert_eq!(marked, ["control 4"]);
    }

    #[test]
    fn a_control_far_beyond_its_own_turned_picture_is_marked_though_others_score_as_high() {
        let marked = |beyond: f64| {
            let mut works = works((0.5, 0.5), 0.4);
            for (work, place) in works.iter_mut().skip(1).zip(0_u8..) {
                let style = f64::from(place * 5 % 12);
                let noise = f64::from(place % 4) / 10.0;
                let upright = style + noise + if place == 4 { beyond } else { 0.0 };
                work.score = Some(upright);
                work.gaps = Some(Gaps {
                    upright,
                    turned: style,
                });
            }
            mark_standing_out(&mut works);
            let marked = works
                .iter()
                .filter_map(|work| Some((&work.name, work.stands_out?)));
            let marked = marked.map(|(name, found)| (name.clone(), found.beyond_turned));
            marked.collect::<Vec<_>>()
        };
        assert_eq!(marked(0.0), []);
        assert_eq!(marked(2.0), [("control 4".to_owned(), true)]);
    }

    #[test]
    fn controls_do_not_serve_a_work_that_leads_upside_down_as_well() {
        let unfit = |gaps| {
            let mut works = works(gaps, 0.4);
            compare_styles(&mut works);
            works[0].unfit_controls()
        };
        assert_eq!(unfit((0.5, 0.5)), None);
        // Used: far beyond its own turned picture.
        assert_eq!(unfit((9.0, 0.6)), None);
        let why = unfit((6.0, 6.0)).unwrap();
        assert!(
            why.starts_with("the controls are not like the work: even turned"),
            "{why}"
        );
    }
}
