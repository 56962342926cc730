//! Both readings of a model of which nothing says what it predicts, weighed on the artworks themselves: the wrong one
//! has the higher loss. The choice is the user's; here are the figures for it.

use std::path::Path;

use super::Examiner;
use crate::artwork::Crop;
use crate::examination::{ExaminationError, Request, Steering};
use palimpsest_diffusion::files::config::Prediction;
use palimpsest_diffusion::{Choices, ModelError};

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
        let works: Vec<_> = works.into_iter().collect();
        let loss = |prediction| -> Result<Option<f64>, ExaminationError> {
            let choices = Choices {
                prediction: Some(prediction),
                ..request.choices.clone()
            };
            let read = Request {
                choices,
                ..request.clone()
            };
            let losses = Self::open(&read, steering)?.losses_on(works.iter().copied())?;
            Ok(losses.map(|losses| losses.finetuned))
        };
        match (loss(Prediction::Epsilon)?, loss(Prediction::Velocity)?) {
            (Some(epsilon), Some(velocity)) => Err(ExaminationError::Readings {
                unsaid,
                epsilon,
                velocity,
            }),
            _ => Err(unsaid.into()),
        }
    }
}
