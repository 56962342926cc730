//! A request with nothing left open: every value that the result depends on, with the hashes of every
//! file. It is the `settings` of the findings, and what a case is resumed from.

use serde::{Deserialize, Serialize};

use super::machine::{DeviceName, MemoryName, MemoryRule};
use super::models::Models;
use super::prompts::Prompts;
use super::scores::Encoders;
use super::{ExaminationError, Identity, PromptSource, RecordedPath, Request, Stage, Steering};
use crate::inversion::{Draws, NoisePairing, Overrides, Preset, Settings, Start, TimestepRange};
use crate::mask::Mask;
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::files::LoraDescription;
use palimpsest_diffusion::{Device, Memory};

/// The largest side of a prepared picture, in pixels: four times what the models were made for.
pub const MAX_RESOLUTION: usize = 2048;

/// What is examined with what, and how.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Plan {
    /// What is removed of the artwork.
    pub mask: Mask,
    /// Side of the prepared picture in pixels.
    pub resolution: usize,
    /// The latent's shape, channels, height, width.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latent: Option<[usize; 3]>,
    /// Where the settings came from that were not chosen explicitly.
    pub preset: Preset,
    /// See [`Settings::steps`].
    pub steps: usize,
    /// See [`Settings::step_size`].
    pub step_size: f64,
    /// See [`Settings::budget`].
    pub budget: f64,
    /// See [`Settings::momentum`].
    pub momentum: f64,
    /// The timesteps drawn from; none where draws are replayed.
    pub timesteps: Option<TimestepRange>,
    /// How the removed cells are filled before the first step.
    pub start: Filling,
    /// See [`Settings::contrast_weight`].
    pub contrast_weight: f64,
    /// Whether both models see the same noise.
    pub noise: NoisePairing,
    /// The seed of the draws; none where they are replayed.
    pub seed: Option<u64>,
    /// The file that the draws are replayed from.
    pub draws: Option<DrawsRecord>,
    /// The fine-tuned model's prompt.
    pub prompt: String,
    /// The pretrained model's prompt.
    pub pretrained_prompt: String,
    /// How the prompt was determined.
    pub prompt_source: PromptSource,
    /// The model that the fine-tuned one was made from.
    pub pretrained: ModelRecord,
    /// The model under suspicion.
    pub finetuned: ModelRecord,
    /// The CLIP picture encoder.
    pub clip: Option<Identity>,
    /// The DINO picture encoder.
    pub dino: Option<Identity>,
    /// Where the networks run.
    #[serde(with = "DeviceName")]
    pub device: Device,
    /// The name of the arithmetic: results agree to the bit only under the same one.
    pub arithmetic: String,
    /// Worker threads.
    pub threads: usize,
    /// Whether memory is spent on speed.
    #[serde(with = "MemoryName")]
    pub memory: Memory,
    /// The version of this program.
    pub version: String,
}

/// A model as the record keeps it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ModelRecord {
    /// Its folder and files, without those that it borrows; of a LoRA its file, in the path with the
    /// strength where one was given.
    #[serde(flatten)]
    pub identity: Identity,
    /// `epsilon` or `v_prediction`.
    pub prediction: String,
    /// Components that it lacks and that were taken from the pretrained model.
    pub borrowed: Vec<String>,
    /// How it changes the pretrained model, if it is a LoRA.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lora: Option<LoraDescription>,
}

/// A file of draws.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct DrawsRecord {
    /// The file.
    pub path: RecordedPath,
    /// SHA-256 of its content.
    pub sha256: Digest,
}

