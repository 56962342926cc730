//! A LoRA file, on a model that has hardly any layers: names, ranks and scales are all the file's.

#![cfg_attr(fuzzing, no_main)]

use std::sync::OnceLock;

use palimpsest_diffusion::files::{Lora, Part, Weights};
use palimpsest_fuzz::file;

/// Weights with the named matrices of four by four.
fn weights(name: &str, matrices: &[&str]) -> Weights {
    let mut entries = Vec::new();
    for (index, matrix) in matrices.iter().enumerate() {
        let (begin, end) = (index * 64, index * 64 + 64);
        entries.push(format!(
            r#""{matrix}.weight":{{"dtype":"F32","shape":[4,4],"data_offsets":[{begin},{end}]}}"#
        ));
    }
    let header = format!("{{{}}}", entries.join(","));
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.as_bytes());
    bytes.resize(bytes.len() + 64 * matrices.len(), 1);
    Weights::open(&[file(name, &bytes)]).expect("a sound file")
}

/// The unet and the text encoder.
fn base() -> &'static (Weights, Weights) {
    static BASE: OnceLock<(Weights, Weights)> = OnceLock::new();
    BASE.get_or_init(|| {
        let attention = "mid_block.attentions.0.transformer_blocks.0.attn1";
        let query = format!("{attention}.to_q");
        let output = format!("{attention}.to_out.0");
        let projection = "text_model.encoder.layers.0.self_attn.q_proj";
        (
            weights("unet.safetensors", &[&query, &output]),
            weights("text.safetensors", &[projection]),
        )
    })
}

fn read(bytes: &[u8]) {
    let (unet, text_encoder) = base();
    let path = file("lora.safetensors", bytes);
    let text = [(Part::TextEncoder, text_encoder.clone())];
    if let Ok(lora) = Lora::open(&path, 1.0, unet, &text) {
        let _ = lora.merged(Part::Unet, unet);
        let _ = lora.merged(Part::TextEncoder, text_encoder);
    }
}

palimpsest_fuzz::target!(read);
