//! Finding the parameters of layers by name in a model's files. Field names of the networks mirror the names
//! in the files.

use super::backend::{Backend, Convolution, GroupNorm, LayerNorm, Linear, Outcome, Window};
use crate::files::{Parameter, Weights};

/// A place in the hierarchy of a component's tensor names, and the back end that takes what is found
/// there.
pub struct Loader<'a, B: Backend> {
    pub backend: &'a B,
    weights: &'a Weights,
    prefix: String,
}

impl<'a, B: Backend> Loader<'a, B> {
    /// The root of the names.
    pub fn new(backend: &'a B, weights: &'a Weights) -> Self {
        Self {
            backend,
            weights,
            prefix: String::new(),
        }
    }

    /// The names below `name`.
    pub fn at(&self, name: impl std::fmt::Display) -> Self {
        Self {
            prefix: format!("{}{name}.", self.prefix),
            ..*self
        }
    }

    /// The names below `former` if a weight stands there and none below `usual`; else those below
    /// `usual`, so that an error names what is usual.
    pub fn at_either(&self, usual: &str, former: &str) -> Self {
        let is_former = !self.at(usual).has("weight") && self.at(former).has("weight");
        self.at(if is_former { former } else { usual })
    }

    /// True if a tensor `name` stands here.
    pub fn has(&self, name: &str) -> bool {
        self.weights.contains(&format!("{}{name}", self.prefix))
    }

    /// The tensor `name` of exactly this shape.
    pub fn parameter(&self, name: &str, shape: &[usize]) -> Outcome<Parameter> {
        self.weights
            .parameter(&format!("{}{name}", self.prefix), shape)
    }

    /// The tensor `name` on the device.
    pub fn weight(&self, name: &str, shape: &[usize]) -> Outcome<B::Weight> {
        self.backend.weight(self.parameter(name, shape)?)
    }

    /// A linear layer with a bias; a 1×1 convolution is one too.
    pub fn linear(&self, inputs: usize, outputs: usize) -> Outcome<Linear<B>> {
        Ok(Linear {
            bias: Some(self.weight("bias", &[outputs])?),
            ..self.linear_without_bias(inputs, outputs)?
        })
    }

    /// A linear layer without a bias.
    pub fn linear_without_bias(&self, inputs: usize, outputs: usize) -> Outcome<Linear<B>> {
        let convolution = self
            .weights
            .is_convolution(&format!("{}weight", self.prefix));
        let shape: &[usize] = if convolution {
            &[outputs, inputs, 1, 1]
        } else {
            &[outputs, inputs]
        };
        Ok(Linear {
            weight: self.weight("weight", shape)?,
            bias: None,
            inputs,
            outputs,
        })
    }

    /// A 3×3 convolution.
    pub fn convolution(
        &self,
        inputs: usize,
        outputs: usize,
        window: Window,
    ) -> Outcome<Convolution<B>> {
        Ok(Convolution {
            weight: self.weight("weight", &[outputs, inputs, 3, 3])?,
            bias: self.weight("bias", &[outputs])?,
            inputs,
            outputs,
            window,
        })
    }

    /// A group norm; `silu` adds the activation.
    pub fn group_norm(
        &self,
        channels: usize,
        groups: usize,
        epsilon: f32,
        silu: bool,
    ) -> Outcome<GroupNorm<B>> {
        Ok(GroupNorm {
            weight: self.weight("weight", &[channels])?,
            bias: self.weight("bias", &[channels])?,
            channels,
            groups,
            epsilon,
            silu,
        })
    }

    /// A layer norm.
    pub fn layer_norm(&self, channels: usize, epsilon: f32) -> Outcome<LayerNorm<B>> {
        Ok(LayerNorm {
            weight: self.weight("weight", &[channels])?,
            bias: self.weight("bias", &[channels])?,
            channels,
            epsilon,
        })
    }
}
