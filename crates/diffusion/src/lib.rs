//! Latent diffusion models of the Stable Diffusion family: reading their files, the networks, their
//! schedule. A whole model is a [`DiffusionModel`]; what the method needs of it is a [`Denoiser`].

pub mod autoencoder;
mod denoiser;
pub mod engine;
mod error;
pub mod files;
pub mod footprint;
mod latent;
pub mod latent_colours;
mod model;
mod multilingual_encoder;
pub mod network;
pub mod noise_predictor;
pub mod noising;
mod prompted;
pub mod sampling;
pub mod schedule;
pub mod text_encoder;
pub mod tokenizer;

pub use denoiser::{Denoiser, LossAndGradient};
pub use engine::{Device, Engine};
pub use error::{LoraError, ModelError};
pub use latent::Latent;
pub use model::{Choices, Description, DiffusionModel, PromptEmbedding, WeightDistance};
pub use network::cpu::Memory;
pub use sampling::Generator;
pub use schedule::Schedule;
