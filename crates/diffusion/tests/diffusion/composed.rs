//! Every operation of the networks, forward and backward: our CPU kernels against the composition
//! of candle's operations, which shares nothing with them but the matrix product (both take it from
//! the crate `gemm`).

use crate::operations;
use palimpsest_testing::reference;

use operations::{Bench, Case};
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::network::backend::{
    Activation, Attention, Backend, Grid, Linear, Window,
};
use palimpsest_diffusion::network::composed::Composed;
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_kernels::winograd;
use reference::relative_error;

/// Both back ends give the same for every case, up to `tolerance`.
fn agree(tolerance: f64, cases: &[Case]) {
    for &case in cases {
        let cpu = Cpu::new(2, Memory::Full).unwrap();
        let ours = Bench::results(cpu, case);
        let composed = Bench::results(Composed::cpu(), case);
        assert_eq!(ours.len(), composed.len());
        for (i, (ours, composed)) in ours.iter().zip(&composed).enumerate() {
            assert_eq!((ours.0, ours.1), (composed.0, composed.1), "{case:?}: {i}");
            assert_eq!(ours.2.len(), ours.0 * ours.1, "{case:?}: {i}");
            let error = relative_error(&ours.2, &composed.2);
            assert!(
                error <= tolerance,
                "{case:?}: result {i} differs by {error:e}"
            );
        }
    }
}

#[test]
fn linear_layers() {
    agree(
        1e-6,
        &[
            Case::Linear(1, 5, 3, true),
            Case::Linear(1, 320, 1280, true),
            Case::Linear(77, 40, 33, false),
            Case::Linear(300, 129, 67, true),
        ],
    );
}

#[test]
fn convolutions() {
    use Window::{Halving, HalvingOneSided, Same};
    agree(
        1e-6,
        &[
            Case::Convolution((1, 1), 3, 4, Same, false),
            Case::Convolution((7, 5), 3, 2, Same, true),
            Case::Convolution((16, 16), 24, 40, Same, true),
            Case::Convolution((1, 1), 2, 3, Halving, true),
            Case::Convolution((8, 6), 5, 7, Halving, true),
            Case::Convolution((7, 9), 5, 7, Halving, false),
            Case::Convolution((6, 9), 5, 7, Halving, false),
            Case::Convolution((2, 2), 4, 3, HalvingOneSided, false),
            Case::Convolution((8, 6), 5, 7, HalvingOneSided, true),
            Case::Convolution((7, 9), 5, 7, HalvingOneSided, false),
            Case::Convolution((9, 4), 5, 7, HalvingOneSided, false),
        ],
    );
}

/// Where the kernels take Winograd's algorithm, which rounds more.
#[test]
fn convolutions_on_large_grids() {
    agree(
        1e-5,
        &[
            Case::Convolution((32, 40), 128, 160, Window::Same, true),
            Case::Convolution((33, 38), 160, 128, Window::Same, false),
        ],
    );
    let (height, width) = (32, 40);
    assert!(winograd::pays_off(128, 160, Grid { height, width }));
}

#[test]
fn group_norms() {
    agree(
        2e-6,
        &[
            Case::GroupNorm(1, 8, 2, false, 0.0),
            Case::GroupNorm(1, 64, 8, true, 0.0),
            Case::GroupNorm(35, 12, 3, false, 0.5),
            Case::GroupNorm(35, 12, 3, true, 0.5),
            Case::GroupNorm(35, 12, 12, true, -1.0),
            Case::GroupNorm(4096, 32, 8, true, 0.0),
        ],
    );
}

/// One rounding at the size of the mean, 2⁻²⁴·30, is 1.8e-6 of the result; a variance taken without
/// centring first would lose a hundred times that.
#[test]
fn norms_of_inputs_far_from_zero() {
    agree(
        6e-6,
        &[
            Case::GroupNorm(35, 12, 3, false, 30.0),
            Case::GroupNorm(35, 12, 3, true, -30.0),
            Case::GroupNorm(4096, 32, 8, true, 30.0),
            Case::LayerNorm(35, 40, 30.0),
            Case::LayerNorm(20, 1280, -30.0),
        ],
    );
}

