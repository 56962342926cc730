//! Membership scores that make no picture, of one model alone, each by its publisher's definition on a latent. Higher
//! speaks for a member. They are what the method is held against, and no part of an examination.
//!
//! What was left open by a publisher or does not fit one prompt for all works is said at the score. Noises belong to the
//! work and not to the order in which works come.

use palimpsest_base::random::Random;
use palimpsest_diffusion::noising::Noising;
use palimpsest_diffusion::sampling::Under;
use palimpsest_diffusion::{Latent, ModelError, Schedule};

use crate::training::purpose;

/// Timesteps of the losses: those of PFAMI, a step later, since step 0 is never trained.
const TIMESTEPS: [usize; 10] = [1, 51, 101, 151, 201, 251, 301, 351, 401, 451];
/// Sides of PFAMI's crops, in parts of the picture's: from the first to the last, evenly.
const CROPS: (usize, f64, f64) = (10, 0.95, 0.7);
/// The timestep at which SecMI compares, and the steps that lead there.
const SECMI: (usize, usize) = (100, 10);
/// PIA's timestep.
const PIA: usize = 200;
/// SimA's timestep. Its publishers report the best of several: this one was not chosen by any score.
const SIMA: usize = 100;
/// CLiD's timesteps.
const CLID: [usize; 3] = [440, 450, 460];

/// The scores, in this order: the name in records, the name for readers, and the network evaluations of a work.
pub const SCORES: [(&str, &str, usize); 6] = [
    ("membership.loss", "loss (10 evaluations)", 10),
    ("membership.secmi", "SecMI (12 evaluations)", 12),
    ("membership.pia", "PIA (2 evaluations)", 2),
    ("membership.pfami", "PFAMI (110 evaluations)", 110),
    ("membership.clid", "CLiD (6 evaluations)", 6),
    ("membership.sima", "SimA (1 evaluation)", 1),
];

/// The noise that a model finds in a noised latent at a timestep, under its prompt or the empty one.
pub type Finder<'a> = dyn FnMut(&Latent, usize, Under) -> Result<Latent, ModelError> + 'a;

/// A work as the scores see it.
pub struct Subject<'a> {
    pub latent: &'a Latent,
    /// Of the picture's middle, by [`crop_sides`], brought back to size.
    pub crops: &'a [Latent],
    /// The seed of its noises.
    pub key: u64,
}

/// Sides of the crops of a picture of `side` pixels.
pub fn crop_sides(side: u32) -> Vec<u32> {
    let (count, first, last) = CROPS;
    let share = |i: usize| first + (last - first) * i as f64 / (count - 1) as f64;
    (0..count)
        .map(|i| (f64::from(side) * share(i)) as u32)
        .collect()
}

/// All scores of a work, in the order of [`SCORES`].
///
/// # Errors
/// Those of the model.
pub fn scores(
    subject: &Subject,
    schedule: &Schedule,
    find: &mut Finder,
) -> Result<[f64; 6], ModelError> {
    let mut measuring = Measuring {
        schedule,
        key: subject.key,
        find,
    };
    let own = measuring.loss(subject.latent, &TIMESTEPS, Under::Prompt, 0)?;
    let neighbours = (1..).zip(subject.crops);
    let neighbours = neighbours.map(|(index, crop)| {
        let crop = measuring.loss(crop, &TIMESTEPS, Under::Prompt, index)?;
        Ok::<_, ModelError>(crop - own)
    });
    let neighbours = neighbours.collect::<Result<Vec<f64>, _>>()?;
    // Carlini et al. 2023 and Matsumoto et al. 2023: the loss of training.
    let loss = -own;
    // Fu et al. 2024 (PFAMI, the metric variant): how much likelier the work is than its neighbours.
    let pfami = neighbours.iter().sum::<f64>() / neighbours.len() as f64;
    Ok([
        loss,
        measuring.secmi(subject.latent)?,
        measuring.pia(subject.latent)?,
        pfami,
        measuring.clid(subject.latent)?,
        measuring.sima(subject.latent)?,
    ])
}

