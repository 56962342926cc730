//! Both readings of a model of which nothing says what it predicts, weighed on the artworks themselves: the wrong one
//! has the higher loss. The choice is the user's; here are the figures for it.

use std::path::Path;

use super::Examiner;
use crate::artwork::Crop;
use crate::examination::models::{Models, Wanted};
use crate::examination::{ExaminationError, Request, Steering};
use palimpsest_diffusion::files::config::Prediction;
use palimpsest_diffusion::{Choices, ModelError};

/// The share of the other reading's loss below which a reading is called likely. Of the right one it is far lower: a
/// model that predicts one thing is no use at predicting the other.
const CLEARLY_LOWER: f64 = 0.8;

/// The losses of the fine-tuned model on artworks, read in both ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PredictionLosses {
    /// The loss if it predicts noise.
    pub epsilon: f64,
    /// The loss if it predicts velocity.
    pub velocity: f64,
}

impl PredictionLosses {
    /// What the model predicts, most likely; none if the losses are too near to one another to tell.
    pub fn likely(&self) -> Option<Prediction> {
        if self.epsilon < CLEARLY_LOWER * self.velocity {
            Some(Prediction::Epsilon)
        } else if self.velocity < CLEARLY_LOWER * self.epsilon {
            Some(Prediction::Velocity)
        } else {
            None
        }
    }
}

impl Examiner {
    /// As [`Examiner::open`]; where nothing says what the models predict, the losses of both readings are measured on
    /// the first of `works`.
    ///
    /// # Errors
    /// As [`Examiner::open`], and [`ExaminationError::Readings`] with the two losses.
    pub fn open_for<'a>(
        request: &Request,
        works: impl IntoIterator<Item = (&'a Path, Crop)>,
        steering: &Steering,
    ) -> Result<Self, ExaminationError> {
        let unsaid = match Self::open(request, steering) {
            Err(ExaminationError::Model(unsaid @ ModelError::NeedsPrediction { .. })) => unsaid,
            opened => return opened,
        };
        match Self::prediction_losses(request, works, steering)? {
            Some(PredictionLosses { epsilon, velocity }) => Err(ExaminationError::Readings {
                unsaid,
                epsilon,
                velocity,
            }),
            None => Err(unsaid.into()),
        }
    }

    /// The losses of both readings on the first of `works`; none if no picture can be read.
    ///
    /// # Errors
    /// As [`Examiner::open`].
    pub fn prediction_losses<'a>(
        request: &Request,
        works: impl IntoIterator<Item = (&'a Path, Crop)>,
        steering: &Steering,
    ) -> Result<Option<PredictionLosses>, ExaminationError> {
        let works: Vec<_> = works.into_iter().collect();
        let read_as = |prediction| Request {
            choices: Choices {
                prediction: Some(prediction),
                ..request.choices.clone()
            },
            ..request.clone()
        };
        let mut examiner = Self::open(&read_as(Prediction::Epsilon), steering)?;
        let Some(epsilon) = examiner.losses_on(works.iter().copied())? else {
            return Ok(None);
        };
        // The same files, which were checked and hashed a moment ago, read in the other way.
        let wanted = Wanted {
            resolution: Some(examiner.plan.resolution),
            ..Wanted::of(request)
        };
        let velocity = read_as(Prediction::Velocity);
        let Request {
            pretrained,
            finetuned,
            choices,
            ..
        } = &velocity;
        let models = Models::open(pretrained, finetuned, choices, wanted)?;
        let mut examiner = Self::with(examiner.plan, models, steering)?;
        let velocity = examiner.losses_on(works.iter().copied())?;
        Ok(velocity.map(|velocity| PredictionLosses {
            epsilon: epsilon.finetuned,
            velocity: velocity.finetuned,
        }))
    }
}
