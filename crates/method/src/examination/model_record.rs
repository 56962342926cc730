//! A model as records keep it.

use serde::{Deserialize, Serialize};

use super::{Identity, RecordedPath};
use palimpsest_diffusion::Choices;
use palimpsest_diffusion::files::config::Prediction;
use palimpsest_diffusion::files::{FurtherLora, LoraDescription, ModelSource, StatedTraining};

/// A model as the record keeps it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ModelRecord {
    /// Its folder and files, without those that it borrows; of a LoRA its file, of which
    /// earlier versions wrote the strength into the path too.
    #[serde(flatten)]
    pub identity: Identity,
    /// Its family; left out of the two that were read first, Stable Diffusion 1 and 2 and what is built like them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// `epsilon` or `v_prediction`.
    pub prediction: String,
    /// Components that it lacks and that were taken from the pretrained model.
    pub borrowed: Vec<String>,
    /// The change that it makes to the pretrained model, if it is a LoRA.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lora: Option<LoraDescription>,
    /// The LoRAs that change the model after the first, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<FurtherRecord>,
    /// What was decided in opening it, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What its file says of its own training, where it says anything; anyone can change that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<StatedTraining>,
    /// What was said beside its path, where anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<RecordedChoices>,
}

/// A LoRA that is applied after another, as a record keeps it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FurtherRecord {
    /// Its name among the record's files.
    pub file: String,
    /// The change that it makes.
    #[serde(flatten)]
    pub lora: LoraDescription,
    /// What its file says of its own training, where it says anything; anyone can change that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<StatedTraining>,
}

/// What a user says beside a model's path, as a record keeps it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RecordedChoices {
    /// The folder with configurations and tokenizer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configurations: Option<RecordedPath>,
    /// What the model predicts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prediction: Option<Prediction>,
    /// True if an adapter may hold tensors that are not used.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub accept_unused: bool,
}

impl RecordedChoices {
    /// The record of choices; of none nothing.
    pub fn of(choices: &Choices) -> Option<Self> {
        (*choices != Choices::default()).then(|| Self {
            configurations: choices.configurations.as_deref().map(RecordedPath::new),
            prediction: choices.prediction,
            accept_unused: choices.accept_unused,
        })
    }

    fn choices(&self) -> Choices {
        Choices {
            configurations: self
                .configurations
                .as_ref()
                .map(|path| path.as_path().to_owned()),
            prediction: self.prediction,
            accept_unused: self.accept_unused,
        }
    }
}

impl ModelRecord {
    /// What was said beside the path.
    pub fn choices(&self) -> Choices {
        self.choices
            .as_ref()
            .map(RecordedChoices::choices)
            .unwrap_or_default()
    }

    /// The source that opens the same model again.
    pub fn source(&self) -> ModelSource {
        let further = self.further.iter().map(|further| FurtherLora {
            path: self.identity.path_named(&further.file),
            strength: Some(further.lora.strength),
        });
        ModelSource {
            path: self.identity.root(),
            strength: self.lora.as_ref().map(|lora| lora.strength),
            further: further.collect(),
        }
    }

    /// The name of its file or folder; of several adapters that of the first, and how many follow.
    pub fn name(&self) -> String {
        let first = self.identity.path.name();
        match self.further.len() {
            0 => first,
            1 => format!("{first} and one more"),
            more => format!("{first} and {more} more"),
        }
    }

    /// True if the weights lie in one file.
    pub fn is_one_file(&self) -> bool {
        let root = self.identity.path.name();
        self.identity.files.iter().any(|file| file.name == root)
    }

    /// All LoRAs that the model is made of, each with the name of its file and what that says of its own training.
    pub fn loras(
        &self,
    ) -> impl Iterator<Item = (String, &LoraDescription, Option<&StatedTraining>)> {
        let first = self.lora.as_ref();
        let first = first.map(|lora| (self.identity.path.name(), lora, self.stated.as_ref()));
        let further = self.further.iter().map(|further| {
            let name = further.file.rsplit('/').next().unwrap_or(&further.file);
            (name.to_owned(), &further.lora, further.stated.as_ref())
        });
        first.into_iter().chain(further)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use serde_json::json;

    use super::*;

    fn record(path: &Path, name: &str, strength: f32) -> ModelRecord {
        serde_json::from_value(json!({
            "path": path,
            "sha256": "0".repeat(64),
            "files": [{ "name": name, "bytes": 0, "sha256": "0".repeat(64) }],
            "prediction": "epsilon",
            "borrowed": [],
            "lora": {
                "ranks": [4, 4],
                "strength": strength,
                "unet_layers": 1,
                "text_encoder_layers": 0,
            },
        }))
        .unwrap()
    }

    #[test]
    fn records_with_the_strength_in_the_path_open_the_same_file() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("style")).unwrap();
        fs::create_dir(root.join("literal@1")).unwrap();
        for file in [
            "a.safetensors",
            "style/lora.safetensors",
            "literal@1/lora.safetensors",
        ] {
            fs::write(root.join(file), "").unwrap();
        }
        for (written, strength, name, source, file) in [
            (
                "a.safetensors@0.8",
                0.8,
                "a.safetensors",
                "a.safetensors",
                "a.safetensors",
            ),
            (
                "a.safetensors",
                0.8,
                "a.safetensors",
                "a.safetensors",
                "a.safetensors",
            ),
            (
                "style@2",
                2.0,
                "lora.safetensors",
                "style",
                "style/lora.safetensors",
            ),
            (
                "style",
                2.0,
                "lora.safetensors",
                "style",
                "style/lora.safetensors",
            ),
            (
                "literal@1",
                1.0,
                "lora.safetensors",
                "literal@1",
                "literal@1/lora.safetensors",
            ),
        ] {
            let record = record(&root.join(written), name, strength);
            let opened = record.source();
            assert_eq!(opened.path, root.join(source), "{written}");
            assert_eq!(opened.strength, Some(strength));
            let path = record.identity.path_of(&record.identity.files[0]);
            assert_eq!(path, root.join(file), "{written}");
            // What was read is written again letter by letter, or signatures over it would break.
            let text = serde_json::to_value(&record).unwrap();
            assert_eq!(text["path"], json!(root.join(written)));
        }
    }
}
