//! The colours of one work: a ground, six inks from dark to light and an accent.
//!
//! An artist has a few favourite schemes; a work takes one of them and moves it about, so that the
//! works of a hand are related and yet no two have the same colours.

use super::colour::Colour;
use palimpsest_base::random::Random;

/// The relation of a palette's hues, as turns from its home hue.
const HARMONIES: [[f64; 6]; 7] = [
    [0.0, 0.05, -0.06, 0.11, -0.1, 0.48],
    [0.0, 0.5, 0.04, 0.54, -0.05, 0.46],
    [0.0, 0.33, 0.67, 0.05, 0.38, 0.62],
    [0.0, 0.42, 0.58, 0.03, -0.05, 0.45],
    [0.0, 0.02, -0.02, 0.03, 0.5, 0.01],
    [0.0, 0.25, 0.5, 0.75, 0.05, 0.55],
    [0.0, 0.12, 0.5, 0.18, -0.06, 0.62],
];

/// The painter's wheel, where red lies opposite green, yellow opposite violet and blue opposite
/// orange: for each twelfth of a turn from red, the OKLab hue in degrees and how much chroma it bears.
/// Greens and violets of full chroma look like lamps, not like paint.
const WHEEL: [(f64, f64); 13] = [
    (25.0, 1.0),
    (40.0, 1.0),
    (57.0, 1.0),
    (75.0, 1.0),
    (96.0, 1.0),
    (116.0, 0.8),
    (150.0, 0.68),
    (195.0, 0.62),
    (245.0, 0.95),
    (266.0, 1.0),
    (296.0, 0.72),
    (345.0, 0.78),
    (385.0, 1.0),
];

/// A colour on the painter's wheel: `turn` in turns from red.
fn paint(lightness: f64, chroma: f64, turn: f64) -> Colour {
    let place = turn.rem_euclid(1.0) * 11.999_999;
    let below = (place as usize).min(11);
    let (from, to) = (WHEEL[below], WHEEL[below + 1]);
    let t = place - below as f64;
    let hue = from.0 + (to.0 - from.0) * t;
    let bears = from.1 + (to.1 - from.1) * t;
    Colour::lch(lightness, chroma * bears, hue / 360.0)
}

/// One of the colour schemes that an artist comes back to.
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    hue: f64,
    harmony: [f64; 6],
    chroma: f64,
    /// The chance of a dark ground, 0 to 1.
    night: f64,
    /// From narrow (0) to the whole range of lightness (1).
    contrast: f64,
}

impl Scheme {
    /// A scheme by chance.
    pub fn new(random: &mut Random) -> Self {
        Self {
            hue: random.unit(),
            harmony: random.pick(HARMONIES),
            chroma: random.pick([0.06, 0.1, 0.13, 0.16, 0.19]),
            night: random.pick([0.05, 0.2, 0.5, 0.9]),
            contrast: random.range(0.75, 1.0),
        }
    }
}

/// The colours of one work.
#[derive(Clone, Debug)]
pub struct Palette {
    /// Paper or canvas: very light, or very dark.
    pub ground: Colour,
    /// From the darkest to the lightest.
    pub inks: [Colour; 6],
    /// The strongest colour.
    pub accent: Colour,
    /// Nearly black, and nearly white.
    pub dark: Colour,
    pub light: Colour,
    /// True if the ground is dark.
    pub night: bool,
}

impl Palette {
    /// A palette after a scheme.
    pub fn new(scheme: &Scheme, random: &mut Random) -> Self {
        let home = scheme.hue + 0.05 * random.normal();
        let strength = scheme.chroma * random.range(0.8, 1.2);
        let night = random.chance(scheme.night);
        let mut turns = scheme.harmony;
        random.shuffle(&mut turns);
        let mut level = 0.0;
        let inks = turns.map(|turn| {
            let spread = (level / 5.0 - 0.5) * 0.64 * scheme.contrast;
            level += 1.0;
            let lightness = (0.57 + spread + random.spread(0.04)).clamp(0.12, 0.94);
            let chroma = strength * random.range(0.45, 1.25);
            paint(lightness, chroma, home + turn + random.spread(0.02))
        });
        let tint = home + random.pick([0.0, 0.5, 0.1]);
        let ground = if night {
            paint(random.range(0.13, 0.26), random.range(0.01, 0.06), tint)
        } else {
            paint(random.range(0.84, 0.96), random.range(0.01, 0.05), tint)
        };
        let accent_hue = home + random.pick([0.5, 0.42, 0.0, 0.33]) + random.spread(0.03);
        Self {
            ground,
            inks,
            accent: paint(random.range(0.55, 0.74), 0.12 + 0.5 * strength, accent_hue),
            dark: paint(random.range(0.14, 0.22), random.range(0.0, 0.05), tint),
            light: paint(random.range(0.92, 0.97), random.range(0.0, 0.03), tint),
            night,
        }
    }

    /// One of the inks, slightly off; now and then the accent.
    pub fn any(&self, random: &mut Random) -> Colour {
        let colour = if random.chance(0.1) {
            self.accent
        } else {
            self.inks[random.integer(0, 5)]
        };
        vary(colour, 0.025, random)
    }

    /// A tone of the palette from its darkest (0) to its lightest (1) ink.
    pub fn tone(&self, t: f64) -> Colour {
        let place = t.clamp(0.0, 1.0) * 4.999;
        let below = place as usize;
        self.inks[below].mix(self.inks[(below + 1).min(5)], place - below as f64)
    }

    /// An ink that stands out from a colour.
    pub fn against(&self, colour: Colour, random: &mut Random) -> Colour {
        let index = random.integer(0, 2);
        if colour.lightness > 0.55 {
            self.inks[index]
        } else {
            self.inks[5 - index]
        }
    }

    /// The colour of lines on the ground: dark on light, light on dark.
    pub fn line(&self) -> Colour {
        if self.night { self.light } else { self.dark }
    }
}

/// A colour moved about by chance, `by` in lightness and about as much in chroma.
pub fn vary(colour: Colour, by: f64, random: &mut Random) -> Colour {
    Colour {
        lightness: (colour.lightness + random.spread(by)).clamp(0.05, 0.98),
        a: colour.a + random.spread(by * 0.6),
        b: colour.b + random.spread(by * 0.6),
    }
}
