//! CLIP's own vocabulary, for models in one file, which bring none. Its merges are OpenAI's
//! (`assets/clip`); the tokens follow from them, as in `simple_tokenizer.py` of OpenAI's CLIP.

use std::io::{Cursor, Read};
use std::path::Path;

use zip::ZipArchive;

use super::files::{LENGTH, Special, TokenizerFiles, Vocabulary, pair};
use super::{Padding, WORD_END};
use crate::ModelError;

/// The merges, a line each, compressed.
const MERGES: &[u8] = include_bytes!("../../../../assets/clip/merges.zip");

/// Number of tokens: each byte alone and at a word's end, the merges, begin and end.
pub const TOKENS: usize = 49408;

const BEGIN: &str = "<|startoftext|>";
const END: &str = "<|endoftext|>";

/// The tokenizer as its files would say it.
pub fn files(padding: Padding, name: &Path) -> Result<TokenizerFiles, ModelError> {
    let damaged = |why: String| ModelError::Tokenizer {
        file: name.into(),
        why,
    };
    let text = merges().map_err(damaged)?;
    let merges: Option<Vec<_>> = text.lines().map(pair).collect();
    let merges = merges.ok_or_else(|| damaged("a merge has not two parts".into()))?;
    let bytes = byte_characters();
    let whole = bytes.iter().map(char::to_string);
    let last = bytes.iter().map(|c| format!("{c}{WORD_END}"));
    let merged = merges
        .iter()
        .map(|(first, second)| format!("{first}{second}"));
    let tokens = whole
        .chain(last)
        .chain(merged)
        .chain([BEGIN.into(), END.into()]);
    let vocabulary: Vocabulary = tokens.zip(0..).collect();
    if vocabulary.len() != TOKENS {
        return Err(damaged(format!("it has {} tokens", vocabulary.len())));
    }
    Ok(TokenizerFiles {
        vocabulary,
        merges,
        added: Vec::new(),
        begin: Special::plain(BEGIN),
        end: Special::plain(END),
        unknown: Special::plain(END),
        padding: Special::plain(match padding {
            Padding::End => END,
            Padding::Zero => "!",
        }),
        length: LENGTH,
    })
}

fn merges() -> Result<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(MERGES)).map_err(|error| error.to_string())?;
    let mut entry = archive.by_index(0).map_err(|error| error.to_string())?;
    let mut text = String::new();
    entry
        .read_to_string(&mut text)
        .map_err(|error| error.to_string())?;
    Ok(text)
}

/// The character that stands for each byte, in the order of the ids: those that can be seen stand for themselves, the
/// others for what follows Latin-1.
fn byte_characters() -> Vec<char> {
    let seen = (0x21..=0x7e).chain(0xa1..=0xac).chain(0xae..=0xff);
    let visible: Vec<u32> = seen.collect();
    let hidden = 256..512_u32.saturating_sub(visible.len() as u32);
    visible
        .iter()
        .copied()
        .chain(hidden)
        .filter_map(char::from_u32)
        .collect()
}
