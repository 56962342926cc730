//! From measurements to trials: each work is judged among its controls as a case judges it.

use super::material::Group;
use super::parts::{Measured, Pair};
use crate::gaps::judging::{Judgeable, Judged, contaminated, warned_of};
use palimpsest_record::validation::{CONTROLS_FOR_1_PERCENT, Share, Situation, Trial};

/// The trials of all hands, those that there are cases for.
pub(super) fn of(hands: &[Measured]) -> Vec<Trial> {
    let trials = Situation::ALL.into_iter();
    let trials = trials.map(|situation| trial(situation, hands));
    trials
        .filter(|trial| trial.at_5_percent.cases > 0)
        .collect()
}

/// A case: whether its controls are refused, and whether it is called at 5 % and at 1 %.
#[derive(Clone, Copy)]
struct Case {
    refused: bool,
    at_5: bool,
    at_1: bool,
}

fn trial(situation: Situation, hands: &[Measured]) -> Trial {
    let per_hand: Vec<Vec<Case>> = hands.iter().map(|hand| cases(situation, hand)).collect();
    let models = per_hand.iter().filter(|cases| !cases.is_empty()).count();
    let cases: Vec<Case> = per_hand.into_iter().flatten().collect();
    let count = |wanted: fn(&Case) -> bool| cases.iter().filter(|case| wanted(case)).count();
    let controls = hands
        .iter()
        .filter_map(|hand| hand.get(&(Pair::Right, Group::Own)));
    let enough = controls.map(Vec::len).min() >= Some(CONTROLS_FOR_1_PERCENT);
    // A warning is given at no level.
    let is_ranked = situation != Situation::ContaminationNoticed;
    let at_1 = || Share::of(count(|case| case.at_1), cases.len());
    Trial::of(
        situation,
        (models, count(|case| case.refused)),
        Share::of(count(|case| case.at_5), cases.len()),
        (enough && is_ranked).then(at_1),
    )
}

fn cases(situation: Situation, hand: &Measured) -> Vec<Case> {
    let works = |pair, group| hand.get(&(pair, group)).map_or(&[][..], Vec::as_slice);
    let right = |group| works(Pair::Right, group);
    let own = right(Group::Own);
    let judged = |asked: &[Judgeable], controls: &[Judgeable]| -> Vec<Case> {
        let judged = asked.iter().map(|work| Judged::of(work, controls));
        judged.map(Case::of).collect()
    };
    let with = |pair: Pair, asked: Group| judged(works(pair, asked), works(pair, Group::Own));
    match situation {
        Situation::Innocent => judged(right(Group::Innocent), own),
        Situation::Used => judged(right(Group::Used), own),
        Situation::OtherHand => judged(right(Group::Innocent), right(Group::OtherHand)),
        Situation::OtherFamily => judged(right(Group::Innocent), right(Group::OtherFamily)),
        Situation::ContaminatedControls => match right(Group::Used).first() {
            Some(used) => judged(right(Group::Innocent), &contaminated(own, used)),
            None => Vec::new(),
        },
        Situation::ContaminationNoticed => {
            let each = right(Group::Used).iter();
            each.map(|used| Case::noticed(&contaminated(own, used)))
                .collect()
        }
        Situation::OwnOutput => judged(right(Group::Output), own),
        Situation::FromOwnOutput => judged(right(Group::FromOutput), own),
        Situation::NearDuplicate => judged(right(Group::NearDuplicate), own),
        Situation::WrongBase => with(Pair::WrongBase, Group::Innocent),
        Situation::MergedInnocent => with(Pair::Merged, Group::Innocent),
        Situation::MergedUsed => with(Pair::Merged, Group::Used),
        Situation::OtherPromptInnocent => with(Pair::OtherPrompt, Group::Innocent),
        Situation::OtherPromptUsed => with(Pair::OtherPrompt, Group::Used),
    }
}

impl Case {
    fn of(judged: Judged) -> Self {
        Self {
            refused: judged.is_refused(),
            at_5: judged.is_called(0.05),
            at_1: judged.is_called(0.01),
        }
    }

    /// A case of the warning: noticed if the last of the controls is the one that a case warns of.
    fn noticed(controls: &[Judgeable]) -> Self {
        let last = controls.len().checked_sub(1);
        Self {
            refused: false,
            at_5: last.is_some() && warned_of(controls) == last,
            at_1: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pretraining::SIDE;
    use palimpsest_art::{Family, draw};
    use palimpsest_method::similarity::kinship::PictureKind;
    use palimpsest_method::verdict::Gaps;
    use palimpsest_record::validation::TrialOutcome;

    /// Works of one hand with these gaps; what is turned upside down knows nothing of them.
    fn works(first: u64, gaps: impl IntoIterator<Item = f64>) -> Vec<Judgeable> {
        let each = (first..).zip(gaps);
        each.map(|(work, upright)| Judgeable {
            gaps: Gaps {
                upright,
                turned: (work % 7) as f64 / 7.0,
            },
            kind: PictureKind::of(&draw(Family::Portrait, 9000, work, SIDE)),
        })
        .collect()
    }

    fn hand() -> Measured {
        let controls = || (0..20).map(|place| f64::from(place) / 20.0);
        Measured::from([
            ((Pair::Right, Group::Own), works(100, controls())),
            ((Pair::Right, Group::Innocent), works(200, controls())),
            ((Pair::Right, Group::Used), works(300, [40.0; 20])),
        ])
    }

    #[test]
    fn cases_are_counted_as_a_case_would_call_them() {
        let trials = of(&[hand(), hand()]);
        let found = |situation| trials.iter().find(|trial| trial.situation == situation);
        let innocent = found(Situation::Innocent).unwrap();
        assert_eq!((innocent.models, innocent.at_5_percent.cases), (2, 40));
        assert_eq!(innocent.outcome, TrialOutcome::Held);
        let used = found(Situation::Used).unwrap();
        assert_eq!(
            used.at_5_percent.called + used.refused,
            used.at_5_percent.cases,
            "what is used and not refused is called"
        );
        assert!(used.at_5_percent.called > 30, "{used:?}");
        let noticed = found(Situation::ContaminationNoticed).unwrap();
        assert_eq!(noticed.at_5_percent.called, 40);
        // What was not measured is not told of, and 1 % takes more controls.
        assert!(found(Situation::MergedUsed).is_none());
        assert!(trials.iter().all(|trial| trial.at_1_percent.is_none()));
    }
}
