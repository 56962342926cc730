//! The device: what goes wrong on it comes back as an error. The arithmetic is held to the CPU's where both are
//! known, in the tests of the networks.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use palimpsest_gpu::{
    Attention, Function, Gathered, Gpu, GpuError, GroupNorm, Matrix, Stored, Weight,
};
use std::io::Write;

/// A card, or none and a line that says what to install.
fn card(test: &str) -> Option<Gpu> {
    match Gpu::open(None) {
        Ok(gpu) => Some(gpu),
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

fn filled(gpu: &Gpu, rows: usize, columns: usize) -> Matrix {
    let value = |i: usize| ((i * 7 + columns) % 13) as f32 / 6.5 - 1.0;
    let values: Vec<f32> = (0..rows * columns).map(value).collect();
    gpu.upload(&values, columns).unwrap()
}

#[test]
fn every_kernel_is_accepted_and_gives_numbers() {
    let Some(gpu) = card("every_kernel_is_accepted_and_gives_numbers") else {
        return;
    };
    let numbers = |x: &Matrix| {
        let values = gpu.download(x).unwrap();
        assert_eq!(values.len(), x.rows * x.columns);
        assert!(values.iter().all(|v| v.is_finite()));
        assert!(values.iter().any(|&v| v != 0.0));
    };
    let (x, weight) = (filled(&gpu, 35, 6), filled(&gpu, 9, 6));
    let y = gpu.product(&x, &Weight::plain(&weight), None).unwrap();
    numbers(&y);
    numbers(&gpu.product(&y, &Weight::adjoint(&weight), None).unwrap());
    let (kernel, bias) = (filled(&gpu, 4, 54), filled(&gpu, 1, 4));
    let mut windows = Gathered {
        source: [7, 5],
        result: [7, 5],
        stride: 1,
        padding: 1,
        adjoint: false,
    };
    let added = [Some(&bias), Some(&bias)];
    let weight = Weight::plain(&kernel);
    let y = gpu.gathered_product(&x, &weight, windows, added).unwrap();
    numbers(&y);
    windows.adjoint = true;
    let weight = Weight::convolution_adjoint(&kernel);
    numbers(
        &gpu.gathered_product(&y, &weight, windows, [None, None])
            .unwrap(),
    );

    let (scale, shift) = (filled(&gpu, 1, 6), filled(&gpu, 1, 6));
    let layer = GroupNorm {
        scale: &scale,
        shift: &shift,
        groups: 3,
        epsilon: 1e-5,
        silu: true,
    };
    let (y, moments) = gpu.group_norm(&x, &layer).unwrap();
    numbers(&y);
    numbers(&gpu.group_norm_backward(&x, &moments, &y, &layer).unwrap());
    let y = gpu.layer_norm(&x, [&scale, &shift], 1e-5).unwrap();
    numbers(&y);
    numbers(&gpu.layer_norm_backward(&x, &x, &scale, 1e-5).unwrap());

    let shape = Attention {
        queries: 35,
        keys: 35,
        heads: 2,
        width: 3,
        causal: true,
    };
    let inputs = [&x, &x, &x];
    let (y, state) = gpu.attention(&shape, inputs).unwrap();
    numbers(&y);
    let (of_query, others) = gpu
        .attention_backward(&shape, inputs, (&y, &state), &x, true)
        .unwrap();
    numbers(&of_query);
    others.unwrap().iter().for_each(numbers);

    numbers(&gpu.geglu(&x).unwrap());
    numbers(&gpu.geglu_backward(&x, &filled(&gpu, 35, 3)).unwrap());
    numbers(&gpu.activation(&x, Function::Gelu).unwrap());
    numbers(&gpu.activation_backward(&x, &x, Function::Silu).unwrap());
    numbers(&gpu.concatenate(&x, &x).unwrap());
    numbers(&gpu.columns(&x, 1, 4).unwrap());
    let large = gpu.upsample(&x, [7, 5]).unwrap();
    numbers(&large);
    numbers(&gpu.upsample_backward(&large, [7, 5]).unwrap());
    numbers(&gpu.gather(&x, &[2, 0]).unwrap());
    numbers(&gpu.scatter(&filled(&gpu, 2, 6), &[2, 2], 4).unwrap());
    numbers(&gpu.column_sums(&x).unwrap());
}

/// Numbers of half precision, the smallest ones too, are multiplied as what they are.
#[test]
fn halves_are_taken_exactly() {
    let Some(gpu) = card("halves_are_taken_exactly") else {
        return;
    };
    let numbers: [(u16, f32); 7] = [
        (0x3c00, 1.0),
        (0xc100, -2.5),
        (0x7bff, 65504.0),
        (0x0400, 6.103_515_6e-5),
        (0x03ff, 6.097_555e-5),
        (0x8001, -5.960_464_5e-8),
        (0x0000, 0.0),
    ];
    let halves = numbers.map(|(half, _)| half);
    let brain = [1.0_f32, -2.5, 3e38, 1e-30, 0.1, -7.0, 0.0].map(|v| (v.to_bits() >> 16) as u16);
    let one = gpu.upload(&[1.0], 1).unwrap();
    for (stored, values, expected) in [
        (Stored::Half, halves, numbers.map(|(_, value)| value)),
        (
            Stored::BrainHalf,
            brain,
            brain.map(|half| f32::from_bits(u32::from(half) << 16)),
        ),
    ] {
        let weight = gpu.upload_halves(&values, 1, stored).unwrap();
        let forward = gpu.product(&one, &Weight::plain(&weight), None).unwrap();
        assert_eq!(gpu.download(&forward).unwrap(), expected);
        let row = gpu.upload_halves(&values, 7, stored).unwrap();
        let back = gpu.product(&one, &Weight::adjoint(&row), None).unwrap();
        assert_eq!(gpu.download(&back).unwrap(), expected);
    }
}

#[test]
fn a_lost_device_is_an_error_and_another_goes_on() {
    let Some(lost) = card("a_lost_device_is_an_error_and_another_goes_on") else {
        return;
    };
    for _ in 0..3 {
        let gpu = Gpu::open(None).unwrap();
        let x = filled(&gpu, 3, 5);
        assert!(gpu.download(&gpu.add(&x, &x).unwrap()).is_ok());
    }
    let x = filled(&lost, 3, 5);
    let pending = lost.add(&x, &x).unwrap();
    lost.lose();
    for error in [
        lost.download(&pending).err(),
        lost.add(&x, &x).err(),
        lost.upload(&[1.0], 1).err(),
    ] {
        let error = error.unwrap();
        assert!(error.is_loss(), "{error}");
    }
}

#[test]
fn an_array_beyond_the_limit_is_refused() {
    let Some(gpu) = card("an_array_beyond_the_limit_is_refused") else {
        return;
    };
    let row = filled(&gpu, 1, 1 << 20);
    // A hundred thousand rows of four mebibytes each.
    let error = gpu.gather(&row, &vec![0; 100_000]).err().unwrap();
    assert!(matches!(error, GpuError::TooLarge { .. }), "{error}");
    let sum = gpu.add(&row, &row).unwrap();
    assert_eq!(gpu.download(&sum).unwrap().len(), 1 << 20);
}

#[test]
fn arrays_that_do_not_fit_are_refused() {
    let Some(gpu) = card("arrays_that_do_not_fit_are_refused") else {
        return;
    };
    let (x, weight) = (filled(&gpu, 3, 5), filled(&gpu, 2, 4));
    let shape = Attention {
        queries: 3,
        keys: 3,
        heads: 1,
        width: 4,
        causal: false,
    };
    for error in [
        gpu.product(&x, &Weight::plain(&weight), None).err(),
        gpu.concatenate(&x, &weight).err(),
        gpu.columns(&x, 3, 3).err(),
        gpu.gather(&x, &[3]).err(),
        gpu.attention(&shape, [&x, &x, &x]).err(),
        gpu.upload(&[0.0; 5], 2).err(),
    ] {
        let error = error.unwrap();
        assert!(matches!(error, GpuError::Shape { .. }), "{error}");
    }
}

#[test]
fn a_card_of_another_name_is_not_there() {
    let error = Gpu::open(Some("no such card")).err().unwrap();
    assert!(error.to_string().contains("no such card"), "{error}");
}
