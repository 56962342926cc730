//! Calibration by mock fine-tunes. Works known to have been used in the *questioned* model are rarely to be
//! had; but the pretrained model can be fine-tuned anew, on works of one's own choice, by the recipe that is
//! supposed. Scores of another model lie on another scale, so all are standardised by the negatives of
//! their own model, and the likelihood ratio is *conditional* on the recipe. That is not known, so several
//! are tried and the least favourable to "used" is reported.
//!
//! A score standardised by a mean and spread that n works told is not normal but Student-distributed:
//! (s − mean) / (sd·√(1 + 1/n)) follows t with n − 1 degrees of freedom. With n = 5 a work that was not used
//! has |z| > 3 in 5 % of cases, not in 0.3 %; and a mock fine-tune with 20 hold-outs has another
//! distribution than a case with 5. So the standardised score is carried over to the normal deviate that is
//! as far out: then scores by standards of different size can be compared, and works that were not used
//! have one distribution, whatever n, if their scores are normal.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::decision_rule::without;
use super::p_value::usable;
use super::sample::Standard;
use super::student::normal_equivalent;
use super::{Figure, LikelihoodRatio, MIN_POSITIVES, NotEvaluated, Sample};

/// The fewest calibrations of which the least favourable is reported: with one, the worst of the recipes
/// tried would be the only one tried.
pub const MIN_CALIBRATIONS: usize = 2;

/// The scores of a mock fine-tune.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Calibration {
    /// The recipe that it was made by, such as "LoRA rank 8, 100 steps a picture".
    pub recipe: String,
    /// Of works that were used in it.
    pub members: Vec<f64>,
    /// Of works of the same kind that were not.
    pub hold_outs: Vec<f64>,
}

/// A score in the measure of negatives of the same model.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Standardised {
    /// Standard deviations of the negatives above their mean.
    pub z: f64,
    /// The normal deviate as far out, given how few negatives there are.
    pub deviate: f64,
    /// Their number.
    pub negatives: usize,
}

/// A likelihood ratio that holds if the questioned model was made by the recipe.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ConditionalRatio {
    pub recipe: String,
    pub ratio: Figure<LikelihoodRatio>,
}

/// The smallest of the conditional ratios.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LeastFavourable {
    pub recipe: String,
    pub ratio: LikelihoodRatio,
    /// Of how many calibrations.
    pub calibrations: usize,
}

/// A score in the measure of `negatives`, among which it is not.
///
/// # Errors
/// Those of [`p_value`](super::p_value); [`NotEvaluated::HoldOutsAlike`] where the negatives have no spread,
/// and [`NotEvaluated::OutOfRange`].
pub fn standardise(score: f64, negatives: &[f64]) -> Result<Standardised, NotEvaluated> {
    usable(negatives)?;
    if !score.is_finite() {
        return Err(NotEvaluated::ScoreNotFinite);
    }
    by(score, negatives)
}

/// The same for any number of standards, at least three.
fn by(score: f64, standards: &[f64]) -> Result<Standardised, NotEvaluated> {
    let z = Standard::of(standards)?.apply(score);
    let n = standards.len() as f64;
    let deviate = normal_equivalent(z / (1.0 + 1.0 / n).sqrt(), n - 1.0);
    if !(z.is_finite() && deviate.is_finite()) {
        return Err(NotEvaluated::OutOfRange);
    }
    Ok(Standardised {
        z,
        deviate,
        negatives: standards.len(),
    })
}