struct Measuring<'a, 'b> {
    schedule: &'a Schedule,
    key: u64,
    find: &'a mut Finder<'b>,
}

impl Measuring<'_, '_> {
    /// The mean squared error over timesteps; `series` tells noises of several measurements apart.
    fn loss(
        &mut self,
        latent: &Latent,
        timesteps: &[usize],
        under: Under,
        series: u64,
    ) -> Result<f64, ModelError> {
        let mut sum = 0.0;
        for (place, &time) in (0..).zip(timesteps) {
            let index = series * timesteps.len() as u64 + place;
            let mut random = Random::for_training(self.key, purpose::MEMBERSHIP, index);
            let count = latent.values().len();
            let noise: Vec<f32> = (0..count).map(|_| random.normal() as f32).collect();
            let noised = Noising::new(self.schedule, time).noised(latent.values(), &noise);
            let found = (self.find)(&Latent::new(latent.shape(), noised)?, time, under)?;
            sum += distance(found.values(), &noise, 2) / count as f64;
        }
        Ok(sum / timesteps.len() as f64)
    }

    /// Duan et al. 2023 (SecMI, the statistic): how far a step onwards and back leads from where the deterministic noising
    /// of the work has come.
    fn secmi(&mut self, latent: &Latent) -> Result<f64, ModelError> {
        let (at, step) = SECMI;
        let mut latent = latent.clone();
        for time in (0..at).step_by(step) {
            latent = self.moved(&latent, time, time + step)?;
        }
        let further = self.moved(&latent, at, at + step)?;
        let back = self.moved(&further, at + step, at)?;
        Ok(-distance(back.values(), latent.values(), 2))
    }

    /// A deterministic step from a timestep to another (Song et al. 2021, η = 0).
    fn moved(&mut self, latent: &Latent, from: usize, to: usize) -> Result<Latent, ModelError> {
        let noise = (self.find)(latent, from, Under::Prompt)?;
        let (signal, sigma) = (self.schedule.signal(from), self.schedule.sigma(from));
        let pairs = latent.values().iter().zip(noise.values());
        let clean: Vec<f32> = pairs.map(|(x, e)| (x - sigma * e) / signal).collect();
        let moved = Noising::new(self.schedule, to).noised(&clean, noise.values());
        Latent::new(latent.shape(), moved)
    }

    /// Kong et al. 2024 (PIA): the noise found in the work itself, and in the work noised with it, in the fourth power.
    fn pia(&mut self, latent: &Latent) -> Result<f64, ModelError> {
        let first = (self.find)(latent, 0, Under::Prompt)?;
        let noised = Noising::new(self.schedule, PIA).noised(latent.values(), first.values());
        let second = (self.find)(&Latent::new(latent.shape(), noised)?, PIA, Under::Prompt)?;
        Ok(-distance(second.values(), first.values(), 4))
    }

    /// Zhai et al. 2024 (CLiD): how much the loss rises without the prompt. Their shortened prompts are left out, since
    /// here all works have one prompt of two words; so is the mixture with the loss, whose weight they choose on a model
    /// of their own.
    fn clid(&mut self, latent: &Latent) -> Result<f64, ModelError> {
        // A series that no crop has.
        const SERIES: u64 = 1 << 20;
        let with = self.loss(latent, &CLID, Under::Prompt, SERIES)?;
        Ok(self.loss(latent, &CLID, Under::Other, SERIES)? - with)
    }

    /// Rao et al. 2025 (SimA): the size of the noise found in the work itself, in the fourth power.
    fn sima(&mut self, latent: &Latent) -> Result<f64, ModelError> {
        let found = (self.find)(latent, SIMA, Under::Prompt)?;
        let nothing = vec![0.0; found.values().len()];
        Ok(-distance(found.values(), &nothing, 4))
    }
}

/// The sum of the differences in a power.
fn distance(a: &[f32], b: &[f32], power: i32) -> f64 {
    let pairs = a.iter().zip(b);
    pairs
        .map(|(a, b)| (f64::from(*a) - f64::from(*b)).abs().powi(power))
        .sum()
}
