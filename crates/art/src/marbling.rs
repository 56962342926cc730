//! Colours floated on water: bands folded by currents, combed, with drops that push them aside.

use std::f64::consts::TAU;

use super::Easel;
use super::noise::{Noise, step};
use super::plane::{Point, anywhere};

/// Half the width of the soft edge of a drop, in picture sides.
const EDGE: f64 = 0.005;

/// Half the width of the soft border of a band, as a part of all bands.
const SOFT: f64 = 0.009;

/// A drop that was let fall on the bath: it pushes aside what floats there.
struct Drop {
    place: Point,
    radius: f64,
    rgb: [f64; 3],
    core: [f64; 3],
}

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let bands = bands(easel);
    let drops = drops(easel);
    let random = &mut easel.random;
    let [fold, bend, fine] = [(); 3].map(|()| Noise::new(random));
    let (scale, pull) = (random.range(1.2, 3.2), random.range(0.3, 0.9));
    let (angle, repeat) = (random.angle(), random.range(1.3, 2.5));
    let comb = random.range(0.0, 0.022) * f64::from(u8::from(easel.hand.habits[0] > 0.45));
    let teeth = random.range(3.0, 9.0);
    let (cos, sin) = (libm::cos(angle), libm::sin(angle));
    easel.canvas.rework(|p, _| {
        let mut on = p;
        let (mut seen, mut rest) = ([0.0; 3], 1.0);
        // The latest drop lies on top; what floats beneath has been pushed outwards.
        for drop in drops.iter().rev() {
            let far = on.distance(drop.place);
            if far < drop.radius + EDGE {
                let cover = 1.0 - step(drop.radius - EDGE, drop.radius + EDGE, far);
                let core = 1.0 - step(-EDGE, EDGE, far - 0.45 * drop.radius);
                lay(&mut seen, mix(drop.rgb, drop.core, core), rest * cover);
                rest *= 1.0 - cover;
                if rest <= 0.0 {
                    return seen;
                }
            }
            let before = (far * far - drop.radius * drop.radius).max(0.0).sqrt();
            on = drop.place.mix(on, before / far.max(1e-6));
        }
        let sway = libm::sin(TAU * (on.x * sin + on.y * cos) * teeth) * comb;
        let (x, y) = (on.x + sway * cos, on.y - sway * sin);
        let dx = fold.at(x * scale, y * scale) - 0.5;
        let dy = bend.at(x * scale + 9.0, y * scale) - 0.5;
        let (u, v) = (x + pull * dx, y + pull * dy);
        let along = u * cos - v * sin;
        let level = (along + 0.4 * fine.octaves(u * 1.8, v * 1.8)) * repeat;
        lay(&mut seen, colour(&bands, level - level.floor()), rest);
        seen
    });
    spatter(easel);
}

fn mix(from: [f64; 3], to: [f64; 3], t: f64) -> [f64; 3] {
    let mut mixed = from;
    for (value, other) in mixed.iter_mut().zip(to) {
        *value += (other - *value) * t;
    }
    mixed
}

/// Adds a colour that covers a share of what is seen.
fn lay(seen: &mut [f64; 3], rgb: [f64; 3], share: f64) {
    for (sum, value) in seen.iter_mut().zip(rgb) {
        *sum += value * share;
    }
}

/// Bands of uneven width, each the start of its share of the circle and its colour.
fn bands(easel: &mut Easel) -> Vec<(f64, [f64; 3])> {
    let random = &mut easel.random;
    let count = easel.hand.count(6, 11, random);
    let mut start = 0.0;
    let mut bands = Vec::with_capacity(count);
    for band in 0..count {
        let colour = match band % 5 {
            0 => easel.palette.ground,
            2 => easel.palette.line(),
            _ => easel.palette.any(random),
        };
        bands.push((start, colour.rgb()));
        start += random.range(0.25, 1.6);
    }
    for band in &mut bands {
        band.0 /= start;
    }
    bands
}

/// The colour of the bands at a place from 0 to 1, with soft borders.
fn colour(bands: &[(f64, [f64; 3])], level: f64) -> [f64; 3] {
    let mut found = bands.last().map_or([0.0; 3], |band| band.1);
    for (start, rgb) in bands {
        if level <= start - SOFT {
            break;
        }
        found = mix(found, *rgb, step(start - SOFT, start + SOFT, level));
    }
    found
}

fn drops(easel: &mut Easel) -> Vec<Drop> {
    let random = &mut easel.random;
    (0..easel.hand.count(6, 18, random))
        .map(|_| {
            let rgb = easel.palette.any(random);
            Drop {
                place: anywhere(random, -0.05),
                radius: random.range(0.025, 0.13),
                rgb: rgb.rgb(),
                core: if random.chance(0.5) {
                    easel.palette.against(rgb, random).rgb()
                } else {
                    rgb.rgb()
                },
            }
        })
        .collect()
}

/// Fine drops flicked from the brush at the end.
fn spatter(easel: &mut Easel) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    for _ in 0..random.integer(1, 4) {
        let heart = anywhere(random, 0.0);
        let colour = easel.palette.any(random);
        for _ in 0..random.integer(5, 24) {
            let place = heart.moved(0.13 * random.normal(), 0.13 * random.normal());
            canvas.disc(place, random.range(0.004, 0.016), colour);
        }
    }
}
