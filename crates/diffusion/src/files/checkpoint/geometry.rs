//! The networks' shapes from those of the tensors, and what shapes cannot tell: from a configuration that fits, from the model that this
//! one was made from, or as all published models of these families have it.

use std::fmt::Debug;
use std::path::Path;

use super::unet_names::Structure;
use crate::ModelError;
use crate::files::config::{
    Activation, AdditionGeometry, AutoencoderGeometry, TextGeometry, UnetGeometry,
};
use crate::files::weights::Weights;

/// Groups of every group norm, heads of Stable Diffusion 1, and the width of a head of Stable Diffusion 2 and of both
/// text encoders.
const GROUPS: usize = 32;
const HEADS: usize = 8;
const HEAD_WIDTH: usize = 64;

/// Side of the latent that Stable Diffusion 1 and XL were trained on.
const SAMPLE: usize = 64;
const XL_SAMPLE: usize = 128;

/// The scale of the latent in Stable Diffusion 1 and 2, and in XL.
const SCALING: f32 = 0.18215;
const XL_SCALING: f32 = 0.13025;

/// The width of the embedding of a size in Stable Diffusion XL.
const SIZE_WIDTH: usize = 256;

/// A configuration with its file, and the geometry of the model that this one was made from.
pub type Like<'a, T> = (Option<(&'a T, &'a Path)>, Option<&'a T>);

/// The noise predictor's.
pub fn unet(
    file: &Path,
    view: &Weights,
    structure: &Structure,
    (configured, base): Like<'_, UnetGeometry>,
) -> Result<UnetGeometry, ModelError> {
    let axis = |name: &str, axis| dimension(view, name, axis);
    let widths = (0..structure.down.len())
        .map(|i| axis(&format!("down_blocks.{i}.resnets.0.conv1.weight"), 0));
    let block_out_channels: Vec<usize> = widths.collect::<Result<_, _>>()?;
    let middle = "mid_block.attentions.0";
    let told = UnetGeometry {
        in_channels: axis("conv_in.weight", 1)?,
        out_channels: axis("conv_out.weight", 0)?,
        layers_per_block: structure.down.iter().map(|level| level.layers).collect(),
        down_attention: structure
            .down
            .iter()
            .map(|level| level.transformer > 0)
            .collect(),
        up_attention: structure
            .up
            .iter()
            .map(|level| level.transformer > 0)
            .collect(),
        transformer_layers: transformer_layers(structure),
        cross_attention_dim: axis(
            &format!("{middle}.transformer_blocks.0.attn2.to_k.weight"),
            1,
        )?,
        linear_projection: view.dimensions(&format!("{middle}.proj_in.weight"))?.len() == 2,
        // These no shape tells.
        sample_size: match structure.addition {
            true => XL_SAMPLE,
            false => SAMPLE,
        },
        heads: Vec::new(),
        groups: GROUPS,
        norm_eps: 1e-5,
        flip_sin_to_cos: true,
        freq_shift: 0.0,
        downsample_padding: 1,
        addition: addition(file, view, structure, (configured, base))?,
        block_out_channels,
    };
    if let Some((configured, config)) = configured {
        let same = Comparison { file, config };
        same.check(
            "latent channels",
            &configured.in_channels,
            &told.in_channels,
        )?;
        same.check(
            "block widths",
            &configured.block_out_channels,
            &told.block_out_channels,
        )?;
        same.check(
            "layers a block",
            &configured.layers_per_block,
            &told.layers_per_block,
        )?;
        same.check(
            "attention on the way down",
            &configured.down_attention,
            &told.down_attention,
        )?;
        same.check(
            "attention on the way up",
            &configured.up_attention,
            &told.up_attention,
        )?;
        same.check(
            "width of the text embedding",
            &configured.cross_attention_dim,
            &told.cross_attention_dim,
        )?;
        same.check(
            "conditioning by sizes",
            &configured.addition,
            &told.addition,
        )?;
        return Ok(with_told(configured, told));
    }
    if let Some(base) = base {
        let as_told = with_told(base, told.clone());
        if as_told == *base {
            return Ok(as_told);
        }
    }
    let indivisible = |by: usize| {
        told.block_out_channels
            .iter()
            .any(|width| !width.is_multiple_of(by))
    };
    if indivisible(GROUPS) {
        return Err(needs(file, "the groups of its norms"));
    }
    // Of the coarsest block only the middle of the network attends; its heads count all the same.
    if indivisible(if told.linear_projection {
        HEAD_WIDTH
    } else {
        HEADS
    }) {
        return Err(needs(file, "the heads of its attention"));
    }
    let heads = told
        .block_out_channels
        .iter()
        .map(|width| match told.linear_projection {
            true => width / HEAD_WIDTH,
            false => HEADS,
        });
    Ok(UnetGeometry {
        heads: heads.collect(),
        ..told
    })
}

