//! The values of the presets, their lengths scaled to the latent, and what overrides make of them.

use super::{
    DrawSource, Filling, NoisePairing, Overrides, Preset, Seeded, Settings, SettingsError,
    TimestepRange,
};

/// Step length of the paper at Stable Diffusion's 4×64×64 latent (section 4, implementation details).
const PAPER_STEP_SIZE: f64 = 2.0;

/// Budget of the paper at the same latent: about the distance from the partial to the original.
const PAPER_BUDGET: f64 = 70.0;

/// Half the elements of a 4×64×64 latent: what the paper's mask removes there.
const PAPER_REMOVED: f64 = 8192.0;

impl Preset {
    /// The preset's values for latents of `latent_shape` (`[channels, height, width]`).
    ///
    /// Lengths grow with √n, n being half the latent's elements: they depend on the model alone, so
    /// that questioned works and controls are treated alike whatever their mask.
    pub fn settings(self, latent_shape: [usize; 3]) -> Settings {
        self.values(latent_shape).0
    }

    /// The same, and the seed with what is drawn from it: presets replay nothing.
    pub(super) fn values(self, latent_shape: [usize; 3]) -> (Settings, Seeded) {
        let elements: f64 = latent_shape.iter().map(|&side| side as f64).product();
        let removed = elements / 2.0;
        let scale = (removed / PAPER_REMOVED).sqrt();
        let seeded = Seeded {
            timesteps: match self {
                Self::Paper => TimestepRange::ALL,
                Self::Quick => TimestepRange::QUICK,
            },
            noise: NoisePairing::Shared,
            seed: 0,
        };
        let settings = match self {
            Self::Paper => Settings {
                steps: 1000,
                step_size: PAPER_STEP_SIZE * scale,
                budget: PAPER_BUDGET * scale,
                momentum: 0.0,
                start: Filling::Reencoded,
                contrast_weight: 1.0,
                projected: false,
                draws: DrawSource::Seeded(seeded),
            },
            Self::Quick => Settings {
                steps: 50,
                step_size: 0.0221 * removed.sqrt(),
                budget: 0.35 * removed.sqrt(),
                momentum: 0.0,
                start: Filling::Filled,
                contrast_weight: 1.0,
                projected: true,
                draws: DrawSource::Seeded(seeded),
            },
        };
        (settings, seeded)
    }
}

impl Settings {
    /// The values of `preset` for latents of `latent_shape` (`[channels, height, width]`), with
    /// `overrides` put in their place where given.
    ///
    /// # Errors
    /// [`SettingsError`] if a resulting value is out of its range.
    pub fn resolve(
        preset: Preset,
        overrides: &Overrides,
        latent_shape: [usize; 3],
    ) -> Result<Self, SettingsError> {
        let (base, seeded) = preset.values(latent_shape);
        let settings = Self {
            steps: overrides.steps.unwrap_or(base.steps),
            step_size: overrides.step_size.unwrap_or(base.step_size),
            budget: overrides.budget.unwrap_or(base.budget),
            momentum: overrides.momentum.unwrap_or(base.momentum),
            start: overrides.start.map_or(base.start, Filling::from),
            contrast_weight: overrides.contrast_weight.unwrap_or(base.contrast_weight),
            // A weight that is given is meant to be that of the losses as they are.
            projected: base.projected && overrides.contrast_weight.is_none(),
            draws: DrawSource::Seeded(Seeded {
                timesteps: overrides.timesteps.unwrap_or(seeded.timesteps),
                noise: overrides.noise.unwrap_or(seeded.noise),
                seed: overrides.seed.unwrap_or(seeded.seed),
            }),
        };
        settings.validate()?;
        Ok(settings)
    }
}
