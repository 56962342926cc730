//! Set-up of the desk: models, prompts, masks and settings, as they are kept between sessions, and
//! the request that they make.

mod adapters;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use self::adapters::Adapter;
use self::adapters::{WHOLE, parts};
use crate::app::words::say;

use palimpsest_diffusion::files::ModelSource;
use palimpsest_diffusion::{Choices, Device, Memory};
use palimpsest_method::artwork::Readings;
use palimpsest_method::examination::{Frame, MemoryRule, PrimaryScore, Request};
use palimpsest_method::inversion::{Overrides, Preset};
use palimpsest_method::mask::Mask;
use palimpsest_record::case::{Declaration, Question, Role};

/// One of the two models.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ModelRole {
    Pretrained,
    Finetuned,
}

impl ModelRole {
    pub const BOTH: [Self; 2] = [Self::Pretrained, Self::Finetuned];

    pub fn title(self) -> &'static str {
        match self {
            Self::Pretrained => say!("pretrained-model"),
            Self::Finetuned => say!("fine-tuned-model"),
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

/// The question of a case, and what is examined beside the works.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Inquiry {
    /// The score that decides; none for the usual one.
    pub primary_score: Option<PrimaryScore>,
    /// The two propositions, for and against; empty for the usual words.
    pub propositions: [String; 2],
    /// Number of examinations of each work, every time with other draws.
    pub repeats: u32,
    /// Pictures that the fine-tuned model makes by itself.
    pub own_outputs: usize,
    /// True if a questioned work is also examined with the pretrained model in both places.
    pub self_test: bool,
    /// Another fine-tuned version of the pretrained model, which saw none of the works.
    pub null_run: Option<PathBuf>,
    /// The declaration on the negative controls; its parts may be empty.
    pub declaration: Declaration,
    /// Number of negative controls that are drawn from those on the desk; 0 for all of them.
    pub drawn_controls: usize,
}

impl Default for Inquiry {
    fn default() -> Self {
        Self {
            primary_score: None,
            propositions: Default::default(),
            repeats: 1,
            own_outputs: 0,
            self_test: false,
            null_run: None,
            declaration: Declaration::default(),
            drawn_controls: 0,
        }
    }
}

impl Inquiry {
    /// Examinations of a case with so many works, of which so many are questioned.
    pub fn examinations(&self, works: usize, questioned: usize) -> usize {
        let null = match self.null_run {
            Some(_) => questioned,
            None => 0,
        };
        let own = usize::from(self.self_test).min(questioned);
        (works + self.own_outputs + null + own) * self.repeats.max(1) as usize
    }

    /// The question as the case records it, with the usual words where none were given.
    pub fn question(&self) -> Question {
        let mut question = Question {
            repeats: self.repeats,
            ..Question::default()
        };
        for (words, given) in question.propositions.iter_mut().zip(&self.propositions) {
            if !given.trim().is_empty() {
                *words = given.trim().to_owned();
            }
        }
        if let Some(score) = self.primary_score {
            question.primary_score = score;
        }
        let Declaration {
            source,
            dates,
            rule,
        } = &self.declaration;
        question.declaration = Declaration::of(source, dates, rule);
        question
    }
}

/// Everything on the desk but the artworks.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct SetUp {
    /// A folder, a file, or a built-in model's name.
    pub pretrained: Option<PathBuf>,
    pub finetuned: Option<PathBuf>,
    /// The strength of the fine-tuned model, if it is an adapter.
    pub strength: f32,
    /// The adapters that are applied after it, in this order.
    pub further: Vec<Adapter>,
    /// What is said of both models beside their paths.
    pub choices: Choices,
    /// Empty for what the fine-tuned model brings.
    pub prompt: String,
    /// Empty for the same.
    pub pretrained_prompt: String,
    /// Each artwork is examined with each of them.
    pub masks: Vec<Mask>,
    pub preset: Preset,
    pub overrides: Overrides,
    /// What of the artworks is examined.
    pub frame: Frame,
    /// How their files are read.
    pub readings: Readings,
    /// Without it the models' own.
    pub resolution: Option<usize>,
    pub clip: Option<PathBuf>,
    pub dino: Option<PathBuf>,
    /// True if memory is saved whatever is free.
    pub low_memory: bool,
    /// True if the processor computes where a graphics card could.
    pub on_processor: bool,
    /// Grounds on which negative controls are known not to have been used, in the user's words.
    pub known_unused: String,
    /// Grounds on which positive controls are known to have been used.
    pub known_used: String,
    pub inquiry: Inquiry,
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
            strength: WHOLE,
            further: Vec::new(),
            choices: Choices::default(),
            prompt: String::new(),
            pretrained_prompt: String::new(),
            masks: vec![Mask::default()],
            preset: Preset::default(),
            overrides: Overrides::default(),
            frame: Frame::Square,
            readings: Readings::default(),
            resolution: None,
            clip: None,
            dino: None,
            low_memory: false,
            on_processor: false,
            known_unused: String::new(),
            known_used: String::new(),
            inquiry: Inquiry::default(),
            threads: 0,
            decode_every: 0,
        }
    }
}

impl SetUp {
    pub fn model(&self, role: ModelRole) -> Option<&Path> {
        match role {
            ModelRole::Pretrained => self.pretrained.as_deref(),
            ModelRole::Finetuned => self.finetuned.as_deref(),
        }
    }

    /// Chooses a model: of the fine-tuned one behind an `@` its strength, and others behind a `+` each. What was said of
    /// the model before it does not hold of another.
    pub fn set_model(&mut self, role: ModelRole, path: Option<PathBuf>) {
        if self.model(role).is_some() {
            self.choices = Choices::default();
        }
        self.choices.accept_unused = false;
        match role {
            ModelRole::Pretrained => self.pretrained = path,
            ModelRole::Finetuned => {
                let source = path.as_deref().map(ModelSource::named);
                let (adapter, further) = source.map(parts).unzip();
                self.set_adapters(adapter.into_iter().chain(further.unwrap_or_default()));
            }
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

    /// Declaration on the controls of a role.
    pub fn declared(&self, role: Role) -> &str {
        match role {
            Role::Negative => self.known_unused.trim(),
            Role::Positive => self.known_used.trim(),
            _ => "",
        }
    }

    /// The mask that is shown on the artwork.
    pub fn first_mask(&self) -> Mask {
        self.masks.first().copied().unwrap_or_default()
    }

    /// The request with one of the masks; `None` while a model is missing.
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
            frame: self.frame,
            reading: self.readings.first,
            resolution: self.resolution,
            preset: self.preset,
            overrides: self.overrides.clone(),
            clip: self.clip.clone(),
            dino: self.dino.clone(),
            threads: self.threads,
            memory,
            device: self.on_processor.then_some(Device::Cpu),
            choices: self.choices.clone(),
            ..Request::new(self.pretrained.clone()?, self.finetuned_source()?)
        })
    }
}
