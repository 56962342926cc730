//! The sea: rows of waves towards the viewer, foam, sails, cliffs, and the light on the water.

use super::Easel;
use super::brush::{go_over, stroke};
use super::canvas::{Canvas, Ink};
use super::colour::Colour;
use super::noise::Noise;
use super::palette::vary;
use super::plane::{Point, at, ellipse, lump};
use palimpsest_base::random::Random;

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let horizon = easel.random.range(0.2, 0.6);
    let light = sky(easel, horizon);
    if easel.random.chance(0.6) {
        cliff(easel, horizon);
    }
    let rows = easel.hand.count(6, 13, &mut easel.random);
    let wildness = easel.random.range(0.3, 2.0) * (0.6 + easel.hand.looseness);
    let boats = easel.random.integer(0, 3);
    for row in 0..rows {
        let near = row as f64 / rows as f64;
        let level = horizon + (1.0 - horizon) * (0.3 * near + 0.75 * near * near);
        wave(easel, level, near, wildness, light);
        if row % 3 == 1 && row / 3 < boats {
            boat(easel, level, near);
        }
    }
    go_over(easel, 0.018);
    spray(easel, horizon, wildness);
}

/// The sky with clouds and sun; gives the colour of its light.
fn sky(easel: &mut Easel, horizon: f64) -> Colour {
    let (canvas, palette, random) = (&mut easel.canvas, &easel.palette, &mut easel.random);
    let high = if palette.night {
        palette.inks[0]
    } else {
        palette.tone(random.range(0.4, 1.0))
    };
    let low = palette.any(random).lit(0.15);
    canvas.flood(Ink::Linear(
        [at(0.5, 0.0), at(0.5, horizon)],
        vec![(high, 1.0), (low, 1.0)],
    ));
    let sun = at(random.range(0.08, 0.92), random.range(0.05, horizon + 0.03));
    let radius = random.range(0.03, 0.12);
    let disc = palette
        .accent
        .mix(palette.light, random.pick([0.0, 0.3, 0.9]));
    let glow = vec![(disc, 0.8), (disc, 0.0)];
    canvas.disc(sun, radius * 3.0, Ink::Radial(sun, radius * 3.0, glow));
    canvas.disc(sun, radius, disc);
    for _ in 0..random.integer(2, 14) {
        let place = at(random.unit(), random.range(0.0, horizon));
        let reach = random.range(0.05, 0.25);
        let way: Vec<Point> = (0..5)
            .map(|step| place.moved(reach * (f64::from(step) / 4.0 - 0.5), random.spread(0.02)))
            .collect();
        let colour = vary(
            low.mix(random.pick([palette.light, palette.inks[1], disc]), 0.5),
            0.04,
            random,
        );
        stroke(canvas, &way, random.range(0.012, 0.05), colour, random);
    }
    disc
}

fn cliff(easel: &mut Easel, horizon: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let noise = Noise::new(random);
    let left = random.chance(0.5);
    let (reach, height) = (random.range(0.2, 0.7), random.range(0.08, 0.4));
    let colour = easel.palette.tone(random.range(0.0, 0.5));
    for layer in 0..random.integer(1, 3) {
        let shrink = 1.0 - 0.28 * layer as f64;
        let mut rock: Vec<Point> = (0..=20)
            .map(|step| {
                let t = f64::from(step) / 20.0;
                let jag = noise.octaves(t * 5.0, layer as f64 * 3.0);
                let x = t * reach * shrink;
                let drop = height * shrink * (1.0 - t * t) * (0.55 + 0.9 * jag);
                at(if left { x } else { 1.0 - x }, horizon + 0.02 - drop)
            })
            .collect();
        let edge = if left { -0.1 } else { 1.1 };
        rock.extend([
            at(0.5, horizon + 0.05),
            at(edge, horizon + 0.05),
            at(edge, horizon - height * shrink),
        ]);
        let face = vary(colour.lit(-0.07 * layer as f64 + 0.05), 0.04, random);
        canvas.polygon(&rock, face);
        canvas.clip(&rock);
        for _ in 0..random.integer(4, 12) {
            let x = random.range(0.0, reach);
            let place = at(
                if left { x } else { 1.0 - x },
                horizon - random.unit() * height,
            );
            crack(canvas, place, face, random);
        }
        canvas.unclip();
    }
}

