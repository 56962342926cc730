//! The operations that a back end supplies, and the parameters that they take. A network is written once over them; forward and backward
//! rules stand side by side, so that a new back end knows exactly what it owes.
//!
//! Arrays are matrices `[rows, channels]`; a picture-like array has one row a position (see
//! [`Grid`]). Backward rules give gradients with respect to the operation's array inputs.

use std::ops::DerefMut;

use crate::ModelError;
use crate::files::Parameter;
pub use palimpsest_kernels::attention::Attention;
pub use palimpsest_kernels::im2col::{Grid, Window};
pub use palimpsest_kernels::pointwise::Activation;

/// Result of a back end's operation.
pub type Outcome<T> = Result<T, ModelError>;

/// Numbers in main memory, whoever owns it.
pub type Values = Box<dyn DerefMut<Target = [f32]> + Send + Sync>;

/// x·Wᵀ + bias.
pub struct Linear<B: Backend> {
    /// `[outputs, inputs]`.
    pub weight: B::Weight,
    pub bias: Option<B::Weight>,
    pub inputs: usize,
    pub outputs: usize,
}

/// A 3×3 convolution.
pub struct Convolution<B: Backend> {
    /// `[outputs, inputs, 3, 3]`.
    pub weight: B::Weight,
    pub bias: B::Weight,
    pub inputs: usize,
    pub outputs: usize,
    pub window: Window,
}

/// Group norm, with SiLU after it if `silu`.
pub struct GroupNorm<B: Backend> {
    pub weight: B::Weight,
    pub bias: B::Weight,
    pub channels: usize,
    pub groups: usize,
    pub epsilon: f32,
    pub silu: bool,
}

/// Layer norm over the channels.
pub struct LayerNorm<B: Backend> {
    pub weight: B::Weight,
    pub bias: B::Weight,
    pub channels: usize,
    pub epsilon: f32,
}

/// The three inputs of an attention: `[queries, c]`, `[keys, c]`, `[keys, c]`.
pub struct AttentionInputs<'a, B: Backend> {
    pub query: &'a B::Array,
    pub key: &'a B::Array,
    pub value: &'a B::Array,
}

/// Gradients with respect to an attention's inputs; key and value only where they were wanted.
pub struct AttentionGradients<B: Backend> {
    pub query: B::Array,
    pub key_value: Option<(B::Array, B::Array)>,
}

/// Gradients with respect to a layer's parameters, as matrices: a weight's has one row an output, that of
/// a vector is one row.
pub struct ParameterGradients<B: Backend> {
    pub weight: B::Array,
    /// Only of a layer that has one.
    pub bias: Option<B::Array>,
}

