//! Names of tensors in LoRA files: tables of what trainers write (diffusers
//! `utils/state_dict_utils.py` and `loaders/lora_conversion_utils.py`, kohya `networks/lora.py`). All
//! spellings meet in one key, the layer's name with underscores for its points, which is what kohya
//! writes and what every other spelling can be turned into.

use crate::files::Part;

/// A tensor's part in the change of its layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The matrix from the inputs to the rank.
    Down,
    /// The matrix from the rank to the outputs.
    Up,
    /// The number that, divided by the rank, scales their product.
    Alpha,
}

/// A tensor's name, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub part: Part,
    /// The layer, as the file spells it.
    pub layer: String,
    pub role: Role,
}

/// Ends of names; longer endings before those that they end with.
const ROLES: [(&str, Role); 11] = [
    (".lora_A.weight", Role::Down),
    (".lora_B.weight", Role::Up),
    (".lora_down.weight", Role::Down),
    (".lora_up.weight", Role::Up),
    (".lora.down.weight", Role::Down),
    (".lora.up.weight", Role::Up),
    (".lora_linear_layer.down.weight", Role::Down),
    (".lora_linear_layer.up.weight", Role::Up),
    ("_lora.down.weight", Role::Down),
    ("_lora.up.weight", Role::Up),
    (".alpha", Role::Alpha),
];

/// Beginnings of names. The oldest files change the noise predictor alone and do not name it.
const PARTS: [(&str, Part); 6] = [
    ("lora_unet_", Part::Unet),
    ("lora_te_", Part::TextEncoder),
    ("lora_te1_", Part::TextEncoder),
    ("unet.", Part::Unet),
    ("text_encoder.", Part::TextEncoder),
    ("", Part::Unet),
];

/// Layers that diffusers' first files call otherwise (`to_q_lora` and so on): the last part of the
/// name, of the noise predictor and of the text encoder.
const FORMER_UNET: [(&str, &str); 1] = [(".to_out", ".to_out.0")];
const FORMER_TEXT_ENCODER: [(&str, &str); 4] = [
    (".to_q", ".q_proj"),
    (".to_k", ".k_proj"),
    (".to_v", ".v_proj"),
    (".to_out", ".out_proj"),
];

/// Parts of names that tell adapters that work in another way.
const OTHER_KINDS: [(&str, &str); 11] = [
    ("dora_scale", "a DoRA"),
    ("lora_magnitude_vector", "a DoRA"),
    ("hada_", "a LoHa"),
    ("lokr_", "a LoKr"),
    ("lora_mid", "a LoCon with middle matrices"),
    ("glora_", "a GLoRA"),
    (".oft_", "an OFT adapter"),
    ("oft_unet_", "an OFT adapter"),
    ("on_input", "an (IA)³ adapter"),
    ("ia3_l", "an (IA)³ adapter"),
    // Its scale stands in a second file, adapter_config.json.
    (
        "base_model.model.",
        "a PEFT adapter in the form without its scale",
    ),
];

/// Takes a tensor's name apart, if it is one of a LoRA's.
pub fn placed(name: &str) -> Option<Placed> {
    let (rest, role) = ROLES
        .iter()
        .find_map(|&(end, role)| Some((name.strip_suffix(end)?, role)))?;
    let (rest, part) = PARTS
        .iter()
        .find_map(|&(start, part)| Some((rest.strip_prefix(start)?, part)))?;
    let mut layer = rest.replace(".processor.", ".");
    let former: &[_] = match part {
        Part::TextEncoder => &FORMER_TEXT_ENCODER,
        _ => &FORMER_UNET,
    };
    if let Some((start, new)) = former
        .iter()
        .find_map(|(old, new)| Some((layer.strip_suffix(old)?, new)))
    {
        layer = format!("{start}{new}");
    }
    Some(Placed { part, layer, role })
}

/// The kind of other adapter that this tensor belongs to, with its article.
pub fn other_kind(name: &str) -> Option<&'static str> {
    let telling = OTHER_KINDS.iter().find(|(part, _)| name.contains(part));
    telling.map(|&(_, kind)| kind)
}

/// True if a file with this tensor is a LoRA or one of its relatives.
pub fn is_telling(name: &str) -> bool {
    let is_matrix = |placed: Placed| placed.role != Role::Alpha;
    other_kind(name).is_some() || placed(name).is_some_and(is_matrix)
}

/// The key of a layer, however it is spelt. The text encoder's own prefix is left out, as in newer
/// files.
pub fn key(part: Part, layer: &str) -> String {
    let key = layer.replace('.', "_");
    match (part, key.strip_prefix("text_model_")) {
        (Part::TextEncoder, Some(rest)) => rest.into(),
        _ => key,
    }
}
