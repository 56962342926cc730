//! AltDiffusion's text encoder: candle-transformers' XLM-RoBERTa, forward only, and the projection behind it
//! (`RobertaSeriesModelWithTransformation` of diffusers). It is computed by candle on the processor, whatever
//! device the noise predictor runs on: a prompt is read once in an examination.

use std::collections::HashMap;

use candle_core::{DType, Device, Tensor};
use candle_nn::{Activation, Module, VarBuilder, layer_norm, linear};
use candle_transformers::models::xlm_roberta::{Config, XLMRobertaModel};

use super::ModelError;
use super::files::Weights;
use super::files::config::MultilingualGeometry;
use super::network::backend::Outcome;

/// What precedes the names of XLM-RoBERTa itself.
const MODEL: &str = "roberta";

/// The embedding of a prompt's ids, `[ids, project_dim]` row by row.
///
/// # Errors
/// [`ModelError`] naming the tensor that is missing or of the wrong shape; [`ModelError::Shape`] for more ids than
/// positions or an id beyond the vocabulary.
pub fn embed(g: &MultilingualGeometry, weights: &Weights, ids: &[u32]) -> Outcome<Vec<f32>> {
    check_ids(g, ids)?;
    let variables = VarBuilder::from_tensors(tensors(g, weights)?, DType::F32, &Device::Cpu);
    let config = Config {
        hidden_size: g.hidden_size,
        layer_norm_eps: g.layer_norm_eps,
        attention_probs_dropout_prob: 0.0,
        hidden_dropout_prob: 0.0,
        num_attention_heads: g.heads,
        position_embedding_type: "absolute".into(),
        intermediate_size: g.intermediate_size,
        // Erf, not tanh.
        hidden_act: Activation::Gelu,
        num_hidden_layers: layers(g),
        vocab_size: g.vocab_size,
        max_position_embeddings: g.max_positions,
        type_vocab_size: g.token_types,
        pad_token_id: g.padding,
    };
    let model = XLMRobertaModel::new(&config, variables.pp(MODEL))?;
    let count = ids.len();
    let tokens = Tensor::from_slice(ids, (1, count), &Device::Cpu)?;
    // What fills the prompt up is seen by none.
    let read = count - ids.iter().rev().take_while(|&&id| id == g.padding).count();
    let mask: Vec<f32> = (0..count).map(|i| f32::from(i < read)).collect();
    let mask = Tensor::from_vec(mask, (1, count), &Device::Cpu)?;
    let types = Tensor::zeros((1, count), DType::U32, &Device::Cpu)?;
    let state = model.forward(&tokens, &mask, &types, None, None, None)?;
    let projected = if g.before_last {
        let norm = layer_norm(g.hidden_size, g.layer_norm_eps, variables.pp("pre_LN"))?;
        let projection = linear(
            g.hidden_size,
            g.project_dim,
            variables.pp("transformation_pre"),
        )?;
        projection.forward(&norm.forward(&state)?)?
    } else {
        let projection = linear(g.hidden_size, g.project_dim, variables.pp("transformation"))?;
        projection.forward(&state)?
    };
    Ok(projected.flatten_all()?.to_vec1()?)
}

/// The layers that are computed: the later form reads the state before the last.
fn layers(g: &MultilingualGeometry) -> usize {
    g.layers - usize::from(g.before_last)
}

/// The tensors that are needed, of exactly the shapes that the geometry asks for.
fn tensors(g: &MultilingualGeometry, weights: &Weights) -> Outcome<HashMap<String, Tensor>> {
    let (width, between) = (g.hidden_size, g.intermediate_size);
    let mut wanted: Vec<(String, Vec<usize>)> = Vec::new();
    let table = |name: &str, rows| {
        (
            format!("{MODEL}.embeddings.{name}.weight"),
            vec![rows, width],
        )
    };
    wanted.extend([
        table("word_embeddings", g.vocab_size),
        table("position_embeddings", g.max_positions),
        table("token_type_embeddings", g.token_types),
    ]);
    let mut layer = |name: String, outputs: usize, inputs: Option<usize>| {
        let weight = std::iter::once(outputs).chain(inputs).collect();
        wanted.push((format!("{name}.weight"), weight));
        wanted.push((format!("{name}.bias"), vec![outputs]));
    };
    layer(format!("{MODEL}.embeddings.LayerNorm"), width, None);
    for i in 0..layers(g) {
        let at = |name: &str| format!("{MODEL}.encoder.layer.{i}.{name}");
        for name in ["query", "key", "value"] {
            layer(at(&format!("attention.self.{name}")), width, Some(width));
        }
        layer(at("attention.output.dense"), width, Some(width));
        layer(at("attention.output.LayerNorm"), width, None);
        layer(at("intermediate.dense"), between, Some(width));
        layer(at("output.dense"), width, Some(between));
        layer(at("output.LayerNorm"), width, None);
    }
    if g.before_last {
        layer("pre_LN".into(), width, None);
        layer("transformation_pre".into(), g.project_dim, Some(width));
    } else {
        layer("transformation".into(), g.project_dim, Some(width));
    }
    let tensor = |(name, shape): (String, Vec<usize>)| {
        let parameter = weights.parameter(&name, &shape)?;
        let values = parameter.values().into_owned();
        parameter.release();
        Ok((name, Tensor::from_vec(values, shape, &Device::Cpu)?))
    };
    wanted.into_iter().map(tensor).collect()
}

fn check_ids(g: &MultilingualGeometry, ids: &[u32]) -> Outcome<()> {
    let highest = ids.iter().max().map_or(0, |&id| id as usize);
    if highest >= g.vocab_size {
        return Err(ModelError::Shape {
            what: "The text encoder's vocabulary, which must hold the tokenizer's ids,".into(),
            expected: vec![highest + 1],
            found: vec![g.vocab_size],
        });
    }
    // Counted from the one behind the padding's.
    let needed = ids.len() + g.padding as usize + 1;
    if needed > g.max_positions {
        return Err(ModelError::Shape {
            what: "The text encoder's table of positions".into(),
            expected: vec![needed],
            found: vec![g.max_positions],
        });
    }
    Ok(())
}
