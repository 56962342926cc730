//! One layer's change in every spelling that trainers write.

use palimpsest_diffusion::files::Part;

use crate::lora::{Model, assert_merged, write};
use palimpsest_testing::lora::{Pair, Tensors, values};
use palimpsest_testing::normal::Normal;

const STRENGTH: f32 = 0.6;
const RANK: usize = 2;

/// Checks the change of `layer`, whose file begins with `names` and may hold more.
fn check(part: Part, layer: &str, pair: &Pair, file: Tensors, record: &[(&str, &str)], scale: f64) {
    let model = Model::new();
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), &file, record);
    let lora = model.open(&path, STRENGTH).unwrap();
    let weights = match part {
        Part::TextEncoder => &model.text,
        _ => &model.unet,
    };
    let target = format!("{layer}.weight");
    let expected = pair.added_to(&values(weights, &target), f64::from(STRENGTH) * scale);
    assert_merged(&lora, part, weights, &target, &expected);
    let description = lora.description();
    assert_eq!(description.ranks, [RANK, RANK]);
    let changed = [description.unet_layers, description.text_encoder_layers];
    assert_eq!(changed, if part == Part::Unet { [1, 0] } else { [0, 1] });
}

/// Kohya's names with another beginning.
fn kohya_of(start: &str, kohya: &str, layer: &str) -> String {
    let block = kohya.replacen("lora_unet", start, 1);
    format!("{block}_{layer}.lora_down.weight|{block}_{layer}.lora_up.weight")
}

#[test]
fn a_linear_layer_of_the_noise_predictor() {
    let dotted = "down_blocks.0.attentions.0.transformer_blocks.0.attn1";
    let kohya = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1";
    for (layer, shape, names) in [
        (
            "to_q",
            [6, 4],
            [
                format!("unet.{dotted}.to_q.lora_A.weight|unet.{dotted}.to_q.lora_B.weight"),
                format!("unet.{dotted}.to_q.lora.down.weight|unet.{dotted}.to_q.lora.up.weight"),
                format!(
                    "unet.{dotted}.processor.to_q_lora.down.weight|unet.{dotted}.processor.to_q_lora.up.weight"
                ),
                format!(
                    "{dotted}.processor.to_q_lora.down.weight|{dotted}.processor.to_q_lora.up.weight"
                ),
                format!("{dotted}.to_q.lora_A.weight|{dotted}.to_q.lora_B.weight"),
                format!("{kohya}_to_q.lora_down.weight|{kohya}_to_q.lora_up.weight"),
                // As LyCORIS by itself and what wraps it write them.
                kohya_of("lycoris", kohya, "to_q"),
            ],
        ),
        (
            "to_out.0",
            [4, 4],
            [
                format!(
                    "unet.{dotted}.to_out.0.lora_A.weight|unet.{dotted}.to_out.0.lora_B.weight"
                ),
                format!(
                    "unet.{dotted}.to_out.0.lora.down.weight|unet.{dotted}.to_out.0.lora.up.weight"
                ),
                format!(
                    "unet.{dotted}.processor.to_out_lora.down.weight|unet.{dotted}.processor.to_out_lora.up.weight"
                ),
                format!(
                    "{dotted}.processor.to_out_lora.down.weight|{dotted}.processor.to_out_lora.up.weight"
                ),
                format!("{dotted}.to_out.0.lora_A.weight|{dotted}.to_out.0.lora_B.weight"),
                format!("{kohya}_to_out_0.lora_down.weight|{kohya}_to_out_0.lora_up.weight"),
                kohya_of("lycoris", kohya, "to_out_0"),
            ],
        ),
    ] {
        let pair = Pair::new(&[shape[0], RANK], &[RANK, shape[1]], &mut Normal(9));
        for names in names {
            let (down, up) = names.split_once('|').unwrap();
            let layer = format!("{dotted}.{layer}");
            check(Part::Unet, &layer, &pair, pair.named(down, up), &[], 1.0);
        }
    }
}

