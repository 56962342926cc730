//! The operations that candle differentiates: norms, activations, attention. Each is composed of
//! primitives whose rules candle has; [`pull_back`] runs them on a variable.

use super::super::backend::{
    Activation, Attention, AttentionInputs, GroupNorm, LayerNorm, Outcome, ParameterGradients,
};
use super::Composed;
use crate::ModelError;
use candle_core::backprop::GradStore;
use candle_core::{Result, Tensor, Var};
use std::f64::consts::FRAC_1_SQRT_2;

/// Queries that meet all keys at once: of the matrix of an attention no more than these rows are
/// ever held.
const QUERIES: usize = 512;

/// The gradient at `x`, given `g`, that of `function(x)`.
pub(super) fn pull_back(
    x: &Tensor,
    g: &Tensor,
    function: impl FnOnce(&Tensor) -> Result<Tensor>,
) -> Outcome<Tensor> {
    let x = Var::from_tensor(x)?;
    let mut gradients = gradients(&function(&x)?, g)?;
    taken(&mut gradients, &x)
}

/// A norm's parameters: the layer's own, or variables in their place.
#[derive(Clone, Copy)]
pub(super) struct Scaling<'a> {
    pub weight: &'a Tensor,
    pub bias: &'a Tensor,
}

/// The gradients at a norm's parameters, given `g`, that of `function(scaling)`.
pub(super) fn pull_back_scaling(
    scaling: Scaling,
    g: &Tensor,
    function: impl FnOnce(Scaling) -> Result<Tensor>,
) -> Outcome<ParameterGradients<Composed>> {
    let (weight, bias) = (
        Var::from_tensor(scaling.weight)?,
        Var::from_tensor(scaling.bias)?,
    );
    let variables = Scaling {
        weight: &weight,
        bias: &bias,
    };
    let mut gradients = gradients(&function(variables)?, g)?;
    Ok(ParameterGradients {
        weight: taken(&mut gradients, &weight)?.unsqueeze(0)?,
        bias: Some(taken(&mut gradients, &bias)?.unsqueeze(0)?),
    })
}

/// The gradients of whatever variables `y` was made of.
fn gradients(y: &Tensor, g: &Tensor) -> Result<GradStore> {
    (y * g)?.sum_all()?.backward()
}

fn taken(gradients: &mut GradStore, x: &Var) -> Outcome<Tensor> {
    Ok(gradients
        .remove(x)
        .ok_or(ModelError::Unrecorded)?
        .contiguous()?)
}

/// Over groups of channels and all rows of `[rows, channels]`; then SiLU where the layer says so.
pub(super) fn group_norm(x: &Tensor, layer: &GroupNorm<Composed>, at: Scaling) -> Result<Tensor> {
    let (rows, channels) = x.dims2()?;
    let (groups, size) = (layer.groups, channels / layer.groups);
    let by_group = x.reshape((rows, groups, size))?.transpose(0, 1)?;
    let y = standardised(&by_group.reshape((groups, rows * size))?, layer.epsilon)?;
    let y = y.reshape((groups, rows, size))?.transpose(0, 1)?;
    let y = y.reshape((rows, channels))?;
    let y = scaled(&y, at)?;
    if layer.silu { y.silu() } else { Ok(y) }
}

/// Over the channels of every row.
pub(super) fn layer_norm(x: &Tensor, layer: &LayerNorm<Composed>, at: Scaling) -> Result<Tensor> {
    let y = standardised(x, layer.epsilon)?;
    scaled(&y, at)
}

fn scaled(x: &Tensor, at: Scaling) -> Result<Tensor> {
    x.broadcast_mul(at.weight)?.broadcast_add(at.bias)
}

/// Every row less its mean, over its deviation. The mean is taken away twice, first as a mere
/// constant: what rounding left of it matters where it is large beside the deviation.
fn standardised(x: &Tensor, epsilon: f32) -> Result<Tensor> {
    let x = x.broadcast_sub(&x.mean_keepdim(1)?.detach())?;
    let x = x.broadcast_sub(&x.mean_keepdim(1)?)?;
    let variance = x.sqr()?.mean_keepdim(1)?;
    x.broadcast_div(&(variance + f64::from(epsilon))?.sqrt()?)
}

pub(super) fn activation(x: &Tensor, function: Activation) -> Result<Tensor> {
    match function {
        Activation::Silu => x.silu(),
        // x·Φ(x), by the error function: candle's own rule for it has rounded constants.
        Activation::Gelu => (x * ((x * FRAC_1_SQRT_2)?.erf()? + 1.0)?)? * 0.5,
        // silu(k·x)/k: a sigmoid of reciprocals has no gradient where its exponential overflows.
        Activation::QuickGelu => (x * 1.702)?.silu()? / 1.702,
    }
}

