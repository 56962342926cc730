//! A validation: what the program does on works whose use is known, with models that are fine-tuned for it on drawn works
//! by one recipe. Works that were not used and works that were, wrong and contaminated controls, the models' own
//! pictures and works made from them, edits of used works, a wrong base, merged models, another prompt. Everything is kept
//! in one folder; what is there already is not made again. What decides is the loss gap, so that nothing is recovered.

mod material;
mod merging;
mod parts;
mod trials;

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::evaluation::error::EvaluationError;
use crate::evaluation::tuned_model::tuned_model;
use crate::finetuning::{self, Augmentation, Pictures, Progress, Recipe};
use crate::pretraining::SIDE;
use crate::training::corpus::pictures_in;
use crate::works::Works;
use palimpsest_art::Family;
use palimpsest_base::atomic;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_diffusion::{Device, DiffusionModel, Engine, Memory};
use palimpsest_method::artwork::Reading;
use palimpsest_method::examination::{
    Frame, Identity, MemoryRule, PictureSizes, PrimaryScore, Steering,
};
use palimpsest_method::generation;
use palimpsest_method::inversion::Control;
use palimpsest_record::case::journal::Signer;
use palimpsest_record::case::{Digest, UtcTime};
use palimpsest_record::validation::{
    BaseModel, Conditions, Dossier, Recipe as Validated, SignedDossier, Trained, TunedModel,
};

/// The dossier in the folder of a validation.
pub const DOSSIER: &str = "dossier.json";

/// The folder of a model's own pictures.
const OUTPUTS: &str = "outputs";

/// Steps and guidance of the models' own pictures.
const STEPS: usize = 25;
const GUIDANCE: f32 = 3.0;

/// A validation.
#[derive(Clone, Debug)]
pub struct Validation {
    pub families: Vec<Family>,
    /// Numbers of the hands of each family that models are fine-tuned on; the other hand is the number after the last.
    pub hands: RangeInclusive<u64>,
    /// Works that a model is fine-tuned on.
    pub members: u64,
    /// Works of each hand that are asked about and were not used.
    pub questioned: u64,
    /// Works of each group of controls.
    pub controls: u64,
    /// Pictures that each model makes.
    pub outputs: u64,
    /// The prompt that is not the training's.
    pub other_prompt: String,
    /// The fine-tuning; its pictures are the hand's.
    pub recipe: Recipe,
    pub threads: usize,
}

/// The work of a validation under way.
pub enum News<'a> {
    /// A hand's model.
    Model(&'a str),
    Finetuning(Progress),
    /// A part of the measurements of a hand.
    Part(&'a str, &'a str),
}

/// One fine-tuned model and the hand that it was fine-tuned on.
#[derive(Clone, Debug)]
struct Hand {
    family: Family,
    number: u64,
    name: String,
    folder: PathBuf,
    model: PathBuf,
    sha256: Digest,
}

impl Validation {
    /// Makes all of it below `folder`, and the dossier, signed, in it as [`DOSSIER`]; `report` hears of models and parts.
    ///
    /// # Errors
    /// [`EvaluationError`]; what was finished stays.
    pub fn run(
        &self,
        folder: &Path,
        (cpu, steering): (&Arc<Cpu>, &Steering),
        signer: &Signer,
        report: &mut dyn FnMut(News),
    ) -> Result<SignedDossier, EvaluationError> {
        let mut hands = Vec::new();
        for number in self.hands.clone() {
            for &family in &self.families {
                let name = format!("{family}-{number}");
                report(News::Model(&name));
                let place = folder.join(&name);
                let model = self.model((family, number), &place, (cpu, steering), report)?;
                hands.push(Hand {
                    sha256: self.sha256_of(Some(&model), steering.control())?,
                    family,
                    number,
                    name,
                    folder: place,
                    model,
                });
            }
        }
        let mut measured = Vec::new();
        for (place, hand) in hands.iter().enumerate() {
            let neighbour = hands.get((place + 1) % hands.len());
            let neighbour = neighbour.filter(|neighbour| neighbour.name != hand.name);
            measured.push(self.measured(hand, neighbour, steering, report)?);
        }
        let trials = trials::of(&measured);
        let validated = palimpsest_record::validation::Validated {
            base: BaseModel {
                name: file_name(&self.recipe.base),
                sha256: self.sha256_of(None, steering.control())?,
            },
            recipe: self.validated_recipe(&hands)?,
            conditions: self.conditions()?,
            works: self.works(),
            seed: self.recipe.seed,
            models: hands.iter().map(Hand::tuned).collect(),
            trials,
        };
        let signed = Dossier::new(validated, UtcTime::now(), signer).signed(signer)?;
        let file = folder.join(DOSSIER);
        atomic::replace(&file, signed.text.as_bytes())
            .map_err(|source| EvaluationError::Write { file, source })?;
        Ok(signed)
    }