/// The second condition, whose two widths have one sum: as another model divides it if that has the same, or as
/// Stable Diffusion XL does.
fn addition(
    file: &Path,
    view: &Weights,
    structure: &Structure,
    (configured, base): Like<'_, UnetGeometry>,
) -> Result<Option<AdditionGeometry>, ModelError> {
    if !structure.addition {
        return Ok(None);
    }
    let inputs = dimension(view, "add_embedding.linear_1.weight", 1)?;
    if let Some((configured, config)) = configured {
        let told = configured.addition.map(|addition| addition.inputs());
        Comparison { file, config }.check("conditioning by sizes", &told, &Some(inputs))?;
    }
    let other = configured.map(|(configured, _)| configured).or(base);
    let other = other.and_then(|other| other.addition);
    if let Some(other) = other.filter(|other| other.inputs() == inputs) {
        return Ok(Some(other));
    }
    let text_width = inputs.checked_sub(SIZE_WIDTH.saturating_mul(AdditionGeometry::SIZES));
    match text_width {
        Some(text_width @ 1..) => Ok(Some(AdditionGeometry {
            text_width,
            size_width: SIZE_WIDTH,
        })),
        _ => Err(needs(file, "the widths of its conditioning by sizes")),
    }
}

/// `other` with everything that shapes tell as they tell it.
fn with_told(other: &UnetGeometry, told: UnetGeometry) -> UnetGeometry {
    UnetGeometry {
        sample_size: other.sample_size,
        heads: other.heads.clone(),
        groups: other.groups,
        norm_eps: other.norm_eps,
        flip_sin_to_cos: other.flip_sin_to_cos,
        freq_shift: other.freq_shift,
        downsample_padding: other.downsample_padding,
        // Where a block has no attention, its number of layers says nothing.
        transformer_layers: match agree(other, &told) {
            true => other.transformer_layers.clone(),
            false => told.transformer_layers,
        },
        ..told
    }
}

fn agree(other: &UnetGeometry, told: &UnetGeometry) -> bool {
    let attends = told
        .down_attention
        .iter()
        .zip(told.up_attention.iter().rev());
    let last = told.down_attention.len().saturating_sub(1);
    let mut layers = other
        .transformer_layers
        .iter()
        .zip(&told.transformer_layers)
        .zip(attends)
        .enumerate();
    other.transformer_layers.len() == told.transformer_layers.len()
        && layers
            .all(|(i, ((other, told), (&down, &up)))| other == told || !(down || up || i == last))
}

/// The layers of each block's transformers, as its own or the way up or the middle shows them; 1 where there is no attention.
fn transformer_layers(structure: &Structure) -> Vec<usize> {
    let last = structure.down.len().saturating_sub(1);
    let levels = structure
        .down
        .iter()
        .zip(structure.up.iter().rev())
        .enumerate();
    let layers = levels.map(|(i, (down, up))| {
        let middle = if i == last { structure.middle } else { 0 };
        down.transformer.max(up.transformer).max(middle).max(1)
    });
    layers.collect()
}

