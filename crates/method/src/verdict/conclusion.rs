//! The conclusion of a case: from the scores of questioned works and controls to every figure that may be
//! reported, each there or with the reason why it is not.

use serde::{Deserialize, Serialize};

use super::p_value::usable;
use super::readings::{BestReading, portfolio_of};
use super::{
    Auc, BestAccuracy, Calibration, ConditionalRatio, FalsePositiveRate, Figure, FurtherReading,
    InSample, LeastFavourable, LeaveOneOut, LikelihoodRatio, LrReport, LrSystem, NotEvaluated,
    PValue, Portfolio, Refusal, RocPoint, Sample, ScaleStep, TestedReading, TestedReadings,
    TprAtFpr, above_every_negative, benjamini_hochberg, holm, least_favourable, leave_one_out,
    p_value, standardise,
};
use crate::artwork::Reading;

/// The scores of a case. A higher score speaks for membership.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Of the works that are asked about, or the reason why one is not judged.
    pub questioned: Vec<Result<f64, Refusal>>,
    /// Of the questioned works that are judged together: of each motif one, and none that is refused.
    pub together: Vec<f64>,
    /// Of works of the same hand known not to have been used.
    pub negatives: Vec<f64>,
    /// Of works of the same hand known to have been used.
    pub positives: Vec<f64>,
    /// Of mock fine-tunes.
    pub calibrations: Vec<Calibration>,
    /// The reading of those scores.
    pub reading: Reading,
    /// The scores in further readings, declared before anything was examined.
    pub further: Vec<FurtherReading>,
    /// Of the random draws, which are the same for a seed on every machine.
    pub seed: u64,
}

/// The fewest negative controls of which one can be as rare as 1 %: with fewer no p-value is as small.
pub const MIN_NEGATIVES_FOR_1_PERCENT: usize = 99;

/// The conclusion from the evidence.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Verdict {
    pub negatives: usize,
    pub positives: usize,
    /// The questioned works, in their order.
    pub works: Vec<WorkVerdict>,
    /// The discrimination of the controls.
    pub discrimination: Figure<Discrimination>,
    /// The share of works not used that the rule would call.
    pub false_positive_rate: Figure<FalsePositiveRate>,
    /// The making of the likelihood ratios.
    pub likelihood_ratios: Figure<LrReport>,
    /// The same for each mock fine-tune, in their order.
    pub calibrations: Vec<CalibrationReport>,
    /// All questioned works together.
    pub portfolio: Figure<Portfolio>,
}

/// The figures of one questioned work.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct WorkVerdict {
    /// None if it is not finite.
    pub score: Option<f64>,
    /// The readings of its file in which it was tested, where there are several: then score and p-value are of the
    /// one that counts, and the p-value is corrected for their number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readings: Option<TestedReadings>,
    pub p_value: Figure<PValue>,
    /// The p-value corrected for the number of questioned works that have one, so that any false call is as rare.
    pub holm: Figure<f64>,
    /// The same so that false calls are as small a share of all calls; where several works have a p-value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benjamini_hochberg: Option<f64>,
    /// By the controls of the same hand and model.
    pub likelihood_ratio: Figure<LikelihoodRatio>,
    /// By each mock fine-tune, in their order.
    pub conditional: Vec<ConditionalRatio>,
    pub least_favourable: Figure<LeastFavourable>,
    pub verbal: Figure<Verbal>,
}

/// A step of the verbal scale and what it stands on.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Verbal {
    pub step: ScaleStep,
    pub basis: Basis,
}

/// The likelihood ratio that is put into words.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The one of the controls of the same hand and model, wherever it is there.
    Controls,
    /// The least favourable of the mock fine-tunes.
    Calibrations,
}

/// The discrimination of positive and negative controls.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Discrimination {
    /// From nobody called a member to everybody.
    pub roc: Vec<RocPoint>,
    pub auc: Auc,
    pub best_accuracy: InSample<BestAccuracy>,
    /// None with fewer than [`MIN_NEGATIVES_FOR_1_PERCENT`] negative controls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tpr_at_1_percent_fpr: Option<InSample<TprAtFpr>>,
    pub tpr_at_5_percent_fpr: InSample<TprAtFpr>,
    pub leave_one_out: Figure<LeaveOneOut>,
}

