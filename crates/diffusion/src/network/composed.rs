//! The composed back end: every operation put together from candle's plain tensor operations. One
//! code then serves each device that candle knows (CUDA, Metal), and on the processor it is what our
//! kernels are checked against: it shares nothing with them but the matrix product of `gemm`.
//!
//! Where an operation's backward rule is as simple as the operation (linear maps), it is written
//! down. Elsewhere (`functions`) candle differentiates the operation, computed again: no state is
//! kept from the forward pass. candle's fused softmax and layer norm cut the graph in silence and
//! are not used.

mod convolution;
mod functions;

use super::backend::{
    Activation, Attention, AttentionGradients, AttentionInputs, Backend, Convolution, Grid,
    GroupNorm, LayerNorm, Linear, Outcome, ParameterGradients,
};
use crate::ModelError;
use crate::files::Parameter;
use candle_core::{Device, DeviceLocation, Tensor};

/// A device of candle's.
#[derive(Clone, Debug)]
pub struct Composed {
    device: Device,
}

/// A parameter on the device.
pub struct Held {
    tensor: Tensor,
    slot: Option<usize>,
}

impl std::ops::Deref for Held {
    type Target = Tensor;
    fn deref(&self) -> &Tensor {
        &self.tensor
    }
}

impl From<candle_core::Error> for ModelError {
    fn from(error: candle_core::Error) -> Self {
        Self::Device { what: plain(error) }
    }
}

/// Candle's message, without the backtrace that it adds where the environment asks for one.
fn plain(error: candle_core::Error) -> String {
    match error {
        candle_core::Error::WithBacktrace { inner, .. } => plain(*inner),
        error => error.to_string(),
    }
}

impl Composed {
    /// On the processor: slow, for checking others against.
    pub fn cpu() -> Self {
        Self {
            device: Device::Cpu,
        }
    }

    /// On the first NVIDIA card.
    ///
    /// # Errors
    /// [`ModelError::Unavailable`] if this build or this machine lacks it.
    pub fn cuda() -> Outcome<Self> {
        Self::on("An NVIDIA card", cfg!(feature = "cuda"), Device::new_cuda)
    }

    /// On the first Apple GPU.
    ///
    /// # Errors
    /// [`ModelError::Unavailable`] if this build or this machine lacks it.
    pub fn metal() -> Outcome<Self> {
        Self::on("An Apple GPU", cfg!(feature = "metal"), Device::new_metal)
    }

    fn on(
        what: &str,
        built: bool,
        start: fn(usize) -> candle_core::Result<Device>,
    ) -> Outcome<Self> {
        let unavailable = |why: String| ModelError::Unavailable {
            what: what.into(),
            why,
        };
        if !built {
            return Err(unavailable(
                "this copy of the program was built without it".into(),
            ));
        }
        match start(0) {
            Ok(device) => Ok(Self { device }),
            Err(error) => Err(unavailable(plain(error))),
        }
    }

    /// The arithmetic's name, for the record.
    pub fn name(&self) -> String {
        let device = match self.device.location() {
            DeviceLocation::Cpu => "cpu",
            DeviceLocation::Cuda { .. } => "cuda",
            DeviceLocation::Metal { .. } => "metal",
        };
        format!("composed ({device})")
    }
}

/// Arrays are tensors `[rows, channels]` of single precision, contiguous and outside any graph.
impl Backend for Composed {
    type Array = Tensor;
    type Weight = Held;
    type NormState = ();
    type AttentionState = ();

