//! The options of the laboratory's commands.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::examine::ChoiceArguments;
use super::paper::{CellArguments, GatherArguments, PaperArguments, PlanArguments};
use super::protect::ProtectArguments;
use super::settings::{DeviceArgument, EncoderArguments, MemoryArgument, SettingArguments};
use super::validate::ValidateArguments;
use super::variant::VariantArguments;
use crate::cli::values;
use palimpsest_art::Family;
use palimpsest_diffusion::Device;
use palimpsest_lab::finetuning::{Augmentation, Pictures, Recipe};
use palimpsest_lab::small_model::Structure;
use palimpsest_lab::works::MAX_SIDE;
use palimpsest_method::examination::Request;
use palimpsest_method::generation;
use palimpsest_method::inversion::Preset;
use palimpsest_method::mask::Mask;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum LabCommand {
    /// Draw procedural artworks and write them out as pictures
    ///
    /// A family is a kind of picture, an artist a hand in it, a work one picture of that hand; the same
    /// numbers give the same picture.
    Draw(DrawArguments),
    /// Train a small diffusion model from nothing
    ///
    /// An autoencoder, text encoders and a noise predictor of the structure of Stable Diffusion 1 or XL for pictures of
    /// 128 pixels a side, written as a diffusers folder. The corpus are procedural artworks and any folders
    /// of pictures (with captions in text files of the same names). The same command in the same folder
    /// goes on with an interrupted run, to the same bits.
    Pretrain(PretrainArguments),
    /// Fine-tune a model of the Stable Diffusion family on a few pictures
    ///
    /// All weights of the noise predictor, or a LoRA. Says how long it will take and what memory before it
    /// starts. The same command in the same folder goes on with an interrupted run, to the same bits. The
    /// prompt is kept beside the result, where an examination finds it.
    Finetune(FinetuneArguments),
    /// Let a model make pictures of its own
    ///
    /// Text to image by deterministic sampling (DDIM) with classifier-free guidance. The same command in the
    /// same folder makes what is missing.
    Generate(GenerateArguments),
    /// Change pictures by a few levels, so that models that are fine-tuned on them learn something else
    ///
    /// The precautions AdvDM, Anti-DreamBooth (ASPL) and Mist, by gradients through the noise predictor and the autoencoder
    /// of a model. Writes the square that a model sees of every picture as a PNG, and protect.json with settings, hashes
    /// and the losses before and after. The same command in the same folder goes on, to the same bytes.
    Protect(ProtectArguments),
    /// Measure how well members and hold-outs are told apart
    ///
    /// With --finetuned: the works of two folders, examined with that pair of models. Without it everything
    /// from nothing: for every hand (--hand) or folder (--pictures), split into members and hold-outs at
    /// random for every seed, a model is fine-tuned on the members and all works are examined. Leaves a
    /// table, plots and picture grids; the same command in the same folder goes on.
    Evaluate(Box<EvaluateArguments>),
    /// Measure how often controls that are none give a probability
    ///
    /// For every family of drawn works a model is fine-tuned on a hand, and works of that hand that it never saw
    /// are ranked by the loss gap among works of their own hand, of another hand, and of another family. Prints
    /// how often p is at most 0.05 and how often the controls are refused, with 95 % intervals by the spread
    /// between models, or by single works where that is wider. The same command in the same folder goes on.
    WrongControls(WrongControlsArguments),
    /// Validate the program for the models fine-tuned from one base by one recipe
    ///
    /// For every family of drawn works a model is fine-tuned on a hand. Works that were not used, works that were,
    /// controls that are none, a used work among the controls, the model's own pictures and works made from them, edits of
    /// used works, a wrong base, merged models and another prompt: of each so many cases, how many are called, and whether
    /// that is what was expected. By the loss gap, so that nothing is recovered. Leaves dossier.json, signed, which exhibit
    /// and assess take by --validation. The same command in the same folder goes on.
    Validate(Box<ValidateArguments>),
    /// Make tables and figures of the paper, beside its own numbers
    ///
    /// Plans the cells (fine-tunings, examinations, baselines), makes here what is not there, and prints the tables. The
    /// same command in the same folder goes on, and several may work in one folder at once. With --built-in the
    /// program draws hands and objects itself. Fails where a cell has no result, and names it.
    Paper(Box<PaperArguments>),
    /// Plan the cells of tables and figures, for many machines
    ///
    /// Writes plan.json, with every input's hash, and the cells as commands for GNU parallel, as a Makefile, as arrays
    /// of Slurm and as an indexed Job of Kubernetes.
    Plan(Box<PlanArguments>),
    /// Make one cell of a plan
    ///
    /// Makes also the cells that it needs, as far as they are not there; what another process makes is waited for. A
    /// cell that is there is left as it is.
    Cell(CellArguments),
    /// Put the results of cells into their tables
    ///
    /// Names the cells that are missing, that failed, and those that another version or other inputs made, and fails
    /// where there are any.
    Gather(GatherArguments),
}

