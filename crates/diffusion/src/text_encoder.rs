//! CLIP's text encoder: token ids to the embedding that conditions the noise predictor. Tensor names
//! are read with and without the `text_model.` prefix; stored `position_ids` are ignored.

use super::ModelError;
use super::files::config::TextGeometry;
use super::files::{Parameter, Weights};
use super::network::backend::{Backend, LayerNorm, Outcome};
use super::network::loader::Loader;
use super::network::tape::{Recording, Table, Tape, Var};
use super::network::transformer::{CLIP_NAMES, EncoderLayer, LayerShape};

/// Token ids → `[tokens, hidden_size]`.
pub struct TextEncoder<B: Backend> {
    token_embedding: Parameter,
    position_embedding: Parameter,
    layers: Vec<EncoderLayer<B>>,
    final_layer_norm: LayerNorm<B>,
    width: usize,
}

impl<B: Backend> TextEncoder<B> {
    /// Builds the encoder from the tensors of a `text_encoder` component.
    ///
    /// # Errors
    /// [`ModelError`] naming the tensor that is missing or of the wrong shape.
    pub fn load(g: &TextGeometry, weights: &Weights, backend: &B) -> Outcome<Self> {
        let root = Loader::new(backend, weights);
        let prefixed = root.at("text_model");
        let root = if prefixed.has("embeddings.token_embedding.weight") {
            prefixed
        } else {
            root
        };
        let width = g.hidden_size;
        let shape = LayerShape {
            width,
            heads: g.heads,
            intermediate: g.intermediate_size,
            activation: g.activation,
            epsilon: g.layer_norm_eps,
            causal: true,
        };
        let embeddings = root.at("embeddings");
        let layers = root.at("encoder.layers");
        Ok(Self {
            token_embedding: embeddings
                .parameter("token_embedding.weight", &[g.vocab_size, width])?,
            position_embedding: embeddings
                .parameter("position_embedding.weight", &[g.max_positions, width])?,
            layers: (0..g.layers)
                .map(|i| EncoderLayer::load(&layers.at(i), &CLIP_NAMES, shape))
                .collect::<Outcome<_>>()?,
            final_layer_norm: root
                .at("final_layer_norm")
                .layer_norm(width, g.layer_norm_eps)?,
            width,
        })
    }

    /// The last hidden state after the final norm, `[ids, hidden_size]` row by row.
    ///
    /// # Errors
    /// [`ModelError::Shape`] for more ids than positions or an id beyond the vocabulary.
    pub fn embed(&self, backend: &B, ids: &[u32]) -> Outcome<Vec<f32>> {
        let x = self.forward(&mut Tape::new(backend, Recording::Nothing), ids)?;
        backend.download(&x.value)
    }

    /// As [`Self::embed`], on a tape that may carry gradients to the parameters.
    ///
    /// # Errors
    /// As [`Self::embed`].
    pub fn forward<'m>(&'m self, tape: &mut Tape<'m, B>, ids: &[u32]) -> Outcome<Var<B>> {
        let x = tape.backend.upload(&self.tokens(ids)?, self.width)?;
        let table = |parameter: &Parameter, rows| Table {
            slot: parameter.slot(),
            rows,
            height: parameter.shape()[0],
        };
        let rows = ids.iter().map(|&id| id as usize).collect();
        let tables = vec![
            table(&self.token_embedding, rows),
            table(&self.position_embedding, (0..ids.len()).collect()),
        ];
        let mut x = tape.embedding(x, tables);
        for layer in &self.layers {
            x = layer.forward(tape, x)?;
        }
        tape.layer_norm(&x, &self.final_layer_norm)
    }

    /// The sums of the tokens' embeddings and their positions', `[ids, hidden_size]`.
    fn tokens(&self, ids: &[u32]) -> Outcome<Vec<f32>> {
        let tokens = self.token_embedding.values();
        let positions = self.position_embedding.values();
        let mut x = Vec::with_capacity(ids.len() * self.width);
        for (&id, position) in ids.iter().zip(positions.chunks_exact(self.width)) {
            let row = tokens.chunks_exact(self.width).nth(id as usize);
            let row = row.ok_or_else(|| ModelError::Shape {
                what: "The text encoder's vocabulary, which must hold the tokenizer's ids,".into(),
                expected: vec![id as usize + 1],
                found: vec![tokens.len() / self.width],
            })?;
            x.extend(row.iter().zip(position).map(|(token, place)| token + place));
        }
        if x.len() != ids.len() * self.width {
            return Err(ModelError::Shape {
                what: "The text encoder's table of positions".into(),
                expected: vec![ids.len()],
                found: vec![positions.len() / self.width],
            });
        }
        Ok(x)
    }
}
