//! The arguments of `models list`, `add`, `remove` and `inspect`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::examine::ChoiceArguments;
use palimpsest_method::model_library::{EntryKind, LibraryEntry};

#[derive(Args, Debug)]
pub(in crate::cli) struct InspectArguments {
    /// A model in one file, or an adapter (.safetensors, .ckpt, .pt or .bin)
    pub file: PathBuf,
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ListArguments {
    /// Only things of this kind
    #[arg(long, value_enum)]
    pub kind: Option<ListedKind>,
    /// Only things in whose name, kind, path, hash or own words all of these words stand
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub search: String,
    /// Take the SHA-256 of those files whose hash is not known yet; takes as long as reading them
    #[arg(long)]
    pub hash: bool,
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct FetchArguments {
    /// The model's name: palimpsest models fetch lists them
    pub name: Option<String>,
    /// Accept the licence of the model, which is shown without this
    #[arg(long)]
    pub accept_licence: bool,
    /// Another hub: by default PALIMPSEST_MIRROR or HF_ENDPOINT of the environment, else the model hub itself
    #[arg(long, value_name = "URL")]
    pub mirror: Option<String>,
    /// The folder in which the model gets its own; by default models among the user's data
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print what was fetched as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct NearestArguments {
    /// The model: a folder or one file, or demo or demo-finetuned
    pub model: PathBuf,
    #[command(flatten)]
    pub choices: ChoiceArguments,
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct FolderArguments {
    /// The folder
    pub folder: PathBuf,
}

/// A kind of thing, as it is asked for.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum ListedKind {
    /// Whole models: folders and single files
    Model,
    /// Adapters
    Adapter,
    /// Picture encoders for scores
    Encoder,
    /// Files of weights that cannot be examined
    Other,
}

impl ListArguments {
    /// True if an entry was asked for.
    pub fn wants(&self, entry: &LibraryEntry) -> bool {
        let kind = match entry.kind {
            EntryKind::Folder | EntryKind::Model => ListedKind::Model,
            EntryKind::Adapter => ListedKind::Adapter,
            EntryKind::Clip | EntryKind::Dino => ListedKind::Encoder,
            EntryKind::Other => ListedKind::Other,
        };
        let fits = |wanted: ListedKind| wanted as u8 == kind as u8;
        self.kind.is_none_or(fits) && entry.matches(&self.search)
    }
}
