//! The commands and their options, as they are written.

mod case;
mod examine;
mod fit;
mod lab;
mod models;
mod pair;
mod paper;
mod protect;
mod settings;
mod validate;
mod variant;

pub(super) use case::{
    ArchiveArguments, AssessArguments, CalibrateArguments, ExhibitArguments, ExtendArguments,
    PaperArgument, ResumeArguments, SealArguments, SiblingsArguments, TimestampArguments,
    VerifyArguments,
};
pub(super) use examine::{ExamineArguments, pictures_within};
pub(super) use fit::FitArguments;
pub(super) use lab::{
    DrawArguments, EvaluateArguments, FinetuneArguments, GenerateArguments, LabCommand,
    PretrainArguments, WrongControlsArguments,
};
pub(super) use models::{
    FetchArguments, FolderArguments, InspectArguments, ListArguments, NearestArguments,
};
pub(super) use paper::{
    CellArguments, FormArgument, GatherArguments, PaperArguments, PlanArguments,
};
pub(super) use protect::ProtectArguments;
pub(super) use settings::SettingArguments;
pub(super) use validate::ValidateArguments;
pub(super) use variant::VariantArguments;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use settings::{DeviceArgument, EncoderArguments};

/// Was this artwork among the pictures that a diffusion model was fine-tuned on?
///
/// Half of the artwork is removed, and the contrast of a pretrained model and the model fine-tuned
/// from it fills it in (CGI-DM). Where the fine-tuned model saw the work, more of it tends to come
/// back. A score by itself proves nothing: compare it with those of artworks that
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
    /// Who examines: named in journals and exhibits, and remembered, so that it need be said only once
    #[arg(long, global = true, value_name = "NAME")]
    pub operator: Option<String>,
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
    /// Add controls to a case, and examine them as its works were
    ///
    /// For a case that was examined without controls, or with too few. Score, settings and question stay as they were
    /// sealed; the record says when the controls came.
    Extend(ExtendArguments),
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
    /// Make variants of a work before it is published, seal them, and draw the one to publish
    ///
    /// All but the one that is drawn are kept back. If a model turns up later, examine all of them in one case and ask
    /// palimpsest siblings how high the published one stands: a test that needs no controls.
    Seal(SealArguments),
    /// Rank the published variant of a work among its sealed siblings, by the scores of a case
    Siblings(SiblingsArguments),
    /// Compare two pictures
    Compare(CompareArguments),
    /// Test the graphics card: every rule of the networks, against the processor's answer
    ///
    /// The report names the card, its driver and how far its answers are off; exit status 1 if it cannot be believed. Such
    /// a test is made by itself before a card computes for the first time with a driver.
    GpuCheck,
    /// What a file of weights is, and what it says of itself
    #[command(subcommand)]
    Models(ModelsCommand),
    /// The laboratory: material for experiments
    #[command(subcommand)]
    Lab(LabCommand),
}

#[derive(Debug, Subcommand)]
pub(super) enum ModelsCommand {
    /// List models, adapters and encoders: those in folders that were added, and in those of interfaces
    ///
    /// The folders of the Stable Diffusion web UI, Forge, ComfyUI, InvokeAI, Fooocus, Stability Matrix and the hub's cache
    /// are found where they usually lie. Only heads of files are read.
    List(ListArguments),
    /// Add a folder to those that are listed
    Add(FolderArguments),
    /// Forget a folder that was added; its files stay as they are
    Remove(FolderArguments),
    /// Fetch a base model or an encoder by name from the model hub; without a name list those that can be had
    ///
    /// Nothing is asked of a network before the licence was accepted. Every file must have the hash that this program
    /// knows, else the one that the hub states. What is stopped goes on from there the next time.
    Fetch(FetchArguments),
    /// Tell what a file is, its hashes, and what it says of its own training
    ///
    /// The hashes are those by which sharing sites know a file: AutoV1, AutoV2, AutoV3 and SHA-256. What the file says of
    /// itself can be changed by anyone.
    Inspect(InspectArguments),
    /// Tell whether a fine-tuned model was made from a pretrained one
    ///
    /// By the distance of their weights and by what the files say of their base. Of an adapter the losses on pictures
    /// show the grossest misfit only; without a stated hash the answer is that it is not known. examine asks the same
    /// before it begins.
    Fit(FitArguments),
    /// List the models of the library by how far a model lies from them; the one it was made from is the nearest
    ///
    /// By the weights of the noise predictors: how many tensors are equal, and the length of the difference in shares of
    /// the length. Models that were trained apart lie more than a whole length from one another. An adapter has no such
    /// weights.
    Nearest(NearestArguments),
}

#[derive(Args, Debug)]
pub(super) struct DemoArguments {
    /// The folder for the results: new, empty, or of an interrupted demonstration
    #[arg(long, value_name = "DIR", default_value = "palimpsest-demo")]
    pub out: PathBuf,
    /// Worker threads; 0 for as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
    /// Where to compute; auto is the processor, whose table is the same on every machine
    #[arg(long, value_enum, default_value_t)]
    pub device: DeviceArgument,
    /// Print the table as JSON
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
