//! The files of a CLIP tokenizer, of all ages: vocabulary and merges in two files or in one, special
//! tokens as texts or as objects, added tokens in three places.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokenizers::AddedToken;

use crate::ModelError;
use crate::files::text::{read_json, read_text};

/// The largest of these files, in bytes. CLIP's vocabulary has one megabyte.
const FILE: u64 = 32 << 20;

/// The largest id, far above CLIP's 49 407.
const ID: u32 = 1 << 20;

/// The longest token, in bytes.
const TOKEN: usize = 1 << 10;

/// Tokens of a prompt where the files say nothing.
pub const LENGTH: usize = 77;

/// The id of every token.
pub type Vocabulary = HashMap<String, u32>;

/// A token with a meaning of its own.
#[derive(Clone)]
pub struct Special {
    pub content: String,
    /// True if it is looked for in the normalised (lower-case) text instead of the text as it is.
    pub normalized: bool,
}

/// The contents of a tokenizer's files.
pub struct TokenizerFiles {
    pub vocabulary: Vocabulary,
    pub merges: Vec<(String, String)>,
    pub added: Vec<AddedToken>,
    pub begin: Special,
    pub end: Special,
    pub unknown: Special,
    pub padding: Special,
    /// Number of tokens of a prompt.
    pub length: usize,
}

impl TokenizerFiles {
    /// Reads them.
    pub fn read(folder: &Path) -> Result<Self, ModelError> {
        let joint: Option<JointFile> = optional(folder, "tokenizer.json")?;
        let separate = folder.join("vocab.json").is_file() || joint.is_none();
        let (mut vocabulary, merges, source) = if separate {
            let vocabulary = read_json(&folder.join("vocab.json"), "the vocabulary", FILE)?;
            (
                vocabulary,
                read_merges(&folder.join("merges.txt"))?,
                "vocab.json",
            )
        } else {
            // Without a joint file the vocabulary is read from its own, above.
            let model = joint.as_ref().map(|joint| joint.model.clone());
            let (vocabulary, merges) = model.unwrap_or_default().parts(folder)?;
            (vocabulary, merges, "tokenizer.json")
        };
        // Files that are not there say nothing: what they leave open is as CLIP's tokenizer has it.
        let config: ConfigFile = optional(folder, "tokenizer_config.json")?.unwrap_or_default();
        let map: SpecialTokens = optional(folder, "special_tokens_map.json")?.unwrap_or_default();
        let joint_added = joint.map(|joint| joint.added_tokens).unwrap_or_default();
        let added = added_tokens(folder, &mut vocabulary, joint_added, &config)?;
        let refused = |why: String| ModelError::Tokenizer {
            file: folder.join(source),
            why,
        };
        check(&vocabulary, &merges).map_err(refused)?;
        let special = |pick: fn(&SpecialTokens) -> &Option<Spelling>, default: &str| {
            pick(&map)
                .as_ref()
                .or(pick(&config.special).as_ref())
                .map_or_else(|| Special::plain(default), Spelling::special)
        };
        Ok(Self {
            begin: special(|tokens| &tokens.bos_token, "<|startoftext|>"),
            end: special(|tokens| &tokens.eos_token, "<|endoftext|>"),
            unknown: special(|tokens| &tokens.unk_token, "<|endoftext|>"),
            padding: special(|tokens| &tokens.pad_token, "<|endoftext|>"),
            length: config.length(folder)?,
            vocabulary,
            merges,
            added,
        })
    }
}

impl Special {
    pub fn plain(content: &str) -> Self {
        Self {
            content: content.into(),
            normalized: false,
        }
    }
}

/// `special_tokens_map.json`, and the same keys of `tokenizer_config.json`.
#[derive(Default, Deserialize)]
struct SpecialTokens {
    bos_token: Option<Spelling>,
    eos_token: Option<Spelling>,
    unk_token: Option<Spelling>,
    pad_token: Option<Spelling>,
}

/// A special token as a text, or as an object.
#[derive(Deserialize)]
#[serde(untagged)]
enum Spelling {
    Text(String),
    Object {
        content: String,
        #[serde(default)]
        normalized: bool,
    },
}

impl Spelling {
    fn special(&self) -> Special {
        match self {
            Self::Text(content) => Special::plain(content),
            Self::Object {
                content,
                normalized,
            } => Special {
                content: content.clone(),
                normalized: *normalized,
            },
        }
    }
}

/// `tokenizer_config.json`.
#[derive(Default, Deserialize)]
struct ConfigFile {
    #[serde(flatten)]
    special: SpecialTokens,
    model_max_length: Option<f64>,
    #[serde(default)]
    added_tokens_decoder: BTreeMap<u32, Added>,
}

impl ConfigFile {
    /// Without a limit the file gives a number with thirty digits; CLIP's limit is then meant.
    fn length(&self, folder: &Path) -> Result<usize, ModelError> {
        match self.model_max_length {
            None => Ok(LENGTH),
            Some(length) if length > 1e6 => Ok(LENGTH),
            Some(length) if (3.0..=1024.0).contains(&length) => Ok(length as usize),
            Some(length) => Err(ModelError::Tokenizer {
                file: folder.join("tokenizer_config.json"),
                why: format!("\"model_max_length\" is {length}"),
            }),
        }
    }
}