#[test]
fn a_layer_of_the_text_encoder() {
    let attention = "text_model.encoder.layers.0.self_attn";
    let pair = Pair::new(&[4, RANK], &[RANK, 4], &mut Normal(9));
    for (layer, start) in [
        (
            "q_proj",
            format!("text_encoder.{attention}.q_proj.lora_A.weight"),
        ),
        (
            "q_proj",
            "text_encoder.encoder.layers.0.self_attn.q_proj.lora_A.weight".into(),
        ),
        (
            "q_proj",
            format!("text_encoder.{attention}.q_proj.lora_linear_layer.down.weight"),
        ),
        (
            "q_proj",
            format!("text_encoder.{attention}.to_q_lora.down.weight"),
        ),
        (
            "out_proj",
            format!("text_encoder.{attention}.to_out_lora.down.weight"),
        ),
        (
            "q_proj",
            "lora_te_text_model_encoder_layers_0_self_attn_q_proj.lora_down.weight".into(),
        ),
        (
            "q_proj",
            "lora_te1_text_model_encoder_layers_0_self_attn_q_proj.lora_down.weight".into(),
        ),
        (
            "q_proj",
            format!("text_encoders.clip_l.transformer.{attention}.q_proj.lora_down.weight"),
        ),
        (
            "q_proj",
            format!("clip_l.{attention}.q_proj.lora_down.weight"),
        ),
        (
            "q_proj",
            format!("base_model.model.{attention}.q_proj.lora_A.weight"),
        ),
    ] {
        let up = start.replace("lora_A", "lora_B").replace("down", "up");
        let layer = format!("{attention}.{layer}");
        check(
            Part::TextEncoder,
            &layer,
            &pair,
            pair.named(start, up),
            &[],
            1.0,
        );
    }
}

#[test]
fn convolutions_and_linear_layers_written_as_such() {
    let numbers = &mut Normal(9);
    for (layer, up, down) in [
        (
            "down_blocks.0.resnets.0.conv1",
            &[5, RANK, 1, 1][..],
            &[RANK, 4, 3, 3][..],
        ),
        (
            "down_blocks.0.resnets.0.conv1",
            &[5, RANK],
            &[RANK, 4, 3, 3],
        ),
        ("conv_in", &[4, RANK, 1, 1], &[RANK, 2, 3, 3]),
        (
            "down_blocks.0.attentions.0.proj_in",
            &[4, RANK, 1, 1],
            &[RANK, 4, 1, 1],
        ),
        ("down_blocks.0.attentions.0.proj_in", &[4, RANK], &[RANK, 4]),
        (
            "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q",
            &[6, RANK, 1, 1],
            &[RANK, 4, 1, 1],
        ),
    ] {
        let pair = Pair::new(up, down, numbers);
        let kohya = format!("lora_unet_{}", layer.replace('.', "_"));
        let mut file = pair.named(
            format!("{kohya}.lora_down.weight"),
            format!("{kohya}.lora_up.weight"),
        );
        file.push((format!("{kohya}.alpha"), vec![], vec![3.0]));
        check(Part::Unet, layer, &pair, file, &[], 1.5);
    }
}

#[test]
fn the_scale_is_alpha_over_rank_wherever_it_stands() {
    let layer = "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q";
    let pair = Pair::new(&[6, RANK], &[RANK, 4], &mut Normal(9));
    let name = format!("unet.{layer}");
    let file = pair.named(
        format!("{name}.lora_A.weight"),
        format!("{name}.lora_B.weight"),
    );
    let with_alpha = |shape: Vec<usize>| {
        let mut file = file.clone();
        file.push((format!("{name}.alpha"), shape, vec![0.5]));
        file
    };
    let check = |file, record: &[(&str, &str)], scale| {
        check(Part::Unet, layer, &pair, file, record, scale);
    };
    check(with_alpha(vec![]), &[], 0.25);
    check(with_alpha(vec![1]), &[], 0.25);
    let record = |text| [("lora_adapter_metadata", text), ("format", "pt")];
    for (text, scale) in [
        (
            r#"{"unet.lora_alpha": 8, "unet.r": 2, "text_encoder.lora_alpha": 99}"#,
            4.0,
        ),
        (r#"{"lora_alpha": 8.0}"#, 4.0),
        (r#"{"text_encoder.lora_alpha": 8}"#, 1.0),
        (
            r#"{"unet.lora_alpha": 8, "unet.use_rslora": true}"#,
            8.0 / 2f64.sqrt(),
        ),
        (
            r#"{"unet.lora_alpha": 8, "unet.alpha_pattern": {"attn1.to_q": 4, "n1.to_q": 99}}"#,
            2.0,
        ),
        (
            r#"{"unet.lora_alpha": 8, "unet.alpha_pattern": {"^to_q": 99}}"#,
            4.0,
        ),
        (
            r#"{"unet.lora_alpha": 8, "unet.alpha_pattern": {"^down_blocks\\.0\\.attentions.0.transformer_blocks.0.attn1.to_q": 6}}"#,
            3.0,
        ),
    ] {
        check(file.clone(), &record(text), scale);
    }
    // What a tensor says counts before what the record says.
    check(
        with_alpha(vec![]),
        &record(r#"{"unet.lora_alpha": 8}"#),
        0.25,
    );
    // Kohya's record is about the training, not about these matrices.
    check(file.clone(), &[("ss_network_alpha", "16.0")], 1.0);
}
