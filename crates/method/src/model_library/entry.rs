//! A thing in the library, with what people look for it by.

use std::path::PathBuf;

use palimpsest_base::digest::Digest;
use serde::{Deserialize, Serialize};

/// The kind of thing that it is, in the order in which lists have them.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A whole model as a folder.
    Folder,
    /// A whole model in one file.
    Model,
    /// An adapter ("LoRA").
    Adapter,
    /// A picture encoder for scores.
    Clip,
    /// Another.
    Dino,
    /// A file of weights that cannot be examined.
    Other,
}

impl EntryKind {
    /// True if it is one file, which has a hash of its own.
    pub fn is_file(self) -> bool {
        matches!(self, Self::Model | Self::Adapter | Self::Other)
    }

    /// True if it can be chosen as the model under suspicion.
    pub fn is_suspect(self) -> bool {
        matches!(self, Self::Folder | Self::Model | Self::Adapter)
    }
}

/// A model, an adapter or an encoder on the disk.
#[derive(Clone, Debug, Serialize)]
pub struct LibraryEntry {
    /// The name of the file or the folder; of a folder in the hub's cache the repository's.
    pub name: String,
    pub path: PathBuf,
    pub kind: EntryKind,
    /// The thing that it is, with its article and its family.
    pub what: String,
    /// The reason for which it cannot be examined, as a sentence, if it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// True of a folder without some parts of a model, which the pretrained one can lend.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_part: bool,
    /// Size of all its files in bytes.
    pub bytes: u64,
    /// The time of its last change, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<u64>,
    /// SHA-256 of its file, once it was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Digest>,
    /// What the file says of itself; anyone can change that.
    #[serde(skip_serializing_if = "Stated::is_empty")]
    pub stated: Stated,
    /// The place where it really lies, where a link leads out of the folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<PathBuf>,
}

/// What a file says of itself, as far as a list shows it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Stated {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The model that it was trained on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// The words that call what was trained.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger: Option<String>,
    /// The number of pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pictures: Option<u64>,
}

impl Stated {
    /// True if it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl LibraryEntry {
    /// True if every word of `text` stands in [`Self::searched`].
    pub fn matches(&self, text: &str) -> bool {
        stand_in(text, &self.searched())
    }

    /// Its name, its kind, its path, its hash and what it says of itself, in small letters.
    pub fn searched(&self) -> String {
        let stated = [&self.stated.title, &self.stated.base, &self.stated.trigger];
        let path = self.path.to_string_lossy();
        let mut all: Vec<&str> = vec![&self.name, &self.what, &path];
        all.extend(stated.into_iter().flatten().map(String::as_str));
        let hash = self.sha256.map(|hash| hash.to_string());
        all.extend(hash.as_deref());
        all.join("\n").to_lowercase()
    }
}

/// True if every word of `text`, in letters of any size, stands in `searched`.
pub fn stand_in(text: &str, searched: &str) -> bool {
    let text = text.to_lowercase();
    text.split_whitespace().all(|word| searched.contains(word))
}
