//! A vocabulary of SentencePiece (`sentencepiece.bpe.model`, a Protocol Buffers message) as XLM-RoBERTa reads it: the
//! first ids are its own, every other piece has the one behind SentencePiece's.

use std::path::Path;

use palimpsest_base::caught_panic::caught;
use tokenizers::models::unigram::Unigram;
use tokenizers::normalizers::{Precompiled, Replace, Sequence, Strip, replace::ReplacePattern};
use tokenizers::pre_tokenizers::metaspace::{Metaspace, PrependScheme};
use tokenizers::{AddedToken, NormalizerWrapper};

use crate::ModelError;
use crate::files::text::read_bytes;

/// The file's name in a tokenizer's folder.
pub const FILE: &str = "sentencepiece.bpe.model";

/// Ids of begin, padding, end and what is unknown.
pub const BEGIN: u32 = 0;
pub const PADDING: u32 = 1;
pub const END: u32 = 2;
pub const UNKNOWN: usize = 3;

/// The tokens of these ids.
pub const OWN: [&str; 4] = ["<s>", "<pad>", "</s>", "<unk>"];

/// The pieces that SentencePiece itself begins with; they are among [`OWN`].
const FIRST: [&str; 3] = ["<unk>", "<s>", "</s>"];

/// The largest file, in bytes; XLM-RoBERTa's has five megabytes.
const BYTES: u64 = 32 << 20;

/// The most pieces, and the longest, in bytes.
pub const PIECES: usize = 1 << 20;
pub const PIECE: usize = 1 << 10;

/// The mark of a space.
const SPACE: char = '\u{2581}';

/// Reads the tokenizer of a folder.
///
/// # Errors
/// [`ModelError`] if the file is missing, too large or damaged, or of another kind of SentencePiece model.
pub fn open(folder: &Path) -> Result<tokenizers::Tokenizer, ModelError> {
    let file = folder.join(FILE);
    let bytes = read_bytes(&file, "the vocabulary", BYTES)?;
    let refused = |why: &str| ModelError::Tokenizer {
        file: file.clone(),
        why: why.into(),
    };
    let model = Model::read(&bytes).map_err(refused)?;
    let made = caught(|| model.pipeline()).unwrap_or_else(|message| Err(message.into()));
    made.map_err(|error| refused(&error.to_string()))
}

/// The parts of the message that are used.
#[derive(Default)]
struct Model {
    pieces: Vec<(String, f64)>,
    characters: Vec<u8>,
}

impl Model {
    fn read(bytes: &[u8]) -> Result<Self, &'static str> {
        let mut model = Self::default();
        let mut fields = Fields(bytes);
        while let Some((number, value)) = fields.next()? {
            match (number, value) {
                (1, Value::Bytes(piece)) => {
                    if model.pieces.len() == PIECES {
                        return Err("it has too many pieces");
                    }
                    model.pieces.push(piece_of(piece)?);
                }
                (2, Value::Bytes(trainer)) => check_kind(trainer)?,
                (3, Value::Bytes(normaliser)) => {
                    let mut fields = Fields(normaliser);
                    while let Some((number, value)) = fields.next()? {
                        if let (2, Value::Bytes(characters)) = (number, value) {
                            model.characters = characters.to_vec();
                        }
                    }
                }
                _ => {}
            }
        }
        let first = model.pieces.iter().take(FIRST.len());
        if !first.map(|(piece, _)| piece.as_str()).eq(FIRST) {
            return Err("it does not begin with the pieces of XLM-RoBERTa");
        }
        // A table of rules, whose length stands before it.
        if let Some(length) = model.characters.first_chunk::<4>() {
            let rest = model.characters.len().saturating_sub(length.len());
            if u32::from_le_bytes(*length) as usize > rest {
                return Err("its table of characters breaks off");
            }
        } else if !model.characters.is_empty() {
            return Err("its table of characters breaks off");
        }
        Ok(model)
    }

    fn pipeline(self) -> tokenizers::Result<tokenizers::Tokenizer> {
        let own = OWN.map(|token| (token.to_owned(), 0.0));
        let pieces = self.pieces.into_iter().skip(FIRST.len());
        let vocabulary = own.into_iter().chain(pieces).collect();
        let model = Unigram::from(vocabulary, Some(UNKNOWN), false)?;
        let mut tokenizer = tokenizers::Tokenizer::new(model);
        let mut steps: Vec<NormalizerWrapper> = Vec::new();
        if !self.characters.is_empty() {
            steps.push(Precompiled::from(&self.characters)?.into());
        }
        let spaces = Replace::new(ReplacePattern::Regex(" {2,}".into()), " ")?;
        steps.extend([Strip::new(true, true).into(), spaces.into()]);
        tokenizer.with_normalizer(Some(Sequence::new(steps)))?;
        let spaces = Metaspace::new(SPACE, PrependScheme::Always, true);
        tokenizer.with_pre_tokenizer(Some(spaces));
        let special = OWN.map(|token| AddedToken::from(token, true).normalized(false));
        tokenizer.add_tokens(special)?;
        Ok(tokenizer)
    }
}