/// `tokenizer.json`. Its other parts describe the steps that CLIP always takes.
#[derive(Deserialize)]
struct JointFile {
    model: JointModel,
    #[serde(default)]
    added_tokens: Vec<Added>,
}

#[derive(Clone, Default, Deserialize)]
struct JointModel {
    #[serde(default)]
    end_of_word_suffix: Option<String>,
    #[serde(default)]
    vocab: serde_json::Value,
    #[serde(default)]
    merges: Vec<Merge>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Merge {
    Line(String),
    Pair(String, String),
}

impl JointModel {
    fn parts(self, folder: &Path) -> Result<(Vocabulary, Vec<(String, String)>), ModelError> {
        let refused = |why: &str| ModelError::Tokenizer {
            file: folder.join("tokenizer.json"),
            why: why.into(),
        };
        if self.end_of_word_suffix.as_deref() != Some(super::WORD_END) {
            return Err(refused("it is not a tokenizer of CLIP's kind"));
        }
        let vocabulary =
            serde_json::from_value(self.vocab).map_err(|_| refused("its vocabulary is no list"))?;
        let merges = self.merges.into_iter().map(|merge| match merge {
            Merge::Pair(first, second) => Some((first, second)),
            Merge::Line(line) => pair(&line),
        });
        let merges: Option<Vec<_>> = merges.collect();
        Ok((
            vocabulary,
            merges.ok_or_else(|| refused("a merge has not two parts"))?,
        ))
    }
}

/// A token that was added after training of the vocabulary, such as that of a textual inversion.
#[derive(Clone, Deserialize)]
struct Added {
    id: Option<u32>,
    content: String,
    #[serde(default)]
    normalized: bool,
    #[serde(default)]
    special: bool,
}

/// All added tokens, whose ids are entered into the vocabulary.
fn added_tokens(
    folder: &Path,
    vocabulary: &mut Vocabulary,
    joint: Vec<Added>,
    config: &ConfigFile,
) -> Result<Vec<AddedToken>, ModelError> {
    // A folder without the file adds none; one that cannot be read is an error.
    let legacy: BTreeMap<String, u32> = optional(folder, "added_tokens.json")?.unwrap_or_default();
    let legacy = legacy.into_iter().map(|(content, id)| Added {
        id: Some(id),
        content,
        normalized: true,
        special: false,
    });
    let decoder = config.added_tokens_decoder.iter();
    let decoder = decoder.map(|(&id, token)| Added {
        id: Some(id),
        ..token.clone()
    });
    let mut added = Vec::new();
    for token in joint.into_iter().chain(legacy).chain(decoder) {
        let Some(id) = token.id else {
            continue;
        };
        let known = *vocabulary.entry(token.content.clone()).or_insert(id);
        if known != id {
            return Err(ModelError::Tokenizer {
                file: folder.into(),
                why: format!(
                    "the token \"{}\" has the ids {known} and {id}",
                    token.content
                ),
            });
        }
        added.push(AddedToken::from(token.content, token.special).normalized(token.normalized));
    }
    Ok(added)
}

/// Refuses what the byte-pair encoder would stumble over: it takes for granted that the result of
/// every merge is in the vocabulary.
fn check(vocabulary: &Vocabulary, merges: &[(String, String)]) -> Result<(), String> {
    if vocabulary.is_empty() {
        return Err("its vocabulary is empty".into());
    }
    let mut ids = std::collections::HashSet::with_capacity(vocabulary.len());
    for (token, &id) in vocabulary {
        if token.len() > TOKEN || id > ID {
            return Err(format!(
                "the token \"{token}\" is too long or its id too large"
            ));
        }
        if !ids.insert(id) {
            return Err(format!("the id {id} belongs to two tokens"));
        }
    }
    for (first, second) in merges {
        if let Some(unknown) = [first, second, &format!("{first}{second}")]
            .into_iter()
            .find(|token| !vocabulary.contains_key(*token))
        {
            return Err(format!("a merge uses the unknown token \"{unknown}\""));
        }
    }
    Ok(())
}

/// Two tokens a line, after a line with the version.
fn read_merges(path: &Path) -> Result<Vec<(String, String)>, ModelError> {
    read_text(path, "the tokenizer's merges", FILE)?
        .lines()
        .filter(|line| !line.starts_with("#version") && !line.is_empty())
        .map(|line| {
            pair(line).ok_or_else(|| ModelError::Tokenizer {
                file: path.into(),
                why: format!("the line \"{line}\" has not two parts"),
            })
        })
        .collect()
}

/// The two tokens of a line.
pub fn pair(line: &str) -> Option<(String, String)> {
    let (first, second) = line.split_once(' ')?;
    (!second.contains(' ')).then(|| (first.into(), second.into()))
}

/// The JSON of a file, if the file is there.
fn optional<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Option<T>, ModelError> {
    let path = folder.join(name);
    path.is_file()
        .then(|| read_json(&path, "a part of the tokenizer", FILE))
        .transpose()
}
