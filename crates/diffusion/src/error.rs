//! Errors of models, in the words of the person who gave one: each message is one plain
//! sentence that names the file and says what to do. Names and values that come from a stranger's
//! file are escaped and cut, so that they can neither flood nor steer a terminal.

mod lora;

use std::io;
use std::path::PathBuf;

pub use lora::LoraError;

/// The request for a model of a family that is read.
pub(crate) const FAMILIES: &str = "choose a model of the Stable Diffusion 1, 2 or XL family";

/// The longest piece of a stranger's file that a message repeats, in characters.
const SHOWN: usize = 120;

/// The reason for which a model, or a part of it, cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// An array has other dimensions than its place asks for.
    #[error("{what} has the dimensions {found:?} where {expected:?} are needed.")]
    Shape {
        /// The array.
        what: String,
        /// The dimensions that are needed.
        expected: Vec<usize>,
        /// The dimensions that it has.
        found: Vec<usize>,
    },
    /// The system did not let us read.
    #[error(
        "{} could not be read ({source}): check that it exists and that you may open it.",
        path.display()
    )]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// A file or folder that a complete model has is not there.
    #[error("{} is missing ({what}): copy or download the complete model folder again.", path.display())]
    Missing {
        /// Its expected place.
        path: PathBuf,
        /// Its contents.
        what: String,
    },
    /// The path names nothing.
    #[error("There is no model at {}: check the path.", path.display())]
    NoSuchModel {
        /// The path as it was given.
        path: PathBuf,
    },
    /// A link to a file or folder that is not there.
    #[error(
        "{} is a link to {}, which does not exist: download or copy the model again, with what its links lead to.",
        path.display(), target.display()
    )]
    DanglingLink {
        /// The link.
        path: PathBuf,
        /// The path that it leads to.
        target: PathBuf,
    },
    /// The path names one file in place of a folder.
    #[error(
        "{} is a single file, which is not read yet: give {needed}.",
        path.display()
    )]
    SingleFile {
        /// The file.
        path: PathBuf,
        /// The kind of folder that is read.
        needed: String,
    },
    /// The folder has no noise predictor.
    #[error(
        "{} holds no folder \"unet\": give the diffusers model folder itself, the one that holds the folder \"unet\".",
        path.display()
    )]
    NoUnet {
        /// The folder.
        path: PathBuf,
    },
    /// A component's folder has no file with its weights.
    #[error(
        "{} holds no weights: one of the files {expected}, or its parts with their index, is needed.",
        path.display()
    )]
    NoWeights {
        /// The component's folder.
        path: PathBuf,
        /// The names that would do.
        expected: String,
    },
    /// The weights lack a tensor that the network needs.
    #[error(
        "{} has no tensor \"{}\": the file is incomplete or belongs to another kind of network, so get the model again or choose another.",
        file.display(), shown(name)
    )]
    MissingTensor {
        /// The name that was looked for.
        name: String,
        /// The file, or the folder of several files, in which it was looked for.
        file: PathBuf,
    },
    /// A tensor has other dimensions than its place in the network asks for.
    #[error(
        "The tensor \"{}\" in {} has the dimensions {found:?} where {expected:?} are needed: the weights and config.json do not belong together, so get both from one model.",
        shown(name), file.display()
    )]
    TensorShape {
        /// The tensor's name.
        name: String,
        /// The file that holds it.
        file: PathBuf,
        /// The dimensions that the network needs.
        expected: Vec<usize>,
        /// The dimensions in the file.
        found: Vec<usize>,
    },
    /// A tensor's numbers are of a kind that is not read as weights.
    #[error(
        "The tensor \"{}\" in {} is stored as {}, which is not read: save the model as float32, float16 or bfloat16.",
        shown(name), file.display(), shown(dtype)
    )]
    UnsupportedDtype {
        /// The tensor's name.
        name: String,
        /// The file that holds it.
        file: PathBuf,
        /// The kind of number, as the file calls it.
        dtype: String,
    },
    /// The file contradicts itself or ends too early.
    #[error("{} is damaged or incomplete ({}): download or copy it again.", file.display(), shown(why))]
    Damaged {
        /// The file.
        file: PathBuf,
        /// The contradiction.
        why: String,
    },
    /// The file has no bytes.
    #[error("{} is empty: download or copy it again.", file.display())]
    Empty {
        /// The file.
        file: PathBuf,
    },
    /// A weights file that is readable text.
    #[error(
        "{} is a text file (perhaps a saved web page), not weights: download the file itself again.",
        file.display()
    )]
    TextFile {
        /// The file.
        file: PathBuf,
    },
    /// The placeholder that git leaves where a large file was not fetched.
    #[error(
        "{} is only a Git LFS pointer to the real file: fetch it with \"git lfs pull\", or download it from the model's page.",
        file.display()
    )]
    LfsPointer {
        /// The file.
        file: PathBuf,
    },
    /// A pickle that would make Python call what no model needs.
    #[error(
        "{} asks Python to call {} when it is opened, which no model needs and this program never does: do not open it with other programs, and get the model as .safetensors.",
        file.display(), shown(function)
    )]
    PickleCalls {
        /// The file.
        file: PathBuf,
        /// The function, with its module.
        function: String,
    },
    /// A file or folder that is something else than a model that can be examined.
    #[error("{} is {what}, which cannot be examined: {instead}.", path.display())]
    OtherModel {
        /// The file or folder.
        path: PathBuf,
        /// The thing that it is, with its article.
        what: String,
        /// The thing that would serve, as a request.
        instead: &'static str,
    },
    /// A model in one file that lacks a part, with no other model to take it from.
    #[error(
        "{} holds no {part}, and there is no other model to take it from: give a model that has one as the other of the pair.",
        file.display()
    )]
    PartMissing {
        /// The file.
        file: PathBuf,
        /// The part, in words.
        part: &'static str,
    },
    /// A model in one file whose shapes leave open what the built-in configurations do not fit.
    #[error(
        "{} does not tell {what}, and it is not that of Stable Diffusion 1, 2 or XL: give a folder with the model's configurations (unet/config.json and so on) with --config.",
        file.display()
    )]
    NeedsConfiguration {
        /// The file.
        file: PathBuf,
        /// The thing that shapes cannot tell.
        what: &'static str,
    },
    /// A configuration for another model than that in the file.
    #[error(
        "{} is the configuration of another model than {} ({what} {told} there, {stored} here): give the configuration that belongs to the file.",
        config.display(), file.display()
    )]
    OtherConfiguration {
        /// The configuration.
        config: PathBuf,
        /// The model in one file.
        file: PathBuf,
        /// The property that differs.
        what: &'static str,
        /// Its value in the configuration.
        told: String,
        /// Its value by the tensors' shapes.
        stored: String,
    },
    /// A model of which nothing says whether it predicts noise or velocity.
    #[error(
        "{} does not say whether it predicts noise (epsilon) or velocity (v), and Stable Diffusion 2 has both: give --prediction epsilon or --prediction v, or lay the .yaml file of the model beside it.",
        file.display()
    )]
    NeedsPrediction {
        /// The file.
        file: PathBuf,
    },
    /// What a file says of itself that is no possible answer.
    #[error(
        "{} says \"{}\" of what the model predicts, which is neither epsilon nor v: choose with --prediction.",
        file.display(), shown(text)
    )]
    UnknownPrediction {
        /// The file that says so.
        file: PathBuf,
        /// Its words.
        text: String,
    },
    /// Tensors of the noise predictor that have no place in the networks of this program.
    #[error(
        "{} holds tensors of a noise predictor that is built in another way ({count} in all, the first \"{}\"): choose a model of the Stable Diffusion 1, 2 or XL family.",
        file.display(), shown(name)
    )]
    OtherNetwork {
        /// The file.
        file: PathBuf,
        /// Number of these tensors.
        count: usize,
        /// The name of the first.
        name: String,
    },
    /// A weight that is an infinity or no number at all.
    #[error(
        "The tensor \"{}\" in {} holds numbers that are not finite: the file is damaged, or its training went wrong, so get it again or choose another.",
        shown(tensor), file.display()
    )]
    NonFiniteTensor {
        /// The tensor's name.
        tensor: String,
        /// The file, or the folder of several files.
        file: PathBuf,
    },
    /// More bytes than such a file ever needs.
    #[error(
        "{} has {bytes} bytes where at most {limit} are expected: it is not the file that its name says, so get the model again.",
        file.display()
    )]
    TooLarge {
        /// The file.
        file: PathBuf,
        /// Its size, in bytes.
        bytes: u64,
        /// The largest size that is read, in bytes.
        limit: u64,
    },
    /// A JSON file that does not parse, or is no object.
    #[error("{} is no valid JSON file of its kind ({}): download or copy it again.", file.display(), shown(why))]
    Json {
        /// The file.
        file: PathBuf,
        /// The contradiction.
        why: String,
    },
    /// A setting is missing, of the wrong type or out of range.
    #[error(
        "The setting \"{}\" in {} is {}, but must be {expected}: restore the file that was published with the model.",
        shown(key), file.display(), shown(value)
    )]
    Setting {
        /// The configuration file.
        file: PathBuf,
        /// The setting's name.
        key: String,
        /// Its value, as JSON.
        value: String,
        /// The values that are allowed.
        expected: String,
    },
    /// A setting asks for a network that is not implemented.
    #[error(
        "{} describes a network that is not supported (\"{}\" is {}): choose a model of the Stable Diffusion 1, 2 or XL family.",
        file.display(), shown(key), shown(value)
    )]
    UnsupportedArchitecture {
        /// The configuration file.
        file: PathBuf,
        /// The setting's name.
        key: String,
        /// Its value, as JSON.
        value: String,
    },
    /// A noise predictor that also takes a mask and a masked picture.
    #[error(
        "{} describes an inpainting model (nine input channels), which cannot be examined: choose the text-to-image model that it was made from.",
        file.display()
    )]
    Inpainting {
        /// The configuration file.
        file: PathBuf,
    },
    /// A LoRA that cannot be used.
    #[error(transparent)]
    Lora(Box<LoraError>),
    /// The two models of a pair are not built alike.
    #[error(
        "The two models differ in {what} ({} in {}, {} in {}): a fine-tuned model has to be compared with the model that it was made from.",
        shown(pretrained), pretrained_file.display(), shown(finetuned), finetuned_file.display()
    )]
    DifferentStructure {
        /// The property that differs.
        what: String,
        /// Its value in the pretrained model.
        pretrained: String,
        /// The file in which the pretrained model says so.
        pretrained_file: PathBuf,
        /// Its value in the fine-tuned model.
        finetuned: String,
        /// The file in which the fine-tuned model says so.
        finetuned_file: PathBuf,
    },
    /// The tokenizer's files do not make a CLIP tokenizer.
    #[error(
        "The tokenizer file {} cannot be used ({}): restore the tokenizer folder that was published with the model.",
        file.display(), shown(why)
    )]
    Tokenizer {
        /// The file, or the tokenizer's folder.
        file: PathBuf,
        /// The contradiction.
        why: String,
    },
    /// A result holds an infinity or no number at all.
    #[error(
        "{what} holds numbers that are not finite: the model is damaged, or too large for its number format, so get it again or use its float32 files."
    )]
    NonFinite {
        /// The result.
        what: String,
    },
    /// The networks cannot halve a picture of this size as often as they must.
    #[error(
        "The resolution {resolution} does not suit the model: choose a multiple of {step} pixels, as the {usual} on which it was trained."
    )]
    Resolution {
        /// The resolution that was asked for, in pixels.
        resolution: usize,
        /// The number of pixels of which it must be a multiple.
        step: usize,
        /// The model's own resolution.
        usual: usize,
    },
    /// A gradient was asked of a computation that was not recorded.
    #[error(
        "The gradient was asked for, but the computation was not recorded: please report this."
    )]
    Unrecorded,
    /// The device on which the networks run refused an operation.
    #[error(
        "The computing device failed ({}): close other programs that fill its memory, choose a lower resolution, or choose another device.",
        shown(what)
    )]
    Device {
        /// The device's message.
        what: String,
    },
    /// Something that this copy of the program or this machine lacks.
    #[error("{what} is not available here ({why}): choose another device.")]
    Unavailable {
        /// The thing that was asked for.
        what: String,
        /// The reason for which it is not there.
        why: String,
    },
}

impl From<LoraError> for ModelError {
    fn from(error: LoraError) -> Self {
        Self::Lora(Box::new(error))
    }
}

/// A stranger's text as it may be repeated: control characters escaped, cut to [`SHOWN`] characters.
pub(crate) fn shown(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(SHOWN)
        .flat_map(|c| {
            let escape =
                c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            escape
                .then(|| c.escape_unicode())
                .into_iter()
                .flatten()
                .chain((!escape).then_some(c))
        })
        .collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