/// The making of the conditional likelihood ratios of a mock fine-tune.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CalibrationReport {
    pub recipe: String,
    pub ratios: Figure<LrReport>,
}

/// Weighs the evidence.
pub fn conclude(evidence: &Evidence) -> Verdict {
    let systems = Systems::of(evidence);
    let best = (0..evidence.questioned.len()).map(|index| BestReading::of(evidence, index));
    let best: Vec<Option<BestReading>> = best.collect();
    let each = evidence.questioned.iter().zip(&best);
    let p_values = each.map(|(work, best)| match best {
        Some(best) => Ok(best.p_value),
        None => p_value(known(work, &evidence.negatives)?, &evidence.negatives),
    });
    let p_values: Vec<_> = p_values.collect();
    let corrected = corrected(&p_values);
    let works = evidence.questioned.iter().zip(best);
    let works = works.zip(p_values.into_iter().zip(corrected));
    Verdict {
        negatives: evidence.negatives.len(),
        positives: evidence.positives.len(),
        works: works
            .map(|((work, best), p)| match (best, work) {
                (Some(best), _) => systems.judge_readings(best, p),
                // Too few controls is the plainer reason where both hold.
                (None, Err(refusal)) if usable(&evidence.negatives).is_ok() => {
                    WorkVerdict::refused(refusal)
                }
                (None, work) => systems.judge(work, &evidence.negatives, p),
            })
            .collect(),
        discrimination: Discrimination::of(evidence).into(),
        false_positive_rate: false_positive_rate(evidence).into(),
        likelihood_ratios: systems
            .own
            .as_ref()
            .map(LrSystem::report)
            .map_err(|&why| why)
            .into(),
        calibrations: systems.reports(),
        portfolio: portfolio_of(evidence).into(),
    }
}

/// The systems that turn scores into likelihood ratios.
struct Systems {
    /// Of the first reading.
    reading: Reading,
    own: Result<LrSystem, NotEvaluated>,
    /// Of the further readings.
    further: Vec<(Reading, Result<LrSystem, NotEvaluated>)>,
    mock: Vec<(String, Result<LrSystem, NotEvaluated>)>,
}

impl Systems {
    fn of(evidence: &Evidence) -> Self {
        let system = |sample: Result<Sample, NotEvaluated>, part| {
            LrSystem::new(&sample?, evidence.seed, part)
        };
        let mock = (1..)
            .zip(&evidence.calibrations)
            .map(|(part, mock)| (mock.recipe.clone(), system(mock.standardised(), part)));
        let further = (0..).zip(&evidence.further).map(|(place, further)| {
            let sample = further.positives.as_deref();
            let sample = sample.ok_or(NotEvaluated::SeveralReadings);
            let sample = sample.and_then(|positives| both(positives, &further.negatives));
            // Far from the parts of the calibrations.
            (further.reading, system(sample, u32::MAX - place))
        });
        Self {
            reading: evidence.reading,
            own: system(controls(evidence), 0),
            further: further.collect(),
            mock: mock.collect(),
        }
    }

    /// The system of a reading.
    fn in_reading(&self, reading: Reading) -> &Result<LrSystem, NotEvaluated> {
        let mut further = self.further.iter();
        let further = further.find(|(other, _)| *other == reading);
        further
            .filter(|_| reading != self.reading)
            .map_or(&self.own, |(_, system)| system)
    }

    /// The mean of the ratios of a work in its readings, which it has in each of them or not at all.
    fn over_readings(&self, tested: &mut [TestedReading]) -> Figure<LikelihoodRatio> {
        let readings = tested.len();
        let mut ratios = Vec::with_capacity(readings);
        for tested in tested.iter() {
            if let Figure::NotEvaluated { reason } = &tested.p_value {
                let reason = reason.clone();
                return Figure::NotEvaluated { reason };
            }
            let score = tested.score.ok_or(NotEvaluated::ScoreNotFinite);
            let system = self.in_reading(tested.reading).as_ref();
            let found = system.map_err(|&why| why);
            match found.and_then(|system| system.ratio_in_one_of(readings, score?)) {
                Ok(ratio) => ratios.push(ratio),
                Err(why) => return Err(why).into(),
            }
        }
        for (tested, ratio) in tested.iter_mut().zip(&ratios) {
            tested.likelihood_ratio = Some(ratio.value);
        }
        LikelihoodRatio::mean(&ratios)
            .ok_or(NotEvaluated::NoRatio)
            .into()
    }

