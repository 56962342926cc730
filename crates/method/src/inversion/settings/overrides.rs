//! The settings that a user chose explicitly, one table of them.

use serde::{Deserialize, Serialize};

use super::{Filling, NoisePairing, Settings, Start, TimestepRange};

/// Declares [`Overrides`] from one line a setting: its name, its type and its option on the command line.
macro_rules! overrides {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $option:literal;)+) => {
        /// The values that a user gave explicitly; the others come from the preset.
        #[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
        #[serde(default)]
        pub struct Overrides {
            $($(#[$doc])* pub $name: Option<$type>,)+
        }

        impl Overrides {
            /// These values, and those of `others` where there is none.
            pub fn or(&self, others: &Self) -> Self {
                Self { $($name: self.$name.or(others.$name),)+ }
            }

            /// The values that are given, by the names of the command line's options. A number is
            /// written as short as it can be and still be read as the same one.
            pub fn named(&self) -> Vec<(&'static str, String)> {
                let named = [$(($option, self.$name.map(|value| value.shortest())),)+];
                named
                    .into_iter()
                    .filter_map(|(name, value)| Some((name, value?)))
                    .collect()
            }
        }
    };
}

overrides! {
    /// See [`Settings::steps`].
    steps: usize = "steps";
    /// See [`Settings::step_size`].
    step_size: f64 = "step-size";
    /// See [`Settings::budget`].
    budget: f64 = "budget";
    /// See [`Settings::momentum`].
    momentum: f64 = "momentum";
    /// See [`Seeded::timesteps`](super::Seeded::timesteps).
    timesteps: TimestepRange = "timesteps";
    /// See [`Settings::start`].
    start: Start = "start";
    /// See [`Settings::contrast_weight`].
    contrast_weight: f64 = "contrast";
    /// See [`Seeded::noise`](super::Seeded::noise).
    noise: NoisePairing = "noise";
    /// See [`Seeded::seed`](super::Seeded::seed).
    seed: u64 = "seed";
}

impl From<&Settings> for Overrides {
    /// Every value of `settings` named. Of what replayed draws take the place of it names a value that
    /// has no effect.
    fn from(settings: &Settings) -> Self {
        Self {
            steps: Some(settings.steps),
            step_size: Some(settings.step_size),
            budget: Some(settings.budget),
            momentum: Some(settings.momentum),
            timesteps: Some(settings.timesteps().unwrap_or(TimestepRange::ALL)),
            start: Some(match settings.start {
                Filling::Filled => Start::Filled,
                Filling::Reencoded | Filling::Blurred | Filling::Recorded => Start::Reencoded,
            }),
            contrast_weight: (!settings.projected).then_some(settings.contrast_weight),
            noise: Some(settings.noise()),
            seed: Some(settings.seed().unwrap_or(0)),
        }
    }
}

/// A value as it is written on the command line.
trait OptionValue {
    fn shortest(&self) -> String;
}

impl OptionValue for f64 {
    fn shortest(&self) -> String {
        format!("{self:?}")
    }
}

macro_rules! printed {
    ($($type:ty),+) => {
        $(impl OptionValue for $type {
            fn shortest(&self) -> String {
                self.to_string()
            }
        })+
    };
}

printed!(usize, u64, TimestepRange, Start, NoisePairing);
