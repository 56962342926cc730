//! The pair of models on an engine, opened and found to belong together.

use std::path::{Path, PathBuf};

use super::identity::Identity;
use super::machine::{self, MemoryRule, Need};
use super::model_record::{FurtherRecord, ModelRecord, RecordedChoices};
use super::{ExaminationError, Request};
use crate::inversion::Control;
use palimpsest_base::digest::Digest;
use palimpsest_base::error_kind::error_kind;
use palimpsest_diffusion::files::{LoraDescription, ModelSource, StatedTraining};
use palimpsest_diffusion::{
    Choices, Device, DiffusionModel, Engine, Memory, ModelError, WeightDistance,
};

/// The machine's part in the request: device, threads, memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub device: Option<Device>,
    /// 0 for all.
    pub threads: usize,
    pub memory: MemoryRule,
    /// In pixels; without it that of the pretrained model.
    pub resolution: Option<usize>,
}

impl Wanted {
    /// That of a request.
    pub fn of(request: &Request) -> Self {
        Self {
            device: request.device,
            threads: request.threads,
            memory: request.memory,
            resolution: request.resolution,
        }
    }
}

/// Two models of one structure, and the engine that both run on.
pub(super) struct Models {
    pub engine: Engine,
    pub device: Device,
    pub threads: usize,
    pub pretrained: DiffusionModel,
    pub finetuned: DiffusionModel,
}

impl Models {
    /// Opens both models; each borrows of the other what it lacks.
    pub fn open(
        pretrained: &Path,
        finetuned: &ModelSource,
        choices: &Choices,
        wanted: Wanted,
    ) -> Result<Self, ModelError> {
        let device = wanted.device.unwrap_or_else(Device::best);
        let threads = machine::threads(wanted.threads);
        let on = |memory| {
            let engine = Engine::new(device, threads, memory)?;
            let pretrained = open_first(pretrained, Some(finetuned), choices, &engine)?;
            let finetuned =
                DiffusionModel::open_as(finetuned, Some(&pretrained), &engine, choices)?;
            pretrained.check_same_structure(&finetuned)?;
            Ok(Self {
                engine,
                device,
                threads,
                pretrained,
                finetuned,
            })
        };
        let models = on(Memory::Full)
            .inspect_err(|error| tracing::error!(kind = error_kind(error), "models not opened"))?;
        // Only opened models know their shapes, and these decide; opening costs next to nothing.
        match wanted.memory.decide(models.need(wanted.resolution)?) {
            Memory::Full => Ok(models),
            less => on(less),
        }
    }

    /// Makes sure that all weights of both are finite numbers. Takes as long as reading them, which hashing them
    /// does too.
    pub fn check_finite(&self) -> Result<(), ModelError> {
        self.pretrained.check_finite(None)?;
        self.finetuned.check_finite(Some(&self.pretrained))
    }

    /// The distance of the noise predictors; none of an adapter, which is the pretrained model changed a little.
    pub fn distance(&self) -> Result<Option<WeightDistance>, ModelError> {
        match self.finetuned.description().lora {
            Some(_) => Ok(None),
            None => self.pretrained.distance_to(&self.finetuned).map(Some),
        }
    }

    /// The memory that an examination at that resolution takes; of one that does not suit the models, at their own.
    pub fn need(&self, resolution: Option<usize>) -> Result<Need, ModelError> {
        let own = self.pretrained.resolution();
        let shape = self.pretrained.latent_shape(resolution.unwrap_or(own));
        let shape = shape.or_else(|_| self.pretrained.latent_shape(own))?;
        Need::of(&[&self.pretrained, &self.finetuned], shape)
    }

    /// The records of both, the pretrained one first.
    pub fn records(
        &self,
        control: &Control,
    ) -> Result<(ModelRecord, ModelRecord), ExaminationError> {
        let record = |model: &DiffusionModel| {
            let description = model.description();
            let identity = Identity::read(&description.path, &model.files(), control)?;
            let further = description
                .further
                .into_iter()
                .map(|further| FurtherRecord {
                    file: identity.name_of(&further.file),
                    lora: further.lora,
                    stated: further.stated,
                });
            Ok::<_, ExaminationError>(ModelRecord {
                further: further.collect(),
                identity,
                family: model.is_of_later_family().then_some(description.family),
                prediction: description.prediction,
                borrowed: description.borrowed,
                lora: description.lora,
                notes: description.notes,
                stated: description.stated,
                choices: RecordedChoices::of(&description.choices),
            })
        };
        Ok((record(&self.pretrained)?, record(&self.finetuned)?))
    }

