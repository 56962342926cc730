//! The vocabulary of the small model: CLIP's byte-level pairs, learned from a list of words until each
//! of them is one token. A word that is not in the list falls into pieces and, at worst, letters, so
//! every text has tokens.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// The mark of a word's last piece.
const WORD_END: &str = "</w>";

/// Begin and end of a prompt, the last two tokens.
pub(super) const SPECIAL: [&str; 2] = ["<|startoftext|>", "<|endoftext|>"];

/// The tokens, in the order of their ids, and the pairs that make the longer ones.
pub(super) struct Vocabulary {
    tokens: Vec<String>,
    merges: Vec<(String, String)>,
}

impl Vocabulary {
    /// Learns the pairs of `words` (Sennrich et al., 2016): again and again the most frequent pair of
    /// neighbours becomes a token; of equally frequent ones the first in alphabetical order.
    pub(super) fn learn<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut tokens = bytes();
        tokens.extend(bytes().iter().map(|byte| format!("{byte}{WORD_END}")));
        let mut known: BTreeSet<String> = tokens.iter().cloned().collect();
        let words: BTreeSet<&str> = words.into_iter().collect();
        let mut words: Vec<_> = words.into_iter().map(pieces).collect();
        let mut merges = Vec::new();
        while let Some(pair) = most_frequent(&words) {
            words.iter_mut().for_each(|word| merge(word, &pair));
            let token = format!("{}{}", pair.0, pair.1);
            // Two pairs may spell the same token.
            if known.insert(token.clone()) {
                tokens.push(token);
            }
            merges.push(pair);
        }
        tokens.extend(SPECIAL.map(String::from));
        Self { tokens, merges }
    }

    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// `vocab.json`: the id of every token.
    pub(super) fn vocab_json(&self) -> Value {
        let numbered = self.tokens.iter().cloned().zip(0..);
        let ids: Map<String, Value> = numbered.map(|(t, id): (_, u32)| (t, id.into())).collect();
        ids.into()
    }

    /// `merges.txt`: one pair a line, after the version.
    pub(super) fn merges_txt(&self) -> String {
        let pairs = self.merges.iter();
        let lines: String = pairs.map(|(a, b)| format!("{a} {b}\n")).collect();
        format!("#version: 0.2\n{lines}")
    }
}

/// A printable character for every byte, in CLIP's order: the printable bytes stand for themselves,
/// the others are moved above 255 (`bytes_to_unicode` of OpenAI's `simple_tokenizer.py`).
fn bytes() -> Vec<String> {
    let is_printable = |b: &u32| matches!(b, 0x21..=0x7e | 0xa1..=0xac | 0xae..=0xff);
    let printable = (0..256).filter(is_printable);
    let moved = 256..256 + (0..256).filter(|b| !is_printable(b)).count() as u32;
    printable
        .chain(moved)
        .filter_map(char::from_u32)
        .map(String::from)
        .collect()
}

/// The letters of a word of ASCII letters, the last one marked.
fn pieces(word: &str) -> Vec<String> {
    let mut pieces: Vec<String> = word.chars().map(String::from).collect();
    if let Some(last) = pieces.last_mut() {
        last.push_str(WORD_END);
    }
    pieces
}

fn most_frequent(words: &[Vec<String>]) -> Option<(String, String)> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for pair in words.iter().flat_map(|word| word.windows(2)) {
        if let [first, second] = pair {
            *counts.entry((first, second)).or_default() += 1;
        }
    }
    let best = counts.values().copied().max()?;
    let (&(first, second), _) = counts.iter().find(|&(_, &count)| count == best)?;
    Some((first.to_owned(), second.to_owned()))
}

/// Joins the pair wherever it stands in the word, from left to right.
fn merge(word: &mut Vec<String>, (first, second): &(String, String)) {
    let mut i = 0;
    while i + 1 < word.len() {
        if word[i] == *first && word[i + 1] == *second {
            let joined = word.remove(i + 1);
            word[i].push_str(&joined);
        }
        i += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_learned_by_frequency_then_alphabet() {
        let learned = Vocabulary::learn(["low", "lower", "low", "now"]);
        // A word counts once: "l o" and "o w</w>" stand twice each, and then nothing does.
        let expected = [
            "l o",
            "e r</w>",
            "lo w",
            "lo w</w>",
            "low er</w>",
            "n o",
            "no w</w>",
        ];
        let merges = learned.merges_txt();
        assert!(merges.lines().skip(1).eq(expected), "{merges}");
        assert_eq!(learned.len(), 512 + expected.len() + 2);
        let ids = learned.vocab_json();
        assert_eq!(ids["!"], 0);
        assert_eq!(ids["a"], 64);
        assert_eq!(ids["!</w>"], 256);
        assert_eq!(ids["lo"], 512);
        assert!(ids.get("lower</w>").is_some() && ids.get("now</w>").is_some());
        assert_eq!(ids["<|endoftext|>"], learned.len() - 1);
    }
}
