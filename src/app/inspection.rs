//! Inspection of the chosen models: their kinds and whether they fit, found out as soon as they are chosen and before
//! anything is started.

use std::path::Path;

use eframe::egui;

use super::set_up::{Encoder, ModelRole, SetUp};
use super::tasks::Task;
use palimpsest_diffusion::{Device, Engine, Memory};
use palimpsest_method::event_sink::event_channel;
use palimpsest_method::examination::Steering;
use palimpsest_method::examination::inspection::{
    ModelFacts, PairFacts, hash, inspect, inspect_pair,
};
use palimpsest_method::inversion::Control;
use palimpsest_method::model_library::{EntryKind, kind_at};
use palimpsest_method::similarity::encoder::{EncoderKind, PictureEncoder};

/// Findings about the models of a set-up.
#[derive(Clone)]
pub struct Inspected {
    /// The desk that they are about.
    of: SetUp,
    pub pretrained: Option<Result<ModelFacts, String>>,
    pub finetuned: Option<Result<ModelFacts, String>>,
    /// Once both are there.
    pub pair: Option<Result<PairFacts, String>>,
    pub clip: Option<Result<(), String>>,
    pub dino: Option<Result<(), String>>,
}

impl Inspected {
    pub fn model(&self, role: ModelRole) -> Option<&Result<ModelFacts, String>> {
        match role {
            ModelRole::Pretrained => self.pretrained.as_ref(),
            ModelRole::Finetuned => self.finetuned.as_ref(),
        }
    }

    pub fn encoder(&self, encoder: Encoder) -> Option<&Result<(), String>> {
        match encoder {
            Encoder::Clip => self.clip.as_ref(),
            Encoder::Dino => self.dino.as_ref(),
        }
    }

    /// The facts about both models, if they fit.
    pub fn facts(&self) -> Option<&PairFacts> {
        self.pair.as_ref()?.as_ref().ok()
    }
}

/// The inspection of the desk as it is set.
#[derive(Default)]
pub struct Inspection {
    of: Option<SetUp>,
    task: Option<Task<Inspected>>,
    known: Option<Inspected>,
    /// Reason for which nothing could be found out.
    failed: Option<String>,
}

impl Inspection {
    /// Begins anew if the desk has changed, and takes what has been found out. Call it in every frame.
    pub fn follow(&mut self, ctx: &egui::Context, set_up: &SetUp) {
        self.task = match self.task.take().map(Task::take) {
            Some(Ok(done)) => {
                (self.known, self.failed) = match done {
                    Ok(inspected) => (Some(inspected), None),
                    Err(error) => (None, Some(error)),
                };
                None
            }
            Some(Err(running)) => Some(running),
            None => None,
        };
        if self.task.is_none() && self.of.as_ref() != Some(set_up) {
            self.of = Some(set_up.clone());
            let set_up = set_up.clone();
            self.task = Some(Task::start(ctx, "looking at the models", move || {
                Ok(look(&set_up))
            }));
        }
    }

    /// The findings; of the desk as it was a moment ago while it is being looked at anew.
    pub fn known(&self) -> Option<&Inspected> {
        self.known.as_ref()
    }

    /// The findings that hold of `set_up`: what is said of another model than the chosen one is left out.
    pub fn known_of(&self, set_up: &SetUp) -> Option<Inspected> {
        let mut known = self.known.clone()?;
        let base = known.of.pretrained == set_up.pretrained;
        let suspect = base && known.of.finetuned == set_up.finetuned;
        known.pretrained = known.pretrained.filter(|_| base);
        known.finetuned = known.finetuned.filter(|_| suspect);
        known.pair = known.pair.filter(|_| suspect);
        known.clip = known.clip.filter(|_| known.of.clip == set_up.clip);
        known.dino = known.dino.filter(|_| known.of.dino == set_up.dino);
        Some(known)
    }

    /// True if the reason is said where the models and encoders are chosen.
    pub fn refuses_what_was_chosen(&self) -> bool {
        let Some(known) = self.known.as_ref().filter(|_| !self.is_busy()) else {
            return false;
        };
        let encoders = [&known.clip, &known.dino].into_iter().flatten();
        matches!(known.pair, Some(Err(_))) || encoders.into_iter().any(Result::is_err)
    }

    pub fn is_busy(&self) -> bool {
        self.task.is_some()
    }

    /// Reason for which these models cannot be used; `None` if they can.
    pub fn refuses(&self) -> Option<String> {
        let looking = || Some("Looking at the models…".to_owned());
        if self.is_busy() {
            return looking();
        }
        let Some(known) = &self.known else {
            return self.failed.clone().or_else(looking);
        };
        let encoders = [&known.clip, &known.dino].into_iter().flatten();
        let encoder = encoders.filter_map(|encoder| encoder.as_ref().err()).next();
        match &known.pair {
            Some(Err(error)) => Some(error.clone()),
            Some(Ok(_)) => encoder.cloned(),
            None => looking(),
        }
    }
}

