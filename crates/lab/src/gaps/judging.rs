//! A work among controls, judged as a case judges it: refused where the controls are not like it, else ranked.

use palimpsest_method::similarity::kinship::{Kinship, PictureKind};
use palimpsest_method::verdict::{Gaps, StyleLead, p_value, used_among};

/// A work as far as it is judged.
#[derive(Clone, Debug)]
pub(crate) struct Judgeable {
    pub gaps: Gaps,
    pub kind: PictureKind,
}

/// Judgement on a work among its controls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Judged {
    /// The controls are refused by colours and structure.
    pub by_kind: bool,
    /// They are refused by what the model learnt.
    pub by_style: bool,
    /// Its rank among them, whether they are refused or not; none with too few.
    pub p: Option<f64>,
}

impl Judged {
    /// The judgement on `work` among `controls`.
    pub fn of(work: &Judgeable, controls: &[Judgeable]) -> Self {
        let kinds: Vec<PictureKind> = controls.iter().map(|it| it.kind.clone()).collect();
        let gaps: Vec<Gaps> = controls.iter().map(|it| it.gaps).collect();
        let upright: Vec<f64> = gaps.iter().map(|gaps| gaps.upright).collect();
        Self {
            by_kind: Kinship::of(&work.kind, &kinds).is_some_and(|kin| !kin.serves()),
            by_style: StyleLead::of(work.gaps, &gaps).is_some_and(|lead| !lead.serves()),
            // With too few controls there is none, and such a work is not called.
            p: p_value(work.gaps.upright, &upright).ok().map(|p| p.value),
        }
    }

    /// True if the controls are refused.
    pub fn is_refused(self) -> bool {
        self.by_kind || self.by_style
    }

    /// True if its rank is this small, whether they are refused or not.
    pub fn ranks_within(self, limit: f64) -> bool {
        self.p.is_some_and(|p| p <= limit)
    }

    /// True if it is called at that limit.
    pub fn is_called(self, limit: f64) -> bool {
        self.ranks_within(limit) && !self.is_refused()
    }
}

/// The place of the control that a case warns of as one that may have been used; none if it warns of none.
pub(crate) fn warned_of(controls: &[Judgeable]) -> Option<usize> {
    let gaps: Vec<Gaps> = controls.iter().map(|control| control.gaps).collect();
    let scores: Vec<f64> = gaps.iter().map(|gaps| gaps.upright).collect();
    used_among(&scores, Some(&gaps)).map(|(place, _)| place)
}

/// The controls with a used work, the last, in the place of the first.
pub(crate) fn contaminated(controls: &[Judgeable], used: &Judgeable) -> Vec<Judgeable> {
    controls.iter().skip(1).chain([used]).cloned().collect()
}