impl Calibration {
    /// Members in the measure of all hold-outs, each hold-out in that of the others, as deviates.
    ///
    /// # Errors
    /// [`NotEvaluated::TooFewNegatives`], [`NotEvaluated::TooFewPositives`] and those of [`standardise`].
    pub fn standardised(&self) -> Result<Sample, NotEvaluated> {
        if self.members.len() < MIN_POSITIVES {
            return Err(NotEvaluated::TooFewPositives {
                found: self.members.len(),
            });
        }
        let member = |&score| Ok(standardise(score, &self.hold_outs)?.deviate);
        let members = self.members.iter().map(member).collect::<Result<_, _>>()?;
        let hold_out =
            |(i, &score): (usize, &f64)| Ok(by(score, &without(&self.hold_outs, i))?.deviate);
        let places = self.hold_outs.iter().enumerate();
        Sample::new(members, places.map(hold_out).collect::<Result<_, _>>()?)
    }
}

/// The ratio nearest to 1: whatever the recipe was, if it was among those tried the evidence is at least as strong,
/// for "used" above 1 and against it below.
///
/// # Errors
/// [`NotEvaluated::TooFewCalibrations`] if fewer than [`MIN_CALIBRATIONS`] have a ratio, and
/// [`NotEvaluated::RecipesDisagree`] if some speak for use and some against it.
pub fn least_favourable(ratios: &[ConditionalRatio]) -> Result<LeastFavourable, NotEvaluated> {
    let evaluated = || {
        let pair = |it: &ConditionalRatio| Some((it.recipe.clone(), *it.ratio.evaluated()?));
        ratios.iter().filter_map(pair)
    };
    // The same recipe twice is still one.
    let recipes: BTreeSet<String> = evaluated().map(|(recipe, _)| recipe).collect();
    let found = recipes.len();
    // The one that claims least: nearest to 1, and none where the recipes do not agree on the direction.
    let speaks_for = evaluated().any(|(_, ratio)| ratio.value > 1.0);
    let speaks_against = evaluated().any(|(_, ratio)| ratio.value < 1.0);
    if found >= MIN_CALIBRATIONS && speaks_for && speaks_against {
        return Err(NotEvaluated::RecipesDisagree);
    }
    let claims = |ratio: &LikelihoodRatio| ratio.value.ln().abs();
    let least = evaluated().min_by(|(_, a), (_, b)| claims(a).total_cmp(&claims(b)));
    match least {
        Some((recipe, ratio)) if found >= MIN_CALIBRATIONS => Ok(LeastFavourable {
            recipe,
            ratio,
            calibrations: found,
        }),
        _ => Err(NotEvaluated::TooFewCalibrations { found }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_negatives_draw_a_score_in() {
        let few = [-1.0, -0.5, 0.0, 0.5, 1.0];
        let many: Vec<f64> = few.iter().cycle().take(100).copied().collect();
        let (by_few, by_many) = (
            standardise(3.0, &few).unwrap(),
            standardise(3.0, &many).unwrap(),
        );
        assert!((by_few.z - 3.0 / 0.625_f64.sqrt()).abs() < 1e-12);
        assert!(by_few.deviate < by_few.z / 1.5);
        assert!(by_few.deviate < by_many.deviate && by_many.deviate < by_many.z);
    }

    #[test]
    fn the_scale_of_a_model_does_not_matter() {
        let calibration = |factor: f64, shift: f64| Calibration {
            recipe: "full".into(),
            members: [0.5, 0.7, 0.9, 0.6, 0.8].map(|s| factor * s + shift).into(),
            hold_outs: [0.1, 0.3, 0.2, 0.4, 0.25]
                .map(|s| factor * s + shift)
                .into(),
        };
        let plain = calibration(1.0, 0.0).standardised().unwrap();
        let other = calibration(40.0, -3.0).standardised().unwrap();
        for (a, b) in plain.members().iter().zip(other.members()) {
            assert!((a - b).abs() < 1e-9);
        }
    }

    #[test]
    fn standards_without_a_spread_or_too_few_give_a_reason() {
        assert_eq!(
            standardise(1.0, &[0.2; 6]),
            Err(NotEvaluated::HoldOutsAlike)
        );
        assert_eq!(
            standardise(1.0, &[0.1, 0.2, 0.3, 0.4]),
            Err(NotEvaluated::TooFewNegatives { found: 4 })
        );
    }
}
