//! One thread and many give the same bits, at sizes where the work is really divided.

use palimpsest_kernels::attention::{Attention, ForwardPass, Inputs, KeyValue};
use palimpsest_kernels::convolution::Convolution;
use palimpsest_kernels::im2col::{Grid, Window};
use palimpsest_kernels::matmul::{linear, linear_backward};
use palimpsest_kernels::norm::GroupNorm;
use palimpsest_kernels::pool::Pool;
use palimpsest_kernels::winograd;

fn values(n: usize, seed: u32) -> Vec<f32> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..n).map(|_| next()).collect()
}

/// Runs `work` on 1, 2 and 5 threads and compares every bit of what it returns.
fn same_bits(what: &str, work: impl Fn() -> Vec<f32> + Sync) {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(&work)
    };
    let bits = |x: Vec<f32>| x.into_iter().map(f32::to_bits).collect::<Vec<_>>();
    let one = bits(on(1));
    assert!(one.iter().all(|&b| f32::from_bits(b).is_finite()), "{what}");
    for threads in [2, 5] {
        assert!(one == bits(on(threads)), "{what} on {threads} threads");
    }
}

#[test]
fn linear_layers() {
    let (x, weight, bias) = (values(700 * 90, 1), values(410 * 90, 2), values(410, 3));
    same_bits("linear", || {
        let pool = Pool::new();
        let mut out = vec![0.0; 700 * 410];
        linear(&mut out, &x, &weight[..], Some(&bias), 90, &pool);
        let mut back = vec![0.0; x.len()];
        linear_backward(&mut back, &out, &weight[..], 90, &pool);
        [out, back].concat()
    });
}

#[test]
fn convolutions() {
    // The first takes patches, the second panels, the third is Winograd's: in two bands, and in wide or
    // narrow strips according to the number of threads.
    for (channels, side) in [(48, 30), (72, 20), (192, 66)] {
        let grid = Grid {
            height: side,
            width: side,
        };
        let large = winograd::pays_off(channels, channels, grid);
        assert_eq!(large, channels == 192);
        let (weight, bias) = (values(9 * channels * channels, 1), values(channels, 2));
        let x = values(grid.positions() * channels, 3);
        let layer = Convolution {
            weight: weight[..].into(),
            inputs: channels,
            outputs: channels,
            window: Window::Same,
        };
        same_bits("convolution", || {
            let pool = Pool::new();
            let mut out = vec![0.0; x.len()];
            layer.forward(&mut out, &x, &bias, grid, &pool);
            let mut back = vec![0.0; x.len()];
            layer.backward(&mut back, &out, grid, &pool);
            [out, back].concat()
        });
    }
}

#[test]
fn attentions() {
    let shape = Attention {
        queries: 700,
        keys: 1100,
        heads: 3,
        width: 12,
        causal: false,
    };
    let (q, gradient) = (values(700 * 36, 1), values(700 * 36, 2));
    let (k, v) = (values(1100 * 36, 3), values(1100 * 36, 4));
    let inputs = Inputs {
        query: &q,
        key: &k,
        value: &v,
    };
    same_bits("attention", || {
        let pool = Pool::new();
        let mut out = vec![0.0; q.len()];
        let mut log_sum = vec![0.0; 3 * 700];
        shape.forward(&mut out, &mut log_sum, inputs, &pool);
        let forward = ForwardPass {
            result: &out,
            log_sum: &log_sum,
            gradient: &gradient,
        };
        let [mut dq, mut dk, mut dv] = [vec![0.0; q.len()], vec![0.0; k.len()], vec![0.0; v.len()]];
        let wanted = KeyValue {
            key: &mut dk,
            value: &mut dv,
        };
        shape.backward(&mut dq, Some(wanted), inputs, forward, &pool);
        [out.clone(), dq, dk, dv].concat()
    });
}

#[test]
fn group_norms() {
    let (x, gradient) = (values(900 * 64, 1), values(900 * 64, 2));
    let (scale, shift) = (values(64, 3), values(64, 4));
    let norm = GroupNorm {
        scale: &scale,
        shift: &shift,
        groups: 8,
        epsilon: 1e-5,
        silu: true,
    };
    same_bits("group norm", || {
        let mut out = vec![0.0; x.len()];
        let moments = norm.forward(&mut out, &x);
        let mut back = vec![0.0; x.len()];
        norm.backward(&mut back, &x, &moments, &gradient);
        [out, back].concat()
    });
}
