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
use palimpsest_diffusion::files::{Parameter, Part, Weights};
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

/// Where A and B of a layer stand among the trained parameters.
const DOWN: &str = ".down";
const UP: &str = ".up";

pub(super) struct Adapter {
    rank: usize,
    layers: Vec<Layer>,
}

struct Layer {
    name: String,
    shape: Vec<usize>,
    /// Slots of A and B.
    down: usize,
    up: usize,
}

impl Layer {
    fn outputs(&self) -> usize {
        self.shape[0]
    }

    /// Columns of the weight as a matrix.
    fn inputs(&self) -> usize {
        self.shape[1..].iter().product()
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
        let mut layers = Vec::new();
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
            layers.push((name.to_owned(), shape.to_vec()));
        }
        let parameters = Parameters::default().with(Part::Unet, tensors);
        let slots: BTreeMap<String, usize> = (0..parameters.len())
            .map(|slot| (parameters.name(slot), slot))
            .collect();
        let slot = |name: &str, end: &str| {
            let full = format!("{}/{name}{end}", Part::Unet.folder());
            slots.get(&full).copied().unwrap_or_default()
        };
        let layers = layers.into_iter().map(|(name, shape)| Layer {
            down: slot(&name, DOWN),
            up: slot(&name, UP),
            name,
            shape,
        });
        let adapter = Self {
            rank,
            layers: layers.collect(),
        };
        Ok((adapter, parameters))
    }

    /// How many numbers the thin matrices of that rank have.
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

    /// The network's weights with W + B·A in place of W.
    pub fn weights(&self, parameters: &Parameters, base: &Weights) -> Result<Weights, ModelError> {
        let adapted = self.layers.iter().enumerate().map(|(slot, layer)| {
            let weight = format!("{}.weight", layer.name);
            let mut values = base.parameter(&weight, &layer.shape)?.into_values();
            let (m, n) = (layer.outputs(), layer.inputs());
            let product = Product {
                accumulate: true,
                ..Product::new(m, n, self.rank)
            };
            product.run(
                &mut values,
                n,
                Strided::rows(parameters.values(layer.up), self.rank),
                Strided::rows(parameters.values(layer.down), n),
            );
            let parameter = Parameter::from_values(layer.shape.clone(), values)?;
            Ok((weight, parameter.trained(slot)))
        });
        Ok(base.with(adapted.collect::<Result<Vec<_>, ModelError>>()?))
    }

    /// The gradients of the thin matrices: of B it is G·Aᵀ, of A it is Bᵀ·G.
    pub fn projected(&self, batch: Batch, parameters: &Parameters) -> Batch {
        let mut gradients: Vec<Option<Values>> = (0..parameters.len()).map(|_| None).collect();
        for (layer, gradient) in self.layers.iter().zip(batch.gradients) {
            let Some(gradient) = gradient else { continue };
            let (m, n, r) = (layer.outputs(), layer.inputs(), self.rank);
            let mut up = vec![0.0; m * r];
            Product::new(m, r, n).run(
                &mut up,
                r,
                Strided::rows(&gradient, n),
                Strided::transposed(parameters.values(layer.down), n),
            );
            let mut down = vec![0.0; r * n];
            Product::new(r, n, m).run(
                &mut down,
                n,
                Strided::transposed(parameters.values(layer.up), r),
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
            let mut down = layer.shape.clone();
            down[0] = self.rank;
            let mut up = vec![layer.outputs(), self.rank];
            up.resize(layer.shape.len(), 1);
            let values = |slot| parameters.values(slot).to_vec();
            let change = LowRank {
                down: Parameter::from_values(down, values(layer.down))?,
                up: Parameter::from_values(up, values(layer.up))?,
            };
            Ok(((Part::Unet, layer.name.clone()), change))
        });
        each.collect()
    }
}
