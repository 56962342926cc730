//! The record's sentences in another language. A record holds its sentences in English, as they were made, and they are what
//! binds; another language says such a sentence again, out of the sentence itself. So both cannot say different things, and
//! records of earlier versions are read as well, as far as the catalogue knows their sentences. What it does not know stays
//! as the record has it.
//!
//! A sentence is one of the catalogue's if what was read out of it, put into the English message, gives the very same
//! sentence.

use std::collections::BTreeMap;

use fluent_bundle::{FluentArgs, FluentValue};

use super::catalogue::{Piece, Way};
use super::{Language, Texts};

/// What was read out of a sentence, by the names of the arguments.
type Read = BTreeMap<String, String>;

/// How deep sentences stand within sentences.
const MAX_DEPTH: usize = 6;
/// The longest text that is looked for; what is longer is somebody's own.
const MAX_LENGTH: usize = 20_000;

impl Texts {
    /// A text of the record in this language: a sentence or several, or a part of one.
    pub fn recorded(&self, text: &str) -> String {
        match self.language() {
            Language::English => text.to_owned(),
            _ => self.again(text, 0).unwrap_or_else(|| text.to_owned()),
        }
    }

    /// True if the catalogue knows every sentence of a text.
    pub fn knows(&self, text: &str) -> bool {
        self.again(text, 0).is_some()
    }

    fn again(&self, text: &str, depth: usize) -> Option<String> {
        if depth > MAX_DEPTH || text.len() > MAX_LENGTH {
            return None;
        }
        self.sentence(text, depth)
            .or_else(|| self.sentences(text, depth))
    }

    /// A text that the catalogue has as a whole.
    fn sentence(&self, text: &str, depth: usize) -> Option<String> {
        let english = self.english.unwrap_or(self);
        english.recorded.0.iter().find_map(|(id, ways)| {
            ways.iter().find_map(|way| {
                let read = way.read(text)?;
                // Counts are written as counts, or as they stand.
                let counted = [true, false].into_iter().find(|counted| {
                    let args = arguments(&read, &way.chosen, *counted);
                    english.formatted(id, &args).is_some_and(|it| it == text)
                })?;
                let said = self.said(&read, depth)?;
                self.formatted(id, &arguments(&said, &way.chosen, counted))
            })
        })
    }

    /// Several sentences, one after the other. One that is not known stays, if the others are.
    fn sentences(&self, text: &str, depth: usize) -> Option<String> {
        let ends = text.match_indices(". ").map(|(at, _)| at + 1);
        let ends: Vec<usize> = ends.collect();
        ends.into_iter().rev().find_map(|end| {
            let (first, rest) = text.split_at_checked(end)?;
            let first = self.sentence(first, depth)?;
            let rest = self.again(rest.trim_start(), depth)?;
            Some(format!("{first} {rest}"))
        })
    }

    /// What was read, said in this language; none where a sentence within the sentence is not known.
    fn said(&self, read: &Read, depth: usize) -> Option<Read> {
        let said = read.iter().map(|(name, text)| {
            let again = match name {
                // Names, and what people wrote, are theirs.
                name if name.starts_with("name") => text.clone(),
                name if name.starts_with("list") => self.list(text, depth),
                name if name.starts_with("rows") => {
                    let rows = text.split("; ").map(|row| self.part(row, depth));
                    rows.collect::<Vec<_>>().join("; ")
                }
                // Half a sentence in each language would be worse than a whole one in English.
                name if name.starts_with("said") => self.again(text, depth + 1)?,
                _ => self.part(text, depth),
            };
            Some((name.clone(), again))
        });
        said.collect()
    }

    /// A part of a sentence; what is not known stays but for its numbers.
    fn part(&self, text: &str, depth: usize) -> String {
        self.again(text, depth + 1)
            .unwrap_or_else(|| self.numbers(text))
    }

    /// Parts of a list, each said again.
    fn list(&self, text: &str, depth: usize) -> String {
        let (first, last) = match text.rsplit_once(" and ") {
            Some((first, last)) => (first, Some(last)),
            None => (text, None),
        };
        let first = first.split(", ").map(|part| self.part(part, depth));
        let first = first.collect::<Vec<_>>().join(", ");
        match last {
            Some(last) => {
                let args = args!["first" => first, "last" => self.part(last, depth)];
                self.with("list-and", &args)
            }
            None => first,
        }
    }

    /// A text in which every number has this language's decimal mark; versions and names of files are no numbers.
    fn numbers(&self, text: &str) -> String {
        let words = text.split(' ').map(|word| {
            let bare = word.trim_matches(|c: char| "()%,;:+".contains(c));
            let (whole, decimals) = bare
                .trim_start_matches(['−', '-'])
                .split_once('.')
                .unwrap_or_default();
            let digits = |text: &str| {
                !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '\u{202f}')
            };
            match digits(whole) && digits(decimals) {
                true => word.replacen(bare, &self.marked(bare.to_owned()), 1),
                false => word.to_owned(),
            }
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// Arguments for a message: counts as numbers, so that nouns agree, and what a choice says of those that are not named.
fn arguments(read: &Read, chosen: &[(String, String)], counted: bool) -> FluentArgs<'static> {
    let mut args = FluentArgs::new();
    for (name, key) in chosen {
        let value = match key.as_str() {
            "one" => FluentValue::from(1),
            key => FluentValue::try_number(key).into_owned(),
        };
        args.set(name.clone(), value);
    }
    for (name, text) in read {
        let plain = text.replace('\u{202f}', "");
        let count = counted && plain.bytes().all(|byte| byte.is_ascii_digit());
        let count = count.then(|| plain.parse::<u32>().ok()).flatten();
        let value = match count {
            Some(count) if !name.starts_with("name") => FluentValue::from(count),
            _ => FluentValue::from(text.clone()),
        };
        args.set(name.clone(), value);
    }
    args
}

impl Way {
    /// What the arguments stand for if a text reads like this.
    fn read(&self, text: &str) -> Option<Read> {
        let mut read = Read::new();
        follow(&self.pieces, text, &mut read).then_some(read)
    }
}

/// Follows the pieces through a text; an argument takes as little as it can.
fn follow(pieces: &[Piece], text: &str, read: &mut Read) -> bool {
    match pieces {
        [] => text.is_empty(),
        [Piece::Words(words), rest @ ..] => text
            .strip_prefix(words.as_str())
            .is_some_and(|text| follow(rest, text, read)),
        [Piece::Argument(name)] => take(name, text, read),
        [Piece::Argument(name), Piece::Words(words), rest @ ..] => {
            let places: Vec<usize> = text.match_indices(words).map(|(at, _)| at).collect();
            places.into_iter().any(|at| {
                let Some((taken, after)) = text.split_at_checked(at) else {
                    return false;
                };
                let before = read.clone();
                let found = take(name, taken, read)
                    && after
                        .strip_prefix(words.as_str())
                        .is_some_and(|after| follow(rest, after, read));
                if !found {
                    *read = before;
                }
                found
            })
        }
        // Two arguments that nothing parts cannot be told apart.
        [Piece::Argument(_), Piece::Argument(_), ..] => false,
    }
}

/// Notes what an argument stands for; one that comes twice stands for the same.
fn take(name: &str, text: &str, read: &mut Read) -> bool {
    if text.is_empty() {
        return false;
    }
    match read.get(name) {
        Some(before) => before == text,
        None => {
            read.insert(name.to_owned(), text.to_owned());
            true
        }
    }
}
