//! A few soft-edged fields of colour that float on one another, with what happened at their edges.

use std::f64::consts::FRAC_PI_2;

use super::Easel;
use super::colour::Colour;
use super::noise::{Noise, step};
use super::palette::{Palette, vary};
use super::plane::{Point, anywhere, at, lump};
use palimpsest_base::random::Random;

/// One field: its corners, its colours and how soft its edges are.
struct Field {
    from: Point,
    to: Point,
    softness: f64,
    rgb: [[f64; 3]; 2],
    edge: Noise,
    cloud: Noise,
}

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let ground = easel.palette.any(&mut easel.random);
    easel.canvas.flood(ground);
    for field in fields(easel, ground) {
        lay(easel, &field);
    }
    drips(easel);
    scrapes(easel);
    for _ in 0..easel.random.integer(1, 5) {
        let random = &mut easel.random;
        let place = anywhere(random, 0.08);
        let size = random.range(0.015, 0.07);
        let mark = lump(random, place, size, 0.4);
        let colour = easel.palette.any(random);
        easel.canvas.smooth(&mark, colour.veil(0.85));
    }
}

/// Divides the picture into bands or columns, each a field with a margin.
fn fields(easel: &mut Easel, ground: Colour) -> Vec<Field> {
    let random = &mut easel.random;
    let upright = random.chance(0.15 + 0.4 * easel.hand.habits[0]);
    let count = random.integer(2, 5);
    let shares: Vec<f64> = (0..count).map(|_| random.range(0.3, 1.6)).collect();
    let whole: f64 = shares.iter().sum();
    let mut start = 0.03;
    let mut fields = Vec::new();
    for share in shares {
        let end = start + 0.94 * share / whole;
        let margins = [random.range(0.02, 0.16), random.range(0.02, 0.16)];
        let (from, to) = (
            at(margins[0], start + 0.015),
            at(1.0 - margins[1], end - 0.015),
        );
        let turned = |p: Point| if upright { at(p.y, p.x) } else { p };
        let colour = easel
            .palette
            .any(random)
            .mix(ground, random.range(0.0, 0.12));
        let other = vary(colour.mix(easel.palette.any(random), 0.35), 0.05, random);
        fields.push(Field {
            from: turned(from),
            to: turned(to),
            softness: random.range(0.006, 0.035) * (0.4 + easel.hand.looseness),
            rgb: [colour.rgb(), other.rgb()],
            edge: Noise::new(random),
            cloud: Noise::new(random),
        });
        start = end;
        if random.chance(0.4) {
            fields.push(inset(&easel.palette, random, &fields));
        }
    }
    fields
}

/// A smaller field upon the latest one.
fn inset(palette: &Palette, random: &mut Random, fields: &[Field]) -> Field {
    let (from, to) = fields
        .last()
        .map_or((at(0.2, 0.2), at(0.8, 0.8)), |field| (field.from, field.to));
    let share = |low: f64, high: f64, t: f64| low + (high - low) * t;
    let [left, right] = [random.range(0.05, 0.5), random.range(0.6, 0.95)];
    let [top, bottom] = [random.range(0.1, 0.45), random.range(0.55, 0.9)];
    let colour = palette.any(random);
    Field {
        from: at(share(from.x, to.x, left), share(from.y, to.y, top)),
        to: at(share(from.x, to.x, right), share(from.y, to.y, bottom)),
        softness: random.range(0.006, 0.03),
        rgb: [colour.rgb(), vary(colour, 0.12, random).rgb()],
        edge: Noise::new(random),
        cloud: Noise::new(random),
    }
}

fn lay(easel: &mut Easel, field: &Field) {
    let dry = easel.hand.habits[1];
    easel.canvas.rework(|p, old| {
        let depth = (p.x - field.from.x)
            .min(field.to.x - p.x)
            .min(p.y - field.from.y)
            .min(field.to.y - p.y);
        if depth < -0.08 {
            return old;
        }
        let ragged = (field.edge.at(p.x * 14.0, p.y * 14.0) - 0.5) * 0.03
            + (field.edge.at(p.x * 45.0, p.y * 45.0) - 0.5) * 0.012;
        let cover = step(-field.softness, field.softness, depth + ragged);
        let cloud = field.cloud.octaves(p.x * 4.0, p.y * 6.0);
        let streak = field.cloud.at(p.x * 6.0, p.y * 52.0);
        let cover = cover * (1.0 - dry * 0.8 * step(0.62, 0.85, streak));
        let mut new = old;
        for (value, (one, other)) in new.iter_mut().zip(field.rgb[0].iter().zip(field.rgb[1])) {
            let paint = one + (other - one) * step(0.25, 0.75, cloud);
            *value += (paint - *value) * cover * 0.95;
        }
        new
    });
}

/// Paint that ran down.
fn drips(easel: &mut Easel) {
    let random = &mut easel.random;
    for _ in 0..easel.hand.count(0, 9, random) {
        let mut place = anywhere(random, 0.05);
        let colour = easel.palette.any(random);
        let mut way = vec![place];
        for _ in 0..random.integer(3, 9) {
            place = place.moved(random.spread(0.006), random.range(0.01, 0.05));
            way.push(place);
        }
        let width = random.range(0.006, 0.014) * easel.hand.weight;
        easel.canvas.curve(&way, width, colour.veil(0.75));
        easel.canvas.disc(place, width * 0.9, colour.veil(0.8));
    }
}

/// Long marks of the palette knife across the fields.
fn scrapes(easel: &mut Easel) {
    let random = &mut easel.random;
    for _ in 0..random.integer(1, 6) {
        let from = anywhere(random, 0.0);
        let turn = random.pick([0.0, FRAC_PI_2, 0.4]) + random.spread(0.3);
        let middle = from.toward(turn, random.range(0.1, 0.3));
        let to = middle.toward(turn + random.spread(0.5), random.range(0.1, 0.4));
        let colour = random.pick([
            easel.palette.light,
            easel.palette.dark,
            easel.palette.accent,
        ]);
        let width = random.range(0.005, 0.03) * easel.hand.weight;
        easel.canvas.curve(
            &[from, middle, to],
            width,
            colour.veil(random.range(0.25, 0.9)),
        );
    }
}
