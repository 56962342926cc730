//! Models in one file: the layout of the original training code (CompVis `latent-diffusion`, Stability AI's
//! `stablediffusion`, `generative-models`), in which Stable Diffusion 1, 2 and XL are shared. A file is recognised by its tensors;
//! tables made from the structure of the blocks say which of them is which, and the networks' shapes are
//! those of the tensors. Nothing is copied: the parts are views of the mapped file.

mod autoencoder_names;
mod configurations;
mod geometry;
pub mod kind;
mod layout;
mod prediction;
mod text_names;
pub mod unet_names;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::config::{
    AutoencoderGeometry, BetaSchedule, Prediction, SchedulerConfig, TERMINAL_ALPHA, TextGeometry,
    UnetGeometry,
};
use super::part::Part;
use super::part_files::PartFiles;
use super::safetensors_header;
use super::weights::{Renamed, Weights};
use crate::ModelError;
use crate::error::shown;
use crate::tokenizer::{self, Padding};
use configurations::Configurations;
use layout::Layout;
use text_names::TextLayout;

/// What is told of a model in one file by other means than the file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told<'a> {
    /// A folder with configurations and a tokenizer, in the diffusers layout.
    pub configurations: Option<&'a Path>,
    /// What the model predicts, as the user says.
    pub prediction: Option<Prediction>,
    /// The model that this one was made from.
    pub base: Option<Base<'a>>,
}

/// The shapes of another model, which hold for this one where they agree with its tensors.
#[derive(Clone, Copy, Debug)]
pub struct Base<'a> {
    pub unet: &'a UnetGeometry,
    pub vae: &'a AutoencoderGeometry,
    pub text: [Option<&'a TextGeometry>; 2],
    pub prediction: Prediction,
}

/// The tokenizer of a model in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnTokenizer {
    /// CLIP's, which this program holds.
    BuiltIn(Padding),
    /// A folder's.
    Folder(PathBuf),
}

/// A model in one file.
#[derive(Debug)]
pub struct Checkpoint {
    pub unet: (PartFiles, UnetGeometry),
    /// The autoencoder, if the file has one.
    pub vae: Option<(PartFiles, AutoencoderGeometry)>,
    /// The text encoders that the file has.
    pub text: Vec<OwnText>,
    /// The noise that the model was trained with.
    pub scheduler: SchedulerConfig,
    /// The files that the result depends on, sorted.
    pub files: Vec<PathBuf>,
    /// What was decided in opening it, a sentence each.
    pub notes: Vec<String>,
}

/// A text encoder of a model in one file.
#[derive(Debug)]
pub struct OwnText {
    pub part: Part,
    pub files: PartFiles,
    pub geometry: TextGeometry,
    /// The tokenizer, if one is known for this text encoder.
    pub tokenizer: Option<OwnTokenizer>,
}

/// Tensors of the training code that no network needs.
const BUFFERS: [&str; 17] = [
    "alphas_cumprod",
    "alphas_cumprod_prev",
    "betas",
    "log_one_minus_alphas_cumprod",
    "logvar",
    "lvlb_weights",
    "posterior_log_variance_clipped",
    "posterior_mean_coef1",
    "posterior_mean_coef2",
    "posterior_variance",
    "scale_factor",
    "sqrt_alphas_cumprod",
    "sqrt_one_minus_alphas_cumprod",
    "sqrt_recip_alphas_cumprod",
    "sqrt_recipm1_alphas_cumprod",
    prediction::VELOCITY,
    prediction::ZERO_SNR,
];

/// Beginnings of names of tensors that no network needs: averaged weights beside the plain ones, and the loss of the
/// autoencoder's training.
const ASIDE: [&str; 3] = ["model_ema.", "first_stage_model.loss.", "loss."];

/// The most tensors that a note names.
const NAMED: usize = 3;

