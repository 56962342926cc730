//! What networks take, by their shapes.

use palimpsest_diffusion::files::config::UnetGeometry;
use palimpsest_diffusion::footprint::{Sweep, multiplications, remembered};
use palimpsest_testing::geometry::{stable_diffusion_1, stable_diffusion_xl};

/// Of Stable Diffusion 1, 339 billion are published for its layers (Kim et al. 2023); the products of attentions come
/// on top.
#[test]
fn multiplications_are_those_that_are_known() {
    let billions = |g: &UnetGeometry, side| multiplications(g, [side; 2]) as f64 / 1e9;
    let first = billions(&stable_diffusion_1(), 64);
    assert!((330.0..420.0).contains(&first), "{first}");
    let second = billions(&stable_diffusion_xl(), 128);
    assert!((2500.0..3500.0).contains(&second), "{second}");
}

#[test]
fn more_is_remembered_for_parameters_and_less_by_blocks() {
    for g in [stable_diffusion_1(), stable_diffusion_xl()] {
        let of = |sweep| remembered(&g, [64; 2], sweep);
        assert!(of(Sweep::LatentByBlocks) * 2 < of(Sweep::Latent));
        assert!(of(Sweep::Latent) < of(Sweep::Parameters));
        // Four times as many positions, four times as many values.
        let large = remembered(&g, [128; 2], Sweep::Latent);
        assert_eq!(large, 4 * of(Sweep::Latent));
        // Only the area counts.
        assert_eq!(remembered(&g, [32, 128], Sweep::Latent), of(Sweep::Latent));
    }
}
