//! Coloured glass in lead: cells of light around one large figure.

use std::f64::consts::TAU;

use super::Easel;
use super::canvas::Ink;
use super::colour::Colour;
use super::palette::vary;
use super::plane::{Point, anywhere, at, cells, lump, middle, scattered, sector};

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let random = &mut easel.random;
    let lead = easel.palette.dark.lit(random.range(-0.06, 0.04));
    easel.canvas.flood(lead);
    let count = easel.hand.count(24, 70, random) + random.integer(0, 25);
    let mut sites = scattered(
        random,
        count,
        1 + (4.0 * (1.0 - easel.hand.looseness)) as usize,
    );
    let heart = anywhere(random, 0.2);
    let gather = random.range(0.0, 0.45);
    for site in &mut sites {
        *site = site.mix(heart, gather * (1.0 - site.distance(heart)).max(0.0));
    }
    let reach = random.range(0.22, 0.45);
    let figure = lump(random, heart, reach, 0.35);
    let inner = random.unit();
    let outer = (inner + random.pick([-0.55, 0.55])).clamp(0.0, 1.0);
    // The light falls in from one side, so that the glass is not equally bright everywhere.
    let (sun, reach_of_sun) = (random.angle(), random.range(0.1, 0.9));
    let width = 0.011 * easel.hand.weight + 0.004;
    for cell in cells(&sites) {
        let centre = middle(&cell);
        let inside = contains(&figure, centre);
        let tone = if inside { inner } else { outer } + easel.random.spread(0.16);
        let facing = (centre.x - 0.5) * libm::cos(sun) + (centre.y - 0.5) * libm::sin(sun);
        let tone = tone + facing * reach_of_sun;
        pane(easel, &cell, centre, tone, width, lead);
    }
    easel.canvas.contour(&figure, width * 1.3, lead);
    rays(easel, heart, reach, width);
}

fn pane(easel: &mut Easel, cell: &[Point], centre: Point, tone: f64, width: f64, lead: Colour) {
    let random = &mut easel.random;
    let mut colour = easel.palette.tone(tone).muted(1.25);
    if random.chance(0.2) {
        colour = easel.palette.any(random);
    }
    let colour = vary(colour, 0.06, random);
    let glow = centre.moved(random.spread(0.04), random.spread(0.04));
    let light = vec![
        (colour.lit(0.14), 1.0),
        (colour, 1.0),
        (colour.lit(-0.16), 1.0),
    ];
    easel.canvas.polygon(cell, Ink::Radial(glow, 0.13, light));
    if random.chance(0.35) {
        easel.canvas.clip(cell);
        for _ in 0..random.integer(2, 5) {
            let from = centre.moved(random.spread(0.08), random.spread(0.08));
            let to = from.toward(random.angle(), 0.12);
            let streak = colour.lit(random.pick([-0.12, 0.12]));
            easel.canvas.line(&[from, to], 0.012, streak.veil(0.6));
        }
        easel.canvas.unclip();
    }
    easel.canvas.outline(cell, width, lead);
}

/// A halo or an arch of glass pieces over the cells.
fn rays(easel: &mut Easel, heart: Point, reach: f64, width: f64) {
    let random = &mut easel.random;
    if random.chance(0.35) {
        return;
    }
    let centre = if random.chance(0.5) {
        heart
    } else {
        at(random.unit(), random.unit())
    };
    let pieces = random.integer(5, 13);
    let (from, sweep) = (random.angle(), random.range(2.0, TAU));
    let radii = [
        reach * random.range(0.2, 0.6),
        reach * random.range(0.7, 1.5),
    ];
    for piece in 0..pieces {
        let turn = from + sweep * piece as f64 / pieces as f64;
        let shape = sector(centre, radii, [turn, turn + sweep / pieces as f64]);
        let colour = easel.palette.any(random).muted(1.2);
        easel.canvas.polygon(&shape, colour);
        easel.canvas.outline(&shape, width, easel.palette.dark);
    }
}

/// True if a place lies in a polygon.
fn contains(polygon: &[Point], place: Point) -> bool {
    let mut inside = false;
    for (index, from) in polygon.iter().enumerate() {
        // The last edge leads back to the first corner.
        let to = polygon.get(index + 1).or(polygon.first()).unwrap_or(from);
        let crosses = (from.y > place.y) != (to.y > place.y);
        if crosses && place.x < from.x + (place.y - from.y) / (to.y - from.y) * (to.x - from.x) {
            inside = !inside;
        }
    }
    inside
}