#[derive(Args, Debug)]
pub(in crate::cli) struct WrongControlsArguments {
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
    #[arg(long, value_name = "LO..HI", default_value = "7000..7000", value_parser = values::range)]
    pub hands: RangeInclusive<u64>,
    /// Works that a model is fine-tuned on
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(2..=500))]
    pub works: u16,
    /// Works that are asked about
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub questioned: u16,
    /// Controls of each kind
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(5..=1000))]
    pub controls: u16,
    /// Rank works among those of their own hand alone
    #[arg(long)]
    pub own_only: bool,
    #[command(flatten)]
    pub training: TrainingArguments,
    /// Side of the pictures in pixels [default: what the model was trained on]
    #[arg(long, value_name = "N", value_parser = values::pixels)]
    pub resolution: Option<usize>,
    /// Worker threads; 0 for as many as there are cores. The result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
    /// Print the rates as JSON
    #[arg(long)]
    pub json: bool,
}

impl WrongControlsArguments {
    /// All that the results depend on.
    pub fn settings(&self) -> String {
        let works = (self.works, self.questioned, self.controls, self.own_only);
        let what = (
            &self.base,
            &self.family,
            &self.hands,
            works,
            &self.training,
            self.resolution,
        );
        format!("{what:#?}\n")
    }
}

#[derive(Args, Debug)]
pub(in crate::cli) struct FinetuneArguments {
    /// The model: a folder in the diffusers layout
    #[arg(long, value_name = "MODEL")]
    pub base: PathBuf,
    /// A folder with the pictures
    #[arg(long, value_name = "DIR")]
    pub pictures: PathBuf,
    /// The folder for the result: new, empty, or of an interrupted run
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// A folder of pictures that the model shall not unlearn; every other draw is one of them
    #[arg(long, value_name = "DIR")]
    pub prior: Option<PathBuf>,
    /// Train the text encoder too
    #[arg(long, conflicts_with = "lora")]
    pub text_encoder: bool,
    /// Side of the pictures in pixels [default: what the model was trained on]
    #[arg(long, value_name = "N", value_parser = values::pixels)]
    pub resolution: Option<usize>,
    /// Number of steps [default: what gives every picture its draws]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub steps: Option<u64>,
    #[command(flatten)]
    pub training: TrainingArguments,
    /// Change every picture whenever it is drawn, as defences against membership tests do
    #[arg(long, value_name = "NAME", default_value = "none", value_parser = values::augmentation())]
    pub augmentation: Augmentation,
    /// The share of draws under an empty prompt
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = values::share)]
    pub caption_dropout: f64,
    /// Write the trained weights in half precision
    #[arg(long)]
    pub half: bool,
    /// Seed of all draws
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Worker threads; 0 for as many as there are cores. The result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct GenerateArguments {
    /// The model
    #[arg(long, value_name = "MODEL")]
    pub model: PathBuf,
    /// Where the model takes what it lacks; a LoRA needs it
    #[arg(long, value_name = "MODEL", alias = "pretrained")]
    pub base: Option<PathBuf>,
    #[command(flatten)]
    pub choices: ChoiceArguments,
    /// The folder for the pictures: new, empty, or of the same command
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Number of pictures
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=9999))]
    pub count: u16,
    /// What to show [default: the prompt of the fine-tuning, as for an examination]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub prompt: Option<String>,
    /// What to stay away from [default: the empty prompt; of Stable Diffusion XL zeros, unless its model_index.json says
    /// otherwise]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub negative: Option<String>,
    /// Steps of a picture
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=999))]
    pub steps: u16,
    /// How far pictures are pushed towards the prompt; 1 for not at all, in half the time
    #[arg(long, value_name = "G", default_value_t = 7.5, allow_negative_numbers = true, value_parser = values::not_negative)]
    pub guidance: f64,
    /// Seed of the noise
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Side in pixels [default: what the model was trained on]
    #[arg(long, value_name = "N", value_parser = values::pixels)]
    pub resolution: Option<usize>,
    /// Where to compute
    #[arg(long, value_enum, default_value_t)]
    pub device: DeviceArgument,
    /// Worker threads; 0 for as many as there are cores. The result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
    /// Whether memory is spent on speed: auto decides by what is free
    #[arg(long, value_enum, default_value_t)]
    pub memory: MemoryArgument,
}

