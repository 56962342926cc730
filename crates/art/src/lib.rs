//! Artworks that the program draws itself: the material of the lab's models.
//!
//! A lab needs pictures whose making is known: nobody's rights are touched, the works of one hand
//! are related and yet each has detail of its own that nobody guesses who has not seen it. A family
//! is a kind of picture, an artist a hand in it (colour schemes, weight of line, ways of composing),
//! a work one picture of that hand. All three are numbers; the same numbers give the same picture.

use std::fmt;
use std::str::FromStr;

use image::RgbImage;

mod botanical;
mod brush;
mod calligraphy;
mod canvas;
mod collage;
mod colour;
mod colour_field;
mod geometry;
mod grid;
mod hand;
mod landscape;
mod marbling;
mod night_sky;
mod noise;
mod object;
mod palette;
mod pebbles;
mod plane;
mod portrait;
mod quilt;

mod rings;
mod sea;
mod skyline;
mod stained_glass;
mod still_life;
mod strokes;
mod trees;

pub use object::draw_object;

use canvas::Canvas;
use hand::Hand;
use palette::Palette;
use palimpsest_base::random::Random;

/// A kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Layered hills under a sky, with sun, fields and trees.
    Landscape,
    /// Planes, bars, discs and arcs on an empty ground.
    Geometry,
    /// Brush strokes along a current.
    Strokes,
    /// A few soft-edged fields of colour.
    ColourField,
    /// Coloured glass in lead.
    StainedGlass,
    /// Discs of coloured rings and arcs.
    Rings,
    /// Heads with hair, eyes and shoulders.
    Portrait,
    /// Vases, bottles and fruit on a table.
    StillLife,
    /// Towers and lit windows.
    Skyline,
    /// Branches and foliage.
    Trees,
    /// Waves, sails and cliffs.
    Sea,
    /// Black bars and coloured fields.
    Grid,
    /// Patches of woven and printed cloth.
    Quilt,
    /// Pebbles and cells with cores.
    Pebbles,
    /// Gestures of a broad pen, with lines of script.
    Calligraphy,
    /// Whirling skies over a dark country.
    NightSky,
    /// Leaves, stalks and flowers.
    Botanical,
    /// Torn and cut paper.
    Collage,
    /// Colours floated on water.
    Marbling,
}

impl Family {
    /// All families.
    pub const ALL: [Self; 19] = [
        Self::Landscape,
        Self::Geometry,
        Self::Strokes,
        Self::ColourField,
        Self::StainedGlass,
        Self::Rings,
        Self::Portrait,
        Self::StillLife,
        Self::Skyline,
        Self::Trees,
        Self::Sea,
        Self::Grid,
        Self::Quilt,
        Self::Pebbles,
        Self::Calligraphy,
        Self::NightSky,
        Self::Botanical,
        Self::Collage,
        Self::Marbling,
    ];

    /// The family's name, as on a command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Landscape => "landscape",
            Self::Geometry => "geometry",
            Self::Strokes => "strokes",
            Self::ColourField => "colour-field",
            Self::StainedGlass => "stained-glass",
            Self::Rings => "rings",
            Self::Portrait => "portrait",
            Self::StillLife => "still-life",
            Self::Skyline => "skyline",
            Self::Trees => "trees",
            Self::Sea => "sea",
            Self::Grid => "grid",
            Self::Quilt => "quilt",
            Self::Pebbles => "pebbles",
            Self::Calligraphy => "calligraphy",
            Self::NightSky => "night-sky",
            Self::Botanical => "botanical",
            Self::Collage => "collage",
            Self::Marbling => "marbling",
        }
    }

    fn paint(self, easel: &mut Easel) {
        match self {
            Self::Landscape => landscape::paint(easel),
            Self::Geometry => geometry::paint(easel),
            Self::Strokes => strokes::paint(easel),
            Self::ColourField => colour_field::paint(easel),
            Self::StainedGlass => stained_glass::paint(easel),
            Self::Rings => rings::paint(easel),
            Self::Portrait => portrait::paint(easel),
            Self::StillLife => still_life::paint(easel),
            Self::Skyline => skyline::paint(easel),
            Self::Trees => trees::paint(easel),
            Self::Sea => sea::paint(easel),
            Self::Grid => grid::paint(easel),
            Self::Quilt => quilt::paint(easel),
            Self::Pebbles => pebbles::paint(easel),
            Self::Calligraphy => calligraphy::paint(easel),
            Self::NightSky => night_sky::paint(easel),
            Self::Botanical => botanical::paint(easel),
            Self::Collage => collage::paint(easel),
            Self::Marbling => marbling::paint(easel),
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No family has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a family of artworks")]
pub struct UnknownFamily(String);

impl FromStr for Family {
    type Err = UnknownFamily;

    fn from_str(text: &str) -> Result<Self, UnknownFamily> {
        let mut all = Self::ALL.into_iter();
        all.find(|family| family.name() == text)
            .ok_or_else(|| UnknownFamily(text.to_owned()))
    }
}

/// The tools of a family: the canvas, the artist's hand, the work's colours and its dice.
struct Easel {
    canvas: Canvas,
    hand: Hand,
    palette: Palette,
    random: Random,
}

/// Draws a work, `side` pixels square.
///
/// A work is the same composition at every size, and the same bytes whenever it is drawn. A side of
/// 0 gives an empty picture.
pub fn draw(family: Family, artist: u64, work: u64, side: u32) -> RgbImage {
    let kind = family as u32;
    let hand = Hand::new(&mut Random::of_hand(kind, artist));
    let mut random = Random::of_work(kind, artist, work);
    let palette = hand.palette(&mut random);
    let Some(canvas) = Canvas::new(side, palette.ground) else {
        return RgbImage::new(side, side);
    };
    let mut easel = Easel {
        canvas,
        hand,
        palette,
        random,
    };
    family.paint(&mut easel);
    easel.canvas.unclip();
    easel.hand.finish(&mut easel.canvas, &mut easel.random);
    easel.canvas.picture()
}

#[cfg(test)]
mod tests;