    /// candle brings its own threads.
    fn run<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        work()
    }

    fn weight(&self, parameter: Parameter) -> Outcome<Held> {
        if parameter.is_trained() {
            return Err(ModelError::Unavailable {
                what: "Training".into(),
                why: format!(
                    "{} copies the weights, and copies do not follow",
                    self.name()
                ),
            });
        }
        let tensor = Tensor::from_slice(&parameter.values(), parameter.shape(), &self.device)?;
        parameter.release();
        let slot = parameter.slot();
        Ok(Held { tensor, slot })
    }

    fn slot(&self, weight: &Held) -> Option<usize> {
        weight.slot
    }

    fn upload(&self, values: &[f32], columns: usize) -> Outcome<Tensor> {
        let rows = values.len().checked_div(columns);
        let rows = rows.ok_or_else(|| ModelError::Shape {
            what: "An array for the network".into(),
            expected: vec![values.len(), 1],
            found: vec![values.len(), columns],
        })?;
        Ok(Tensor::from_slice(values, (rows, columns), &self.device)?)
    }

    fn download(&self, x: &Tensor) -> Outcome<Vec<f32>> {
        Ok(x.flatten_all()?.to_vec1()?)
    }

    fn linear(&self, x: &Tensor, layer: &Linear<Self>) -> Outcome<Tensor> {
        let y = x.matmul(&matrix(layer)?.t()?)?;
        match &layer.bias {
            Some(bias) => Ok(y.broadcast_add(&bias.tensor)?),
            None => Ok(y),
        }
    }

    fn linear_backward(&self, g: &Tensor, layer: &Linear<Self>) -> Outcome<Tensor> {
        Ok(g.matmul(&matrix(layer)?)?)
    }

    fn linear_parameters(
        &self,
        x: &Tensor,
        g: &Tensor,
        layer: &Linear<Self>,
    ) -> Outcome<ParameterGradients<Self>> {
        let bias = layer.bias.as_ref().map(|_| g.sum_keepdim(0));
        Ok(ParameterGradients {
            weight: g.t()?.matmul(x)?,
            bias: bias.transpose()?,
        })
    }

    fn convolution(
        &self,
        x: &Tensor,
        layer: &Convolution<Self>,
        grid: Grid,
        shift: Option<&Tensor>,
    ) -> Outcome<Tensor> {
        let y = convolution::apply(x, &layer.weight, grid, layer.window)?;
        let bias = match shift {
            Some(shift) => layer.bias.broadcast_add(shift)?,
            None => layer.bias.tensor.clone(),
        };
        Ok(y.broadcast_add(&bias)?)
    }

    fn convolution_backward(
        &self,
        g: &Tensor,
        layer: &Convolution<Self>,
        grid: Grid,
    ) -> Outcome<Tensor> {
        Ok(convolution::adjoint(g, &layer.weight, grid, layer.window)?)
    }

    fn convolution_parameters(
        &self,
        x: &Tensor,
        g: &Tensor,
        layer: &Convolution<Self>,
        grid: Grid,
    ) -> Outcome<ParameterGradients<Self>> {
        Ok(ParameterGradients {
            weight: convolution::weight_gradient(x, g, grid, layer.window)?,
            bias: Some(g.sum_keepdim(0)?),
        })
    }

    fn group_norm(&self, x: &Tensor, layer: &GroupNorm<Self>) -> Outcome<(Tensor, ())> {
        Ok((
            functions::group_norm(x, layer, scaling(&layer.weight, &layer.bias))?,
            (),
        ))
    }

    fn group_norm_backward(
        &self,
        x: &Tensor,
        (): &(),
        g: &Tensor,
        layer: &GroupNorm<Self>,
    ) -> Outcome<Tensor> {
        let scaling = scaling(&layer.weight, &layer.bias);
        functions::pull_back(x, g, |x| functions::group_norm(x, layer, scaling))
    }

    fn group_norm_parameters(
        &self,
        x: &Tensor,
        (): &(),
        g: &Tensor,
        layer: &GroupNorm<Self>,
    ) -> Outcome<ParameterGradients<Self>> {
        let scaling = scaling(&layer.weight, &layer.bias);
        functions::pull_back_scaling(scaling, g, |at| functions::group_norm(x, layer, at))
    }

    fn layer_norm(&self, x: &Tensor, layer: &LayerNorm<Self>) -> Outcome<Tensor> {
        Ok(functions::layer_norm(
            x,
            layer,
            scaling(&layer.weight, &layer.bias),
        )?)
    }

    fn layer_norm_backward(
        &self,
        x: &Tensor,
        g: &Tensor,
        layer: &LayerNorm<Self>,
    ) -> Outcome<Tensor> {
        let scaling = scaling(&layer.weight, &layer.bias);
        functions::pull_back(x, g, |x| functions::layer_norm(x, layer, scaling))
    }

    fn layer_norm_parameters(
        &self,
        x: &Tensor,
        g: &Tensor,
        layer: &LayerNorm<Self>,
    ) -> Outcome<ParameterGradients<Self>> {
        let scaling = scaling(&layer.weight, &layer.bias);
        functions::pull_back_scaling(scaling, g, |at| functions::layer_norm(x, layer, at))
    }

    fn attention(&self, shape: &Attention, inputs: AttentionInputs<Self>) -> Outcome<(Tensor, ())> {
        Ok((functions::attention(shape, &inputs)?, ()))
    }

    fn attention_backward(
        &self,
        shape: &Attention,
        inputs: AttentionInputs<Self>,
        _result: (&Tensor, &()),
        g: &Tensor,
        wants_key_value: bool,
    ) -> Outcome<AttentionGradients<Self>> {
        let (query, key_value) = functions::attention_gradients(shape, &inputs, g)?;
        Ok(AttentionGradients {
            query,
            key_value: wants_key_value.then_some(key_value),
        })
    }

    fn geglu(&self, x: &Tensor) -> Outcome<Tensor> {
        Ok(functions::geglu(x)?)
    }

    fn geglu_backward(&self, x: &Tensor, g: &Tensor) -> Outcome<Tensor> {
        functions::pull_back(x, g, functions::geglu)
    }

    fn activation(&self, x: &Tensor, function: Activation) -> Outcome<Tensor> {
        Ok(functions::activation(x, function)?)
    }

    fn activation_backward(&self, x: &Tensor, g: Tensor, function: Activation) -> Outcome<Tensor> {
        functions::pull_back(x, &g, |x| functions::activation(x, function))
    }

    fn add(&self, a: Tensor, b: &Tensor) -> Outcome<Tensor> {
        Ok((a + b)?)
    }

    fn concatenate(&self, a: &Tensor, b: &Tensor) -> Outcome<Tensor> {
        Ok(Tensor::cat(&[a, b], 1)?.contiguous()?)
    }

    fn column_sums(&self, x: &Tensor) -> Outcome<Tensor> {
        Ok(x.sum_keepdim(0)?)
    }

    fn scatter(&self, x: &Tensor, rows: &[usize], height: usize) -> Outcome<Tensor> {
        let rows: Vec<u32> = rows.iter().map(|&row| row as u32).collect();
        let rows = Tensor::new(rows, &self.device)?;
        let zeros = Tensor::zeros((height, x.dim(1)?), x.dtype(), &self.device)?;
        Ok(zeros.index_add(&rows, x, 0)?)
    }

    fn gather(&self, x: &Tensor, rows: &[usize]) -> Outcome<Tensor> {
        let rows: Vec<u32> = rows.iter().map(|&row| row as u32).collect();
        let rows = Tensor::new(rows, &self.device)?;
        Ok(x.index_select(&rows, 0)?)
    }

    fn columns(&self, x: &Tensor, from: usize, width: usize) -> Outcome<Tensor> {
        Ok(x.narrow(1, from, width)?.contiguous()?)
    }

    fn upsample(&self, x: &Tensor, grid: Grid) -> Outcome<Tensor> {
        let (rows, channels) = x.dims2()?;
        let Grid { height, width } = grid;
        let cells = x.reshape((height, 1, width, 1, channels))?;
        let cells = cells.broadcast_as((height, 2, width, 2, channels))?;
        Ok(cells.contiguous()?.reshape((4 * rows, channels))?)
    }

    fn upsample_backward(&self, g: &Tensor, grid: Grid) -> Outcome<Tensor> {
        let channels = g.dim(1)?;
        let Grid { height, width } = grid;
        let pairs_of_rows = g.reshape((height, 2, 2 * width * channels))?.sum(1)?;
        let pairs_of_cells = pairs_of_rows.reshape((height * width, 2, channels))?;
        Ok(pairs_of_cells.sum(1)?)
    }

    fn width(&self, x: &Tensor) -> Outcome<usize> {
        Ok(x.dim(1)?)
    }

    fn height(&self, x: &Tensor) -> Outcome<usize> {
        Ok(x.dim(0)?)
    }
}

/// A norm's parameters.
fn scaling<'a>(weight: &'a Held, bias: &'a Held) -> functions::Scaling<'a> {
    functions::Scaling {
        weight: &weight.tensor,
        bias: &bias.tensor,
    }
}

/// `[outputs, inputs]`, whether the file holds a linear layer or a 1×1 convolution.
fn matrix(layer: &Linear<Composed>) -> candle_core::Result<Tensor> {
    layer.weight.reshape((layer.outputs, layer.inputs))
}
