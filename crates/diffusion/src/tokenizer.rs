//! From a prompt to the numbers that CLIP's text encoder reads: its byte-pair encoding (or XLM-RoBERTa's pieces), begin
//! and end, cut or filled to one length. Ids of begin, end and padding come from the tokenizer's files; the
//! text encoder's own configuration, as published, has others that were never used.

// Files here come from strangers: nothing is indexed or added up unchecked.
#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod built_in;
mod files;
mod joint_pieces;
mod pieces;

use std::path::{Path, PathBuf};

use tokenizers::models::bpe::{BPE, Vocab};
use tokenizers::normalizers::{Lowercase, NFC, Replace, Sequence, replace::ReplacePattern};
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::sequence::Sequence as PreSequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::{AddedToken, SplitDelimiterBehavior};

use super::ModelError;
use files::{Special, TokenizerFiles};
use palimpsest_base::caught_panic::caught;

/// One word as CLIP takes it: the special tokens, English endings, letters, one digit, or anything
/// else that is no space (`simple_tokenizer.py` of OpenAI's CLIP).
const WORD: &str =
    r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+";

/// Number of tokens of CLIP's own vocabulary.
pub const VOCABULARY: usize = built_in::TOKENS;

/// The mark of a word's last piece in the vocabulary.
const WORD_END: &str = "</w>";

/// The longest text that is looked at, in bytes; it is hundreds of times what fits a prompt.
const TEXT: usize = 64 << 10;

/// The token that fills a prompt up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Padding {
    /// The token that ends every prompt: CLIP's own choice, and Stable Diffusion 1's.
    End,
    /// `!`, which has the id 0: OpenCLIP's, and Stable Diffusion 2's.
    Zero,
}

/// A prompt as the text encoder reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// As many ids as the tokenizer's length says (77): begin, the prompt, end, padding.
    pub ids: Vec<u32>,
    /// True if the end of the prompt was left out because it did not fit.
    pub truncated: bool,
}

/// The tokenizer of a text encoder.
pub struct Tokenizer {
    inner: tokenizers::Tokenizer,
    folder: PathBuf,
    length: usize,
    begin: u32,
    end: u32,
    padding: u32,
}

impl Tokenizer {
    /// Reads the tokenizer of a folder: `vocab.json` and `merges.txt`, or else the same out of
    /// `tokenizer.json`; the special tokens from `special_tokens_map.json` or
    /// `tokenizer_config.json`, or else those of CLIP.
    ///
    /// # Errors
    /// [`ModelError`] if the files are missing, too large, damaged, or of another kind of tokenizer.
    pub fn open(folder: &Path) -> Result<Self, ModelError> {
        Self::of(TokenizerFiles::read(folder)?, folder)
    }

    /// Reads the tokenizer of XLM-RoBERTa in a folder: SentencePiece's vocabulary, or where that is missing
    /// `tokenizer.json`.
    ///
    /// # Errors
    /// [`ModelError`] if the file is missing, too large, damaged, or of another kind.
    pub fn open_pieces(folder: &Path) -> Result<Self, ModelError> {
        let is_joint =
            !folder.join(pieces::FILE).exists() && folder.join(joint_pieces::FILE).exists();
        Ok(Self {
            inner: match is_joint {
                true => joint_pieces::open(folder)?,
                false => pieces::open(folder)?,
            },
            folder: folder.into(),
            length: files::LENGTH,
            begin: pieces::BEGIN,
            end: pieces::END,
            padding: pieces::PADDING,
        })
    }

    /// CLIP's own tokenizer, which this program holds.
    ///
    /// # Errors
    /// None but that of a damaged program.
    pub fn built_in(padding: Padding) -> Result<Self, ModelError> {
        let folder = Path::new("the built-in tokenizer");
        Self::of(built_in::files(padding, folder)?, folder)
    }

    fn of(files: TokenizerFiles, folder: &Path) -> Result<Self, ModelError> {
        let refused = |why: String| ModelError::Tokenizer {
            file: folder.into(),
            why,
        };
        let id = |special: &Special| {
            files
                .vocabulary
                .get(&special.content)
                .copied()
                .ok_or_else(|| refused(format!("it has no token \"{}\"", special.content)))
        };
        let (begin, end, padding) = (id(&files.begin)?, id(&files.end)?, id(&files.padding)?);
        let length = files.length;
        let inner = pipeline(files).map_err(|error| refused(error.to_string()))?;
        Ok(Self {
            inner,
            folder: folder.into(),
            length,
            begin,
            end,
            padding,
        })
    }

