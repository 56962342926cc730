//! Names of tensors in adapter files: tables of what trainers write (diffusers `utils/state_dict_utils.py` and
//! `loaders/lora_conversion_utils.py`, kohya `networks/lora.py` and `networks/oft.py`, LyCORIS `modules/`). All
//! spellings meet in one key, the layer's name with underscores for its points, which is what kohya
//! writes and what every other spelling can be turned into.

use crate::files::Part;

/// A tensor's part in the change of its layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TensorRole {
    /// The matrix from the inputs to the rank.
    Down,
    /// The matrix from the rank to the outputs.
    Up,
    /// The window between the two, where they have none.
    Mid,
    /// The number that, divided by the rank, scales their product; of a rotation its bound.
    Alpha,
    /// The lengths of a weight's rows or columns, as LyCORIS writes them.
    DoraScale,
    /// The lengths of a weight's rows, as PEFT writes them.
    Magnitude,
    /// Factors of the two products that are multiplied element by element (LoHa).
    HadamardA1,
    HadamardB1,
    HadamardA2,
    HadamardB2,
    HadamardT1,
    HadamardT2,
    /// Factors of a Kronecker product (LoKr), whole or as products themselves.
    Kronecker1,
    KroneckerA1,
    KroneckerB1,
    Kronecker2,
    KroneckerA2,
    KroneckerB2,
    KroneckerT2,
    /// The whole change of a weight and of a bias.
    Difference,
    BiasDifference,
    /// The same of a norm.
    NormDifference,
    NormBiasDifference,
    /// Factors of inputs or outputs, and which of them (IA³).
    Factors,
    OnInput,
    /// Generators of rotations (OFT, BOFT), and factors after them.
    Rotation,
    Rescale,
    /// The four matrices of a GLoRA.
    GeneralA1,
    GeneralA2,
    GeneralB1,
    GeneralB2,
}

/// A tensor's name, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub part: Part,
    /// The layer, as the file spells it.
    pub layer: String,
    pub role: TensorRole,
}

/// Ends of names; longer endings before those that they end with.
const ROLES: [(&str, TensorRole); 44] = [
    (".lora_A.weight", TensorRole::Down),
    (".lora_B.weight", TensorRole::Up),
    (".lora_A.default.weight", TensorRole::Down),
    (".lora_B.default.weight", TensorRole::Up),
    (".lora_down.weight", TensorRole::Down),
    (".lora_up.weight", TensorRole::Up),
    (".lora_mid.weight", TensorRole::Mid),
    (".lora.down.weight", TensorRole::Down),
    (".lora.up.weight", TensorRole::Up),
    (".lora_linear_layer.down.weight", TensorRole::Down),
    (".lora_linear_layer.up.weight", TensorRole::Up),
    ("_lora.down.weight", TensorRole::Down),
    ("_lora.up.weight", TensorRole::Up),
    (".alpha", TensorRole::Alpha),
    (".dora_scale", TensorRole::DoraScale),
    (".lora_magnitude_vector", TensorRole::Magnitude),
    (".lora_magnitude_vector.weight", TensorRole::Magnitude),
    (
        ".lora_magnitude_vector.default.weight",
        TensorRole::Magnitude,
    ),
    (".hada_w1_a", TensorRole::HadamardA1),
    (".hada_w1_b", TensorRole::HadamardB1),
    (".hada_w2_a", TensorRole::HadamardA2),
    (".hada_w2_b", TensorRole::HadamardB2),
    (".hada_t1", TensorRole::HadamardT1),
    (".hada_t2", TensorRole::HadamardT2),
    (".lokr_w1", TensorRole::Kronecker1),
    (".lokr_w1_a", TensorRole::KroneckerA1),
    (".lokr_w1_b", TensorRole::KroneckerB1),
    (".lokr_w2", TensorRole::Kronecker2),
    (".lokr_w2_a", TensorRole::KroneckerA2),
    (".lokr_w2_b", TensorRole::KroneckerB2),
    (".lokr_t2", TensorRole::KroneckerT2),
    (".diff", TensorRole::Difference),
    (".diff_b", TensorRole::BiasDifference),
    (".w_norm", TensorRole::NormDifference),
    (".b_norm", TensorRole::NormBiasDifference),
    (".on_input", TensorRole::OnInput),
    (".oft_blocks", TensorRole::Rotation),
    (".oft_diag", TensorRole::Rotation),
    (".rescale", TensorRole::Rescale),
    (".a1.weight", TensorRole::GeneralA1),
    (".a2.weight", TensorRole::GeneralA2),
    (".b1.weight", TensorRole::GeneralB1),
    (".b2.weight", TensorRole::GeneralB2),
    (".weight", TensorRole::Factors),
];

/// Ends of names of adapters that are not read, with what people call them.
const NOT_READ: [(&str, &str); 8] = [
    (".oft_R.weight", "PEFT's OFT"),
    (".oft_r", "PEFT's OFT"),
    (".boft_R", "PEFT's BOFT"),
    (".ia3_l", "PEFT's IA\u{b3}"),
    (".hra_u", "PEFT's HRA"),
    (".vera_lambda_b", "PEFT's VeRA"),
    (".vera_lambda_d", "PEFT's VeRA"),
    (".fourierft_spectrum", "PEFT's FourierFT"),
];

/// The beginning of a text encoder's layers, which is part of their names.
const TEXT_MODEL: &str = "text_model.";
const PEFT_TEXT_MODEL: &str = "base_model.model.text_model.";

