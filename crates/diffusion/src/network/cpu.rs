//! The CPU back end: our kernels over pooled buffers. Parameters stay as they lie in the mapped
//! file, unless the file holds half precision or memory is spent on speed: then a weight that meets few
//! rows is rearranged once, and the copy takes the place of the mapped pages.

mod weight;

pub use weight::Weight;

use super::backend::{
    Activation, Attention, AttentionGradients, AttentionInputs, Backend, Convolution, Grid,
    GroupNorm, LayerNorm, Linear, Outcome, ParameterGradients, Values,
};
use crate::ModelError;
use crate::files::Parameter;
use palimpsest_kernels::pool::{Buffer, Pool};
use palimpsest_kernels::{attention, im2col, matmul, norm, parameters, pointwise};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The memory that a back end may spend on speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// Parameters stay resident; half precision is widened once, weights are rearranged once.
    Full,
    /// A layer's mapped parameters leave the resident set after each use, and half precision is
    /// widened layer by layer. What a gradient needs is remembered.
    Medium,
    /// As [`Self::Medium`], and blocks are computed again on the way back in place of being remembered.
    Low,
}

/// Threads, buffers and the memory rule. Clones share threads and buffers.
#[derive(Clone)]
pub struct Cpu {
    threads: Arc<rayon::ThreadPool>,
    pool: Pool,
    memory: Memory,
}

impl Cpu {
    /// A back end on `threads` threads (0: as many as there are cores).
    ///
    /// # Errors
    /// [`ModelError::Unavailable`] if the system refuses the threads.
    pub fn new(threads: usize, memory: Memory) -> Outcome<Self> {
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|number| format!("network {number}"))
            .build()
            .map_err(|error| ModelError::Unavailable {
                what: "the worker threads".into(),
                why: error.to_string(),
            })?;
        Ok(Self {
            threads: Arc::new(threads),
            pool: Pool::new(),
            memory,
        })
    }

    /// The memory rule.
    pub fn memory(&self) -> Memory {
        self.memory
    }

    /// Number of worker threads.
    pub fn threads(&self) -> usize {
        self.threads.current_num_threads()
    }

    /// Returns unused buffers to the system: between stages that differ in size.
    pub fn trim(&self) {
        self.pool.clear();
    }

    fn matrix(&self, rows: usize, columns: usize, fill: impl FnOnce(&mut [f32])) -> Matrix {
        let mut values = self.pool.take(rows * columns);
        fill(&mut values);
        Matrix {
            rows,
            columns,
            values: Arc::new(values),
        }
    }
}

impl Cpu {
    /// A convolution of a picture on `grid` that `fill` makes by rows.
    fn banded(
        &self,
        layer: &Convolution<Self>,
        grid: Grid,
        shift: Option<&Matrix>,
        fill: impl Fn(&mut [f32], Range<usize>),
    ) -> Matrix {
        let bias = shifted_bias(layer, shift);
        layer.with(|c| {
            self.matrix(grid.positions(), layer.outputs, |out| {
                c.forward_by_bands(out, &bias, grid, &self.pool, fill);
            })
        })
    }

    fn sums(&self, x: &Matrix) -> Matrix {
        self.matrix(1, x.columns, |out| parameters::bias(out, &x.values))
    }

    /// The gradients of a norm's two vectors.
    fn scale_and_shift(
        &self,
        channels: usize,
        fill: impl FnOnce((&mut [f32], &mut [f32])),
    ) -> ParameterGradients<Self> {
        let [mut scale, mut shift] = [0; 2].map(|_| self.pool.take(channels));
        fill((&mut scale, &mut shift));
        let [weight, bias] = [scale, shift].map(|values| Matrix {
            rows: 1,
            columns: channels,
            values: Arc::new(values),
        });
        ParameterGradients {
            weight,
            bias: Some(bias),
        }
    }
}

/// A matrix in main memory.
#[derive(Clone)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    values: Arc<Buffer>,
}

impl Backend for Cpu {
    type Array = Matrix;
    type Weight = Weight;
    type NormState = norm::Moments;
    type AttentionState = Buffer;

