//! The fit of a pretrained model: whether the fine-tuned one was made from it. With another base the difference of the
//! two models is not what the fine-tuning did, and hours of computing say nothing; so it is asked before they are
//! spent. Two things tell: the distance of the weights, and what the fine-tuned file says of its base. Of an adapter,
//! which has no weights of its own to compare, the losses on the artworks show only the grossest misfit: on a base
//! that it was not made for it raised them no more than on its own (docs/figures.md).

use serde::{Deserialize, Serialize};

use super::Depiction;
use palimpsest_base::number_format::{number, two_figures};
use palimpsest_diffusion::WeightDistance;

/// Relative distances of the noise predictors from which a fine-tuned model may come, and surely comes, from another
/// base. Fine-tuned models lay 0.18 to 0.21 from their base, models that were trained apart 1.47 (docs/figures.md).
const DOUBTFUL_DISTANCE: f64 = 0.5;
pub(super) const OTHER_DISTANCE: f64 = 0.9;

/// Ratios of the losses, fine-tuned over pretrained, from which something is surely wrong. Below them nothing follows.
const DOUBTFUL_LOSS: f64 = 1.5;
const OTHER_LOSS: f64 = 3.0;

/// The answer to the question whether the fine-tuned model was made from this pretrained one.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fits {
    /// Nothing that was found speaks for it or against it.
    Unknown,
    Yes,
    Doubtful,
    No,
}

/// The mean losses of both models on artworks, the same timesteps and noises for both.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FitLosses {
    pub pretrained: f64,
    pub finetuned: f64,
    /// The timesteps averaged over.
    pub timesteps: Vec<usize>,
    /// The number of artworks averaged over.
    pub works: usize,
}

impl FitLosses {
    /// The fine-tuned model's loss in shares of the pretrained one's.
    pub fn ratio(&self) -> f64 {
        self.finetuned / self.pretrained
    }
}

/// The answer, and what it rests on.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct BaseFit {
    pub fits: Fits,
    /// What speaks for the answer, a sentence each; what speaks loudest first.
    pub reasons: Vec<String>,
    /// The distance of the noise predictors. An adapter has none: it is this base, changed a little.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<WeightDistance>,
    /// The losses on artworks, of an adapter where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub losses: Option<FitLosses>,
    /// Whether the pretrained model can depict the artworks at all; cases of earlier versions do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depiction: Option<Depiction>,
}

impl BaseFit {
    /// The answer from what was measured, and from what follows of the base that the files state, with a sentence each.
    pub(super) fn of(
        weights: Option<WeightDistance>,
        losses: Option<FitLosses>,
        stated: Vec<(Fits, String)>,
    ) -> Self {
        let mut found: Vec<(Fits, String)> = Vec::new();
        found.extend(weights.as_ref().map(by_distance));
        found.extend(losses.as_ref().and_then(by_losses));
        found.extend(stated);
        found.sort_by_key(|(fits, _)| std::cmp::Reverse(*fits));
        Self {
            // What nothing speaks for is no yes.
            fits: found.first().map_or(Fits::Unknown, |(fits, _)| *fits),
            reasons: match found.is_empty() {
                true => vec!["Nothing tells which model the fine-tuned one was made from.".into()],
                false => found.into_iter().map(|(_, reason)| reason).collect(),
            },
            weights,
            losses,
            depiction: None,
        }
    }

    /// The answer as a sentence, with its first reason.
    pub fn sentence(&self) -> String {
        let answer = match self.fits {
            Fits::Unknown => {
                "Whether the fine-tuned model was made from this pretrained one is not known."
            }
            Fits::Yes => "The pretrained model fits the fine-tuned one.",
            Fits::Doubtful => {
                "It is doubtful whether the fine-tuned model was made from this pretrained one."
            }
            Fits::No => {
                "The fine-tuned model was not made from this pretrained one, and what is found with this pair means nothing: choose another pretrained model."
            }
        };
        match self.reasons.first() {
            Some(reason) => format!("{answer} {reason}"),
            None => answer.into(),
        }
    }
}

