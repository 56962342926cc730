//! The parts of a model in a folder of the diffusers layout: one folder a component, in it a
//! configuration and weights under one of many names (precision variants, pickles, several files
//! with an index). Names as in diffusers `utils/constants.py` and transformers `utils/hub.py`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component as PathPart, Path, PathBuf};

use serde::Deserialize;

use super::links::refuse_dangling;
use super::part::Part;
use super::pipeline;
use super::text::read_json;
use crate::ModelError;

/// The largest index of a component in several files, in bytes.
const INDEX: u64 = 32 << 20;

/// The most files that one component's weights may come in.
const SHARDS: usize = 1024;

/// Names of weights files, before variant and format.
const STEMS: [&str; 3] = ["diffusion_pytorch_model", "model", "pytorch_model"];

/// The files of a tokenizer, any of which a folder may have.
const TOKENIZER: [&str; 7] = [
    "vocab.json",
    "tokenizer.json",
    "merges.txt",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "sentencepiece.bpe.model",
];

/// One part of a model: its folder and the files of it that are used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// The folder.
    pub dir: PathBuf,
    /// The configuration; of a tokenizer, the vocabulary.
    pub config: PathBuf,
    /// The weights, in one or several files; of a tokenizer, its other files; of a scheduler, none.
    pub weights: Vec<PathBuf>,
}

impl Component {
    /// A folder with a `config.json` and weights: a part of a model, or a similarity encoder (CLIP,
    /// DINO). Of several weights the single-precision `.safetensors` are taken, then those of half
    /// precision, then pickles, then variants that nothing is known of (such as `non_ema`).
    ///
    /// # Errors
    /// [`ModelError`] if the folder or one of these files is not there, or an index is not sound.
    pub fn open(dir: &Path) -> Result<Self, ModelError> {
        if dir.is_file() {
            return Err(ModelError::SingleFile {
                path: dir.into(),
                needed: "the folder with config.json and the weights".into(),
            });
        }
        if !dir.is_dir() {
            return Err(ModelError::NoSuchModel { path: dir.into() });
        }
        Ok(Self {
            dir: dir.into(),
            config: required(dir, "config.json", "the description of the network")?,
            weights: weights(dir)?,
        })
    }

    /// All files of this part, sorted.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = self.weights.clone();
        files.push(self.config.clone());
        files.sort();
        files
    }

    fn scheduler(dir: &Path) -> Result<Self, ModelError> {
        Ok(Self {
            dir: dir.into(),
            config: required(dir, "scheduler_config.json", "the noise schedule")?,
            weights: Vec::new(),
        })
    }

    /// The tokenizer in a folder.
    ///
    /// # Errors
    /// [`ModelError::Missing`] if none of its files is there.
    pub fn tokenizer(dir: &Path) -> Result<Self, ModelError> {
        let mut files = TOKENIZER
            .iter()
            .map(|name| dir.join(name))
            .filter(|path| path.is_file());
        let config = files.next().ok_or_else(|| ModelError::Missing {
            path: dir.join("vocab.json"),
            what: "the tokenizer's vocabulary".into(),
        })?;
        Ok(Self {
            dir: dir.into(),
            config,
            weights: files.collect(),
        })
    }
}

/// A model in a folder. A fine-tuned one may lack parts, which its base model then supplies.
#[derive(Clone, Debug)]
pub struct ModelFolder {
    root: PathBuf,
    index: Option<PathBuf>,
    unet: Component,
    vae: Option<Component>,
    text_encoder: Option<Component>,
    tokenizer: Option<Component>,
    second_text_encoder: Option<Component>,
    second_tokenizer: Option<Component>,
    scheduler: Option<Component>,
}

