//! The commands and their options, as they are written.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::values;
use super::variant::VariantArguments;
use crate::artwork::Crop;
use crate::case::key::Fingerprint;
use crate::case::question::{PRIMARY, SCORES};
use crate::case::{Digest, Question, Role};
use crate::casework::{Assignment, Control, Questioned};
use crate::diffusion::{Device, Memory};
use crate::examination::{MemoryRule, Request};
use crate::generation;
use crate::inversion::{NoisePairing, Overrides, Preset, Start, TimestepRange};
use crate::lab::art::Family;
use crate::lab::calibration::Method;
use crate::lab::finetuning::{Pictures, Recipe};
use crate::lab::training::corpus::pictures_in;
use crate::lab::training::error::TrainingError;
use crate::lab::works::MAX_SIDE;
use crate::mask::Mask;

/// Was this artwork among the pictures that a diffusion model was fine-tuned on?
///
/// Half of the artwork is removed, and the difference between a pretrained model and the model
/// fine-tuned from it puts it back (CGI-DM). What comes back resembles the original only if the
/// fine-tuned model saw it. A score by itself proves nothing: compare it with those of artworks that
/// are known not to have been used. Without a command a window opens.
#[derive(Debug, Parser)]
#[command(
    name = "palimpsest",
    version,
    about,
    args_conflicts_with_subcommands = true
)]
pub(super) struct Arguments {
    /// Pictures that the window opens with
    #[arg(value_name = "ARTWORK")]
    pub artworks: Vec<PathBuf>,
    /// Opens the window on a case, or on the demonstration (demo)
    #[arg(long, value_name = "CASE_DIR", conflicts_with = "artworks")]
    pub open: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show the main job on built-in models and artworks
    ///
    /// The program draws twenty works of one hand. One half was used to fine-tune the built-in model
    /// demo-finetuned, the other was not. All are examined in the same way, and a table says how well they
    /// are told apart. Takes two minutes at most on two cores.
    Demo(DemoArguments),
    /// Examine artworks with a pair of models
    Examine(Box<ExamineArguments>),
    /// Continue a case that was interrupted
    ///
    /// Finished artworks stay as they are; an unfinished one goes on to the same result as if it had
    /// not been interrupted; those that failed are tried again. The artworks and models must be those
    /// of the beginning.
    Resume(ResumeArguments),
    /// Weigh the scores of a case: the questioned works among their controls
    ///
    /// Written into the case as assessment.json. Done by itself at the end of an examination with controls.
    Assess(AssessArguments),
    /// Stand in for positive controls: mock fine-tunes of the case's pretrained model
    ///
    /// One half of works that you own is used to fine-tune the model, by several recipes, and both halves are
    /// examined as the case's works were. What the conclusion says by it is conditional on the recipe.
    Calibrate(CalibrateArguments),
    /// Check that a case is as it was written, or that an exhibit belongs to its case
    ///
    /// Every hash, the chain of the journal, its signatures and timestamps. Says also what it cannot exclude.
    Verify(VerifyArguments),
    /// Write the exhibit of a case, a PDF
    Exhibit(ExhibitArguments),
    /// Pack a case into a zip whose manifest holds every hash
    Archive(ArchiveArguments),
    /// Let an authority vouch for the time before which the case existed (RFC 3161)
    Timestamp(TimestampArguments),
    /// Compare two pictures
    Compare(CompareArguments),
    /// The laboratory: material for experiments
    #[command(subcommand)]
    Lab(LabCommand),
}