impl GenerateArguments {
    /// What `model` is to make.
    pub fn recipe(&self, model: &Path) -> generation::Recipe {
        generation::Recipe {
            prompt: self.prompt.clone(),
            negative: self.negative.clone(),
            count: self.count.into(),
            steps: self.steps.into(),
            guidance: self.guidance as f32,
            seed: self.seed,
            resolution: self.resolution,
            device: self.device.device(),
            threads: self.threads.into(),
            memory: self.memory.rule(),
            choices: self.choices.choices(),
            ..generation::Recipe::new(model)
        }
    }
}

/// How a model is fine-tuned.
#[derive(Args, Debug)]
pub(in crate::cli) struct TrainingArguments {
    /// The prompt of the training
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "sks style",
        allow_hyphen_values = true
    )]
    pub prompt: String,
    /// How often each picture is drawn, unless --steps says otherwise
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub draws: u64,
    /// Rate of a step [default: by the size of the model, 1e-3 or 5e-6; of a LoRA 3e-3 or 1e-4]
    #[arg(long, value_name = "R", value_parser = values::positive)]
    pub rate: Option<f64>,
    /// Train a LoRA of this rank in place of all weights
    #[arg(long, value_name = "RANK", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub lora: Option<u16>,
    /// Draws a step
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub batch: u16,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct EvaluateArguments {
    /// The pretrained model
    #[arg(long, value_name = "MODEL", alias = "pretrained")]
    pub base: PathBuf,
    /// The folder for the results: new, empty, or of an interrupted evaluation
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// A model that was fine-tuned on the members
    #[arg(long, value_name = "MODEL", requires_all = ["members", "hold_outs"])]
    pub finetuned: Option<PathBuf>,
    /// A folder with the works it was fine-tuned on
    #[arg(long, value_name = "DIR", requires = "finetuned")]
    pub members: Option<PathBuf>,
    /// A folder with works of the same hand it was not
    #[arg(long, value_name = "DIR", requires = "finetuned")]
    pub hold_outs: Option<PathBuf>,
    /// A hand whose works the program draws: FAMILY:NUMBER, from 1000 on; may be given several times
    #[arg(long, value_name = "HAND", value_parser = values::hand, conflicts_with = "finetuned")]
    pub hand: Vec<(Family, u64)>,
    /// A folder of pictures of one hand; may be given several times
    #[arg(long, value_name = "DIR", conflicts_with = "finetuned")]
    pub pictures: Vec<PathBuf>,
    /// Splits of each hand or folder
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub seeds: u64,
    /// Members of a split, and as many hold-outs
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(2..=1000))]
    pub works: u16,
    #[command(flatten)]
    pub training: TrainingArguments,
    /// What is removed: block:4 (or another even period), half or blur
    #[arg(long, default_value_t)]
    pub mask: Mask,
    /// Where settings come from that are not given: paper or quick
    #[arg(long, default_value_t)]
    pub preset: Preset,
    #[command(flatten)]
    pub settings: SettingArguments,
    /// Examine all works once more with the same models under other settings, such as "--steps 100
    /// --contrast 1", and compare them; may be given several times. Takes --preset, --mask, --frame and the
    /// settings that replace the preset's. What it does not name is as for the other works: its --preset
    /// does not drop a setting that was given explicitly
    #[arg(long, value_name = "OPTIONS", value_parser = VariantArguments::parse, allow_hyphen_values = true)]
    pub variant: Vec<VariantArguments>,
    #[command(flatten)]
    pub encoders: EncoderArguments,
    /// Worker threads; 0 for as many as there are cores. The result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
    /// Print the table as JSON
    #[arg(long)]
    pub json: bool,
}

