//! A cell: one piece of a table's work, independent of all others but those that it names, and the same whenever and
//! wherever it is made.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::plan::Plan;
use crate::finetuning::Augmentation;
use crate::protection::Precaution;
use palimpsest_base::digest::Digest;
use palimpsest_method::inversion::{Overrides, Preset};
use palimpsest_method::mask::Mask;

/// The version of the result files.
pub const FORMAT: u32 = 1;
/// What makes the cells.
pub const PROGRAM: &str = concat!("palimpsest ", env!("CARGO_PKG_VERSION"));

/// One piece of work.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Cell {
    /// Made of small letters, digits and `-`: it is the name of the cell's files.
    pub name: String,
    pub task: Task,
    /// Names of the cells whose results it takes.
    pub needs: Vec<String>,
}

/// The work of a cell.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Task {
    /// Pictures that the base model makes of a class, which a fine-tuned model shall not unlearn.
    ClassPictures {
        prompt: String,
        count: usize,
        /// Of a picture.
        steps: usize,
        /// The place of the base among the plan's further ones; without it the plan's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<usize>,
    },
    /// The members of a class, changed before they are learnt.
    Protect {
        class: String,
        protecting: Protecting,
    },
    /// A model fine-tuned on the members of a class of works.
    Finetune { class: String, training: Training },
    /// All works of a class examined by the method.
    Examine { class: String, options: Examining },
    /// Pictures of a model compared with all works of a class.
    Baseline { class: String, baseline: Baseline },
    /// Membership scores that make no picture.
    Membership { class: String },
}

/// How pictures are changed before they are learnt.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Protecting {
    pub precaution: Precaution,
    /// The most that a channel changes, in levels of 255.
    pub budget: u8,
    pub steps: usize,
    /// The first so many members.
    pub members: usize,
    pub seed: u64,
}

/// How a model is fine-tuned.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Training {
    /// The rank of a LoRA; without it all weights.
    pub lora: Option<usize>,
    /// True with pictures of the class, made by the base model, as every other draw.
    pub prior: bool,
    pub text_encoder: bool,
    /// Draws of every picture.
    pub draws: u64,
    /// The first so many members.
    pub members: usize,
    pub seed: u64,
    /// What is done to a picture whenever it is drawn.
    pub augmentation: Augmentation,
    /// The share of draws with an empty prompt.
    pub caption_dropout: f64,
    /// What was done to the pictures before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precaution: Option<Protecting>,
    /// The place of the base among the plan's further ones; without it the plan's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<usize>,
}

impl Task {
    /// The place of the base that it begins with, where it is one of the plan's further ones.
    pub const fn base(&self) -> Option<usize> {
        match self {
            Self::ClassPictures { base, .. } => *base,
            Self::Finetune { training, .. } => training.base,
            // These take the base of what they need, or the plan's own.
            Self::Protect { .. }
            | Self::Examine { .. }
            | Self::Baseline { .. }
            | Self::Membership { .. } => None,
        }
    }
}

/// How works are examined.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Examining {
    pub preset: Preset,
    pub mask: Mask,
    pub overrides: Overrides,
}

/// A method that makes pictures of its own and takes the most similar one.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Baseline {
    pub method: Method,
    /// Pictures for every work.
    pub pictures: usize,
    /// Steps of a picture.
    pub steps: usize,
}

impl Baseline {
    /// Network evaluations of a work.
    pub const fn evaluations(&self) -> usize {
        self.pictures * self.method.evaluations(self.steps)
    }
}

/// The three baselines of the paper.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// From the prompt alone; every work is compared with the pictures of all.
    TextToImage,
    /// The right half anew (DDNM).
    Inpainting,
    /// The work noised and made again, with strength 0.7.
    ImageToImage,
}

impl Method {
    /// In the paper's order.
    pub const ALL: [Self; 3] = [Self::TextToImage, Self::Inpainting, Self::ImageToImage];
    /// The share of the steps that image to image makes.
    pub const STRENGTH: f64 = 0.7;
    /// Factor of classifier-free guidance: the pipelines' usual one.
    pub const GUIDANCE: f32 = 7.5;

    /// The name of a row.
    pub const fn label(self) -> &'static str {
        match self {
            Self::TextToImage => "Text2img",
            Self::Inpainting => "Inpainting",
            Self::ImageToImage => "Img2img",
        }
    }

    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::TextToImage => "text2img",
            Self::Inpainting => "inpainting",
            Self::ImageToImage => "img2img",
        }
    }

    /// Network evaluations of one picture of so many steps: with guidance two a step.
    pub const fn evaluations(self, steps: usize) -> usize {
        match self {
            Self::TextToImage | Self::Inpainting => 2 * steps,
            Self::ImageToImage => 2 * ((steps as f64 * Self::STRENGTH) as usize),
        }
    }
}

impl Cell {
    /// The hash of all that the cell's result depends on: the program, the work, the files that go in, and the same of the
    /// cells that it needs.
    pub fn identity(&self, plan: &Plan) -> Digest {
        let inputs: Vec<Digest> = match &self.task {
            Task::ClassPictures { .. } => Vec::new(),
            Task::Protect { class, .. }
            | Task::Finetune { class, .. }
            | Task::Examine { class, .. }
            | Task::Baseline { class, .. }
            | Task::Membership { class } => plan.class(class).map_or_else(Vec::new, |class| {
                class.works().map(|(_, work)| work.sha256).collect()
            }),
        };
        let needs = self.needs.iter().filter_map(|name| plan.cell(name));
        let needs: Vec<Digest> = needs.map(|cell| cell.identity(plan)).collect();
        let what = json!({
            "format": FORMAT,
            "program": plan.program,
            "base": plan.base_at(self.task.base()).map(|base| base.sha256),
            "encoders": plan.encoders.each_ref().map(|e| e.as_ref().map(|e| e.sha256)),
            "seed": plan.seed,
            "task": self.task,
            "inputs": inputs,
            "needs": needs,
        });
        Digest::of(what.to_string().as_bytes())
    }

    /// How many cells must be made before it, one after the other.
    pub fn stage(&self, plan: &Plan) -> usize {
        let needs = self.needs.iter().filter_map(|name| plan.cell(name));
        needs.map(|cell| cell.stage(plan) + 1).max().unwrap_or(0)
    }
}
