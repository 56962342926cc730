//! The principal components of small patches of pictures: the best linear code of a few numbers a patch.

/// Side of a patch in pixels.
pub const SIDE: usize = 4;
/// Values of a patch: rows, columns, colours.
const VALUES: usize = SIDE * SIDE * 3;
/// Components that are kept.
const KEPT: usize = 4;
/// Sweeps of Jacobi's method; it converges within about ten.
const SWEEPS: usize = 30;

/// One component, whitened: weights·patch + offset has mean 0 and variance 1 over the pictures.
pub struct Component {
    /// In the order (row, column, colour).
    pub weights: Vec<f32>,
    pub offset: f32,
    /// The change of a patch with the component, in the same order.
    pattern: Vec<f32>,
}

/// The components of greatest variance.
pub struct PrincipalComponents {
    components: Vec<Component>,
    mean: Vec<f32>,
}

impl PrincipalComponents {
    /// Of patches of [`SIDE`]×[`SIDE`]×3 values each, given one after the other.
    pub fn of<'a>(patches: impl Iterator<Item = &'a [f32]>) -> Self {
        let mut count = 0.0_f64;
        let mut sums = vec![0.0_f64; VALUES];
        let mut products = vec![0.0_f64; VALUES * VALUES];
        for patch in patches {
            count += 1.0;
            for (i, &a) in patch.iter().enumerate() {
                sums[i] += f64::from(a);
                let row = &mut products[i * VALUES..][..VALUES];
                for (product, &b) in row.iter_mut().zip(patch) {
                    *product += f64::from(a) * f64::from(b);
                }
            }
        }
        let mean: Vec<f64> = sums.iter().map(|sum| sum / count.max(1.0)).collect();
        let mut covariance = products;
        for (index, value) in covariance.iter_mut().enumerate() {
            *value = *value / count.max(1.0) - mean[index / VALUES] * mean[index % VALUES];
        }
        let mut axes = eigen(covariance);
        axes.sort_by(|a, b| b.0.total_cmp(&a.0));
        let components = axes.iter().take(KEPT).map(|(variance, axis)| {
            let deviation = variance.max(1e-12).sqrt();
            let level: f64 = axis.iter().zip(&mean).map(|(a, m)| a * m).sum();
            Component {
                weights: axis.iter().map(|a| (a / deviation) as f32).collect(),
                offset: (-level / deviation) as f32,
                pattern: axis.iter().map(|a| (a * deviation) as f32).collect(),
            }
        });
        Self {
            components: components.collect(),
            mean: mean.iter().map(|&m| m as f32).collect(),
        }
    }

    /// The components, that of greatest variance first.
    pub fn rows(&self) -> impl Iterator<Item = &Component> {
        self.components.iter()
    }

    /// The mean of each colour over a patch, as weights of the components and a constant.
    pub fn mean_colour(&self) -> [(Vec<f32>, f32); 3] {
        let pixels = (SIDE * SIDE) as f32;
        let mean =
            |values: &[f32], c: usize| values.iter().skip(c).step_by(3).sum::<f32>() / pixels;
        std::array::from_fn(|c| {
            let weights = self.components.iter().map(|k| mean(&k.pattern, c));
            (weights.collect(), mean(&self.mean, c))
        })
    }
}

/// Eigenvalues and eigenvectors of a symmetric matrix of [`VALUES`] rows, by Jacobi's rotations.
fn eigen(mut a: Vec<f64>) -> Vec<(f64, Vec<f64>)> {
    const N: usize = VALUES;
    let mut axes = vec![0.0; N * N];
    (0..N).for_each(|i| axes[i * N + i] = 1.0);
    for _ in 0..SWEEPS {
        for p in 0..N {
            for q in p + 1..N {
                let off = a[p * N + q];
                if off.abs() < 1e-15 {
                    continue;
                }
                let ratio = (a[q * N + q] - a[p * N + p]) / (2.0 * off);
                let tangent = ratio.signum() / (ratio.abs() + (ratio * ratio + 1.0).sqrt());
                let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
                let sine = tangent * cosine;
                let rotate = |x: &mut f64, y: &mut f64| {
                    (*x, *y) = (cosine * *x - sine * *y, sine * *x + cosine * *y);
                };
                for k in 0..N {
                    let (mut x, mut y) = (a[k * N + p], a[k * N + q]);
                    rotate(&mut x, &mut y);
                    (a[k * N + p], a[k * N + q]) = (x, y);
                }
                for k in 0..N {
                    let (mut x, mut y) = (a[p * N + k], a[q * N + k]);
                    rotate(&mut x, &mut y);
                    (a[p * N + k], a[q * N + k]) = (x, y);
                    let (mut x, mut y) = (axes[p * N + k], axes[q * N + k]);
                    rotate(&mut x, &mut y);
                    (axes[p * N + k], axes[q * N + k]) = (x, y);
                }
            }
        }
    }
    (0..N)
        .map(|i| (a[i * N + i], axes[i * N..][..N].to_vec()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use palimpsest_base::random::Random;

    /// Patches that are one colour each, with three amounts of variance, plus a little noise.
    #[test]
    fn components_are_white_and_give_the_colour_back() {
        let mut random = Random::for_training(1, 0, 0);
        let patches: Vec<Vec<f32>> = (0..4000)
            .map(|_| {
                let colour = [0.5, 0.3, 0.2].map(|d| 0.1 + d * random.normal());
                let value = |i: usize| (colour[i % 3] + 0.01 * random.normal()) as f32;
                (0..VALUES).map(value).collect()
            })
            .collect();
        let found = PrincipalComponents::of(patches.iter().map(Vec::as_slice));
        let codes: Vec<Vec<f32>> = patches
            .iter()
            .map(|patch| {
                let code = |k: &Component| {
                    let pairs = k.weights.iter().zip(patch);
                    pairs.map(|(w, v)| w * v).sum::<f32>() + k.offset
                };
                found.rows().map(code).collect()
            })
            .collect();
        for k in 0..KEPT {
            let mean: f32 = codes.iter().map(|c| c[k]).sum::<f32>() / 4000.0;
            let square: f32 = codes.iter().map(|c| c[k] * c[k]).sum::<f32>() / 4000.0;
            assert!(
                mean.abs() < 1e-3 && (square - 1.0).abs() < 1e-2,
                "{mean} {square}"
            );
        }
        let [(weights, offset), ..] = found.mean_colour();
        for (patch, code) in patches.iter().zip(&codes).take(50) {
            let red: f32 = patch.iter().step_by(3).sum::<f32>() / 16.0;
            let again: f32 = weights.iter().zip(code).map(|(w, c)| w * c).sum::<f32>() + offset;
            assert!((red - again).abs() < 0.01, "{red} {again}");
        }
    }
}