    fn run<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        self.threads.install(work)
    }

    fn weight(&self, parameter: Parameter) -> Outcome<Weight> {
        let transient = self.memory != Memory::Full;
        let parameter = if transient {
            parameter
        } else {
            parameter.widened()
        };
        Ok(Weight {
            parameter,
            transient,
            packed: OnceLock::new(),
        })
    }

    fn slot(&self, weight: &Weight) -> Option<usize> {
        weight.parameter.slot()
    }

    fn upload(&self, values: &[f32], columns: usize) -> Outcome<Matrix> {
        if columns == 0 || !values.len().is_multiple_of(columns) {
            return Err(ModelError::Shape {
                what: "An array for the network".into(),
                expected: vec![values.len(), 1],
                found: vec![values.len(), columns],
            });
        }
        Ok(self.matrix(values.len() / columns, columns, |out| {
            out.copy_from_slice(values);
        }))
    }

    fn download(&self, x: &Matrix) -> Outcome<Vec<f32>> {
        Ok(x.values.to_vec())
    }

    fn values(&self, x: Matrix) -> Outcome<Values> {
        Ok(Box::new(Arc::unwrap_or_clone(x.values)))
    }

    fn linear(&self, x: &Matrix, layer: &Linear<Self>) -> Outcome<Matrix> {
        debug_assert_eq!(x.columns, layer.inputs);
        let (weight, bias) = (
            layer.weight.values(),
            layer.bias.as_ref().map(Weight::values),
        );
        Ok(self.matrix(x.rows, layer.outputs, |out| {
            matmul::linear(
                out,
                &x.values,
                weight.matrix(),
                bias.as_deref(),
                layer.inputs,
                &self.pool,
            );
        }))
    }

    fn linear_backward(&self, g: &Matrix, layer: &Linear<Self>) -> Outcome<Matrix> {
        debug_assert_eq!(g.columns, layer.outputs);
        let weight = layer.weight.values();
        Ok(self.matrix(g.rows, layer.inputs, |out| {
            matmul::linear_backward(out, &g.values, weight.matrix(), layer.inputs, &self.pool);
        }))
    }

    fn linear_parameters(
        &self,
        x: &Matrix,
        g: &Matrix,
        layer: &Linear<Self>,
    ) -> Outcome<ParameterGradients<Self>> {
        Ok(ParameterGradients {
            weight: self.matrix(layer.outputs, layer.inputs, |out| {
                parameters::linear(out, &g.values, &x.values, layer.inputs);
            }),
            bias: layer.bias.is_some().then(|| self.sums(g)),
        })
    }

    fn convolution(
        &self,
        x: &Matrix,
        layer: &Convolution<Self>,
        grid: Grid,
        shift: Option<&Matrix>,
    ) -> Outcome<Matrix> {
        debug_assert_eq!((x.rows, x.columns), (grid.positions(), layer.inputs));
        let bias = shifted_bias(layer, shift);
        let rows = layer.window.output_grid(grid).positions();
        Ok(layer.with(|c| {
            self.matrix(rows, layer.outputs, |out| {
                c.forward(out, &x.values, &bias, grid, &self.pool);
            })
        }))
    }

    fn normed_convolution(
        &self,
        x: &Matrix,
        (norm, layer): (&GroupNorm<Self>, &Convolution<Self>),
        grid: Grid,
        shift: Option<&Matrix>,
    ) -> Outcome<Matrix> {
        if !layer.with(|c| c.goes_by_bands(grid)) {
            let (normed, _) = self.group_norm(x, norm)?;
            return self.convolution(&normed, layer, grid, shift);
        }
        let width = grid.width * x.columns;
        Ok(norm.with(|norm| {
            let moments = norm.moments(&x.values);
            self.banded(layer, grid, shift, |out, rows| {
                let x = &x.values[rows.start * width..rows.end * width];
                norm.apply(out, x, &moments);
            })
        }))
    }

    fn upsampled_convolution(
        &self,
        x: &Matrix,
        layer: &Convolution<Self>,
        grid: Grid,
    ) -> Outcome<Matrix> {
        let large = grid.doubled();
        if !layer.with(|c| c.goes_by_bands(large)) {
            return self.convolution(&self.upsample(x, grid)?, layer, large, None);
        }
        Ok(self.banded(layer, large, None, |out, rows| {
            im2col::upsample_rows(out, rows.start, &x.values, x.columns, grid);
        }))
    }

    fn convolution_backward(
        &self,
        g: &Matrix,
        layer: &Convolution<Self>,
        grid: Grid,
    ) -> Outcome<Matrix> {
        Ok(layer.with(|c| {
            self.matrix(grid.positions(), layer.inputs, |out| {
                c.backward(out, &g.values, grid, &self.pool);
            })
        }))
    }

    fn convolution_parameters(
        &self,
        x: &Matrix,
        g: &Matrix,
        layer: &Convolution<Self>,
        grid: Grid,
    ) -> Outcome<ParameterGradients<Self>> {
        Ok(ParameterGradients {
            weight: self.matrix(layer.outputs, 9 * layer.inputs, |out| {
                let shape = (grid, layer.window);
                parameters::convolution(out, &g.values, &x.values, shape, &self.pool);
            }),
            bias: Some(self.sums(g)),
        })
    }

    fn group_norm(&self, x: &Matrix, layer: &GroupNorm<Self>) -> Outcome<(Matrix, norm::Moments)> {
        debug_assert_eq!(x.columns, layer.channels);
        let mut out = self.pool.take(x.values.len());
        let moments = layer.with(|norm| norm.forward(&mut out, &x.values));
        let values = Arc::new(out);
        Ok((Matrix { values, ..*x }, moments))
    }

    fn group_norm_backward(
        &self,
        x: &Matrix,
        state: &norm::Moments,
        g: &Matrix,
        layer: &GroupNorm<Self>,
    ) -> Outcome<Matrix> {
        Ok(layer.with(|norm| {
            self.matrix(x.rows, x.columns, |out| {
                norm.backward(out, &x.values, state, &g.values);
            })
        }))
    }

    fn group_norm_parameters(
        &self,
        x: &Matrix,
        state: &norm::Moments,
        g: &Matrix,
        layer: &GroupNorm<Self>,
    ) -> Outcome<ParameterGradients<Self>> {
        Ok(self.scale_and_shift(layer.channels, |out| {
            layer.with(|norm| parameters::group_norm(out, &norm, &x.values, state, &g.values));
        }))
    }

    fn layer_norm(&self, x: &Matrix, layer: &LayerNorm<Self>) -> Outcome<Matrix> {
        debug_assert_eq!(x.columns, layer.channels);
        Ok(layer.with(|norm| self.matrix(x.rows, x.columns, |out| norm.forward(out, &x.values))))
    }

    fn layer_norm_backward(
        &self,
        x: &Matrix,
        g: &Matrix,
        layer: &LayerNorm<Self>,
    ) -> Outcome<Matrix> {
        Ok(layer.with(|norm| {
            self.matrix(x.rows, x.columns, |out| {
                norm.backward(out, &x.values, &g.values);
            })
        }))
    }

    fn layer_norm_parameters(
        &self,
        x: &Matrix,
        g: &Matrix,
        layer: &LayerNorm<Self>,
    ) -> Outcome<ParameterGradients<Self>> {
        Ok(self.scale_and_shift(layer.channels, |out| {
            layer.with(|norm| parameters::layer_norm(out, &norm, &x.values, &g.values));
        }))
    }

    fn attention(
        &self,
        shape: &Attention,
        inputs: AttentionInputs<Self>,
    ) -> Outcome<(Matrix, Buffer)> {
        let mut log_sum = self.pool.take(shape.heads * shape.queries);
        let out = self.matrix(shape.queries, inputs.query.columns, |out| {
            shape.forward(out, &mut log_sum, slices(&inputs), &self.pool);
        });
        Ok((out, log_sum))
    }

    fn attention_backward(
        &self,
        shape: &Attention,
        inputs: AttentionInputs<Self>,
        (result, log_sum): (&Matrix, &Buffer),
        g: &Matrix,
        wants_key_value: bool,
    ) -> Outcome<AttentionGradients<Self>> {
        let forward = attention::ForwardPass {
            result: &result.values,
            log_sum,
            gradient: &g.values,
        };
        let size = inputs.key.values.len();
        let mut gradients = wants_key_value.then(|| (self.pool.take(size), self.pool.take(size)));
        let key_value = gradients
            .as_mut()
            .map(|(key, value)| attention::KeyValue { key, value });
        let query = self.matrix(shape.queries, inputs.query.columns, |out| {
            shape.backward(out, key_value, slices(&inputs), forward, &self.pool);
        });
        let of_keys = |values| Matrix {
            values: Arc::new(values),
            ..*inputs.key
        };
        Ok(AttentionGradients {
            query,
            key_value: gradients.map(|(key, value)| (of_keys(key), of_keys(value))),
        })
    }

    fn geglu(&self, x: &Matrix) -> Outcome<Matrix> {
        debug_assert!(x.columns.is_multiple_of(2));
        let width = x.columns / 2;
        Ok(self.matrix(x.rows, width, |out| {
            pointwise::geglu(out, &x.values, width);
        }))
    }

    fn geglu_backward(&self, x: &Matrix, g: &Matrix) -> Outcome<Matrix> {
        Ok(self.matrix(x.rows, x.columns, |out| {
            pointwise::geglu_backward(out, &x.values, &g.values, g.columns);
        }))
    }

    fn activation(&self, x: &Matrix, function: Activation) -> Outcome<Matrix> {
        Ok(self.matrix(x.rows, x.columns, |out| {
            out.copy_from_slice(&x.values);
            function.apply(out);
        }))
    }

    fn activation_backward(
        &self,
        x: &Matrix,
        mut g: Matrix,
        function: Activation,
    ) -> Outcome<Matrix> {
        let gradient: &mut Buffer = Arc::make_mut(&mut g.values);
        function.backward(gradient, &x.values);
        Ok(g)
    }

    fn add(&self, mut a: Matrix, b: &Matrix) -> Outcome<Matrix> {
        debug_assert_eq!((a.rows, a.columns), (b.rows, b.columns));
        let sum: &mut Buffer = Arc::make_mut(&mut a.values);
        pointwise::add(sum, &b.values);
        Ok(a)
    }

    fn concatenate(&self, a: &Matrix, b: &Matrix) -> Outcome<Matrix> {
        debug_assert_eq!(a.rows, b.rows);
        Ok(self.matrix(a.rows, a.columns + b.columns, |out| {
            im2col::concatenate(out, &a.values, &b.values, a.rows);
        }))
    }

    fn column_sums(&self, x: &Matrix) -> Outcome<Matrix> {
        Ok(self.sums(x))
    }

    fn scatter(&self, x: &Matrix, rows: &[usize], height: usize) -> Outcome<Matrix> {
        Ok(self.matrix(height, x.columns, |out| {
            parameters::table(out, &x.values, rows);
        }))
    }

    fn gather(&self, x: &Matrix, rows: &[usize]) -> Outcome<Matrix> {
        debug_assert!(rows.iter().all(|&row| row < x.rows));
        Ok(self.matrix(rows.len(), x.columns, |out| {
            for (out, &row) in out.chunks_exact_mut(x.columns).zip(rows) {
                out.copy_from_slice(&x.values[row * x.columns..][..x.columns]);
            }
        }))
    }

    fn columns(&self, x: &Matrix, from: usize, width: usize) -> Outcome<Matrix> {
        debug_assert!(from + width <= x.columns);
        Ok(self.matrix(x.rows, width, |out| {
            im2col::columns(out, &x.values, x.columns, from, width);
        }))
    }

    fn upsample(&self, x: &Matrix, grid: Grid) -> Outcome<Matrix> {
        debug_assert_eq!(x.rows, grid.positions());
        Ok(self.matrix(4 * x.rows, x.columns, |out| {
            im2col::upsample(out, &x.values, x.columns, grid);
        }))
    }

    fn upsample_backward(&self, g: &Matrix, grid: Grid) -> Outcome<Matrix> {
        debug_assert_eq!(g.rows, 4 * grid.positions());
        Ok(self.matrix(g.rows / 4, g.columns, |out| {
            im2col::upsample_backward(out, &g.values, g.columns, grid);
        }))
    }

    fn width(&self, x: &Matrix) -> Outcome<usize> {
        Ok(x.columns)
    }

    fn height(&self, x: &Matrix) -> Outcome<usize> {
        Ok(x.rows)
    }
}

/// A convolution's bias, and what is added to every position.
fn shifted_bias(layer: &Convolution<Cpu>, shift: Option<&Matrix>) -> Vec<f32> {
    debug_assert!(shift.is_none_or(|shift| (shift.rows, shift.columns) == (1, layer.outputs)));
    let mut bias = layer.bias.values().to_vec();
    if let Some(shift) = shift {
        pointwise::add(&mut bias, &shift.values);
    }
    bias
}

fn slices<'a>(inputs: &AttentionInputs<'a, Cpu>) -> attention::Inputs<'a> {
    attention::Inputs {
        query: &inputs.query.values,
        key: &inputs.key.values,
        value: &inputs.value.values,
    }
}
