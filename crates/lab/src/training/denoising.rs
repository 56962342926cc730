//! One training sample of the noise predictor: a latent, noised to a timestep, under a prompt.

use super::batch::Sample;
use palimpsest_diffusion::Schedule;
use palimpsest_diffusion::network::backend::{Backend, Grid, Outcome};
use palimpsest_diffusion::network::tape::{Parts, Tape, Var};
use palimpsest_diffusion::noise_predictor::NoisePredictor;
use palimpsest_diffusion::noising::Noising;
use palimpsest_diffusion::text_encoder::TextEncoder;

/// The condition of the noise predictor.
#[derive(Clone, Copy)]
pub enum Condition<'a, B: Backend> {
    /// A prompt's tokens, through a text encoder that is trained too.
    Tokens(&'a [u32], &'a TextEncoder<B>),
    /// A prompt's embedding, `[tokens, width]`.
    Embedding(&'a [f32]),
}

/// A latent, `[h·w, channels]` row by row, the noise for it, and the rest of the draw.
pub struct Noised<'a, B: Backend> {
    pub latent: &'a [f32],
    pub noise: &'a [f32],
    pub grid: Grid,
    pub timestep: usize,
    pub condition: Condition<'a, B>,
}

/// The loss, and `sums` with the gradients added, by slot.
///
/// # Errors
/// [`ModelError`](palimpsest_diffusion::ModelError) if the arrays do not suit the networks.
pub fn sample<B: Backend>(
    backend: &B,
    predictor: &NoisePredictor<B>,
    schedule: &Schedule,
    sums: Parts<B>,
    noised: &Noised<B>,
) -> Outcome<Sample<B>> {
    let noising = Noising::new(schedule, noised.timestep);
    let channels = predictor.geometry().in_channels;
    let input = noising.noised(noised.latent, noised.noise);
    let input = Var::constant(backend.upload(&input, channels)?);
    let mut tape = Tape::training(backend, sums.len());
    let embedding = match noised.condition {
        Condition::Tokens(ids, encoder) => encoder.forward(&mut tape, ids)?,
        Condition::Embedding(values) => {
            let width = predictor.geometry().cross_attention_dim;
            Var::constant(backend.upload(values, width)?)
        }
    };
    let prompt = predictor.prompt_on(&mut tape, &embedding)?;
    let output = predictor.forward(&mut tape, &input, noised.grid, noised.timestep, &prompt)?;
    let prediction = backend.download(&output.value)?;
    let residual = noising.residual(&prediction, noised.latent, noised.noise);
    let gradient = backend.upload(&residual.gradient, channels)?;
    Ok(Sample {
        loss: residual.loss,
        gradients: tape.backward_onto(sums, &output, gradient)?.parameters(),
    })
}
