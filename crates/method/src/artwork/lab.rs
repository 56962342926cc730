//! From CIE L*a*b* under D50, in which some scanners deliver, to sRGB.

use std::sync::LazyLock;

/// XYZ under D50 to linear sRGB, adapted by Bradford (ICC's sRGB profile).
const TO_LINEAR: [[f32; 3]; 3] = [
    [3.133_856, -1.616_867, -0.490_615],
    [-0.978_768, 1.916_142, 0.033_454],
    [0.071_945, -0.228_991, 1.405_243],
];
/// D50, as profiles round it.
const WHITE: [f32; 3] = [0.9642, 1.0, 0.8249];

/// sRGB's levels of light from 0 to 1 in steps of 1/16384, so that no pixel needs a power.
static LEVELS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let level = |step| encoded(step as f64 / STEPS as f64) as f32;
    (0..=STEPS).map(level).collect()
});
const STEPS: usize = 1 << 14;

/// sRGB's level of light, both from 0 to 1.
pub(super) fn encoded(light: f64) -> f64 {
    if light <= 0.003_130_8 {
        12.92 * light
    } else {
        1.055 * libm::pow(light, 1.0 / 2.4) - 0.055
    }
}

/// The colour of a lightness, 255 being 100, and two differences.
pub(super) fn to_srgb(lightness: u8, a: i8, b: i8) -> [u8; 3] {
    let levels = to_unit_srgb(f32::from(lightness) * 100.0 / 255.0, a.into(), b.into());
    levels.map(|level| (255.0 * level).round() as u8)
}

/// The same from a lightness of 0 to 100, in levels from 0 to 1.
pub(super) fn to_unit_srgb(lightness: f32, a: f32, b: f32) -> [f32; 3] {
    let y = (lightness + 16.0) / 116.0;
    let xyz = [y + a / 500.0, y, y - b / 200.0];
    let mut light = [0.0; 3];
    for (at, (f, white)) in xyz.into_iter().zip(WHITE).enumerate() {
        const BEND: f32 = 6.0 / 29.0;
        let share = if f > BEND {
            f * f * f
        } else {
            3.0 * BEND * BEND * (f - 4.0 / 29.0)
        };
        light[at] = white * share;
    }
    TO_LINEAR.map(|row| {
        let sum: f32 = row
            .iter()
            .zip(light)
            .map(|(factor, part)| factor * part)
            .sum();
        let place = sum.clamp(0.0, 1.0) * STEPS as f32;
        let low = (place as usize).min(STEPS - 1);
        let (below, above) = (LEVELS[low], LEVELS[low + 1]);
        below + (above - below) * (place - low as f32)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// White, black, the grey of half the lightness, and sRGB's red by its definition. Little CMS, which rounds
    /// more coarsely here, is within five levels.
    #[test]
    fn known_colours_come_out() {
        for (lab, expected) in [
            ((255, 0, 0), [255, 255, 255]),
            ((0, 0, 0), [0, 0, 0]),
            ((128, 0, 0), [120, 120, 120]),
            ((138, 81, 70), [255, 0, 0]),
        ] {
            let found = to_srgb(lab.0, lab.1, lab.2);
            let near = found.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= 2);
            assert!(near, "{lab:?}: {found:?} not {expected:?}");
        }
    }
}
