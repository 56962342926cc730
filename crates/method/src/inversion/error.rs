//! Errors around an inversion, worded for the person who started it: each error names
//! the file or the setting and says what to do.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::settings::{LAST_TIMESTEP, SettingsError};
use palimpsest_diffusion::ModelError;

/// A tensor of a file that is not what it should be.
#[derive(Debug, Error, PartialEq)]
pub enum TensorProblem {
    /// The file is no safetensors file, or is cut short.
    #[error("it is not a complete safetensors file ({0})")]
    NotSafetensors(String),
    /// The file is longer than such files are.
    #[error("it is larger than {0} bytes")]
    TooLarge(u64),
    /// There is no tensor of that name.
    #[error("the tensor \u{201c}{0}\u{201d} is missing")]
    Missing(String),
    /// The numbers are of another kind.
    #[error("the tensor \u{201c}{name}\u{201d} holds {found} where {expected} is needed")]
    Kind {
        /// Name of the tensor.
        name: String,
        /// The kind of number needed.
        expected: &'static str,
        /// The kind found.
        found: String,
    },
    /// The dimensions are others.
    #[error("the tensor \u{201c}{name}\u{201d} has the shape {found:?} where {expected} is needed")]
    Shape {
        /// Name of the tensor.
        name: String,
        /// The shape needed, in words.
        expected: String,
        /// The shape found.
        found: Vec<usize>,
    },
    /// A value is infinite or not a number.
    #[error("the tensor \u{201c}{0}\u{201d} holds a value that is not a finite number")]
    NotFinite(String),
    /// A timestep that the models do not have.
    #[error(
        "the tensor \u{201c}timesteps\u{201d} holds {0}, which is not between 1 and {LAST_TIMESTEP}"
    )]
    Timestep(i64),
}

/// A file of draws that cannot be replayed.
#[derive(Debug, Error)]
pub enum DrawsError {
    /// The file cannot be opened or read.
    #[error("cannot read the draws in {}: {source}; check the path and its permissions", path.display())]
    Unreadable {
        /// The file of draws.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A tensor is missing or unfit.
    #[error("cannot use the draws in {}: {problem}; write the file again for this model", path.display())]
    Unfit {
        /// The file of draws.
        path: PathBuf,
        /// The fault.
        #[source]
        problem: TensorProblem,
    },
    /// Fewer draws than steps.
    #[error(
        "the file {} holds {found} draws where {needed} steps are asked for; ask for at most {found} steps",
        path.display()
    )]
    TooFew {
        /// The file of draws.
        path: PathBuf,
        /// Draws in the file.
        found: usize,
        /// Steps asked for.
        needed: usize,
    },
}

/// A checkpoint that cannot be written, read or continued.
#[derive(Debug, Error)]
pub enum CheckpointError {
    /// Writing failed; what was there before is still whole.
    #[error(
        "cannot save the checkpoint {}: {source}; free some space or choose another folder, then resume: what was saved before is intact",
        path.display()
    )]
    Unwritable {
        /// The checkpoint.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The file exists but cannot be read.
    #[error("cannot read the checkpoint {}: {source}; check its permissions", path.display())]
    Unreadable {
        /// The checkpoint.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The file is not a whole checkpoint of this program.
    #[error(
        "the checkpoint {} is damaged ({reason}); remove it to start this examination from the beginning",
        path.display()
    )]
    Damaged {
        /// The checkpoint.
        path: PathBuf,
        /// The sign of the damage.
        reason: String,
    },
    /// An earlier version of this program wrote it, with an identity that this one cannot compare.
    #[error(
        "the checkpoint {} is of form {found} and this version of the program continues form {known}; continue it with the version that began it, or remove it to start this examination from the beginning",
        path.display()
    )]
    OtherForm {
        /// The checkpoint.
        path: PathBuf,
        /// The form found.
        found: u32,
        /// The form of this program.
        known: u32,
    },
    /// The settings of the run have no JSON, so that it has no identity to be recognised by.
    #[error(
        "no checkpoint can be kept, because the settings of the run cannot be written down: {0}"
    )]
    NoIdentity(#[source] serde_json::Error),
    /// The checkpoint belongs to another run.
    #[error(
        "the checkpoint {} was made with another artwork, model, setting or file of draws; restore what it was made with, or remove it to start this examination from the beginning",
        path.display()
    )]
    Foreign {
        /// The checkpoint.
        path: PathBuf,
    },
}

/// The reason why an inversion did not run to its end.
#[derive(Debug, Error)]
pub enum InversionError {
    /// A setting is out of its range.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The random draws cannot be had.
    #[error(transparent)]
    Draws(#[from] DrawsError),
    /// A model could not be evaluated.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The state could not be saved or restored.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// Two inputs do not belong together.
    #[error(
        "{what} has the shape {found:?} where the artwork's latent has {expected:?}; prepare both at the same resolution"
    )]
    Mismatch {
        /// The input that does not fit.
        what: &'static str,
        /// The shape of the artwork's latent.
        expected: Vec<usize>,
        /// The shape found.
        found: Vec<usize>,
    },
    /// A latent holds infinite values or values that are not numbers.
    #[error(
        "{0} holds values that are not finite numbers; the autoencoder that made it is damaged or runs at too low a precision"
    )]
    NotFinite(&'static str),
    /// A mask grid with values other than 0 and 1.
    #[error("a mask grid must hold 0 and 1 only, not {0}")]
    MaskValue(f32),
}
