//! How far a recovered latent came, on numbers that can be checked by hand.

use palimpsest_diffusion::Latent;
use palimpsest_method::inversion::LatentMask;
use palimpsest_method::similarity::recovery::{recovery_direction, recovery_gain_db};

/// Two channels of a 1×2 grid of which the first cell is kept.
fn latent(values: [f32; 4]) -> Latent {
    Latent::new([2, 1, 2], values.to_vec()).unwrap()
}

fn kept() -> LatentMask {
    LatentMask::new([1, 2], &[1.0, 0.0]).unwrap()
}

fn scores(original: [f32; 4], start: [f32; 4], recovered: [f32; 4]) -> (Option<f64>, Option<f64>) {
    let [z, s, u] = [original, start, recovered].map(latent);
    (
        recovery_gain_db(&z, &s, &u, &kept()),
        recovery_direction(&z, &s, &u, &kept()),
    )
}

#[test]
fn a_tenth_of_the_distance_is_twenty_decibels() {
    // Missing (3, 4), of length 5; left over (0.3, 0.4), of length 0.5.
    let (gain, direction) = scores(
        [9.0, 3.0, 9.0, 4.0],
        [0.0, 0.0, 0.0, 0.0],
        [9.0, 2.7, 9.0, 3.6],
    );
    assert!((gain.unwrap() - 20.0).abs() < 1e-5, "{gain:?}");
    assert!((direction.unwrap() - 1.0).abs() < 1e-12, "{direction:?}");
}

#[test]
fn a_movement_across_has_no_direction_and_costs_decibels() {
    // Missing (3, 4); moved (−4, 3), at right angles, so that √50 is left of 5.
    let (gain, direction) = scores(
        [9.0, 3.0, 9.0, 4.0],
        [0.0, 0.0, 0.0, 0.0],
        [9.0, -4.0, 9.0, 3.0],
    );
    assert!(
        (gain.unwrap() - 10.0 * 0.5_f64.log10()).abs() < 1e-12,
        "{gain:?}"
    );
    assert_eq!(direction, Some(0.0));
}

#[test]
fn kept_cells_count_for_nothing() {
    let plain = scores([0.0, 3.0, 0.0, 4.0], [0.0; 4], [0.0, 1.0, 0.0, 0.5]);
    let noisy = scores(
        [5.0, 3.0, -7.0, 4.0],
        [1.0, 0.0, 2.0, 0.0],
        [8.0, 1.0, -1.0, 0.5],
    );
    assert_eq!(plain, noisy);
    // 5 / (√1.25 · 5) and 10·log₁₀(25 / 16.25).
    assert!((plain.1.unwrap() - 0.894_427_190_999_915_9).abs() < 1e-12);
    assert!((plain.0.unwrap() - 1.870_866_433_571_443_5).abs() < 1e-12);
}

#[test]
fn what_is_undefined_is_absent() {
    let (z, away) = ([1.0, 3.0, 1.0, 4.0], [1.0, 5.0, 1.0, 5.0]);
    assert_eq!(scores(z, z, away), (None, None), "identical start");
    let still = scores(z, away, away);
    assert_eq!(still, (Some(0.0), None), "nothing moved");
    let exact = scores(z, away, z);
    assert_eq!(exact.0, None, "an exact recovery has no finite gain");
    assert!((exact.1.unwrap() - 1.0).abs() < 1e-12);
    let broken = scores(z, away, [1.0, f32::NAN, 1.0, 0.0]);
    assert_eq!(broken, (None, None), "a value that is not a number");
}
