//! The graphics back end: the kernels of `palimpsest-gpu`, in single precision, on whatever card wgpu
//! reaches. It computes the gradient at the latent; gradients of parameters it has not.

mod known_answers;
mod opening;

use super::backend::{
    Activation, Attention, AttentionGradients, AttentionInputs, Backend, Convolution, Grid,
    GroupNorm, LayerNorm, Linear, Outcome, ParameterGradients, Window,
};
use crate::ModelError;
use crate::files::Parameter;
use crate::files::parameter::HalfKind;
pub use known_answers::{Check, check, refusal};
pub use opening::{ADAPTER_VARIABLE, open, test_once, wanted, worst};
pub use palimpsest_gpu::adapter::adapters;
pub use palimpsest_gpu::{Adapter, Gpu, GpuError, KERNELS_VERSION, Kernel, Matrix};
use palimpsest_gpu::{Function, Gathered, Stored, Weight};

impl From<GpuError> for ModelError {
    fn from(error: GpuError) -> Self {
        Self::Device {
            what: error.to_string(),
        }
    }
}

/// The arithmetic's name, for the record: whatever results may depend on to the last bit.
pub fn name(gpu: &Gpu) -> String {
    format!("gpu ({}, f32, kernels {KERNELS_VERSION})", gpu.adapter())
}

/// A parameter on the card, as a matrix: one row an output; a 3×3 kernel with its channels fastest.
pub struct Held(Matrix);

/// The numbers of a 3×3 weight `[outputs, inputs, 3, 3]` as `[outputs, 3, 3, inputs]`.
fn by_tap<T: Copy>(values: &[T], inputs: usize) -> Vec<T> {
    let mut out = Vec::with_capacity(values.len());
    for kernel in values.chunks_exact(9 * inputs) {
        for tap in 0..9 {
            out.extend(kernel.iter().skip(tap).step_by(9));
        }
    }
    out
}

fn unavailable<T>(what: &str) -> Outcome<T> {
    Err(ModelError::Unavailable {
        what: what.into(),
        why: "the graphics card computes the gradient of a picture, not that of weights".into(),
    })
}

fn norm<'a>(layer: &'a GroupNorm<Gpu>) -> palimpsest_gpu::GroupNorm<'a> {
    palimpsest_gpu::GroupNorm {
        scale: &layer.weight.0,
        shift: &layer.bias.0,
        groups: layer.groups,
        epsilon: layer.epsilon,
        silu: layer.silu,
    }
}

fn shape(shape: &Attention) -> palimpsest_gpu::Attention {
    palimpsest_gpu::Attention {
        queries: shape.queries,
        keys: shape.keys,
        heads: shape.heads,
        width: shape.width,
        causal: shape.causal,
    }
}

fn function(function: Activation) -> Function {
    match function {
        Activation::Silu => Function::Silu,
        Activation::Gelu => Function::Gelu,
        Activation::QuickGelu => Function::QuickGelu,
    }
}

fn sides(grid: Grid) -> [usize; 2] {
    [grid.height, grid.width]
}

/// The windows of a convolution whose input lies on `grid`, or of its adjoint.
fn gathered(window: Window, grid: Grid, adjoint: bool) -> Gathered {
    let (inputs, outputs) = (sides(grid), sides(window.output_grid(grid)));
    let (source, result) = if adjoint {
        (outputs, inputs)
    } else {
        (inputs, outputs)
    };
    Gathered {
        source,
        result,
        stride: if window == Window::Same { 1 } else { 2 },
        padding: usize::from(window != Window::HalvingOneSided),
        adjoint,
    }
}

impl Backend for Gpu {
    type Array = Matrix;
    type Weight = Held;
    type NormState = Matrix;
    type AttentionState = Matrix;

