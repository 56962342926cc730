//! Vector code without intrinsics: plain loops that the compiler vectorises once for each
//! instruction set, the right copy being chosen at run time; and the few transcendental functions
//! that such loops need in a form without branches.

/// Runs `body` compiled for the widest instruction set of this machine (AVX-512, AVX2 or the
/// baseline on x86-64; NEON on aarch64). Whatever `body` calls must be `#[inline(always)]`.
#[inline(always)]
pub fn vectorised<R>(body: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(body)
}

/// The instruction set that [`vectorised`] and the matrix products use here.
pub fn instruction_set() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        if pulp::x86::V4::try_new().is_some() {
            return "x86-64 AVX-512";
        }
        if pulp::x86::V3::try_new().is_some() {
            return "x86-64 AVX2";
        }
    }
    std::env::consts::ARCH
}

/// Asks for the cache line that holds `values[at]`, which may lie past the end, where the processor
/// takes such requests.
#[inline(always)]
pub fn prefetch(values: &[f32], at: usize) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a prefetch is a hint; it reads nothing and faults on no address.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(values.as_ptr().wrapping_add(at).cast()) }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (values, at);
}

/// Accumulators kept side by side in a sum, so that the additions do not wait for one another.
const LANES: usize = 32;

/// eˣ to about 1 ulp for x in [-87, 88]; outside, the value at the nearer end.
///
/// Cephes' `expf` polynomial; the power of two is read off the bits of a sum with 1.5·2²³, which
/// rounds to the nearest integer without a conversion instruction.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    const ROUNDER: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0);
    let rounded = x * std::f32::consts::LOG2_E + ROUNDER;
    let power = rounded - ROUNDER;
    let r = x - power * 0.693_359_4 - power * -2.121_944_4e-4;
    let mut p = 1.987_569_1e-4_f32;
    p = p * r + 1.398_199_9e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_5e-1;
    p = p * r + 0.5;
    p = p * r * r + r + 1.0;
    p * f32::from_bits(rounded.to_bits().wrapping_add(127) << 23)
}

/// The logistic function 1/(1+e⁻ˣ).
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// Φ(x), the normal distribution's cumulative function, and e^(−x²/2), its density times √(2π).
///
/// Abramowitz & Stegun 7.1.26: absolute error below 1.5e-7.
#[inline(always)]
pub fn normal_cdf(x: f32) -> (f32, f32) {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let density = exp(-z * z);
    let poly = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_8) * t - 0.284_496_74) * t
        + 0.254_829_6)
        * t;
    let half_tail = 0.5 * poly * density;
    let cdf = if x < 0.0 { half_tail } else { 1.0 - half_tail };
    (cdf, density)
}

/// Σ f(xᵢ), in a fixed order.
#[inline(always)]
pub fn sum_of(x: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    let chunks = x.chunks_exact(LANES);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane += f(value);
        }
    }
    lanes.iter().sum::<f32>() + rest.iter().map(|&v| f(v)).sum::<f32>()
}

/// Σ aᵢ·bᵢ, in a fixed order.
#[inline(always)]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    let (chunks_a, chunks_b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest = chunks_a.remainder().iter().zip(chunks_b.remainder());
    let tail = rest.map(|(x, y)| x * y).sum::<f32>();
    for (chunk_a, chunk_b) in chunks_a.zip(chunks_b) {
        for (lane, (x, y)) in lanes.iter_mut().zip(chunk_a.iter().zip(chunk_b)) {
            *lane += x * y;
        }
    }
    lanes.iter().sum::<f32>() + tail
}

/// The largest value; −∞ for none.
#[inline(always)]
pub fn max(x: &[f32]) -> f32 {
    let mut lanes = [f32::NEG_INFINITY; LANES];
    let chunks = x.chunks_exact(LANES);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane = if value > *lane { value } else { *lane };
        }
    }
    let head = lanes.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    rest.iter().copied().fold(head, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_follows_the_standard_library() {
        for i in -8700..8800 {
            let x = i as f32 / 100.0;
            let exact = f64::from(x).exp();
            let error = (f64::from(exp(x)) - exact).abs() / exact;
            assert!(error < 2e-7, "exp({x}) is off by {error:e}");
        }
        assert!(exp(-1e30) < 1e-37 && exp(1e30) > 1e38);
    }

    #[test]
    fn the_normal_distribution_is_right_at_known_points() {
        for (x, cdf) in [
            (0.0, 0.5),
            (1.0, 0.841_344_7),
            (-1.0, 0.158_655_25),
            (2.5, 0.993_790_3),
            (-6.0, 9.9e-10),
        ] {
            assert!((normal_cdf(x).0 - cdf).abs() < 2e-7, "Φ({x})");
        }
        assert!((normal_cdf(1.0).1 - (-0.5_f32).exp()).abs() < 1e-7);
    }

    #[test]
    fn sums_count_every_element() {
        let x: Vec<f32> = (0..77).map(|i| i as f32).collect();
        assert_eq!(sum_of(&x, |v| v), 2926.0);
        assert_eq!(dot(&x, &x), (0..77).map(|i| (i * i) as f32).sum::<f32>());
        assert_eq!(max(&x), 76.0);
    }
}
