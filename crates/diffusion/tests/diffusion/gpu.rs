//! Every operation of the networks on a graphics card, against the CPU; a driver of software will do, and
//! where there is none the tests are skipped by name.

use crate::operations::{Bench, Case};
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::network::backend::{Activation, Attention, Backend, Linear, Window};
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::network::gpu::{self, Gpu, GpuError, Kernel};
use palimpsest_testing::reference::relative_error;
use std::io::Write;
use std::sync::OnceLock;

/// A card, or none and a line that says what to install. Opened once: the driver is no quicker at it than a
/// person is patient.
pub fn card(test: &str) -> Option<Gpu> {
    static CARD: OnceLock<Result<Gpu, GpuError>> = OnceLock::new();
    match CARD.get_or_init(|| Gpu::open(None)) {
        Ok(gpu) => Some(gpu.clone()),
        Err(error) => {
            assert!(matches!(error, GpuError::NoAdapter { .. }), "{error}");
            // Past the test runner, which keeps to itself what passing tests print.
            let mut out = std::io::stderr();
            writeln!(out, "skipped {test}: {error}; install mesa-vulkan-drivers").unwrap();
            let required = std::env::var_os("PALIMPSEST_REQUIRE_GRAPHICS").is_some();
            assert!(!required, "a graphics driver is required here");
            None
        }
    }
}

/// The card gives for every case what the CPU gives, up to `tolerance`, and twice the same bits.
fn agree(test: &str, tolerance: f64, cases: &[Case]) {
    let Some(gpu) = card(test) else { return };
    for &case in cases {
        let cpu = Bench::results(Cpu::new(1, Memory::Full).unwrap(), case);
        let found = Bench::results(gpu.clone(), case);
        let again = Bench::results(gpu.clone(), case);
        assert!(!found.is_empty() && found.len() <= cpu.len());
        for (i, (found, cpu)) in found.iter().zip(&cpu).enumerate() {
            assert_eq!((found.0, found.1), (cpu.0, cpu.1), "{case:?}: {i}");
            let error = relative_error(&found.2, &cpu.2);
            assert!(
                error <= tolerance,
                "{case:?}: result {i} differs by {error:e}"
            );
        }
        let bits = |results: &[(usize, usize, Vec<f32>)]| -> Vec<u32> {
            results
                .iter()
                .flat_map(|r| r.2.iter().map(|v| v.to_bits()))
                .collect()
        };
        assert!(bits(&found) == bits(&again), "{case:?} is not repeated");
    }
}

#[test]
fn linear_layers() {
    agree(
        "linear_layers",
        1e-6,
        &[
            Case::Linear(1, 5, 3, true),
            Case::Linear(1, 320, 1280, true),
            Case::Linear(77, 40, 33, false),
            Case::Linear(300, 129, 67, true),
            Case::Linear(530, 65, 600, true),
        ],
    );
}

