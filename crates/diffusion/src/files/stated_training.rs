//! What a file says of its own training, in the keys of kohya's scripts (`ss_…`, `sshs_…`) and of the model specification
//! (`modelspec.…`). Anyone can change it: it is a statement, not a fact. All of it is a stranger's text, so that
//! everything has a longest length, and JSON inside it that makes no sense is left out.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::safetensors_header;
use crate::ModelError;

/// The longest text that is kept, in characters.
const TEXT: usize = 500;

/// The most folders and the most tags that are kept.
const FOLDERS: usize = 200;
const TAGS: usize = 200;

/// What a file says of its training. What it does not say is absent.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct StatedTraining {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The day or the moment at which the file was made, as it is written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The begin and the end of the training, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished: Option<f64>,
    /// The kind of model: `stable-diffusion-v1/lora`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub architecture: Option<String>,
    /// The file of the model that was trained on, and its family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_family: Option<String>,
    /// Its SHA-256, and the first eight digits of its hash by the oldest rule (AutoV1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_autov1: Option<String>,
    /// What is predicted: `epsilon` or `v`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prediction: Option<String>,
    /// The words that call what was trained.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
    /// Steps made, and passes over all pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epochs: Option<u64>,
    /// Pictures, each counted once; and each as often as it was shown in a pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pictures: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pictures_with_repeats: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regularisation_pictures: Option<u64>,
    /// The folders of pictures.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub folders: Vec<StatedFolder>,
    /// The tags of the pictures' captions, the most frequent first; and how many more there are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<StatedTag>,
    #[serde(skip_serializing_if = "is_zero")]
    pub tags_left_out: u64,
    /// The method of an adapter, its rank and alpha.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alpha: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_rate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub optimizer: Option<String>,
    /// Layers of the text encoder that were left out at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clip_skip: Option<String>,
    /// Changes that were made to the pictures: `mirrored`, `colours changed`, `cut at random`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub augmentation: Vec<String>,
    /// The hashes of the file's own tensors that it states: of the later rule (AutoV3) and of the oldest (AutoV1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_autov3: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_autov1: Option<String>,
}

/// A folder of pictures.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct StatedFolder {
    pub name: String,
    /// How often each picture is shown in a pass.
    pub repeats: u64,
    pub pictures: u64,
}

/// A tag and the number of captions with it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct StatedTag {
    pub tag: String,
    pub count: u64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Keys of flags, and what they mean.
const AUGMENTATION: [(&str, &str); 3] = [
    ("ss_flip_aug", "mirrored"),
    ("ss_color_aug", "colours changed"),
    ("ss_random_crop", "cut at random"),
];

impl StatedTraining {
    /// Reads what `file` says, if it says anything; a file of another format than `.safetensors` says nothing.
    ///
    /// # Errors
    /// [`ModelError`] if the file cannot be read or is damaged.
    pub fn read(file: &Path) -> Result<Option<Self>, ModelError> {
        let stated = Self::of(&safetensors_header::record(file)?);
        Ok((stated != Self::default()).then_some(stated))
    }

