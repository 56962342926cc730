//! Names in characters that no font has: that is said once, with the package that has them, since the boxes in their
//! place say nothing.

use std::collections::BTreeSet;

use eframe::egui::{Context, FontId, TextStyle};

use crate::app::words::say;

/// The most characters that are remembered.
const MOST: usize = 20_000;

/// A kind of characters that a font of its own has.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Script {
    /// Chinese, Japanese and Korean.
    EastAsian,
    Emoji,
    Other,
}

impl Script {
    fn of(character: char) -> Self {
        match u32::from(character) {
            0x1100..=0x11FF | 0x2E80..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF => {
                Self::EastAsian
            }
            0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF => {
                Self::EastAsian
            }
            0x2600..=0x27BF | 0x1F000..=0x1FAFF => Self::Emoji,
            _ => Self::Other,
        }
    }

    fn sentence(self, name: &str) -> String {
        match self {
            Self::EastAsian => say!("missing-east-asian", "name" => name),
            Self::Emoji => say!("missing-emoji", "name" => name),
            Self::Other => say!("missing-characters", "name" => name),
        }
    }
}

/// The characters that were looked at, and what was said of them.
#[derive(Default)]
pub struct MissingGlyphs {
    seen: BTreeSet<char>,
    told: BTreeSet<Script>,
    /// The number of names that were looked at last: names come and go, but do not change.
    looked_at: usize,
}

impl MissingGlyphs {
    /// Looks at names where there are others than before; gives a sentence for each kind of characters that is missing,
    /// once.
    pub fn look_at(&mut self, ctx: &Context, names: &[String]) -> Vec<String> {
        if names.len() == self.looked_at {
            return Vec::new();
        }
        self.looked_at = names.len();
        let font = ctx
            .global_style()
            .text_styles
            .get(&TextStyle::Body)
            .cloned();
        let font = font.unwrap_or_default();
        let sentences = names.iter().filter_map(|name| self.first(ctx, &font, name));
        sentences.collect()
    }

    fn first(&mut self, ctx: &Context, font: &FontId, name: &str) -> Option<String> {
        let new: Vec<char> = name
            .chars()
            .filter(|c| !c.is_ascii() && !c.is_control() && !is_invisible(*c))
            .filter(|c| self.seen.len() < MOST && self.seen.insert(*c))
            .collect();
        let missing = new
            .into_iter()
            .find(|c| !ctx.fonts_mut(|fonts| fonts.has_glyph(font, *c)))?;
        let script = Script::of(missing);
        self.told.insert(script).then(|| script.sentence(name))
    }
}

/// Joiners and marks of variants, which have no glyph of their own.
fn is_invisible(character: char) -> bool {
    matches!(u32::from(character), 0x200B..=0x200F | 0x2060..=0x2064 | 0xFE00..=0xFE0F | 0xE0000..=0xE01EF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_by_their_characters() {
        for (character, script) in [
            ('画', Script::EastAsian),
            ('カ', Script::EastAsian),
            ('한', Script::EastAsian),
            ('🎨', Script::Emoji),
            ('क', Script::Other),
        ] {
            assert_eq!(Script::of(character), script, "{character}");
        }
    }
}
