//! A questioned work that is not judged, and the reason.

use thiserror::Error;

/// A questioned work that gets no figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Its score where it has one: reported, and weighed nowhere.
    pub score: Option<f64>,
    /// The reason.
    pub reason: Reason,
}

/// The reason why a questioned work is not judged, worded for a reader.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum Reason {
    /// It is nearly the same picture as another work of the case.
    #[error("{0}")]
    NearDuplicate(String),
    /// Its negative controls are no works of its kind.
    #[error("{0}")]
    UnfitControls(String),
    /// It has no score.
    #[error("{0}")]
    NoScore(String),
}
