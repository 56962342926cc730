//! The CPU kernels at the sizes that Stable Diffusion v1 has at a 64×64 latent: `cargo bench --bench
//! kernels`. Throughput counts a multiplication and an addition as two operations.

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use palimpsest_kernels::attention::{Attention, ForwardPass, Inputs, KeyValue};
use palimpsest_kernels::convolution::Convolution;
use palimpsest_kernels::im2col::{Grid, Window};
use palimpsest_kernels::matmul::{linear, linear_backward};
use palimpsest_kernels::norm::GroupNorm;
use palimpsest_kernels::pool::Pool;
use std::hint::black_box;

type Group<'a> = BenchmarkGroup<'a, criterion::measurement::WallTime>;

fn values(n: usize, seed: u32) -> Vec<f32> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..n).map(|_| next()).collect()
}

fn linears(c: &mut Criterion) {
    let mut group = c.benchmark_group("linear");
    let pool = Pool::new();
    for (rows, inputs, outputs) in [(4096, 320, 2560), (1024, 640, 640), (256, 1280, 1280)] {
        let (x, weight) = (values(rows * inputs, 1), values(inputs * outputs, 2));
        let mut out = vec![0.0; rows * outputs];
        let mut back = vec![0.0; rows * inputs];
        group.throughput(Throughput::Elements((2 * rows * inputs * outputs) as u64));
        let name = format!("{rows}x{inputs}x{outputs}");
        group.bench_function(format!("forward/{name}"), |b| {
            b.iter(|| linear(black_box(&mut out), &x, &weight[..], None, inputs, &pool));
        });
        group.bench_function(format!("backward/{name}"), |b| {
            b.iter(|| linear_backward(black_box(&mut back), &out, &weight[..], inputs, &pool));
        });
    }
}

fn convolutions(c: &mut Criterion) {
    let mut group = c.benchmark_group("convolution");
    for (side, channels) in [(64, 320), (32, 640), (16, 1280), (8, 1280)] {
        convolution(&mut group, side, channels);
    }
}

fn convolution(group: &mut Group, side: usize, channels: usize) {
    let grid = Grid {
        height: side,
        width: side,
    };
    let (weight, bias) = (values(9 * channels * channels, 1), values(channels, 2));
    let x = values(grid.positions() * channels, 3);
    let mut out = vec![0.0; x.len()];
    let layer = Convolution {
        weight: weight[..].into(),
        inputs: channels,
        outputs: channels,
        window: Window::Same,
    };
    let pool = Pool::new();
    let work = 18 * grid.positions() * channels * channels;
    group.throughput(Throughput::Elements(work as u64));
    group.bench_function(format!("forward/{side}x{side}x{channels}"), |b| {
        b.iter(|| layer.forward(black_box(&mut out), &x, &bias, grid, &pool));
    });
    group.bench_function(format!("backward/{side}x{side}x{channels}"), |b| {
        b.iter(|| layer.backward(black_box(&mut out), &x, grid, &pool));
    });
}

fn attentions(c: &mut Criterion) {
    let mut group = c.benchmark_group("attention");
    for (tokens, width) in [(4096, 40), (1024, 80), (256, 160)] {
        let shape = Attention {
            queries: tokens,
            keys: tokens,
            heads: 8,
            width,
            causal: false,
        };
        let n = tokens * 8 * width;
        let [q, k, v, gradient] = [1, 2, 3, 4].map(|seed| values(n, seed));
        let inputs = Inputs {
            query: &q,
            key: &k,
            value: &v,
        };
        let pool = Pool::new();
        let mut out = vec![0.0; n];
        let mut log_sum = vec![0.0; 8 * tokens];
        group.throughput(Throughput::Elements(
            (4 * tokens * tokens * 8 * width) as u64,
        ));
        group.bench_function(format!("forward/{tokens}x{width}"), |b| {
            b.iter(|| shape.forward(black_box(&mut out), &mut log_sum, inputs, &pool));
        });
        let outcome = ForwardPass {
            result: &out,
            log_sum: &log_sum,
            gradient: &gradient,
        };
        let [mut dq, mut dk, mut dv] = [vec![0.0; n], vec![0.0; n], vec![0.0; n]];
        group.throughput(Throughput::Elements(
            (10 * tokens * tokens * 8 * width) as u64,
        ));
        group.bench_function(format!("backward/{tokens}x{width}"), |b| {
            b.iter(|| {
                let wanted = KeyValue {
                    key: &mut dk,
                    value: &mut dv,
                };
                shape.backward(black_box(&mut dq), Some(wanted), inputs, outcome, &pool);
            });
        });
    }
}

fn norms(c: &mut Criterion) {
    let mut group = c.benchmark_group("group norm with SiLU");
    let (rows, channels) = (4096, 320);
    let (x, gradient) = (values(rows * channels, 1), values(rows * channels, 2));
    let (scale, shift) = (values(channels, 3), values(channels, 4));
    let norm = GroupNorm {
        scale: &scale,
        shift: &shift,
        groups: 32,
        epsilon: 1e-5,
        silu: true,
    };
    let mut out = vec![0.0; x.len()];
    let moments = norm.forward(&mut out, &x);
    group.throughput(Throughput::Bytes((4 * x.len()) as u64));
    group.bench_function("forward/4096x320", |b| {
        b.iter(|| norm.forward(black_box(&mut out), &x));
    });
    group.bench_function("backward/4096x320", |b| {
        b.iter(|| norm.backward(black_box(&mut out), &x, &moments, &gradient));
    });
}

criterion_group! {
    name = kernels;
    config = Criterion::default().sample_size(10);
    targets = linears, convolutions, attentions, norms
}
criterion_main!(kernels);