/// The autoencoder's.
pub fn autoencoder(
    file: &Path,
    view: &Weights,
    is_xl: bool,
    (configured, base): Like<'_, AutoencoderGeometry>,
) -> Result<AutoencoderGeometry, ModelError> {
    let axis = |name: &str, axis| dimension(view, name, axis);
    let has = |name: &str| view.shape(name).is_some();
    let width = |i| view.shape(&format!("encoder.down_blocks.{i}.resnets.0.conv1.weight"));
    let widths = (0..).map_while(|i| width(i)?.first().copied());
    let layers =
        (0..).take_while(|j| has(&format!("encoder.down_blocks.0.resnets.{j}.conv1.weight")));
    let told = AutoencoderGeometry {
        in_channels: axis("encoder.conv_in.weight", 1)?,
        out_channels: axis("decoder.conv_out.weight", 0)?,
        latent_channels: axis("decoder.conv_in.weight", 1)?,
        layers_per_block: layers.count(),
        groups: GROUPS,
        scaling_factor: if is_xl { XL_SCALING } else { SCALING },
        use_quant_conv: has("quant_conv.weight"),
        use_post_quant_conv: has("post_quant_conv.weight"),
        mid_attention: has("encoder.mid_block.attentions.0.to_q.weight"),
        block_out_channels: widths.collect(),
    };
    let with_told = |other: &AutoencoderGeometry| AutoencoderGeometry {
        groups: other.groups,
        scaling_factor: other.scaling_factor,
        ..told.clone()
    };
    if let Some((configured, config)) = configured {
        let as_told = with_told(configured);
        Comparison { file, config }.check("the autoencoder", configured, &as_told)?;
        return Ok(as_told);
    }
    if let Some(base) = base.filter(|base| with_told(base) == **base) {
        return Ok(base.clone());
    }
    if told
        .block_out_channels
        .iter()
        .any(|width| !width.is_multiple_of(GROUPS))
    {
        return Err(needs(file, "the groups of its autoencoder's norms"));
    }
    Ok(told)
}

/// The text encoder's.
pub fn text(
    file: &Path,
    view: &Weights,
    activation: Activation,
    (configured, base): Like<'_, TextGeometry>,
) -> Result<TextGeometry, ModelError> {
    let axis = |name: &str, axis| dimension(view, name, axis);
    const PROJECTION: &str = "text_projection.weight";
    let projection = view.shape(PROJECTION).is_some();
    let hidden_size = axis("embeddings.token_embedding.weight", 1)?;
    let layers = (0..).take_while(|i| {
        view.shape(&format!("encoder.layers.{i}.layer_norm1.weight"))
            .is_some()
    });
    let told = TextGeometry {
        vocab_size: axis("embeddings.token_embedding.weight", 0)?,
        hidden_size,
        intermediate_size: axis("encoder.layers.0.mlp.fc1.weight", 0)?,
        layers: layers.count(),
        heads: hidden_size / HEAD_WIDTH,
        max_positions: axis("embeddings.position_embedding.weight", 0)?,
        activation,
        layer_norm_eps: 1e-5,
        projection: projection.then(|| axis(PROJECTION, 0)).transpose()?,
    };
    let with_told = |other: &TextGeometry| TextGeometry {
        heads: other.heads,
        activation: other.activation,
        layer_norm_eps: other.layer_norm_eps,
        ..told.clone()
    };
    if let Some((configured, config)) = configured {
        let as_told = with_told(configured);
        // An encoder may be configured with a vector that its model does not use.
        let configured = TextGeometry {
            projection: configured.projection.filter(|_| projection),
            ..configured.clone()
        };
        Comparison { file, config }.check("the text encoder", &configured, &as_told)?;
        return Ok(as_told);
    }
    if let Some(base) = base.filter(|base| with_told(base) == **base) {
        return Ok(base.clone());
    }
    if hidden_size == 0 || !hidden_size.is_multiple_of(HEAD_WIDTH) {
        return Err(needs(file, "the heads of its text encoder"));
    }
    Ok(told)
}

/// A configuration that is compared with what a file's shapes tell.
struct Comparison<'a> {
    file: &'a Path,
    config: &'a Path,
}

impl Comparison<'_> {
    fn check<T: Debug + PartialEq>(
        &self,
        what: &'static str,
        told: &T,
        stored: &T,
    ) -> Result<(), ModelError> {
        if told == stored {
            return Ok(());
        }
        Err(ModelError::OtherConfiguration {
            config: self.config.into(),
            file: self.file.into(),
            what,
            told: format!("{told:?}"),
            stored: format!("{stored:?}"),
        })
    }
}

fn needs(file: &Path, what: &'static str) -> ModelError {
    ModelError::NeedsConfiguration {
        file: file.into(),
        what,
    }
}

/// One dimension of a tensor that must be there.
fn dimension(view: &Weights, name: &str, axis: usize) -> Result<usize, ModelError> {
    let shape = view.dimensions(name)?;
    let size = shape.get(axis).copied().filter(|&size| size > 0);
    size.ok_or_else(|| ModelError::TensorShape {
        name: name.into(),
        file: view.source().into(),
        expected: vec![1; axis.saturating_add(1)],
        found: shape.to_vec(),
    })
}
