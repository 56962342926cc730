//! The vision transformer that both encoders are: patches, a class token, places, encoder layers.

use palimpsest_diffusion::files::config::{VisionGeometry, VitGeometry};
use palimpsest_diffusion::files::{Parameter, Weights};
use palimpsest_diffusion::network::backend::{Backend, LayerNorm, Linear, Outcome};
use palimpsest_diffusion::network::loader::Loader;
use palimpsest_diffusion::network::tape::{Recording, Tape, Var};
use palimpsest_diffusion::network::transformer::{
    CLIP_NAMES, EncoderLayer, LayerNames, LayerShape,
};

/// DINO, as transformers spells its `ViTModel`.
const DINO_NAMES: LayerNames = LayerNames {
    norms: ["layernorm_before", "layernorm_after"],
    attention: [
        "attention.attention.query",
        "attention.attention.key",
        "attention.attention.value",
        "attention.output.dense",
    ],
    feed_forward: ["intermediate.dense", "output.dense"],
    biased: true,
};

/// Blocks whose class tokens make DINO's embedding.
const DINO_BLOCKS: usize = 4;

/// A picture tower.
pub(super) struct Tower<B: Backend> {
    patches: Linear<B>,
    class: Parameter,
    positions: Parameter,
    pre_norm: Option<LayerNorm<B>>,
    layers: Vec<EncoderLayer<B>>,
    post_norm: LayerNorm<B>,
    head: Head<B>,
    side: usize,
    patch: usize,
}

/// What is made of the class token.
enum Head<B: Backend> {
    /// CLIP: normed and projected.
    Projection(Linear<B>),
    /// DINO: those of the last blocks, each normed.
    LastBlocks(usize),
}

impl<B: Backend> Tower<B> {
    /// CLIP's picture tower; a whole CLIP holds it under the same names.
    pub(super) fn clip(g: &VisionGeometry, weights: &Weights, backend: &B) -> Outcome<Self> {
        let root = Loader::new(backend, weights);
        let at = root.at("vision_model");
        let shape = LayerShape {
            width: g.hidden_size,
            heads: g.heads,
            intermediate: g.intermediate_size,
            activation: g.activation,
            epsilon: g.layer_norm_eps,
            causal: false,
        };
        let embeddings = at.at("embeddings");
        let patches = embeddings.at("patch_embedding");
        let norm = |name: &str| at.at(name).layer_norm(g.hidden_size, g.layer_norm_eps);
        Ok(Self {
            patches: patch_projection(&patches, g.hidden_size, g.patch_size, false)?,
            class: embeddings.parameter("class_embedding", &[g.hidden_size])?,
            positions: embeddings.parameter(
                "position_embedding.weight",
                &[tokens(g.image_size, g.patch_size), g.hidden_size],
            )?,
            pre_norm: Some(norm("pre_layrnorm")?),
            layers: layers(&at.at("encoder.layers"), &CLIP_NAMES, shape, g.layers)?,
            post_norm: norm("post_layernorm")?,
            head: Head::Projection(
                root.at("visual_projection")
                    .linear_without_bias(g.hidden_size, g.projection_dim)?,
            ),
            side: g.image_size,
            patch: g.patch_size,
        })
    }

    /// DINO's vision transformer.
    pub(super) fn dino(g: &VitGeometry, weights: &Weights, backend: &B) -> Outcome<Self> {
        let root = Loader::new(backend, weights);
        let prefixed = root.at("vit");
        let root = if prefixed.has("embeddings.cls_token") {
            prefixed
        } else {
            root
        };
        let names = LayerNames {
            biased: g.qkv_bias,
            ..DINO_NAMES
        };
        let shape = LayerShape {
            width: g.hidden_size,
            heads: g.heads,
            intermediate: g.intermediate_size,
            activation: g.activation,
            epsilon: g.layer_norm_eps,
            causal: false,
        };
        let embeddings = root.at("embeddings");
        let patches = embeddings.at("patch_embeddings.projection");
        Ok(Self {
            patches: patch_projection(&patches, g.hidden_size, g.patch_size, true)?,
            class: embeddings.parameter("cls_token", &[1, 1, g.hidden_size])?,
            positions: embeddings.parameter(
                "position_embeddings",
                &[1, tokens(g.image_size, g.patch_size), g.hidden_size],
            )?,
            pre_norm: None,
            layers: layers(&root.at("encoder.layer"), &names, shape, g.layers)?,
            post_norm: root
                .at("layernorm")
                .layer_norm(g.hidden_size, g.layer_norm_eps)?,
            head: Head::LastBlocks(DINO_BLOCKS.min(g.layers)),
            side: g.image_size,
            patch: g.patch_size,
        })
    }

