//! Contrastive gradient inversion (CGI-DM, Wu et al., CVPR 2024, Algorithm 1): starting from an
//! artwork with half of it removed, climb the difference between the losses of a pretrained and of
//! a fine-tuned model. What comes back resembles the artwork only if the fine-tuning saw it.
//!
//! The rooms: [`Settings`] say how; [`Draws`] supply chance, the same on every machine;
//! `objective` is the contrast and `descent` the step; [`Inversion`] is the loop, which is steered by a
//! [`Control`], reports [`Event`]s and survives a power cut through its checkpoint.

mod checkpoint;
pub mod control;
pub mod descent;
pub mod draws;
pub mod error;
pub mod events;
mod fingerprint;
pub mod latent_mask;
pub mod loss_gap;
pub mod objective;
pub mod outcome;
mod pace;
mod replay;
pub mod run;
pub mod settings;
mod tensors;
pub mod trace;

pub use control::{Control, Interrupted};
pub use draws::{Draw, Draws};
pub use error::{CheckpointError, DrawsError, InversionError, TensorProblem};
pub use events::{Event, StepReport};
pub use latent_mask::LatentMask;
pub use loss_gap::{GapSubject, LossGap, loss_gap, own_key};
pub use outcome::{Ending, InversionOutcome};
pub use run::{Checkpoints, Inversion};
pub use settings::{
    CommonSettings, DrawSource, DrawsRecord, Filling, NoisePairing, Overrides, Preset, Seeded,
    Settings, SettingsError, Start, TimestepRange,
};
pub use trace::Trace;
