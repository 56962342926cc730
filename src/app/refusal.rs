//! Reasons for which a model cannot be examined, and the question that one of them comes to: what the user can answer in
//! the window is asked there.

use std::path::Path;

use crate::app::words::say;
use palimpsest_diffusion::files::KindOfFile;
use palimpsest_diffusion::{LoraError, ModelError};
use palimpsest_method::examination::ExaminationError;
use palimpsest_method::examination::inspection::InspectionError;

/// A reason for which a model cannot be examined.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub text: String,
    /// The question to which the answer removes it.
    pub asks: Option<Question>,
}

/// A question that the user can answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// What a model in one file predicts.
    Prediction,
    /// A folder with the configuration that its shapes do not tell; with what they do not tell.
    Configurations(String),
    /// Whether an adapter may have tensors that are not used.
    Unused,
    /// The model that the fine-tuned one was made from.
    Pretrained,
}

impl Question {
    /// The thing to be done before anything can be started.
    pub fn to_do(&self) -> &'static str {
        match self {
            Self::Prediction => say!("say-what-the-model-predicts"),
            Self::Configurations(_) => say!("first-choose-configurations"),
            Self::Unused => say!("agree-to-what-is-not-used"),
            Self::Pretrained => say!("first-choose-pretrained"),
        }
    }
}

impl Refusal {
    pub fn of(error: &InspectionError) -> Self {
        Self {
            text: error.to_string(),
            asks: model_error(error).and_then(question),
        }
    }

    /// The same of a fine-tuned model, which may only lack a `base`.
    pub fn of_finetuned(error: &InspectionError, base: Option<&Path>) -> Self {
        let refusal = Self::of(error);
        let file = match model_error(error) {
            // Nothing of it is used: to agree to that would leave nothing.
            Some(ModelError::Lora(lora)) if matches!(**lora, LoraError::Unplaced { .. }) => {
                return Self {
                    asks: None,
                    ..refusal
                };
            }
            Some(ModelError::Lora(lora)) => match &**lora {
                LoraError::NeedsBase { file } => file,
                _ => return refusal,
            },
            Some(ModelError::PartMissing { file, .. } | ModelError::Missing { path: file, .. }) => {
                file
            }
            _ => return refusal,
        };
        if base.is_some() {
            return refusal;
        }
        let what = match KindOfFile::read(file) {
            Ok(kind) => kind.what,
            Err(_) => say!("a-part-of-a-model").into(),
        };
        Self {
            text: say!("it-is-choose-the-pretrained-model", "what" => what),
            asks: Some(Question::Pretrained),
        }
    }
}

fn model_error(error: &InspectionError) -> Option<&ModelError> {
    match error {
        InspectionError::Examination(error) => match &**error {
            ExaminationError::Model(error) => Some(error),
            _ => None,
        },
        InspectionError::BuiltIn(_) => None,
    }
}

fn question(error: &ModelError) -> Option<Question> {
    match error {
        ModelError::NeedsPrediction { .. } | ModelError::UnknownPrediction { .. } => {
            Some(Question::Prediction)
        }
        ModelError::NeedsConfiguration { what, .. } => {
            Some(Question::Configurations((*what).to_owned()))
        }
        ModelError::Lora(error) if matches!(**error, LoraError::Unplaced { .. }) => {
            Some(Question::Unused)
        }
        _ => None,
    }
}
