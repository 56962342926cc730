//! The fonts of an exhibit: the choice of one for each character, and the characters that none has. The program
//! carries them in its own folder, since another edition of a font would change the bytes of every exhibit.

use std::collections::BTreeSet;
use std::sync::Arc;

use krilla::text::Font;
use rustybuzz::ttf_parser::Permissions;

use crate::exhibit::ExhibitError;
use crate::font_files::{FALLBACK, MONO, REGULAR, SEMIBOLD};
use crate::language::Texts;

/// The most fonts of the system that are tried.
const MAX_EXTRA: usize = 64;

/// A font file for characters that the program's own fonts lack.
#[derive(Clone, Debug)]
pub struct FontFile {
    pub bytes: Arc<Vec<u8>>,
    /// Index of the font in a collection, 0 in a file of one.
    pub index: u32,
}

/// Cut of the type that a text is set in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Voice {
    Regular,
    Strong,
    /// Every letter as wide: for hashes, paths and commands.
    Mono,
}

/// A font, ready to be shaped and embedded.
pub struct Face<'a> {
    pub shaper: rustybuzz::Face<'a>,
    pub font: Font,
    /// The file itself, for figures.
    pub bytes: Arc<dyn AsRef<[u8]> + Send + Sync>,
}

/// The program's own fonts, then the caller's.
pub struct Fonts<'a> {
    faces: Vec<Face<'a>>,
    /// The words of the document, in its language.
    pub texts: &'static Texts,
    missing: BTreeSet<char>,
}

/// Places of the program's own fonts.
const INTER: usize = 0;
const INTER_STRONG: usize = 1;
const HACK: usize = 2;
const DEJAVU: usize = 3;
const OWN: usize = 4;

impl<'a> Fonts<'a> {
    /// Reads the fonts. Files of the caller that are no fonts or may not be embedded are left out.
    ///
    /// # Errors
    /// [`ExhibitError::Font`] if a font of the program is damaged.
    pub fn new(extra: &'a [FontFile], texts: &'static Texts) -> Result<Self, ExhibitError> {
        let own = [REGULAR, SEMIBOLD, MONO, FALLBACK];
        let mut faces = Vec::with_capacity(own.len() + extra.len().min(MAX_EXTRA));
        for bytes in own {
            faces.push(Face {
                shaper: rustybuzz::Face::from_slice(bytes, 0).ok_or(ExhibitError::Font)?,
                font: Font::new(bytes.into(), 0).ok_or(ExhibitError::Font)?,
                bytes: Arc::new(bytes),
            });
        }
        faces.extend(extra.iter().take(MAX_EXTRA).filter_map(Face::of_file));
        Ok(Self {
            faces,
            texts,
            missing: BTreeSet::new(),
        })
    }

    /// The font at a place that [`Fonts::choose`] gave.
    pub fn face(&self, place: usize) -> Option<&Face<'a>> {
        self.faces.get(place)
    }

    /// All fonts.
    pub fn faces(&self) -> &[Face<'a>] {
        &self.faces
    }

    /// The place of the first font that has every character of a cluster; `before` goes on where it can
    /// for what belongs to no script, so that a name in Arabic stays one run.
    pub fn choose(&self, cluster: &str, voice: Voice, before: Option<usize>) -> Option<usize> {
        let first = match voice {
            Voice::Regular => INTER,
            Voice::Strong => INTER_STRONG,
            Voice::Mono => HACK,
        };
        let neutral = cluster.chars().all(|c| c == ' ');
        let kept = before.filter(|_| neutral);
        let order = kept
            .into_iter()
            .chain([first, INTER, DEJAVU])
            .chain(OWN..self.faces.len());
        order.into_iter().find(|&place| self.has(place, cluster))
    }

    /// Notes a character that no font has.
    pub fn miss(&mut self, character: char) {
        self.missing.insert(character);
    }

    /// Characters that were asked for and that no font has.
    pub fn missing(&self) -> Vec<char> {
        self.missing.iter().copied().collect()
    }

    fn has(&self, place: usize, cluster: &str) -> bool {
        let shaper = self.faces.get(place).map(|face| &face.shaper);
        shaper.is_some_and(|shaper| {
            cluster
                .chars()
                .all(|c| is_joiner(c) || shaper.glyph_index(c).is_some_and(|glyph| glyph.0 != 0))
        })
    }
}

impl<'a> Face<'a> {
    fn of_file(file: &'a FontFile) -> Option<Self> {
        let shaper = rustybuzz::Face::from_slice(&file.bytes, file.index)?;
        // A font whose licence forbids embedding has no place in a file that is handed on.
        if shaper.permissions() == Some(Permissions::Restricted) {
            return None;
        }
        Some(Self {
            shaper,
            font: Font::new(Arc::clone(&file.bytes).into(), file.index)?,
            bytes: Arc::<Vec<u8>>::clone(&file.bytes),
        })
    }
}

/// True of a character that only steers how its neighbours are shaped and needs no shape of its own.
fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}
