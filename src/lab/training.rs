//! Training: the same networks and rules as an examination's, with gradients that end in the parameters.
//!
//! A network is an immutable view of the [`Parameters`]: it is built anew for every step, which costs
//! nothing beside the step, and nothing is ever changed under a running computation. Every draw belongs
//! to a seed and the number of a step ([`Random`](super::random::Random)), and sums are taken in a fixed
//! order ([`batch`]): so a run is the same on any number of threads, and the same after an interruption.

pub mod average;
pub mod batch;
pub mod denoising;
pub mod optimiser;
pub mod parameters;
pub mod reconstruction;
