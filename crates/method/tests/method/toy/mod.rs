//! A diffusion model small enough to know by heart: its loss is the mean squared distance of the
//! noised latent from a fixed centre, so that value and gradient can be written down. Also a model
//! that answers from a list, and what the tests of the loop share.

#![allow(dead_code, reason = "each file of tests uses a part")]

use std::sync::{Arc, Mutex};

use palimpsest_diffusion::{Denoiser, Latent, LossAndGradient, ModelError};
use palimpsest_method::inversion::{
    Control, DrawSource, Draws, Event, Filling, Inversion, InversionOutcome, LatentMask,
    NoisePairing, Seeded, Settings, StepReport, TimestepRange,
};

pub const SHAPE: [usize; 3] = [2, 4, 4];

/// Told the number of evaluations made so far, the latent and the noise.
type Hook = dyn FnMut(usize, &Latent, &Latent) + Send;

/// `mean((latent + t/1000 · noise − centre)²)`, and what is to happen before each evaluation.
pub struct Toy {
    centre: Latent,
    before: Box<Hook>,
    pub evaluations: usize,
}

impl Toy {
    pub fn new(centre: Latent) -> Self {
        Self::with_hook(centre, |_, _, _| {})
    }

    /// Calls `before` before each evaluation.
    pub fn with_hook(
        centre: Latent,
        before: impl FnMut(usize, &Latent, &Latent) + Send + 'static,
    ) -> Self {
        Self {
            centre,
            before: Box::new(before),
            evaluations: 0,
        }
    }

    fn errors(&self, latent: &Latent, timestep: usize, noise: &Latent) -> Vec<f64> {
        let level = timestep as f64 / 1000.0;
        let noised = latent.values().iter().zip(noise.values());
        noised
            .zip(self.centre.values())
            .map(|((&u, &e), &a)| f64::from(u) + level * f64::from(e) - f64::from(a))
            .collect()
    }
}

impl Denoiser for Toy {
    fn loss_and_gradient(
        &mut self,
        latent: &Latent,
        timestep: usize,
        noise: &Latent,
    ) -> Result<LossAndGradient, ModelError> {
        let loss = self.loss(latent, timestep, noise)?;
        let errors = self.errors(latent, timestep, noise);
        let n = errors.len() as f64;
        let gradient = errors.iter().map(|e| (2.0 * e / n) as f32).collect();
        Ok(LossAndGradient {
            loss,
            gradient: Latent::new(latent.shape(), gradient)?,
        })
    }

    fn loss(
        &mut self,
        latent: &Latent,
        timestep: usize,
        noise: &Latent,
    ) -> Result<f64, ModelError> {
        (self.before)(self.evaluations, latent, noise);
        self.evaluations += 1;
        let errors = self.errors(latent, timestep, noise);
        Ok(errors.iter().map(|e| e * e).sum::<f64>() / errors.len() as f64)
    }
}

/// A latent of smooth values that no symmetry makes equal.
pub fn wave(shape: [usize; 3], frequency: f32) -> Latent {
    let n = shape.iter().product::<usize>();
    let values = (0..n).map(|i| (i as f32 * frequency + 0.3).sin()).collect();
    Latent::new(shape, values).unwrap()
}

pub fn pretrained() -> Toy {
    Toy::new(wave(SHAPE, 0.7))
}

pub fn finetuned() -> Toy {
    Toy::new(wave(SHAPE, 1.9))
}

pub fn settings(steps: usize) -> Settings {
    Settings {
        steps,
        step_size: 0.3,
        budget: 1.0,
        momentum: 0.0,
        start: Filling::Reencoded,
        contrast_weight: 0.8,
        projected: false,
        draws: DrawSource::Seeded(seeded()),
    }
}

pub fn seeded() -> Seeded {
    Seeded {
        timesteps: TimestepRange::ALL,
        noise: NoisePairing::Independent,
        seed: 7,
    }
}

/// A whole run over [`SHAPE`] with a checkerboard of kept cells.
pub fn inversion(settings: Settings) -> Inversion {
    let grid: Vec<f32> = (0..16).map(|i| ((i / 4 + i) % 2) as f32).collect();
    Inversion {
        original: wave(SHAPE, 1.3),
        start: wave(SHAPE, 2.9),
        kept: LatentMask::new([4, 4], &grid).unwrap(),
        draws: Draws::seeded(*settings.draws.seeded().unwrap(), SHAPE),
        settings,
        networks: "two toys".into(),
    }
}

/// Runs with everything kept in memory and the events collected.
pub fn run(
    inversion: &Inversion,
    pretrained: &mut dyn Denoiser,
    finetuned: &mut dyn Denoiser,
) -> (InversionOutcome, Vec<Event>) {
    let mut events = Vec::new();
    let observer = &mut |event| events.push(event);
    let outcome = inversion
        .run(pretrained, finetuned, &Control::new(), observer, None)
        .unwrap();
    (outcome, events)
}

pub fn step_reports(events: &[Event]) -> Vec<&StepReport> {
    let reports = events.iter().filter_map(|event| match event {
        Event::Step(report) => Some(report),
        _ => None,
    });
    reports.collect()
}

/// Answers with recorded losses and gradients, whatever it is asked.
pub struct Recorded {
    pub answers: std::vec::IntoIter<LossAndGradient>,
}

impl Denoiser for Recorded {
    fn loss_and_gradient(
        &mut self,
        _: &Latent,
        _: usize,
        _: &Latent,
    ) -> Result<LossAndGradient, ModelError> {
        Ok(self.answers.next().unwrap())
    }

    fn loss(&mut self, _: &Latent, _: usize, _: &Latent) -> Result<f64, ModelError> {
        Ok(self.answers.next().unwrap().loss)
    }
}

pub fn recorded(gradients: Vec<Latent>, losses: &[f32]) -> Recorded {
    let answers = gradients.into_iter().zip(losses);
    let answers = answers.map(|(gradient, &loss)| LossAndGradient {
        loss: loss.into(),
        gradient,
    });
    Recorded {
        answers: answers.collect::<Vec<_>>().into_iter(),
    }
}

/// A toy that notes the noises it sees.
pub fn listening(centre: Latent) -> (Toy, Arc<Mutex<Vec<Latent>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&heard);
    let toy = Toy::with_hook(centre, move |_, _, noise| {
        notes.lock().unwrap().push(noise.clone());
    });
    (toy, heard)
}
