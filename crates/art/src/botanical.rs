//! Leaves, stalks and flowers as on the sheets of a herbal, each plant with a growth of its own.

use std::f64::consts::{PI, TAU};

use super::Easel;
use super::brush::go_over;
use super::canvas::Ink;
use super::colour::Colour;
use super::palette::vary;
use super::plane::{Point, anywhere, at, bend, leaf, lump, rectangle};

/// The leaves and flowers of a plant.
struct Plant {
    stalk: Colour,
    green: Colour,
    bloom: Colour,
    leaf_length: f64,
    leaf_width: f64,
    curl: f64,
    petals: usize,
    pointed: bool,
    kind: usize,
}

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    sheet(easel);
    let plants = easel.hand.count(3, 8, &mut easel.random);
    for index in 0..plants {
        let plant = plant(easel);
        let random = &mut easel.random;
        let x = (index as f64 + random.range(0.1, 0.9)) / plants as f64;
        let mut way = [
            at(x, random.range(0.85, 1.08)),
            at(x + random.spread(0.4), random.range(0.4, 0.75)),
            at(x + random.spread(0.35), random.range(0.05, 0.5)),
        ];
        if random.chance(0.3 * easel.hand.looseness + 0.1) {
            // A branch that comes in from the side.
            let from_right = random.chance(0.5);
            way = way.map(|p| at(if from_right { p.y } else { 1.0 - p.y }, p.x));
        }
        grow(easel, &plant, &bend(way[0], way[1], way[2], 18));
    }
    go_over(easel, 0.014);
    litter(easel);
}

/// The paper: stains, a panel, a band of earth.
fn sheet(easel: &mut Easel) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    if random.chance(0.55) {
        let other = easel
            .palette
            .any(random)
            .mix(easel.palette.ground, random.range(0.1, 0.7));
        let ends = [anywhere(random, 0.0), anywhere(random, 0.0)];
        canvas.flood(Ink::Linear(
            ends,
            vec![(easel.palette.ground, 1.0), (other, 1.0)],
        ));
    }
    if random.chance(0.45) {
        let from = at(random.range(-0.1, 0.4), random.range(-0.1, 0.4));
        let to = from.moved(random.range(0.3, 0.8), random.range(0.3, 0.9));
        canvas.polygon(&rectangle(from, to), easel.palette.any(random).veil(0.75));
    }
    for _ in 0..random.integer(2, 8) {
        let place = anywhere(random, -0.05);
        let size = random.range(0.05, 0.25);
        let stain = lump(random, place, size, 0.3);
        canvas.smooth(&stain, easel.palette.any(random).veil(0.22));
    }
}

fn plant(easel: &mut Easel) -> Plant {
    let random = &mut easel.random;
    let leafage = easel.palette.tone(random.range(0.0, 1.0));
    let green = if (leafage.lightness - easel.palette.ground.lightness).abs() < 0.2 {
        easel.palette.against(easel.palette.ground, random)
    } else {
        leafage
    };
    Plant {
        stalk: vary(green.lit(-0.12), 0.04, random),
        green: vary(green, 0.04, random),
        bloom: easel.palette.any(random).muted(1.2),
        leaf_length: random.range(0.1, 0.27),
        leaf_width: random.range(0.18, 0.7),
        curl: random.spread(0.35),
        petals: random.integer(4, 11),
        pointed: random.chance(0.5),
        kind: random.integer(0, 3),
    }
}

/// A stalk with its leaves from the foot up and what stands at its end.
fn grow(easel: &mut Easel, plant: &Plant, stalk: &[Point]) {
    easel
        .canvas
        .curve(stalk, 0.012 * easel.hand.weight, plant.stalk);
    let paired = easel.random.chance(easel.hand.habits[0]);
    let every = easel.random.integer(2, 3);
    let mut side = 1.0;
    for (index, pair) in stalk.windows(2).enumerate().skip(2) {
        let [here, next] = pair else { continue };
        if index % every != 0 {
            continue;
        }
        let size = plant.leaf_length * (1.15 - index as f64 / stalk.len() as f64);
        foliage(easel, plant, *here, here.bearing(*next), side, size);
        side = -side;
        if paired {
            foliage(easel, plant, *here, here.bearing(*next), side, size * 0.9);
        }
    }
    let (Some(end), Some(before)) = (stalk.last(), stalk.iter().rev().nth(1)) else {
        return;
    };
    crown(easel, plant, *end, before.bearing(*end));
}

