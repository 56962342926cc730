//! A request with nothing left open: every value that the result depends on, with the hashes of every
//! file. It is the `settings` of the findings, and what a case is resumed from.

use serde::{Deserialize, Serialize};

use super::machine::{DeviceName, MemoryName, MemoryRule};
use super::model_record::ModelRecord;
use super::models::{Models, have_equal_networks};
use super::prompts::Prompts;
use super::scores::Encoders;
use super::{ExaminationError, Identity, PromptSource, Request, Stage, Steering};
use crate::inversion::{DrawSource, Draws, Filling, Overrides, Preset, Settings};
use crate::mask::Mask;
use palimpsest_diffusion::{Device, Memory};

/// The largest side of a prepared picture, in pixels: four times what the models were made for.
pub const MAX_RESOLUTION: usize = 2048;

/// The subject, the models and the settings of an examination.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Plan {
    /// The part of the artwork that is removed.
    pub mask: Mask,
    /// Side of the prepared picture in pixels.
    pub resolution: usize,
    /// The latent's shape, channels, height, width.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latent: Option<[usize; 3]>,
    /// The source of the settings that were not chosen explicitly.
    pub preset: Preset,
    /// The settings of the inversion.
    #[serde(flatten)]
    pub settings: Settings,
    /// The fine-tuned model's prompt.
    pub prompt: String,
    /// The pretrained model's prompt.
    pub pretrained_prompt: String,
    /// The source of the prompt.
    pub prompt_source: PromptSource,
    /// The model that the fine-tuned one was made from.
    pub pretrained: ModelRecord,
    /// The model under suspicion.
    pub finetuned: ModelRecord,
    /// The CLIP picture encoder.
    pub clip: Option<Identity>,
    /// The DINO picture encoder.
    pub dino: Option<Identity>,
    /// The device that the networks run on.
    #[serde(with = "DeviceName")]
    pub device: Device,
    /// The name of the arithmetic: results agree to the bit only under the same one.
    pub arithmetic: String,
    /// Worker threads.
    pub threads: usize,
    /// Memory spent on speed, or saved.
    #[serde(with = "MemoryName")]
    pub memory: Memory,
    /// The version of this program.
    pub version: String,
}

impl Plan {
    /// Settles what `request` leaves open. Also returns what is to be noted, one sentence each.
    pub(super) fn resolve(
        request: &Request,
        models: &Models,
        steering: &Steering,
    ) -> Result<(Self, Vec<String>), ExaminationError> {
        let settled = Settled::of(request, models)?;
        let prompts = Prompts::of(request)?;
        let encoders = Encoders::new(request.clip.clone(), request.dino.clone());
        encoders.check(&models.engine)?;

        steering.enter(Stage::Hashing)?;
        let (pretrained, finetuned) = models.records(steering)?;
        let mut warnings = models.warnings(&pretrained, &finetuned);
        warnings.extend(notes(request, &prompts, &settled.settings));
        let [clip, dino] = encoders.identities(steering)?;
        let plan = Self {
            mask: request.mask,
            resolution: settled.resolution,
            latent: Some(latent_shape(models, settled.resolution)?),
            preset: request.preset,
            settings: settled.settings,
            prompt: prompts.finetuned,
            pretrained_prompt: prompts.pretrained,
            prompt_source: prompts.source,
            pretrained,
            finetuned,
            clip,
            dino,
            device: models.device,
            arithmetic: models.engine.name(),
            threads: models.threads,
            memory: models.engine.memory(),
            version: env!("CARGO_PKG_VERSION").into(),
        };
        Ok((plan, warnings))
    }

    /// The plan can be carried out here with the same result as where it was made.
    pub(super) fn check(
        &self,
        models: &Models,
        steering: &Steering,
    ) -> Result<(), ExaminationError> {
        let here = env!("CARGO_PKG_VERSION");
        if self.version != here {
            return Err(ExaminationError::OtherVersion {
                begun: self.version.clone(),
                here,
            });
        }
        let arithmetic = models.engine.name();
        if self.arithmetic != arithmetic {
            return Err(ExaminationError::OtherArithmetic {
                begun: self.arithmetic.clone(),
                here: arithmetic,
            });
        }
        steering.enter(Stage::Hashing)?;
        let (pretrained, finetuned) = models.records(steering)?;
        self.pretrained
            .identity
            .check_unchanged(&pretrained.identity)?;
        self.finetuned
            .identity
            .check_unchanged(&finetuned.identity)?;
        let encoders = self.encoders();
        encoders.check(&models.engine)?;
        let found = encoders.identities(steering)?;
        for (begun, now) in [&self.clip, &self.dino].into_iter().zip(found) {
            if let (Some(begun), Some(now)) = (begun, now) {
                begun.check_unchanged(&now)?;
            }
        }
        Ok(())
    }

    /// The preset's settings for these models; its lengths are not known of plans of earlier versions.
    pub fn usual(&self) -> Option<Settings> {
        Some(self.preset.settings(self.latent?))
    }