/// A piece and the logarithm of its probability.
fn piece_of(bytes: &[u8]) -> Result<(String, f64), &'static str> {
    let (mut text, mut score) = (None, 0.0);
    let mut fields = Fields(bytes);
    while let Some((number, value)) = fields.next()? {
        match (number, value) {
            (1, Value::Bytes(bytes)) => text = std::str::from_utf8(bytes).ok(),
            (2, Value::Word(bits)) => score = f32::from_bits(bits),
            _ => {}
        }
    }
    match text {
        Some(text) if (1..=PIECE).contains(&text.len()) && score.is_finite() => {
            Ok((text.to_owned(), f64::from(score)))
        }
        _ => Err("one of its pieces is no text with a number"),
    }
}

/// Only pieces that were found by their probabilities are chosen by them.
fn check_kind(trainer: &[u8]) -> Result<(), &'static str> {
    const UNIGRAM: u64 = 1;
    let mut fields = Fields(trainer);
    while let Some((number, value)) = fields.next()? {
        match (number, value) {
            (3, Value::Number(kind)) if kind != UNIGRAM => {
                return Err("it is a SentencePiece model of another kind than unigram");
            }
            _ => {}
        }
    }
    Ok(())
}

/// The fields of a message that are left to be read.
struct Fields<'a>(&'a [u8]);

/// The value of a field.
enum Value<'a> {
    Number(u64),
    Word(u32),
    Long,
    Bytes(&'a [u8]),
}

impl<'a> Fields<'a> {
    /// The number and the value of the next field.
    fn next(&mut self) -> Result<Option<(u64, Value<'a>)>, &'static str> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let key = self.number()?;
        let value = match key & 7 {
            0 => Value::Number(self.number()?),
            1 => {
                self.take(8)?;
                Value::Long
            }
            2 => {
                let length = self.number()?;
                let length = usize::try_from(length).map_err(|_| BROKEN)?;
                Value::Bytes(self.take(length)?)
            }
            5 => {
                let word = self.take(4)?.first_chunk().ok_or(BROKEN)?;
                Value::Word(u32::from_le_bytes(*word))
            }
            _ => return Err("it is no SentencePiece model"),
        };
        Ok(Some((key >> 3, value)))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], &'static str> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(BROKEN)?;
        self.0 = rest;
        Ok(taken)
    }

    /// A number of seven bits a byte, the lowest first.
    fn number(&mut self) -> Result<u64, &'static str> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first().ok_or(BROKEN)?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(BROKEN)
    }
}

const BROKEN: &str = "it breaks off or is damaged";

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]
mod tests {
    use std::fs;

    use super::*;

    fn reference() -> Vec<u8> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference");
        fs::read(folder.join("alt/pretrained/tokenizer").join(FILE)).unwrap()
    }

    fn opened(bytes: &[u8]) -> Result<Vec<u32>, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), bytes).unwrap();
        let tokenizer = crate::tokenizer::Tokenizer::open_pieces(folder.path());
        let tokens = tokenizer.and_then(|tokenizer| tokenizer.encode("caf\u{e9} \u{ff21} hills"));
        tokens
            .map(|tokens| tokens.ids)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_cut_or_changed_is_refused_or_read_within_bounds() {
        let whole = reference();
        assert_eq!(opened(&whole).unwrap().len(), 77);
        for length in [1, 2, 17, 40, 1000, whole.len() / 2, whole.len() - 1] {
            let error = opened(&whole[..length]).unwrap_err();
            assert!(error.contains(FILE) && error.ends_with('.'), "{error}");
        }
        for at in (0..whole.len()).step_by(3001) {
            let mut changed = whole.clone();
            changed[at] ^= 0xff;
            if let Err(error) = opened(&changed) {
                assert!(error.ends_with('.'), "{at}: {error}");
            }
        }
        let error = opened(b"{}").unwrap_err();
        assert!(error.contains("restore the tokenizer folder"), "{error}");
    }

    /// The length of the table of characters says more than there is.
    #[test]
    fn no_memory_is_asked_for_what_is_not_there() {
        let piece = |text: &str| {
            let mut piece = vec![10, text.len() as u8];
            piece.extend(text.as_bytes());
            let mut field = vec![10, piece.len() as u8];
            field.extend(piece);
            field
        };
        let mut bytes: Vec<u8> = FIRST.iter().flat_map(|text| piece(text)).collect();
        bytes.extend([0x1a, 6, 0x12, 4, 0xff, 0xff, 0xff, 0xff]);
        let error = opened(&bytes).unwrap_err();
        assert!(error.contains("table of characters breaks off"), "{error}");
    }
}
