//! Products held against sums written out here.

use super::*;

/// Numbers between -1 and 1 that look like none.
fn numbers(count: usize, seed: u32) -> Vec<f64> {
    let mut state = seed;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1 << 23) - 1.0
    };
    std::iter::repeat_with(next).take(count).collect()
}

/// `dst` holds rows or columns one after the other; `backwards` reads the left matrix from its last row on.
#[derive(Clone, Copy, Debug)]
struct Layout {
    by_columns: bool,
    backwards: bool,
    read_dst: bool,
}

/// The largest difference of a product from the same one in `f64`.
fn error<T: Copy + 'static>(
    [m, n, k]: [usize; 3],
    layout: Layout,
    narrow: impl Fn(f64) -> T,
    wide: impl Fn(T) -> f64,
) -> f64 {
    let of = |values: Vec<f64>| -> Vec<T> { values.into_iter().map(&narrow).collect() };
    let (lhs, rhs) = (of(numbers(m * k, 1)), of(numbers(k * n, 2)));
    let before = of(numbers(m * n, 3));
    let mut dst = before.clone();
    let (dst_cs, dst_rs) = if layout.by_columns { (m, 1) } else { (1, n) };
    let (alpha, beta) = (narrow(0.5), narrow(2.0));
    let last_row = m.saturating_sub(1) * k;
    let (first, lhs_rs) = if layout.backwards {
        (lhs[last_row.min(lhs.len())..].as_ptr(), -(k as isize))
    } else {
        (lhs.as_ptr(), k as isize)
    };
    // SAFETY: the distances are those of the vectors made above.
    unsafe {
        gemm(
            m,
            n,
            k,
            dst.as_mut_ptr(),
            dst_cs as isize,
            dst_rs as isize,
            layout.read_dst,
            first,
            1,
            lhs_rs,
            rhs.as_ptr(),
            1,
            n as isize,
            alpha,
            beta,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
    let mut largest = 0.0_f64;
    for row in 0..m {
        let left = if layout.backwards { m - 1 - row } else { row };
        for column in 0..n {
            let terms = (0..k).map(|d| wide(lhs[left * k + d]) * wide(rhs[d * n + column]));
            let mut expected = wide(beta) * terms.sum::<f64>();
            let at = row * dst_rs + column * dst_cs;
            if layout.read_dst {
                expected += wide(alpha) * wide(before[at]);
            }
            largest = largest.max((wide(dst[at]) - expected).abs());
        }
    }
    largest
}

#[test]
fn every_kind_of_number_is_multiplied_in_every_layout() {
    for shape in [
        [1, 1, 1],
        [3, 5, 7],
        [17, 33, 65],
        [64, 1, 9],
        [1, 70, 3],
        [4, 4, 0],
        [0, 3, 2],
    ] {
        for flags in 0..8_u8 {
            let layout = Layout {
                by_columns: flags & 1 != 0,
                backwards: flags & 2 != 0,
                read_dst: flags & 4 != 0,
            };
            let single = error(shape, layout, |x| x as f32, f64::from);
            assert!(single < 2e-5, "{shape:?} {layout:?}: {single}");
            let double = error(shape, layout, |x| x, |x| x);
            assert!(double < 1e-12, "{shape:?} {layout:?}: {double}");
            let half = error(shape, layout, f16::from_f64, f16::to_f64);
            assert!(half < 0.05, "{shape:?} {layout:?}: {half}");
        }
    }
}

#[test]
#[should_panic(expected = "are not multiplied")]
fn whole_numbers_are_refused() {
    error(
        [2, 2, 2],
        Layout {
            by_columns: false,
            backwards: false,
            read_dst: false,
        },
        |x| x as i32,
        f64::from,
    );
}
