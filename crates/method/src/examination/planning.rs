//! From a request to a plan, and from a plan back to work: what is left open is settled by the models, and what a
//! plan names is found again.

use std::collections::BTreeSet;

use super::models::Models;
use super::plan::Plan;
use super::prompts::Prompts;
use super::request::MAX_RESOLUTION;
use super::scores::Encoders;
use super::{
    ExaminationError, Frame, Identity, PictureSizes, PromptSource, Request, Stage, Steering,
};
use crate::artwork::Artwork;
use crate::inversion::{DrawSource, Draws, Filling, Overrides, Settings};
use crate::mask::Mask;
use palimpsest_diffusion::DiffusionModel;
use palimpsest_diffusion::files::StatedTraining;

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
        let (pretrained, finetuned) = models.records(steering.control())?;
        let mut warnings = models.warnings(&pretrained, &finetuned);
        let further = finetuned.further.iter();
        let further = further.filter_map(|lora| lora.stated.as_ref());
        let stated: Vec<_> = finetuned.stated.iter().chain(further).collect();
        warnings.extend(notes(request, &prompts, &settled.settings, &stated));
        let [clip, dino] = encoders.identities(steering.control())?;
        let plan = Self {
            mask: request.mask,
            resolution: settled.resolution,
            frame: request.frame,
            latent: Some(latent_shape(models, settled.resolution)?),
            preset: request.preset,
            settings: settled.settings,
            compared: request.compared,
            reading: request.reading,
            sizes: models.pretrained.takes_sizes().then_some(request.sizes),
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
        warnings.extend(plan.impurity());
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
        let (pretrained, finetuned) = models.records(steering.control())?;
        self.pretrained
            .identity
            .check_unchanged(&pretrained.identity)?;
        self.finetuned
            .identity
            .check_unchanged(&finetuned.identity)?;
        let encoders = self.encoders();
        encoders.check(&models.engine)?;
        let found = encoders.identities(steering.control())?;
        for (begun, now) in [&self.clip, &self.dino].into_iter().zip(found) {
            if let (Some(begun), Some(now)) = (begun, now) {
                begun.check_unchanged(&now)?;
            }
        }
        Ok(())
    }

    /// Width and height of an artwork's prepared picture, by the size of the cells of `model`'s latents.
    pub(super) fn extent(&self, artwork: &Artwork, model: &DiffusionModel) -> [u32; 2] {
        let size = [artwork.width(), artwork.height()];
        self.frame.extent(size, self.resolution, model.factor())
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
        if request.frame == Frame::Bucket {
            check_buckets(request, models, resolution)?;
        }
        if request.sizes == PictureSizes::Artwork && !models.pretrained.takes_sizes() {
            return Err(ExaminationError::NoSizes);
        }
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

/// Buckets can be made of these models at this resolution, and the mask lies on all of them.
pub(super) fn check_buckets(
    request: &Request,
    models: &Models,
    resolution: usize,
) -> Result<(), ExaminationError> {
    if request.draws.is_some() {
        return Err(ExaminationError::DrawsOfBuckets);
    }
    let step = Frame::step(models.pretrained.factor());
    let suits = step.is_multiple_of(models.pretrained.granularity());
    if !suits || !resolution.is_multiple_of(step) {
        return Err(ExaminationError::Buckets { resolution, step });
    }
    let cells = step / models.pretrained.factor().max(1);
    match request.mask {
        Mask::Block(period) if !cells.is_multiple_of(period) => {
            Err(ExaminationError::MaskOfBuckets { period, cells })
        }
        _ => Ok(()),
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
fn notes(
    request: &Request,
    prompts: &Prompts,
    settings: &Settings,
    stated: &[&StatedTraining],
) -> Vec<String> {
    let mut notes = Vec::new();
    if prompts.source == PromptSource::Default {
        let words = stated.iter().filter_map(|stated| stated.likely_prompt());
        let words: BTreeSet<&str> = words.collect();
        let quoted: Vec<String> = (words.iter())
            .map(|words| format!("\u{201c}{words}\u{201d}"))
            .collect();
        let likely = match &quoted[..] {
            [] => String::new(),
            [one] => {
                format!(" The file itself names {one}, which may be it: give it as the prompt.")
            }
            several => format!(
                " The files themselves name {}, which may be it, one or together: give it as the prompt.",
                several.join(" and ")
            ),
        };
        notes.push(format!(
            "The prompt of the fine-tuning is not known: \u{201c}{}\u{201d} was used, and with another prompt the result would differ.{likely}",
            prompts.finetuned
        ));
    }
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
