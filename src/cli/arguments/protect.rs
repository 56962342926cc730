//! The options of `palimpsest lab protect`.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::values;
use palimpsest_lab::protection::{Precaution, Recipe};

#[derive(Args, Debug)]
pub(in crate::cli) struct ProtectArguments {
    /// A folder with the pictures
    #[arg(value_name = "FOLDER")]
    pub pictures: PathBuf,
    /// The model that is expected to be fine-tuned on them
    #[arg(long, value_name = "MODEL", alias = "base", alias = "pretrained")]
    pub model: PathBuf,
    /// The precaution: advdm, aspl or mist
    #[arg(long, value_name = "NAME", value_parser = values::precaution())]
    pub method: Precaution,
    /// The folder for the results: new, empty, or of the same command
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// The most that a channel of a pixel may change, in levels: 8/255 or 8
    #[arg(long, value_name = "N/255", default_value = "8/255", value_parser = values::levels)]
    pub budget: u8,
    /// The length of a step, in levels
    #[arg(long, value_name = "L", default_value_t = 1.0, value_parser = values::positive)]
    pub step_size: f64,
    /// Steps of every picture
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub steps: u32,
    /// The prompt under which they are expected to be learnt
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "sks style",
        allow_hyphen_values = true
    )]
    pub prompt: String,
    /// Of mist, the picture whose latent theirs is drawn to [default: a chequerboard]
    #[arg(long, value_name = "PICTURE")]
    pub target: Option<PathBuf>,
    /// Of mist, the weight of the denoising loss beside the distance to the target, for a latent of 4×64×64 and for others
    /// in proportion; 0 leaves it out [default: 10000]
    #[arg(long, value_name = "W", value_parser = values::not_negative)]
    pub semantic_weight: Option<f64>,
    /// Of aspl, a folder of clean pictures that its model learns besides [default: the pictures as they are]
    #[arg(long, value_name = "DIR")]
    pub clean: Option<PathBuf>,
    /// Of aspl, the rate of its fine-tuning [default: by the size of the model, 3e-4 or 5e-7]
    #[arg(long, value_name = "R", value_parser = values::positive)]
    pub rate: Option<f64>,
    /// Side of the pictures in pixels [default: what the model was trained on]
    #[arg(long, value_name = "N", value_parser = values::pixels)]
    pub resolution: Option<usize>,
    /// Seed of all draws
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Worker threads; 0 for as many as there are cores. The result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
}

impl ProtectArguments {
    /// The option that was given and is another precaution's, with that.
    pub fn misplaced(&self) -> Option<(&'static str, Precaution)> {
        let given = [
            ("--target", Precaution::Mist, self.target.is_some()),
            (
                "--semantic-weight",
                Precaution::Mist,
                self.semantic_weight.is_some(),
            ),
            ("--clean", Precaution::Aspl, self.clean.is_some()),
            ("--rate", Precaution::Aspl, self.rate.is_some()),
        ];
        let misplaced = given
            .into_iter()
            .find(|(_, of, is_given)| *is_given && *of != self.method);
        misplaced.map(|(option, of, _)| (option, of))
    }

    /// What is to be done, with the folder of the model.
    pub fn recipe(&self, model: &Path) -> Recipe {
        Recipe {
            budget: self.budget,
            step: self.step_size,
            steps: self.steps as usize,
            prompt: self.prompt.clone(),
            target: self.target.clone(),
            semantic_weight: self.semantic_weight.unwrap_or(Recipe::SEMANTIC_WEIGHT),
            clean: self.clean.clone(),
            rate: self.rate,
            resolution: self.resolution,
            seed: self.seed,
            ..Recipe::new(model, self.method)
        }
    }
}