#[derive(Debug, Subcommand)]
pub(super) enum LabCommand {
    /// Draw procedural artworks and write them out as pictures
    ///
    /// A family is a kind of picture, an artist a hand in it, a work one picture of that hand; the same
    /// numbers give the same picture.
    Draw(DrawArguments),
    /// Train a small diffusion model from nothing
    ///
    /// An autoencoder, a text encoder and a noise predictor of Stable Diffusion's structure for pictures of
    /// 128 pixels a side, written as a diffusers folder. The corpus are procedural artworks and any folders
    /// of pictures (with captions in text files of the same names). The same command in the same folder
    /// goes on with an interrupted run, to the same bits.
    Pretrain(PretrainArguments),
    /// Fine-tune a model of the Stable Diffusion family on a few pictures
    ///
    /// All weights of the noise predictor, or a LoRA. Says how long it will take and what memory before it
    /// starts. The prompt is kept beside the result, where an examination finds it.
    Finetune(FinetuneArguments),
    /// Let a model make pictures of its own
    ///
    /// Text to image by deterministic sampling (DDIM) with classifier-free guidance. The same command in the
    /// same folder makes what is missing.
    Generate(GenerateArguments),
    /// Measure how well members and hold-outs are told apart
    ///
    /// With --finetuned: the works of two folders, examined with that pair of models. Without it everything
    /// from nothing: for every hand (--hand) or folder (--pictures), split into members and hold-outs at
    /// random for every seed, a model is fine-tuned on the members and all works are examined. Leaves a
    /// table, plots and picture grids; the same command in the same folder goes on.
    Evaluate(Box<EvaluateArguments>),
}

#[derive(Args, Debug)]
pub(super) struct FinetuneArguments {
    /// The model: a folder in the diffusers layout
    #[arg(long, value_name = "MODEL")]
    pub base: PathBuf,
    /// A folder with the pictures
    #[arg(long, value_name = "DIR")]
    pub pictures: PathBuf,
    /// The folder for the result: new or empty
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
pub(super) struct AssessArguments {
    /// The folder of the case
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// A calibration to be taken into the case; may be given several times
    #[arg(long, value_name = "FILE")]
    pub calibration: Vec<PathBuf>,
    /// Print the whole assessment as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(super) struct VerifyArguments {
    /// The folder of the case, or an exhibit inside one
    #[arg(value_name = "CASE_DIR|EXHIBIT.pdf")]
    pub subject: PathBuf,
    /// The case that an exhibit belongs to, where it does not lie in it
    #[arg(long, value_name = "CASE_DIR")]
    pub case: Option<PathBuf>,
    /// The fingerprint of the key that must have signed the journal, as an exhibit prints it
    #[arg(long, value_name = "FINGERPRINT")]
    pub expect_key: Option<Fingerprint>,
    /// The hash of an entry that must be in the journal, as an exhibit prints it
    #[arg(long, value_name = "HASH")]
    pub expect_head: Option<Digest>,
    /// Examine every work again from the recorded settings and say whether the results agree
    #[arg(long)]
    pub replay: bool,
    /// Print what was found as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(super) struct ExhibitArguments {
    /// The folder of the case
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// The file [default: in the folder exhibits of the case]
    #[arg(short, long, value_name = "FILE.pdf")]
    pub out: Option<PathBuf>,
    /// The exhibit's number, such as P-7. This and what follows is kept in the case and need be said only once
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub number: String,
    /// Its title
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub title: String,
    /// The parties
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub parties: String,
    /// Who examined
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub examiner: String,
    /// Paper
    #[arg(long, value_enum, default_value_t)]
    pub paper: PaperArgument,
    /// Only the first page
    #[arg(long)]
    pub panel_only: bool,
    /// Add a blank certificate of authenticity (US Federal Rules of Evidence 902(13) and (14))
    #[arg(long)]
    pub certificate: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum PaperArgument {
    #[default]
    A4,
    Letter,
}

#[derive(Args, Debug)]
pub(super) struct ArchiveArguments {
    /// The folder of the case
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// The file
    #[arg(short, long, value_name = "FILE.zip")]
    pub out: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct TimestampArguments {
    /// The folder of the case
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// The address of a timestamping authority (http://…), which gets the journal's last hash and nothing else
    #[arg(long, value_name = "URL", conflicts_with = "token", required_unless_present_any = ["token", "query"])]
    pub server: Option<String>,
    /// A token that an authority gave for the journal's last hash
    #[arg(long, value_name = "FILE")]
    pub token: Option<PathBuf>,
    /// Write the query for an authority into this file, to be sent by other means
    #[arg(long, value_name = "FILE", conflicts_with_all = ["server", "token"])]
    pub query: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct CalibrateArguments {
    /// The folder of the case
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// A folder of works that you own, of the questioned works' kind; twenty or more
    #[arg(long, value_name = "DIR")]
    pub pictures: PathBuf,
    /// The folder for the mock fine-tunes: new, empty, or of the same command
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// How a mock fine-tune is made: full:DRAWS or lora:RANK:DRAWS, DRAWS a picture; may be given several times
    /// [default: full:100, full:40 and lora:8:100]
    #[arg(long, value_name = "RECIPE", value_parser = values::method)]
    pub recipe: Vec<Method>,
    /// Rate of a step [default: by the size of the model and the method]
    #[arg(long, value_name = "R", value_parser = values::positive)]
    pub rate: Option<f64>,
    /// Seed of split and training
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Worker threads of the training; 0 for as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
}

#[derive(Args, Debug)]
pub(super) struct GenerateArguments {
    /// The model
    #[arg(long, value_name = "MODEL")]
    pub model: PathBuf,
    /// Where the model takes what it lacks; a LoRA needs it
    #[arg(long, value_name = "MODEL", alias = "pretrained")]
    pub base: Option<PathBuf>,
    /// The folder for the pictures: new, empty, or of the same command
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Number of pictures
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=9999))]
    pub count: u16,
    /// What to show [default: the prompt of the fine-tuning, as for an examination]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub prompt: Option<String>,
    /// What to stay away from
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    pub negative: String,
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
            ..generation::Recipe::new(model)
        }
    }
}

