//! The operations as a network uses them, and what is remembered of each for the backward sweep.
//!
//! An operation whose inputs carry no gradient is not remembered: a tape that does not record, or
//! the constant prompt and timestep branches of a recording one, cost nothing. Each remembered step
//! owns just the arrays that its backward rule needs and drops them as soon as it has run.
//!
//! A [`Tape::block`] can be remembered by its inputs alone and computed again in the sweep, which
//! trades a third more time for most of the memory.

use super::backend::{Activation, Attention, AttentionInputs, Backend, Grid, Outcome};
use super::layers::{Convolution, GroupNorm, LayerNorm, Linear};

/// An array in a network's computation, and its place on the tape if a gradient flows to it.
pub struct Var<B: Backend> {
    pub value: B::Array,
    node: Option<usize>,
}

impl<B: Backend> Clone for Var<B> {
    fn clone(&self) -> Self {
        Self {
            value: self.value.clone(),
            node: self.node,
        }
    }
}

impl<B: Backend> Var<B> {
    /// An array to which no gradient flows.
    pub fn constant(value: B::Array) -> Self {
        Self { value, node: None }
    }
}

/// What a tape remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recording {
    /// Nothing: forward only.
    Nothing,
    /// Every operation.
    Operations,
    /// The inputs of every block; its operations are computed again in the backward sweep.
    Blocks,
}

/// Gradients of a step's inputs, in their order; `None` where none flows.
type Gradients<B> = Vec<Option<<B as Backend>::Array>>;
type Rule<'m, B> =
    Box<dyn FnOnce(&'m B, <B as Backend>::Array) -> Outcome<Gradients<B>> + Send + 'm>;

struct Step<'m, B: Backend> {
    inputs: Vec<Option<usize>>,
    output: usize,
    rule: Rule<'m, B>,
}

/// A computation under way on a back end.
pub struct Tape<'m, B: Backend> {
    pub backend: &'m B,
    recording: Recording,
    steps: Vec<Step<'m, B>>,
    nodes: usize,
}

impl<'m, B: Backend> Tape<'m, B> {
    /// An empty tape.
    pub fn new(backend: &'m B, recording: Recording) -> Self {
        Self {
            backend,
            recording,
            steps: Vec::new(),
            nodes: 0,
        }
    }

    /// An array whose gradient is wanted (none flows on a tape that records nothing).
    pub fn input(&mut self, value: B::Array) -> Var<B> {
        let node = (self.recording != Recording::Nothing).then(|| self.next_node());
        Var { value, node }
    }

    /// The gradients of `inputs`, given that of `output`. Zero gradients are `None`.
    pub fn backward(
        self,
        output: &Var<B>,
        gradient: B::Array,
        inputs: &[Var<B>],
    ) -> Outcome<Gradients<B>> {
        let backend = self.backend;
        let mut gradients: Gradients<B> = vec![None; self.nodes];
        if let Some(node) = output.node {
            gradients[node] = Some(gradient);
        }
        for step in self.steps.into_iter().rev() {
            let Some(gradient) = gradients[step.output].take() else {
                continue;
            };
            let parts = (step.rule)(backend, gradient)?;
            for (node, part) in step.inputs.into_iter().zip(parts) {
                if let (Some(node), Some(part)) = (node, part) {
                    gradients[node] = Some(match gradients[node].take() {
                        Some(sum) => backend.add(sum, &part)?,
                        None => part,
                    });
                }
            }
        }
        Ok(inputs
            .iter()
            .map(|input| input.node.and_then(|node| gradients[node].take()))
            .collect())
    }

    fn next_node(&mut self) -> usize {
        self.nodes += 1;
        self.nodes - 1
    }

