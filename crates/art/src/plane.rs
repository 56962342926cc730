//! Points and outlines in the unit square: x to the right, y downwards, angles in radians.

use std::f64::consts::{PI, TAU};

use palimpsest_base::random::Random;

/// A place in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// The point (x, y).
pub const fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

impl Point {
    /// The point at a distance in a direction.
    pub fn toward(self, angle: f64, distance: f64) -> Self {
        at(
            self.x + libm::cos(angle) * distance,
            self.y + libm::sin(angle) * distance,
        )
    }

    /// The point moved.
    pub fn moved(self, dx: f64, dy: f64) -> Self {
        at(self.x + dx, self.y + dy)
    }

    /// The point `t` of the way to another.
    pub fn mix(self, other: Self, t: f64) -> Self {
        self.moved((other.x - self.x) * t, (other.y - self.y) * t)
    }

    /// The direction of another point from here.
    pub fn bearing(self, other: Self) -> f64 {
        libm::atan2(other.y - self.y, other.x - self.x)
    }

    /// The distance to another point.
    pub fn distance(self, other: Self) -> f64 {
        let (dx, dy) = (other.x - self.x, other.y - self.y);
        (dx * dx + dy * dy).sqrt()
    }
}

/// A random place of the picture, `margin` away from its edges (negative: also beyond them).
pub fn anywhere(random: &mut Random, margin: f64) -> Point {
    at(
        random.range(margin, 1.0 - margin),
        random.range(margin, 1.0 - margin),
    )
}

/// An upright rectangle from corner to corner.
pub fn rectangle(from: Point, to: Point) -> Vec<Point> {
    vec![from, at(to.x, from.y), to, at(from.x, to.y)]
}

/// A rectangle about a centre, turned.
pub fn block(centre: Point, width: f64, height: f64, angle: f64) -> Vec<Point> {
    [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]
        .map(|(u, v)| {
            centre
                .toward(angle, u * width)
                .toward(angle + PI / 2.0, v * height)
        })
        .to_vec()
}

/// An ellipse about a centre, turned; to be drawn smooth.
pub fn ellipse(centre: Point, across: f64, along: f64, angle: f64) -> Vec<Point> {
    // Smooth drawing cuts the corners; so much larger, the outline keeps its size.
    const SWELL: f64 = 1.018;
    (0..14)
        .map(|corner| {
            let turn = f64::from(corner) / 14.0 * TAU;
            centre
                .toward(angle, libm::cos(turn) * across * SWELL)
                .toward(angle + PI / 2.0, libm::sin(turn) * along * SWELL)
        })
        .collect()
}

/// A lump with an uneven outline (`wobble` of the radius); to be drawn smooth.
pub fn lump(random: &mut Random, centre: Point, radius: f64, wobble: f64) -> Vec<Point> {
    let start = random.angle();
    (0..11)
        .map(|corner| {
            let turn = start + f64::from(corner) / 11.0 * TAU;
            centre.toward(turn, radius * (1.0 + random.spread(wobble)))
        })
        .collect()
}

/// A regular polygon.
pub fn regular(centre: Point, radius: f64, corners: usize, angle: f64) -> Vec<Point> {
    (0..corners)
        .map(|corner| centre.toward(angle + corner as f64 / corners as f64 * TAU, radius))
        .collect()
}

/// A piece of a ring between two radii and two angles.
pub fn sector(centre: Point, radii: [f64; 2], angles: [f64; 2]) -> Vec<Point> {
    let steps = (((angles[1] - angles[0]).abs() * 5.0) as usize).clamp(2, 40);
    let arc = |radius: f64, step: usize| {
        let turn = angles[0] + (angles[1] - angles[0]) * step as f64 / steps as f64;
        centre.toward(turn, radius)
    };
    let outer = (0..=steps).map(|step| arc(radii[1], step));
    let inner = (0..=steps).rev().map(|step| arc(radii[0], step));
    outer.chain(inner).collect()
}

/// Points on the curve from one end to another, drawn towards a third point between.
pub fn bend(from: Point, pull: Point, to: Point, steps: usize) -> Vec<Point> {
    (0..=steps)
        .map(|step| {
            let t = step as f64 / steps.max(1) as f64;
            from.mix(pull, t).mix(pull.mix(to, t), t)
        })
        .collect()
}

/// The outline of a band along a spine; `half` gives half its width at 0 (start) to 1 (end).
pub fn ribbon(spine: &[Point], half: impl Fn(f64) -> f64) -> Vec<Point> {
    let last = spine.len().saturating_sub(1);
    let mut left = Vec::with_capacity(spine.len() * 2);
    let mut right = Vec::with_capacity(spine.len());
    for (index, here) in spine.iter().enumerate() {
        // The ends have one neighbour.
        let before = spine.get(index.saturating_sub(1)).unwrap_or(here);
        let after = spine.get(index + 1).unwrap_or(here);
        let across = before.bearing(*after) + PI / 2.0;
        let reach = half(index as f64 / last.max(1) as f64);
        left.push(here.toward(across, reach));
        right.push(here.toward(across, -reach));
    }
    left.extend(right.into_iter().rev());
    left
}

