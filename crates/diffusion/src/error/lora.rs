//! Reasons for which a LoRA cannot be used, in the words of the person who gave it.

use std::path::PathBuf;

use thiserror::Error;

use super::shown;

/// A reason for which a LoRA cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LoraError {
    /// An adapter of another family of models.
    #[error(
        "{} is a LoRA for {family}, which is not supported: give one for Stable Diffusion 1, 2 or XL, with the model that it was trained on.",
        file.display()
    )]
    Family {
        /// The file.
        file: PathBuf,
        /// The family.
        family: &'static str,
    },
    /// An adapter of another family than the model.
    #[error(
        "{} is a LoRA for {family}, and the pretrained model is of {base}: give the pretrained model that the LoRA was trained on.",
        file.display()
    )]
    OtherFamily {
        /// The file.
        file: PathBuf,
        /// Its family.
        family: &'static str,
        /// The model's family.
        base: &'static str,
    },
    /// Tensors that change nothing that the model has.
    #[error(
        "{} holds tensors for which the pretrained model has no place ({count} in all: {}): give the pretrained model that the LoRA was trained on, or agree with --accept-unused that they are left out.",
        file.display(), shown(names)
    )]
    Unplaced {
        /// The file.
        file: PathBuf,
        /// Number of these tensors.
        count: usize,
        /// The names of the first of them.
        names: String,
    },
    /// An adapter of a kind that is not read.
    #[error(
        "{} is an adapter of a kind that is not read ({kind}): merge it into its model (PEFT's merge_and_unload), and give that model.",
        file.display()
    )]
    NotRead {
        /// The file.
        file: PathBuf,
        /// What people call it.
        kind: &'static str,
    },
    /// A folder with an adapter for each part of a model.
    #[error(
        "{} holds a LoRA for each part of a model, in its folders {}: give each of these folders as a LoRA of its own, one after the other.",
        folder.display(), parts.join(" and ")
    )]
    ByPart {
        /// The folder.
        folder: PathBuf,
        /// The parts that have one.
        parts: Vec<&'static str>,
    },
    /// A file that changes nothing.
    #[error("{} holds no change of any layer: it is no LoRA, so give another file.", file.display())]
    Empty {
        /// The file.
        file: PathBuf,
    },
    /// A layer of which a half is missing.
    #[error(
        "{} is incomplete: its layer \"{}\" lacks {missing}, so get the file again.",
        file.display(), shown(layer)
    )]
    Incomplete {
        /// The file.
        file: PathBuf,
        /// The layer.
        layer: String,
        /// The half.
        missing: &'static str,
    },
    /// Two changes of one layer.
    #[error(
        "{} changes the layer \"{}\" twice, the second time by \"{}\": get the file again.",
        file.display(), shown(layer), shown(tensor)
    )]
    Repeated {
        /// The file.
        file: PathBuf,
        /// The layer.
        layer: String,
        /// The second tensor.
        tensor: String,
    },
    /// Tensors that make no change of the layer that they are named after.
    #[error(
        "The change of \"{}\" in {} has the dimensions {}, which do not make the layer's {target:?}: give the pretrained model that the LoRA was trained on.",
        shown(layer), file.display(), listed(found)
    )]
    Shape {
        /// The file.
        file: PathBuf,
        /// The layer.
        layer: String,
        /// Of the tensors that make the change.
        found: Vec<Vec<usize>>,
        /// Of the layer's weight.
        target: Vec<usize>,
    },
    /// A scale that is none.
    #[error(
        "The layer \"{}\" in {} has an alpha of {alpha}, which scales nothing: get the file again.",
        shown(layer), file.display()
    )]
    Alpha {
        /// The file.
        file: PathBuf,
        /// The layer.
        layer: String,
        /// The number.
        alpha: f32,
    },
    /// A record in the file, about its own scales, that cannot be understood.
    #[error(
        "What {} says of its own scales cannot be used ({}): save it again with the program that made it.",
        file.display(), shown(why)
    )]
    Record {
        /// The file.
        file: PathBuf,
        /// The contradiction.
        why: String,
    },
    /// A folder with more than one file that could be meant.
    #[error(
        "{} holds no folder \"unet\" and several files that may be LoRAs: give the file itself.",
        folder.display()
    )]
    Several {
        /// The folder.
        folder: PathBuf,
    },
    /// A LoRA by itself.
    #[error(
        "{} is a LoRA, which only changes a model: give the model folder that it was trained on as the pretrained model, and the LoRA as the fine-tuned one.",
        file.display()
    )]
    NeedsBase {
        /// The file.
        file: PathBuf,
    },
    /// Something after `@` that is no strength.
    #[error(
        "\"{}\" is no strength for {}: write a number from -{most} to {most} after the @, or leave both out.",
        shown(text), file.display()
    )]
    Strength {
        /// The file before the `@`.
        file: PathBuf,
        /// The text after it.
        text: String,
        /// The largest strength.
        most: f32,
    },
    /// A strength for a whole model.
    #[error(
        "{} is no LoRA, and only a LoRA has a strength: leave out the @ and what follows it.",
        path.display()
    )]
    StrengthOfModel {
        /// The model.
        path: PathBuf,
    },
    /// A model in a list of LoRAs.
    #[error(
        "{} is no LoRA, and only LoRAs can be applied one after the other with a +: give the model alone, or LoRAs alone.",
        path.display()
    )]
    ModelAmongLoras {
        /// The model.
        path: PathBuf,
    },
    /// A LoRA that is named twice.
    #[error(
        "{} is given twice: name it once, with the sum of both strengths behind an @.",
        file.display()
    )]
    Twice {
        /// The file.
        file: PathBuf,
    },
    /// More LoRAs than are applied together.
    #[error("More than {most} LoRAs are given: leave out those that matter least.")]
    TooMany {
        /// The most.
        most: usize,
    },
}

/// Dimensions, one array after the other.
fn listed(shapes: &[Vec<usize>]) -> String {
    let shapes: Vec<_> = shapes.iter().map(|shape| format!("{shape:?}")).collect();
    shapes.join(" and ")
}
