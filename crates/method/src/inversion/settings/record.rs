//! The settings as JSON has them: one flat object, its keys in this order.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    DrawSource, DrawsRecord, Filling, NoisePairing, Seeded, Settings, SettingsError, TimestepRange,
};

/// The settings that all works of a case have in common: all but the seed, which differs from work to
/// work, and the file of draws.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CommonSettings {
    /// See [`Settings::steps`].
    pub steps: usize,
    /// See [`Settings::step_size`].
    pub step_size: f64,
    /// See [`Settings::budget`].
    pub budget: f64,
    /// See [`Settings::momentum`].
    pub momentum: f64,
    /// The timesteps drawn from; null where draws are replayed.
    pub timesteps: Option<TimestepRange>,
    /// See [`Settings::start`].
    pub start: Filling,
    /// See [`Settings::contrast_weight`].
    pub contrast_weight: f64,
    /// See [`Settings::projected`]; records of before have none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub projected: bool,
    /// Shared or independent noise of the two models.
    pub noise: NoisePairing,
}

/// All of them.
#[derive(Deserialize, Serialize)]
struct SettingsRecord {
    #[serde(flatten)]
    common: CommonSettings,
    seed: Option<u64>,
    draws: Option<DrawsRecord>,
}

impl From<&Settings> for CommonSettings {
    fn from(settings: &Settings) -> Self {
        Self {
            steps: settings.steps,
            step_size: settings.step_size,
            budget: settings.budget,
            momentum: settings.momentum,
            timesteps: settings.timesteps(),
            start: settings.start,
            contrast_weight: settings.contrast_weight,
            projected: settings.projected,
            noise: settings.noise(),
        }
    }
}

impl Serialize for Settings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        SettingsRecord::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let record = SettingsRecord::deserialize(deserializer)?;
        Self::try_from(record).map_err(D::Error::custom)
    }
}

impl From<&Settings> for SettingsRecord {
    fn from(settings: &Settings) -> Self {
        Self {
            common: CommonSettings::from(settings),
            seed: settings.seed(),
            draws: settings.draws.file().cloned(),
        }
    }
}

impl TryFrom<SettingsRecord> for Settings {
    type Error = SettingsError;

    fn try_from(record: SettingsRecord) -> Result<Self, SettingsError> {
        let common = record.common;
        let noise = common.noise;
        let draws = match (common.timesteps, record.seed, record.draws) {
            (Some(timesteps), Some(seed), None) => DrawSource::Seeded(Seeded {
                timesteps,
                noise,
                seed,
            }),
            (None, None, Some(file)) => DrawSource::Replayed { noise, file },
            _ => return Err(SettingsError::DrawSource),
        };
        Ok(Self {
            steps: common.steps,
            step_size: common.step_size,
            budget: common.budget,
            momentum: common.momentum,
            start: common.start,
            contrast_weight: common.contrast_weight,
            projected: common.projected,
            draws,
        })
    }
}
