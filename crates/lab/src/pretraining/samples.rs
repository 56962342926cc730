//! Pictures that the model makes while it is being trained, side by side in one file.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::{ImageFormat, RgbImage};
use rayon::prelude::*;

use super::autoencoder::square;
use super::latents::tokens;
use super::networks::{Fixed, Networks};
use crate::training::corpus::caption;
use crate::training::error::TrainingError;
use crate::training::purpose;
use palimpsest_art::Family;
use palimpsest_base::atomic;
use palimpsest_base::random::Random;
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::autoencoder::Decoder;
use palimpsest_diffusion::files::config::AutoencoderGeometry;
use palimpsest_diffusion::files::{Component, Weights};
use palimpsest_diffusion::network::backend::{Backend, Outcome};
use palimpsest_diffusion::network::tape::{Recording, Tape};
use palimpsest_diffusion::sampling::{Origin, Sampler};
use palimpsest_diffusion::text_encoder::encoded_by_all;
use palimpsest_diffusion::tokenizer::Tokenizer;

/// Steps of a sample.
const STEPS: usize = 25;
/// Samples in a row, and rows.
const COLUMNS: usize = 6;
const ROWS: usize = 3;

/// Samples under captions of the corpus, with noise that is always the same, as `samples.png`.
pub(super) fn write(
    fixed: &Fixed,
    networks: &Networks,
    tokenizers: &[Tokenizer],
    folder: &Path,
) -> Result<PathBuf, TrainingError> {
    let pictures = draw(fixed, networks, tokenizers, folder)?;
    let side = super::SIDE;
    let mut sheet = RgbImage::new(side * COLUMNS as u32, side * ROWS as u32);
    for (i, picture) in pictures.iter().enumerate() {
        let corner = [i % COLUMNS, i / COLUMNS].map(|n| i64::from(side) * n as i64);
        image::imageops::replace(&mut sheet, picture, corner[0], corner[1]);
    }
    let file = folder.join("samples.png");
    let unwritable = |source| TrainingError::Write {
        file: file.clone(),
        source,
    };
    let mut bytes = Cursor::new(Vec::new());
    let encoded = sheet.write_to(&mut bytes, ImageFormat::Png);
    encoded
        .map_err(std::io::Error::other)
        .and_then(|()| atomic::replace(&file, bytes.get_ref()))
        .map_err(unwritable)?;
    Ok(file)
}

fn draw(
    fixed: &Fixed,
    networks: &Networks,
    tokenizers: &[Tokenizer],
    folder: &Path,
) -> Outcome<Vec<RgbImage>> {
    let cpu = fixed.cpu;
    let component = Component::open(&folder.join("vae"))?;
    let geometry = AutoencoderGeometry::read(&component.config)?;
    let decoder = Decoder::load(&geometry, &Weights::open(&component.weights)?, cpu)?;
    let grid = square(fixed.unet.sample_size);
    let families = Family::ALL.into_iter().cycle().take(COLUMNS * ROWS);
    let families: Vec<_> = families.enumerate().collect();
    cpu.run(|| {
        let samples = families.into_par_iter().map(|(i, family)| {
            let ids = tokens(tokenizers, &caption(family))?;
            let mut tape = Tape::new(cpu, Recording::Nothing);
            let encoders = &networks.text_encoders;
            let read = encoded_by_all(encoders, &mut tape, &ids, fixed.state())?;
            let predictor = &networks.predictor;
            let prompt = predictor.prompt_on(&mut tape, &read.tokens, read.pooled)?;
            let prompt = prompt.sized(fixed.sizes());
            let sampler = Sampler {
                backend: cpu,
                predictor: &networks.predictor,
                schedule: &fixed.schedule,
                prompt: &prompt,
                guidance: None,
                grid,
            };
            let mut random = Random::for_training(0, purpose::SAMPLE, i as u64);
            let size = grid.positions() * fixed.unet.in_channels;
            let noise: Vec<f32> = (0..size).map(|_| random.normal() as f32).collect();
            let latent = sampler.sample(&Origin::Noise, &noise, STEPS, &mut |_| true)?;
            // Nobody stopped it, so there is one.
            let unscaled: Vec<f32> = (latent.iter().flatten())
                .map(|v| v / geometry.scaling_factor)
                .collect();
            let (pixels, grid) = decoder.pixels(cpu, &unscaled, grid)?;
            let bytes = pixels
                .iter()
                .map(|v| ((v / 2.0 + 0.5) * 255.0).round() as u8);
            let picture =
                RgbImage::from_raw(grid.width as u32, grid.height as u32, bytes.collect());
            picture.ok_or_else(|| ModelError::Shape {
                what: "A sample".into(),
                expected: vec![grid.height, grid.width, 3],
                found: vec![pixels.len()],
            })
        });
        samples.collect()
    })
}