    /// The ids of `text`. Special tokens that are spelt out in it are taken as such, and the padding
    /// token is one of them: where that is `!`, as in Stable Diffusion 2, exclamation marks never
    /// become part of a word.
    ///
    /// # Errors
    /// [`ModelError::Tokenizer`] if the vocabulary lacks what the text needs.
    pub fn encode(&self, text: &str) -> Result<Tokens, ModelError> {
        let (text, shortened) = bounded(text);
        let refused = |why: String| ModelError::Tokenizer {
            file: self.folder.clone(),
            why,
        };
        // A damaged table of characters makes the library panic.
        let encoded = caught(|| self.inner.encode_fast(text.as_ref(), false));
        let encoding = encoded
            .map_err(refused)?
            .map_err(|error| refused(error.to_string()))?;
        let room = self.length.saturating_sub(2);
        let prompt = encoding.get_ids();
        let mut ids = Vec::with_capacity(self.length);
        ids.push(self.begin);
        ids.extend(prompt.iter().take(room));
        ids.push(self.end);
        ids.resize(self.length, self.padding);
        Ok(Tokens {
            ids,
            truncated: shortened || prompt.len() > room,
        })
    }
}

/// The steps from text to ids, as transformers sets them up for CLIP.
fn pipeline(files: TokenizerFiles) -> tokenizers::Result<tokenizers::Tokenizer> {
    let mut added = files.added;
    // In this order, so that of two spellings of one token the later counts.
    added.extend(
        [files.begin, files.end, files.unknown.clone(), files.padding]
            .map(|special| AddedToken::from(special.content, true).normalized(special.normalized)),
    );
    let vocabulary: Vocab = files.vocabulary.into_iter().collect();
    let model = BPE::builder()
        .vocab_and_merges(vocabulary, files.merges)
        .unk_token(files.unknown.content)
        .continuing_subword_prefix(String::new())
        .end_of_word_suffix(WORD_END.into())
        .build()?;
    let mut tokenizer = tokenizers::Tokenizer::new(model);
    tokenizer.with_normalizer(Some(Sequence::new(vec![
        NFC.into(),
        Replace::new(ReplacePattern::Regex(r"\s+".into()), " ")?.into(),
        Lowercase.into(),
    ])))?;
    let words = Split::new(
        SplitPattern::Regex(WORD.into()),
        SplitDelimiterBehavior::Removed,
        true,
    )?;
    let bytes = ByteLevel::default().add_prefix_space(false);
    tokenizer.with_pre_tokenizer(Some(PreSequence::new(vec![words.into(), bytes.into()])));
    tokenizer.add_tokens(added)?;
    Ok(tokenizer)
}

/// The beginning of a text that is too long to look at all of it, cut between words where there are
/// any, and whether that was necessary.
fn bounded(text: &str) -> (std::borrow::Cow<'_, str>, bool) {
    if text.len() <= TEXT {
        return (text.into(), false);
    }
    // Spaces are collapsed first: they make no tokens, however many they are.
    let mut kept = String::with_capacity(TEXT);
    for word in text.split_whitespace() {
        let room = TEXT.saturating_sub(kept.len().saturating_add(1));
        if word.len() > room {
            if kept.is_empty() {
                kept.push_str(&word[..word.floor_char_boundary(room)]);
            }
            return (kept.into(), true);
        }
        kept.push_str(word);
        kept.push(' ');
    }
    (kept.into(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_long_a_text_is_the_encoder_reads_little_of_it() {
        for text in [
            "x",
            "\u{e9}",
            "!",
            "sunflower ",
            "'s",
            "\u{301}",
            "\u{1f3a8}",
        ] {
            let text = text.repeat(8 << 20);
            let (read, shortened) = bounded(&text);
            assert!(shortened && !read.is_empty() && read.len() <= TEXT);
        }
        let spaced = format!("{}sunflower", " \n".repeat(1 << 20));
        assert_eq!(bounded(&spaced), ("sunflower ".into(), false));
        assert_eq!(bounded("sunflower"), ("sunflower".into(), false));
    }
}
