//! A stand-in for the crate `gemm`, which compiles its kernels for five kinds of numbers of which this program, candle
//! included, multiplies one. Products of `f32` are those of `gemm-f32`, to the bit; of `f64` and `f16`, which candle may
//! ask for, a plain loop. `[patch.crates-io]` puts it in the place of the other.

use std::any::TypeId;

use half::f16;

pub use gemm_common::Parallelism;

/// `dst := alpha × dst + beta × lhs × rhs` with an `m × k` and a `k × n` matrix: pointers to the first elements, and how
/// far apart columns (`cs`) and rows (`rs`) are, in elements.
struct Product<T> {
    m: usize,
    n: usize,
    k: usize,
    dst: *mut T,
    dst_cs: isize,
    dst_rs: isize,
    read_dst: bool,
    lhs: *const T,
    lhs_cs: isize,
    lhs_rs: isize,
    rhs: *const T,
    rhs_cs: isize,
    rhs_rs: isize,
    alpha: T,
    beta: T,
}

impl<T> Product<T> {
    /// The same product with its numbers called `U`.
    ///
    /// # Safety
    /// `U` must be `T`.
    unsafe fn of<U: Copy>(self) -> Product<U> {
        // SAFETY: the two types are one, says the caller.
        let number = |number: &T| unsafe { *std::ptr::from_ref(number).cast::<U>() };
        Product {
            m: self.m,
            n: self.n,
            k: self.k,
            dst: self.dst.cast(),
            dst_cs: self.dst_cs,
            dst_rs: self.dst_rs,
            read_dst: self.read_dst,
            lhs: self.lhs.cast(),
            lhs_cs: self.lhs_cs,
            lhs_rs: self.lhs_rs,
            rhs: self.rhs.cast(),
            rhs_cs: self.rhs_cs,
            rhs_rs: self.rhs_rs,
            alpha: number(&self.alpha),
            beta: number(&self.beta),
        }
    }

    /// The product of the transposed matrices: the kernels prefer results whose columns are whole.
    fn transposed(self) -> Self {
        Self {
            m: self.n,
            n: self.m,
            dst_cs: self.dst_rs,
            dst_rs: self.dst_cs,
            lhs: self.rhs,
            lhs_cs: self.rhs_rs,
            lhs_rs: self.rhs_cs,
            rhs: self.lhs,
            rhs_cs: self.lhs_rs,
            rhs_rs: self.lhs_cs,
            ..self
        }
    }

    /// The same product with no distance below zero in the result and along the sum.
    fn ascending(mut self) -> Self {
        let last = |count: usize, distance: isize| (count as isize - 1) * distance;
        if self.dst_rs < 0 && self.m > 0 {
            self.dst = self.dst.wrapping_offset(last(self.m, self.dst_rs));
            self.dst_rs = -self.dst_rs;
            self.lhs = self.lhs.wrapping_offset(last(self.m, self.lhs_rs));
            self.lhs_rs = -self.lhs_rs;
        }
        if self.dst_cs < 0 && self.n > 0 {
            self.dst = self.dst.wrapping_offset(last(self.n, self.dst_cs));
            self.dst_cs = -self.dst_cs;
            self.rhs = self.rhs.wrapping_offset(last(self.n, self.rhs_cs));
            self.rhs_cs = -self.rhs_cs;
        }
        if self.lhs_cs < 0 && self.k > 0 {
            self.lhs = self.lhs.wrapping_offset(last(self.k, self.lhs_cs));
            self.lhs_cs = -self.lhs_cs;
            self.rhs = self.rhs.wrapping_offset(last(self.k, self.rhs_rs));
            self.rhs_rs = -self.rhs_rs;
        }
        self
    }
}

