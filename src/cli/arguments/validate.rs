//! The options of `palimpsest lab validate`.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::Args;

use super::lab::TrainingArguments;
use crate::cli::values;
use palimpsest_art::Family;

#[derive(Args, Debug)]
pub(in crate::cli) struct ValidateArguments {
    /// The pretrained model
    #[arg(long, value_name = "MODEL", alias = "pretrained")]
    pub base: PathBuf,
    /// The folder for the results: new, empty, or of an interrupted run
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// A family of drawn works; may be given several times [default: all]
    #[arg(long, value_name = "NAME", value_parser = values::family())]
    pub family: Vec<Family>,
    /// The numbers of the hands that models are fine-tuned on, both ends included; the hand after them is the other
    #[arg(long, value_name = "LO..HI", default_value = "9000..9000", value_parser = values::range)]
    pub hands: RangeInclusive<u64>,
    /// Works that a model is fine-tuned on; each is asked about
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(2..=500))]
    pub works: u16,
    /// Works of each hand that are asked about and were not used
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub questioned: u16,
    /// Controls of each case; 99 or more for a rate at 1 %
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(19..=1000))]
    pub controls: u16,
    /// Pictures that each model makes; each is asked about, and so is a work made from it
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(..=500))]
    pub outputs: u16,
    /// The prompt that stands for one that is not the training's
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "a picture",
        allow_hyphen_values = true
    )]
    pub other_prompt: String,
    #[command(flatten)]
    pub training: TrainingArguments,
    /// Seed of the trainings and of the pictures that models make
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Side of the pictures in pixels [default: what the model was trained on]
    #[arg(long, value_name = "N", value_parser = values::pixels)]
    pub resolution: Option<usize>,
    /// Worker threads; 0 for as many as there are cores. The result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
    /// Print the dossier as JSON
    #[arg(long)]
    pub json: bool,
}

impl ValidateArguments {
    /// All that the results depend on.
    pub fn settings(&self) -> String {
        let works = (self.works, self.questioned, self.controls, self.outputs);
        let what = (
            (&self.base, &self.family, &self.hands),
            (works, &self.other_prompt, &self.training),
            (self.seed, self.resolution),
        );
        format!("{what:#?}\n")
    }
}
