//! What a file is, by the names of its tensors: each kind that cannot be examined is called by its name, with what would serve.

use std::path::Path;

use super::layout::Layout;
use crate::ModelError;
use crate::error::FAMILIES;
use crate::files::weights::Weights;

/// A kind of file, by parts of its tensors' names.
struct Sign {
    /// Beginnings of names, any of which tells.
    starts: &'static [&'static str],
    /// Parts of names, any of which tells.
    parts: &'static [&'static str],
    what: &'static str,
    instead: &'static str,
}

const FAMILY: &str = FAMILIES;
const STEERED: &str = "give the model that it is used with, if that was fine-tuned";
const WHOLE: &str = "give the whole model, as one file or as a diffusers folder";

/// The kinds, those that contain others first.
const SIGNS: [Sign; 16] = [
    Sign {
        starts: &[
            "control_model.",
            "input_hint_block.",
            "controlnet_cond_embedding.",
            "controlnet_",
        ],
        parts: &[".input_hint_block.", "zero_convs."],
        what: "a ControlNet",
        instead: STEERED,
    },
    Sign {
        starts: &["emb_params", "string_to_param", "string_to_token"],
        parts: &[],
        what: "a textual-inversion embedding",
        instead: "give a fine-tuned model or a LoRA",
    },
    Sign {
        starts: &["image_proj.", "ip_adapter."],
        parts: &[],
        what: "an IP-Adapter",
        instead: STEERED,
    },
    Sign {
        starts: &[],
        parts: &["motion_modules."],
        what: "an AnimateDiff motion module",
        instead: STEERED,
    },
    Sign {
        starts: &["conditioner.embedders.0.model."],
        parts: &[],
        what: "the refiner of Stable Diffusion XL",
        instead: "choose the base model, which is the one that is fine-tuned",
    },
    Sign {
        starts: &["joint_blocks.", "model.diffusion_model.joint_blocks."],
        parts: &["text_encoders.t5xxl.", "norm1_context."],
        what: "a Stable Diffusion 3 model",
        instead: FAMILY,
    },
    Sign {
        starts: &[
            "double_blocks.",
            "model.diffusion_model.double_blocks.",
            "single_transformer_blocks.",
        ],
        parts: &[],
        what: "a Flux model",
        instead: FAMILY,
    },
    Sign {
        starts: &["model.diffusion_model.label_emb.weight", "label_emb.weight"],
        parts: &[],
        what: "a Stable Diffusion upscaler",
        instead: FAMILY,
    },
    Sign {
        starts: &[
            "conv_first.",
            "params_ema",
            "body.0.rdb1.",
            "model.1.sub.",
            "layers.0.residual_group.",
        ],
        parts: &[".RDB1."],
        what: "an upscaler",
        instead: FAMILY,
    },
    Sign {
        starts: &[
            "decoder.conv_in.",
            "decoder.up_blocks.",
            "decoder.up.",
            "encoder.down.",
            "encoder.down_blocks.",
        ],
        parts: &[],
        what: "an autoencoder (VAE) alone",
        instead: WHOLE,
    },
    Sign {
        starts: &["first_stage_model."],
        parts: &[],
        what: "an autoencoder (VAE) alone",
        instead: WHOLE,
    },
    Sign {
        starts: &["unet.", "down_blocks.", "mid_block.", "add_embedding."],
        parts: &[],
        what: "a noise predictor alone, in the diffusers layout",
        instead: "give the model folder that holds its folder \"unet\"",
    },
    Sign {
        starts: &[
            "text_model.",
            "cond_stage_model.",
            "conditioner.embedders.",
            "encoder.layers.",
            "encoder.block.",
        ],
        parts: &[],
        what: "a text encoder alone",
        instead: WHOLE,
    },
    Sign {
        starts: &["vision_model.", "visual."],
        parts: &[],
        what: "a picture encoder",
        instead: WHOLE,
    },
    Sign {
        starts: &["<", "clip_l", "clip_g"],
        parts: &[],
        what: "a textual-inversion embedding",
        instead: "give a fine-tuned model or a LoRA",
    },
    Sign {
        starts: &[
            "model.diffusion_model.",
            "diffusion_model.",
            "transformer_blocks.",
            "model.layers.",
            "blocks.",
        ],
        parts: &[],
        what: "a model of another architecture",
        instead: FAMILY,
    },
];

