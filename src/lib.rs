//! Palimpsest: was this artwork among the pictures that a diffusion model was fine-tuned on?
//!
//! The method is CGI-DM (Wu et al., CVPR 2024): half of the artwork is removed, and the difference
//! between a pretrained model and the model fine-tuned from it puts it back. What comes back
//! resembles the original only if the fine-tuned model saw it.

pub mod app;
pub mod artwork;
mod atomic;
pub mod case;
pub mod casework;
pub mod chart;
mod claim;
pub mod cli;
pub mod diffusion;
pub mod examination;
pub mod exhibit;
pub mod generation;
pub mod inversion;
pub mod kernels;
pub mod lab;
pub mod lettering;
pub mod mask;
pub mod models;
pub mod numerals;
mod sentences;
pub mod similarity;
pub mod system;
pub mod verdict;
