//! Whirling skies in strokes: stars with haloes over a dark country with a few lit windows.

use super::Easel;
use super::brush::stroke;
use super::colour::Colour;
use super::noise::{Flow, Noise, step};
use super::palette::vary;
use super::plane::{Point, at, leaf, rectangle};

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let country = easel.random.range(0.62, 0.95);
    let dusk = easel.random.range(0.0, 0.35);
    let deep = easel.palette.dark.mix(easel.palette.tone(dusk), 0.75);
    easel.canvas.flood(deep);
    let random = &mut easel.random;
    let (heading, scale) = (random.spread(0.5), random.range(1.0, 2.5));
    let mut flow = Flow::new(random, heading, 0.25, scale);
    for _ in 0..random.integer(2, 5) {
        let centre = at(random.range(0.0, 1.0), random.range(0.0, country));
        let (radius, spin) = (random.range(0.08, 0.28), random.pick([-1.0, 1.0]));
        flow.whirl(centre, radius, spin);
    }
    currents(easel, &flow, country);
    let stars = easel.hand.count(4, 13, &mut easel.random);
    for star in 0..stars {
        let place = at(
            easel.random.unit(),
            easel.random.range(0.02, country - 0.05),
        );
        let size = if star == 0 {
            0.07
        } else {
            easel.random.range(0.012, 0.045)
        };
        halo(easel, place, size);
    }
    land(easel, country, deep);
    village(easel, country);
    if easel.random.chance(0.65) {
        cypress(easel, country);
    }
}

fn currents(easel: &mut Easel, flow: &Flow, country: f64) {
    let random = &mut easel.random;
    let drift = Noise::new(random);
    let patch = random.range(1.8, 4.0);
    let width = 0.021 * easel.hand.weight.clamp(0.75, 1.3);
    let (low, high) = (random.range(0.0, 0.3), random.range(0.75, 1.05));
    for _ in 0..(470.0 / easel.hand.weight.clamp(0.75, 1.3)) as usize {
        let place = at(
            random.range(-0.05, 1.05),
            random.range(-0.05, country + 0.05),
        );
        let along = flow.angle(place);
        let level = drift.octaves(
            place.x * patch + 0.3 * libm::cos(along),
            place.y * patch * 1.6,
        );
        let tone = low + (high - low) * step(0.3, 0.7, level);
        let colour = vary(easel.palette.tone(tone + random.spread(0.13)), 0.03, random);
        let way = flow.trace(place, random.range(0.04, 0.11), 5);
        stroke(
            &mut easel.canvas,
            &way,
            width * random.range(0.6, 1.2),
            colour,
            random,
        );
    }
}

/// A star or a moon: a core and broken rings of light about it.
fn halo(easel: &mut Easel, place: Point, size: f64) {
    let random = &mut easel.random;
    let core = random
        .pick([
            easel.palette.light,
            easel.palette.accent,
            easel.palette.inks[5],
        ])
        .lit(0.06);
    let rings = random.integer(2, 4);
    for ring in (1..=rings).rev() {
        let radius = size * (0.75 + 0.55 * ring as f64);
        let dashes = 5 + 3 * ring;
        let start = random.angle();
        for dash in 0..dashes {
            let turn = start + std::f64::consts::TAU * dash as f64 / dashes as f64;
            let way: Vec<Point> = (0..4)
                .map(|step| place.toward(turn + f64::from(step) * 1.3 / dashes as f64, radius))
                .collect();
            let fade = easel.palette.tone(0.8).mix(core, 1.0 - 0.22 * ring as f64);
            let colour = vary(fade, 0.05, random);
            stroke(&mut easel.canvas, &way, size * 0.42, colour, random);
        }
    }
    easel.canvas.disc(place, size * 0.8, core);
    easel.canvas.disc(
        place.moved(-0.15 * size, -0.1 * size),
        size * 0.5,
        core.lit(0.07),
    );
}

/// Dark hills in strokes that lean with the slope.
fn land(easel: &mut Easel, country: f64, deep: Colour) {
    let random = &mut easel.random;
    let noise = Noise::new(random);
    for layer in 0..random.integer(2, 4) {
        let level = country + 0.07 * layer as f64;
        let height = random.range(0.08, 0.3) / (1.0 + layer as f64);
        let crest = |x: f64| level - height * (noise.octaves(x * 2.5, layer as f64 * 5.0) - 0.4);
        let mut hill: Vec<Point> = (0..=36)
            .map(|step| -0.05 + f64::from(step) / 32.0)
            .map(|x| at(x, crest(x)))
            .collect();
        hill.extend([at(1.1, 1.1), at(-0.1, 1.1)]);
        let colour = deep.mix(easel.palette.any(random), 0.5).lit(-0.02);
        easel.canvas.polygon(&hill, colour);
        for _ in 0..32 {
            let x = random.range(-0.05, 1.0);
            let place = at(x, crest(x) + random.range(0.01, 0.12));
            let way = [
                place,
                place.moved(0.03, crest(x + 0.03) - crest(x)),
                place.moved(0.06, crest(x + 0.06) - crest(x)),
            ];
            let ink = vary(colour.lit(random.range(-0.1, 0.16)), 0.06, random);
            stroke(&mut easel.canvas, &way, 0.014, ink, random);
        }
    }
}

fn village(easel: &mut Easel, country: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let heart = random.unit();
    for _ in 0..random.integer(0, 9) {
        let (half, tall) = (random.range(0.014, 0.032), random.range(0.02, 0.045));
        let foot = at(
            heart + random.spread(0.28),
            random.range(country + 0.03, 0.98),
        );
        let wall = easel.palette.tone(random.range(0.1, 0.5));
        let ridge = foot.moved(
            random.spread(half * 0.4),
            -tall - half * random.range(0.7, 2.2),
        );
        canvas.polygon(
            &rectangle(foot.moved(-half, -tall), foot.moved(half, 0.0)),
            wall,
        );
        canvas.polygon(
            &[
                foot.moved(-half * 1.2, -tall),
                ridge,
                foot.moved(half * 1.2, -tall),
            ],
            wall.lit(-0.12),
        );
        let lamp = foot.moved(random.spread(half * 0.4), -tall * 0.5);
        canvas.disc(lamp, half * 0.35, easel.palette.accent.lit(0.18));
    }
}

/// A tall dark tree before everything.
fn cypress(easel: &mut Easel, country: f64) {
    let random = &mut easel.random;
    let foot = at(random.range(0.05, 0.95), 1.03);
    let height = random.range(0.35, 0.85) * (1.1 - 0.3 * country);
    let bark = easel.palette.dark.mix(easel.palette.inks[0], 0.3);
    for _ in 0..26 {
        let up = random.unit();
        let half = 0.09 * height * (1.0 - up);
        let root = foot.moved(random.spread(half), -up * height * 0.75);
        let tip = root.moved(random.spread(0.03), -random.range(0.15, 0.3) * height);
        let colour = vary(bark.lit(random.range(-0.03, 0.1)), 0.03, random);
        let flame = leaf(root, tip, 0.28, random.spread(0.15));
        easel.canvas.smooth(&flame, colour);
    }
}