    /// The test over several readings, and the mean of the ratios in all of them: a ratio of the better reading alone
    /// would not allow for the choice. Mock fine-tunes are read in one way, and give none.
    fn judge_readings(
        &self,
        mut best: BestReading,
        (p_value, corrected): (Result<PValue, NotEvaluated>, Option<Corrected>),
    ) -> WorkVerdict {
        let ratio = self.over_readings(&mut best.readings.tested);
        let verbal = match &ratio {
            Figure::Evaluated(ratio) => verbal(Ok(*ratio), None).into(),
            Figure::NotEvaluated { reason } => Figure::NotEvaluated {
                reason: reason.clone(),
            },
        };
        WorkVerdict {
            score: Some(best.score),
            readings: Some(best.readings),
            holm: (p_value.map(|p| corrected.map_or(p.value, |corrected| corrected.holm))).into(),
            benjamini_hochberg: corrected.and_then(Corrected::shared),
            p_value: p_value.into(),
            least_favourable: match &ratio {
                Figure::Evaluated(_) => Err(NotEvaluated::SeveralReadings).into(),
                Figure::NotEvaluated { reason } => Figure::NotEvaluated {
                    reason: reason.clone(),
                },
            },
            likelihood_ratio: ratio,
            conditional: Vec::new(),
            verbal,
        }
    }

    fn reports(&self) -> Vec<CalibrationReport> {
        let report =
            |(recipe, system): &(String, Result<LrSystem, NotEvaluated>)| CalibrationReport {
                recipe: recipe.clone(),
                ratios: system
                    .as_ref()
                    .map(LrSystem::report)
                    .map_err(|&why| why)
                    .into(),
            };
        self.mock.iter().map(report).collect()
    }

    fn judge(
        &self,
        work: &Result<f64, Refusal>,
        negatives: &[f64],
        (p_value, corrected): (Result<PValue, NotEvaluated>, Option<Corrected>),
    ) -> WorkVerdict {
        let score = known(work, negatives);
        let own = ratio(&self.own, score);
        let deviate = score.and_then(|score| Ok(standardise(score, negatives)?.deviate));
        let conditional: Vec<_> = self
            .mock
            .iter()
            .map(|(recipe, system)| ConditionalRatio {
                recipe: recipe.clone(),
                ratio: ratio(system, deviate).into(),
            })
            .collect();
        let least = least_favourable(&conditional);
        WorkVerdict {
            readings: None,
            score: match work {
                Ok(score) => Some(*score).filter(|score| score.is_finite()),
                Err(refusal) => refusal.score,
            },
            holm: (p_value.map(|p| corrected.map_or(p.value, |corrected| corrected.holm))).into(),
            benjamini_hochberg: corrected.and_then(Corrected::shared),
            p_value: p_value.into(),
            verbal: verbal(own, least.as_ref().ok()).into(),
            likelihood_ratio: own.into(),
            conditional,
            least_favourable: least.into(),
        }
    }
}

impl WorkVerdict {
    /// The reason that no likelihood ratio is reported: that of the calibrations, where there are any.
    pub fn no_ratio(&self) -> Option<&str> {
        match self.conditional.is_empty() {
            true => self.likelihood_ratio.reason(),
            false => self.least_favourable.reason(),
        }
    }

    /// No figure but the score, and the reason in the place of each.
    fn refused(refusal: &Refusal) -> Self {
        fn none<T>(refusal: &Refusal) -> Figure<T> {
            let reason = refusal.reason.to_string();
            Figure::NotEvaluated { reason }
        }
        Self {
            readings: None,
            score: refusal.score,
            p_value: none(refusal),
            holm: none(refusal),
            benjamini_hochberg: None,
            likelihood_ratio: none(refusal),
            conditional: Vec::new(),
            least_favourable: none(refusal),
            verbal: none(refusal),
        }
    }
}

