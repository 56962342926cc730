//! The known-answer test of a graphics card: every rule of the back end, forward and backward, on operands
//! whose answers the CPU gives. A driver may compile a kernel wrongly, and what it computes is meant to be
//! evidence: so nothing is computed on a card before this has passed.

use super::{Gpu, GpuError};
use crate::ModelError;
use crate::files::Parameter;
use crate::network::backend::{
    Activation, Attention, AttentionInputs, Backend, Convolution, Grid, GroupNorm, LayerNorm,
    Linear, Outcome, Window,
};
use crate::network::cpu::{Cpu, Memory};
use half::f16;
use palimpsest_base::random::Random;
use palimpsest_gpu::{Stored, Weight};

/// A rule and how far the card is from the CPU, relative to the answer's size.
#[derive(Clone, Debug)]
pub struct Check {
    pub rule: &'static str,
    /// Infinite if the card's answer is no number.
    pub error: f64,
    pub allowed: f64,
}

impl Check {
    /// True if the card may be believed.
    pub fn passed(&self) -> bool {
        self.error <= self.allowed
    }
}

/// What the CPU's and the card's sums may differ by: both round, in another order.
const ALLOWED: f64 = 5e-6;

/// Every rule's answer, compared.
///
/// # Errors
/// [`ModelError`] if the card fails at computing, which is not the same as computing wrongly.
pub fn check(gpu: &Gpu) -> Result<Vec<Check>, ModelError> {
    let cpu = Cpu::new(1, Memory::Full)?;
    let (ours, theirs) = (answers(&cpu)?, answers(gpu)?);
    // Twice, since a race may be won once.
    let again = answers(gpu)?;
    let all = ours.into_iter().zip(theirs).zip(again);
    let compared = all.map(|(((rule, expected), (_, found)), (_, again))| {
        let same = found
            .iter()
            .zip(&again)
            .all(|(a, b)| a.to_bits() == b.to_bits());
        Check {
            rule,
            error: if same {
                difference(&found, &expected)
            } else {
                f64::INFINITY
            },
            allowed: ALLOWED,
        }
    });
    let mut checks: Vec<Check> = compared.collect();
    checks.push(halves(gpu, &cpu)?);
    Ok(checks)
}

/// A product with a weight of half precision, which lies on the card as it is.
fn halves(gpu: &Gpu, cpu: &Cpu) -> Outcome<Check> {
    let (rows, inputs, outputs) = (21, 37, 45);
    let mut operands = Operands {
        backend: cpu,
        drawn: 1000,
    };
    let x = operands.values(rows * inputs);
    let drawn = operands.values(outputs * inputs);
    let halves: Vec<f16> = drawn.into_iter().map(f16::from_f32).collect();
    let widened: Vec<f32> = halves.iter().map(|half| half.to_f32()).collect();
    let layer = Linear::<Cpu> {
        weight: cpu.weight(Parameter::from_values(vec![outputs, inputs], widened)?)?,
        bias: None,
        inputs,
        outputs,
    };
    let expected = cpu.download(&cpu.linear(&Backend::upload(cpu, &x, inputs)?, &layer)?)?;
    let bits: Vec<u16> = halves.into_iter().map(f16::to_bits).collect();
    let weight = gpu.upload_halves(&bits, inputs, Stored::Half)?;
    let x = gpu.upload(&x, inputs)?;
    let found = gpu.download(&gpu.product(&x, &Weight::plain(&weight), None)?)?;
    Ok(Check {
        rule: "linear, weights of half precision",
        error: difference(&found, &expected),
        allowed: ALLOWED,
    })
}

fn difference(found: &[f32], expected: &[f32]) -> f64 {
    if found.len() != expected.len() {
        return f64::INFINITY;
    }
    let pairs = found.iter().zip(expected);
    let difference: f64 = pairs
        .map(|(&a, &b)| (f64::from(a) - f64::from(b)).powi(2))
        .sum();
    let size: f64 = expected.iter().map(|&v| f64::from(v).powi(2)).sum();
    let error = (difference / size).sqrt();
    if error.is_finite() {
        error
    } else {
        f64::INFINITY
    }
}