    /// Oddities of the pair, one sentence each; the records are those of [`Models::records`].
    pub fn warnings(&self, pretrained: &ModelRecord, finetuned: &ModelRecord) -> Vec<String> {
        let mut warnings = Vec::new();
        let several = !finetuned.further.is_empty();
        if several {
            warnings.push(format!(
                "The fine-tuned model is the pretrained one changed by {} adapters, one after the other.",
                finetuned.further.len() + 1
            ));
        }
        for (name, lora, _) in finetuned.loras() {
            let subject = match several {
                true => name,
                false => "The fine-tuned model".into(),
            };
            warnings.push(change(&subject, lora));
        }
        match &finetuned.lora {
            Some(_) => (),
            None if finetuned.borrowed.is_empty() => (),
            None => warnings.push(format!(
                "The fine-tuned model lacks {}: taken from the pretrained model.",
                finetuned.borrowed.join(", ")
            )),
        }
        if !pretrained.borrowed.is_empty() {
            warnings.push(format!(
                "The pretrained model lacks {}: taken from the fine-tuned model.",
                pretrained.borrowed.join(", ")
            ));
        }
        for (role, record) in [("Pretrained", pretrained), ("Fine-tuned", finetuned)] {
            let notes = record.notes.iter();
            warnings.extend(notes.map(|note| format!("{role} model: {note}")));
        }
        match several {
            true => warnings.extend(
                finetuned
                    .loras()
                    .filter_map(|(name, _, stated)| stated_base(&format!("{name} says"), stated?)),
            ),
            false => warnings.extend(
                finetuned
                    .stated
                    .as_ref()
                    .and_then(|stated| stated_base("The fine-tuned model's file says", stated)),
            ),
        }
        if self.autoencoders_differ(&pretrained.identity, &finetuned.identity) {
            warnings.push(
                "The fine-tuned model has other autoencoder files than the pretrained one: the pretrained model's are used for both."
                    .into(),
            );
        }
        warnings
    }

    fn autoencoders_differ(&self, pretrained: &Identity, finetuned: &Identity) -> bool {
        let hashes = |model: &DiffusionModel, identity: &Identity| -> Vec<Option<Digest>> {
            let files = model.autoencoder_files().iter();
            let hash = |file: &PathBuf| identity.file(file).map(|file| file.sha256);
            files.map(hash).collect()
        };
        !self.finetuned.shares_autoencoder_with(&self.pretrained)
            && hashes(&self.pretrained, pretrained) != hashes(&self.finetuned, finetuned)
    }
}

/// The base that a file says it was trained on, in a sentence.
fn stated_base(subject: &str, stated: &StatedTraining) -> Option<String> {
    let named = [&stated.base_model, &stated.base_family];
    let named: Vec<&str> = named.into_iter().flatten().map(String::as_str).collect();
    (!named.is_empty()).then(|| {
        format!(
            "{subject}, as anyone could make it say, that it was trained on \u{201c}{}\u{201d}: with another pretrained model the result means less.",
            named.join(", ")
        )
    })
}

/// The pretrained model. A single file may lack what the fine-tuned one has, if there is one.
pub(super) fn open_first(
    pretrained: &Path,
    finetuned: Option<&ModelSource>,
    choices: &Choices,
    engine: &Engine,
) -> Result<DiffusionModel, ModelError> {
    let lacking = match DiffusionModel::open_as(pretrained, None, engine, choices) {
        Err(
            error @ (ModelError::PartMissing { .. }
            | ModelError::NeedsConfiguration { .. }
            | ModelError::NeedsPrediction { .. }),
        ) => error,
        opened => return opened,
    };
    let Some(finetuned) = finetuned else {
        return Err(lacking);
    };
    match DiffusionModel::open_as(finetuned, None, engine, choices) {
        Ok(other) => DiffusionModel::open_as(pretrained, Some(&other), engine, choices),
        // Why the other cannot help is another matter.
        Err(_) => Err(lacking),
    }
}

/// The change that a LoRA makes, in a sentence.
fn change(subject: &str, lora: &LoraDescription) -> String {
    let rank = match lora.ranks {
        [0, 0] => String::new(),
        [least, most] if least == most => format!(" of rank {least}"),
        [least, most] => format!(" of ranks {least} to {most}"),
    };
    let kind = match lora.kinds.is_empty() {
        true => "a LoRA".to_owned(),
        false => format!("an adapter ({})", lora.kinds.join(", ")),
    };
    format!(
        "{subject} is {kind}{rank} at strength {}: it changes {} layers of the pretrained model's noise predictor and {} of its text encoder.",
        lora.strength, lora.unet_layers, lora.text_encoder_layers
    )
}

/// Tells whether the noise predictors are the same files, and the text encoders where there are two.
pub(super) fn have_equal_networks(pretrained: &Identity, finetuned: &Identity) -> bool {
    if finetuned.weights_under("unet/").is_empty() {
        // A model in one file, whose parts have no names of their own, or a LoRA.
        return finetuned.weights_under("") == pretrained.weights_under("");
    }
    let equal = |part: &str, may_lack: bool| {
        let own = finetuned.weights_under(part);
        (may_lack && own.is_empty()) || own == pretrained.weights_under(part)
    };
    equal("unet/", false) && equal("text_encoder/", true)
}
