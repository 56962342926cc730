//! What the desk is set to: models, prompts, masks and settings, as they are kept between sessions, and
//! the request that they make.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::case::Role as CaseRole;
use crate::diffusion::Memory;
use crate::examination::{MemoryRule, Request};
use crate::inversion::{Overrides, Preset};
use crate::mask::Mask;

/// One of the two models.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    Pretrained,
    Finetuned,
}

impl Role {
    pub const BOTH: [Self; 2] = [Self::Pretrained, Self::Finetuned];

    pub fn title(self) -> &'static str {
        match self {
            Self::Pretrained => "Pretrained model",
            Self::Finetuned => "Fine-tuned model",
        }
    }

    /// The built-in model of this role.
    pub fn built_in(self) -> &'static str {
        match self {
            Self::Pretrained => "demo",
            Self::Finetuned => "demo-finetuned",
        }
    }
}

/// One of the two picture encoders.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Encoder {
    Clip,
    Dino,
}

impl Encoder {
    pub const BOTH: [Self; 2] = [Self::Clip, Self::Dino];

    pub fn title(self) -> &'static str {
        match self {
            Self::Clip => "CLIP ViT-B/32",
            Self::Dino => "DINO ViT-S/16",
        }
    }
}

/// Everything on the desk but the artworks.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct SetUp {
    /// A folder, a file, or a built-in model's name.
    pub pretrained: Option<PathBuf>,
    pub finetuned: Option<PathBuf>,
    /// Empty for what the fine-tuned model brings.
    pub prompt: String,
    /// Empty for the same.
    pub pretrained_prompt: String,
    /// Each artwork is examined with each of them.
    pub masks: Vec<Mask>,
    pub preset: Preset,
    pub overrides: Overrides,
    /// Without it the models' own.
    pub resolution: Option<usize>,
    pub clip: Option<PathBuf>,
    pub dino: Option<PathBuf>,
    /// Whether memory is saved whatever is free.
    pub low_memory: bool,
    /// How negative controls are known not to have been used, in the user's words.
    pub known_unused: String,
    /// How positive controls are known to have been used.
    pub known_used: String,
    /// 0 for all cores.
    pub threads: usize,
    /// Steps from one true decoding to the next while a run is shown; 0 for none.
    pub decode_every: usize,
}

impl Default for SetUp {
    fn default() -> Self {
        Self {
            pretrained: None,
            finetuned: None,
            prompt: String::new(),
            pretrained_prompt: String::new(),
            masks: vec![Mask::default()],
            preset: Preset::Quick,
            overrides: Overrides::default(),
            resolution: None,
            clip: None,
            dino: None,
            low_memory: false,
            known_unused: String::new(),
            known_used: String::new(),
            threads: 0,
            decode_every: 0,
        }
    }
}

impl SetUp {
    pub fn model(&self, role: Role) -> Option<&Path> {
        match role {
            Role::Pretrained => self.pretrained.as_deref(),
            Role::Finetuned => self.finetuned.as_deref(),
        }
    }

    pub fn set_model(&mut self, role: Role, path: Option<PathBuf>) {
        match role {
            Role::Pretrained => self.pretrained = path,
            Role::Finetuned => self.finetuned = path,
        }
    }

    pub fn encoder(&self, encoder: Encoder) -> Option<&Path> {
        match encoder {
            Encoder::Clip => self.clip.as_deref(),
            Encoder::Dino => self.dino.as_deref(),
        }
    }

    pub fn set_encoder(&mut self, encoder: Encoder, path: Option<PathBuf>) {
        match encoder {
            Encoder::Clip => self.clip = path,
            Encoder::Dino => self.dino = path,
        }
    }

    /// What was declared of the controls of a role.
    pub fn declared(&self, role: CaseRole) -> &str {
        match role {
            CaseRole::Negative => self.known_unused.trim(),
            CaseRole::Positive => self.known_used.trim(),
            _ => "",
        }
    }

    /// The mask that is shown on the artwork.
    pub fn first_mask(&self) -> Mask {
        self.masks.first().copied().unwrap_or_default()
    }

    /// What is asked for with one of the masks; `None` while a model is missing.
    pub fn request(&self, mask: Mask) -> Option<Request> {
        let given = |text: &String| (!text.trim().is_empty()).then(|| text.clone());
        let memory = match self.low_memory {
            true => MemoryRule::Fixed(Memory::Low),
            false => MemoryRule::Auto,
        };
        Some(Request {
            prompt: given(&self.prompt),
            pretrained_prompt: given(&self.pretrained_prompt),
            mask,
            resolution: self.resolution,
            preset: self.preset,
            overrides: self.overrides.clone(),
            clip: self.clip.clone(),
            dino: self.dino.clone(),
            threads: self.threads,
            memory,
            ..Request::new(self.pretrained.clone()?, self.finetuned.clone()?)
        })
    }
}