/// The score of a work that is judged; of another the plainest reason why it has no figure.
fn known(work: &Result<f64, Refusal>, negatives: &[f64]) -> Result<f64, NotEvaluated> {
    usable(negatives)?;
    work.as_ref()
        .map_or(Err(NotEvaluated::ScoreNotFinite), |&score| Ok(score))
}

fn ratio(
    system: &Result<LrSystem, NotEvaluated>,
    score: Result<f64, NotEvaluated>,
) -> Result<LikelihoodRatio, NotEvaluated> {
    system.as_ref().map_err(|&why| why)?.ratio(score?)
}

fn verbal(
    own: Result<LikelihoodRatio, NotEvaluated>,
    least: Option<&LeastFavourable>,
) -> Result<Verbal, NotEvaluated> {
    let (ratio, basis) = match (own, least) {
        (Ok(own), _) => (own, Basis::Controls),
        (Err(_), Some(least)) => (least.ratio, Basis::Calibrations),
        (Err(_), None) => return Err(NotEvaluated::NoRatio),
    };
    Ok(Verbal {
        step: ScaleStep::of(ratio.value)?,
        basis,
    })
}

/// A p-value corrected for several works.
#[derive(Clone, Copy)]
struct Corrected {
    holm: f64,
    benjamini_hochberg: f64,
    /// The number of works that have a p-value.
    among: usize,
}

impl Corrected {
    /// The correction by Benjamini and Hochberg, where several works have a p-value.
    fn shared(self) -> Option<f64> {
        (self.among > 1).then_some(self.benjamini_hochberg)
    }
}

/// The corrections over the works that have a p-value, in the order of all; none for those that have not.
fn corrected(p_values: &[Result<PValue, NotEvaluated>]) -> Vec<Option<Corrected>> {
    let known: Vec<f64> = p_values.iter().flatten().map(|p| p.value).collect();
    let both = holm(&known).into_iter().zip(benjamini_hochberg(&known));
    let mut corrected = both.map(|(holm, benjamini_hochberg)| Corrected {
        holm,
        benjamini_hochberg,
        among: known.len(),
    });
    let next = |p: &Result<PValue, NotEvaluated>| match p {
        Ok(_) => corrected.next(),
        Err(_) => None,
    };
    p_values.iter().map(next).collect()
}

/// Positive and negative controls as one sample.
fn controls(evidence: &Evidence) -> Result<Sample, NotEvaluated> {
    both(&evidence.positives, &evidence.negatives)
}

fn both(positives: &[f64], negatives: &[f64]) -> Result<Sample, NotEvaluated> {
    usable(negatives)?;
    if positives.is_empty() {
        return Err(NotEvaluated::TooFewPositives { found: 0 });
    }
    Sample::new(positives.to_vec(), negatives.to_vec())
}

fn false_positive_rate(evidence: &Evidence) -> Result<FalsePositiveRate, NotEvaluated> {
    if evidence.positives.is_empty() {
        return above_every_negative(&evidence.negatives);
    }
    let found = leave_one_out(&controls(evidence)?)?.false_positives;
    Ok(FalsePositiveRate::BestAccuracy { found })
}

impl Discrimination {
    fn of(evidence: &Evidence) -> Result<Self, NotEvaluated> {
        let sample = controls(evidence)?;
        let roc = sample.roc();
        Ok(Self {
            auc: sample.auc(),
            best_accuracy: roc.best_accuracy(),
            tpr_at_1_percent_fpr: match evidence.negatives.len() {
                MIN_NEGATIVES_FOR_1_PERCENT.. => Some(roc.tpr_at_fpr(0.01)?),
                _ => None,
            },
            tpr_at_5_percent_fpr: roc.tpr_at_fpr(0.05)?,
            leave_one_out: leave_one_out(&sample).into(),
            roc: roc.points().to_vec(),
        })
    }
}