fn by_distance(weights: &WeightDistance) -> (Fits, String) {
    let WeightDistance {
        tensors,
        equal,
        relative,
    } = *weights;
    let apart = format!(
        "The fine-tuned noise predictor lies {} of the pretrained one's length away from it ({equal} of {tensors} tensors are equal)",
        percent(relative)
    );
    if relative >= OTHER_DISTANCE {
        return (
            Fits::No,
            format!(
                "{apart}: two models that have nothing to do with one another lie that far apart."
            ),
        );
    }
    if relative >= DOUBTFUL_DISTANCE {
        return (
            Fits::Doubtful,
            format!("{apart}, which is far for a fine-tuning."),
        );
    }
    (Fits::Yes, format!("{apart}, as a fine-tuned model does."))
}

/// Losses that are no finite numbers are for others to refuse.
fn by_losses(losses: &FitLosses) -> Option<(Fits, String)> {
    let ratio = losses.ratio();
    if !ratio.is_finite() {
        return None;
    }
    let on = match losses.works {
        1 => "On one of the artworks".into(),
        works => format!("On {works} of the artworks"),
    };
    let compared = format!(
        "{on} the fine-tuned model's loss is {} times the pretrained model's",
        number(ratio)
    );
    Some(if ratio >= OTHER_LOSS {
        (
            Fits::No,
            format!("{compared}: with it the model predicts hardly anything any more."),
        )
    } else if ratio >= DOUBTFUL_LOSS {
        (
            Fits::Doubtful,
            format!("{compared}, which is high for a fine-tuning."),
        )
    } else {
        (
            Fits::Unknown,
            format!("{compared}, which an adapter may have on another base as well."),
        )
    })
}

/// A share as people read it.
pub(super) fn percent(share: f64) -> String {
    format!("{} %", two_figures(100.0 * share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(relative: f64) -> Option<WeightDistance> {
        Some(WeightDistance {
            tensors: 10,
            equal: 3,
            relative,
        })
    }

    fn losses(ratio: f64) -> Option<FitLosses> {
        Some(FitLosses {
            pretrained: 0.5,
            finetuned: 0.5 * ratio,
            timesteps: vec![1],
            works: 2,
        })
    }

    #[test]
    fn the_worst_that_is_found_is_the_answer() {
        let fits = |weights, losses| BaseFit::of(weights, losses, Vec::new());
        for (weights, losses, expected) in [
            (distance(0.05), None, Fits::Yes),
            (distance(0.6), None, Fits::Doubtful),
            (distance(1.4), None, Fits::No),
            (None, losses(0.9), Fits::Unknown),
            (None, losses(1.6), Fits::Doubtful),
            (None, losses(4.0), Fits::No),
            (distance(0.05), losses(0.9), Fits::Yes),
            (distance(0.05), losses(4.0), Fits::No),
            (distance(1.4), losses(1.0), Fits::No),
            // Nothing speaks for it, and nothing against it.
            (None, None, Fits::Unknown),
            (None, losses(f64::NAN), Fits::Unknown),
        ] {
            let found = fits(weights, losses.clone());
            assert_eq!(found.fits, expected, "{weights:?} {losses:?}");
            assert!(!found.reasons.is_empty());
            let sentence = found.sentence();
            assert_eq!(sentence.contains("was not made from"), expected == Fits::No);
        }
        let found = fits(distance(1.4), losses(1.0));
        assert!(found.reasons[0].contains("140 %"));
        assert_eq!(found.reasons.len(), 2);
    }

    #[test]
    fn a_stated_base_counts_beside_what_was_measured() {
        let stated = |fits| vec![(fits, "It is stated.".to_owned())];
        for (weights, said, expected) in [
            (None, Fits::Yes, Fits::Yes),
            (None, Fits::Unknown, Fits::Unknown),
            (distance(0.05), Fits::Doubtful, Fits::Doubtful),
            (distance(1.4), Fits::Yes, Fits::No),
        ] {
            let found = BaseFit::of(weights, None, stated(said));
            assert_eq!(found.fits, expected);
            assert!(found.reasons.iter().any(|reason| reason == "It is stated."));
        }
    }
}
