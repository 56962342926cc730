//! A `tokenizer.json` of XLM-RoBERTa: the steps from text to ids as the file has them, the same vocabulary with its final
//! ids.

use std::path::Path;

use palimpsest_base::caught_panic::caught;
use serde::Deserialize;
use serde_json::Value;
use tokenizers::ModelWrapper;

use super::pieces::{OWN, PIECE, PIECES, UNKNOWN};
use crate::ModelError;
use crate::files::text::read_text;

/// The file's name in a tokenizer's folder.
pub const FILE: &str = "tokenizer.json";

/// The largest file, in bytes; XLM-RoBERTa's has nine megabytes.
const BYTES: u64 = 64 << 20;

/// The deepest that normalisers contain each other.
const DEPTH: usize = 8;

/// What is looked at before the file is handed on.
#[derive(Deserialize)]
struct Outline {
    model: Vocabulary,
    #[serde(default)]
    normalizer: Value,
}

#[derive(Deserialize)]
struct Vocabulary {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    vocab: Value,
    #[serde(default)]
    unk_id: Option<usize>,
}

/// Reads the tokenizer of a folder.
///
/// # Errors
/// [`ModelError`] if the file is missing, too large or damaged, or of another kind of tokenizer.
pub fn open(folder: &Path) -> Result<tokenizers::Tokenizer, ModelError> {
    let file = folder.join(FILE);
    let text = read_text(&file, "the vocabulary", BYTES)?;
    let refused = |why: String| ModelError::Tokenizer {
        file: file.clone(),
        why,
    };
    let outline: Outline =
        serde_json::from_str(&text).map_err(|error| refused(error.to_string()))?;
    check(&outline).map_err(|why| refused(why.into()))?;
    drop(outline);
    let made = caught(|| tokenizers::Tokenizer::from_bytes(text.as_bytes()));
    let made = made.map_err(refused)?;
    let mut tokenizer = made.map_err(|error| refused(error.to_string()))?;
    if !matches!(tokenizer.get_model(), ModelWrapper::Unigram(_)) {
        return Err(refused(KIND.into()));
    }
    // Prompts are cut and filled up in one place for all tokenizers.
    tokenizer.with_padding(None);
    let cut = tokenizer.with_truncation(None).map(|_| ());
    cut.map_err(|error| refused(error.to_string()))?;
    Ok(tokenizer)
}

const KIND: &str = "it is a tokenizer of another kind than XLM-RoBERTa's";

/// The vocabulary is one of pieces with the tokens of XLM-RoBERTa, and nothing asks for more memory than there is text.
fn check(outline: &Outline) -> Result<(), &'static str> {
    let model = &outline.model;
    // Older files leave the kind out.
    if model.kind.as_deref().is_some_and(|kind| kind != "Unigram") {
        return Err(KIND);
    }
    let pieces = model.vocab.as_array().ok_or(KIND)?;
    if pieces.len() > PIECES {
        return Err("it has too many pieces");
    }
    let text = |piece: &Value| Some(piece.get(0)?.as_str()?.len());
    let fits = |piece: &Value| {
        let score = piece.get(1).and_then(Value::as_f64);
        text(piece).is_some_and(|length| length <= PIECE) && score.is_some_and(f64::is_finite)
    };
    if !pieces.iter().all(fits) {
        return Err("one of its pieces is no text with a number");
    }
    let first = pieces.iter().take(OWN.len());
    let first = first.map(|piece| piece.get(0).and_then(Value::as_str));
    if !first.eq(OWN.map(Some)) || model.unk_id != Some(UNKNOWN) {
        return Err("it does not begin with the tokens of XLM-RoBERTa");
    }
    check_characters(&outline.normalizer, DEPTH)
}

/// Tables of characters hold what their first number says.
fn check_characters(normaliser: &Value, depth: usize) -> Result<(), &'static str> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err("its normalisers lie too deep");
    };
    match normaliser {
        Value::Array(parts) => parts
            .iter()
            .try_for_each(|part| check_characters(part, depth)),
        Value::Object(parts) => parts.iter().try_for_each(|(key, part)| match part {
            Value::String(table) if key == "precompiled_charsmap" => check_table(table),
            part => check_characters(part, depth),
        }),
        _ => Ok(()),
    }
}

