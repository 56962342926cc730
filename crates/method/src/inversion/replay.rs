//! Draws recorded in a file, so that another implementation can be checked number by number: the
//! same timesteps and noises must lead to the same trajectory.

use std::path::{Path, PathBuf};

use safetensors::{Dtype, SafeTensors};

use super::settings::LAST_TIMESTEP;
use super::tensors::{f32_values, find, i64_values, parse};
use super::{DrawsError, TensorProblem};
use palimpsest_base::bounded_read::{ReadError, read_at_most};
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::Latent;

/// The largest file of draws read: two noises for each of the paper's 1000 steps at a 4×128×128
/// latent are a quarter of it.
const MAX_BYTES: u64 = 2 << 30;

/// The recorded draws of one run, checked: every number is finite and every shape fits.
#[derive(Clone, Debug)]
pub(super) struct Replay {
    /// One timestep a step.
    pub timesteps: Vec<usize>,
    /// One noise a step, one after another.
    pub noise: Vec<f32>,
    /// The fine-tuned model's own noises, where the file has them.
    pub noise_of_finetuned: Option<Vec<f32>>,
    /// The latent that the run started from, where the file has it.
    pub start_latent: Option<Latent>,
    /// The file.
    pub path: PathBuf,
    /// SHA-256 of the file.
    pub sha256: Digest,
}

impl Replay {
    /// Reads the draws at `path` for latents of `shape`.
    pub fn read(path: &Path, shape: [usize; 3]) -> Result<Self, DrawsError> {
        let bytes = match read_at_most(path, MAX_BYTES) {
            Err(ReadError::Io(source)) => {
                let path = path.to_owned();
                return Err(DrawsError::Unreadable { path, source });
            }
            Err(ReadError::TooLarge { limit }) => Err(TensorProblem::TooLarge(limit)),
            Ok(bytes) => Ok(bytes),
        };
        let read = || {
            let bytes = bytes?;
            let file = parse(&bytes)?;
            let timesteps = timesteps(&file)?;
            let noises = |name: &str| noises(&file, name, shape, timesteps.len());
            Ok(Self {
                noise: noises("noise")?,
                noise_of_finetuned: if_present(&file, "noise_finetuned", noises)?,
                start_latent: if_present(&file, "start_latent", |name| start(&file, name, shape))?,
                path: path.to_owned(),
                sha256: Digest::of(&bytes),
                timesteps,
            })
        };
        read().map_err(|problem| DrawsError::Unfit {
            path: path.to_owned(),
            problem,
        })
    }

    /// Checks that there is a draw for each of `steps` steps.
    pub fn covers(&self, steps: usize) -> Result<(), DrawsError> {
        if self.timesteps.len() >= steps {
            return Ok(());
        }
        Err(self.too_few(steps))
    }

    pub fn too_few(&self, needed: usize) -> DrawsError {
        DrawsError::TooFew {
            path: self.path.clone(),
            found: self.timesteps.len(),
            needed,
        }
    }
}

fn timesteps(file: &SafeTensors) -> Result<Vec<usize>, TensorProblem> {
    let tensor = find(file, "timesteps", Dtype::I64)?;
    if tensor.shape().len() != 1 {
        return Err(wrong_shape("timesteps", "[N]".into(), tensor.shape()));
    }
    let checked = i64_values(tensor.data())
        .into_iter()
        .map(|value| match usize::try_from(value) {
            Ok(timestep) if (1..=LAST_TIMESTEP).contains(&timestep) => Ok(timestep),
            _ => Err(TensorProblem::Timestep(value)),
        });
    checked.collect()
}

/// One noise of `shape` for each of `draws`, one after another.
fn noises(
    file: &SafeTensors,
    name: &str,
    shape: [usize; 3],
    draws: usize,
) -> Result<Vec<f32>, TensorProblem> {
    let tensor = find(file, name, Dtype::F32)?;
    let [channels, height, width] = shape;
    let expected = [draws, channels, height, width];
    if tensor.shape() != expected {
        return Err(wrong_shape(name, format!("{expected:?}"), tensor.shape()));
    }
    finite(name, f32_values(tensor.data()))
}

/// The recorded start, `[C, h, w]` or `[1, C, h, w]`.
fn start(file: &SafeTensors, name: &str, shape: [usize; 3]) -> Result<Latent, TensorProblem> {
    let tensor = find(file, name, Dtype::F32)?;
    let found = match tensor.shape() {
        [1, rest @ ..] if rest.len() == 3 => rest,
        whole => whole,
    };
    let unfit = || wrong_shape(name, format!("{shape:?}"), tensor.shape());
    if found != shape {
        return Err(unfit());
    }
    let values = finite(name, f32_values(tensor.data()))?;
    Latent::new(shape, values).map_err(|_| unfit())
}

/// The tensor `name`, or nothing where the file has none of that name.
fn if_present<T>(
    file: &SafeTensors,
    name: &str,
    read: impl FnOnce(&str) -> Result<T, TensorProblem>,
) -> Result<Option<T>, TensorProblem> {
    file.tensor(name).is_ok().then(|| read(name)).transpose()
}

fn finite(name: &str, values: Vec<f32>) -> Result<Vec<f32>, TensorProblem> {
    if values.iter().all(|value| value.is_finite()) {
        Ok(values)
    } else {
        Err(TensorProblem::NotFinite(name.to_owned()))
    }
}

fn wrong_shape(name: &str, expected: String, found: &[usize]) -> TensorProblem {
    TensorProblem::Shape {
        name: name.to_owned(),
        expected,
        found: found.to_vec(),
    }
}
