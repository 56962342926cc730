//! Noise predictor and text encoders in a pretraining, and one sample of their loss.

use super::latents::Encoded;
use crate::training::batch::{Sample, groups};
use crate::training::denoising::{self, Condition, Noised};
use crate::training::parameters::Parameters;
use palimpsest_base::random::Random;
use palimpsest_diffusion::Schedule;
use palimpsest_diffusion::files::Part;
use palimpsest_diffusion::files::config::{TextGeometry, UnetGeometry};
use palimpsest_diffusion::network::backend::Outcome;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_diffusion::network::tape::Parts;
use palimpsest_diffusion::noise_predictor::{NoisePredictor, Sizes};
use palimpsest_diffusion::text_encoder::{HiddenState, TextEncoder};

/// The share of captions that are left out, so that the model also knows to do without.
const WITHOUT_CAPTION: f64 = 0.1;

/// The geometry of what is trained, and what does not change.
pub(super) struct Fixed<'a> {
    pub unet: UnetGeometry,
    /// Of every text encoder, in the order in which their embeddings lie side by side.
    pub text: Vec<(Part, TextGeometry)>,
    pub schedule: Schedule,
    /// The empty prompt's tokens, for every text encoder.
    pub nothing: Vec<Vec<u32>>,
    pub cpu: &'a Cpu,
}

/// The networks; they follow the parameters that they were built of.
pub(super) struct Networks {
    pub predictor: NoisePredictor<Cpu>,
    pub text_encoders: Vec<TextEncoder<Cpu>>,
    /// Into how many groups their batches are dealt.
    pub groups: usize,
}

impl Fixed<'_> {
    /// Builds the networks of `parameters`.
    pub(super) fn networks(&self, parameters: &Parameters) -> Outcome<Networks> {
        let unet = parameters.weights(Part::Unet)?;
        let text = self.text.iter().map(|(part, geometry)| {
            TextEncoder::load(geometry, &parameters.weights(*part)?, self.cpu)
        });
        Ok(Networks {
            predictor: NoisePredictor::load(self.unet.clone(), &unet, self.cpu)?,
            text_encoders: text.collect::<Outcome<_>>()?,
            groups: groups(parameters.numbers()),
        })
    }

    /// The state of the text encoders that the noise predictor reads.
    pub(super) fn state(&self) -> HiddenState {
        HiddenState::of(&self.unet)
    }

    /// The sizes that the network is told: those of generation.
    pub(super) fn sizes(&self) -> Sizes {
        let side = super::SIDE as usize;
        Sizes::untouched(side, side)
    }

    /// The loss of one latent, all of whose chance comes from `random`, and `sums` with its gradients.
    pub(super) fn sample(
        &self,
        networks: &Networks,
        sums: Parts<Cpu>,
        encoded: &Encoded,
        random: &mut Random,
    ) -> Outcome<Sample<Cpu>> {
        let caption = if random.chance(WITHOUT_CAPTION) {
            &self.nothing
        } else {
            &*encoded.ids
        };
        let timestep = random.integer(0, self.schedule.alphas_cumprod().len() - 1);
        let noise: Vec<f32> = (0..encoded.latent.len())
            .map(|_| random.normal() as f32)
            .collect();
        let noised = Noised {
            latent: &encoded.latent,
            noise: &noise,
            grid: super::autoencoder::square(self.unet.sample_size),
            timestep,
            sizes: self.sizes(),
            condition: Condition::Tokens(caption, &networks.text_encoders, self.state()),
        };
        denoising::sample(self.cpu, &networks.predictor, &self.schedule, sums, &noised)
    }
}