    /// What a record says. Anybody may write anything there: what is not understood is taken for not said.
    pub fn of(record: &BTreeMap<String, String>) -> Self {
        let text = |keys: &[&str]| {
            let mut given = keys.iter().filter_map(|key| record.get(*key));
            given.find_map(|text| kept(text))
        };
        let number = |key: &str| {
            let number = record.get(key)?.trim().parse::<f64>().ok()?;
            number.is_finite().then_some(number)
        };
        let count = |key: &str| record.get(key)?.trim().parse::<u64>().ok();
        let json = |key: &str| {
            record
                .get(key)
                .and_then(|text| serde_json::from_str::<Value>(text).ok())
        };
        let datasets = json("ss_datasets");
        let folders = folders(json("ss_dataset_dirs").as_ref(), datasets.as_ref());
        let (tags, tags_left_out) = tags(json("ss_tag_frequency").as_ref(), datasets.as_ref());
        let pictures = folders
            .iter()
            .map(|folder| folder.pictures)
            .reduce(u64::saturating_add);
        let is_true = |key: &str| record.get(key).is_some_and(|text| text == "True");
        let augmentation = AUGMENTATION.iter().filter(|(key, _)| is_true(key));
        Self {
            title: text(&["modelspec.title", "ss_output_name"]),
            author: text(&["modelspec.author"]),
            comment: text(&["ss_training_comment", "modelspec.description"]),
            date: text(&["modelspec.date"]),
            started: number("ss_training_started_at"),
            finished: number("ss_training_finished_at"),
            architecture: text(&["modelspec.architecture"]),
            base_model: text(&["ss_sd_model_name"]),
            base_family: text(&["ss_base_model_version"]),
            base_sha256: text(&["ss_new_sd_model_hash"]),
            base_autov1: text(&["ss_sd_model_hash"]),
            prediction: text(&["modelspec.prediction_type"]),
            trigger: text(&["modelspec.trigger_phrase"]),
            resolution: text(&["modelspec.resolution", "ss_resolution"]),
            steps: count("ss_steps").or_else(|| count("ss_max_train_steps")),
            epochs: count("ss_epoch").or_else(|| count("ss_num_epochs")),
            pictures,
            pictures_with_repeats: count("ss_num_train_images"),
            regularisation_pictures: count("ss_num_reg_images"),
            folders,
            tags,
            tags_left_out,
            method: text(&["ss_network_module"]),
            rank: text(&["ss_network_dim"]),
            alpha: text(&["ss_network_alpha"]),
            learning_rate: text(&["ss_learning_rate", "ss_unet_lr"]),
            optimizer: text(&["ss_optimizer"]),
            clip_skip: text(&["ss_clip_skip"]),
            augmentation: augmentation
                .map(|(_, meaning)| (*meaning).to_owned())
                .collect(),
            own_autov3: text(&["sshs_model_hash", "modelspec.hash_sha256"]),
            own_autov1: text(&["sshs_legacy_hash"]),
        }
    }

    /// All of it as names and values, with so many tags. The values are a stranger's.
    pub fn facts(&self, tags: usize) -> Vec<(&'static str, String)> {
        let texts = [
            ("title", &self.title),
            ("author", &self.author),
            ("date", &self.date),
            ("architecture", &self.architecture),
            ("base model", &self.base_model),
            ("family of the base", &self.base_family),
            ("SHA-256 of the base", &self.base_sha256),
            ("AutoV1 of the base", &self.base_autov1),
            ("prediction", &self.prediction),
            ("trigger", &self.trigger),
            ("resolution", &self.resolution),
            ("method", &self.method),
            ("rank", &self.rank),
            ("alpha", &self.alpha),
            ("learning rate", &self.learning_rate),
            ("optimizer", &self.optimizer),
            ("clip skip", &self.clip_skip),
            ("comment", &self.comment),
        ];
        let texts = texts.into_iter();
        let mut facts: Vec<(&str, String)> = texts
            .filter_map(|(name, value)| Some((name, value.clone()?)))
            .collect();
        let counts = [
            ("steps", self.steps),
            ("epochs", self.epochs),
            ("pictures", self.pictures),
            ("pictures, with repeats", self.pictures_with_repeats),
            ("regularisation pictures", self.regularisation_pictures),
        ];
        let counts = counts.into_iter();
        facts.extend(counts.filter_map(|(name, count)| Some((name, count?.to_string()))));
        if let (Some(started), Some(finished)) = (self.started, self.finished)
            && finished >= started
        {
            let minutes = (finished - started) / 60.0;
            facts.push(("minutes of training", format!("{minutes:.0}")));
        }
        if !self.augmentation.is_empty() {
            facts.push(("pictures were", self.augmentation.join(", ")));
        }
        facts.extend(self.folders.iter().map(|folder| {
            let StatedFolder {
                name,
                repeats,
                pictures,
            } = folder;
            let value = format!("{name} ({pictures} pictures, {repeats} times each)");
            ("folder", value)
        }));
        facts.extend(self.tag_list(tags).map(|list| ("tags", list)));
        facts
    }