/// A table of rules in Base64, whose length stands before it.
fn check_table(table: &str) -> Result<(), &'static str> {
    const BROKEN: &str = "its table of characters breaks off";
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    // Nothing at all is no table.
    let Some(first) = table.as_bytes().first_chunk::<6>() else {
        return if table.is_empty() {
            Ok(())
        } else {
            Err(BROKEN)
        };
    };
    // Six digits of six bits are the first four bytes.
    let digit = |digit: &u8| DIGITS.iter().position(|known| known == digit);
    let bits = first
        .iter()
        .try_fold(0_u64, |bits, byte| Some(bits << 6 | digit(byte)? as u64));
    let length = ((bits.ok_or(BROKEN)? >> 4) as u32).swap_bytes() as usize;
    match length > table.len() {
        true => Err(BROKEN),
        false => Ok(()),
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]
mod tests {
    use std::fs;

    use serde_json::json;

    use super::super::Tokenizer;
    use super::*;

    fn reference() -> std::path::PathBuf {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference");
        tests.join("alt/pretrained/tokenizer")
    }

    /// The reference's vocabulary as transformers writes it into one file.
    fn joint() -> Value {
        let of_pieces = super::super::pieces::open(&reference()).unwrap();
        let mut joint: Value = serde_json::from_str(&of_pieces.to_string(false).unwrap()).unwrap();
        let parts = joint["normalizer"]["normalizers"]
            .as_array()
            .unwrap()
            .iter();
        let table = parts.into_iter().find(|part| part["type"] == "Precompiled");
        joint["normalizer"] = json!({ "type": "Sequence", "normalizers": [
            table.unwrap(),
            { "type": "Replace", "pattern": { "Regex": " {2,}" }, "content": " " },
        ] });
        joint["pre_tokenizer"] = json!({ "type": "Sequence", "pretokenizers": [
            { "type": "WhitespaceSplit" },
            { "type": "Metaspace", "replacement": "\u{2581}", "prepend_scheme": "always", "split": true },
        ] });
        joint["truncation"] = json!({ "direction": "Right", "max_length": 5, "strategy": "LongestFirst", "stride": 0 });
        joint
    }

    fn opened(joint: &Value) -> Result<Tokenizer, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), joint.to_string()).unwrap();
        Tokenizer::open_pieces(folder.path()).map_err(|error| error.to_string())
    }

    #[test]
    fn one_file_gives_the_ids_of_sentencepiece() {
        let pieces = Tokenizer::open_pieces(&reference()).unwrap();
        let joint = opened(&joint()).unwrap();
        for text in [
            "",
            "a painting of hills by sks artist",
            "  caf\u{e9}  \u{ff21} hills ",
            "\u{5bcc}\u{58eb}\u{5c71}, 12 3!",
            "</s> and <s>",
        ] {
            let [a, b] = [&pieces, &joint].map(|one| one.encode(text).unwrap().ids);
            assert_eq!(a, b, "{text}");
            assert_eq!(a.len(), 77);
        }
    }

    #[test]
    fn other_tokenizers_and_damaged_ones_are_refused() {
        let change = |change: &dyn Fn(&mut Value)| {
            let mut joint = joint();
            change(&mut joint);
            opened(&joint).err().unwrap()
        };
        let other = change(&|joint| joint["model"]["type"] = "BPE".into());
        assert!(other.contains("another kind"), "{other}");
        let first = change(&|joint| joint["model"]["vocab"][0][0] = "<pad>".into());
        assert!(first.contains("does not begin with"), "{first}");
        let piece = change(&|joint| joint["model"]["vocab"][9][1] = Value::Null);
        assert!(piece.contains("no text with a number"), "{piece}");
        // A length that says four gigabytes.
        let table = change(&|joint| {
            joint["normalizer"]["normalizers"][0]["precompiled_charsmap"] = "/////w==".into();
        });
        assert!(table.contains("breaks off"), "{table}");
        let nothing = change(&|joint| *joint = json!({}));
        assert!(
            nothing.contains("restore the tokenizer folder"),
            "{nothing}"
        );
    }
}