/// Beginnings of names. The oldest files change the noise predictor alone and do not name it; LyCORIS by itself and
/// what wraps it name no part either, ComfyUI has names of its own for the text encoders, and of a text encoder that PEFT
/// saved by itself the layers tell what it is.
const PARTS: [(&str, Part); 33] = [
    ("lora_unet_", Part::Unet),
    ("lora_te_", Part::TextEncoder),
    ("lora_te1_", Part::TextEncoder),
    ("lora_te2_", Part::SecondTextEncoder),
    ("oft_unet_", Part::Unet),
    ("oft_te_", Part::TextEncoder),
    ("oft_te1_", Part::TextEncoder),
    ("oft_te2_", Part::SecondTextEncoder),
    ("lycoris_unet_", Part::Unet),
    ("lycoris_te_", Part::TextEncoder),
    ("lycoris_te1_", Part::TextEncoder),
    ("lycoris_te2_", Part::SecondTextEncoder),
    ("lycoris_", Part::Unet),
    ("text_encoders.clip_l.transformer.", Part::TextEncoder),
    ("text_encoders.clip_h.transformer.", Part::TextEncoder),
    ("text_encoders.clip_g.transformer.", Part::SecondTextEncoder),
    ("clip_l.", Part::TextEncoder),
    ("clip_g.", Part::SecondTextEncoder),
    ("base_model.model.unet.", Part::Unet),
    ("base_model.model.text_encoder.", Part::TextEncoder),
    ("base_model.model.text_encoder_2.", Part::SecondTextEncoder),
    ("unet.base_model.model.", Part::Unet),
    ("text_encoder.base_model.model.", Part::TextEncoder),
    ("text_encoder_2.base_model.model.", Part::SecondTextEncoder),
    (PEFT_TEXT_MODEL, Part::TextEncoder),
    ("base_model.model.", Part::Unet),
    (TEXT_MODEL, Part::TextEncoder),
    ("unet.", Part::Unet),
    ("text_encoder.", Part::TextEncoder),
    ("text_encoder_2.", Part::SecondTextEncoder),
    ("model.diffusion_model.", Part::Unet),
    ("diffusion_model.", Part::Unet),
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

/// Takes a tensor's name apart, if it is one of an adapter's.
pub fn placed(name: &str) -> Option<Placed> {
    let (rest, role) = ROLES
        .iter()
        .find_map(|&(end, role)| Some((name.strip_suffix(end)?, role)))?;
    let (rest, part) = PARTS
        .iter()
        .find_map(|&(start, part)| Some((rest.strip_prefix(start)?, part)))?;
    let mut layer = rest.replace(".processor.", ".");
    if name.starts_with(TEXT_MODEL) || name.starts_with(PEFT_TEXT_MODEL) {
        layer.insert_str(0, TEXT_MODEL);
    }
    let former: &[_] = match part {
        Part::TextEncoder | Part::SecondTextEncoder => &FORMER_TEXT_ENCODER,
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

/// True if a file with this tensor is an adapter. Factors alone are named like any weight, and an alpha changes nothing.
pub fn is_telling(name: &str) -> bool {
    let is_plain = |role| {
        matches!(
            role,
            TensorRole::Alpha | TensorRole::Factors | TensorRole::Rescale
        )
    };
    placed(name).is_some_and(|placed| !is_plain(placed.role)) || not_read(name).is_some()
}

/// What people call the adapter of a tensor of this name, if its kind is not read.
pub fn not_read(name: &str) -> Option<&'static str> {
    let kind = NOT_READ.iter().find(|(end, _)| name.ends_with(end));
    kind.map(|(_, kind)| *kind)
}

/// What people call the change that a tensor of this name is a part of.
pub fn kind(name: &str) -> Option<&'static str> {
    Some(match placed(name)?.role {
        TensorRole::Down | TensorRole::Up => "LoRA",
        TensorRole::Mid => "LoCon",
        TensorRole::DoraScale | TensorRole::Magnitude => "DoRA",
        TensorRole::HadamardA1
        | TensorRole::HadamardB1
        | TensorRole::HadamardA2
        | TensorRole::HadamardB2 => "LoHa",
        TensorRole::HadamardT1 | TensorRole::HadamardT2 => "LoHa",
        TensorRole::Kronecker1 | TensorRole::KroneckerA1 | TensorRole::KroneckerB1 => "LoKr",
        TensorRole::Kronecker2
        | TensorRole::KroneckerA2
        | TensorRole::KroneckerB2
        | TensorRole::KroneckerT2 => "LoKr",
        TensorRole::Difference | TensorRole::NormDifference => "whole difference",
        TensorRole::BiasDifference | TensorRole::NormBiasDifference => "difference of biases",
        TensorRole::OnInput => "IA\u{b3}",
        TensorRole::Rotation => "OFT",
        TensorRole::GeneralA1
        | TensorRole::GeneralA2
        | TensorRole::GeneralB1
        | TensorRole::GeneralB2 => "GLoRA",
        TensorRole::Alpha | TensorRole::Factors | TensorRole::Rescale => return None,
    })
}

/// The key of a layer, however it is spelt. The text encoder's own prefix is left out, as in newer
/// files.
pub fn key(part: Part, layer: &str) -> String {
    let key = layer.replace('.', "_");
    match (part, key.strip_prefix("text_model_")) {
        (Part::TextEncoder | Part::SecondTextEncoder, Some(rest)) => rest.into(),
        _ => key,
    }
}