    /// Tells whether the networks of both places are the same, so that this is a self-test.
    pub fn has_equal_networks(&self) -> bool {
        have_equal_networks(&self.pretrained.identity, &self.finetuned.identity)
    }

    /// A request that asks for the same, with every setting named. Replayed draws are not asked for again.
    pub fn request(&self) -> Request {
        let path = |identity: &Identity| identity.path.as_path().to_owned();
        let named = Overrides::from(&self.settings);
        Request {
            prompt: Some(self.prompt.clone()),
            pretrained_prompt: Some(self.pretrained_prompt.clone()),
            mask: self.mask,
            resolution: Some(self.resolution),
            preset: self.preset,
            overrides: Overrides {
                start: named.start.filter(|_| self.mask != Mask::Blur),
                ..named
            },
            clip: self.clip.as_ref().map(path),
            dino: self.dino.as_ref().map(path),
            device: Some(self.device),
            threads: self.threads,
            memory: MemoryRule::Fixed(self.memory),
            ..Request::new(
                path(&self.pretrained.identity),
                path(&self.finetuned.identity),
            )
        }
    }

    /// The draws, enough of them, for latents of `shape`.
    pub(super) fn draws(&self, shape: [usize; 3]) -> Result<Draws, ExaminationError> {
        let draws = match &self.settings.draws {
            DrawSource::Seeded(seeded) => Draws::seeded(*seeded, shape),
            DrawSource::Replayed { file, .. } => {
                let path = file.path.as_path();
                let draws = Draws::replayed(path, shape)?;
                let now = draws.origin();
                if now.file().is_none_or(|now| now.sha256 != file.sha256) {
                    let path = path.to_owned();
                    return Err(ExaminationError::Changed { path });
                }
                draws
            }
        };
        draws.covers(self.settings.steps)?;
        Ok(draws)
    }

    /// The picture encoders.
    pub(super) fn encoders(&self) -> Encoders {
        let path = |encoder: &Option<Identity>| {
            encoder
                .as_ref()
                .map(|encoder| encoder.path.as_path().to_owned())
        };
        Encoders::new(path(&self.clip), path(&self.dino))
    }
}

/// The part of a plan that depends on the models' geometry and on the file of draws.
struct Settled {
    resolution: usize,
    settings: Settings,
}

impl Settled {
    fn of(request: &Request, models: &Models) -> Result<Self, ExaminationError> {
        let usual = models.pretrained.resolution();
        let resolution = request.resolution.unwrap_or(usual);
        let shape = latent_shape(models, resolution)?;
        let [_, height, width] = shape;
        request.mask.grid(height, width)?;
        let draws = match &request.draws {
            Some(path) => Some(Draws::replayed(path, shape)?),
            None => None,
        };
        let recorded = draws.as_ref().and_then(Draws::recorded);
        let overrides = Overrides {
            steps: request.overrides.steps.or(recorded),
            ..request.overrides.clone()
        };
        let mut settings = Settings::resolve(request.preset, &overrides, shape)?;
        if let Some(draws) = &draws {
            draws.covers(settings.steps)?;
            settings.draws = draws.origin();
        }
        settings.start = filling(request, settings.start, draws.as_ref())?;
        Ok(Self {
            resolution,
            settings,
        })
    }
}

/// The shape of the latents at `resolution`.
pub(super) fn latent_shape(
    models: &Models,
    resolution: usize,
) -> Result<[usize; 3], ExaminationError> {
    if resolution > MAX_RESOLUTION {
        return Err(ExaminationError::Resolution(resolution));
    }
    Ok(models.pretrained.latent_shape(resolution)?)
}

/// Content of the removed cells: as `chosen`, unless mask or file of draws brings another.
fn filling(
    request: &Request,
    chosen: Filling,
    draws: Option<&Draws>,
) -> Result<Filling, ExaminationError> {
    if request.mask == Mask::Blur && request.overrides.start.is_some() {
        return Err(ExaminationError::StartOfBlur);
    }
    Ok(match (draws.and_then(Draws::start_latent), request.mask) {
        (Some(_), _) => Filling::Recorded,
        (None, Mask::Blur) => Filling::Blurred,
        (None, _) => chosen,
    })
}

/// Notes on how the request was understood, one sentence each.
fn notes(request: &Request, prompts: &Prompts, settings: &Settings) -> Vec<String> {
    let mut notes = Vec::new();
    if prompts.source == PromptSource::Default {
        notes.push(format!(
            "The prompt of the fine-tuning is not known: \u{201c}{}\u{201d} was used, and with another prompt the result would differ.",
            prompts.finetuned
        ));
    }
    notes.extend(settings.impurity());
    let given = &request.overrides;
    if settings.draws.seeded().is_some() {
        return notes;
    }
    if given.seed.is_some() || given.timesteps.is_some() || given.noise.is_some() {
        notes.push(
            "The draws were replayed from a file: the seed, timesteps and noise that were given beside it had no effect."
                .into(),
        );
    }
    if given.start.is_some() && settings.start == Filling::Recorded {
        notes.push(
            "The file of draws brings the latent to start from: the start that was given beside it had no effect."
                .into(),
        );
    }
    notes
}