impl<T: Copy> Product<T> {
    /// Computes it number by number, in `f64`.
    ///
    /// # Safety
    /// As of [`gemm`].
    unsafe fn plainly(&self, wide: impl Fn(T) -> f64, narrow: impl Fn(f64) -> T) {
        let place = |row: usize, rs: isize, column: usize, cs: isize| {
            row as isize * rs + column as isize * cs
        };
        for row in 0..self.m {
            for column in 0..self.n {
                let dst = self
                    .dst
                    .wrapping_offset(place(row, self.dst_rs, column, self.dst_cs));
                let mut sum = 0.0;
                for depth in 0..self.k {
                    let left = place(row, self.lhs_rs, depth, self.lhs_cs);
                    let right = place(depth, self.rhs_rs, column, self.rhs_cs);
                    // SAFETY: within the shapes that the caller promises.
                    let (left, right) = unsafe {
                        (
                            *self.lhs.wrapping_offset(left),
                            *self.rhs.wrapping_offset(right),
                        )
                    };
                    sum += wide(left) * wide(right);
                }
                sum *= wide(self.beta);
                // SAFETY: within the shape that the caller promises; read only where it may be.
                unsafe {
                    if self.read_dst {
                        sum += wide(self.alpha) * wide(*dst);
                    }
                    *dst = narrow(sum);
                }
            }
        }
    }
}

/// Computes `dst := alpha × dst + beta × lhs × rhs` of an `m × k` and a `k × n` matrix; without `read_dst` what `dst`
/// holds is not read. `cs` and `rs` are the distances of columns and rows in elements. The flags are for complex
/// numbers, of which there are none here.
///
/// # Safety
/// The pointers with their distances must lie within allocations of the given shapes, and `dst` must not overlap the
/// other two.
///
/// # Panics
/// Panics if `T` is neither `f32`, `f64` nor [`half::f16`].
#[allow(
    clippy::too_many_arguments,
    reason = "the interface that candle was written for"
)]
pub unsafe fn gemm<T: 'static>(
    m: usize,
    n: usize,
    k: usize,
    dst: *mut T,
    dst_cs: isize,
    dst_rs: isize,
    read_dst: bool,
    lhs: *const T,
    lhs_cs: isize,
    lhs_rs: isize,
    rhs: *const T,
    rhs_cs: isize,
    rhs_rs: isize,
    alpha: T,
    beta: T,
    _conj_dst: bool,
    _conj_lhs: bool,
    _conj_rhs: bool,
    parallelism: Parallelism,
) {
    let product = Product {
        m,
        n,
        k,
        dst,
        dst_cs,
        dst_rs,
        read_dst,
        lhs,
        lhs_cs,
        lhs_rs,
        rhs,
        rhs_cs,
        rhs_rs,
        alpha,
        beta,
    };
    let numbers = TypeId::of::<T>();
    // SAFETY: each type is the one that was asked for; the rest is as the caller promises.
    unsafe {
        if numbers == TypeId::of::<f32>() {
            singles(product.of(), parallelism);
        } else if numbers == TypeId::of::<f64>() {
            product.of::<f64>().plainly(|number| number, |sum| sum);
        } else {
            assert!(
                numbers == TypeId::of::<f16>(),
                "matrices of these numbers are not multiplied"
            );
            product.of::<f16>().plainly(f16::to_f64, f16::from_f64);
        }
    }
}

/// Computes a product of single precision by the kernels of `gemm-f32`.
///
/// # Safety
/// As of [`gemm`].
unsafe fn singles(product: Product<f32>, parallelism: Parallelism) {
    let product = if product.dst_cs.abs() < product.dst_rs.abs() {
        product.transposed()
    } else {
        product
    };
    let p = product.ascending();
    // SAFETY: as the caller promises.
    unsafe {
        gemm_f32::gemm::f32::get_gemm_fn()(
            p.m,
            p.n,
            p.k,
            p.dst,
            p.dst_cs,
            p.dst_rs,
            p.read_dst,
            p.lhs,
            p.lhs_cs,
            p.lhs_rs,
            p.rhs,
            p.rhs_cs,
            p.rhs_rs,
            p.alpha,
            p.beta,
            false,
            false,
            false,
            parallelism,
        );
    }
}

#[cfg(test)]
mod tests;
