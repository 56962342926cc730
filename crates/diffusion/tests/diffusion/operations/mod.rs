//! One evaluation of every operation of a back end, forward and backward, on operands that are the
//! same for all back ends.

use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::Parameter;
use palimpsest_diffusion::network::backend::{
    Activation, Attention, AttentionInputs, Backend, Convolution, Grid, GroupNorm, LayerNorm,
    Linear, Outcome, ParameterGradients, Window,
};
use palimpsest_testing::normal::Normal;

/// An operation on inputs of a certain shape; all values are drawn by a generator of fixed seed.
#[derive(Clone, Copy, Debug)]
pub enum Case {
    /// Rows, inputs, outputs; with a bias.
    Linear(usize, usize, usize, bool),
    /// Grid, inputs, outputs; with a shift.
    Convolution((usize, usize), usize, usize, Window, bool),
    /// Rows, channels, groups; with SiLU; the inputs' mean (their deviation is 1).
    GroupNorm(usize, usize, usize, bool, f32),
    /// Rows, channels; the inputs' mean.
    LayerNorm(usize, usize, f32),
    /// The inputs' deviation makes the softmax flat or steep.
    Attention(Attention, f32),
    /// Rows, half the columns.
    Geglu(usize, usize),
    /// The inputs' deviation.
    Activation(Activation, f32),
    Add(usize, usize),
    /// Rows, columns.
    ColumnSums(usize, usize),
    /// Rows, columns; how many rows the table has.
    Scatter(usize, usize, usize),
    /// Rows, columns; how many rows are read.
    Gather(usize, usize, usize),
    /// Rows, columns of the left, columns of the right.
    Concatenate(usize, usize, usize),
    /// Rows, columns; from, width.
    Columns(usize, usize, usize, usize),
    /// Grid, channels.
    Upsample((usize, usize), usize),
}

