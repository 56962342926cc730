//! Inspection of the chosen models: their kinds and whether they fit, found out as soon as they are chosen and before
//! anything is started.

use std::path::Path;

use eframe::egui;

use super::preferences::PreferencesFile;
use super::refusal::{Question, Refusal};
use super::set_up::{Encoder, ModelRole, SetUp};
use super::tasks::Task;
use crate::app::words::say;
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::files::KindOfFile;
use palimpsest_diffusion::{Choices, Device, Engine, Memory};
use palimpsest_method::event_sink::event_channel;
use palimpsest_method::examination::Steering;
use palimpsest_method::examination::inspection::{
    ModelFacts, PairFacts, hash, inspect_finetuned, inspect_pair, inspect_pretrained,
};
use palimpsest_method::inversion::Control;
use palimpsest_method::similarity::encoder::{EncoderKind, PictureEncoder};

/// Findings about the models of a set-up.
#[derive(Clone)]
pub struct Inspected {
    /// The desk that they are about.
    of: SetUp,
    pub pretrained: Option<Result<ModelFacts, Refusal>>,
    /// Also where some tensors of it are not used. None while the pretrained model is refused.
    pub finetuned: Option<Result<ModelFacts, Refusal>>,
    /// The things that both are, by their files alone; none of a folder.
    kinds: [Option<KindOfFile>; 2],
    /// The hash of the pretrained model's one file, if it was taken before.
    pub base_hash: Option<Digest>,
    /// Once both are there.
    pub pair: Option<Result<PairFacts, Refusal>>,
    pub clip: Option<Result<(), String>>,
    pub dino: Option<Result<(), String>>,
}

impl Inspected {
    pub fn model(&self, role: ModelRole) -> Option<&Result<ModelFacts, Refusal>> {
        match role {
            ModelRole::Pretrained => self.pretrained.as_ref(),
            ModelRole::Finetuned => self.finetuned.as_ref(),
        }
    }

    /// The thing that a model is, with its article, by its file alone.
    pub fn kind(&self, role: ModelRole) -> Option<&KindOfFile> {
        let [pretrained, finetuned] = &self.kinds;
        match role {
            ModelRole::Pretrained => pretrained.as_ref(),
            ModelRole::Finetuned => finetuned.as_ref(),
        }
    }