/// A device and the arithmetic on it.
pub trait Backend: Sized + Send + Sync + 'static {
    /// A matrix on the device; cloning shares it.
    type Array: Clone + Send + Sync;
    /// A parameter in the form in which the device wants it.
    type Weight: Send + Sync;
    /// Numbers that a group norm keeps for its backward rule besides its input.
    type NormState: Send;
    /// Numbers that an attention keeps for its backward rule besides inputs and result.
    type AttentionState: Send;

    /// Runs `work` in this back end's thread pool.
    fn run<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R;

    /// Puts a parameter on the device.
    fn weight(&self, parameter: Parameter) -> Outcome<Self::Weight>;

    /// The place of a parameter's gradient among those that training collects, if it is trained.
    fn slot(&self, weight: &Self::Weight) -> Option<usize>;

    /// A matrix of `values`, `columns` wide.
    fn upload(&self, values: &[f32], columns: usize) -> Outcome<Self::Array>;

    /// The values of a matrix, row by row.
    fn download(&self, x: &Self::Array) -> Outcome<Vec<f32>>;

    /// The values of a matrix that is given up, row by row: in the memory where they lie, where the device
    /// shares ours.
    fn values(&self, x: Self::Array) -> Outcome<Values> {
        Ok(Box::new(self.download(&x)?))
    }

    /// x·Wᵀ + bias.
    fn linear(&self, x: &Self::Array, layer: &Linear<Self>) -> Outcome<Self::Array>;
    fn linear_backward(&self, g: &Self::Array, layer: &Linear<Self>) -> Outcome<Self::Array>;
    fn linear_parameters(
        &self,
        x: &Self::Array,
        g: &Self::Array,
        layer: &Linear<Self>,
    ) -> Outcome<ParameterGradients<Self>>;

    /// 3×3 convolution on `grid`; `shift` (`[1, outputs]`) is added to every position.
    fn convolution(
        &self,
        x: &Self::Array,
        layer: &Convolution<Self>,
        grid: Grid,
        shift: Option<&Self::Array>,
    ) -> Outcome<Self::Array>;
    /// `grid` is the input's.
    fn convolution_backward(
        &self,
        g: &Self::Array,
        layer: &Convolution<Self>,
        grid: Grid,
    ) -> Outcome<Self::Array>;
    fn convolution_parameters(
        &self,
        x: &Self::Array,
        g: &Self::Array,
        layer: &Convolution<Self>,
        grid: Grid,
    ) -> Outcome<ParameterGradients<Self>>;

    /// Group norm, then a 3×3 convolution, where nothing is remembered for a way back: a device need not hold what lies
    /// between them as a whole.
    fn normed_convolution(
        &self,
        x: &Self::Array,
        (norm, layer): (&GroupNorm<Self>, &Convolution<Self>),
        grid: Grid,
        shift: Option<&Self::Array>,
    ) -> Outcome<Self::Array> {
        let (normed, _) = self.group_norm(x, norm)?;
        self.convolution(&normed, layer, grid, shift)
    }

    /// Upsampling by two, then a 3×3 convolution, likewise; `grid` is the small one.
    fn upsampled_convolution(
        &self,
        x: &Self::Array,
        layer: &Convolution<Self>,
        grid: Grid,
    ) -> Outcome<Self::Array> {
        let large = self.upsample(x, grid)?;
        self.convolution(&large, layer, grid.doubled(), None)
    }

    /// Group norm over groups of channels and all rows, then SiLU where the layer says so.
    fn group_norm(
        &self,
        x: &Self::Array,
        layer: &GroupNorm<Self>,
    ) -> Outcome<(Self::Array, Self::NormState)>;
    fn group_norm_backward(
        &self,
        x: &Self::Array,
        state: &Self::NormState,
        g: &Self::Array,
        layer: &GroupNorm<Self>,
    ) -> Outcome<Self::Array>;
    fn group_norm_parameters(
        &self,
        x: &Self::Array,
        state: &Self::NormState,
        g: &Self::Array,
        layer: &GroupNorm<Self>,
    ) -> Outcome<ParameterGradients<Self>>;

    /// Layer norm of every row.
    fn layer_norm(&self, x: &Self::Array, layer: &LayerNorm<Self>) -> Outcome<Self::Array>;
    fn layer_norm_backward(
        &self,
        x: &Self::Array,
        g: &Self::Array,
        layer: &LayerNorm<Self>,
    ) -> Outcome<Self::Array>;
    fn layer_norm_parameters(
        &self,
        x: &Self::Array,
        g: &Self::Array,
        layer: &LayerNorm<Self>,
    ) -> Outcome<ParameterGradients<Self>>;

    /// softmax(q·kᵀ/√width)·v for every head, without holding the full matrix.
    fn attention(
        &self,
        shape: &Attention,
        inputs: AttentionInputs<Self>,
    ) -> Outcome<(Self::Array, Self::AttentionState)>;
    fn attention_backward(
        &self,
        shape: &Attention,
        inputs: AttentionInputs<Self>,
        result: (&Self::Array, &Self::AttentionState),
        g: &Self::Array,
        wants_key_value: bool,
    ) -> Outcome<AttentionGradients<Self>>;

    /// First half of each row times the GELU of the second.
    fn geglu(&self, x: &Self::Array) -> Outcome<Self::Array>;
    fn geglu_backward(&self, x: &Self::Array, g: &Self::Array) -> Outcome<Self::Array>;

    fn activation(&self, x: &Self::Array, function: Activation) -> Outcome<Self::Array>;
    fn activation_backward(
        &self,
        x: &Self::Array,
        g: Self::Array,
        function: Activation,
    ) -> Outcome<Self::Array>;

    /// a + b.
    fn add(&self, a: Self::Array, b: &Self::Array) -> Outcome<Self::Array>;

    /// a and b side by side.
    fn concatenate(&self, a: &Self::Array, b: &Self::Array) -> Outcome<Self::Array>;

    /// The sum of each column, `[1, columns]`.
    fn column_sums(&self, x: &Self::Array) -> Outcome<Self::Array>;

    /// Zeros of `height` rows, to which each row of `x` is added at its place in `rows`: the gradient of a
    /// table out of which `rows` were read.
    fn scatter(&self, x: &Self::Array, rows: &[usize], height: usize) -> Outcome<Self::Array>;

    /// The rows `rows` of `x`, in that order. Its backward rule is [`Self::scatter`].
    fn gather(&self, x: &Self::Array, rows: &[usize]) -> Outcome<Self::Array>;

    /// Columns `from .. from + width`.
    fn columns(&self, x: &Self::Array, from: usize, width: usize) -> Outcome<Self::Array>;

    /// Nearest-neighbour upsampling by two; `grid` is the small one in both directions.
    fn upsample(&self, x: &Self::Array, grid: Grid) -> Outcome<Self::Array>;
    fn upsample_backward(&self, g: &Self::Array, grid: Grid) -> Outcome<Self::Array>;

    /// Number of columns.
    fn width(&self, x: &Self::Array) -> Outcome<usize>;
    /// Number of rows.
    fn height(&self, x: &Self::Array) -> Outcome<usize>;
}
