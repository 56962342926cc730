//! The options of an examination: models, settings, controls.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use thiserror::Error;

use super::pair::PairArguments;
use super::settings::{DeviceArgument, EncoderArguments, MemoryArgument, SettingArguments};
use crate::cli::values;
use palimpsest_diffusion::files::config::Prediction;
use palimpsest_lab::training::corpus::pictures_in;
use palimpsest_lab::training::error::TrainingError;
use palimpsest_method::artwork::{Crop, PictureFolder, Readings};
use palimpsest_method::examination::{
    Choices, Frame, ModelSource, PictureSizes, PrimaryScore, Request,
};
use palimpsest_method::inversion::Preset;
use palimpsest_method::mask::Mask;
use palimpsest_record::case::blinding::Decoy;
use palimpsest_record::case::{Declaration, DrawError, Question, Role, draw_controls};
use palimpsest_record::casework::{Assignment, Control, DecoyWork, Questioned};

#[derive(Args, Debug)]
pub(in crate::cli) struct ExamineArguments {
    /// The pictures (PNG, JPEG, WebP, TIFF, BMP, GIF, JPEG XL, JPEG 2000, Photoshop, Krita or OpenRaster)
    #[arg(required = true, value_name = "ARTWORK")]
    pub artworks: Vec<PathBuf>,
    #[command(flatten)]
    pub pair: PairArguments,
    /// The folder for the case: new or empty
    #[arg(long, value_name = "CASE_DIR")]
    pub out: PathBuf,
    /// The pretrained model's prompt [default: the same]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub pretrained_prompt: Option<String>,
    /// How files are read: as-seen (turned, converted and over white as a viewer does), or as-stored (as programs
    /// that train models often load them); -mirrored behind either exchanges left and right. Several with commas between
    /// them: works are examined in each that gives another picture, and the p-value of the better is corrected for
    /// their number. both is as-seen,as-stored
    #[arg(long, value_name = "READINGS", default_value_t)]
    pub reading: Readings,
    /// The sizes of the picture that models which take them are told: generation (the resolution, nothing cut off), or
    /// artwork (each work's own size and crop)
    #[arg(long, default_value_t)]
    pub sizes: PictureSizes,
    /// What is removed: block:4 (or another even period), half or blur
    #[arg(long, default_value_t)]
    pub mask: Mask,
    /// What of the artworks is examined: square, or bucket (the whole picture, but for a margin, at the nearest to its own
    /// of the sizes that models are trained on, with about the area of the square)
    #[arg(long, default_value_t)]
    pub frame: Frame,
    /// Side of the prepared square in pixels [default: what the models were trained on]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = values::pixels)]
    pub resolution: Option<usize>,
    /// Where settings come from that are not given: paper or quick
    #[arg(long, default_value_t)]
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
    /// Whether memory is spent on speed: auto decides by what is free
    #[arg(long, value_enum, default_value_t)]
    pub memory: MemoryArgument,
    /// Print the findings as JSON: an object, or an array for several artworks
    #[arg(long)]
    pub json: bool,
}

/// What is said of models beside their paths.
#[derive(Args, Debug)]
pub(in crate::cli) struct ChoiceArguments {
    /// The configurations and the tokenizer of models in one file, as a folder in the diffusers layout (unet/config.json
    /// and so on): for what the shapes of their tensors do not tell
    #[arg(long, value_name = "DIR")]
    pub config: Option<PathBuf>,
    /// What a model in one file predicts, where it does not say so: epsilon or v
    #[arg(long, value_name = "KIND", value_parser = values::prediction)]
    pub prediction: Option<Prediction>,
    /// Take an adapter of which some tensors have no place in the pretrained model, and leave these out; the record names
    /// them
    #[arg(long)]
    pub accept_unused: bool,
}

impl ChoiceArguments {
    /// What they say.
    pub fn choices(&self) -> Choices {
        Choices {
            configurations: self.config.clone(),
            prediction: self.prediction,
            accept_unused: self.accept_unused,
        }
    }
}

/// What is said of controls beside their folders, whenever they come.
#[derive(Args, Debug)]
pub(in crate::cli) struct KnownArguments {
    /// A folder of works of the same hand that are known to have been used; may be given several times
    #[arg(long, value_name = "DIR")]
    pub positive_controls: Vec<PathBuf>,
    /// How the controls are known to have been used, or not, in your words; kept in the record
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    pub declare: String,
}

