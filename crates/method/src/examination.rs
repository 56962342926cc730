//! The examination: an artwork, a pair of models and settings go in, findings come out. It is written
//! once for every face of the program; it reads models and pictures, but of the record on disk it
//! knows only where the descent keeps its checkpoint.
//!
//! A [`Request`] is what somebody asks for; a [`Plan`] is that with nothing left open, and what a
//! record keeps. An [`Examiner`] carries it out on one artwork after another in three movements
//! (prepare, descend, conclude), so that the autoencoder, the noise predictors and the picture
//! encoders need not be in memory together.

mod conclusion;
mod error;
mod examiner;
mod findings;
mod identity;
pub mod inspection;
mod machine;
mod models;
mod nullable;
mod plan;
mod preparation;
mod prompts;
mod recorded_path;
mod request;
mod scores;
mod steering;

pub use conclusion::{Examined, Tensors};
pub use error::ExaminationError;
pub use examiner::{Descended, Examiner};
pub use findings::{ArtworkRecord, Files, Findings, Recovery};
pub use identity::{FileIdentity, Identity};
pub use machine::MemoryRule;
pub use plan::{DrawsRecord, Filling, ModelRecord, Plan};
pub use preparation::Prepared;
pub use prompts::{PromptSource, prompt_of};
pub use recorded_path::RecordedPath;
pub use request::Request;
pub use scores::{NotEvaluated, Scores, compare_pictures, embed_pictures};
pub use steering::{Interrupted, Opening, Progress, Stage, Steering};