/// How a model is fine-tuned.
#[derive(Args, Debug)]
pub(super) struct TrainingArguments {
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
pub(super) struct EvaluateArguments {
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
    #[arg(long, default_value_t = Preset::Quick)]
    pub preset: Preset,
    #[command(flatten)]
    pub settings: SettingArguments,
    /// Examine all works once more with the same models under other settings, such as "--steps 100
    /// --contrast 1", and compare them; may be given several times. Takes --preset, --mask and the
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
pub(super) struct PretrainArguments {
    /// The folder for the model: new, empty, or of an interrupted run
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
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
pub(super) struct DemoArguments {
    /// The folder for the results: new, empty, or of an interrupted demonstration
    #[arg(long, value_name = "DIR", default_value = "palimpsest-demo")]
    pub out: PathBuf,
    /// Worker threads; 0 for as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
    /// Print the table as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(super) struct DrawArguments {
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

#[derive(Args, Debug)]
pub(super) struct ExamineArguments {
    /// The pictures (PNG, JPEG, WebP, TIFF, BMP or GIF)
    #[arg(required = true, value_name = "ARTWORK")]
    pub artworks: Vec<PathBuf>,
    /// The model that the fine-tuned one was made from: a folder in the diffusers layout
    #[arg(long, value_name = "MODEL")]
    pub pretrained: PathBuf,
    /// The model under suspicion: a folder, or a LoRA (a file, or a folder that holds only it). What
    /// a folder lacks is taken from the pretrained model; a LoRA changes that model, with the
    /// strength that may follow it: FILE@0.8 [default: 1]
    #[arg(long, value_name = "MODEL")]
    pub finetuned: PathBuf,
    /// The folder for the case: new or empty
    #[arg(long, value_name = "CASE_DIR")]
    pub out: PathBuf,
    /// The prompt of the fine-tuning [default: prompt.txt in the fine-tuned model's folder or beside the LoRA, else "sks style"]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub prompt: Option<String>,
    /// The pretrained model's prompt [default: the same]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub pretrained_prompt: Option<String>,
    /// What is removed: block:4 (or another even period), half or blur
    #[arg(long, default_value_t)]
    pub mask: Mask,
    /// Side of the prepared picture in pixels [default: what the models were trained on]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = values::pixels)]
    pub resolution: Option<usize>,
    /// Where settings come from that are not given: paper or quick
    #[arg(long, default_value_t = Preset::Paper)]
    pub preset: Preset,
    #[command(flatten)]
    pub settings: SettingArguments,
    /// Replay the draws in a safetensors file (timesteps, noise, optionally noise_finetuned and
    /// start_latent), in place of --seed, --timesteps and --noise; makes as many steps as it holds
    /// draws, unless --steps says otherwise
    #[arg(long, value_name = "FILE")]
    pub draws: Option<PathBuf>,
    #[command(flatten)]
    pub controls: ControlArguments,
    #[command(flatten)]
    pub encoders: EncoderArguments,
    /// Where to compute
    #[arg(long, value_enum, default_value_t)]
    pub device: DeviceArgument,
    /// Worker threads; 0 for as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
    /// Whether memory is spent on speed: auto decides by what is free
    #[arg(long, value_enum, default_value_t)]
    pub memory: MemoryArgument,
    /// Print the findings as JSON: an object, or an array for several artworks
    #[arg(long)]
    pub json: bool,
}

/// What the artworks are compared with, and what is asked of them. Fixed before anything is examined.
#[derive(Args, Debug)]
#[command(next_help_heading = "Controls, examined in exactly the same way")]
pub(super) struct ControlArguments {
    /// A folder of works of the same hand and kind that are known NOT to have been used (unpublished, or later
    /// than the model); at least five, better twenty. May be given several times
    #[arg(long, value_name = "DIR")]
    pub controls: Vec<PathBuf>,
    /// A folder of works of the same hand that are known to have been used; may be given several times
    #[arg(long, value_name = "DIR")]
    pub positive_controls: Vec<PathBuf>,
    /// A folder of works of others, shown beside the rest and counted nowhere; may be given several times
    #[arg(long, value_name = "DIR")]
    pub context: Vec<PathBuf>,
    /// How the controls are known to have been used, or not, in your words; kept in the record
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    pub declare: String,
    /// Pictures that the fine-tuned model makes by itself; shown beside the rest and counted nowhere
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=9999))]
    pub own_outputs: u16,
    /// Another model fine-tuned from the same pretrained one, on works that are not among these: shows what
    /// the method finds where there is nothing
    #[arg(long, value_name = "MODEL")]
    pub null_run: Option<PathBuf>,
    /// Also examine the first artwork with the pretrained model in both places: nothing must move
    #[arg(long)]
    pub self_test: bool,
    /// Examine every work this often, each time with other draws; scores are means
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub repeats: u32,
    /// The score that decides: recovery.direction, recovery.gain_db, loss_gap, similarity.structural,
    /// structural.gain, similarity.clip or similarity.dino
    #[arg(long, value_name = "NAME", default_value = PRIMARY, hide_possible_values = true, value_parser = SCORES)]
    pub primary_score: String,
}

impl ControlArguments {
    /// What is asked of `artworks`, with controls.
    pub fn assignment(
        &self,
        request: Request,
        artworks: Vec<Questioned>,
    ) -> Result<Assignment, TrainingError> {
        let mut controls = Vec::new();
        for (folders, role) in [
            (&self.controls, Role::Negative),
            (&self.positive_controls, Role::Positive),
            (&self.context, Role::Context),
        ] {
            for folder in folders {
                controls.extend(pictures_in(folder)?.into_iter().map(|path| Control {
                    path,
                    crop: Crop::CENTRE,
                    role,
                    declared: self.declare.clone(),
                }));
            }
        }
        Ok(Assignment {
            controls,
            own_outputs: self.own_outputs.into(),
            null_run: self.null_run.clone(),
            self_test: self.self_test,
            question: Question {
                primary_score: self.primary_score.clone(),
                repeats: self.repeats,
                ..Question::default()
            },
            ..Assignment::new(request, artworks)
        })
    }
}

/// Settings that replace those of the preset.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Settings that replace those of the preset")]
pub(super) struct SettingArguments {
    /// Number of steps
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = values::steps)]
    pub steps: Option<usize>,
    /// Length of a step in latent units
    #[arg(long, value_name = "A", allow_negative_numbers = true, value_parser = values::positive)]
    pub step_size: Option<f64>,
    /// Largest distance from the start in latent units
    #[arg(long, value_name = "E", allow_negative_numbers = true, value_parser = values::positive)]
    pub budget: Option<f64>,
    /// Share of its direction that a step takes over from the one before, less than 1
    #[arg(long, value_name = "B", allow_negative_numbers = true, value_parser = values::share)]
    pub momentum: Option<f64>,
    /// The timesteps drawn from, both ends included, within 1..999
    #[arg(long, value_name = "LO..HI", allow_hyphen_values = true)]
    pub timesteps: Option<TimestepRange>,
    /// How the removed part is filled at first: reencoded or filled
    #[arg(long)]
    pub start: Option<Start>,
    /// Weight of the pretrained model's loss
    #[arg(long, value_name = "W", allow_negative_numbers = true, value_parser = values::not_negative)]
    pub contrast: Option<f64>,
    /// Whether both models see the same noise: shared or independent
    #[arg(long)]
    pub noise: Option<NoisePairing>,
    /// Seed of the draws [default: 0]
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    pub seed: Option<u64>,
}

