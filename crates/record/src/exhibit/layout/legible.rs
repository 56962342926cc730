//! Text from anywhere as text that can be printed: what has no shape, or would turn its neighbours
//! round unseen, is spelt out as a code point. A file name that hides its true ending behind a
//! reversing mark must not do so in an exhibit.

use unicode_segmentation::UnicodeSegmentation;

use super::fonts::{Fonts, Voice};
use crate::language::args;

/// The most characters of one text that are printed.
const MAX_CHARACTERS: usize = 4000;
/// The most characters of one letter with its marks: more would cover its neighbours.
const MAX_CLUSTER: usize = 12;

/// The text with every character that can be printed, the others spelt out, and the rest counted
/// where it is longer than anybody reads.
pub fn legible(text: &str, voice: Voice, fonts: &mut Fonts) -> String {
    let mut shown = String::new();
    let kept = text
        .char_indices()
        .nth(MAX_CHARACTERS)
        .map_or(text.len(), |(end, _)| end);
    let (kept, rest) = text.split_at_checked(kept).unwrap_or((text, ""));
    for cluster in kept.graphemes(true) {
        if cluster.chars().all(char::is_whitespace) {
            // No-break spaces are kept: they are wanted. Everything else is a place between words.
            shown.push(match cluster {
                "\u{202f}" if fonts.choose(cluster, voice, None).is_some() => '\u{202f}',
                "\u{202f}" | "\u{a0}" => '\u{a0}',
                _ => ' ',
            });
            continue;
        }
        let cut = cluster.char_indices().nth(MAX_CLUSTER);
        let cluster = cut.map_or(cluster, |(end, _)| cluster.get(..end).unwrap_or(cluster));
        let plain = !cluster.chars().any(is_hidden);
        if plain && fonts.choose(cluster, voice, None).is_some() {
            shown.push_str(cluster);
        } else {
            spell(cluster, voice, fonts, &mut shown);
        }
    }
    if !rest.is_empty() {
        let count = rest.chars().count();
        let args = args!["characters" => count];
        shown.push_str(&fonts.texts.with("not-printed", &args));
    }
    shown
}

/// A drawing whose text can be printed, too: characters that have no shape are spelt out. What marks it
/// up is plain and stays as it is.
pub fn legible_drawing(svg: &str, fonts: &mut Fonts) -> String {
    let mut shown = String::with_capacity(svg.len());
    for character in svg.chars() {
        if character.is_ascii() {
            shown.push(character);
        } else {
            let mut letters = [0; 4];
            spell(
                character.encode_utf8(&mut letters),
                Voice::Regular,
                fonts,
                &mut shown,
            );
        }
    }
    shown
}

/// A text that is read aloud or listed, not printed: without what is hidden, and of at most `most`
/// characters.
pub fn heard(text: &str, most: usize) -> String {
    text.chars().filter(|&c| !is_hidden(c)).take(most).collect()
}

/// Adds the characters of a cluster one by one, by their code points where they have no shape.
fn spell(cluster: &str, voice: Voice, fonts: &mut Fonts, shown: &mut String) {
    for character in cluster.chars() {
        let mut letters = [0; 4];
        let hidden = is_hidden(character);
        if !hidden {
            let alone = character.encode_utf8(&mut letters);
            if fonts.choose(alone, voice, None).is_some() {
                shown.push(character);
                continue;
            }
            fonts.miss(character);
        }
        shown.push_str(&format!("‹U+{:04X}›", u32::from(character)));
    }
}

/// Controls, marks that change the direction of writing, private use, and what is no character.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{10ffff}')
        || u32::from(character) & 0xfffe == 0xfffe
}
