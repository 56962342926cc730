//! Comparing the structure of two noise predictors: only of equal ones does the difference mean anything.

use crate::ModelError;
use crate::files::config::UnetGeometry;
use std::fmt::Debug;
use std::path::Path;

/// Compares the two configurations and names the first difference.
///
/// # Errors
/// [`ModelError::DifferentStructure`].
pub fn same_structure(
    pretrained: (&UnetGeometry, &Path),
    finetuned: (&UnetGeometry, &Path),
) -> Result<(), ModelError> {
    let (a, b) = (pretrained.0, finetuned.0);
    let differ = |what: &str, a: &dyn Debug, b: &dyn Debug| {
        let (a, b) = (format!("{a:?}"), format!("{b:?}"));
        if a == b {
            return Ok(());
        }
        Err(ModelError::DifferentStructure {
            what: what.into(),
            pretrained: a,
            pretrained_file: pretrained.1.into(),
            finetuned: b,
            finetuned_file: finetuned.1.into(),
        })
    };
    differ("latent channels", &a.in_channels, &b.in_channels)?;
    differ("block widths", &a.block_out_channels, &b.block_out_channels)?;
    differ("layers a block", &a.layers_per_block, &b.layers_per_block)?;
    differ(
        "attention on the way down",
        &a.down_attention,
        &b.down_attention,
    )?;
    differ("attention on the way up", &a.up_attention, &b.up_attention)?;
    differ("attention heads", &a.heads, &b.heads)?;
    differ(
        "transformer layers",
        &a.transformer_layers,
        &b.transformer_layers,
    )?;
    differ(
        "width of the text embedding",
        &a.cross_attention_dim,
        &b.cross_attention_dim,
    )?;
    differ("groups of the norms", &a.groups, &b.groups)?;
    differ("conditioning by sizes", &a.addition, &b.addition)
}
