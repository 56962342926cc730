//! Vector code without intrinsics: plain loops that the compiler vectorises once for each
//! instruction set, the right copy being chosen at run time; and the few transcendental functions
//! that such loops need in a form without branches.

use pulp::Simd;

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

/// 1.5·2²³: a sum with it is rounded to a whole number, which its lowest bits hold.
const ROUNDER: f32 = 12_582_912.0;
/// ln 2 in two parts, the first exact in few bits.
const LN2_HIGH: f32 = 0.693_359_4;
const LN2_LOW: f32 = -2.121_944_4e-4;
/// Cephes' polynomial for (eʳ − 1 − r)/r², highest power first.
const EXP: [f32; 6] = [
    1.987_569_1e-4,
    1.398_199_9e-3,
    8.333_452e-3,
    4.166_579_6e-2,
    1.666_666_5e-1,
    0.5,
];

/// eˣ to about 1 ulp for x in [-87, 88]; outside, the value at the nearer end.
///
/// Cephes' `expf` polynomial; the power of two is read off the bits of a sum with 1.5·2²³, which
/// rounds to the nearest integer without a conversion instruction.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    let rounded = x * std::f32::consts::LOG2_E + ROUNDER;
    let power = rounded - ROUNDER;
    let r = x - power * LN2_HIGH - power * LN2_LOW;
    let mut p = EXP[0];
    p = p * r + EXP[1];
    p = p * r + EXP[2];
    p = p * r + EXP[3];
    p = p * r + EXP[4];
    p = p * r + EXP[5];
    p = p * r * r + r + 1.0;
    p * f32::from_bits(rounded.to_bits().wrapping_add(127) << 23)
}

/// [`exp`] of a vector; what is not a number stays so.
#[inline(always)]
pub fn exp_lanes<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let constant = |value| simd.splat_f32s(value);
    // By comparison and choice, both false for NaN: a vector's minimum and maximum may swallow it.
    let (low, high) = (constant(-87.0), constant(88.0));
    let x = simd.select_f32s(simd.less_than_f32s(x, low), low, x);
    let x = simd.select_f32s(simd.greater_than_f32s(x, high), high, x);
    let rounded = simd.mul_add_e_f32s(x, constant(std::f32::consts::LOG2_E), constant(ROUNDER));
    let power = simd.sub_f32s(rounded, constant(ROUNDER));
    let r = simd.mul_add_e_f32s(power, constant(-LN2_HIGH), x);
    let r = simd.mul_add_e_f32s(power, constant(-LN2_LOW), r);
    let mut p = constant(EXP[0]);
    p = simd.mul_add_e_f32s(p, r, constant(EXP[1]));
    p = simd.mul_add_e_f32s(p, r, constant(EXP[2]));
    p = simd.mul_add_e_f32s(p, r, constant(EXP[3]));
    p = simd.mul_add_e_f32s(p, r, constant(EXP[4]));
    p = simd.mul_add_e_f32s(p, r, constant(EXP[5]));
    p = simd.mul_add_e_f32s(simd.mul_f32s(p, r), r, r);
    p = simd.add_f32s(p, constant(1.0));
    let bits = simd.add_u32s(simd.transmute_u32s_f32s(rounded), simd.splat_u32s(127));
    let scale = simd.wrapping_dyn_shl_u32s(bits, simd.splat_u32s(23));
    simd.mul_f32s(p, simd.transmute_f32s_u32s(scale))
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
    fn vectors_follow_exp() {
        struct Each<'a>(&'a mut [f32]);
        impl pulp::WithSimd for Each<'_> {
            type Output = ();
            #[inline(always)]
            fn with_simd<S: Simd>(self, simd: S) {
                for x in S::as_mut_simd_f32s(self.0).0 {
                    *x = exp_lanes(simd, *x);
                }
            }
        }
        let x: Vec<f32> = (-4400..4400).map(|i| i as f32 / 50.0).collect();
        let mut y = x.clone();
        y[..3].copy_from_slice(&[f32::NEG_INFINITY, f32::INFINITY, f32::NAN]);
        pulp::Arch::new().dispatch(Each(&mut y));
        assert!(y[0] < 1e-37 && y[1] > 1e38 && y[2].is_nan());
        for (x, y) in x.iter().zip(&y).skip(50) {
            let exact = f64::from(*x).exp();
            assert!(
                (f64::from(*y) - exact).abs() < 3e-7 * exact,
                "exp({x}) = {y}"
            );
        }
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
    }
}