    /// The model that was fine-tuned on works of a hand, and the pictures that it makes.
    fn model(
        &self,
        (family, hand): (Family, u64),
        place: &Path,
        (cpu, steering): (&Arc<Cpu>, &Steering),
        report: &mut dyn FnMut(News),
    ) -> Result<PathBuf, EvaluationError> {
        let drawn = place.join("members");
        let recipe = || {
            if !drawn.exists() {
                let works = Works {
                    families: vec![family],
                    artists: vec![hand],
                    works: 0..=self.members.saturating_sub(1),
                    side: SIDE,
                };
                works.write(&drawn)?;
            }
            Ok(Recipe {
                pictures: Pictures::Files(pictures_in(&drawn)?),
                ..self.recipe.clone()
            })
        };
        let out = place.join("model");
        let model = tuned_model(recipe, &out, (cpu, steering.control()), &mut |news| {
            report(News::Finetuning(news));
        })?;
        let recipe = generation::Recipe {
            base: Some(self.recipe.base.clone()),
            prompt: Some(self.recipe.prompt.clone()),
            count: self.outputs as usize,
            steps: STEPS,
            guidance: GUIDANCE,
            seed: self.recipe.seed,
            resolution: self.recipe.resolution,
            device: Some(Device::Cpu),
            threads: self.threads,
            memory: MemoryRule::Fixed(Memory::Full),
            ..generation::Recipe::new(&*model)
        };
        if self.outputs > 0 {
            generation::generate(&recipe, &place.join(OUTPUTS), steering, &mut |_| ())?;
        }
        Ok(model)
    }

    /// Hash over the files of the base, or of a model that was made of it, as a case has it.
    fn sha256_of(
        &self,
        model: Option<&Path>,
        control: &Control,
    ) -> Result<Digest, EvaluationError> {
        let engine = Engine::new(Device::Cpu, self.threads, Memory::Full)?;
        let base = DiffusionModel::open(&*self.recipe.base, None, &engine)?;
        let opened = match model {
            Some(model) => DiffusionModel::open(model, Some(&base), &engine)?,
            None => base,
        };
        let path = opened.description().path;
        Ok(Identity::read(&path, &opened.files(), control)?.sha256)
    }

    fn conditions(&self) -> Result<Conditions, EvaluationError> {
        let engine = Engine::new(Device::Cpu, self.threads, Memory::Full)?;
        let base = DiffusionModel::open(&*self.recipe.base, None, &engine)?;
        Ok(Conditions {
            score: PrimaryScore::LossGap,
            resolution: self.recipe.resolution.unwrap_or_else(|| base.resolution()),
            frame: Frame::Square,
            reading: Reading::AS_SEEN,
            sizes: base.takes_sizes().then_some(PictureSizes::Generation),
            controls: self.controls as usize,
        })
    }

    /// The recipe as the dossier has it; the steps are those that were made, since what is signed must not be what was
    /// only planned.
    ///
    /// # Errors
    /// [`EvaluationError::Damaged`] naming the record of a fine-tuning that does not tell them.
    fn validated_recipe(&self, hands: &[Hand]) -> Result<Validated, EvaluationError> {
        let recipe = &self.recipe;
        let steps = hands.iter().map(|hand| {
            let record = hand.folder.join("model").join(finetuning::RECORD);
            steps_made(&record).ok_or(EvaluationError::Damaged(record))
        });
        let steps = steps.collect::<Result<Vec<_>, _>>()?;
        Ok(Validated {
            trained: match recipe.lora {
                Some(rank) => Trained::Lora(rank),
                None => Trained::AllWeights,
            },
            pictures: self.members as usize,
            batch: recipe.batch,
            steps: steps.first().copied().ok_or(EvaluationError::NoSource)?,
            rate: recipe.rate.map(f64::from),
            flips: recipe.augmentation == Augmentation::HorizontalFlip,
            prompt: recipe.prompt.clone(),
        })
    }

    /// The works, in words.
    fn works(&self) -> String {
        let names: Vec<&str> = self.families.iter().map(|family| family.name()).collect();
        let (first, last) = (self.hands.start(), self.hands.end());
        let hands = match first == last {
            true => format!("hand {first}"),
            false => format!("hands {first} to {last}"),
        };
        format!(
            "drawn by the program, {hands} of {}; works 0 to {} used, {} others of each hand asked about; {} pictures of \
             each model in {STEPS} steps at guidance {GUIDANCE}; other prompt “{}”",
            names.join(", "),
            self.members.saturating_sub(1),
            self.questioned,
            self.outputs,
            self.other_prompt
        )
    }
}

impl Hand {
    fn tuned(&self) -> TunedModel {
        TunedModel {
            hand: self.name.clone(),
            sha256: self.sha256,
        }
    }
}

/// The steps that the record of a fine-tuning tells of.
fn steps_made(record: &Path) -> Option<u64> {
    // A record that cannot be read tells none, and the dossier is refused by its name.
    let text = std::fs::read(record).ok()?;
    let record: serde_json::Value = serde_json::from_slice(&text).ok()?;
    record.get("steps")?.as_u64()
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
