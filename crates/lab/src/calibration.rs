//! Mock fine-tunes: where nobody has works that are known to have been used, the user's pretrained model is
//! fine-tuned on one half of works that the user owns, and both halves are examined as the case's works
//! were: with its settings, and with draws of its own for every work, as its controls have. Done by several
//! recipes, since the questioned model's is not known.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::evaluation::SetRole;
use super::evaluation::error::EvaluationError;
use super::evaluation::experiment::{Experiment, News, Source};
use super::evaluation::set::Evaluated;
use super::finetuning::{Augmentation, Pictures, Recipe};
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_method::examination::{Plan, Steering};
use palimpsest_record::casework::calibration::{CalibrationFile, Conditions, RecipeScores};

/// The recipe of a mock fine-tune.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Method {
    /// The rank of a LoRA; without it all weights are trained.
    pub lora: Option<usize>,
    /// The number of draws of each picture.
    pub draws: u64,
}

/// Recipes that are tried unless something else is asked for: much training, little, and a LoRA.
pub const METHODS: [Method; 3] = [
    Method {
        lora: None,
        draws: 100,
    },
    Method {
        lora: None,
        draws: 40,
    },
    Method {
        lora: Some(8),
        draws: 100,
    },
];

impl Method {
    /// A part of file names.
    fn slug(self) -> String {
        match self.lora {
            Some(rank) => format!("lora{rank}-{}", self.draws),
            None => format!("full-{}", self.draws),
        }
    }

    /// The trained part, in words.
    fn trained(self) -> String {
        match self.lora {
            Some(rank) => format!("LoRA of rank {rank}"),
            None => "all weights".to_owned(),
        }
    }

    /// In words, with what else the scores depend on.
    fn sentence(self, pictures: usize, rate: Option<f32>) -> String {
        let what = self.trained();
        let rate = match rate {
            Some(rate) => format!(", rate {rate:e}"),
            None => String::new(),
        };
        format!(
            "{what}, {pictures} pictures, {} draws each{rate}",
            self.draws
        )
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} draws a picture", self.trained(), self.draws)
    }
}

/// A calibration that is to be made.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The plan by which the case's works were examined.
    pub plan: Plan,
    /// The number of examinations of each.
    pub repeats: u32,
    /// The works that the user owns.
    pub pictures: PathBuf,
    pub methods: Vec<Method>,
    /// The rate of a step; without it what suits the model and the method.
    pub rate: Option<f32>,
    pub seed: u64,
}

/// Makes the calibration in `folder` and returns it; what is there already is not made again.
///
/// # Errors
/// [`EvaluationError`]; what was finished stays.
pub fn calibrate(
    assignment: &Assignment,
    folder: &Path,
    cpu: &Arc<Cpu>,
    steering: &Steering,
    report: &mut dyn FnMut(Method, News),
) -> Result<CalibrationFile, EvaluationError> {
    let mut recipes = Vec::new();
    for &method in &assignment.methods {
        let experiment = experiment(assignment, method);
        let place = folder.join(method.slug());
        let sets = experiment.run(&place, cpu, steering, &mut |news| report(method, news))?;
        recipes.push(scores(assignment, method, &sets));
    }
    let conditions = Conditions {
        // Hold-outs are controls here.
        compared: true,
        ..Conditions::of(&assignment.plan, assignment.repeats)
    };
    Ok(CalibrationFile::new(conditions, recipes))
}

fn experiment(assignment: &Assignment, method: Method) -> Experiment {
    let plan = &assignment.plan;
    let base = plan.pretrained.identity.path.as_path();
    Experiment {
        sources: vec![Source::Folder(assignment.pictures.clone())],
        seeds: assignment.seed..assignment.seed.saturating_add(1),
        works: usize::MAX,
        recipe: Recipe {
            base: base.to_owned(),
            pictures: Pictures::Files(Vec::new()),
            prompt: plan.prompt.clone(),
            steps: None,
            draws: method.draws,
            rate: assignment.rate,
            lora: method.lora,
            prior: None,
            text_encoder: false,
            batch: 4,
            half: false,
            resolution: Some(plan.resolution),
            seed: assignment.seed,
            augmentation: Augmentation::None,
            caption_dropout: 0.0,
        },
        request: plan.request(),
        // As in the user's case: the draws of every control are its own, so that their scores tell how much
        // the draws alone change.
        asked: Some(1),
        variants: Vec::new(),
        corpus: None,
    }
}

/// The result of one recipe; near-duplicates count nowhere.
fn scores(assignment: &Assignment, method: Method, sets: &[Evaluated]) -> RecipeScores {
    let works = || sets.iter().flat_map(|set| &set.own.works);
    let counted = || works().filter(|work| work.near_duplicate.is_none());
    let mut scores: BTreeMap<String, [Vec<f64>; 2]> = BTreeMap::new();
    for work in counted() {
        let side = usize::from(work.role == SetRole::HoldOut);
        for (name, score) in &work.scores {
            if let Some(side) = scores.entry(name.clone()).or_default().get_mut(side) {
                side.push(*score);
            }
        }
    }
    let members = works().filter(|work| work.role == SetRole::Member).count();
    RecipeScores {
        recipe: method.sentence(members, assignment.rate),
        scores,
    }
}
