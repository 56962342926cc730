//! A figure or the reason why it is not there, as it stands in a report: nothing is left out in
//! silence, and no number stands for "unknown".

use serde::{Deserialize, Serialize};

use super::NotEvaluated;

/// A figure, or one sentence that says why there is none.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure<T> {
    Evaluated(T),
    NotEvaluated { reason: String },
}

impl<T> Figure<T> {
    /// The figure, if it is there.
    pub fn evaluated(&self) -> Option<&T> {
        match self {
            Self::Evaluated(figure) => Some(figure),
            Self::NotEvaluated { .. } => None,
        }
    }

    /// The reason why the figure is not there, if it is not.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Evaluated(_) => None,
            Self::NotEvaluated { reason } => Some(reason),
        }
    }
}

impl<T> From<Result<T, NotEvaluated>> for Figure<T> {
    fn from(result: Result<T, NotEvaluated>) -> Self {
        match result {
            Ok(figure) => Self::Evaluated(figure),
            Err(why) => Self::NotEvaluated {
                reason: why.to_string(),
            },
        }
    }
}