#[test]
fn convolutions() {
    use Window::{Halving, HalvingOneSided, Same};
    agree(
        "convolutions",
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

#[test]
fn norms() {
    agree(
        "norms",
        1e-6,
        &[
            Case::GroupNorm(1, 8, 2, false, 0.0),
            Case::GroupNorm(1, 64, 8, true, 0.0),
            Case::GroupNorm(35, 12, 3, false, 0.5),
            Case::GroupNorm(35, 12, 3, true, 0.5),
            Case::GroupNorm(35, 12, 12, true, -1.0),
            Case::GroupNorm(4096, 32, 8, true, 0.0),
            Case::LayerNorm(1, 7, 0.0),
            Case::LayerNorm(77, 40, 0.5),
            Case::LayerNorm(33, 320, -1.0),
        ],
    );
}

/// One rounding at the size of the mean is 1.8e-6 of the result.
#[test]
fn norms_of_inputs_far_from_zero() {
    agree(
        "norms_of_inputs_far_from_zero",
        6e-6,
        &[
            Case::GroupNorm(35, 12, 3, true, -30.0),
            Case::GroupNorm(4096, 32, 8, true, 30.0),
            Case::LayerNorm(20, 1280, -30.0),
        ],
    );
}

#[test]
fn attentions() {
    let attention = |queries, keys, heads, width, causal| Attention {
        queries,
        keys,
        heads,
        width,
        causal,
    };
    agree(
        "attentions",
        1e-5,
        &[
            Case::Attention(attention(9, 9, 1, 4, false), 1.0),
            Case::Attention(attention(64, 64, 8, 5, false), 1.0),
            Case::Attention(attention(64, 64, 8, 5, false), 12.0),
            Case::Attention(attention(100, 77, 4, 10, false), 1.0),
            Case::Attention(attention(1, 77, 2, 8, false), 1.0),
            Case::Attention(attention(300, 300, 2, 16, false), 3.0),
            Case::Attention(attention(45, 33, 2, 160, false), 1.0),
            Case::Attention(attention(77, 77, 4, 6, true), 1.0),
            Case::Attention(attention(200, 200, 2, 8, true), 3.0),
        ],
    );
}

#[test]
fn functions_of_single_values() {
    use Activation::{Gelu, QuickGelu, Silu};
    let mut cases = vec![Case::Geglu(1, 5), Case::Geglu(50, 64)];
    for function in [Silu, Gelu, QuickGelu] {
        cases.extend([1.0, 5.0, 60.0].map(|deviation| Case::Activation(function, deviation)));
    }
    agree("functions_of_single_values", 1e-6, &cases);
}

#[test]
fn rearrangements_agree_to_the_bit() {
    agree(
        "rearrangements_agree_to_the_bit",
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

#[test]
fn sums_and_tables() {
    agree(
        "sums_and_tables",
        1e-6,
        &[
            Case::Upsample((1, 1), 3),
            Case::Upsample((5, 7), 4),
            Case::Upsample((8, 3), 1),
            Case::ColumnSums(1, 3),
            Case::ColumnSums(77, 40),
            Case::Gather(77, 40, 1),
            Case::Gather(5, 3, 9),
            Case::Scatter(9, 5, 4),
            Case::Scatter(77, 32, 600),
        ],
    );
}

#[test]
fn a_shape_that_does_not_fit_is_an_error() {
    let Some(gpu) = card("a_shape_that_does_not_fit_is_an_error") else {
        return;
    };
    let mut bench = Bench::new(gpu);
    let layer = Linear {
        weight: bench.weight(&[3, 4]),
        bias: None,
        inputs: 4,
        outputs: 3,
    };
    let x = bench.array(2, 5);
    let error = Backend::linear(&bench.backend, &x, &layer).err().unwrap();
    assert!(matches!(error, ModelError::Device { .. }), "{error}");
}

#[test]
fn the_known_answers_are_given() {
    let Some(gpu) = card("the_known_answers_are_given") else {
        return;
    };
    let checks = gpu::check(&gpu).unwrap();
    assert!(checks.len() > 40);
    for check in &checks {
        assert!(check.passed(), "{check:?}");
    }
    assert!(gpu::refusal(&gpu, &checks).is_none());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tests.json");
    gpu::test_once(&gpu, &file).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(&gpu.adapter().driver), "{text}");
}

/// Kernels with faults that no driver would report, in what they compute.
fn faulty(kernel: Kernel, text: String) -> String {
    let (right, wrong) = match kernel {
        Kernel::Product => ("p.inner; start += DEPTH", "p.inner - 1u; start += DEPTH"),
        Kernel::AttentionKeyValue => ("= key_sums[2u", "= 0.99 * key_sums[2u"),
        Kernel::GroupAdjoint => ("found.x - slopes[2u * group] -", "found.x -"),
        _ => return text,
    };
    assert!(text.contains(right), "{kernel:?}");
    text.replace(right, wrong)
}

#[test]
fn wrong_kernels_are_caught() {
    if card("wrong_kernels_are_caught").is_none() {
        return;
    }
    let gpu = Gpu::open_edited(None, faulty).unwrap();
    let checks = gpu::check(&gpu).unwrap();
    let wrong = |rule: &str| checks.iter().any(|c| c.rule == rule && !c.passed());
    for rule in [
        "linear",
        "attention, keys' gradient",
        "group norm, backward",
    ] {
        assert!(wrong(rule), "{rule}");
    }
    for rule in ["attention", "group norm", "GEGLU", "upsampling, backward"] {
        assert!(!wrong(rule), "{rule}");
    }
    let sentence = gpu::refusal(&gpu, &checks).unwrap().to_string();
    assert!(
        sentence.contains("wrongly") && sentence.contains("driver"),
        "{sentence}"
    );
    // What did not pass is not remembered, and so not believed the next time either.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tests.json");
    let error = gpu::test_once(&gpu, &file).unwrap_err();
    assert!(error.to_string().contains("wrongly"), "{error}");
    assert!(!file.exists());
}
