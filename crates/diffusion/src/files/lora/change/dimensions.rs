//! Whether the dimensions of a change's tensors fit each other and the weight.

use super::Resolver;

impl Resolver<'_> {
    pub(super) fn is_target(&self, outputs: usize, inputs: usize, window: &[usize]) -> bool {
        match self.target {
            [target_outputs, target_inputs, target_window @ ..] => {
                (outputs, inputs) == (*target_outputs, *target_inputs)
                    && (window == target_window || (trivial(window) && trivial(target_window)))
            }
            _ => false,
        }
    }

    /// `a · b` has as many outputs as `target`, and as many values in each.
    pub(super) fn is_product(&self, a: &[usize], b: &[usize], target: &[usize]) -> bool {
        match (a, b) {
            (&[outputs, rank, ref up @ ..], [rows, inner @ ..]) => {
                let inputs = target.get(1..).and_then(product);
                rank == *rows
                    && rank > 0
                    && trivial(up)
                    && Some(&outputs) == target.first()
                    && product(inner) == inputs
                    && inputs.is_some_and(|inputs| inputs > 0)
            }
            _ => false,
        }
    }

    /// `Σ window[i, j, …] · a[i, p] · b[j, r]` has the dimensions of `target`.
    pub(super) fn is_window(
        &self,
        window: &[usize],
        a: &[usize],
        b: &[usize],
        target: &[usize],
    ) -> bool {
        match (window, a, b, target) {
            (
                [first, second, window @ ..],
                [above, outputs],
                [below, inputs],
                [wanted, other, rest @ ..],
            ) => {
                (first, second) == (above, below)
                    && (outputs, inputs) == (wanted, other)
                    && (window == rest || (trivial(window) && trivial(rest)))
                    && *first > 0
                    && *second > 0
            }
            _ => false,
        }
    }
}

pub(super) fn product(shape: &[usize]) -> Option<usize> {
    shape
        .iter()
        .try_fold(1_usize, |product, &side| product.checked_mul(side))
}

/// A linear layer may be written as a 1×1 convolution.
pub(super) fn trivial(window: &[usize]) -> bool {
    window.is_empty() || window == [1, 1]
}

pub(super) fn trivial_or_empty(window: &[usize]) -> bool {
    window.iter().all(|&side| side == 1)
}

/// The rank of a pair of matrices whose product has the dimensions of `target`. A linear layer may be
/// written as a 1×1 convolution on either side; a convolution's window belongs to the lower matrix.
pub(super) fn rank(up: &[usize], down: &[usize], target: &[usize]) -> Option<usize> {
    let [outputs, inputs, target_window @ ..] = target else {
        return None;
    };
    let (&[up_outputs, rank, ref up_window @ ..], &[down_rank, down_inputs, ref window @ ..]) =
        (up, down)
    else {
        return None;
    };
    let windows_fit = window == target_window || (trivial(window) && trivial(target_window));
    let fits = (up_outputs, down_inputs, down_rank) == (*outputs, *inputs, rank)
        && trivial(up_window)
        && windows_fit
        && rank > 0;
    fits.then_some(rank)
}