impl TrainingArguments {
    /// What is to be done to `base` with `pictures`.
    pub fn recipe(&self, base: &Path, pictures: Pictures) -> Recipe {
        Recipe {
            base: base.into(),
            pictures,
            prompt: self.prompt.clone(),
            steps: None,
            draws: self.draws,
            rate: self.rate.map(|rate| rate as f32),
            lora: self.lora.map(usize::from),
            prior: None,
            text_encoder: false,
            batch: self.batch.into(),
            half: false,
            resolution: None,
            seed: 0,
            augmentation: Augmentation::None,
            caption_dropout: 0.0,
        }
    }
}

impl EvaluateArguments {
    /// All that the results depend on.
    pub fn settings(&self) -> String {
        let what = (
            (&self.base, &self.finetuned, &self.members, &self.hold_outs),
            (&self.hand, &self.pictures, self.seeds, self.works),
            (&self.training, &self.encoders),
            (&self.mask, &self.preset, &self.settings),
        );
        format!("{what:#?}\n")
    }

    /// How works are examined with `finetuned`.
    pub fn request(&self, finetuned: &Path) -> Request {
        Request {
            mask: self.mask,
            preset: self.preset,
            overrides: self.settings.overrides(),
            clip: self.encoders.clip.clone(),
            dino: self.encoders.dino.clone(),
            device: Some(Device::Cpu),
            threads: self.threads.into(),
            ..Request::new(&self.base, finetuned)
        }
    }
}

#[derive(Args, Debug)]
pub(in crate::cli) struct PretrainArguments {
    /// The folder for the model: new, empty, or of an interrupted run
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// The family that the model is built like: sd1, or sdxl with two text encoders and the sizes of the picture
    #[arg(long, value_name = "NAME", default_value_t, value_parser = values::structure())]
    pub structure: Structure,
    /// A folder of pictures that belong to the corpus; may be given several times
    #[arg(long, value_name = "DIR")]
    pub pictures: Vec<PathBuf>,
    /// Hands of each family of procedural artworks, at most 900
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = clap::value_parser!(u64).range(1..=900))]
    pub artists: u64,
    /// Works of each hand
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u64).range(1..=100))]
    pub works: u64,
    /// Steps of the autoencoder, of 16 crops of 32 pixels a side or as many pixels
    #[arg(long, value_name = "N", default_value_t = 6000)]
    pub autoencoder_steps: u64,
    /// The highest rate of the autoencoder's steps
    #[arg(long, value_name = "R", default_value_t = 2e-3)]
    pub autoencoder_rate: f32,
    /// Steps of noise predictor and text encoder
    #[arg(long, value_name = "N", default_value_t = 12_000)]
    pub steps: u64,
    /// The highest rate of their steps
    #[arg(long, value_name = "R", default_value_t = 2e-3)]
    pub rate: f32,
    /// Latents a step
    #[arg(long, value_name = "N", default_value_t = 16)]
    pub batch: usize,
    /// Seed of all draws
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Write the finished weights in half precision
    #[arg(long)]
    pub half: bool,
    /// Train nothing: only leave the hashes of the corpus (corpus.hashes) in the folder, for a model of it
    /// that has none
    #[arg(long)]
    pub only_hashes: bool,
    /// Worker threads; 0 for as many as there are cores. The result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: u16,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct DrawArguments {
    /// The folder for the pictures: new or empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// A kind of picture; may be given several times [default: all]
    #[arg(long, value_name = "NAME", value_parser = values::family())]
    pub family: Vec<Family>,
    /// The number of a hand; may be given several times
    #[arg(long, value_name = "N", default_values_t = [0])]
    pub artist: Vec<u64>,
    /// The numbers of the works, both ends included
    #[arg(long, value_name = "LO..HI", default_value = "0..9", value_parser = values::range)]
    pub works: RangeInclusive<u64>,
    /// Side of a picture in pixels
    #[arg(long, value_name = "N", default_value_t = 128, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_SIDE)))]
    pub side: u32,
}