/// A pointed leaf from its base to its tip, `width` of its length wide; to be drawn smooth.
pub fn leaf(base: Point, tip: Point, width: f64, curl: f64) -> Vec<Point> {
    let length = base.distance(tip);
    let pull = base
        .mix(tip, 0.5)
        .toward(base.bearing(tip) + PI / 2.0, curl * length);
    ribbon(&bend(base, pull, tip, 6), |t| {
        width * length * 0.5 * libm::sin(PI * libm::pow(t, 0.8))
    })
}

/// The outline with uneven edges, as of paper torn by hand; `rough` in picture sides.
pub fn torn(random: &mut Random, outline: &[Point], rough: f64) -> Vec<Point> {
    let mut edge = Vec::new();
    for (index, from) in outline.iter().enumerate() {
        // The last edge leads back to the first corner.
        let to = outline.get(index + 1).or(outline.first()).unwrap_or(from);
        let pieces = ((from.distance(*to) / 0.028) as usize).clamp(1, 40);
        for piece in 0..pieces {
            let on = from.mix(*to, piece as f64 / pieces as f64);
            edge.push(on.moved(random.spread(rough), random.spread(rough)));
        }
    }
    edge
}

/// The part of a convex polygon that is nearer to `here` than to `there`.
fn halved(polygon: &[Point], here: Point, there: Point) -> Vec<Point> {
    let middle = here.mix(there, 0.5);
    let side =
        |p: &Point| (p.x - middle.x) * (there.x - here.x) + (p.y - middle.y) * (there.y - here.y);
    let mut kept = Vec::with_capacity(polygon.len() + 1);
    for (index, from) in polygon.iter().enumerate() {
        // The last edge leads back to the first corner.
        let to = polygon.get(index + 1).or(polygon.first()).unwrap_or(from);
        let (inside, next) = (side(from), side(to));
        if inside <= 0.0 {
            kept.push(*from);
        }
        if (inside < 0.0 && next > 0.0) || (inside > 0.0 && next < 0.0) {
            kept.push(from.mix(*to, inside / (inside - next)));
        }
    }
    kept
}

/// The Voronoi cell of each site: the part of the picture nearest to it.
pub fn cells(sites: &[Point]) -> Vec<Vec<Point>> {
    let frame = rectangle(at(-0.1, -0.1), at(1.1, 1.1));
    let cell = |(index, here): (usize, &Point)| {
        let mut cell = frame.clone();
        for (other, there) in sites.iter().enumerate() {
            if other != index {
                cell = halved(&cell, *here, *there);
            }
        }
        cell
    };
    sites.iter().enumerate().map(cell).collect()
}

/// The middle of a polygon's corners.
pub fn middle(polygon: &[Point]) -> Point {
    let count = polygon.len().max(1) as f64;
    let sum = polygon
        .iter()
        .fold(at(0.0, 0.0), |sum, p| sum.moved(p.x, p.y));
    at(sum.x / count, sum.y / count)
}

/// The area of the whole picture: its middle and the distance of its corners.
pub const WHOLE: (Point, f64) = (at(0.5, 0.5), 0.75);

/// The area of a polygon: its middle and the distance of its farthest corner.
pub fn extent(polygon: &[Point]) -> (Point, f64) {
    let centre = middle(polygon);
    let far = polygon.iter().map(|corner| corner.distance(centre));
    (centre, far.fold(0.0, f64::max))
}

/// The polygon drawn together towards its middle (factor below 1) or blown up.
pub fn shrunk(polygon: &[Point], factor: f64) -> Vec<Point> {
    let centre = middle(polygon);
    polygon.iter().map(|p| centre.mix(*p, factor)).collect()
}

/// Sites that keep apart: of several throws each time the farthest from all earlier ones.
pub fn scattered(random: &mut Random, count: usize, throws: usize) -> Vec<Point> {
    let mut sites: Vec<Point> = Vec::with_capacity(count);
    for _ in 0..count {
        let mut best = (anywhere(random, -0.04), -1.0);
        for _ in 0..throws {
            let place = anywhere(random, -0.04);
            let nearest = sites
                .iter()
                .map(|s| s.distance(place))
                .fold(f64::INFINITY, f64::min);
            if nearest > best.1 {
                best = (place, nearest);
            }
        }
        sites.push(best.0);
    }
    sites
}
