//! One training sample of the noise predictor: a latent, noised to a timestep, under a prompt.

use super::batch::Sample;
use palimpsest_diffusion::network::backend::{Backend, Grid, Outcome};
use palimpsest_diffusion::network::tape::{Parts, Tape, Var};
use palimpsest_diffusion::noise_predictor::{NoisePredictor, Sizes};
use palimpsest_diffusion::noising::Noising;
use palimpsest_diffusion::text_encoder::{Encoded, HiddenState, TextEncoder, encoded_by_all};
use palimpsest_diffusion::{ModelError, PromptEmbedding, Schedule};

/// The condition of the noise predictor.
#[derive(Clone, Copy)]
pub enum Condition<'a, B: Backend> {
    /// A prompt's tokens, for every one of the text encoders that are trained too, and the state of these.
    Tokens(&'a [Vec<u32>], &'a [TextEncoder<B>], HiddenState),
    /// A prompt's embedding.
    Embedding(&'a PromptEmbedding),
}

/// A latent, `[h·w, channels]` row by row, the noise for it, and the rest of the draw.
pub struct Noised<'a, B: Backend> {
    pub latent: &'a [f32],
    pub noise: &'a [f32],
    pub grid: Grid,
    pub timestep: usize,
    /// What a network is told of the picture's size, where it takes that.
    pub sizes: Sizes,
    pub condition: Condition<'a, B>,
}

/// The loss, and `sums` with the gradients added, by slot.
///
/// # Errors
/// [`ModelError`] if the arrays do not suit the networks.
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
    let Encoded { tokens, pooled } = match noised.condition {
        Condition::Tokens(ids, encoders, state) => encoded_by_all(encoders, &mut tape, ids, state)?,
        Condition::Embedding(embedding) => {
            let constant = |values: &[f32], width| {
                Ok::<_, ModelError>(Var::constant(backend.upload(values, width)?))
            };
            let pooled = embedding.pooled.as_ref();
            Encoded {
                tokens: constant(&embedding.values, predictor.geometry().cross_attention_dim)?,
                pooled: pooled.map(|v| constant(v, v.len())).transpose()?,
            }
        }
    };
    let prompt = predictor.prompt_on(&mut tape, &tokens, pooled)?;
    let prompt = prompt.sized(noised.sizes);
    let output = predictor.forward(&mut tape, &input, noised.grid, noised.timestep, &prompt)?;
    let prediction = backend.download(&output.value)?;
    let residual = noising.residual(&prediction, noised.latent, noised.noise);
    let gradient = backend.upload(&residual.gradient, channels)?;
    Ok(Sample {
        loss: residual.loss,
        gradients: tape.backward_onto(sums, &output, gradient)?.parameters(),
    })
}