#[test]
fn layer_norms() {
    agree(
        2e-6,
        &[
            Case::LayerNorm(1, 7, 0.0),
            Case::LayerNorm(77, 40, 0.5),
            Case::LayerNorm(33, 320, -1.0),
        ],
    );
}

const fn attention(queries: usize, keys: usize, heads: usize, width: usize) -> Attention {
    Attention {
        queries,
        keys,
        heads,
        width,
        causal: false,
    }
}

const fn causal(tokens: usize, heads: usize, width: usize) -> Attention {
    Attention {
        causal: true,
        ..attention(tokens, tokens, heads, width)
    }
}

#[test]
fn attentions() {
    agree(
        3e-6,
        &[
            Case::Attention(attention(9, 9, 1, 4), 1.0),
            Case::Attention(attention(64, 64, 8, 5), 1.0),
            Case::Attention(attention(64, 64, 8, 5), 12.0),
            // Cross-attention to a prompt; a single query.
            Case::Attention(attention(100, 77, 4, 10), 1.0),
            Case::Attention(attention(1, 77, 2, 8), 1.0),
            // More queries than either back end takes at a time, more keys than one block.
            Case::Attention(attention(1100, 77, 2, 8), 1.0),
            Case::Attention(attention(700, 700, 2, 16), 3.0),
            Case::Attention(causal(77, 4, 6), 1.0),
            Case::Attention(causal(600, 2, 8), 3.0),
        ],
    );
}

#[test]
fn gated_linear_units() {
    agree(1e-6, &[Case::Geglu(1, 5), Case::Geglu(50, 64)]);
}

/// Wide enough to reach where exponentials overflow.
#[test]
fn activations() {
    use Activation::{Gelu, QuickGelu, Silu};
    for function in [Silu, Gelu, QuickGelu] {
        let cases = [1.0, 5.0, 60.0].map(|deviation| Case::Activation(function, deviation));
        agree(1e-6, &cases);
    }
}

#[test]
fn rearrangements_and_sums_agree_to_the_bit() {
    agree(
        0.0,
        &[
            Case::Add(1, 3),
            Case::Add(21, 40),
            Case::Concatenate(1, 2, 3),
            Case::Concatenate(30, 17, 8),
            Case::Columns(30, 17, 0, 5),
            Case::Columns(30, 17, 5, 12),
            Case::Columns(1, 3, 2, 1),
        ],
    );
}

/// The order of four summands is each back end's own.
#[test]
fn upsampling() {
    agree(
        1e-7,
        &[
            Case::Upsample((1, 1), 3),
            Case::Upsample((5, 7), 4),
            Case::Upsample((8, 3), 1),
        ],
    );
}

#[test]
fn a_shape_that_does_not_fit_is_an_error() {
    let mut bench = Bench::new(Composed::cpu());
    let layer = Linear {
        weight: bench.weight(&[3, 4]),
        bias: None,
        inputs: 4,
        outputs: 3,
    };
    let x = bench.array(2, 5);
    let error = bench.backend.linear(&x, &layer).unwrap_err();
    assert!(matches!(error, ModelError::Device { .. }), "{error}");
    assert!(!error.to_string().contains("candle_core"), "{error}");
}

#[cfg(not(any(feature = "cuda", feature = "metal")))]
#[test]
fn devices_that_were_not_built_in_say_so() {
    for (outcome, what) in [(Composed::cuda(), "NVIDIA"), (Composed::metal(), "Apple")] {
        let error = outcome.map(|_| ()).unwrap_err();
        assert!(matches!(error, ModelError::Unavailable { .. }));
        assert!(error.to_string().contains(what), "{error}");
        assert!(error.to_string().contains("built without it"), "{error}");
    }
}

#[test]
fn column_sums_and_tables() {
    agree(
        1e-6,
        &[
            Case::ColumnSums(1, 3),
            Case::ColumnSums(77, 40),
            Case::Gather(77, 40, 1),
            Case::Gather(5, 3, 9),
            Case::Scatter(9, 5, 4),
            Case::Scatter(77, 32, 600),
        ],
    );
}