/// The first signs tell kinds that may contain all that Stable Diffusion has, or look like it.
const DECISIVE: usize = 8;

/// Refuses kinds that have the tensors of Stable Diffusion too.
///
/// # Errors
/// [`ModelError::OtherModel`].
pub fn refuse_others(file: &Path, weights: &Weights) -> Result<(), ModelError> {
    match sign(weights, SIGNS.split_at(DECISIVE).0) {
        Some(sign) => Err(refused(file, sign)),
        None => Ok(()),
    }
}

/// The error for a file that is no Stable Diffusion.
pub fn unknown(file: &Path, weights: &Weights) -> ModelError {
    if let Some(sign) = sign(weights, &SIGNS) {
        return refused(file, sign);
    }
    // A learned word is a vector or a few, of the width of a text encoder.
    let is_vector = |name: &str| {
        matches!(
            weights.shape(name),
            Some([768 | 1024 | 1280] | [1..=128, 768 | 1024 | 1280])
        )
    };
    let (what, instead) = match weights.names().count() {
        1..=2 if weights.names().all(is_vector) => (
            "a textual-inversion embedding",
            "give a fine-tuned model or a LoRA",
        ),
        _ => ("no model that this program knows by its tensors", FAMILY),
    };
    ModelError::OtherModel {
        path: file.into(),
        what: what.into(),
        instead,
    }
}

/// The family of a model in one file, by the kind of its noise predictor.
///
/// # Errors
/// [`ModelError::OtherModel`] or [`ModelError::Inpainting`] if it is something else.
pub fn family(file: &Path, weights: &Weights) -> Result<&'static str, ModelError> {
    refuse_others(file, weights)?;
    let layout = Layout::of_unet(weights).ok_or_else(|| unknown(file, weights))?;
    refuse_other_inputs(file, &layout)?;
    if layout.has("label_emb.0.0.weight") {
        return Ok("Stable Diffusion XL");
    }
    let projection = layout.shape("middle_block.1.proj_in.weight");
    Ok(match projection.map(<[usize]>::len) {
        Some(2) => "Stable Diffusion 2",
        _ => "Stable Diffusion 1",
    })
}

/// Refuses a noise predictor that sees more than a latent.
///
/// # Errors
/// [`ModelError::Inpainting`] or [`ModelError::OtherModel`].
pub fn refuse_other_inputs(file: &Path, layout: &Layout<'_>) -> Result<(), ModelError> {
    let inputs = layout
        .shape("input_blocks.0.0.weight")
        .and_then(|shape| shape.get(1).copied());
    let what = match inputs {
        Some(9) => return Err(ModelError::Inpainting { file: file.into() }),
        Some(8) => "a model that edits pictures as told (eight input channels)",
        Some(7) => "a Stable Diffusion upscaler (seven input channels)",
        Some(5) => "a depth-to-image model (five input channels)",
        _ => return Ok(()),
    };
    Err(ModelError::OtherModel {
        path: file.into(),
        what: what.into(),
        instead: "choose the text-to-image model that it was made from",
    })
}

fn sign(weights: &Weights, signs: &'static [Sign]) -> Option<&'static Sign> {
    signs.iter().find(|sign| {
        weights.names().any(|name| {
            sign.starts.iter().any(|start| name.starts_with(start))
                || sign.parts.iter().any(|part| name.contains(part))
        })
    })
}

fn refused(file: &Path, sign: &Sign) -> ModelError {
    ModelError::OtherModel {
        path: file.into(),
        what: sign.what.into(),
        instead: sign.instead,
    }
}
