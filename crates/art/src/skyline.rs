//! A city: towers behind towers, windows lit by chance, a sky above and sometimes a river before.

use super::Easel;
use super::brush::go_over;
use super::canvas::Ink;
use super::colour::Colour;
use super::noise::Noise;
use super::palette::vary;
use super::plane::{Point, at, ellipse, rectangle};

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let haze = sky(easel);
    let shore = easel.random.pick([1.0, 1.0, 0.78, 0.86, 0.7]);
    go_over(easel, 0.02);
    let rows = easel.hand.count(2, 4, &mut easel.random);
    for row in 0..rows {
        let near = (row + 1) as f64 / rows as f64;
        street(easel, near, shore, haze);
    }
    if shore < 1.0 {
        river(easel, shore, haze);
    }
}

fn sky(easel: &mut Easel) -> Colour {
    let (canvas, palette, random) = (&mut easel.canvas, &easel.palette, &mut easel.random);
    let high = if palette.night {
        palette.dark.mix(palette.any(random), 0.35)
    } else {
        palette.any(random).lit(0.1)
    };
    let low = palette.tone(random.range(0.4, 1.0)).lit(0.05);
    let middle = high
        .mix(low, 0.5)
        .mix(palette.accent, random.range(0.0, 0.5));
    let tones = vec![(high, 1.0), (middle, 1.0), (low, 1.0)];
    canvas.flood(Ink::Linear(
        [at(0.5, 0.0), at(0.5 + random.spread(0.4), 0.8)],
        tones,
    ));
    let noise = Noise::new(random);
    let veil = palette.light.mix(middle, 0.3).rgb();
    let (bands, stretch) = (random.range(0.0, 0.7), random.range(2.0, 9.0));
    canvas.rework(|p, old| {
        let cloud = super::noise::step(0.5, 0.72, noise.octaves(p.x * 2.0, p.y * stretch)) * bands;
        let mut new = old;
        for (value, bright) in new.iter_mut().zip(veil) {
            *value += (bright - *value) * cloud;
        }
        new
    });
    moon(easel);
    low
}

/// One row of buildings from edge to edge.
fn street(easel: &mut Easel, near: f64, shore: f64, haze: Colour) {
    let own = easel
        .palette
        .tone(0.75 - 0.6 * near + easel.random.spread(0.15));
    let base = haze.mix(own, 0.25 + 0.7 * near);
    let mut left = easel.random.range(-0.1, 0.0);
    while left < 1.0 {
        let random = &mut easel.random;
        let width = random.range(0.06, 0.2) * (0.7 + 0.5 * easel.hand.habits[0]);
        let rise =
            random.range(0.12, 0.62) * (1.15 - 0.55 * near) + random.pick([0.0, 0.0, 0.0, 0.15]);
        let (from, to) = (at(left, (shore - rise).max(0.04)), at(left + width, shore));
        let mut wall = vary(base, 0.05, random);
        if random.chance(0.25) {
            wall = wall.mix(easel.palette.any(random), 0.6);
        }
        building(easel, from, to, wall, near);
        left += width * easel.random.range(0.85, 1.35);
    }
}

fn building(easel: &mut Easel, from: Point, to: Point, wall: Colour, near: f64) {
    let half = 0.5 * (to.x - from.x);
    roof(easel, from, to, wall);
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let light = vec![(wall.lit(0.06), 1.0), (wall.lit(-0.1), 1.0)];
    canvas.polygon(&rectangle(from, to), Ink::Linear([from, to], light));
    let side = at(to.x - half * random.range(0.2, 0.8), from.y);
    canvas.polygon(&rectangle(side, to), wall.lit(-0.13).veil(0.7));
    windows(easel, from, to, wall, near);
}

fn windows(easel: &mut Easel, from: Point, to: Point, wall: Colour, near: f64) {
    let random = &mut easel.random;
    let size =
        random.range(0.014, 0.026) * (0.7 + 0.5 * near) * easel.hand.weight.clamp(0.85, 1.25);
    let (gap_x, gap_y) = (size * random.range(1.4, 2.2), size * random.range(1.6, 2.8));
    let tall = size * random.range(0.6, 1.5);
    let lit = random.range(0.1, 0.8);
    let lamp = if wall.lightness > 0.6 {
        easel.palette.dark.mix(wall, 0.3)
    } else {
        easel.palette.inks[5]
            .mix(easel.palette.accent, 0.35)
            .lit(0.08)
    };
    if random.chance(0.12) {
        return;
    }
    let mut y = from.y + gap_y * 0.6;
    while y + tall < to.y {
        let mut x = from.x + gap_x * 0.45;
        while x + size < to.x - 0.2 * gap_x {
            let colour = if random.chance(lit) {
                vary(lamp, 0.06, random)
            } else {
                wall.lit(-0.11)
            };
            easel
                .canvas
                .polygon(&rectangle(at(x, y), at(x + size, y + tall)), colour);
            x += gap_x;
        }
        y += gap_y;
    }
}