impl Checkpoint {
    /// Reads the model in `file`: the names and shapes of its tensors, and what it says of itself.
    ///
    /// # Errors
    /// [`ModelError`] if it cannot be read, is something else than Stable Diffusion 1, 2 or XL, or leaves open
    /// what only `told` could say.
    pub fn open(file: &Path, told: Told<'_>) -> Result<Self, ModelError> {
        let weights = Weights::open(&[file.to_owned()])?;
        kind::refuse_others(file, &weights)?;
        let record = safetensors_header::record(file)?;
        let mut notes = Vec::new();
        let configurations = Configurations::read(told.configurations)?;

        let layout = Layout::of_unet(&weights).ok_or_else(|| kind::unknown(file, &weights))?;
        kind::refuse_other_inputs(file, &layout)?;
        note_averages(&weights, &layout, &mut notes);
        let structure = unet_names::Structure::of_checkpoint(&layout);
        let unet = layout.named(unet_names::modules(&structure));
        require(file, &weights, &unet)?;
        let view = weights.renamed(&unet)?;
        let like = (
            configurations.unet.as_ref().map(with_file),
            told.base.map(|base| base.unet),
        );
        let unet_geometry = geometry::unet(file, &view, &structure, like)?;

        let vae = autoencoder_names::of(&weights).map(|names| {
            let view = weights.renamed(&names)?;
            let configured = configurations.vae.as_ref().map(with_file);
            let like = (configured, told.base.map(|base| base.vae));
            let geometry = geometry::autoencoder(file, &view, structure.addition, like)?;
            Ok::<_, ModelError>((names, geometry))
        });
        let vae = vae.transpose()?;
        let text = TextLayout::of(&weights).into_iter().map(|layout| {
            let configured = configurations.text(layout.part());
            let names = layout.names(configured.map(|(text, _)| text.layers));
            let view = weights.renamed(&names)?;
            let base = told
                .base
                .iter()
                .flat_map(|base| Part::TEXT.into_iter().zip(base.text));
            let base = base.filter(|(part, _)| *part == layout.part());
            let like = (configured, base.filter_map(|(_, text)| text).next());
            let geometry = geometry::text(file, &view, layout.activation(), like)?;
            Ok::<_, ModelError>((names, geometry, layout))
        });
        let text: Vec<_> = text.collect::<Result<_, _>>()?;

        let is_second = match text.first() {
            _ if structure.addition => false,
            Some((_, _, layout)) => layout.is_open_clip(),
            None => unet_geometry.linear_projection,
        };
        let stated = prediction::Stated::read(file, &weights, &record, told, is_second)?;
        let mut scheduler = stated.scheduler(&configurations, &mut notes);
        if structure.addition && configurations.scheduler.is_none() {
            // The usual scheduler of this family keeps it.
            scheduler.terminal_alpha = Some(TERMINAL_ALPHA);
        }
        let tokenizer = |geometry: &TextGeometry, layout: &TextLayout| {
            let configured = configurations.tokenizer(layout.part());
            let is_clip = geometry.vocab_size == tokenizer::VOCABULARY;
            match configured {
                Some(folder) => Some(OwnTokenizer::Folder(folder.into())),
                None => is_clip.then_some(OwnTokenizer::BuiltIn(match layout.is_open_clip() {
                    true => Padding::Zero,
                    false => Padding::End,
                })),
            }
        };
        let used = unet.iter().chain(vae.iter().flat_map(|(names, _)| names));
        let used = used.chain(text.iter().flat_map(|(names, ..)| names));
        note_unused(file, &weights, &layout, used, &mut notes)?;
        let mut files = vec![file.to_owned()];
        files.extend(stated.beside);
        files.extend(configurations.files.iter().cloned());
        files.sort();
        files.dedup();
        let part = |names| PartFiles::in_one_file(file, names);
        Ok(Self {
            unet: (part(unet), unet_geometry),
            vae: vae.map(|(names, geometry)| (part(names), geometry)),
            text: (text.into_iter())
                .map(|(names, geometry, layout)| OwnText {
                    part: layout.part(),
                    tokenizer: tokenizer(&geometry, &layout),
                    files: part(names),
                    geometry,
                })
                .collect(),
            scheduler,
            files,
            notes,
        })
    }
}

/// A configuration and its file.
fn with_file<T>((configured, file): &(T, PathBuf)) -> (&T, &Path) {
    (configured, file)
}

/// Refuses a noise predictor that is not whole, while a person is there to hear it.
fn require(file: &Path, weights: &Weights, names: &[Renamed]) -> Result<(), ModelError> {
    let may_lack = |name: &str| {
        // Queries, keys and values have no bias, and only layers that change their width a shortcut.
        name.contains(".conv_shortcut.")
            || [".to_q.bias", ".to_k.bias", ".to_v.bias"]
                .iter()
                .any(|end| name.ends_with(end))
    };
    let lacks = |name: &&Renamed| weights.shape(&name.stored).is_none() && !may_lack(&name.name);
    match names.iter().find(lacks) {
        None => Ok(()),
        Some(name) => Err(ModelError::MissingTensor {
            name: name.stored.clone(),
            file: file.into(),
        }),
    }
}

/// Says which of two kinds of weights are used.
fn note_averages(weights: &Weights, layout: &Layout, notes: &mut Vec<String>) {
    // Files without averages hold their counters all the same.
    let is_average = |name: &str| name.starts_with("model_ema.diffusion_model");
    if layout.is_average() {
        notes.push("The file holds the noise predictor only as its average over training (EMA), which is used.".into());
    } else if weights.names().any(is_average) {
        notes.push(
            "The file also holds the noise predictor's average over training (EMA); the plain weights are used, as in generation."
                .into(),
        );
    }
}

/// Refuses tensors of the noise predictor that were not used, and says which others were not.
fn note_unused<'a>(
    file: &Path,
    weights: &Weights,
    layout: &Layout,
    used: impl Iterator<Item = &'a Renamed>,
    notes: &mut Vec<String>,
) -> Result<(), ModelError> {
    let used: BTreeSet<&str> = used.map(|name| name.stored.as_str()).collect();
    let is_known = |name: &&str| {
        used.contains(name)
            || BUFFERS.contains(name)
            || ASIDE.iter().any(|start| name.starts_with(start))
            || text_names::is_aside(name)
    };
    let unused: Vec<&str> = weights.names().filter(|name| !is_known(name)).collect();
    let mut foreign = unused.iter().filter(|name| layout.is_within(name));
    if let Some(first) = foreign.next() {
        return Err(ModelError::OtherNetwork {
            file: file.into(),
            count: foreign.count().saturating_add(1),
            name: (*first).into(),
        });
    }
    if !unused.is_empty() {
        let named: Vec<_> = unused
            .iter()
            .take(NAMED)
            .map(|name| format!("\u{201c}{}\u{201d}", shown(name)))
            .collect();
        let more = if unused.len() > NAMED {
            " and others"
        } else {
            ""
        };
        notes.push(format!(
            "{} tensors of the file belong to no part of the model and were not used: {}{more}.",
            unused.len(),
            named.join(", "),
        ));
    }
    Ok(())
}

/// The noise that all models of these families were trained with.
fn usual_scheduler(prediction: Prediction) -> SchedulerConfig {
    SchedulerConfig {
        beta_start: 0.00085,
        beta_end: 0.012,
        beta_schedule: BetaSchedule::ScaledLinear,
        num_train_timesteps: 1000,
        prediction_type: prediction,
        trained_betas: None,
        rescale_betas_zero_snr: false,
        terminal_alpha: None,
    }
}