fn foliage(easel: &mut Easel, plant: &Plant, from: Point, along: f64, side: f64, size: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let angle = along + side * random.range(0.5, 1.2);
    let tip = from.toward(angle, size * random.range(0.75, 1.2));
    let colour = vary(plant.green.lit(random.range(-0.08, 0.12)), 0.04, random);
    let blade = leaf(from, tip, plant.leaf_width, plant.curl * side);
    let light = vec![(colour.lit(-0.1), 1.0), (colour.lit(0.1), 1.0)];
    canvas.smooth(&blade, Ink::Linear([from, tip], light));
    let middle = from
        .mix(tip, 0.5)
        .toward(angle + PI / 2.0, plant.curl * side * size * 0.4);
    let vein = if colour.lightness > 0.5 {
        colour.lit(-0.2)
    } else {
        colour.lit(0.2)
    };
    canvas.curve(&[from, middle, tip], 0.005 * easel.hand.weight, vein);
    if easel.hand.detail > 0.4 && size > 0.09 {
        for rib in 1..4 {
            let root = from.mix(tip, f64::from(rib) * 0.22);
            for turn in [-0.7, 0.7] {
                let end = root.toward(angle + turn, size * plant.leaf_width * 0.35);
                canvas.line(&[root, end], 0.004, vein.veil(0.7));
            }
        }
    }
}

/// A flower, a seed head, berries or a bud.
fn crown(easel: &mut Easel, plant: &Plant, place: Point, along: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let size = random.range(0.07, 0.18);
    match plant.kind {
        0 | 1 => {
            flower(easel, plant, place, size);
        }
        2 => {
            for _ in 0..random.integer(9, 24) {
                let end = place.toward(along + random.spread(1.3), size * random.range(0.4, 1.3));
                canvas.line(&[place, end], 0.005, plant.stalk);
                canvas.disc(
                    end,
                    random.range(0.009, 0.02),
                    vary(plant.bloom, 0.07, random),
                );
            }
        }
        _ => {
            for scale in 0..5 {
                let turn = along + (f64::from(scale) - 2.0) * 0.32;
                let bud = leaf(place, place.toward(turn, size * 1.2), 0.5, 0.0);
                canvas.smooth(
                    &bud,
                    vary(plant.bloom.lit(-0.04 * f64::from(scale)), 0.03, random),
                );
            }
        }
    }
}

/// Fallen petals, seeds, an insect's worth of marks, and the writing on the sheet.
fn litter(easel: &mut Easel) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    for _ in 0..random.integer(2, 12) {
        let place = anywhere(random, 0.02);
        let tip = place.toward(random.angle(), random.range(0.02, 0.06));
        let colour = easel.palette.any(random);
        canvas.smooth(&leaf(place, tip, 0.5, random.spread(0.3)), colour);
    }
    if random.chance(0.5) {
        let mut place = at(random.range(0.04, 0.6), random.range(0.03, 0.97));
        for _ in 0..random.integer(5, 14) {
            let next = place.moved(random.range(0.012, 0.03), random.spread(0.012));
            canvas.line(&[place, next], 0.006, easel.palette.line());
            place = next;
        }
    }
}

/// Two whorls of petals about an eye.
fn flower(easel: &mut Easel, plant: &Plant, place: Point, size: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    for whorl in [1.0, 0.6] {
        let start = random.angle();
        for petal in 0..plant.petals {
            let turn = start + TAU * petal as f64 / plant.petals as f64 + random.spread(0.15);
            let tip = place.toward(turn, size * whorl * random.range(0.8, 1.15));
            let colour = vary(plant.bloom.lit(0.12 * (1.0 - whorl)), 0.05, random);
            let wide = if plant.pointed { 0.4 } else { 0.75 };
            canvas.smooth(&leaf(place, tip, wide, random.spread(0.12)), colour);
        }
    }
    let eye = easel.palette.against(plant.bloom, random);
    canvas.disc(place, size * 0.28, eye);
    for _ in 0..7 {
        canvas.disc(
            place.toward(random.angle(), size * 0.2),
            size * 0.05,
            eye.lit(0.2),
        );
    }
}