/// The picture encoders.
#[derive(Args, Debug)]
pub(super) struct EncoderArguments {
    /// The folder of a CLIP picture encoder (ViT-B/32), for the score of that name
    #[arg(long, value_name = "MODEL")]
    pub clip: Option<PathBuf>,
    /// The folder of a DINO picture encoder (ViT-S/16), for the score of that name
    #[arg(long, value_name = "MODEL")]
    pub dino: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct ResumeArguments {
    /// The folder of the case
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// Print the findings of all artworks of the case as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
#[command(
    after_help = "The structural score compares the middle squares of both pictures, resized to \
    512 pixels as for an examination at that resolution. CLIP and DINO see the pictures as they are, \
    resized as these models were published."
)]
pub(super) struct CompareArguments {
    /// A picture
    #[arg(value_name = "A")]
    pub first: PathBuf,
    /// Another
    #[arg(value_name = "B")]
    pub second: PathBuf,
    #[command(flatten)]
    pub encoders: EncoderArguments,
    /// Print the scores as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum DeviceArgument {
    /// The best that this build has
    #[default]
    Auto,
    Cpu,
    Cuda,
    Metal,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum MemoryArgument {
    #[default]
    Auto,
    Low,
}

impl ExamineArguments {
    /// What is asked for.
    pub fn request(&self) -> Request {
        Request {
            prompt: self.prompt.clone(),
            pretrained_prompt: self.pretrained_prompt.clone(),
            mask: self.mask,
            resolution: self.resolution,
            preset: self.preset,
            overrides: self.settings.overrides(),
            draws: self.draws.clone(),
            clip: self.encoders.clip.clone(),
            dino: self.encoders.dino.clone(),
            device: self.device.device(),
            threads: self.threads.into(),
            memory: self.memory.rule(),
            ..Request::new(&self.pretrained, &self.finetuned)
        }
    }
}

impl SettingArguments {
    pub fn overrides(&self) -> Overrides {
        Overrides {
            steps: self.steps,
            step_size: self.step_size,
            budget: self.budget,
            momentum: self.momentum,
            timesteps: self.timesteps,
            start: self.start,
            contrast_weight: self.contrast,
            noise: self.noise,
            seed: self.seed,
        }
    }
}

impl DeviceArgument {
    fn device(self) -> Option<Device> {
        match self {
            Self::Auto => None,
            Self::Cpu => Some(Device::Cpu),
            Self::Cuda => Some(Device::Cuda),
            Self::Metal => Some(Device::Metal),
        }
    }
}

impl MemoryArgument {
    fn rule(self) -> MemoryRule {
        match self {
            Self::Auto => MemoryRule::Auto,
            Self::Low => MemoryRule::Fixed(Memory::Low),
        }
    }
}
