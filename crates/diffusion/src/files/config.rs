//! The configuration files of diffusers and transformers as typed, checked geometry. Unknown settings
//! are ignored; those that would make another network than ours are refused by name, and every
//! number is held to a range, so that nothing later divides by zero or asks for absurd memory.

mod autoencoder;
mod encoders;
mod multilingual;
mod scheduler;
mod settings;
mod unet;

pub use autoencoder::AutoencoderGeometry;
pub use encoders::{Activation, TextGeometry, VisionGeometry, VitGeometry};
pub use multilingual::{MultilingualGeometry, TextNetwork};
pub use scheduler::{BetaSchedule, Prediction, SchedulerConfig, TERMINAL_ALPHA};
pub use unet::{AdditionGeometry, UnetGeometry};

/// The most channels of any layer. Stable Diffusion has 1280.
const CHANNELS: usize = 8192;
