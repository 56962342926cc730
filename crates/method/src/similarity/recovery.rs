//! The way that a recovered latent came towards the artwork's own, over the removed cells: two scores in
//! the space where the inversion works, which need no picture encoder and do not reward an artwork
//! for being easy to fill in.
//!
//! Throughout, z is the artwork's own latent (`original`), s what its removed cells were filled with
//! (`start`), u what came back (`recovered`), and m the mask (`kept`); all latents have one shape.

use crate::inversion::LatentMask;
use palimpsest_diffusion::Latent;

/// `10·log₁₀(‖(z − s)(1 − m)‖² / ‖(z − u)(1 − m)‖²)` in decibels: how much closer to the artwork than
/// its start the recovered latent is. Negative where it moved away.
///
/// `None` where it is undefined: the start is the original already, or the recovery is exact, or a
/// latent is not finite.
pub fn recovery_gain_db(
    original: &Latent,
    start: &Latent,
    recovered: &Latent,
    kept: &LatentMask,
) -> Option<f64> {
    let before = sum_of_squares(removed_difference(original, start, kept));
    let after = sum_of_squares(removed_difference(original, recovered, kept));
    let gain = 10.0 * libm::log10(before / after);
    (before > 0.0 && after > 0.0 && gain.is_finite()).then_some(gain)
}

/// `cos(u − u₀, (z − s)(1 − m))`, u₀ being the latent before the first step: whether the movement
/// points at the artwork, −1..=1.
///
/// `None` where it is undefined: nothing moved, or the start is the original already, or a latent is
/// not finite.
pub fn recovery_direction(
    original: &Latent,
    start: &Latent,
    recovered: &Latent,
    kept: &LatentMask,
) -> Option<f64> {
    let moved = || removed_difference(recovered, start, kept);
    let missing = || removed_difference(original, start, kept);
    let along: f64 = moved().zip(missing()).map(|(a, b)| a * b).sum();
    let lengths = sum_of_squares(moved()).sqrt() * sum_of_squares(missing()).sqrt();
    let cosine = along / lengths;
    (lengths > 0.0 && cosine.is_finite()).then(|| cosine.clamp(-1.0, 1.0))
}

/// `a − b` over the removed cells, in f64.
fn removed_difference<'a>(
    a: &'a Latent,
    b: &'a Latent,
    kept: &'a LatentMask,
) -> impl Iterator<Item = f64> + 'a {
    debug_assert_eq!(a.shape(), b.shape(), "two latents");
    kept.assert_fits(a);
    let pairs = a.values().iter().zip(b.values());
    pairs
        .zip(kept.over_channels())
        .filter(|(_, kept)| !kept)
        .map(|((&a, &b), _)| f64::from(a) - f64::from(b))
}

/// Summed in order, so that every machine finds the same.
fn sum_of_squares(values: impl Iterator<Item = f64>) -> f64 {
    values.map(|value| value * value).sum()
}
