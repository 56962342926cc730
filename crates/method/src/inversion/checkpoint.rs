//! The state of a run on disk: one safetensors file that carries the movement, the velocity and the
//! trace bit for bit, with a JSON entry about them. It is believed only where its own fingerprint
//! shows that it is whole, and that of the run that it belongs to this very run.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::time::Duration;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};
use serde::{Deserialize, Serialize};

use super::descent::Descent;
use super::fingerprint::Fingerprint;
use super::tensors::{f32_values, f64_values, find, i64_values, parse};
use super::{CheckpointError, Settings, TensorProblem, Trace};
use palimpsest_base::atomic::replace;
use palimpsest_base::bounded_read::{ReadError, read_at_most};
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::Latent;

/// Raised when the meaning of the file changes. In 1 the run was known by a text of this program's types,
/// since 2 by canonical JSON.
const VERSION: u32 = 2;

/// Name of the JSON entry in the file's metadata.
const ENTRY: &str = "palimpsest_inversion";

/// The largest file read: the longest run of the largest latents stays far below.
const MAX_BYTES: u64 = 1 << 28;

const DELTA: &str = "delta";
const VELOCITY: &str = "velocity";
const TIMESTEP: &str = "timestep";
const LOSS_PRETRAINED: &str = "loss_pretrained";
const LOSS_FINETUNED: &str = "loss_finetuned";
const GRADIENT_NORM: &str = "gradient_norm";

/// All that a run carries from step to step.
#[derive(Clone, Debug)]
pub(super) struct DescentState {
    pub descent: Descent,
    pub trace: Trace,
    /// Steps that moved nothing.
    pub skipped: usize,
    /// Time spent in steps, over all resumptions.
    pub elapsed: Duration,
}

impl DescentState {
    /// Steps finished.
    pub fn step(&self) -> usize {
        self.trace.len()
    }
}

/// The JSON entry: the numbers that are no arrays, and what they must agree with.
#[derive(Serialize, Deserialize)]
struct RunEntry {
    version: u32,
    step: usize,
    skipped: usize,
    nanoseconds: u64,
    /// Fingerprint of all that the continuation depends on.
    run: Digest,
    /// Fingerprint of the fields above and of every tensor.
    content: Digest,
}

impl RunEntry {
    /// The value that [`RunEntry::content`] must have for these fields and `tensors`, given in order of name.
    fn fingerprint<'a>(&self, tensors: impl Iterator<Item = (&'a str, &'a [u8])>) -> Digest {
        let numbers = format!(
            "{} {} {} {} {}",
            self.version, self.step, self.skipped, self.nanoseconds, self.run
        );
        let whole = Fingerprint::new("checkpoint content").with("entry", numbers.as_bytes());
        tensors
            .fold(whole, |whole, (name, bytes)| whole.with(name, bytes))
            .finish()
    }
}

/// Writes `state` of the run with fingerprint `run` to `path`, replacing what is there at one blow.
pub(super) fn save(path: &Path, run: Digest, state: &DescentState) -> Result<(), CheckpointError> {
    encode(run, state)
        .and_then(|bytes| replace(path, &bytes))
        .map_err(|source| CheckpointError::Unwritable {
            path: path.to_owned(),
            source,
        })
}

/// Reads back what [`save`] wrote for the run with fingerprint `run`, whose latents are of `shape`;
/// `None` if there is no file.
pub(super) fn load(
    path: &Path,
    run: Digest,
    settings: &Settings,
    shape: [usize; 3],
) -> Result<Option<DescentState>, CheckpointError> {
    let damaged = |reason| CheckpointError::Damaged {
        path: path.to_owned(),
        reason,
    };
    let bytes = match read_at_most(path, MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if error.is_not_found() => return Ok(None),
        Err(ReadError::Io(source)) => {
            let path = path.to_owned();
            return Err(CheckpointError::Unreadable { path, source });
        }
        Err(ReadError::TooLarge { limit }) => {
            return Err(damaged(TensorProblem::TooLarge(limit).to_string()));
        }
    };
    let (entry, file) = whole(&bytes).map_err(|unfit| match unfit {
        Unfit::Damaged(reason) => damaged(reason),
        Unfit::OtherForm(found) => CheckpointError::OtherForm {
            path: path.to_owned(),
            found,
            known: VERSION,
        },
    })?;
    if entry.run != run {
        return Err(CheckpointError::Foreign {
            path: path.to_owned(),
        });
    }
    decode(&entry, &file, settings, shape)
        .map(Some)
        .map_err(damaged)
}

/// The reason why a file is not continued.
enum Unfit {
    /// It is of another form than [`VERSION`].
    OtherForm(u32),
    Damaged(String),
}

impl<T: Into<String>> From<T> for Unfit {
    fn from(reason: T) -> Self {
        Self::Damaged(reason.into())
    }
}

