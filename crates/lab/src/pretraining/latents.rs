//! The corpus as the noise predictor sees it: scaled latents and the tokens of their captions.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::autoencoder::{means, square, unit_pixels};
use crate::small_model::Structure;
use crate::training::corpus::Corpus;
use palimpsest_diffusion::autoencoder::Encoder;
use palimpsest_diffusion::files::config::AutoencoderGeometry;
use palimpsest_diffusion::files::{Component, Weights};
use palimpsest_diffusion::network::backend::{Backend, Outcome};
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_diffusion::tokenizer::Tokenizer;
use rayon::prelude::*;

/// A picture's latent, `[h·w, channels]`, scaled, and its caption's token ids.
pub(super) struct Encoded {
    pub latent: Vec<f32>,
    /// For every text encoder.
    pub ids: Arc<Vec<Vec<u32>>>,
}

/// The tokenizers of the model in `folder`, in the order of its text encoders.
pub(super) fn tokenizers(structure: Structure, folder: &Path) -> Outcome<Vec<Tokenizer>> {
    let folders = structure.tokenizers();
    folders
        .map(|name| Tokenizer::open(&folder.join(name)))
        .collect()
}

/// The token ids of `text` by every tokenizer.
pub(super) fn tokens(tokenizers: &[Tokenizer], text: &str) -> Outcome<Vec<Vec<u32>>> {
    let each = tokenizers.iter();
    each.map(|tokenizer| Ok(tokenizer.encode(text)?.ids))
        .collect()
}

/// Encodes all pictures with the autoencoder and the tokenizers of the model in `folder`.
pub(super) fn encode(
    folder: &Path,
    structure: Structure,
    corpus: &Corpus,
    cpu: &Cpu,
) -> Outcome<Vec<Encoded>> {
    let component = Component::open(&folder.join("vae"))?;
    let geometry = AutoencoderGeometry::read(&component.config)?;
    let weights = Weights::open(&component.weights)?;
    let encoder = Encoder::load(&geometry, &weights, cpu)?;
    let tokenizers = tokenizers(structure, folder)?;
    let mut known: BTreeMap<&str, Arc<Vec<Vec<u32>>>> = BTreeMap::new();
    let mut captions = Vec::with_capacity(corpus.pictures.len());
    for picture in &corpus.pictures {
        let ids = match known.get(picture.caption.as_str()) {
            Some(ids) => Arc::clone(ids),
            None => Arc::new(tokens(&tokenizers, &picture.caption)?),
        };
        known.insert(&picture.caption, Arc::clone(&ids));
        captions.push(ids);
    }
    cpu.run(|| {
        let pictures = corpus.pictures.par_iter().zip(captions);
        let encoded = pictures.map(|(picture, ids)| {
            let pixels = unit_pixels(picture.picture.as_raw());
            let grid = square(picture.picture.width() as usize);
            let (moments, _) = encoder.moments(cpu, &pixels, grid)?;
            let scaled = means(&moments, geometry.latent_channels);
            Ok(Encoded {
                latent: scaled.map(|v| v * geometry.scaling_factor).collect(),
                ids,
            })
        });
        encoded.collect()
    })
}