    fn tag_list(&self, most: usize) -> Option<String> {
        let shown = self.tags.iter().take(most);
        let shown: Vec<String> = shown
            .map(|tag| format!("{} ({})", tag.tag, tag.count))
            .collect();
        let more = (self.tags.len().saturating_sub(most) as u64).saturating_add(self.tags_left_out);
        let list = shown.join(", ");
        (!shown.is_empty()).then(|| match more {
            0 => list,
            more => format!("{list} and {more} others"),
        })
    }

    /// Words that may be the prompt of the training: what the file calls its trigger, else the most frequent tag.
    pub fn likely_prompt(&self) -> Option<&str> {
        let tag = self.tags.first().map(|tag| tag.tag.as_str());
        self.trigger.as_deref().or(tag)
    }
}

/// A text that says something, cut to the longest length.
fn kept(text: &str) -> Option<String> {
    let text = text.trim();
    let says_something = !text.is_empty() && text != "None" && text != "null";
    says_something.then(|| text.chars().take(TEXT).collect())
}

/// The folders of both forms: of old files by name, of newer ones in data sets.
fn folders(dirs: Option<&Value>, datasets: Option<&Value>) -> Vec<StatedFolder> {
    let field = |object: &Map<String, Value>, key: &str| object.get(key).and_then(Value::as_u64);
    let old = dirs.and_then(Value::as_object).into_iter().flatten();
    let old = old.filter_map(|(name, facts)| {
        let facts = facts.as_object()?;
        Some(StatedFolder {
            name: kept(name)?,
            repeats: field(facts, "n_repeats").unwrap_or(1),
            pictures: field(facts, "img_count")?,
        })
    });
    let subsets = sets(datasets).flat_map(|set| {
        set.get("subsets")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    });
    let new = subsets.filter_map(|subset| {
        let facts = subset.as_object()?;
        Some(StatedFolder {
            name: kept(
                facts
                    .get("image_dir")
                    .and_then(Value::as_str)
                    .unwrap_or("pictures"),
            )?,
            repeats: field(facts, "num_repeats").unwrap_or(1),
            pictures: field(facts, "img_count")?,
        })
    });
    let mut folders: Vec<_> = old.take(FOLDERS).collect();
    if folders.is_empty() {
        folders.extend(new.take(FOLDERS));
    }
    folders
}

fn sets(datasets: Option<&Value>) -> impl Iterator<Item = &Map<String, Value>> {
    let sets = datasets.and_then(Value::as_array).into_iter().flatten();
    sets.filter_map(Value::as_object)
}

/// The tags of all folders, the most frequent first, and the number of those that are not kept.
fn tags(frequency: Option<&Value>, datasets: Option<&Value>) -> (Vec<StatedTag>, u64) {
    let old = frequency.and_then(Value::as_object);
    let new = sets(datasets).filter_map(|set| set.get("tag_frequency")?.as_object());
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for folder in old.into_iter().chain(new).flat_map(Map::values) {
        for (tag, count) in folder.as_object().into_iter().flatten() {
            if let Some(count) = count.as_u64() {
                let sum = counts.entry(tag.trim()).or_default();
                *sum = sum.saturating_add(count);
            }
        }
    }
    let mut tags: Vec<StatedTag> = counts
        .into_iter()
        .filter_map(|(tag, count)| kept(tag).map(|tag| StatedTag { tag, count }))
        .collect();
    // Of equal counts the order of the alphabet stays.
    tags.sort_by_key(|tag| std::cmp::Reverse(tag.count));
    let left_out = tags.len().saturating_sub(TAGS) as u64;
    tags.truncate(TAGS);
    (tags, left_out)
}

#[cfg(test)]
mod tests;