/// What the artworks are compared with, and what is asked of them. Fixed before anything is examined.
#[derive(Args, Debug)]
#[command(next_help_heading = "Controls, examined in exactly the same way")]
pub(in crate::cli) struct ControlArguments {
    /// A folder of works of the same hand and kind that are known NOT to have been used (unpublished, or later
    /// than the model); at least five, better twenty. May be given several times
    #[arg(long, value_name = "DIR")]
    pub controls: Vec<PathBuf>,
    /// Draw this many of the works of --controls in place of taking all of them. The draw follows from the files'
    /// hashes: the same works give the same controls, and other works a new draw
    #[arg(long, value_name = "N", requires = "controls", value_parser = clap::value_parser!(u16).range(1..=9999))]
    pub draw_controls: Option<u16>,
    /// The source of the works of --controls, in your words. This and the next two are kept in the record and printed
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true,
        requires = "controls",
        allow_hyphen_values = true
    )]
    pub controls_source: String,
    /// The dates at which they were made, and the evidence of these
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true,
        requires = "controls",
        allow_hyphen_values = true
    )]
    pub controls_dates: String,
    /// The rule by which they were selected
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true,
        requires = "controls",
        allow_hyphen_values = true
    )]
    pub controls_rule: String,
    #[command(flatten)]
    pub known: KnownArguments,
    /// A folder of works known NOT to have been used, to be examined blind: mixed in among the artworks under neutral names,
    /// in an order drawn by chance, and told apart when every score is sealed. May be given several times
    #[arg(long, value_name = "DIR")]
    pub decoys: Vec<PathBuf>,
    /// The same of works known to have been used
    #[arg(long, value_name = "DIR")]
    pub used_decoys: Vec<PathBuf>,
    /// The reason that the decoys are known to have been used, or not, in your words; kept in the record
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    pub declare_decoys: String,
    /// A folder of works of others, shown beside the rest and counted nowhere; may be given several times
    #[arg(long, value_name = "DIR")]
    pub context: Vec<PathBuf>,
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
    /// The score that decides: loss_gap, recovery.direction, recovery.gain_db, similarity.structural,
    /// structural.gain, similarity.clip or similarity.dino
    #[arg(long, value_name = "NAME", default_value_t, hide_possible_values = true, value_parser = score_parser())]
    pub primary_score: PrimaryScore,
}

/// Reads the name of a score; a wrong one is answered with all that there are.
fn score_parser() -> impl TypedValueParser<Value = PrimaryScore> {
    PossibleValuesParser::new(PrimaryScore::NAMES).try_map(|name| name.parse::<PrimaryScore>())
}

/// The reason that there are no controls to examine.
#[derive(Debug, Error)]
pub(in crate::cli) enum ControlsError {
    /// A folder is of no use.
    #[error(transparent)]
    Folder(#[from] TrainingError),
    /// They cannot be drawn.
    #[error(transparent)]
    Draw(#[from] DrawError),
}

/// The pictures in several folders, in their order.
pub(in crate::cli) fn pictures_within(folders: &[PathBuf]) -> Result<Vec<PathBuf>, TrainingError> {
    let pictures = folders.iter().map(|folder| pictures_in(folder));
    Ok(pictures.collect::<Result<Vec<_>, _>>()?.concat())
}

impl ControlArguments {
    /// What is asked of `artworks`, with controls.
    pub fn assignment(
        &self,
        request: Request,
        artworks: Vec<Questioned>,
    ) -> Result<Assignment, ControlsError> {
        let folders = [
            &self.controls,
            &self.known.positive_controls,
            &self.context,
            &self.decoys,
            &self.used_decoys,
        ];
        let notes = folders.into_iter().flatten().filter_map(|folder| {
            // What cannot be listed is refused below, where its pictures are asked for.
            let listed = PictureFolder::list(folder).ok()?;
            listed.recorded_sentence()
        });
        let notes: Vec<String> = notes.collect();
        let mut negatives = pictures_within(&self.controls)?;
        let mut decoys = Vec::new();
        for (folders, used) in [(&self.decoys, false), (&self.used_decoys, true)] {
            decoys.extend(pictures_within(folders)?.into_iter().map(|path| DecoyWork {
                path,
                decoy: Decoy {
                    used,
                    declared: self.declare_decoys.clone(),
                },
            }));
        }
        let mut controls_drawn = None;
        if let Some(asked) = self.draw_controls {
            let questioned: Vec<PathBuf> = artworks.iter().map(|work| work.path.clone()).collect();
            let (drawn, draw) = draw_controls(&negatives, &questioned, asked.into())?;
            (negatives, controls_drawn) = (drawn, Some(draw));
        }
        let mut controls = Vec::new();
        for (pictures, role) in [
            (negatives, Role::Negative),
            (
                pictures_within(&self.known.positive_controls)?,
                Role::Positive,
            ),
            (pictures_within(&self.context)?, Role::Context),
        ] {
            controls.extend(pictures.into_iter().map(|path| Control {
                path,
                crop: Crop::CENTRE,
                role,
                declared: self.known.declare.clone(),
            }));
        }
        Ok(Assignment {
            controls,
            decoys,
            notes,
            own_outputs: self.own_outputs.into(),
            null_run: self.null_run.as_ref().map(ModelSource::from),
            self_test: self.self_test,
            question: Question {
                primary_score: self.primary_score,
                repeats: self.repeats,
                controls_drawn,
                declaration: Declaration::of(
                    &self.controls_source,
                    &self.controls_dates,
                    &self.controls_rule,
                ),
                ..Question::default()
            },
            ..Assignment::new(request, artworks)
        })
    }
}

impl ExamineArguments {
    /// What is asked for.
    pub fn request(&self) -> Request {
        Request {
            pretrained_prompt: self.pretrained_prompt.clone(),
            reading: self.reading.first,
            sizes: self.sizes,
            mask: self.mask,
            frame: self.frame,
            resolution: self.resolution,
            preset: self.preset,
            overrides: self.settings.overrides(),
            draws: self.draws.clone(),
            clip: self.encoders.clip.clone(),
            dino: self.encoders.dino.clone(),
            device: self.device.device(),
            memory: self.memory.rule(),
            ..self.pair.request()
        }
    }
}