/// How the removed cells are filled before the first step.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Filling {
    /// The partial picture encoded again.
    Reencoded,
    /// The removed pixels filled in from the kept ones, then encoded.
    Filled,
    /// The blurred picture encoded.
    Blurred,
    /// The latent that the file of draws brings.
    Recorded,
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
        warnings.extend(notes(request, &prompts, settled.draws.as_ref()));
        let [clip, dino] = encoders.identities(steering)?;
        let (settings, draws) = (&settled.settings, settled.draws.as_ref());
        let plan = Self {
            mask: request.mask,
            resolution: settled.resolution,
            latent: Some(latent_shape(models, settled.resolution)?),
            preset: request.preset,
            steps: settings.steps,
            step_size: settings.step_size,
            budget: settings.budget,
            momentum: settings.momentum,
            timesteps: draws.is_none().then_some(settings.timesteps),
            start: settled.start,
            contrast_weight: settings.contrast_weight,
            noise: draws.map_or(settings.noise, Draws::pairing),
            seed: draws.is_none().then_some(settings.seed),
            draws: draws_record(request, draws),
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

    /// What the preset has for these models; its lengths are not known of plans of earlier versions.
    pub fn usual(&self) -> Option<Settings> {
        Some(self.preset.settings(self.latent?))
    }

    /// A request that asks for the same, with every setting named. Replayed draws are not asked for again.
    pub fn request(&self) -> Request {
        let path = |identity: &Identity| identity.path.as_path().to_owned();
        let settings = self.inversion();
        Request {
            prompt: Some(self.prompt.clone()),
            pretrained_prompt: Some(self.pretrained_prompt.clone()),
            mask: self.mask,
            resolution: Some(self.resolution),
            preset: self.preset,
            overrides: Overrides {
                steps: Some(settings.steps),
                step_size: Some(settings.step_size),
                budget: Some(settings.budget),
                momentum: Some(settings.momentum),
                timesteps: Some(settings.timesteps),
                start: Some(settings.start).filter(|_| self.mask != Mask::Blur),
                contrast_weight: Some(settings.contrast_weight),
                noise: Some(settings.noise),
                seed: Some(settings.seed),
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

    /// The settings of the inversion. Where draws are replayed, what these take the place of is set
    /// to what is never looked at.
    pub(super) fn inversion(&self) -> Settings {
        Settings {
            steps: self.steps,
            step_size: self.step_size,
            budget: self.budget,
            momentum: self.momentum,
            timesteps: self.timesteps.unwrap_or(TimestepRange::ALL),
            start: match self.start {
                Filling::Filled => Start::Filled,
                _ => Start::Reencoded,
            },
            contrast_weight: self.contrast_weight,
            noise: self.noise,
            seed: self.seed.unwrap_or(0),
        }
    }

    /// The draws, enough of them, for latents of `shape`.
    pub(super) fn draws(&self, shape: [usize; 3]) -> Result<Draws, ExaminationError> {
        let draws = match &self.draws {
            None => Draws::seeded(&self.inversion(), shape),
            Some(record) => {
                let draws = Draws::replayed(record.path.as_path(), shape)?;
                if draws.sha256() != Some(record.sha256) {
                    let path = record.path.as_path().to_owned();
                    return Err(ExaminationError::Changed { path });
                }
                draws
            }
        };
        draws.covers(self.steps)?;
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

/// What of a request depends on the models' geometry and on the file of draws.
struct Settled {
    resolution: usize,
    settings: Settings,
    draws: Option<Draws>,
    start: Filling,
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
        let settings = Settings::resolve(request.preset, &overrides, shape)?;
        if let Some(draws) = &draws {
            draws.covers(settings.steps)?;
        }
        Ok(Self {
            resolution,
            start: filling(request, &settings, draws.as_ref())?,
            settings,
            draws,
        })
    }
}

fn draws_record(request: &Request, draws: Option<&Draws>) -> Option<DrawsRecord> {
    Some(DrawsRecord {
        path: RecordedPath::new(request.draws.as_deref()?),
        sha256: draws?.sha256()?,
    })
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

fn filling(
    request: &Request,
    settings: &Settings,
    draws: Option<&Draws>,
) -> Result<Filling, ExaminationError> {
    if request.mask == Mask::Blur && request.overrides.start.is_some() {
        return Err(ExaminationError::StartOfBlur);
    }
    Ok(match (draws.and_then(Draws::start_latent), request.mask) {
        (Some(_), _) => Filling::Recorded,
        (None, Mask::Blur) => Filling::Blurred,
        (None, _) => match settings.start {
            Start::Reencoded => Filling::Reencoded,
            Start::Filled => Filling::Filled,
        },
    })
}

/// What a reader should know of how the request was understood.
fn notes(request: &Request, prompts: &Prompts, draws: Option<&Draws>) -> Vec<String> {
    let mut notes = Vec::new();
    if prompts.source == PromptSource::Default {
        notes.push(format!(
            "The prompt of the fine-tuning is not known: \u{201c}{}\u{201d} was used, and with another prompt the result would differ.",
            prompts.finetuned
        ));
    }
    let given = &request.overrides;
    let Some(draws) = draws else {
        return notes;
    };
    if given.seed.is_some() || given.timesteps.is_some() || given.noise.is_some() {
        notes.push(
            "The draws were replayed from a file: the seed, timesteps and noise that were given beside it had no effect."
                .into(),
        );
    }
    if given.start.is_some() && draws.start_latent().is_some() {
        notes.push(
            "The file of draws brings the latent to start from: the start that was given beside it had no effect."
                .into(),
        );
    }
    notes
}
