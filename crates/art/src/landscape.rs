//! Hills behind hills under a sky, paler with distance, with fields, trees and now and then water.

use super::Easel;
use super::brush::{go_over, hatch};
use super::canvas::Ink;
use super::colour::Colour;
use super::noise::Noise;
use super::palette::vary;
use super::plane::{Point, WHOLE, at, bend, ellipse, lump, ribbon};

/// The country of one work.
struct Land {
    height: f64,
    scale: f64,
    /// From rolling (0) to craggy (1).
    rough: f64,
    steep: bool,
    furrowed: f64,
}

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let horizon = easel.random.range(0.22, 0.62);
    let haze = sky(easel, horizon);
    let land = land(easel);
    let layers = easel.hand.count(3, 7, &mut easel.random);
    for layer in 0..layers {
        let near = (layer as f64 + 0.5) / layers as f64;
        let level = horizon + (1.0 - horizon) * near * easel.random.range(0.75, 0.95) - 0.04;
        ridge(easel, &land, level, near, haze);
    }
    if easel.random.chance(0.5) {
        road(easel, horizon);
    }
    go_over(easel, 0.022);
    for _ in 0..easel.random.integer(0, 3) {
        bird(easel, horizon);
    }
}

fn land(easel: &mut Easel) -> Land {
    let random = &mut easel.random;
    Land {
        height: random.range(0.1, 0.42),
        scale: random.range(0.9, 3.2) * (0.6 + easel.hand.habits[0]),
        rough: random.unit() * random.unit(),
        steep: random.chance(0.2 + 0.5 * easel.hand.habits[1]),
        furrowed: random.unit(),
    }
}

/// The sky with its light and clouds; gives the colour that far hills fade into.
fn sky(easel: &mut Easel, horizon: f64) -> Colour {
    let (canvas, palette, random) = (&mut easel.canvas, &easel.palette, &mut easel.random);
    let (high, low) = if palette.night {
        (
            palette.inks[0].lit(-0.1),
            palette.tone(random.range(0.3, 0.7)),
        )
    } else {
        (
            palette.tone(random.range(0.5, 1.0)),
            palette.inks[5].lit(0.05),
        )
    };
    let middle = palette.any(random).mix(low, 0.5);
    let fall = [at(random.spread(0.3), 0.0), at(0.0, horizon + 0.1)];
    canvas.flood(Ink::Linear(
        fall,
        vec![(high, 1.0), (middle, 1.0), (low, 1.0)],
    ));
    let sun = at(random.range(0.1, 0.9), random.range(0.06, horizon));
    let radius = random.range(0.035, 0.13);
    let disc = palette.against(middle, random).mix(palette.accent, 0.6);
    let glow = vec![(disc.lit(0.1), 0.7), (disc, 0.0)];
    canvas.disc(sun, radius * 3.2, Ink::Radial(sun, radius * 3.2, glow));
    canvas.disc(sun, radius, disc);
    clouds(easel, horizon, low);
    low
}

/// One range of hills from edge to edge, with what grows on it.
fn ridge(easel: &mut Easel, land: &Land, level: f64, near: f64, haze: Colour) {
    let (palette, random) = (&easel.palette, &mut easel.random);
    let noise = Noise::new(random);
    let height = land.height * random.range(0.5, 1.2) * (1.1 - 0.5 * near);
    let scale = land.scale * random.range(0.7, 1.3);
    let rise = |x: f64| {
        let rolling = noise.at(x * scale, near * 9.0);
        let craggy = noise.octaves(x * scale, near * 9.0);
        let wave = rolling + (craggy - rolling) * land.rough - 0.5;
        if land.steep {
            0.4 - (2.0 * wave).abs()
        } else {
            wave
        }
    };
    let crest: Vec<Point> = (0..=44)
        .map(|step| -0.05 + f64::from(step) / 40.0)
        .map(|x| at(x, level - rise(x) * height * 1.5))
        .collect();
    let own = palette.tone(0.85 - 0.8 * near + random.spread(0.2));
    let colour = haze.mix(vary(own, 0.03, random), 0.25 + 0.75 * near);
    let foot = colour
        .mix(haze, 0.35 * (1.0 - near))
        .lit(random.spread(0.1));
    let mut slope = crest.clone();
    slope.extend([at(1.1, 1.1), at(-0.1, 1.1)]);
    let shading = vec![(colour, 1.0), (foot, 1.0)];
    let low = at(0.4 + random.spread(0.3), level + 0.3);
    let light = Ink::Linear([at(0.5, level - height), low], shading);
    easel.canvas.polygon(&slope, light);
    easel.canvas.clip(&slope);
    if random.chance(land.furrowed) {
        furrows(easel, colour);
    }
    patches(easel, level, near, colour);
    easel.canvas.unclip();
    if near > 0.3 && easel.random.chance(0.75) {
        growth(easel, &crest, near, colour);
    }
}