    fn record(
        &mut self,
        value: B::Array,
        inputs: &[&Var<B>],
        rule: impl FnOnce(&'m B, B::Array) -> Outcome<Gradients<B>> + Send + 'm,
    ) -> Var<B> {
        self.record_from(value, inputs.iter().map(|v| v.node).collect(), rule)
    }

    fn record_from(
        &mut self,
        value: B::Array,
        inputs: Vec<Option<usize>>,
        rule: impl FnOnce(&'m B, B::Array) -> Outcome<Gradients<B>> + Send + 'm,
    ) -> Var<B> {
        if inputs.iter().all(Option::is_none) {
            return Var::constant(value);
        }
        let output = self.next_node();
        self.steps.push(Step {
            inputs,
            output,
            rule: Box::new(rule),
        });
        Var {
            value,
            node: Some(output),
        }
    }

    /// A part of a network with few inputs and one output. Under [`Recording::Blocks`] only the
    /// inputs are kept.
    pub fn block(
        &mut self,
        inputs: &[&Var<B>],
        part: impl Fn(&mut Tape<'m, B>, &[Var<B>]) -> Outcome<Var<B>> + Send + 'm,
    ) -> Outcome<Var<B>> {
        if self.recording != Recording::Blocks {
            // Gradients from inside meet at nodes of the block's own before they join those from
            // outside, as they do when the block is computed again: so both round alike.
            let inputs_here: Vec<_> = inputs
                .iter()
                .map(|v| self.record(v.value.clone(), &[v], |_, g| Ok(vec![Some(g)])))
                .collect();
            return part(self, &inputs_here);
        }
        let constants: Vec<_> = inputs
            .iter()
            .map(|v| Var::constant(v.value.clone()))
            .collect();
        let mut forward = Tape::new(self.backend, Recording::Nothing);
        let value = part(&mut forward, &constants)?.value;
        Ok(self.record(value, inputs, move |backend, g| {
            let mut tape = Tape::new(backend, Recording::Operations);
            let inputs: Vec<_> = constants.into_iter().map(|v| tape.input(v.value)).collect();
            let output = part(&mut tape, &inputs)?;
            tape.backward(&output, g, &inputs)
        }))
    }

    /// x·Wᵀ + bias.
    pub fn linear(&mut self, x: &Var<B>, layer: &'m Linear<B>) -> Outcome<Var<B>> {
        let y = self.backend.linear(&x.value, layer)?;
        Ok(self.record(y, &[x], |b, g| {
            Ok(vec![Some(b.linear_backward(&g, layer)?)])
        }))
    }

    /// 3×3 convolution; `shift` (`[1, outputs]`, no gradient) is added to every position.
    pub fn convolution(
        &mut self,
        x: &Var<B>,
        layer: &'m Convolution<B>,
        grid: Grid,
        shift: Option<&B::Array>,
    ) -> Outcome<Var<B>> {
        let y = self.backend.convolution(&x.value, layer, grid, shift)?;
        Ok(self.record(y, &[x], move |b, g| {
            Ok(vec![Some(b.convolution_backward(&g, layer, grid)?)])
        }))
    }

    /// Group norm, followed by SiLU where the layer says so.
    pub fn group_norm(&mut self, x: &Var<B>, layer: &'m GroupNorm<B>) -> Outcome<Var<B>> {
        let (y, state) = self.backend.group_norm(&x.value, layer)?;
        let input = x.value.clone();
        Ok(self.record(y, &[x], move |b, g| {
            Ok(vec![Some(
                b.group_norm_backward(&input, &state, &g, layer)?,
            )])
        }))
    }

    /// Layer norm of every row.
    pub fn layer_norm(&mut self, x: &Var<B>, layer: &'m LayerNorm<B>) -> Outcome<Var<B>> {
        let y = self.backend.layer_norm(&x.value, layer)?;
        let input = x.value.clone();
        Ok(self.record(y, &[x], move |b, g| {
            Ok(vec![Some(b.layer_norm_backward(&input, &g, layer)?)])
        }))
    }

    /// Attention of `query` to `key` and `value`; constant keys and values get no gradient.
    pub fn attention(
        &mut self,
        query: &Var<B>,
        key: &Var<B>,
        value: &Var<B>,
        heads: usize,
        causal: bool,
    ) -> Outcome<Var<B>> {
        let shape = Attention {
            queries: self.backend.height(&query.value),
            keys: self.backend.height(&key.value),
            heads,
            width: self.backend.width(&query.value) / heads,
            causal,
        };
        let (q, k, v) = (query.value.clone(), key.value.clone(), value.value.clone());
        let inputs = AttentionInputs {
            query: &q,
            key: &k,
            value: &v,
        };
        let (y, state) = self.backend.attention(&shape, inputs)?;
        let result = y.clone();
        let wants = key.node.is_some() || value.node.is_some();
        Ok(self.record(y, &[query, key, value], move |b, g| {
            let inputs = AttentionInputs {
                query: &q,
                key: &k,
                value: &v,
            };
            let gradients = b.attention_backward(&shape, inputs, (&result, &state), &g, wants)?;
            let (key, value) = gradients.key_value.unzip();
            Ok(vec![Some(gradients.query), key, value])
        }))
    }

    /// First half of each row times the GELU of the second.
    pub fn geglu(&mut self, x: &Var<B>) -> Outcome<Var<B>> {
        let y = self.backend.geglu(&x.value)?;
        let input = x.value.clone();
        Ok(self.record(y, &[x], move |b, g| {
            Ok(vec![Some(b.geglu_backward(&input, &g)?)])
        }))
    }

    /// An activation function of every value.
    pub fn activation(&mut self, x: &Var<B>, function: Activation) -> Outcome<Var<B>> {
        let y = self.backend.activation(&x.value, function)?;
        let input = x.value.clone();
        Ok(self.record(y, &[x], move |b, g| {
            Ok(vec![Some(b.activation_backward(&input, g, function)?)])
        }))
    }

    /// a + b; the sum takes a's place in memory where nothing else holds it.
    pub fn add(&mut self, a: Var<B>, b: &Var<B>) -> Outcome<Var<B>> {
        let inputs = vec![a.node, b.node];
        let y = self.backend.add(a.value, &b.value)?;
        Ok(self.record_from(y, inputs, |_, g| Ok(vec![Some(g.clone()), Some(g)])))
    }

    /// a and b side by side.
    pub fn concatenate(&mut self, a: &Var<B>, b: &Var<B>) -> Outcome<Var<B>> {
        let y = self.backend.concatenate(&a.value, &b.value)?;
        let (left, right) = (self.backend.width(&a.value), self.backend.width(&b.value));
        Ok(self.record(y, &[a, b], move |backend, g| {
            Ok(vec![
                Some(backend.columns(&g, 0, left)?),
                Some(backend.columns(&g, left, right)?),
            ])
        }))
    }

    /// Nearest-neighbour upsampling by two.
    pub fn upsample(&mut self, x: &Var<B>, grid: Grid) -> Outcome<Var<B>> {
        let y = self.backend.upsample(&x.value, grid)?;
        Ok(self.record(y, &[x], move |b, g| {
            Ok(vec![Some(b.upsample_backward(&g, grid)?)])
        }))
    }
}
