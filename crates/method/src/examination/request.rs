//! A request, before it is known what the models make of it.

use std::path::PathBuf;

use super::{Frame, MemoryRule, PictureSizes};
use crate::artwork::Reading;
use crate::inversion::{Overrides, Preset};
use crate::mask::Mask;
use palimpsest_diffusion::files::ModelSource;
use palimpsest_diffusion::{Choices, Device};

/// The largest side of a prepared picture, in pixels: four times what the models were made for.
pub(super) const MAX_RESOLUTION: usize = 2048;

/// A pair of models and how artworks are to be examined with it. What is `None` follows from the
/// models or from the preset.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The model that the fine-tuned one was made from: a folder, or one file.
    pub pretrained: PathBuf,
    /// The model under suspicion: a folder, which may lack what training left as it was, one file, or a LoRA.
    pub finetuned: ModelSource,
    /// What is said of both beside their paths.
    pub choices: Choices,
    /// The prompt of the fine-tuning. Without it: the file `prompt.txt` in the fine-tuned model's
    /// folder or beside the LoRA, else `sks style`.
    pub prompt: Option<String>,
    /// The pretrained model's prompt; without it the same.
    pub pretrained_prompt: Option<String>,
    /// True if works are ranked among others: then the loss gap of each is measured with noises of its own, and once
    /// more with the picture turned upside down.
    pub compared: bool,
    /// How the files of all works are read.
    pub reading: Reading,
    /// The sizes of the picture that the networks are told, if they take any.
    pub sizes: PictureSizes,
    /// The part of the artwork that is removed.
    pub mask: Mask,
    /// What of the artworks is examined.
    pub frame: Frame,
    /// Side of the prepared square in pixels; without it the one that the models were trained on.
    pub resolution: Option<usize>,
    /// The source of the settings that are not overridden.
    pub preset: Preset,
    /// Settings that were chosen explicitly.
    pub overrides: Overrides,
    /// A file of draws to be replayed, in place of the seed, the timesteps and the noise pairing.
    /// Unless they are overridden, as many steps are made as it holds draws.
    pub draws: Option<PathBuf>,
    /// The folder of a CLIP picture encoder.
    pub clip: Option<PathBuf>,
    /// The folder of a DINO picture encoder.
    pub dino: Option<PathBuf>,
    /// The device that the networks run on; without it the best device of this build.
    pub device: Option<Device>,
    /// Worker threads; 0 for as many as there are cores. The result does not depend on it.
    pub threads: usize,
    /// The rule by which memory is spent on speed.
    pub memory: MemoryRule,
}

impl Request {
    /// A request with the settings of the usual preset and nothing chosen.
    pub fn new(pretrained: impl Into<PathBuf>, finetuned: impl Into<ModelSource>) -> Self {
        Self {
            pretrained: pretrained.into(),
            finetuned: finetuned.into(),
            choices: Choices::default(),
            prompt: None,
            pretrained_prompt: None,
            compared: false,
            reading: Reading::AS_SEEN,
            sizes: PictureSizes::default(),
            mask: Mask::default(),
            frame: Frame::default(),
            resolution: None,
            preset: Preset::default(),
            overrides: Overrides::default(),
            draws: None,
            clip: None,
            dino: None,
            device: None,
            threads: 0,
            memory: MemoryRule::Auto,
        }
    }
}