    /// True if a model cannot be examined with any other: a sound adapter may only be one of another base, and a
    /// question may be answered.
    pub fn is_useless(&self, role: ModelRole) -> bool {
        let is_refused = |refusal: &Refusal| refusal.asks.is_none();
        let kind = self.kind(role);
        let is_sound = kind.is_some_and(|kind| kind.is_adapter && kind.refused.is_none());
        let model = self.model(role);
        // Configurations of another model are taken back, and the file stays.
        let is_configured = self.of.choices.configurations.is_some();
        let refused = model.is_some_and(|model| model.as_ref().is_err_and(is_refused));
        refused && !is_sound && !is_configured
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

    /// The question whose answer the examination waits for.
    pub fn question(&self) -> Option<&Question> {
        let refused = [&self.pretrained, &self.finetuned].into_iter().flatten();
        let refused = refused.filter_map(|model| model.as_ref().err());
        let pair = self.pair.iter().filter_map(|pair| pair.as_ref().err());
        refused
            .chain(pair)
            .find_map(|refusal| refusal.asks.as_ref())
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
    /// Begins anew if the desk has changed, and takes what has been found out; returns whether something was. Call it in
    /// every frame.
    pub fn follow(&mut self, ctx: &egui::Context, set_up: &SetUp, store: &PreferencesFile) -> bool {
        let mut is_new = false;
        self.task = match self.task.take().map(Task::take) {
            Some(Ok(done)) => {
                is_new = true;
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
            let (set_up, store) = (set_up.clone(), store.clone());
            self.task = Some(Task::start(ctx, "looking at the models", move || {
                Ok(look(&set_up, &store))
            }));
        }
        is_new
    }

    /// Has everything looked at once more, as when what was found is to be said in another language.
    pub fn forget(&mut self) {
        self.of = None;
    }

    /// The findings; of the desk as it was a moment ago while it is being looked at anew.
    pub fn known(&self) -> Option<&Inspected> {
        self.known.as_ref()
    }

    /// The findings that hold of `set_up`: what is said of another model than the chosen one is left out. Strengths
    /// change nothing of what is said of a model by itself.
    pub fn known_of(&self, set_up: &SetUp) -> Option<Inspected> {
        let mut known = self.known.clone()?;
        let paths = |of: &SetUp| -> Vec<_> {
            of.adapters()
                .into_iter()
                .map(|adapter| adapter.path)
                .collect()
        };
        let read_as = |of: &SetUp| (of.choices.configurations.clone(), of.choices.prediction);
        let as_read = read_as(&known.of) == read_as(set_up);
        let base = known.of.pretrained == set_up.pretrained && as_read;
        let suspect = base && paths(&known.of) == paths(set_up);
        let agreed = suspect && known.of.choices == set_up.choices;
        known.pretrained = known.pretrained.filter(|_| base);
        known.finetuned = known.finetuned.filter(|_| suspect);
        known.pair = known.pair.filter(|_| agreed);
        known.clip = known.clip.filter(|_| known.of.clip == set_up.clip);
        known.dino = known.dino.filter(|_| known.of.dino == set_up.dino);
        Some(known)
    }

    /// True if the reason is said where the models and encoders are chosen. A question is short enough to stand elsewhere
    /// too.
    pub fn refuses_what_was_chosen(&self) -> bool {
        let Some(known) = self.known.as_ref().filter(|_| !self.is_busy()) else {
            return false;
        };
        let encoders = [&known.clip, &known.dino].into_iter().flatten();
        let pair = known.pair.as_ref().and_then(|pair| pair.as_ref().err());
        pair.is_some_and(|refusal| refusal.asks.is_none())
            || encoders.into_iter().any(Result::is_err)
    }

    pub fn is_busy(&self) -> bool {
        self.task.is_some()
    }

    /// Reason for which these models cannot be used; `None` if they can.
    pub fn refuses(&self) -> Option<String> {
        let looking = || Some(say!("looking-at-the-models").to_owned());
        if self.is_busy() {
            return looking();
        }
        let Some(known) = &self.known else {
            return self.failed.clone().or_else(looking);
        };
        let encoders = [&known.clip, &known.dino].into_iter().flatten();
        let encoder = encoders.filter_map(|encoder| encoder.as_ref().err()).next();
        match &known.pair {
            Some(Err(refusal)) => Some(match &refusal.asks {
                Some(question) => question.to_do().to_owned(),
                None => refusal.text.clone(),
            }),
            Some(Ok(_)) => encoder.cloned(),
            None => looking(),
        }
    }
}

fn look(set_up: &SetUp, store: &PreferencesFile) -> Inspected {
    let base = set_up.pretrained.as_deref();
    let source = set_up.finetuned_source();
    let pretrained = base.map(|base| {
        let found = inspect_pretrained(base, source.as_ref(), &set_up.choices);
        found.map_err(|error| Refusal::of(&error))
    });
    // What is said of the pretrained model is not said again of the one that rests on it.
    let is_refused = matches!(pretrained, Some(Err(_)));
    let finetuned = source.as_ref().filter(|_| !is_refused).map(|source| {
        let choices = Choices {
            accept_unused: true,
            ..set_up.choices.clone()
        };
        let found = inspect_finetuned(source, base, &choices);
        found.map_err(|error| Refusal::of_finetuned(&error, base))
    });
    let kind = |path: Option<&Path>| {
        let file = path.filter(|path| path.is_file())?;
        // What is wrong with a file, opening it as a model says.
        KindOfFile::read(file).ok()
    };
    let both = base.and(source.as_ref());
    let pair = both.and_then(|_| match refusal_of([&pretrained, &finetuned]) {
        Some(refusal) => Some(Err(refusal)),
        None => look_at_pair(set_up),
    });
    Inspected {
        of: set_up.clone(),
        pretrained,
        finetuned,
        kinds: [
            kind(base),
            kind(source.as_ref().map(|source| &*source.path)),
        ],
        base_hash: base.and_then(|base| store.library().look_at(base)?.sha256),
        pair,
        clip: encoder(EncoderKind::Clip, set_up.clip.as_deref()),
        dino: encoder(EncoderKind::Dino, set_up.dino.as_deref()),
    }
}

/// The first reason against one of the models.
fn refusal_of(models: [&Option<Result<ModelFacts, Refusal>>; 2]) -> Option<Refusal> {
    let mut found = models.into_iter().flatten();
    found.find_map(|model| model.as_ref().err().cloned())
}

/// The facts of the first mask; each of the others must fit as well.
fn look_at_pair(set_up: &SetUp) -> Option<Result<PairFacts, Refusal>> {
    let refusal = |error| Refusal::of(&error);
    let request = set_up.request(set_up.first_mask())?;
    let mut pair = inspect_pair(&request).map_err(refusal);
    for mask in set_up.masks.iter().skip(1) {
        if let (Ok(_), Some(request)) = (&pair, set_up.request(*mask))
            && let Err(error) = inspect_pair(&request)
        {
            pair = Err(refusal(error));
        }
    }
    Some(pair)
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

/// Under what name the seconds are kept that a work of the demonstration takes on this machine.
pub const DEMONSTRATION_PACE: &str = "seconds a work of the demonstration";

/// Under what name a machine's speed with models of any shape is kept: seconds a multiplication.
pub fn speed_key(facts: &PairFacts) -> &'static str {
    match facts.memory {
        Memory::Low => "seconds a multiplication, low",
        Memory::Medium => "seconds a multiplication, medium",
        Memory::Full => "seconds a multiplication, full",
    }
}

/// Under what name a machine's pace is kept: what decides how long a step takes.
pub fn pace_key(facts: &PairFacts) -> String {
    let [channels, height, width] = facts.latent_shape;
    let mebibytes = facts.needed_bytes >> 20;
    let memory = match facts.memory {
        Memory::Low => "low",
        Memory::Medium => "medium",
        Memory::Full => "full",
    };
    format!("{channels}x{height}x{width}, {mebibytes} MiB, {memory}")
}
