//! The options of the commands that make the paper's tables.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::settings::EncoderArguments;
use crate::cli::values;
use palimpsest_lab::paper::material::Amount;
use palimpsest_lab::paper::plan::{Scale, Wanted};
use palimpsest_lab::paper::tables::Table;
use palimpsest_method::inversion::Preset;

/// What is planned.
#[derive(Args, Debug)]
pub(in crate::cli) struct WantedArguments {
    /// The pretrained model: a folder, or a built-in model's name
    #[arg(
        long,
        value_name = "MODEL",
        default_value = "demo",
        alias = "pretrained"
    )]
    pub base: PathBuf,
    /// Another base model, such as AltDiffusion, with a row of its own in table 2; may be given several times
    #[arg(long, value_name = "MODEL")]
    pub further_base: Vec<PathBuf>,
    /// A table of the paper, 1 to 6, g for membership scores or p for precautions; may be given several times [default:
    /// all, and the figures]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(Table))]
    pub table: Vec<Table>,
    /// A figure of the paper, 3a or 3b (4 is table 6); may be given several times
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(Table))]
    pub figure: Vec<Table>,
    /// Draw the works, in place of folders: the small edition, which needs nothing but the program
    #[arg(long)]
    pub built_in: bool,
    /// A folder with a folder of pictures for every artist, as WikiArt is published
    #[arg(long, value_name = "DIR")]
    pub wikiart: Option<PathBuf>,
    /// The folder with dataset/SUBJECT/*.jpg and prompts_and_classes.txt, as DreamBooth is published
    #[arg(long, value_name = "DIR")]
    pub dreambooth: Option<PathBuf>,
    /// Hands, or artists
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub hands: u16,
    /// Members of a hand, and as many hold-outs
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(2..=1000))]
    pub works: u16,
    /// Objects, or subjects
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub objects: u16,
    /// Draws of every picture in training
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub draws: u64,
    /// The rank of LoRAs
    #[arg(long, value_name = "RANK", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=512))]
    pub lora: u16,
    /// Train the text encoder too, where all weights are trained, as the paper does
    #[arg(long)]
    pub text_encoder: bool,
    /// Where settings of an examination come from: paper or quick
    #[arg(long, default_value_t)]
    pub preset: Preset,
    /// Steps of an examination [default: the preset's]
    #[arg(long, value_name = "N", value_parser = values::steps)]
    pub steps: Option<usize>,
    /// Pictures of a baseline for every work; the paper makes 100 [default: as many as cost an examination's network
    /// evaluations]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pub baseline_pictures: Option<u16>,
    /// Steps of a picture that a model makes
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(2..=999))]
    pub sampling_steps: u16,
    /// Pictures of a class that the base model makes for fine-tunings with prior preservation
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=9999))]
    pub class_pictures: u16,
    /// The most training pictures of table 3
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(5..=50))]
    pub most_pictures: u16,
    /// Steps of precautions on the pictures, of every picture
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..))]
    pub precaution_steps: u16,
    /// Seed of splits, trainings and pictures
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    #[command(flatten)]
    pub encoders: EncoderArguments,
}

impl WantedArguments {
    /// As the laboratory takes it.
    pub fn wanted(&self) -> Wanted {
        let given = self.table.iter().chain(&self.figure).copied();
        let tables: Vec<Table> = given.collect();
        Wanted {
            base: self.base.clone(),
            further_bases: self.further_base.clone(),
            tables: match tables.is_empty() {
                true => Table::ALL.to_vec(),
                false => tables,
            },
            built_in: self.built_in,
            wikiart: self.wikiart.clone(),
            dreambooth: self.dreambooth.clone(),
            amount: Amount {
                hands: self.hands.into(),
                works: self.works.into(),
                objects: self.objects.into(),
                seed: self.seed,
            },
            scale: Scale {
                draws: self.draws,
                lora: self.lora.into(),
                text_encoder: self.text_encoder,
                preset: self.preset,
                steps: self.steps,
                pictures: self.baseline_pictures.map(usize::from),
                sampling_steps: self.sampling_steps.into(),
                class_pictures: self.class_pictures.into(),
                most_pictures: self.most_pictures.into(),
                precaution_steps: self.precaution_steps.into(),
            },
            clip: self.encoders.clip.clone(),
            dino: self.encoders.dino.clone(),
        }
    }
}

#[derive(Args, Debug)]
pub(in crate::cli) struct PlanArguments {
    /// The folder of the plan: new, empty, or with the same plan
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    #[command(flatten)]
    pub wanted: WantedArguments,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct CellArguments {
    /// The folder of the plan
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The name of the cell
    #[arg(value_name = "CELL", required_unless_present = "index")]
    pub cell: Option<String>,
    /// The number of the cell, from 0, in place of its name
    #[arg(long, value_name = "N", conflicts_with = "cell")]
    pub index: Option<usize>,
    /// Worker threads; 0 for as many as there are cores. The result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct GatherArguments {
    /// The folder of the plan
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The form of the tables
    #[arg(long, value_enum, default_value_t)]
    pub form: FormArgument,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct PaperArguments {
    #[command(flatten)]
    pub plan: PlanArguments,
    /// The form of the tables
    #[arg(long, value_enum, default_value_t)]
    pub form: FormArgument,
    /// Worker threads; 0 for as many as there are cores. The result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
}

/// How tables are written.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(in crate::cli) enum FormArgument {
    #[default]
    Text,
    Json,
    Csv,
    Latex,
}
