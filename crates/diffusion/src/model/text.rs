//! The text encoders of a model, one or two: what they make of a prompt lies side by side in its embedding, and the
//! last of them may make a vector of the whole prompt.

use super::PromptEmbedding;
use super::computing::finite;
use crate::ModelError;
use crate::files::checkpoint::OwnTokenizer;
use crate::files::config::{TextGeometry, TextNetwork, UnetGeometry};
use crate::files::{Part, PartFiles, Weights};
use crate::multilingual_encoder;
use crate::network::backend::{Backend, Outcome};
use crate::network::tape::{Recording, Tape, Var};
use crate::text_encoder::{Encoded, HiddenState, TextEncoder};
use crate::tokenizer::{Tokenizer, Tokens};

/// One text encoder with its tokenizer.
#[derive(Clone)]
pub(super) struct TextPart {
    pub part: Part,
    pub files: PartFiles,
    pub network: TextNetwork,
    pub tokenizer: OwnTokenizer,
}

/// The text encoders that a noise predictor is conditioned by.
pub(super) fn parts_of(unet: &UnetGeometry) -> &'static [Part] {
    match unet.addition {
        Some(_) => &Part::TEXT,
        None => Part::TEXT.split_at(1).0,
    }
}

impl TextPart {
    /// The geometry of an encoder in its place: only the second makes a vector of the whole prompt.
    pub fn in_place(part: Part, network: TextNetwork) -> TextNetwork {
        match network {
            TextNetwork::Clip(geometry) => TextNetwork::Clip(TextGeometry {
                projection: geometry
                    .projection
                    .filter(|_| part == Part::SecondTextEncoder),
                ..geometry
            }),
            other => other,
        }
    }

    fn tokens(&self, prompt: &str) -> Outcome<Tokens> {
        let tokenizer = match (&self.tokenizer, &self.network) {
            (OwnTokenizer::Folder(folder), TextNetwork::Multilingual(_)) => {
                Tokenizer::open_pieces(folder)?
            }
            (OwnTokenizer::Folder(folder), TextNetwork::Clip(_)) => Tokenizer::open(folder)?,
            (OwnTokenizer::BuiltIn(padding), _) => Tokenizer::built_in(*padding)?,
        };
        tokenizer.encode(prompt)
    }

    fn encoded<B: Backend>(
        &self,
        ids: &[u32],
        state: HiddenState,
        weights: &Weights,
        backend: &B,
    ) -> Outcome<Encoded<B>> {
        match &self.network {
            TextNetwork::Clip(geometry) => {
                // It is dropped before the next is read.
                let encoder = TextEncoder::load(geometry, weights, backend)?;
                encoder.encoded(&mut Tape::new(backend, Recording::Nothing), ids, state)
            }
            TextNetwork::Multilingual(geometry) => {
                let tokens = multilingual_encoder::embed(geometry, weights, ids)?;
                Ok(Encoded {
                    tokens: Var::constant(backend.upload(&tokens, geometry.project_dim)?),
                    pooled: None,
                })
            }
        }
    }
}

/// A prompt through all of `parts`, whose weights `open` gives.
pub(super) fn embed<B: Backend>(
    parts: &[TextPart],
    state: HiddenState,
    open: &(impl Fn(Part) -> Outcome<Weights> + Sync),
    backend: &B,
    prompt: &str,
) -> Outcome<PromptEmbedding> {
    let tokens: Vec<Tokens> = parts
        .iter()
        .map(|part| part.tokens(prompt))
        .collect::<Outcome<_>>()?;
    let (values, pooled) = backend.run(|| {
        let mut joined: Option<Encoded<B>> = None;
        for (part, tokens) in parts.iter().zip(&tokens) {
            let next = part.encoded(&tokens.ids, state, &open(part.part)?, backend)?;
            joined = Some(match joined {
                None => next,
                Some(before) => before.beside(&mut Tape::new(backend, Recording::Nothing), next)?,
            });
        }
        let Some(Encoded { tokens, pooled }) = joined else {
            return Ok((Vec::new(), None));
        };
        let pooled = pooled.map(|pooled| backend.download(&pooled.value));
        Ok::<_, ModelError>((backend.download(&tokens.value)?, pooled.transpose()?))
    })?;
    finite(&values, "The text embedding")?;
    finite(
        pooled.as_deref().unwrap_or_default(),
        "The vector of the prompt",
    )?;
    Ok(PromptEmbedding {
        values,
        pooled,
        truncated: tokens.iter().any(|tokens| tokens.truncated),
        ids: tokens.into_iter().map(|tokens| tokens.ids).collect(),
    })
}
