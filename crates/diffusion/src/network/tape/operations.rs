//! The operations as a network uses them, each with its backward rule.

use super::{Parts, Recording, Tape, Var};
use crate::network::backend::{
    Activation, Attention, AttentionInputs, Backend, Convolution, Grid, GroupNorm, LayerNorm,
    Linear, Outcome, ParameterGradients,
};

/// A table of which rows became an input of the network, as in a token embedding.
pub struct Table {
    /// Its place among the trained parameters, if it is trained.
    pub slot: Option<usize>,
    /// The rows, in the order in which they were read.
    pub rows: Vec<usize>,
    /// Number of the table's rows.
    pub height: usize,
}

impl<'m, B: Backend> Tape<'m, B> {
    /// x·Wᵀ + bias.
    pub fn linear(&mut self, x: &Var<B>, layer: &'m Linear<B>) -> Outcome<Var<B>> {
        let y = self.backend.linear(&x.value, layer)?;
        let weight = self.slot(&layer.weight);
        let bias = layer.bias.as_ref().and_then(|bias| self.slot(bias));
        let (inputs, input) = trainable(x, weight, bias);
        Ok(self.record_from(y, inputs, move |b, g| {
            let passed = |g: &B::Array| b.linear_backward(g, layer);
            let own = |x: &B::Array, g: &B::Array| b.linear_parameters(x, g, layer);
            input.pull_back(&g, passed, own)
        }))
    }

    /// 3×3 convolution; `shift` (`[1, outputs]`) is added to every position.
    pub fn convolution(
        &mut self,
        x: &Var<B>,
        layer: &'m Convolution<B>,
        grid: Grid,
        shift: Option<&Var<B>>,
    ) -> Outcome<Var<B>> {
        let added = shift.map(|shift| &shift.value);
        let y = self.backend.convolution(&x.value, layer, grid, added)?;
        let (weight, bias) = (self.slot(&layer.weight), self.slot(&layer.bias));
        let (mut inputs, input) = trainable(x, weight, bias);
        let shift = shift.and_then(|shift| shift.node);
        inputs.push(shift);
        Ok(self.record_from(y, inputs, move |b, g| {
            let passed = |g: &B::Array| b.convolution_backward(g, layer, grid);
            let own = |x: &B::Array, g: &B::Array| b.convolution_parameters(x, g, layer, grid);
            let mut parts = input.pull_back(&g, passed, own)?;
            parts.push(shift.map(|_| b.column_sums(&g)).transpose()?);
            Ok(parts)
        }))
    }

    /// Group norm, followed by SiLU where the layer says so.
    pub fn group_norm(&mut self, x: &Var<B>, layer: &'m GroupNorm<B>) -> Outcome<Var<B>> {
        let (y, state) = self.backend.group_norm(&x.value, layer)?;
        let (weight, bias) = (self.slot(&layer.weight), self.slot(&layer.bias));
        let (inputs, input) = trainable(x, weight, bias);
        let x = x.value.clone();
        Ok(self.record_from(y, inputs, move |b, g| {
            let passed = |g: &B::Array| b.group_norm_backward(&x, &state, g, layer);
            let own = |x: &B::Array, g: &B::Array| b.group_norm_parameters(x, &state, g, layer);
            input.pull_back(&g, passed, own)
        }))
    }

    /// Group norm, then a 3×3 convolution; what lies between them is kept only where a way back needs it.
    pub fn normed_convolution(
        &mut self,
        x: &Var<B>,
        norm: &'m GroupNorm<B>,
        layer: &'m Convolution<B>,
        grid: Grid,
        shift: Option<&Var<B>>,
    ) -> Outcome<Var<B>> {
        if self.recording == Recording::Nothing {
            let shift = shift.map(|shift| &shift.value);
            let layers = (norm, layer);
            let y = self
                .backend
                .normed_convolution(&x.value, layers, grid, shift)?;
            return Ok(Var::constant(y));
        }
        let normed = self.group_norm(x, norm)?;
        self.convolution(&normed, layer, grid, shift)
    }

