//! The rule by which a dossier fits a case. All of this must hold:
//!
//! - the case's pretrained model is the dossier's base, file by file;
//! - the fine-tuned model is changed as the recipe changes one: all weights and no adapter, or one plain LoRA of the
//!   recipe's rank at strength 1; text encoders are the base's;
//! - what its file states of pictures and steps lies between half and twice the recipe's, and what it states of mirroring
//!   is the recipe's;
//! - score, resolution, frame, reading and sizes are the dossier's, no further readings are tested, and both models have
//!   the same prompt;
//! - there are at least as many negative controls as the dossier's cases had;
//! - the program has the same version.
//!
//! Of its training a file may state nothing: then the dossier speaks for the case on the condition of the recipe.

use super::{Dossier, Trained};
use crate::case::Question;
use palimpsest_base::number_format::counted;
use palimpsest_method::examination::{ModelRecord, Plan, StatedTraining};

/// The reason that a dossier does not fit a case, without a full stop.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Misfit(pub String);

/// By which a stated number may differ from the recipe's, as a factor.
const FACTOR: u64 = 2;

impl Dossier {
    /// Checks that the dossier fits a case of this plan and question with so many negative controls.
    ///
    /// # Errors
    /// [`Misfit`] with the first thing that differs.
    pub fn fits(&self, plan: &Plan, question: &Question, negatives: usize) -> Result<(), Misfit> {
        let reasons = [
            self.other_base(plan),
            self.other_training(plan),
            self.other_statement(plan),
            self.other_settings(plan, question),
            self.other_controls(negatives),
            self.other_version(plan),
        ];
        match reasons.into_iter().flatten().next() {
            Some(reason) => Err(Misfit(reason)),
            None => Ok(()),
        }
    }

    /// The condition on which the dossier speaks for a case of a plan that it fits, where the file of the fine-tuned
    /// model does not tell its recipe.
    pub fn condition(&self, plan: &Plan) -> Option<&'static str> {
        let stated = stated_of(&plan.finetuned);
        let tells =
            stated.is_some_and(|stated| stated.pictures.is_some() && stated.steps.is_some());
        (!tells).then_some(
            "The file of the fine-tuned model does not tell by how many pictures and steps it was made: the figures are \
             those of the case only if it was made by a recipe like this.",
        )
    }

    fn other_base(&self, plan: &Plan) -> Option<String> {
        (plan.pretrained.identity.sha256 != self.base.sha256)
            .then(|| "it is of models that were fine-tuned from another base model".to_owned())
    }

    fn other_training(&self, plan: &Plan) -> Option<String> {
        let found = &plan.finetuned;
        let differs = || Some(format!("it is of {}", self.recipe.trained.words()));
        let lora = match (self.recipe.trained, &found.lora) {
            (Trained::AllWeights, None) => None,
            (Trained::Lora(_), Some(lora)) => Some(lora),
            _ => return differs(),
        };
        if !found.further.is_empty() {
            return Some("it is of one adapter, and the case is of several together".into());
        }
        if let (Trained::Lora(rank), Some(lora)) = (self.recipe.trained, lora) {
            let plain = lora.kinds.is_empty() && lora.unused.is_empty();
            if lora.ranks != [rank; 2] || !plain {
                return differs();
            }
            #[expect(clippy::float_cmp, reason = "any other strength is another model")]
            if lora.strength != 1.0 {
                return Some("it is of adapters at strength 1".into());
            }
            if lora.text_encoder_layers > 0 {
                return Some(OTHER_TEXT.into());
            }
        }
        has_own_text_encoder(plan).then(|| OTHER_TEXT.to_owned())
    }

    fn other_statement(&self, plan: &Plan) -> Option<String> {
        let stated = stated_of(&plan.finetuned)?;
        let recipe = &self.recipe;
        let far = |stated: Option<u64>, ours: u64| {
            stated.is_some_and(|stated| {
                stated.saturating_mul(FACTOR) < ours || stated > ours.saturating_mul(FACTOR)
            })
        };
        if far(stated.pictures, recipe.pictures as u64) {
            let pictures = counted(recipe.pictures, "picture", "pictures");
            return Some(format!(
                "it is of a training on {pictures}, and the model's file states another number"
            ));
        }
        if far(stated.steps, recipe.steps) {
            let steps = counted(recipe.steps, "step", "steps");
            return Some(format!(
                "it is of a training of {steps}, and the model's file states another number"
            ));
        }
        let mirrored = stated
            .augmentation
            .iter()
            .any(|change| change == "mirrored");
        (mirrored && !recipe.flips).then(|| {
            "it is of a training without mirrored pictures, and the model's file states them"
                .to_owned()
        })
    }

    fn other_settings(&self, plan: &Plan, question: &Question) -> Option<String> {
        let ours = &self.conditions;
        let differing = [
            (
                "the score that decides",
                question.primary_score != ours.score,
            ),
            ("the resolution", plan.resolution != ours.resolution),
            ("the frame", plan.frame != ours.frame),
            (
                "the reading of the files",
                plan.reading != ours.reading || !question.further_readings.is_empty(),
            ),
            (
                "the sizes that the models were told",
                plan.sizes != ours.sizes,
            ),
            (
                "the prompt of the pretrained model",
                plan.pretrained_prompt != plan.prompt,
            ),
            ("the way the loss gap is measured", !plan.compared),
            ("the number of repetitions", question.repeats != 1),
        ];
        let first = differing.into_iter().find(|(_, differs)| *differs);
        first.map(|(what, _)| format!("{what} is another in the case"))
    }

    fn other_controls(&self, negatives: usize) -> Option<String> {
        let ours = self.conditions.controls;
        (negatives < ours).then(|| {
            let controls = counted(ours, "negative control", "negative controls");
            format!("its cases had {controls}, and this one has fewer ({negatives})")
        })
    }

    fn other_version(&self, plan: &Plan) -> Option<String> {
        let made = &self.program.version;
        (*made != plan.version).then(|| {
            format!(
                "version {made} of the program was validated, and version {} examined",
                plan.version
            )
        })
    }
}

const OTHER_TEXT: &str = "it is of models whose text encoder was not trained";

/// The statements of a model's file on its training, if it makes any.
fn stated_of(model: &ModelRecord) -> Option<&StatedTraining> {
    model.stated.as_ref()
}

/// True if a file of the fine-tuned model's text encoders is another than the pretrained model's of the same name.
fn has_own_text_encoder(plan: &Plan) -> bool {
    let of_base = &plan.pretrained.identity.files;
    let mut own = plan.finetuned.identity.files.iter();
    own.any(|file| {
        let same = || {
            of_base
                .iter()
                .any(|base| base.name == file.name && base.sha256 == file.sha256)
        };
        file.name.starts_with("text_encoder") && !file.name.ends_with(".json") && !same()
    })
}