    /// The card has threads of its own.
    fn run<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        work()
    }

    fn weight(&self, parameter: Parameter) -> Outcome<Held> {
        if parameter.is_trained() {
            return unavailable("Training");
        }
        let halves = parameter.halves().map(|(halves, kind)| match kind {
            HalfKind::F16 => (halves, Stored::Half),
            HalfKind::Bf16 => (halves, Stored::BrainHalf),
        });
        let held = match (parameter.shape(), halves) {
            (&[_, inputs, 3, 3], Some((halves, stored))) => {
                self.upload_halves(&by_tap(&halves, inputs), 9 * inputs, stored)
            }
            (&[_, inputs, ..], Some((halves, stored))) => {
                self.upload_halves(&halves, inputs, stored)
            }
            (&[_, inputs, 3, 3], None) => {
                self.upload(&by_tap(&parameter.values(), inputs), 9 * inputs)
            }
            (&[_, inputs, ..], None) => self.upload(&parameter.values(), inputs),
            _ => self.upload(&parameter.values(), parameter.len()),
        };
        parameter.release();
        Ok(Held(held?))
    }

    fn slot(&self, _weight: &Held) -> Option<usize> {
        None
    }

    fn upload(&self, values: &[f32], columns: usize) -> Outcome<Matrix> {
        Ok(self.upload(values, columns)?)
    }

    fn download(&self, x: &Matrix) -> Outcome<Vec<f32>> {
        Ok(self.download(x)?)
    }

    fn linear(&self, x: &Matrix, layer: &Linear<Self>) -> Outcome<Matrix> {
        let bias = layer.bias.as_ref().map(|bias| &bias.0);
        Ok(self.product(x, &Weight::plain(&layer.weight.0), bias)?)
    }

    fn linear_backward(&self, g: &Matrix, layer: &Linear<Self>) -> Outcome<Matrix> {
        Ok(self.product(g, &Weight::adjoint(&layer.weight.0), None)?)
    }

    fn linear_parameters(
        &self,
        _x: &Matrix,
        _g: &Matrix,
        _layer: &Linear<Self>,
    ) -> Outcome<ParameterGradients<Self>> {
        unavailable("The gradient of a linear layer's weights")
    }

    fn convolution(
        &self,
        x: &Matrix,
        layer: &Convolution<Self>,
        grid: Grid,
        shift: Option<&Matrix>,
    ) -> Outcome<Matrix> {
        let weight = Weight::plain(&layer.weight.0);
        let windows = gathered(layer.window, grid, false);
        Ok(self.gathered_product(x, &weight, windows, [Some(&layer.bias.0), shift])?)
    }

    fn convolution_backward(
        &self,
        g: &Matrix,
        layer: &Convolution<Self>,
        grid: Grid,
    ) -> Outcome<Matrix> {
        let weight = Weight::convolution_adjoint(&layer.weight.0);
        let windows = gathered(layer.window, grid, true);
        Ok(self.gathered_product(g, &weight, windows, [None, None])?)
    }

    fn convolution_parameters(
        &self,
        _x: &Matrix,
        _g: &Matrix,
        _layer: &Convolution<Self>,
        _grid: Grid,
    ) -> Outcome<ParameterGradients<Self>> {
        unavailable("The gradient of a convolution's weights")
    }

    fn group_norm(&self, x: &Matrix, layer: &GroupNorm<Self>) -> Outcome<(Matrix, Matrix)> {
        Ok(self.group_norm(x, &norm(layer))?)
    }

    fn group_norm_backward(
        &self,
        x: &Matrix,
        state: &Matrix,
        g: &Matrix,
        layer: &GroupNorm<Self>,
    ) -> Outcome<Matrix> {
        Ok(self.group_norm_backward(x, state, g, &norm(layer))?)
    }

    fn group_norm_parameters(
        &self,
        _x: &Matrix,
        _state: &Matrix,
        _g: &Matrix,
        _layer: &GroupNorm<Self>,
    ) -> Outcome<ParameterGradients<Self>> {
        unavailable("The gradient of a norm's weights")
    }

    fn layer_norm(&self, x: &Matrix, layer: &LayerNorm<Self>) -> Outcome<Matrix> {
        let vectors = [&layer.weight.0, &layer.bias.0];
        Ok(self.layer_norm(x, vectors, layer.epsilon)?)
    }

    fn layer_norm_backward(
        &self,
        x: &Matrix,
        g: &Matrix,
        layer: &LayerNorm<Self>,
    ) -> Outcome<Matrix> {
        Ok(self.layer_norm_backward(x, g, &layer.weight.0, layer.epsilon)?)
    }

    fn layer_norm_parameters(
        &self,
        _x: &Matrix,
        _g: &Matrix,
        _layer: &LayerNorm<Self>,
    ) -> Outcome<ParameterGradients<Self>> {
        unavailable("The gradient of a norm's weights")
    }

    fn attention(
        &self,
        of: &Attention,
        inputs: AttentionInputs<Self>,
    ) -> Outcome<(Matrix, Matrix)> {
        Ok(self.attention(&shape(of), [inputs.query, inputs.key, inputs.value])?)
    }

    fn attention_backward(
        &self,
        of: &Attention,
        inputs: AttentionInputs<Self>,
        result: (&Matrix, &Matrix),
        g: &Matrix,
        wants_key_value: bool,
    ) -> Outcome<AttentionGradients<Self>> {
        let inputs = [inputs.query, inputs.key, inputs.value];
        let found = self.attention_backward(&shape(of), inputs, result, g, wants_key_value)?;
        let (query, key_value) = found;
        Ok(AttentionGradients {
            query,
            key_value: key_value.map(|[key, value]| (key, value)),
        })
    }

    fn geglu(&self, x: &Matrix) -> Outcome<Matrix> {
        Ok(self.geglu(x)?)
    }

    fn geglu_backward(&self, x: &Matrix, g: &Matrix) -> Outcome<Matrix> {
        Ok(self.geglu_backward(x, g)?)
    }

    fn activation(&self, x: &Matrix, of: Activation) -> Outcome<Matrix> {
        Ok(self.activation(x, function(of))?)
    }

    fn activation_backward(&self, x: &Matrix, g: Matrix, of: Activation) -> Outcome<Matrix> {
        Ok(self.activation_backward(x, &g, function(of))?)
    }

    fn add(&self, a: Matrix, b: &Matrix) -> Outcome<Matrix> {
        Ok(Self::add(self, &a, b)?)
    }

    fn concatenate(&self, a: &Matrix, b: &Matrix) -> Outcome<Matrix> {
        Ok(self.concatenate(a, b)?)
    }

    fn column_sums(&self, x: &Matrix) -> Outcome<Matrix> {
        Ok(self.column_sums(x)?)
    }

    fn scatter(&self, x: &Matrix, rows: &[usize], height: usize) -> Outcome<Matrix> {
        Ok(self.scatter(x, rows, height)?)
    }

    fn gather(&self, x: &Matrix, rows: &[usize]) -> Outcome<Matrix> {
        Ok(self.gather(x, rows)?)
    }

    fn columns(&self, x: &Matrix, from: usize, width: usize) -> Outcome<Matrix> {
        Ok(self.columns(x, from, width)?)
    }

    fn upsample(&self, x: &Matrix, grid: Grid) -> Outcome<Matrix> {
        Ok(self.upsample(x, sides(grid))?)
    }

    fn upsample_backward(&self, g: &Matrix, grid: Grid) -> Outcome<Matrix> {
        Ok(self.upsample_backward(g, sides(grid))?)
    }

    fn width(&self, x: &Matrix) -> Outcome<usize> {
        Ok(x.columns)
    }

    fn height(&self, x: &Matrix) -> Outcome<usize> {
        Ok(x.rows)
    }
}
