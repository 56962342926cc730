//! A look at a pair of models before anything is done with it: what they are, whether they belong
//! together, and what an examination with them would take. Only configurations and headers are read,
//! so that the answer is there as soon as somebody has chosen.

use std::path::{Path, PathBuf};

use super::machine::MemoryRule;
use super::models::{Models, Wanted, open_first};
use super::planning::{check_buckets, latent_shape};
use super::prompts::Prompts;
use super::{ExaminationError, Frame, Identity, PromptSource, Request, Steering};
use crate::inversion::Settings;
use crate::models::{self, ModelsError};
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::files::ModelSource;
use palimpsest_diffusion::footprint::multiplications;
use palimpsest_diffusion::{
    Choices, Description, Device, DiffusionModel, Engine, Memory, ModelError,
};

/// A model as its files describe it.
#[derive(Clone, Debug)]
pub struct ModelFacts {
    /// The description in its files.
    pub description: Description,
    /// Size of its own files in bytes.
    pub bytes: u64,
    /// The files themselves, which its hash is taken of.
    pub files: Vec<PathBuf>,
    /// The adapters that it is made of, in the order in which they are applied.
    pub adapters: Vec<AdapterFacts>,
}

/// An adapter as its file describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct AdapterFacts {
    /// The file.
    pub file: PathBuf,
    /// Number of its tensors.
    pub tensors: usize,
    /// Those that have no place in the pretrained model, sorted.
    pub unused: Vec<String>,
}

/// A pair of models as an examination would find it.
#[derive(Clone, Debug)]
pub struct PairFacts {
    /// The resolution in pixels that an examination would have.
    pub resolution: usize,
    /// What of the artworks would be examined.
    pub frame: Frame,
    /// Side of a latent cell in pixels.
    pub cell: usize,
    /// A resolution must be a multiple of this many pixels.
    pub granularity: usize,
    /// Latent shape of the square at that resolution, `[channels, height, width]`.
    pub latent_shape: [usize; 3],
    /// Every setting of the inversion, resolved.
    pub settings: Settings,
    /// The prompt that would be used, and where it comes from.
    pub prompt: String,
    pub prompt_source: PromptSource,
    /// Memory that the examination takes at most, in bytes, in the way that it would choose.
    pub needed_bytes: u64,
    /// Multiplications of a step of both models.
    pub multiplications: u64,
    /// Memory that can be had, in bytes, where the system says so.
    pub available_bytes: Option<u64>,
    /// The kind of memory use that the examination would choose.
    pub memory: Memory,
}

/// Looks at the model `path`, which may be a built-in model's name; a model that lacks parts, or is a
/// LoRA, takes them from `base`.
///
/// # Errors
/// [`InspectionError`] saying what is wrong with which file.
pub fn inspect(path: &Path, base: Option<&Path>) -> Result<ModelFacts, InspectionError> {
    inspect_finetuned(&ModelSource::named(path), base, &Choices::default())
}

/// Looks at the pretrained model `path`, as [`inspect`] does; what it lacks it takes from `finetuned`.
///
/// # Errors
/// As [`inspect`].
pub fn inspect_pretrained(
    path: &Path,
    finetuned: Option<&ModelSource>,
    choices: &Choices,
) -> Result<ModelFacts, InspectionError> {
    let engine = Engine::new(Device::Cpu, 1, Memory::Low)?;
    let finetuned = finetuned.map(models::resolve_source).transpose()?;
    let path = models::resolve(path)?;
    facts(&open_first(&path, finetuned.as_ref(), choices, &engine)?)
}

/// Looks at the fine-tuned model of `source`, as [`inspect`] does; what it lacks it takes from `pretrained`.
///
/// # Errors
/// As [`inspect`].
pub fn inspect_finetuned(
    source: &ModelSource,
    pretrained: Option<&Path>,
    choices: &Choices,
) -> Result<ModelFacts, InspectionError> {
    let engine = Engine::new(Device::Cpu, 1, Memory::Low)?;
    let source = models::resolve_source(source)?;
    let base = match pretrained {
        Some(base) => {
            let base = models::resolve(base)?;
            Some(open_first(&base, Some(&source), choices, &engine)?)
        }
        None => None,
    };
    facts(&DiffusionModel::open_as(
        &source,
        base.as_ref(),
        &engine,
        choices,
    )?)
}