    /// Upsampling by two, then a 3×3 convolution, likewise; `grid` is the small one.
    pub fn upsampled_convolution(
        &mut self,
        x: &Var<B>,
        layer: &'m Convolution<B>,
        grid: Grid,
    ) -> Outcome<Var<B>> {
        if self.recording == Recording::Nothing {
            let y = self.backend.upsampled_convolution(&x.value, layer, grid)?;
            return Ok(Var::constant(y));
        }
        let large = self.upsample(x, grid)?;
        self.convolution(&large, layer, grid.doubled(), None)
    }

    /// Layer norm of every row.
    pub fn layer_norm(&mut self, x: &Var<B>, layer: &'m LayerNorm<B>) -> Outcome<Var<B>> {
        let y = self.backend.layer_norm(&x.value, layer)?;
        let (weight, bias) = (self.slot(&layer.weight), self.slot(&layer.bias));
        let (inputs, input) = trainable(x, weight, bias);
        let x = x.value.clone();
        Ok(self.record_from(y, inputs, move |b, g| {
            let passed = |g: &B::Array| b.layer_norm_backward(&x, g, layer);
            let own = |x: &B::Array, g: &B::Array| b.layer_norm_parameters(x, g, layer);
            input.pull_back(&g, passed, own)
        }))
    }

    /// `value`, each row of which is the sum of one row of every table.
    pub fn embedding(&mut self, value: B::Array, tables: Vec<Table>) -> Var<B> {
        let slots = self.slots;
        let node = move |table: &Table| table.slot.filter(|&slot| slot < slots);
        let nodes = tables.iter().map(node).collect();
        self.record_from(value, nodes, move |b, g| {
            let part = |table: &Table| b.scatter(&g, &table.rows, table.height);
            let wanted = |table: &Table| node(table).map(|_| part(table)).transpose();
            tables.iter().map(wanted).collect()
        })
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
        debug_assert!(heads > 0);
        let shape = Attention {
            queries: self.backend.height(&query.value)?,
            keys: self.backend.height(&key.value)?,
            heads,
            width: self.backend.width(&query.value)? / heads,
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
        let (left, right) = (self.backend.width(&a.value)?, self.backend.width(&b.value)?);
        Ok(self.record(y, &[a, b], move |backend, g| {
            Ok(vec![
                Some(backend.columns(&g, 0, left)?),
                Some(backend.columns(&g, left, right)?),
            ])
        }))
    }

    /// The rows `rows` of x, in that order.
    pub fn gather(&mut self, x: &Var<B>, rows: Vec<usize>) -> Outcome<Var<B>> {
        let y = self.backend.gather(&x.value, &rows)?;
        let height = self.backend.height(&x.value)?;
        Ok(self.record(y, &[x], move |b, g| {
            Ok(vec![Some(b.scatter(&g, &rows, height)?)])
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

/// The part of a layer's input that its backward rule remembers.
struct Input<B: Backend> {
    /// True if a gradient flows to the input.
    passes: bool,
    /// The input, where a parameter is trained.
    value: Option<B::Array>,
}

/// The nodes of a layer's input, weight and bias, and what has to be remembered of the input.
fn trainable<B: Backend>(
    x: &Var<B>,
    weight: Option<usize>,
    bias: Option<usize>,
) -> (Vec<Option<usize>>, Input<B>) {
    let trained = weight.or(bias).is_some();
    let input = Input {
        passes: x.node.is_some(),
        value: trained.then(|| x.value.clone()),
    };
    (vec![x.node, weight, bias], input)
}

impl<B: Backend> Input<B> {
    /// The gradients of input, weight and bias by the layer's two rules, as far as they are wanted.
    fn pull_back(
        &self,
        g: &B::Array,
        passed: impl FnOnce(&B::Array) -> Outcome<B::Array>,
        own: impl FnOnce(&B::Array, &B::Array) -> Outcome<ParameterGradients<B>>,
    ) -> Outcome<Parts<B>> {
        let own = self.value.as_ref().map(|x| own(x, g)).transpose()?;
        let (weight, bias) = own.map(|own| (own.weight, own.bias)).unzip();
        let passed = self.passes.then(|| passed(g)).transpose()?;
        Ok(vec![passed, weight, bias.flatten()])
    }
}