/// Water before the city, with broken reflections and boats.
fn river(easel: &mut Easel, shore: f64, haze: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let water = easel.palette.tone(random.range(0.1, 0.6)).mix(haze, 0.3);
    let bed = rectangle(at(-0.1, shore), at(1.1, 1.1));
    canvas.polygon(
        &bed,
        Ink::Linear(
            [at(0.5, shore), at(0.5, 1.0)],
            vec![(water, 1.0), (water.lit(-0.15), 1.0)],
        ),
    );
    for _ in 0..random.integer(30, 80) {
        let x = random.unit();
        let down = random.unit();
        let above = canvas.colour_at(at(x, (shore - 0.7 * down * shore).max(0.0)));
        let y = shore + 0.01 + down * (1.0 - shore);
        let reach = random.range(0.015, 0.08);
        canvas.line(
            &[at(x - reach, y), at(x + reach, y)],
            random.range(0.005, 0.014),
            above.mix(water, 0.3).veil(0.8),
        );
    }
    boats(easel, shore);
}

/// The moon or the sun, and by night the stars.
fn moon(easel: &mut Easel) {
    let (canvas, palette, random) = (&mut easel.canvas, &easel.palette, &mut easel.random);
    let moon = at(random.range(0.08, 0.92), random.range(0.06, 0.42));
    let radius = random.range(0.03, 0.11);
    let disc = palette
        .light
        .mix(palette.accent, random.pick([0.05, 0.5, 1.0]));
    canvas.disc(
        moon,
        radius * 2.6,
        Ink::Radial(moon, radius * 2.6, vec![(disc, 0.6), (disc, 0.0)]),
    );
    canvas.disc(moon, radius, disc);
    if palette.night && random.chance(0.6) {
        for _ in 0..random.integer(10, 40) {
            canvas.disc(
                at(random.unit(), random.range(0.0, 0.6)),
                0.006,
                palette.light.veil(random.unit()),
            );
        }
    }
}

fn roof(easel: &mut Easel, from: Point, to: Point, wall: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let (middle, half) = (0.5 * (from.x + to.x), 0.5 * (to.x - from.x));
    let top = from.y;
    match random.integer(0, 6) {
        0 => {
            let peak = top - half * random.range(0.5, 2.0);
            let ridge = at(middle + random.spread(half), peak);
            let gable = [at(from.x, top), ridge, at(to.x, top)];
            canvas.polygon(&gable, wall.lit(-0.08));
        }
        1 => {
            let tall = half * random.range(0.5, 1.1);
            let dome = ellipse(at(middle, top), half * 0.9, tall, 0.0);
            canvas.smooth(&dome, wall.lit(0.06));
        }
        2 => {
            let corner = at(middle - half * 0.6, top - 0.06);
            canvas.polygon(
                &rectangle(corner, at(middle + half * 0.5, top + 0.01)),
                wall,
            );
            let mast = [at(middle, top), at(middle, top - random.range(0.08, 0.18))];
            canvas.line(&mast, 0.007, wall.lit(-0.1));
        }
        3 => {
            let foot = at(middle + half * 0.4, top);
            canvas.line(&[foot, foot.moved(0.0, -0.07)], 0.012, wall);
        }
        _ => {}
    }
}

fn boats(easel: &mut Easel, shore: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    for _ in 0..random.integer(0, 3) {
        let place = at(random.unit(), random.range(shore + 0.05, 0.95));
        let half = random.range(0.03, 0.09);
        let hull = [
            place.moved(-half, -half * 0.3),
            place.moved(half, -half * 0.3),
            place.moved(half * 0.7, half * 0.15),
            place.moved(-half * 0.7, half * 0.15),
        ];
        canvas.polygon(&hull, easel.palette.dark);
        let sail = [
            place.moved(0.0, -half * 0.4),
            place.moved(0.0, -half * 2.2),
            place.moved(half * 0.9, -half * 0.5),
        ];
        canvas.polygon(&sail, easel.palette.any(random));
    }
}
