//! The training loss of a noise predictor at one timestep: how a latent is noised, how far a prediction
//! is from its target, and the gradients of that distance.

use super::files::config::Prediction;
use super::schedule::Schedule;

/// A timestep's share of signal and of noise, and what is predicted.
#[derive(Clone, Copy, Debug)]
pub struct Noising {
    signal: f32,
    sigma: f32,
    prediction: Prediction,
}

/// A loss and its gradient with respect to the prediction.
pub struct Residual {
    /// Mean squared error.
    pub loss: f64,
    pub gradient: Vec<f32>,
}

impl Noising {
    /// At timestep `t` of a schedule.
    pub fn new(schedule: &Schedule, t: usize) -> Self {
        Self {
            signal: schedule.signal(t),
            sigma: schedule.sigma(t),
            prediction: schedule.prediction(),
        }
    }

    /// √ᾱ·latent + √(1 − ᾱ)·noise.
    pub fn noised(&self, latent: &[f32], noise: &[f32]) -> Vec<f32> {
        let pairs = latent.iter().zip(noise);
        pairs
            .map(|(u, e)| self.signal * u + self.sigma * e)
            .collect()
    }

    /// The latent and the noise that a noised latent consists of, by a prediction.
    pub fn parted(&self, noised: &[f32], prediction: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let (signal, sigma) = (self.signal, self.sigma);
        let pairs = noised.iter().zip(prediction);
        pairs
            .map(|(x, p)| match self.prediction {
                Prediction::Epsilon => ((x - sigma * p) / signal, *p),
                Prediction::Velocity => (signal * x - sigma * p, sigma * x + signal * p),
            })
            .unzip()
    }

    /// The distance of `prediction` from its target; all arrays are in the same order.
    pub fn residual(&self, prediction: &[f32], latent: &[f32], noise: &[f32]) -> Residual {
        let n = prediction.len() as f64;
        let target = |u: f32, e: f32| match self.prediction {
            Prediction::Epsilon => e,
            Prediction::Velocity => self.signal * e - self.sigma * u,
        };
        let differences = prediction
            .iter()
            .zip(latent.iter().zip(noise))
            .map(|(p, (u, e))| p - target(*u, *e));
        let mut sum = 0.0;
        let gradient = differences
            .map(|d| {
                sum += f64::from(d) * f64::from(d);
                (2.0 / n * f64::from(d)) as f32
            })
            .collect();
        Residual {
            loss: sum / n,
            gradient,
        }
    }

    /// The loss's gradient with respect to the latent, given those with respect to the network's input
    /// and to its prediction. The velocity's target holds the latent too, −√(1 − ᾱ)·u, which adds to it.
    pub fn gradient_at_latent(&self, at_input: &[f32], at_prediction: &[f32]) -> Vec<f32> {
        let direct = match self.prediction {
            Prediction::Epsilon => 0.0,
            Prediction::Velocity => self.sigma,
        };
        let pairs = at_input.iter().zip(at_prediction);
        pairs.map(|(x, r)| self.signal * x + direct * r).collect()
    }
}
