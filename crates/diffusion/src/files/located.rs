//! A tensor's place in a mapped file: what the readers of all file formats hand to [`Weights`].
//!
//! [`Weights`]: super::weights::Weights

/// The kinds of number that are read as weights, little-endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// IEEE half precision.
    F16,
    /// The upper half of a single-precision number.
    Bf16,
    /// IEEE single precision.
    F32,
    /// IEEE double precision.
    F64,
}

impl Element {
    /// The count of numbers in `bytes` bytes.
    pub fn count(self, bytes: usize) -> usize {
        match self {
            Self::F16 | Self::Bf16 => bytes / 2,
            Self::F32 => bytes / 4,
            Self::F64 => bytes / 8,
        }
    }

    /// Size of one number, in bytes.
    pub fn bytes(self) -> usize {
        match self {
            Self::F16 | Self::Bf16 => 2,
            Self::F32 => 4,
            Self::F64 => 8,
        }
    }
}

/// One tensor of a file.
pub struct Located {
    /// Its name.
    pub name: String,
    /// Its dimensions.
    pub shape: Vec<usize>,
    /// The kind of its numbers, or the name of a kind that is not read as weights.
    pub element: Result<Element, String>,
    /// Its start, in bytes from the start of the file.
    pub offset: usize,
    /// Its length in bytes: for a kind that is read, the product of the dimensions times the size
    /// of an element, all of it inside the file.
    pub length: usize,
}

/// The number of values of a tensor of these dimensions, if it can be counted at all.
pub fn count(shape: &[usize]) -> Option<usize> {
    shape
        .iter()
        .try_fold(1usize, |product, &dimension| product.checked_mul(dimension))
}

/// Size in bytes of one number of a kind that is not read as weights: a whole number, as safetensors or as
/// PyTorch calls its kind.
pub fn integer_bytes(kind: &str) -> Option<usize> {
    match kind {
        "I64" | "U64" | "LongStorage" => Some(8),
        "I32" | "U32" | "IntStorage" => Some(4),
        "I16" | "U16" | "ShortStorage" => Some(2),
        "I8" | "U8" | "BOOL" | "CharStorage" | "ByteStorage" | "BoolStorage" => Some(1),
        _ => None,
    }
}

/// The whole number that `bytes` are in a kind that is not read as weights.
pub fn integer(kind: &str, bytes: &[u8]) -> Option<f64> {
    let is_signed =
        !kind.starts_with('U') && !matches!(kind, "BOOL" | "ByteStorage" | "BoolStorage");
    if integer_bytes(kind) != Some(bytes.len()) {
        return None;
    }
    let fill = match bytes.last() {
        Some(0x80..) if is_signed => 0xff,
        _ => 0,
    };
    let mut whole = [fill; 8];
    whole.get_mut(..bytes.len())?.copy_from_slice(bytes);
    Some(match is_signed {
        true => i64::from_le_bytes(whole) as f64,
        false => u64::from_le_bytes(whole) as f64,
    })
}
