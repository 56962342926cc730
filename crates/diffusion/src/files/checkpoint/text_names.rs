//! The text encoder's layers in transformers' names and in those of a file: CLIP's are the same behind a prefix, OpenCLIP's
//! (`open_clip/transformer.py`) are others, with queries, keys and values in one tensor.

use super::layout::TENSORS;
use crate::files::Part;
use crate::files::config::Activation;
use crate::files::weights::{Piece, Renamed, Weights};

/// What precedes CLIP's names, in Stable Diffusion 1 and in XL; some old files leave out the model's own `text_model`.
const CLIP: [&str; 4] = [
    "cond_stage_model.transformer.text_model.",
    "cond_stage_model.transformer.",
    "conditioner.embedders.0.transformer.text_model.",
    "conditioner.embedders.0.transformer.",
];

/// What precedes OpenCLIP's names in Stable Diffusion 2, and those of the second encoder in XL.
const OPEN_CLIP: &str = "cond_stage_model.model.";
const SECOND: &str = "conditioner.embedders.1.model.";

/// What precedes all names of text encoders.
const ALL: [&str; 2] = ["cond_stage_model.", "conditioner.embedders."];

/// The projection to the vector of the whole prompt, in transformers' name and in OpenCLIP's, where it is no layer but
/// a matrix that stands on the other side.
const PROJECTION: (&str, &str) = ("text_projection.weight", "text_projection");

/// The most layers of a text encoder.
const LAYERS: usize = 128;

/// The width of the published OpenCLIP encoder, of whose 24 layers 23 are used, whether the last is there or not.
const PUBLISHED: (usize, usize) = (1024, 23);

/// Layers of a CLIP layer.
const WITHIN: [&str; 8] = [
    "layer_norm1",
    "self_attn.q_proj",
    "self_attn.k_proj",
    "self_attn.v_proj",
    "self_attn.out_proj",
    "layer_norm2",
    "mlp.fc1",
    "mlp.fc2",
];

/// The same in OpenCLIP, but for queries, keys and values.
const WITHIN_OPEN_CLIP: [(&str, &str); 5] = [
    ("layer_norm1", "ln_1"),
    ("self_attn.out_proj", "attn.out_proj"),
    ("layer_norm2", "ln_2"),
    ("mlp.fc1", "mlp.c_fc"),
    ("mlp.fc2", "mlp.c_proj"),
];

/// Tensors around the layers.
const AROUND: [&str; 4] = [
    "embeddings.token_embedding.weight",
    "embeddings.position_embedding.weight",
    "final_layer_norm.weight",
    "final_layer_norm.bias",
];
const AROUND_OPEN_CLIP: [&str; 4] = [
    "token_embedding.weight",
    "positional_embedding",
    "ln_final.weight",
    "ln_final.bias",
];

/// A text encoder as a file holds it.
pub struct TextLayout<'a> {
    weights: &'a Weights,
    prefix: &'static str,
    open_clip: bool,
    part: Part,
}

impl<'a> TextLayout<'a> {
    /// The text encoders of `weights`: none, one or two.
    pub fn of(weights: &'a Weights) -> Vec<Self> {
        let clip = CLIP.map(|prefix| (prefix, AROUND, false));
        let open_clip = (OPEN_CLIP, AROUND_OPEN_CLIP, true);
        let there = |(prefix, [first, ..], _): &(&str, [&str; 4], bool)| {
            weights.shape(&format!("{prefix}{first}")).is_some()
        };
        let first = clip.into_iter().chain([open_clip]).find(there);
        let second = Some((SECOND, AROUND_OPEN_CLIP, true)).filter(there);
        let found = [first, second].into_iter().zip(Part::TEXT);
        found
            .filter_map(|(found, part)| {
                found.map(|(prefix, _, open_clip)| Self {
                    weights,
                    prefix,
                    open_clip,
                    part,
                })
            })
            .collect()
    }

    /// The part of the model that it is.
    pub fn part(&self) -> Part {
        self.part
    }

    /// True if it is OpenCLIP's, as in Stable Diffusion 2.
    pub fn is_open_clip(&self) -> bool {
        self.open_clip
    }

    /// The function in its layers.
    pub fn activation(&self) -> Activation {
        match self.open_clip {
            true => Activation::Gelu,
            false => Activation::QuickGelu,
        }
    }

    /// The table of its tensors, of as many layers as the configuration says if there is one.
    pub fn names(&self, configured: Option<usize>) -> Vec<Renamed> {
        let around = match self.open_clip {
            true => AROUND_OPEN_CLIP,
            false => AROUND,
        };
        let whole = |name: String, stored: String| Renamed {
            name,
            stored: format!("{}{stored}", self.prefix),
            piece: Piece::Whole,
        };
        let around = AROUND.iter().zip(around);
        let mut names: Vec<Renamed> = around
            .map(|(&name, stored)| whole(name.into(), stored.into()))
            .collect();
        if self.part == Part::SecondTextEncoder {
            names.push(Renamed {
                piece: Piece::Transposed,
                ..whole(PROJECTION.0.into(), PROJECTION.1.into())
            });
        }
        for i in 0..self.layers(configured) {
            let name = format!("encoder.layers.{i}");
            if !self.open_clip {
                let each = WITHIN
                    .iter()
                    .flat_map(|part| TENSORS.map(|tensor| format!("{name}.{part}.{tensor}")));
                names.extend(each.map(|name| whole(name.clone(), name)));
                continue;
            }
            let stored = format!("transformer.resblocks.{i}");
            for (own, original) in WITHIN_OPEN_CLIP {
                names.extend(TENSORS.map(|tensor| {
                    whole(
                        format!("{name}.{own}.{tensor}"),
                        format!("{stored}.{original}.{tensor}"),
                    )
                }));
            }
            for (third, own) in ["q_proj", "k_proj", "v_proj"].into_iter().enumerate() {
                names.extend(TENSORS.map(|tensor| Renamed {
                    piece: Piece::Third(third),
                    ..whole(
                        format!("{name}.self_attn.{own}.{tensor}"),
                        format!("{stored}.attn.in_proj_{tensor}"),
                    )
                }));
            }
        }
        names
    }

    /// The layers that are used: of a first OpenCLIP's all but the last.
    fn layers(&self, configured: Option<usize>) -> usize {
        let first = match self.open_clip {
            true => ("transformer.resblocks", "ln_1"),
            false => ("encoder.layers", "layer_norm1"),
        };
        let has = |i: &usize| {
            let name = format!("{}{}.{i}.{}.weight", self.prefix, first.0, first.1);
            self.weights.shape(&name).is_some()
        };
        let there = (0..LAYERS).take_while(has).count();
        let width = self
            .weights
            .shape(&format!("{}ln_final.weight", self.prefix));
        match (self.open_clip, configured) {
            (false, _) => there,
            (true, _) if self.part == Part::SecondTextEncoder => there,
            (true, Some(configured)) if configured <= there => configured,
            (true, _) if width == Some(&[PUBLISHED.0]) && there >= PUBLISHED.1 => PUBLISHED.1,
            (true, _) => there.saturating_sub(1),
        }
    }
}

/// True if a tensor belongs to a text encoder and no network needs it: stored positions, OpenCLIP's projection, its
/// last layer, CLIP's other half.
pub fn is_aside(name: &str) -> bool {
    ALL.iter().any(|start| name.starts_with(start))
        && (name.ends_with(".position_ids")
            || name.starts_with("cond_stage_model.model.")
            || name.contains(".vision_model.")
            || name.ends_with("_projection.weight")
            || name.ends_with("logit_scale"))
}
