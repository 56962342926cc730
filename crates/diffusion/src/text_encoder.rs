//! CLIP's text encoder: token ids to the embedding that conditions the noise predictor, and to a vector of the
//! whole prompt where the encoder makes one. Tensor names
//! are read with and without the `text_model.` prefix; stored `position_ids` are ignored.

use super::ModelError;
use super::files::config::{TextGeometry, UnetGeometry};
use super::files::{Parameter, Weights};
use super::network::backend::{Backend, LayerNorm, Linear, Outcome};
use super::network::loader::Loader;
use super::network::tape::{Recording, Table, Tape, Var};
use super::network::transformer::{CLIP_NAMES, EncoderLayer, LayerShape};

/// The state of a text encoder that conditions the noise predictor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HiddenState {
    /// That of the last layer, after the final norm.
    Last,
    /// The input of the last layer, without a norm.
    Penultimate,
}

impl HiddenState {
    /// The state that the noise predictor of this shape is conditioned by.
    pub fn of(predictor: &UnetGeometry) -> Self {
        match predictor.addition {
            Some(_) => Self::Penultimate,
            None => Self::Last,
        }
    }
}

/// A prompt that a text encoder has read.
pub struct Encoded<B: Backend> {
    /// `[tokens, hidden_size]`.
    pub tokens: Var<B>,
    /// The vector of the whole prompt, `[1, projection]`.
    pub pooled: Option<Var<B>>,
}

impl<B: Backend> Encoded<B> {
    /// This and what the next text encoder gives: tokens side by side, and the vector of the last that makes one.
    ///
    /// # Errors
    /// [`ModelError::Shape`] unless both have as many tokens.
    pub fn beside(self, tape: &mut Tape<'_, B>, next: Self) -> Outcome<Self> {
        let heights = [&self, &next].map(|of| tape.backend.height(&of.tokens.value));
        let [first, second] = heights;
        let (first, second) = (first?, second?);
        if first != second {
            return Err(ModelError::Shape {
                what: "The prompt by the second tokenizer".into(),
                expected: vec![first],
                found: vec![second],
            });
        }
        Ok(Self {
            tokens: tape.concatenate(&self.tokens, &next.tokens)?,
            pooled: next.pooled.or(self.pooled),
        })
    }
}

/// Token ids → `[tokens, hidden_size]`.
pub struct TextEncoder<B: Backend> {
    token_embedding: Parameter,
    position_embedding: Parameter,
    layers: Vec<EncoderLayer<B>>,
    final_layer_norm: LayerNorm<B>,
    text_projection: Option<Linear<B>>,
    width: usize,
}

impl<B: Backend> TextEncoder<B> {
    /// Builds the encoder from the tensors of a `text_encoder` component.
    ///
    /// # Errors
    /// [`ModelError`] naming the tensor that is missing or of the wrong shape.
    pub fn load(g: &TextGeometry, weights: &Weights, backend: &B) -> Outcome<Self> {
        let top = Loader::new(backend, weights);
        let prefixed = top.at("text_model");
        let root = if prefixed.has("embeddings.token_embedding.weight") {
            prefixed
        } else {
            Loader::new(backend, weights)
        };
        let width = g.hidden_size;
        let project = |outputs| {
            top.at("text_projection")
                .linear_without_bias(width, outputs)
        };
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
            text_projection: g.projection.map(project).transpose()?,
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
        Ok(self.encoded(tape, ids, HiddenState::Last)?.tokens)
    }

    /// The hidden state that is asked for, and the vector of the whole prompt if the encoder makes one.
    ///
    /// # Errors
    /// As [`Self::embed`].
    pub fn encoded<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        ids: &[u32],
        state: HiddenState,
    ) -> Outcome<Encoded<B>> {
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
        // A geometry without layers is refused where it is read.
        let before = self.layers.len().saturating_sub(1);
        let (layers, last) = self.layers.split_at(before);
        for layer in layers {
            x = layer.forward(tape, x)?;
        }
        let penultimate = x.clone();
        if state == HiddenState::Penultimate && self.text_projection.is_none() {
            return Ok(Encoded {
                tokens: penultimate,
                pooled: None,
            });
        }
        for layer in last {
            x = layer.forward(tape, x)?;
        }
        let x = tape.layer_norm(&x, &self.final_layer_norm)?;
        let pooled = self.text_projection.as_ref().map(|projection| {
            let end = tape.gather(&x, vec![end_of_prompt(ids)])?;
            tape.linear(&end, projection)
        });
        Ok(Encoded {
            pooled: pooled.transpose()?,
            tokens: match state {
                HiddenState::Last => x,
                HiddenState::Penultimate => penultimate,
            },
        })
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

/// A prompt's tokens through all of `encoders`, side by side.
///
/// # Errors
/// As [`TextEncoder::embed`], and [`ModelError::Shape`] if there is no encoder.
pub fn encoded_by_all<'m, B: Backend>(
    encoders: &'m [TextEncoder<B>],
    tape: &mut Tape<'m, B>,
    ids: &[Vec<u32>],
    state: HiddenState,
) -> Outcome<Encoded<B>> {
    let mut joined: Option<Encoded<B>> = None;
    for (encoder, ids) in encoders.iter().zip(ids) {
        let next = encoder.encoded(tape, ids, state)?;
        joined = Some(match joined {
            None => next,
            Some(before) => before.beside(tape, next)?,
        });
    }
    joined.ok_or_else(|| ModelError::Shape {
        what: "The list of text encoders".into(),
        expected: vec![1],
        found: vec![0],
    })
}

/// The place of the token that ends the prompt: the first that has the highest id, as CLIP looks for it.
fn end_of_prompt(ids: &[u32]) -> usize {
    let highest = ids.iter().max();
    let end = ids.iter().position(|id| Some(id) == highest);
    // Without a token there is no row to be read, which the table of positions has refused.
    end.unwrap_or_default()
}