/// Operands drawn in one order on every back end.
struct Operands<'a, B: Backend> {
    backend: &'a B,
    drawn: u64,
}

impl<B: Backend> Operands<'_, B> {
    fn values(&mut self, count: usize) -> Vec<f32> {
        self.drawn += 1;
        let mut random = Random::for_training(self.drawn, 0, 0);
        (0..count).map(|_| random.normal() as f32).collect()
    }

    fn array(&mut self, rows: usize, columns: usize) -> Outcome<B::Array> {
        let values = self.values(rows * columns);
        self.backend.upload(&values, columns)
    }

    fn weight(&mut self, shape: &[usize]) -> Outcome<B::Weight> {
        let values = self.values(shape.iter().product());
        let parameter = Parameter::from_values(shape.to_vec(), values)?;
        self.backend.weight(parameter)
    }
}

type Answers = Vec<(&'static str, Vec<f32>)>;

fn answers<B: Backend>(backend: &B) -> Outcome<Answers> {
    let mut operands = Operands { backend, drawn: 0 };
    let mut answers = Vec::new();
    products(&mut operands, &mut answers)?;
    norms(&mut operands, &mut answers)?;
    attentions(&mut operands, &mut answers)?;
    values(&mut operands, &mut answers)?;
    Ok(answers)
}

fn products<B: Backend>(o: &mut Operands<B>, answers: &mut Answers) -> Outcome<()> {
    let b = o.backend;
    // Each tile that the table chooses, at sizes that fill none of them.
    for (rows, inputs, outputs) in [(5, 37, 45), (70, 33, 51), (300, 21, 290), (530, 19, 570)] {
        let layer = Linear {
            weight: o.weight(&[outputs, inputs])?,
            bias: Some(o.weight(&[outputs])?),
            inputs,
            outputs,
        };
        let (x, g) = (o.array(rows, inputs)?, o.array(rows, outputs)?);
        answers.push(("linear", b.download(&b.linear(&x, &layer)?)?));
        let back = b.linear_backward(&g, &layer)?;
        answers.push(("linear, backward", b.download(&back)?));
    }
    for window in [Window::Same, Window::Halving, Window::HalvingOneSided] {
        let (inputs, outputs) = (11, 19);
        let layer = Convolution {
            weight: o.weight(&[outputs, inputs, 3, 3])?,
            bias: o.weight(&[outputs])?,
            inputs,
            outputs,
            window,
        };
        let grid = Grid {
            height: 9,
            width: 7,
        };
        let x = o.array(grid.positions(), inputs)?;
        let g = o.array(window.output_grid(grid).positions(), outputs)?;
        let shift = o.array(1, outputs)?;
        let y = b.convolution(&x, &layer, grid, Some(&shift))?;
        answers.push(("convolution", b.download(&y)?));
        let back = b.convolution_backward(&g, &layer, grid)?;
        answers.push(("convolution, backward", b.download(&back)?));
    }
    Ok(())
}

fn norms<B: Backend>(o: &mut Operands<B>, answers: &mut Answers) -> Outcome<()> {
    let b = o.backend;
    for silu in [false, true] {
        let layer = GroupNorm {
            weight: o.weight(&[12])?,
            bias: o.weight(&[12])?,
            channels: 12,
            groups: 3,
            epsilon: 1e-5,
            silu,
        };
        let (x, g) = (o.array(133, 12)?, o.array(133, 12)?);
        let (y, state) = b.group_norm(&x, &layer)?;
        answers.push(("group norm", b.download(&y)?));
        let back = b.group_norm_backward(&x, &state, &g, &layer)?;
        answers.push(("group norm, backward", b.download(&back)?));
    }
    let layer = LayerNorm {
        weight: o.weight(&[300])?,
        bias: o.weight(&[300])?,
        channels: 300,
        epsilon: 1e-5,
    };
    let (x, g) = (o.array(7, 300)?, o.array(7, 300)?);
    answers.push(("layer norm", b.download(&b.layer_norm(&x, &layer)?)?));
    let back = b.layer_norm_backward(&x, &g, &layer)?;
    answers.push(("layer norm, backward", b.download(&back)?));
    Ok(())
}

fn attentions<B: Backend>(o: &mut Operands<B>, answers: &mut Answers) -> Outcome<()> {
    let b = o.backend;
    // Every width that the families have, and one that fills no block.
    for (width, causal) in [
        (5, true),
        (40, false),
        (64, false),
        (80, false),
        (160, false),
    ] {
        let (queries, heads) = (75, 2);
        let keys = if causal { queries } else { 45 };
        let shape = Attention {
            queries,
            keys,
            heads,
            width,
            causal,
        };
        let columns = heads * width;
        let (query, g) = (o.array(queries, columns)?, o.array(queries, columns)?);
        let (key, value) = (o.array(keys, columns)?, o.array(keys, columns)?);
        let inputs = || AttentionInputs {
            query: &query,
            key: &key,
            value: &value,
        };
        let (y, state) = b.attention(&shape, inputs())?;
        let back = b.attention_backward(&shape, inputs(), (&y, &state), &g, true)?;
        answers.push(("attention", b.download(&y)?));
        answers.push(("attention, queries' gradient", b.download(&back.query)?));
        if let Some((of_key, of_value)) = back.key_value {
            answers.push(("attention, keys' gradient", b.download(&of_key)?));
            answers.push(("attention, values' gradient", b.download(&of_value)?));
        }
    }
    Ok(())
}

fn values<B: Backend>(o: &mut Operands<B>, answers: &mut Answers) -> Outcome<()> {
    let b = o.backend;
    for (name, function) in [
        ("SiLU", Activation::Silu),
        ("GELU", Activation::Gelu),
        ("quick GELU", Activation::QuickGelu),
    ] {
        let (x, g) = (o.array(13, 50)?, o.array(13, 50)?);
        answers.push((name, b.download(&b.activation(&x, function)?)?));
        let back = b.activation_backward(&x, g, function)?;
        answers.push((name, b.download(&back)?));
    }
    let (x, g) = (o.array(13, 50)?, o.array(13, 25)?);
    answers.push(("GEGLU", b.download(&b.geglu(&x)?)?));
    answers.push(("GEGLU, backward", b.download(&b.geglu_backward(&x, &g)?)?));
    let side = b.concatenate(&x, &g)?;
    answers.push(("concatenation", b.download(&side)?));
    answers.push(("columns", b.download(&b.columns(&x, 7, 31)?)?));
    let other = o.array(13, 50)?;
    answers.push(("sum", b.download(&b.add(x, &other)?)?));
    answers.push(("column sums", b.download(&b.column_sums(&other)?)?));
    let rows = [3, 0, 12, 3];
    let taken = b.gather(&other, &rows)?;
    answers.push(("rows taken", b.download(&taken)?));
    let back = b.scatter(&taken, &rows, 13)?;
    answers.push(("rows added", b.download(&back)?));
    let grid = Grid {
        height: 5,
        width: 3,
    };
    let (x, g) = (o.array(15, 9)?, o.array(60, 9)?);
    answers.push(("upsampling", b.download(&b.upsample(&x, grid)?)?));
    let back = b.upsample_backward(&g, grid)?;
    answers.push(("upsampling, backward", b.download(&back)?));
    Ok(())
}

/// The sentence for a card that computes wrongly, if it does.
pub fn refusal(gpu: &Gpu, checks: &[Check]) -> Option<GpuError> {
    let wrong = checks.iter().find(|check| !check.passed())?;
    Some(GpuError::Failed {
        adapter: gpu.adapter().to_string(),
        why: format!(
            "it computes \"{}\" wrongly, by {:.0e} where {:.0e} is allowed: update its driver",
            wrong.rule, wrong.error, wrong.allowed
        ),
    })
}