fn facts(model: &DiffusionModel) -> Result<ModelFacts, InspectionError> {
    let files = model.files();
    let size = |path: &PathBuf| match std::fs::metadata(path) {
        Ok(metadata) => Ok(metadata.len()),
        Err(source) => Err(ExaminationError::Unreadable {
            path: path.clone(),
            source,
        }),
    };
    Ok(ModelFacts {
        description: model.description(),
        bytes: files.iter().map(size).sum::<Result<u64, _>>()?,
        files,
        adapters: model
            .adapters()
            .map(|lora| AdapterFacts {
                file: lora.file().to_owned(),
                tensors: lora.tensors(),
                unused: lora.unused().to_vec(),
            })
            .collect(),
    })
}

/// Settles what an examination as `request` says would be, without beginning it.
///
/// # Errors
/// Every [`InspectionError`] about models, settings, mask and prompt that an examination would meet at
/// its beginning.
pub fn inspect_pair(request: &Request) -> Result<PairFacts, InspectionError> {
    let request = Request {
        pretrained: models::resolve(&request.pretrained)?,
        finetuned: models::resolve_source(&request.finetuned)?,
        ..request.clone()
    };
    let wanted = Wanted {
        device: request.device,
        threads: 1,
        memory: MemoryRule::Fixed(Memory::Low),
        resolution: request.resolution,
    };
    let pair = Models::open(
        &request.pretrained,
        &request.finetuned,
        &request.choices,
        wanted,
    )?;
    let resolution = request.resolution.unwrap_or(pair.pretrained.resolution());
    let shape = latent_shape(&pair, resolution)?;
    let [_, height, width] = shape;
    request
        .mask
        .grid(height, width)
        .map_err(ExaminationError::from)?;
    if request.frame == Frame::Bucket {
        check_buckets(&request, &pair, resolution)?;
    }
    let settings = Settings::resolve(request.preset, &request.overrides, shape)
        .map_err(ExaminationError::from)?;
    let prompts = Prompts::of(&request)?;
    let need = pair.need(Some(resolution))?;
    let memory = request.memory.decide(need);
    Ok(PairFacts {
        resolution,
        frame: request.frame,
        cell: pair.pretrained.factor(),
        granularity: pair.pretrained.granularity(),
        latent_shape: shape,
        settings,
        prompt: prompts.finetuned,
        prompt_source: prompts.source,
        needed_bytes: need.under(memory),
        multiplications: {
            let latent = [height, width];
            let once = multiplications(pair.pretrained.unet_geometry(), latent);
            // Both models, there and back.
            once.saturating_mul(4)
        },
        available_bytes: palimpsest_base::system::available_memory(),
        memory,
    })
}

/// The hash of a model's files, as a record would have it. Takes as long as reading them does.
///
/// # Errors
/// [`ExaminationError::Unreadable`], or [`ExaminationError::Interrupted`].
pub fn hash(facts: &ModelFacts, steering: &Steering) -> Result<Digest, ExaminationError> {
    Ok(Identity::read(&facts.description.path, &facts.files, steering.control())?.sha256)
}

/// The reason why a model or a pair cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InspectionError {
    /// A built-in model.
    #[error(transparent)]
    BuiltIn(#[from] ModelsError),
    /// The error that an examination would end with.
    #[error(transparent)]
    Examination(Box<ExaminationError>),
}

impl From<ExaminationError> for InspectionError {
    fn from(error: ExaminationError) -> Self {
        Self::Examination(Box::new(error))
    }
}

impl From<ModelError> for InspectionError {
    fn from(error: ModelError) -> Self {
        ExaminationError::from(error).into()
    }
}
