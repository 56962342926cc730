//! A whole evaluation from nothing: works, a fine-tuned model for every set, the examinations. Everything is
//! kept in one folder, and what is there already is not made again.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::EvaluationError;
use super::set::{Evaluated, Set};
use super::variant::Variant;
use crate::finetuning::{self, Progress, Recipe, finetune};
use crate::training::corpus::pictures_in;
use crate::training::corpus_hashes::CorpusHashes;
use crate::training::purpose;
use crate::training::trainer::Ending;
use crate::works::Works;
use palimpsest_art::Family;
use palimpsest_base::random::Random;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_method::examination::{Request, Steering};

/// The source of the sets' works.
#[derive(Clone, Debug)]
pub enum Source {
    /// Works that the program draws, of one hand; the seeds take different works.
    Hand { family: Family, artist: u64 },
    /// A folder of pictures, split anew for every seed.
    Folder(PathBuf),
}

/// An evaluation.
#[derive(Clone, Debug)]
pub struct Experiment {
    pub sources: Vec<Source>,
    /// A set of each source for every seed of split and training.
    pub seeds: Range<u64>,
    /// Members of a set, and as many hold-outs; of a folder at most half of its pictures.
    pub works: usize,
    /// The fine-tuning of the models; pictures and seed are the set's.
    pub recipe: Recipe,
    /// The examination of the works; the pair is the set's.
    pub request: Request,
    /// The number of members that each case asks about, as in [`Set::asked`].
    pub asked: Option<usize>,
    /// Other settings to examine them under.
    pub variants: Vec<Variant>,
    /// Hashes of the base model's corpus, as far as it is known.
    pub corpus: Option<CorpusHashes>,
}

/// The work of an experiment under way.
pub enum News<'a> {
    Set(&'a str),
    Variant(&'a Variant),
    Finetuning(Progress),
}

impl Experiment {
    /// Makes and examines all sets below `folder`, in order; `report` hears of models, the steering of
    /// examinations.
    ///
    /// # Errors
    /// [`EvaluationError`]; what was finished stays.
    pub fn run(
        &self,
        folder: &Path,
        cpu: &Arc<Cpu>,
        steering: &Steering,
        report: &mut dyn FnMut(News),
    ) -> Result<Vec<Evaluated>, EvaluationError> {
        let mut evaluated: Vec<Evaluated> = Vec::new();
        for source in &self.sources {
            for seed in self.seeds.clone() {
                let name = source.name(seed);
                report(News::Set(&name));
                let place = folder.join(&name);
                let set = self.set(source, seed, &name, &place)?;
                let model = self.model(&set, seed, &place, cpu, steering, report)?;
                let request = Request {
                    pretrained: self.recipe.base.clone(),
                    finetuned: model.into(),
                    ..self.request.clone()
                };
                let settings = (&request, self.variants.as_slice());
                let mut result = set.evaluate(
                    settings,
                    &place,
                    self.corpus.as_ref(),
                    steering,
                    &mut |variant| report(News::Variant(variant)),
                )?;
                if !evaluated.is_empty() {
                    // Only those of the first set are shown, and there may be many.
                    result.variants.iter_mut().for_each(|set| set.rows.clear());
                }
                evaluated.push(result);
            }
        }
        Ok(evaluated)
    }

    /// The works of a set, as files.
    fn set(
        &self,
        source: &Source,
        seed: u64,
        name: &str,
        place: &Path,
    ) -> Result<Set, EvaluationError> {
        let folder = match source {
            Source::Folder(folder) => folder.clone(),
            Source::Hand { family, artist } => {
                let drawn = place.join("works");
                let count = 2 * self.works as u64;
                let works = Works {
                    families: vec![*family],
                    artists: vec![*artist],
                    works: seed * count..=(seed + 1) * count - 1,
                    side: crate::pretraining::SIDE,
                };
                if !drawn.exists() {
                    works.write(&drawn)?;
                }
                drawn
            }
        };
        let mut files = pictures_in(&folder)?;
        Random::for_training(seed, purpose::SPLIT, 0).shuffle(&mut files);
        let each = self.works.min(files.len() / 2);
        if each < 2 {
            return Err(EvaluationError::TooFew {
                folder,
                found: files.len(),
                needed: 4,
            });
        }
        let part = |range: Range<usize>| {
            let mut part = files[range].to_vec();
            part.sort();
            part
        };
        Ok(Set {
            name: name.into(),
            members: part(0..each),
            hold_outs: part(each..2 * each),
            asked: self.asked,
        })
    }

    /// The model that was fine-tuned on the members of a set.
    fn model(
        &self,
        set: &Set,
        seed: u64,
        place: &Path,
        cpu: &Arc<Cpu>,
        steering: &Steering,
        report: &mut dyn FnMut(News),
    ) -> Result<PathBuf, EvaluationError> {
        let out = place.join("model");
        let lora = out.join(finetuning::LORA);
        let result = || {
            if lora.exists() {
                lora.clone()
            } else {
                out.clone()
            }
        };
        if out.join(finetuning::RECORD).exists() {
            return Ok(result());
        }
        let recipe = Recipe {
            pictures: finetuning::Pictures::Files(set.members.clone()),
            seed,
            ..self.recipe.clone()
        };
        let ending = finetune(&recipe, &out, cpu, steering.control(), &mut |news| {
            report(News::Finetuning(news));
        })?;
        match ending {
            Ending::Finished => Ok(result()),
            Ending::Cancelled => Err(EvaluationError::Interrupted),
        }
    }
}

impl Source {
    fn name(&self, seed: u64) -> String {
        match self {
            Self::Hand { family, artist } => format!("{family}-{artist}-s{seed}"),
            Self::Folder(folder) => {
                // A folder without a name (`/`, `..`) is told by its seed.
                let name = folder.file_name().unwrap_or_default().to_string_lossy();
                format!("{name}-s{seed}")
            }
        }
    }
}
