//! Palimpsest: was this artwork among the pictures that a diffusion model was fine-tuned on?
//!
//! The method is CGI-DM (Wu et al., CVPR 2024): half of the artwork is removed, and the difference
//! between a pretrained model and the model fine-tuned from it puts it back. What comes back
//! resembles the original only if the fine-tuned model saw it.

pub mod app;
pub mod cli;
pub mod logging;