/// One row of waves, with its shade, its foam and the light on it.
fn wave(easel: &mut Easel, level: f64, near: f64, wildness: f64, light: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let noise = Noise::new(random);
    let swell = (0.008 + 0.085 * near) * wildness;
    let scale = 12.0 - 9.0 * near;
    let sharp = easel.hand.habits[0] > 0.5;
    let crest: Vec<Point> = (0..=48)
        .map(|step| {
            let x = -0.05 + f64::from(step) / 43.0;
            let rise = noise.octaves(x * scale, near * 11.0) - 0.5;
            let rise = if sharp {
                0.35 - (2.2 * rise).abs()
            } else {
                rise
            };
            at(x, level - 2.0 * swell * rise)
        })
        .collect();
    let mut body = crest.clone();
    body.extend([at(1.1, 1.1), at(-0.1, 1.1)]);
    let tone = easel.hand.habits[1] * 0.3 + random.range(0.05, 0.5) + 0.2 * (1.0 - near);
    let water = vary(easel.palette.tone(tone), 0.03, random);
    let deep = water.lit(-0.18);
    let fall = [at(0.5, level - swell), at(0.5, level + 0.1 + 0.15 * near)];
    canvas.polygon(
        &body,
        Ink::Linear(fall, vec![(water.lit(0.06), 1.0), (deep, 1.0)]),
    );
    foam(easel, &crest, water, near, wildness);
    glints(
        easel,
        level,
        near,
        [light, water.lit(0.12), deep.lit(-0.06)],
    );
}

fn boat(easel: &mut Easel, level: f64, near: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let size = 0.03 + 0.12 * near * random.range(0.6, 1.2);
    let place = at(random.range(0.1, 0.9), level);
    let lean = random.spread(0.35) * size;
    let hull = [
        place.moved(-size, -0.35 * size),
        place.moved(size * 1.1, -0.4 * size),
        place.moved(0.7 * size, 0.1 * size),
        place.moved(-0.7 * size, 0.1 * size),
    ];
    canvas.polygon(
        &hull,
        easel.palette.dark.mix(easel.palette.any(random), 0.4),
    );
    let mast = [
        place.moved(0.0, -0.3 * size),
        place.moved(lean, -random.range(1.8, 2.8) * size),
    ];
    canvas.line(&mast, 0.008, easel.palette.dark);
    for side in [1.0, -0.8] {
        let sail = [mast[1], mast[0].moved(side * size, 0.0), mast[0]];
        let cloth = easel
            .palette
            .light
            .mix(easel.palette.any(random), random.unit());
        canvas.polygon(&sail, cloth);
    }
}

/// Flecks of foam, gulls and a rock or two before everything.
fn spray(easel: &mut Easel, horizon: f64, wildness: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    for _ in 0..random.integer(0, 3) {
        let place = at(random.unit(), random.range(0.75, 1.0));
        let size = random.range(0.04, 0.14);
        canvas.smooth(
            &lump(random, place, size, 0.35),
            easel.palette.dark.lit(0.05),
        );
        let top = place.moved(-0.2 * size, -0.4 * size);
        canvas.smooth(
            &lump(random, top, size * 0.5, 0.35),
            easel.palette.tone(0.2).veil(0.8),
        );
        canvas.smooth(
            &ellipse(place.moved(0.0, 0.8 * size), 1.3 * size, 0.2 * size, 0.0),
            easel.palette.light.veil(0.7),
        );
    }
    for _ in 0..(wildness * 30.0) as usize {
        let place = at(random.unit(), random.range(horizon + 0.1, 1.0));
        canvas.disc(
            place,
            random.range(0.002, 0.009),
            easel.palette.light.veil(0.8),
        );
    }
}

fn crack(canvas: &mut Canvas, place: Point, face: Colour, random: &mut Random) {
    let end = place.moved(random.spread(0.04), random.range(0.03, 0.1));
    canvas.line(
        &[place, end],
        random.range(0.006, 0.025),
        face.lit(random.spread(0.15)).veil(0.8),
    );
}

/// Broken foam along a crest.
fn foam(easel: &mut Easel, crest: &[Point], water: Colour, near: f64, wildness: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let foam = easel.palette.light.mix(water, 0.15);
    let mut start = 0;
    while start < crest.len() {
        let end = (start + random.integer(2, 9)).min(crest.len());
        if let (Some(piece), true) = (crest.get(start..end), random.chance(0.25 + 0.4 * wildness)) {
            canvas.curve(
                piece,
                (0.004 + 0.014 * near) * easel.hand.weight,
                foam.veil(0.9),
            );
        }
        start = end;
    }
}

/// Light and shade on the water below a crest.
fn glints(easel: &mut Easel, level: f64, near: f64, colours: [Colour; 3]) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    for _ in 0..random.integer(3, 10) {
        let place = at(random.unit(), level + random.range(0.0, 0.03 + 0.1 * near));
        let reach = random.range(0.01, 0.05) * (0.5 + near);
        let colour = random.pick(colours);
        let glint = [
            place.moved(-reach, 0.0),
            place.moved(0.0, 0.2 * reach),
            place.moved(reach, 0.0),
        ];
        canvas.curve(&glint, 0.004 + 0.01 * near, colour.veil(0.75));
    }
}