fn look(set_up: &SetUp) -> Inspected {
    let base = set_up.pretrained.as_deref();
    let model = |path: Option<&Path>, base: Option<&Path>| {
        path.map(|path| inspect(path, base).map_err(|error| error.to_string()))
    };
    let mut request = set_up.request(set_up.first_mask());
    let mut pair = request
        .as_ref()
        .map(|request| inspect_pair(request).map_err(|error| error.to_string()));
    // The other masks must fit as well.
    for mask in set_up.masks.iter().skip(1) {
        let (Some(request), Some(Ok(_))) = (&mut request, &pair) else {
            break;
        };
        request.mask = *mask;
        if let Err(error) = inspect_pair(request) {
            pair = Some(Err(error.to_string()));
        }
    }
    Inspected {
        of: set_up.clone(),
        pretrained: model(base, None),
        finetuned: model(set_up.finetuned.as_deref(), base),
        pair,
        clip: encoder(EncoderKind::Clip, set_up.clip.as_deref()),
        dino: encoder(EncoderKind::Dino, set_up.dino.as_deref()),
    }
}

fn encoder(kind: EncoderKind, path: Option<&Path>) -> Option<Result<(), String>> {
    let path = path?;
    let opened = Engine::new(Device::Cpu, 1, Memory::Low)
        .and_then(|engine| PictureEncoder::open(kind, path, &engine));
    Some(opened.map(|_| ()).map_err(|error| error.to_string()))
}

/// A model's hash in the making or known.
pub enum Hash {
    Computing(Task<String>),
    Known(Result<String, String>),
}

impl Hash {
    /// Begins to hash the files of a model.
    pub fn begin(ctx: &egui::Context, facts: &ModelFacts) -> Self {
        let facts = facts.clone();
        Self::Computing(Task::start(ctx, "hashing a model", move || {
            // Nobody listens to how far it is, and nobody stops it.
            let (progress, _) = event_channel();
            let steering = Steering::new(Control::new(), progress);
            let hash = hash(&facts, &steering);
            hash.map(|hash| hash.to_string())
                .map_err(|error| error.to_string())
        }))
    }

    /// Takes the result if it is there.
    pub fn follow(self) -> Self {
        match self {
            Self::Computing(task) => match task.take() {
                Ok(done) => Self::Known(done),
                Err(task) => Self::Computing(task),
            },
            known => known,
        }
    }

    /// The hash, or why it could not be computed; none while it is.
    pub fn known(&self) -> Option<Result<&str, &str>> {
        match self {
            Self::Known(known) => Some(known.as_deref().map_err(String::as_str)),
            Self::Computing(_) => None,
        }
    }
}

/// The encoder in the folder at `path`, by what its configuration says.
pub fn encoder_at(path: &Path) -> Option<Encoder> {
    match kind_at(path)? {
        EntryKind::Clip => Some(Encoder::Clip),
        EntryKind::Dino => Some(Encoder::Dino),
        _ => None,
    }
}

/// The endings of files that hold a model or a change of one.
pub const MODEL_FILES: [&str; 5] = ["safetensors", "ckpt", "pt", "pth", "bin"];

/// Bytes from which a file is a whole model: those of Stable Diffusion begin at 1.7 GB, and adapters end far below.
const WHOLE: u64 = 1_500_000_000;

/// True if the path is that of a model: a folder of one, or a file that may hold one or change one.
pub fn is_model(path: &Path) -> bool {
    let named = |name: &str| path.join(name).exists();
    named("model_index.json") || named("unet") || is_model_file(path)
}

fn is_model_file(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let is_one = |ending: &str| MODEL_FILES.iter().any(|it| ending.eq_ignore_ascii_case(it));
    ending.is_some_and(is_one) && path.is_file()
}

/// The role that a dropped model most likely has: what is no whole model, or comes with a prompt, is a
/// fine-tuned one.
pub fn role_of(path: &Path, set_up: &SetUp) -> ModelRole {
    let is_large = |file: std::fs::Metadata| file.is_file() && file.len() >= WHOLE;
    let whole = path.join("vae").exists() || path.metadata().is_ok_and(is_large);
    let trained = path.join("prompt.txt").exists() || path.join("finetuning.json").exists();
    if !whole || trained || set_up.pretrained.is_some() {
        ModelRole::Finetuned
    } else {
        ModelRole::Pretrained
    }
}

/// Under what name a machine's speed with models of any shape is kept: seconds a multiplication.
pub fn speed_key(facts: &PairFacts) -> &'static str {
    match facts.memory {
        Memory::Low => "seconds a multiplication, low",
        Memory::Full => "seconds a multiplication, full",
    }
}

/// Under what name a machine's pace is kept: what decides how long a step takes.
pub fn pace_key(facts: &PairFacts) -> String {
    let [channels, height, width] = facts.latent_shape;
    let mebibytes = facts.needed_bytes >> 20;
    let memory = if facts.memory == Memory::Low {
        "low"
    } else {
        "full"
    };
    format!("{channels}x{height}x{width}, {mebibytes} MiB, {memory}")
}