/// First half of each row times the GELU of the second.
pub(super) fn geglu(x: &Tensor) -> Result<Tensor> {
    let width = x.dim(1)? / 2;
    let gate = x.narrow(1, width, width)?.contiguous()?;
    x.narrow(1, 0, width)? * activation(&gate, Activation::Gelu)?
}

/// softmax(q·kᵀ/√width)·v for every head, a number of queries at a time.
pub(super) fn attention(shape: &Attention, inputs: &AttentionInputs<Composed>) -> Result<Tensor> {
    let (key, value) = (by_head(inputs.key, shape)?, by_head(inputs.value, shape)?);
    let parts = parts(shape).map(|(first, len)| {
        let query = by_head(&inputs.query.narrow(0, first, len)?, shape)?;
        by_token(&attend(shape, first, [&query, &key, &value])?)
    });
    Tensor::cat(&parts.collect::<Result<Vec<_>>>()?, 0)
}

/// The gradients at the query and at key and value; the latter are sums over all queries.
pub(super) fn attention_gradients(
    shape: &Attention,
    inputs: &AttentionInputs<Composed>,
    g: &Tensor,
) -> Outcome<(Tensor, (Tensor, Tensor))> {
    let key = Var::from_tensor(&by_head(inputs.key, shape)?)?;
    let value = Var::from_tensor(&by_head(inputs.value, shape)?)?;
    let mut of_query = Vec::new();
    let (mut of_key, mut of_value) = (key.zeros_like()?, value.zeros_like()?);
    for (first, len) in parts(shape) {
        let query = Var::from_tensor(&by_head(&inputs.query.narrow(0, first, len)?, shape)?)?;
        let y = attend(shape, first, [&query, &key, &value])?;
        let mut found = gradients(&y, &by_head(&g.narrow(0, first, len)?, shape)?)?;
        of_query.push(by_token(&taken(&mut found, &query)?)?);
        of_key = (of_key + taken(&mut found, &key)?)?;
        of_value = (of_value + taken(&mut found, &value)?)?;
    }
    Ok((
        Tensor::cat(&of_query, 0)?,
        (by_token(&of_key)?, by_token(&of_value)?),
    ))
}

/// First query and number of queries of each part.
fn parts(shape: &Attention) -> impl Iterator<Item = (usize, usize)> {
    let queries = shape.queries;
    (0..queries)
        .step_by(QUERIES)
        .map(move |first| (first, QUERIES.min(queries - first)))
}

/// Attention of the queries from `first` on; all arrays are `[heads, tokens, width]`.
fn attend(shape: &Attention, first: usize, [query, key, value]: [&Tensor; 3]) -> Result<Tensor> {
    let scaled = (query * (1.0 / (shape.width as f64).sqrt()))?;
    let mut scores = scaled.matmul(&key.transpose(1, 2)?)?;
    if shape.causal {
        scores = scores.broadcast_add(&causal_mask(first, &scores)?)?;
    }
    // The softmax does not change with a constant, so none of its gradient flows there.
    let scores = scores.broadcast_sub(&scores.max_keepdim(2)?.detach())?;
    let weights = scores.exp()?;
    let weights = weights.broadcast_div(&weights.sum_keepdim(2)?)?;
    weights.matmul(value)
}

/// Minus infinity where the key comes after the query, else zero: `[queries, keys]`.
fn causal_mask(first: usize, scores: &Tensor) -> Result<Tensor> {
    let (_, queries, keys) = scores.dims3()?;
    let values = (first..first + queries).flat_map(|query| {
        (0..keys).map(move |key| if key > query { f32::NEG_INFINITY } else { 0.0 })
    });
    Tensor::from_vec(values.collect(), (queries, keys), scores.device())
}

/// `[tokens, heads·width]` → `[heads, tokens, width]`.
fn by_head(x: &Tensor, shape: &Attention) -> Result<Tensor> {
    x.reshape(((), shape.heads, shape.width))?
        .transpose(0, 1)?
        .contiguous()
}

/// `[heads, tokens, width]` → `[tokens, heads·width]`.
fn by_token(x: &Tensor) -> Result<Tensor> {
    let (heads, tokens, width) = x.dims3()?;
    x.transpose(0, 1)?.reshape((tokens, heads * width))
}