/// The entry and the tensors of a file that is as it was written.
fn whole(bytes: &[u8]) -> Result<(RunEntry, SafeTensors<'_>), Unfit> {
    let file = parse(bytes).map_err(|problem| problem.to_string())?;
    let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(|e| e.to_string())?;
    let text = metadata
        .metadata()
        .as_ref()
        .and_then(|entries| entries.get(ENTRY))
        .ok_or("it is no checkpoint of this program")?;
    let entry: RunEntry = serde_json::from_str(text).map_err(|e| e.to_string())?;
    if entry.version != VERSION {
        return Err(Unfit::OtherForm(entry.version));
    }
    let mut tensors = file.tensors();
    tensors.sort_by(|(a, _), (b, _)| a.cmp(b));
    let parts = tensors.iter().map(|(name, view)| (&**name, view.data()));
    if entry.fingerprint(parts) != entry.content {
        return Err("its contents were changed".into());
    }
    Ok((entry, file))
}

/// The state in a file that is whole and belongs to the run.
fn decode(
    entry: &RunEntry,
    file: &SafeTensors,
    settings: &Settings,
    shape: [usize; 3],
) -> Result<DescentState, String> {
    let latent = |name| {
        let tensor = find(file, name, Dtype::F32).map_err(|problem| problem.to_string())?;
        Latent::new(shape, f32_values(tensor.data())).map_err(|e| e.to_string())
    };
    let numbers = |name| {
        find(file, name, Dtype::F64)
            .map(|tensor| f64_values(tensor.data()))
            .map_err(|problem| problem.to_string())
    };
    let timesteps = find(file, TIMESTEP, Dtype::I64).map_err(|problem| problem.to_string())?;
    let timesteps = i64_values(timesteps.data()).into_iter();
    let trace = Trace {
        timestep: timesteps
            .map(|t| usize::try_from(t).map_err(|_| format!("it holds the timestep {t}")))
            .collect::<Result<_, _>>()?,
        loss_pretrained: numbers(LOSS_PRETRAINED)?,
        loss_finetuned: numbers(LOSS_FINETUNED)?,
        gradient_norm: numbers(GRADIENT_NORM)?,
    };
    let lengths = [
        trace.timestep.len(),
        trace.loss_pretrained.len(),
        trace.loss_finetuned.len(),
        trace.gradient_norm.len(),
    ];
    if entry.step > settings.steps || lengths.iter().any(|&length| length != entry.step) {
        return Err("its parts are of different lengths".into());
    }
    let velocity = (settings.momentum > 0.0).then(|| latent(VELOCITY));
    Ok(DescentState {
        descent: Descent::resume(settings, latent(DELTA)?, velocity.transpose()?),
        trace,
        skipped: entry.skipped,
        elapsed: Duration::from_nanos(entry.nanoseconds),
    })
}

/// The bytes of the file.
fn encode(run: Digest, state: &DescentState) -> io::Result<Vec<u8>> {
    let tensors = tensors(state);
    let mut entry = RunEntry {
        version: VERSION,
        step: state.step(),
        skipped: state.skipped,
        // 584 years are as many as this holds.
        nanoseconds: u64::try_from(state.elapsed.as_nanos()).unwrap_or(u64::MAX),
        run,
        content: Digest::ZERO,
    };
    entry.content = entry.fingerprint(tensors.iter().map(|part| (part.name, &*part.bytes)));
    let metadata = HashMap::from([(ENTRY.to_owned(), serde_json::to_string(&entry)?)]);
    let views = tensors.iter().map(|part| {
        let view = TensorView::new(part.dtype, part.shape.clone(), &part.bytes);
        view.map(|view| (part.name, view))
    });
    let views: Vec<_> = views.collect::<Result<_, _>>().map_err(io::Error::other)?;
    safetensors::serialize(views, Some(metadata)).map_err(io::Error::other)
}

/// One array of the file.
struct Part {
    name: &'static str,
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

/// The arrays of `state`, in order of name.
fn tensors(state: &DescentState) -> Vec<Part> {
    let latent = |name, latent: &Latent| Part {
        name,
        dtype: Dtype::F32,
        shape: latent.shape().to_vec(),
        bytes: latent
            .values()
            .iter()
            .flat_map(|v| v.to_le_bytes())
            .collect(),
    };
    let numbers = |name, values: &[f64]| Part {
        name,
        dtype: Dtype::F64,
        shape: vec![values.len()],
        bytes: values.iter().flat_map(|v| v.to_le_bytes()).collect(),
    };
    let trace = &state.trace;
    let mut parts = vec![
        latent(DELTA, state.descent.delta()),
        numbers(GRADIENT_NORM, &trace.gradient_norm),
        numbers(LOSS_FINETUNED, &trace.loss_finetuned),
        numbers(LOSS_PRETRAINED, &trace.loss_pretrained),
        Part {
            name: TIMESTEP,
            dtype: Dtype::I64,
            shape: vec![trace.timestep.len()],
            bytes: (trace.timestep.iter())
                .flat_map(|&t| (t as i64).to_le_bytes())
                .collect(),
        },
    ];
    parts.extend(state.descent.velocity().map(|v| latent(VELOCITY, v)));
    parts
}
