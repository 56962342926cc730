//! Parameters of the CPU back end for the time of one operation: as they lie in the file, widened, or copied into blocks.

use super::Cpu;
use crate::files::Parameter;
use crate::files::parameter::Numbers;
use crate::network::backend::{Convolution, GroupNorm, LayerNorm};
use palimpsest_kernels::packed_weight::{self, PackedWeight};
use palimpsest_kernels::{convolution, norm};
use std::sync::OnceLock;

/// A parameter and how it is kept.
pub struct Weight {
    pub(super) parameter: Parameter,
    /// It leaves the resident set after use.
    pub(super) transient: bool,
    /// Its copy in blocks, which takes the place of the mapped pages once few rows have met it.
    pub(super) packed: OnceLock<PackedWeight>,
}

impl Weight {
    pub(super) fn values(&self) -> Borrowed<'_> {
        Borrowed {
            values: self.parameter.values(),
            weight: self,
            was_packed: self.packed.get().is_some(),
        }
    }
}

/// A parameter's values for the time of one operation.
pub(super) struct Borrowed<'a> {
    values: Numbers<'a>,
    weight: &'a Weight,
    was_packed: bool,
}

impl Borrowed<'_> {
    /// For a product, which may make the copy in blocks. What is held in memory anyway is not copied.
    pub(super) fn matrix(&self) -> packed_weight::Weight<'_> {
        let keeps = !self.weight.transient && self.weight.parameter.is_mapped();
        packed_weight::Weight {
            values: &self.values,
            packed: keeps.then_some(&self.weight.packed),
        }
    }
}

impl std::ops::Deref for Borrowed<'_> {
    type Target = [f32];
    fn deref(&self) -> &[f32] {
        &self.values
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        let copied = !self.was_packed && self.weight.packed.get().is_some();
        if self.weight.transient || copied {
            self.weight.parameter.release();
        }
    }
}

impl GroupNorm<Cpu> {
    pub(super) fn with<R>(&self, f: impl FnOnce(norm::GroupNorm) -> R) -> R {
        let (scale, shift) = (self.weight.values(), self.bias.values());
        f(norm::GroupNorm {
            scale: &scale,
            shift: &shift,
            groups: self.groups,
            epsilon: self.epsilon,
            silu: self.silu,
        })
    }
}

impl LayerNorm<Cpu> {
    pub(super) fn with<R>(&self, f: impl FnOnce(norm::LayerNorm) -> R) -> R {
        let (scale, shift) = (self.weight.values(), self.bias.values());
        f(norm::LayerNorm {
            scale: &scale,
            shift: &shift,
            epsilon: self.epsilon,
        })
    }
}

impl Convolution<Cpu> {
    pub(super) fn with<R>(&self, f: impl FnOnce(convolution::Convolution) -> R) -> R {
        let weight = self.weight.values();
        f(convolution::Convolution {
            weight: weight.matrix(),
            inputs: self.inputs,
            outputs: self.outputs,
            window: self.window,
        })
    }
}