impl ModelFolder {
    /// Finds the parts of the model in the folder `path`. A part whose folder is not there is
    /// missing; one whose folder is there must be complete.
    ///
    /// # Errors
    /// [`ModelError`] if `path` is no folder, has no folder `unet`, or one of its parts is not
    /// complete.
    pub fn open(path: &Path) -> Result<Self, ModelError> {
        if path.is_file() {
            return Err(ModelError::SingleFile {
                path: path.into(),
                needed: "the model as a diffusers folder, the one that holds the folder \"unet\""
                    .into(),
            });
        }
        if !path.is_dir() {
            refuse_dangling(path)?;
            return Err(ModelError::NoSuchModel { path: path.into() });
        }
        pipeline::refuse_others(path)?;
        let part = |name: &str, open: fn(&Path) -> Result<Component, ModelError>| {
            let dir = path.join(name);
            refuse_dangling(&dir)?;
            dir.is_dir().then(|| open(&dir)).transpose()
        };
        let index = path.join("model_index.json");
        Ok(Self {
            root: path.into(),
            index: index.is_file().then_some(index),
            unet: part("unet", Component::open)?
                .ok_or_else(|| ModelError::NoUnet { path: path.into() })?,
            vae: part("vae", Component::open)?,
            text_encoder: part("text_encoder", Component::open)?,
            tokenizer: part("tokenizer", Component::tokenizer)?,
            second_text_encoder: part("text_encoder_2", Component::open)?,
            second_tokenizer: part("tokenizer_2", Component::tokenizer)?,
            scheduler: part("scheduler", Component::scheduler)?,
        })
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The noise predictor. Every model folder has one.
    pub fn unet(&self) -> Option<&Component> {
        Some(&self.unet)
    }

    /// The autoencoder.
    pub fn vae(&self) -> Option<&Component> {
        self.vae.as_ref()
    }

    /// The text encoder.
    pub fn text_encoder(&self) -> Option<&Component> {
        self.text_encoder.as_ref()
    }

    /// The tokenizer.
    pub fn tokenizer(&self) -> Option<&Component> {
        self.tokenizer.as_ref()
    }

    /// The text encoder that is the part `part`, and its tokenizer.
    pub fn text(&self, part: Part) -> [Option<&Component>; 2] {
        match part {
            Part::SecondTextEncoder => [&self.second_text_encoder, &self.second_tokenizer],
            _ => [&self.text_encoder, &self.tokenizer],
        }
        .map(Option::as_ref)
    }

    /// What the index says that stands for an absent negative prompt: [`pipeline::zeroes_absent_prompt`].
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn zeroes_absent_prompt(&self) -> Result<Option<bool>, ModelError> {
        pipeline::zeroes_absent_prompt(&self.root)
    }

    /// The noise schedule.
    pub fn scheduler(&self) -> Option<&Component> {
        self.scheduler.as_ref()
    }

    /// All files of the model that are used, sorted: what a record of it has to hash.
    pub fn files(&self) -> Vec<PathBuf> {
        let parts = [
            &self.vae,
            &self.text_encoder,
            &self.tokenizer,
            &self.second_text_encoder,
            &self.second_tokenizer,
            &self.scheduler,
        ];
        let mut files: Vec<_> = parts
            .into_iter()
            .flatten()
            .chain([&self.unet])
            .flat_map(Component::files)
            .chain(self.index.clone())
            .collect();
        files.sort();
        files
    }
}

fn required(dir: &Path, name: &str, what: &str) -> Result<PathBuf, ModelError> {
    let path = dir.join(name);
    if path.is_file() {
        return Ok(path);
    }
    refuse_dangling(&path)?;
    Err(ModelError::Missing {
        path,
        what: what.into(),
    })
}

/// The preferred weights of a folder.
fn weights(dir: &Path) -> Result<Vec<PathBuf>, ModelError> {
    let io = |source| ModelError::Io {
        path: dir.into(),
        source,
    };
    let mut best: Option<(Preference, String)> = None;
    let mut dangling = None;
    for entry in fs::read_dir(dir).map_err(io)? {
        // Weights have names of plain letters; what has another name is something else.
        let Ok(name) = entry.map_err(io)?.file_name().into_string() else {
            continue;
        };
        let Some(candidate) = Preference::of(&name).map(|preference| (preference, name)) else {
            continue;
        };
        let is_better = best.as_ref().is_none_or(|best| candidate < *best);
        let file = dir.join(&candidate.1);
        if is_better && file.is_file() {
            best = Some(candidate);
        } else if let Err(error) = refuse_dangling(&file) {
            dangling = Some(error);
        }
    }
    if let (None, Some(error)) = (&best, dangling) {
        return Err(error);
    }
    let (preference, name) = best.ok_or_else(|| ModelError::NoWeights {
        path: dir.into(),
        expected: STEMS.map(|stem| format!("{stem}.safetensors")).join(", "),
    })?;
    let path = dir.join(name);
    if preference.is_index {
        shards(dir, &path)
    } else {
        Ok(vec![path])
    }
}

/// A rank of weights by their name, in the order of preference: less is better.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Preference {
    rank: usize,
    stem: usize,
    is_index: bool,
}

impl Preference {
    /// Names are `STEM[.VARIANT].FORMAT` and, for the index of several files,
    /// `STEM.FORMAT.index[.VARIANT].json`. The several files themselves are no candidates.
    fn of(name: &str) -> Option<Self> {
        let (stem, rest) = STEMS.iter().enumerate().find_map(|(i, stem)| {
            let rest = name.strip_prefix(stem)?.strip_prefix('.')?;
            Some((i, rest))
        })?;
        let parts: Vec<_> = rest.split('.').collect();
        let (variant, format, is_index) = match parts[..] {
            [format] => (None, format, false),
            [variant, format] => (Some(variant), format, false),
            [format, "index", "json"] => (None, format, true),
            [format, "index", variant, "json"] | [variant, format, "index", "json"] => {
                (Some(variant), format, true)
            }
            _ => return None,
        };
        if variant.is_some_and(|variant| variant.is_empty() || variant.contains("-of-")) {
            return None;
        }
        let format = ["safetensors", "bin"].iter().position(|&f| f == format)?;
        // Half precision is the same model; an unknown variant may be another one.
        let rank = match [None, Some("fp32"), Some("fp16"), Some("bf16")]
            .iter()
            .position(|&known| known == variant)
        {
            Some(known) => format.saturating_mul(4).saturating_add(known),
            None => format.saturating_add(8),
        };
        Some(Self {
            rank,
            stem,
            is_index,
        })
    }
}

#[derive(Deserialize)]
struct ShardIndex {
    weight_map: BTreeMap<String, String>,
}

/// The files that an index names, which must be files of the same folder.
fn shards(dir: &Path, index: &Path) -> Result<Vec<PathBuf>, ModelError> {
    let map: ShardIndex = read_json(index, "the index of the weights", INDEX)?;
    let refused = |why: String| ModelError::Json {
        file: index.into(),
        why,
    };
    let names: BTreeSet<_> = map.weight_map.into_values().collect();
    if names.is_empty() || names.len() > SHARDS {
        return Err(refused(format!("it names {} files", names.len())));
    }
    names
        .iter()
        .map(|name| {
            if !is_plain(name) {
                return Err(refused(format!(
                    "it names \"{name}\", which is no file beside it"
                )));
            }
            required(dir, name, "a part of the weights")
        })
        .collect()
}

/// True if this is the name of a file in a folder, on every system, and not a path.
fn is_plain(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let is_single = matches!(
        (parts.next(), parts.next()),
        (Some(PathPart::Normal(part)), None) if part == name
    );
    is_single && !name.contains(['/', '\\', ':', '\0'])
}