/// The gradients of a layer's parameters, or none where the back end says that it has none.
fn parameters<B: Backend>(gradients: Outcome<ParameterGradients<B>>) -> Outcome<Vec<B::Array>> {
    match gradients {
        Ok(found) => Ok(std::iter::once(found.weight).chain(found.bias).collect()),
        Err(ModelError::Unavailable { .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// A back end that draws its operands.
pub struct Bench<B: Backend> {
    pub backend: B,
    numbers: Normal,
}

impl<B: Backend> Bench<B> {
    pub fn new(backend: B) -> Self {
        Self {
            backend,
            numbers: Normal(20_240_611),
        }
    }

    pub fn array(&mut self, rows: usize, columns: usize) -> B::Array {
        self.array_around(0.0, 1.0, rows, columns)
    }

    fn array_around(&mut self, mean: f32, deviation: f32, rows: usize, columns: usize) -> B::Array {
        let numbers = self.numbers.take(rows * columns).into_iter();
        let values: Vec<f32> = numbers.map(|v| mean + deviation * v).collect();
        self.backend.upload(&values, columns).unwrap()
    }

    pub fn weight(&mut self, shape: &[usize]) -> B::Weight {
        let numbers = self.numbers.take(shape.iter().product()).into_iter();
        let values: Vec<f32> = numbers.map(|v| 0.2 + 0.5 * v).collect();
        let parameter = Parameter::from_values(shape.to_vec(), values).unwrap();
        self.backend.weight(parameter).unwrap()
    }

    /// The result, then the gradients for a random gradient of the result.
    fn evaluate(&mut self, case: Case) -> Outcome<Vec<B::Array>> {
        match case {
            Case::Linear(rows, inputs, outputs, biased) => {
                let layer = Linear {
                    weight: self.weight(&[outputs, inputs]),
                    bias: biased.then(|| self.weight(&[outputs])),
                    inputs,
                    outputs,
                };
                let (x, g) = (self.array(rows, inputs), self.array(rows, outputs));
                let b = &self.backend;
                let mut all = vec![b.linear(&x, &layer)?, b.linear_backward(&g, &layer)?];
                all.extend(parameters(b.linear_parameters(&x, &g, &layer))?);
                Ok(all)
            }
            Case::Convolution((height, width), inputs, outputs, window, shifted) => {
                let layer = Convolution {
                    weight: self.weight(&[outputs, inputs, 3, 3]),
                    bias: self.weight(&[outputs]),
                    inputs,
                    outputs,
                    window,
                };
                let grid = Grid { height, width };
                let x = self.array(grid.positions(), inputs);
                let g = self.array(window.output_grid(grid).positions(), outputs);
                let shift = shifted.then(|| self.array(1, outputs));
                let b = &self.backend;
                let mut all = vec![
                    b.convolution(&x, &layer, grid, shift.as_ref())?,
                    b.convolution_backward(&g, &layer, grid)?,
                ];
                all.extend(parameters(b.convolution_parameters(&x, &g, &layer, grid))?);
                Ok(all)
            }
            Case::GroupNorm(rows, channels, groups, silu, mean) => {
                let layer = GroupNorm {
                    weight: self.weight(&[channels]),
                    bias: self.weight(&[channels]),
                    channels,
                    groups,
                    epsilon: 1e-5,
                    silu,
                };
                let x = self.array_around(mean, 1.0, rows, channels);
                let g = self.array(rows, channels);
                let b = &self.backend;
                let (y, state) = b.group_norm(&x, &layer)?;
                let mut all = vec![y, b.group_norm_backward(&x, &state, &g, &layer)?];
                all.extend(parameters(b.group_norm_parameters(&x, &state, &g, &layer))?);
                Ok(all)
            }
            Case::LayerNorm(rows, channels, mean) => {
                let layer = LayerNorm {
                    weight: self.weight(&[channels]),
                    bias: self.weight(&[channels]),
                    channels,
                    epsilon: 1e-5,
                };
                let x = self.array_around(mean, 1.0, rows, channels);
                let g = self.array(rows, channels);
                let b = &self.backend;
                let mut all = vec![
                    b.layer_norm(&x, &layer)?,
                    b.layer_norm_backward(&x, &g, &layer)?,
                ];
                all.extend(parameters(b.layer_norm_parameters(&x, &g, &layer))?);
                Ok(all)
            }
            Case::Attention(shape, deviation) => self.attend(&shape, deviation),
            Case::Geglu(rows, width) => {
                let (x, g) = (self.array(rows, 2 * width), self.array(rows, width));
                let b = &self.backend;
                Ok(vec![b.geglu(&x)?, b.geglu_backward(&x, &g)?])
            }
            Case::Activation(function, deviation) => {
                let (x, g) = (
                    self.array_around(0.0, deviation, 40, 50),
                    self.array(40, 50),
                );
                let b = &self.backend;
                let y = b.activation(&x, function)?;
                Ok(vec![y, b.activation_backward(&x, g, function)?])
            }
            Case::Add(rows, columns) => {
                let (x, y) = (self.array(rows, columns), self.array(rows, columns));
                Ok(vec![self.backend.add(x, &y)?])
            }
            Case::ColumnSums(rows, columns) => {
                let x = self.array(rows, columns);
                Ok(vec![self.backend.column_sums(&x)?])
            }
            Case::Scatter(rows, columns, height) => {
                let x = self.array(rows, columns);
                let places: Vec<usize> = (0..rows).map(|i| i * i % height).collect();
                Ok(vec![self.backend.scatter(&x, &places, height)?])
            }
            Case::Gather(rows, columns, count) => {
                let x = self.array(rows, columns);
                let places: Vec<usize> = (0..count).map(|i| (i * i + 3) % rows).collect();
                let taken = self.backend.gather(&x, &places)?;
                let back = self.backend.scatter(&taken, &places, rows)?;
                Ok(vec![taken, back])
            }
            Case::Concatenate(rows, left, right) => {
                let (x, y) = (self.array(rows, left), self.array(rows, right));
                Ok(vec![self.backend.concatenate(&x, &y)?])
            }
            Case::Columns(rows, columns, from, width) => {
                let x = self.array(rows, columns);
                Ok(vec![self.backend.columns(&x, from, width)?])
            }
            Case::Upsample((height, width), channels) => {
                let grid = Grid { height, width };
                let x = self.array(grid.positions(), channels);
                let g = self.array(grid.doubled().positions(), channels);
                let b = &self.backend;
                Ok(vec![b.upsample(&x, grid)?, b.upsample_backward(&g, grid)?])
            }
        }
    }

    fn attend(&mut self, shape: &Attention, deviation: f32) -> Outcome<Vec<B::Array>> {
        let channels = shape.heads * shape.width;
        let query = self.array_around(0.0, deviation, shape.queries, channels);
        let (key, value) = (
            self.array(shape.keys, channels),
            self.array(shape.keys, channels),
        );
        let g = self.array(shape.queries, channels);
        let inputs = || AttentionInputs {
            query: &query,
            key: &key,
            value: &value,
        };
        let b = &self.backend;
        let (y, state) = b.attention(shape, inputs())?;
        let result = (&y, &state);
        let all = b.attention_backward(shape, inputs(), result, &g, true)?;
        let few = b.attention_backward(shape, inputs(), result, &g, false)?;
        assert!(few.key_value.is_none());
        let (of_key, of_value) = all.key_value.unwrap();
        Ok(vec![y, all.query, of_key, of_value, few.query])
    }

    /// Heights, widths and values of what the case gives.
    pub fn results(backend: B, case: Case) -> Vec<(usize, usize, Vec<f32>)> {
        let mut bench = Self::new(backend);
        let arrays = bench.evaluate(case).unwrap();
        let b = &bench.backend;
        let read = arrays.iter().map(|x| {
            (
                b.height(x).unwrap(),
                b.width(x).unwrap(),
                b.download(x).unwrap(),
            )
        });
        read.collect()
    }
}
