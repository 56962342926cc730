//! The examination: an artwork, a pair of models and settings go in, findings come out. It is written
//! once for every face of the program; it reads models and pictures, but of the record on disk it
//! knows only where the descent keeps its checkpoint.
//!
//! A [`Request`] is what somebody asks for; a [`Plan`] is that with nothing left open, and what a
//! record keeps. An [`Examiner`] carries it out on one artwork after another in three movements
//! (prepare, descend, conclude), so that the autoencoder, the noise predictors and the picture
//! encoders need not be in memory together.

mod base_fit;
mod conclusion;
mod depiction;
mod device_check;
mod error;
mod examiner;
mod findings;
mod frame;
mod identity;
pub mod inspection;
mod machine;
mod model_record;
mod models;
mod nullable;
mod picture_sizes;
mod plan;
mod planning;
mod preparation;
mod primary_score;
mod prompts;
mod request;
mod scores;
mod self_test;
mod stated_base;
mod steering;
mod whereabouts;

pub use crate::recorded_path::RecordedPath;
pub use base_fit::{BaseFit, FitLosses, Fits};
pub use conclusion::{Descended, Examined, Tensors};
pub use depiction::{Depiction, Depicts};
pub use device_check::{Compared, DeviceCheck};
pub use error::ExaminationError;
pub use examiner::{Examiner, PredictionLosses};
pub use findings::{ArtworkRecord, Files, Findings, Recovery};
pub use frame::{Frame, UnknownFrame};
pub use identity::{FileIdentity, Identity};
pub use machine::{MemoryRule, Need};
pub use model_record::{FurtherRecord, ModelRecord, RecordedChoices};
pub use palimpsest_diffusion::Choices;
pub use palimpsest_diffusion::files::{ModelSource, StatedTraining};
pub use picture_sizes::{PictureSizes, UnknownSizes};
pub use plan::Plan;
pub use preparation::Prepared;
pub use primary_score::{PrimaryScore, UnknownScore};
pub use prompts::{PromptSource, prompt_of};
pub use request::Request;
pub use scores::{NotEvaluated, Scores, compare_pictures, embed_pictures};
pub use self_test::SelfTest;
pub use stated_base::StatedHash;
pub use steering::{Opening, Progress, Stage, Steering};
pub use whereabouts::Whereabouts;
