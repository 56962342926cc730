//! A LoRA in training: a product of two thin matrices is added to every projection of the transformers and
//! every 3×3 convolution of the residual blocks. The gradient of the whole matrix, which the network gives,
//! is projected on the two: it costs no rule of its own, and the file is what others read.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::training::batch::Batch;
use crate::training::parameters::Parameters;
use crate::training::purpose;
use palimpsest_base::random::Random;
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::lora::LowRank;
use palimpsest_diffusion::files::{Parameter, Part, TrainedValues, Weights};
use palimpsest_diffusion::network::backend::Values;
use palimpsest_kernels::matmul::{Product, Strided};

/// The ends of the names of layers that are adapted.
const TARGETS: [&str; 10] = [
    ".to_q",
    ".to_k",
    ".to_v",
    ".to_out.0",
    ".ff.net.0.proj",
    ".ff.net.2",
    ".proj_in",
    ".proj_out",
    ".conv1",
    ".conv2",
];

/// Ends of the names of A and B of a layer among the trained parameters.
const DOWN: &str = ".down";
const UP: &str = ".up";

/// The layers that are adapted, in the order of their names.
pub(super) struct Adapter {
    rank: usize,
    layers: Vec<Layer>,
}

struct Layer {
    name: String,
    /// W, as it is in the file.
    base: Parameter,
    /// W + B·A, as the network sees it.
    adapted: TrainedValues,
    /// Slots of A and B.
    down: usize,
    up: usize,
}

impl Layer {
    fn outputs(&self) -> usize {
        self.base.shape()[0]
    }

    /// Columns of the weight as a matrix.
    fn inputs(&self) -> usize {
        self.base.shape()[1..].iter().product()
    }
}

/// Names and dimensions of the layers of a network that are adapted: matrices and convolutions of any size but
/// none.
fn targets(weights: &Weights) -> impl Iterator<Item = (&str, &[usize])> {
    weights.names().filter_map(|weight| {
        let name = weight.strip_suffix(".weight")?;
        let is_target = TARGETS.iter().any(|end| name.ends_with(end));
        let is_matrix = |shape: &&[usize]| shape.len() > 1 && !shape.contains(&0);
        let shape = weights.shape(weight).filter(is_matrix)?;
        is_target.then_some((name, shape))
    })
}

impl Adapter {
    /// A random, B zero: the network begins as it is.
    pub fn new(
        weights: &Weights,
        rank: usize,
        seed: u64,
    ) -> Result<(Self, Parameters), ModelError> {
        let mut random = Random::for_training(seed, purpose::INITIAL, 3);
        let mut tensors = BTreeMap::new();
        let mut names = Vec::new();
        for (name, shape) in targets(weights) {
            let inputs: usize = shape[1..].iter().product();
            let bound = 1.0 / (inputs as f64).sqrt();
            let values: Vec<f32> = (0..rank * inputs)
                .map(|_| random.spread(bound) as f32)
                .collect();
            let zeros = vec![0.0; shape[0] * rank];
            tensors.insert(
                format!("{name}{DOWN}"),
                (vec![rank, inputs], Arc::new(values)),
            );
            tensors.insert(
                format!("{name}{UP}"),
                (vec![shape[0], rank], Arc::new(zeros)),
            );
            names.push(name);
        }
        let parameters = Parameters::default().with(Part::Unet, tensors);
        let layers = names.into_iter().map(|name| {
            let base = weights.stored(&format!("{name}.weight"))?;
            Ok(Layer {
                down: parameters.slot(Part::Unet, &format!("{name}{DOWN}"))?,
                up: parameters.slot(Part::Unet, &format!("{name}{UP}"))?,
                adapted: TrainedValues::new(vec![0.0; base.len()]),
                name: name.to_owned(),
                base,
            })
        });
        let layers = layers.collect::<Result<_, ModelError>>()?;
        let adapter = Self { rank, layers };
        adapter.renew(&parameters);
        Ok((adapter, parameters))
    }

    /// The number of values in the thin matrices of that rank.
    pub fn numbers(weights: &Weights, rank: usize) -> usize {
        let sides =
            targets(weights).map(|(_, shape)| shape[0] + shape[1..].iter().product::<usize>());
        sides.map(|sides| rank * sides).sum()
    }

    /// Layers that are adapted: slots of the network's gradients.
    pub fn targets(&self) -> usize {
        self.layers.len()
    }

    pub fn rank(&self) -> usize {
        self.rank
    }

    /// The network's weights with W + B·A in place of W: a network of them follows [`Self::renew`].
    pub fn weights(&self, base: &Weights) -> Result<Weights, ModelError> {
        let adapted = self.layers.iter().enumerate().map(|(slot, layer)| {
            let shape = layer.base.shape().to_vec();
            let parameter = Parameter::in_training(shape, &layer.adapted, slot)?;
            Ok((format!("{}.weight", layer.name), parameter))
        });
        Ok(base.with(adapted.collect::<Result<Vec<_>, ModelError>>()?))
    }

    /// Computes W + B·A of every layer from the thin matrices as they are now.
    pub fn renew(&self, parameters: &Parameters) {
        for layer in &self.layers {
            let (m, n) = (layer.outputs(), layer.inputs());
            let (up, down) = (parameters.values(layer.up), parameters.values(layer.down));
            let product = Product {
                accumulate: true,
                ..Product::new(m, n, self.rank)
            };
            layer.adapted.change(|values| {
                values.copy_from_slice(&layer.base.values());
                product.run(
                    values,
                    n,
                    Strided::rows(&up, self.rank),
                    Strided::rows(&down, n),
                );
            });
            layer.base.release();
        }
    }

    /// The gradients of the thin matrices: of B it is G·Aᵀ, of A it is Bᵀ·G.
    pub fn projected(&self, batch: Batch, parameters: &Parameters) -> Batch {
        let mut gradients: Vec<Option<Values>> = (0..parameters.len()).map(|_| None).collect();
        for (layer, gradient) in self.layers.iter().zip(batch.gradients) {
            let Some(gradient) = gradient else { continue };
            let (m, n, r) = (layer.outputs(), layer.inputs(), self.rank);
            let (b, a) = (parameters.values(layer.up), parameters.values(layer.down));
            let mut up = vec![0.0; m * r];
            Product::new(m, r, n).run(
                &mut up,
                r,
                Strided::rows(&gradient, n),
                Strided::transposed(&a, n),
            );
            let mut down = vec![0.0; r * n];
            Product::new(r, n, m).run(
                &mut down,
                n,
                Strided::transposed(&b, r),
                Strided::rows(&gradient, n),
            );
            gradients[layer.up] = Some(Box::new(up));
            gradients[layer.down] = Some(Box::new(down));
        }
        Batch { gradients, ..batch }
    }

    /// The matrices as a file holds them.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if a matrix has not its values.
    pub fn layers(
        &self,
        parameters: &Parameters,
    ) -> Result<BTreeMap<(Part, String), LowRank>, ModelError> {
        let each = self.layers.iter().map(|layer| {
            let mut down = layer.base.shape().to_vec();
            down[0] = self.rank;
            let mut up = vec![layer.outputs(), self.rank];
            up.resize(down.len(), 1);
            let change = LowRank {
                down: Parameter::from_values(down, parameters.values(layer.down))?,
                up: Parameter::from_values(up, parameters.values(layer.up))?,
            };
            Ok(((Part::Unet, layer.name.clone()), change))
        });
        each.collect()
    }
}
