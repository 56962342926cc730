//! Colours in OKLab, where equal steps look equal: what palettes and mixtures are reckoned in.
//!
//! Mixing there keeps mixtures clean, and a colour outside the screen's range loses chroma rather
//! than changing its hue.

use std::f64::consts::TAU;

/// A colour in OKLab (Ottosson 2020): lightness 0 (black) to 1 (white) and two opponent axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour {
    pub lightness: f64,
    pub a: f64,
    pub b: f64,
}

impl Colour {
    /// From lightness (0 to 1), chroma (0 to about 0.3) and hue (in turns).
    pub fn lch(lightness: f64, chroma: f64, hue: f64) -> Self {
        Self {
            lightness,
            a: chroma * libm::cos(hue * TAU),
            b: chroma * libm::sin(hue * TAU),
        }
    }

    /// From sRGB components in 0 to 1.
    pub fn from_rgb(rgb: [f64; 3]) -> Self {
        let [r, g, b] = rgb.map(decoded);
        let l = libm::cbrt(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b);
        let m = libm::cbrt(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b);
        let s = libm::cbrt(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b);
        Self {
            lightness: 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            a: 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            b: 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        }
    }

    /// sRGB components in 0 to 1; what the screen cannot show is brought in by less chroma.
    pub fn rgb(self) -> [f64; 3] {
        let colour = Self {
            lightness: self.lightness.clamp(0.0, 1.0),
            ..self
        };
        let (mut within, mut beyond) = (0.0, 1.0);
        let mut linear = colour.linear();
        if !shown(linear) {
            for _ in 0..7 {
                let middle = f64::midpoint(within, beyond);
                if shown(colour.muted(middle).linear()) {
                    within = middle;
                } else {
                    beyond = middle;
                }
            }
            linear = colour.muted(within).linear();
        }
        linear.map(|value| encoded(value.clamp(0.0, 1.0)))
    }

    fn linear(self) -> [f64; 3] {
        let cube = |x: f64| x * x * x;
        let l = cube(self.lightness + 0.396_337_777_4 * self.a + 0.215_803_757_3 * self.b);
        let m = cube(self.lightness - 0.105_561_345_8 * self.a - 0.063_854_172_8 * self.b);
        let s = cube(self.lightness - 0.089_484_177_5 * self.a - 1.291_485_548_0 * self.b);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ]
    }

    /// The colour `t` of the way (0 to 1) to another.
    pub fn mix(self, other: Self, t: f64) -> Self {
        let blend = |from: f64, to: f64| from + (to - from) * t;
        Self {
            lightness: blend(self.lightness, other.lightness),
            a: blend(self.a, other.a),
            b: blend(self.b, other.b),
        }
    }

    /// Lighter by `step`, or darker where it is negative.
    pub fn lit(self, step: f64) -> Self {
        Self {
            lightness: (self.lightness + step).clamp(0.03, 0.985),
            ..self
        }
    }

    /// The chroma times `factor`.
    pub fn muted(self, factor: f64) -> Self {
        Self {
            a: self.a * factor,
            b: self.b * factor,
            ..self
        }
    }
}

fn shown(linear: [f64; 3]) -> bool {
    linear.iter().all(|v| (-0.0005..=1.0005).contains(v))
}

/// The sRGB transfer curve.
fn encoded(linear: f64) -> f64 {
    if linear <= 0.003_130_8 {
        12.92 * linear
    } else {
        1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055
    }
}

fn decoded(value: f64) -> f64 {
    if value <= 0.040_45 {
        value / 12.92
    } else {
        libm::pow((value + 0.055) / 1.055, 2.4)
    }
}