/// Fields of other colours on a slope.
fn patches(easel: &mut Easel, level: f64, near: f64, colour: Colour) {
    let random = &mut easel.random;
    for _ in 0..random.integer(1, 6) {
        let place = at(random.unit(), level + random.range(0.0, 0.3));
        let size = random.range(0.03, 0.12) * (0.5 + near);
        let field = lump(random, place, size, 0.35);
        let flat: Vec<Point> = field
            .iter()
            .map(|p| at(p.x, place.y + (p.y - place.y) * 0.35))
            .collect();
        let tint = colour.mix(easel.palette.any(random), random.range(0.2, 0.7));
        easel.canvas.smooth(&flat, tint.veil(0.85));
    }
}

/// Trees and bushes along a crest.
fn growth(easel: &mut Easel, crest: &[Point], near: f64, colour: Colour) {
    let random = &mut easel.random;
    let pointed = random.chance(easel.hand.habits[2]);
    for _ in 0..random.integer(3, 16) {
        let Some(foot) = crest.get(random.integer(0, crest.len().saturating_sub(1))) else {
            return;
        };
        let foot = foot.moved(random.spread(0.012), random.range(0.0, 0.1) * near);
        let size = random.range(0.025, 0.08) * (0.4 + near);
        let leaves = vary(colour.lit(random.range(-0.22, 0.06)), 0.05, random);
        let leaves = leaves.mix(easel.palette.any(random), 0.25);
        if pointed {
            let tip = foot.moved(random.spread(0.005), -2.0 * size);
            let cone = [
                tip,
                foot.moved(size * 0.4, 0.0),
                foot.moved(-size * 0.4, 0.0),
            ];
            easel.canvas.polygon(&cone, leaves);
        } else {
            let crown = lump(random, foot.moved(0.0, -size), size * 0.7, 0.2);
            easel.canvas.line(
                &[foot, foot.moved(0.0, -size)],
                size * 0.15,
                colour.lit(-0.3),
            );
            easel.canvas.smooth(&crown, leaves);
            let lit = lump(
                random,
                foot.moved(-size * 0.2, -size * 1.15),
                size * 0.35,
                0.2,
            );
            easel.canvas.smooth(&lit, leaves.lit(0.1));
        }
    }
}

/// A road or a river that comes towards the viewer.
fn road(easel: &mut Easel, horizon: f64) {
    let random = &mut easel.random;
    let far = at(random.unit(), horizon + random.range(0.1, 0.3));
    let mouth = at(random.range(0.0, 1.0), 1.05);
    let pull = at(random.range(-0.3, 1.3), random.range(horizon + 0.15, 0.95));
    let width = random.range(0.03, 0.12);
    let way = ribbon(&bend(far, pull, mouth, 16), |t| 0.004 + width * t * t);
    let colour = easel.palette.inks[random.integer(3, 5)].lit(0.04);
    easel.canvas.polygon(&way, colour.veil(0.9));
}

fn bird(easel: &mut Easel, horizon: f64) {
    let random = &mut easel.random;
    let body = at(random.unit(), random.range(0.04, horizon));
    let span = random.range(0.015, 0.045);
    let wings = [
        body.moved(-span, -span * random.range(0.2, 0.8)),
        body.moved(-span * 0.4, -span * 0.6),
        body,
        body.moved(span * 0.4, -span * 0.6),
        body.moved(span, -span * random.range(0.2, 0.8)),
    ];
    easel.canvas.curve(&wings, 0.008, easel.palette.dark);
}

fn clouds(easel: &mut Easel, horizon: f64, low: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    for _ in 0..random.integer(1, 9) {
        let place = at(random.range(-0.1, 1.1), random.range(0.0, horizon));
        let colour = vary(low.mix(easel.palette.light, random.unit()), 0.08, random);
        let size = random.range(0.03, 0.22);
        let flat = size * random.range(0.12, 0.35);
        let cloud = ellipse(place, size, flat, random.spread(0.2));
        let ragged: Vec<Point> = cloud
            .iter()
            .map(|p| p.moved(random.spread(0.3 * size), random.spread(0.3 * flat)))
            .collect();
        canvas.smooth(&ragged, colour.veil(random.range(0.3, 0.9)));
    }
}

fn furrows(easel: &mut Easel, colour: Colour) {
    let random = &mut easel.random;
    let gap = random.range(0.015, 0.06);
    let furrow = vary(colour.lit(random.pick([-0.08, 0.08])), 0.03, random);
    let (angle, bow) = (random.spread(0.9), random.spread(0.4));
    hatch(&mut easel.canvas, WHOLE, angle, gap, gap * 0.4, furrow, bow);
}
