//! What is remembered of a network's operations for the backward sweep, and the sweep.
//!
//! An operation whose inputs carry no gradient is not remembered: a tape that does not record, or
//! the constant prompt and timestep branches of a recording one, cost nothing. Each remembered step
//! owns just the arrays that its backward rule needs and drops them as soon as it has run.
//!
//! Trained parameters are the first nodes of a [`Tape::training`]: what flows to them is the gradient
//! that training follows. Other tapes pay nothing for that.
//!
//! A [`Tape::block`] can be remembered by its inputs alone and computed again in the sweep, which
//! trades a third more time for most of the memory.

mod operations;

use super::backend::{Backend, Outcome};
pub use operations::Table;

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

/// The amount that a tape remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recording {
    /// Nothing: forward only.
    Nothing,
    /// Every operation.
    Operations,
    /// The inputs of every block; its operations are computed again in the backward sweep.
    Blocks,
}

/// Gradients of a step's inputs in their order, or of trained parameters by their slots; `None` where none
/// flows.
pub type Parts<B> = Vec<Option<<B as Backend>::Array>>;
type Rule<'m, B> = Box<dyn FnOnce(&'m B, <B as Backend>::Array) -> Outcome<Parts<B>> + Send + 'm>;

/// The result of a backward sweep: the gradients of inputs and trained parameters.
pub struct Gradients<B: Backend> {
    nodes: Parts<B>,
    slots: usize,
}

impl<B: Backend> Gradients<B> {
    /// Takes the gradient of an input; `None` where it is zero.
    pub fn take(&mut self, input: &Var<B>) -> Option<B::Array> {
        self.nodes.get_mut(input.node?)?.take()
    }

    /// The gradients of the trained parameters by their slots; `None` where it is zero.
    pub fn parameters(mut self) -> Parts<B> {
        self.nodes.truncate(self.slots);
        self.nodes
    }
}

struct RecordedStep<'m, B: Backend> {
    inputs: Vec<Option<usize>>,
    output: usize,
    rule: Rule<'m, B>,
}

/// A computation under way on a back end.
pub struct Tape<'m, B: Backend> {
    pub backend: &'m B,
    recording: Recording,
    steps: Vec<RecordedStep<'m, B>>,
    nodes: usize,
    slots: usize,
}

impl<'m, B: Backend> Tape<'m, B> {
    /// An empty tape.
    pub fn new(backend: &'m B, recording: Recording) -> Self {
        Self {
            backend,
            recording,
            steps: Vec::new(),
            nodes: 0,
            slots: 0,
        }
    }

    /// An empty tape that collects the gradients of `slots` trained parameters.
    pub fn training(backend: &'m B, slots: usize) -> Self {
        Self {
            nodes: slots,
            slots,
            ..Self::new(backend, Recording::Operations)
        }
    }

    /// An array whose gradient is wanted (none flows on a tape that records nothing).
    pub fn input(&mut self, value: B::Array) -> Var<B> {
        let node = (self.recording != Recording::Nothing).then(|| self.next_node());
        Var { value, node }
    }

    /// The gradients of inputs and trained parameters, given the gradient of `output`.
    pub fn backward(self, output: &Var<B>, gradient: B::Array) -> Outcome<Gradients<B>> {
        self.backward_onto(Vec::new(), output, gradient)
    }

    /// As [`Self::backward`]; what flows to trained parameters is added to `sums`, which has their slots (or
    /// none), in the place where those lie.
    pub fn backward_onto(
        self,
        sums: Parts<B>,
        output: &Var<B>,
        gradient: B::Array,
    ) -> Outcome<Gradients<B>> {
        let backend = self.backend;
        debug_assert!(sums.is_empty() || sums.len() == self.slots);
        let mut gradients = sums;
        gradients.resize(self.nodes, None);
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
        Ok(Gradients {
            nodes: gradients,
            slots: self.slots,
        })
    }

    /// The node of a trained parameter.
    fn slot(&self, weight: &B::Weight) -> Option<usize> {
        let slot = self.backend.slot(weight)?;
        (slot < self.slots).then_some(slot)
    }

    fn next_node(&mut self) -> usize {
        self.nodes += 1;
        self.nodes - 1
    }

    fn record(
        &mut self,
        value: B::Array,
        inputs: &[&Var<B>],
        rule: impl FnOnce(&'m B, B::Array) -> Outcome<Parts<B>> + Send + 'm,
    ) -> Var<B> {
        self.record_from(value, inputs.iter().map(|v| v.node).collect(), rule)
    }

    fn record_from(
        &mut self,
        value: B::Array,
        inputs: Vec<Option<usize>>,
        rule: impl FnOnce(&'m B, B::Array) -> Outcome<Parts<B>> + Send + 'm,
    ) -> Var<B> {
        if inputs.iter().all(Option::is_none) {
            return Var::constant(value);
        }
        let output = self.next_node();
        self.steps.push(RecordedStep {
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
            let mut gradients = tape.backward(&output, g)?;
            Ok(inputs.iter().map(|x| gradients.take(x)).collect())
        }))
    }
}