    /// `pixels`: `[side·side, 3]`, normalised.
    pub(super) fn embed(&self, backend: &B, pixels: &[f32]) -> Outcome<Vec<f32>> {
        let tape = &mut Tape::new(backend, Recording::Nothing);
        let cut = self.cut(pixels);
        let patches = Var::constant(backend.upload(&cut, self.patches.inputs)?);
        let patches = backend.download(&tape.linear(&patches, &self.patches)?.value)?;
        let mut tokens = self.class.values().to_vec();
        tokens.extend(patches);
        let positions = self.positions.values();
        tokens
            .iter_mut()
            .zip(&*positions)
            .for_each(|(t, p)| *t += p);
        let mut x = Var::constant(backend.upload(&tokens, self.patches.outputs)?);
        if let Some(norm) = &self.pre_norm {
            x = tape.layer_norm(&x, norm)?;
        }
        let kept = match self.head {
            Head::Projection(_) => 1,
            Head::LastBlocks(blocks) => blocks,
        };
        let mut class_tokens = Vec::new();
        for (i, layer) in self.layers.iter().enumerate() {
            x = layer.forward(tape, x)?;
            if i + kept >= self.layers.len() {
                let normed = tape.layer_norm(&x, &self.post_norm)?;
                let normed = backend.download(&normed.value)?;
                class_tokens.extend_from_slice(&normed[..self.patches.outputs]);
            }
        }
        match &self.head {
            Head::LastBlocks(_) => Ok(class_tokens),
            Head::Projection(projection) => {
                let x = Var::constant(backend.upload(&class_tokens, projection.inputs)?);
                backend.download(&tape.linear(&x, projection)?.value)
            }
        }
    }

    /// Pixels as rows of patches, each in the order of a stored convolution weight: channel, row,
    /// column.
    fn cut(&self, pixels: &[f32]) -> Vec<f32> {
        let (side, patch) = (self.side, self.patch);
        let across = side / patch;
        let mut rows = Vec::with_capacity(pixels.len());
        for p in 0..across * across {
            let (top, left) = (p / across * patch, p % across * patch);
            for c in 0..3 {
                for y in top..top + patch {
                    let row = (left..left + patch).map(|x| pixels[(y * side + x) * 3 + c]);
                    rows.extend(row);
                }
            }
        }
        rows
    }
}

fn tokens(side: usize, patch: usize) -> usize {
    let across = side / patch;
    across * across + 1
}

fn layers<B: Backend>(
    at: &Loader<B>,
    names: &LayerNames,
    shape: LayerShape,
    count: usize,
) -> Outcome<Vec<EncoderLayer<B>>> {
    (0..count)
        .map(|i| EncoderLayer::load(&at.at(i), names, shape))
        .collect()
}

/// The convolution over whole patches as the linear layer that it is.
fn patch_projection<B: Backend>(
    at: &Loader<B>,
    width: usize,
    patch: usize,
    biased: bool,
) -> Outcome<Linear<B>> {
    let inputs = 3 * patch * patch;
    let weight = at.parameter("weight", &[width, 3, patch, patch])?;
    Ok(Linear {
        weight: at.backend.weight(weight.reshaped(vec![width, inputs])?)?,
        bias: biased.then(|| at.weight("bias", &[width])).transpose()?,
        inputs,
        outputs: width,
    })
}
