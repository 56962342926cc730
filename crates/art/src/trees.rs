//! Trees: limbs that fork, foliage in clumps, the ground they stand on and the light behind.

use std::f64::consts::PI;

use super::Easel;
use super::brush::{go_over, hatch};
use super::canvas::Ink;
use super::colour::Colour;
use super::noise::Noise;
use super::palette::vary;
use super::plane::{Point, WHOLE, anywhere, at, bend, leaf, lump, ribbon};

/// The shape of one tree.
struct Habit {
    bark: Colour,
    foliage: Colour,
    spread: f64,
    /// The fullness of its crown: 0 (bare) to 1.
    fullness: f64,
    lean: f64,
    round: bool,
}

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let ground = easel.random.range(0.7, 0.92);
    setting(easel, ground);
    go_over(easel, 0.022);
    let count = easel.random.pick([1, 1, 2, 2, 3, 5]);
    for tree in 0..count {
        let random = &mut easel.random;
        let share = (tree as f64 + random.range(0.2, 0.8)) / f64::from(count as u32);
        let foot = at(0.1 + 0.8 * share, ground + random.range(-0.02, 0.08));
        let height = random.range(0.17, 0.25) * if count > 2 { 0.8 } else { 1.0 };
        let habit = Habit {
            bark: vary(
                easel.palette.tone(random.pick([0.0, 0.0, 0.15, 0.95])),
                0.04,
                random,
            ),
            foliage: easel.palette.any(random),
            spread: random.range(0.35, 0.8),
            fullness: random.range(0.4, 1.0) * random.pick([0.0, 1.0, 1.0, 1.0]),
            lean: random.spread(0.25),
            round: random.chance(easel.hand.habits[0]),
        };
        let width = height * random.range(0.14, 0.28) * easel.hand.weight.clamp(0.7, 1.3);
        limb(easel, &habit, foot, -PI / 2.0 + habit.lean, height, width);
    }
    undergrowth(easel, ground);
}

/// The sky, the far wood and the ground.
fn setting(easel: &mut Easel, ground: f64) {
    let (canvas, palette, random) = (&mut easel.canvas, &easel.palette, &mut easel.random);
    let high = palette.any(random).mix(palette.ground, 0.4);
    let low = palette
        .ground
        .mix(palette.any(random), random.range(0.1, 0.7));
    canvas.flood(Ink::Linear(
        [at(0.5, 0.0), at(0.3, ground)],
        vec![(high, 1.0), (low, 1.0)],
    ));
    let sun = at(random.unit(), random.range(0.05, ground));
    let radius = random.range(0.05, 0.2);
    canvas.disc(sun, radius, palette.accent.mix(low, random.range(0.0, 0.6)));
    wood(easel, ground, low);
    earth(easel, ground);
}

/// A limb and all that grows from it.
fn limb(easel: &mut Easel, habit: &Habit, from: Point, angle: f64, length: f64, width: f64) {
    let random = &mut easel.random;
    let bent = angle + random.spread(0.25 + 0.3 * easel.hand.looseness);
    let middle = from.toward(angle, 0.5 * length);
    let tip = middle.toward(bent, 0.5 * length);
    let wood = ribbon(&bend(from, middle, tip, 4), |t| width * (0.5 - 0.18 * t));
    easel.canvas.polygon(&wood, habit.bark);
    if width > 0.02 {
        let lit = [
            from.moved(-width * 0.2, 0.0),
            middle.moved(-width * 0.18, 0.0),
            tip,
        ];
        easel.canvas.curve(&lit, width * 0.2, habit.bark.lit(0.15));
    }
    if length < 0.045 {
        crown(easel, habit, tip);
        return;
    }
    let forks = random.pick([2, 2, 2, 3]);
    for fork in 0..forks {
        let random = &mut easel.random;
        let side = (f64::from(fork) / f64::from(forks - 1) - 0.5) * 2.0;
        let turn = bent + side * habit.spread * random.range(0.5, 1.2) + random.spread(0.15);
        let share = random.range(0.58, 0.86);
        limb(easel, habit, tip, turn, length * share, width * 0.66);
    }
}

/// Leaves at the end of a twig.
fn crown(easel: &mut Easel, habit: &Habit, tip: Point) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    if !random.chance(habit.fullness) {
        return;
    }
    let colour = habit.foliage.mix(easel.palette.any(random), 0.3);
    let colour = vary(colour.lit(random.range(-0.12, 0.14)), 0.05, random);
    if habit.round {
        let size = random.range(0.018, 0.055);
        canvas.smooth(&lump(random, tip, size, 0.25), colour.veil(0.92));
    } else {
        for _ in 0..random.integer(1, 3) {
            let end = tip.toward(random.angle(), random.range(0.03, 0.085));
            canvas.smooth(&leaf(tip, end, 0.5, random.spread(0.2)), colour);
        }
    }
}

/// Grass, flowers and fallen leaves.
fn undergrowth(easel: &mut Easel, ground: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let blade = easel.palette.tone(random.unit());
    for _ in 0..easel.hand.count(10, 70, random) {
        let root = at(random.unit(), random.range(ground + 0.02, 1.02));
        if random.chance(0.7) {
            let tip = root.moved(random.spread(0.03), -random.range(0.02, 0.07));
            canvas.line(&[root, tip], 0.006, vary(blade, 0.1, random));
        } else {
            let place = root.mix(anywhere(random, 0.0), 0.02);
            canvas.disc(place, random.range(0.005, 0.014), easel.palette.any(random));
        }
    }
}

/// The ground with its furrows and tufts.
fn earth(easel: &mut Easel, ground: f64) {
    let (canvas, palette, random) = (&mut easel.canvas, &easel.palette, &mut easel.random);
    let earth = palette.any(random);
    let slope = random.spread(0.08);
    let field = [
        at(-0.1, ground + slope),
        at(0.5, ground + random.spread(0.04)),
        at(1.1, ground - slope),
        at(1.1, 1.1),
        at(-0.1, 1.1),
    ];
    canvas.polygon(&field, earth);
    canvas.clip(&field);
    let gap = random.range(0.02, 0.05);
    hatch(
        canvas,
        WHOLE,
        random.spread(0.3),
        gap,
        gap * 0.4,
        vary(earth.lit(-0.1), 0.06, random),
        random.spread(0.3),
    );
    for _ in 0..random.integer(2, 8) {
        let place = at(random.unit(), random.range(ground, 1.0));
        let size = random.range(0.02, 0.1);
        canvas.smooth(
            &lump(random, place, size, 0.4),
            palette.any(random).veil(0.7),
        );
    }
    canvas.unclip();
}

/// Far woods, one before the other.
fn wood(easel: &mut Easel, ground: f64, low: Colour) {
    let (canvas, palette, random) = (&mut easel.canvas, &easel.palette, &mut easel.random);
    let noise = Noise::new(random);
    for layer in 0..random.integer(0, 3) {
        let level = ground - random.range(0.05, 0.35);
        let mut wood: Vec<Point> = (0..=40)
            .map(|step| {
                let x = -0.05 + f64::from(step) / 36.0;
                at(
                    x,
                    level + 0.25 * (noise.octaves(x * 5.0, layer as f64 * 7.0) - 0.5),
                )
            })
            .collect();
        wood.extend([at(1.1, 1.1), at(-0.1, 1.1)]);
        canvas.polygon(
            &wood,
            low.mix(palette.any(random), 0.35 + 0.2 * layer as f64),
        );
    }
}
