//! What our writer writes: read back, and under the names that diffusers expects.

use std::collections::BTreeMap;

use palimpsest_diffusion::files::lora::{LoraWriteError, LowRank, write_lora};
use palimpsest_diffusion::files::{Parameter, Part, Precision, Weights};

use crate::lora::{Model, assert_merged};
use palimpsest_testing::lora::{Pair, values};
use palimpsest_testing::normal::Normal;

fn low_rank(pair: &Pair) -> LowRank {
    let parameter = |(shape, values): &(Vec<usize>, Vec<f32>)| {
        Parameter::from_values(shape.clone(), values.clone()).unwrap()
    };
    LowRank {
        down: parameter(&pair.down),
        up: parameter(&pair.up),
    }
}

#[test]
fn a_written_lora_reads_back_with_its_scale() {
    let model = Model::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pytorch_lora_weights.safetensors");
    let numbers = &mut Normal(4);
    for (part, layer, up, down) in [
        (Part::Unet, "conv_in", &[4, 2, 1, 1][..], &[2, 2, 3, 3][..]),
        (
            Part::Unet,
            "down_blocks.0.attentions.0.proj_in",
            &[4, 2, 1, 1],
            &[2, 4, 1, 1],
        ),
        (
            Part::TextEncoder,
            "text_model.encoder.layers.0.mlp.fc1",
            &[8, 2],
            &[2, 4],
        ),
    ] {
        let pair = Pair::new(up, down, numbers);
        let layers = BTreeMap::from([((part, layer.to_owned()), low_rank(&pair))]);
        let record = BTreeMap::from([("prompt".to_owned(), "sks style".to_owned())]);
        write_lora(&file, &layers, 2, 3.0, Precision::Single, &record).unwrap();
        let weights = match part {
            Part::TextEncoder => &model.text,
            _ => &model.unet,
        };
        let target = format!("{layer}.weight");
        let expected = pair.added_to(&values(weights, &target), 0.5 * 1.5);
        let lora = model.open(&file, 0.5).unwrap();
        assert_merged(&lora, part, weights, &target, &expected);
    }
}

#[test]
fn names_are_those_of_diffusers() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lora.safetensors");
    let pair = Pair::new(&[4, 2], &[2, 4], &mut Normal(4));
    let layers = [
        (
            Part::Unet,
            "mid_block.attentions.0.transformer_blocks.0.attn2.to_k",
        ),
        (Part::TextEncoder, "encoder.layers.0.self_attn.q_proj"),
        (
            Part::TextEncoder,
            "text_model.encoder.layers.1.self_attn.q_proj",
        ),
    ];
    let layers = layers.map(|(part, layer)| ((part, layer.to_owned()), low_rank(&pair)));
    let record = BTreeMap::new();
    write_lora(&file, &layers.into(), 2, 2.0, Precision::Half, &record).unwrap();
    let weights = Weights::open(&[file]).unwrap();
    let names: Vec<_> = weights.names().collect();
    let expected = [
        "text_encoder.text_model.encoder.layers.0.self_attn.q_proj.lora_A.weight",
        "text_encoder.text_model.encoder.layers.0.self_attn.q_proj.lora_B.weight",
        "text_encoder.text_model.encoder.layers.1.self_attn.q_proj.lora_A.weight",
        "text_encoder.text_model.encoder.layers.1.self_attn.q_proj.lora_B.weight",
        "unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight",
        "unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_k.lora_B.weight",
    ];
    assert_eq!(names, expected);
}

#[test]
fn layers_of_another_rank_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lora.safetensors");
    let numbers = &mut Normal(4);
    for (up, down) in [
        (&[4, 3][..], &[3, 4][..]),
        (&[4, 2], &[3, 4]),
        (&[4, 2], &[2, 4, 1, 1]),
        (&[2], &[2]),
    ] {
        let pair = Pair::new(up, down, numbers);
        let layers = BTreeMap::from([((Part::Unet, "conv_in".to_owned()), low_rank(&pair))]);
        let written = write_lora(&file, &layers, 2, 2.0, Precision::Single, &BTreeMap::new());
        assert!(matches!(written, Err(LoraWriteError::Rank { .. })));
    }
    assert!(!file.exists());
}
