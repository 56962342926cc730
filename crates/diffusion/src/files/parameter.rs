//! One parameter of a network. It stays in the mapped file for as long as possible: a single-precision
//! model is then never copied, and a half-precision one is widened where and when it is needed.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use half::slice::HalfFloatSliceExt;
use half::{bf16, f16};

use super::located::{Element, count};
use super::mapping::Mapping;
use super::trained::TrainedValues;
use crate::ModelError;

/// Number of half-precision numbers that are widened at once.
const CHUNK: usize = 1024;

/// One tensor of a model, in row-major order. A clone shares the numbers.
#[derive(Clone)]
pub struct Parameter {
    shape: Vec<usize>,
    storage: Storage,
    slot: Option<usize>,
}

#[derive(Clone)]
enum Storage {
    Mapped {
        mapping: Arc<Mapping>,
        offset: usize,
        length: usize,
        element: Element,
    },
    Held(Arc<Vec<f32>>),
    Trained(TrainedValues),
}

/// A parameter's values for the time of a computation.
pub enum Numbers<'a> {
    /// As they lie in the file or are held in memory.
    Lent(&'a [f32]),
    /// Widened or rounded to single precision.
    Converted(Vec<f32>),
    /// Of a training, as they were when they were asked for.
    Shared(Arc<Vec<f32>>),
}

impl Deref for Numbers<'_> {
    type Target = [f32];
    fn deref(&self) -> &[f32] {
        match self {
            Self::Lent(values) => values,
            Self::Converted(values) => values,
            Self::Shared(values) => values,
        }
    }
}

impl Numbers<'_> {
    /// The values in memory of the caller's own.
    pub fn into_owned(self) -> Vec<f32> {
        match self {
            Self::Lent(values) => values.to_vec(),
            Self::Converted(values) => values,
            Self::Shared(values) => Arc::unwrap_or_clone(values),
        }
    }
}

impl<'a> From<Cow<'a, [f32]>> for Numbers<'a> {
    fn from(values: Cow<'a, [f32]>) -> Self {
        match values {
            Cow::Borrowed(values) => Self::Lent(values),
            Cow::Owned(values) => Self::Converted(values),
        }
    }
}

/// The two formats of two bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HalfKind {
    F16,
    /// The exponent of single precision.
    Bf16,
}

impl Parameter {
    /// The tensor at `length` bytes from `offset` of a mapped file, which the reader of the file has
    /// checked to lie inside it and to fit `shape`.
    pub(super) fn mapped(
        shape: Vec<usize>,
        mapping: Arc<Mapping>,
        (offset, length): (usize, usize),
        element: Element,
    ) -> Self {
        let storage = Storage::Mapped {
            mapping,
            offset,
            length,
            element,
        };
        Self {
            shape,
            storage,
            slot: None,
        }
    }

    /// A tensor of given values, in row-major order.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if their number is not the product of `shape`.
    pub fn from_values(
        shape: Vec<usize>,
        values: impl Into<Arc<Vec<f32>>>,
    ) -> Result<Self, ModelError> {
        let values = values.into();
        fits(&shape, values.len())?;
        Ok(Self {
            shape,
            storage: Storage::Held(values),
            slot: None,
        })
    }

    /// A tensor in training: its values follow what the optimiser makes of `values`, and its gradient is
    /// number `slot` of those that a training tape collects.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if the number of values is not the product of `shape`.
    pub fn in_training(
        shape: Vec<usize>,
        values: &TrainedValues,
        slot: usize,
    ) -> Result<Self, ModelError> {
        fits(&shape, values.get().len())?;
        Ok(Self {
            shape,
            storage: Storage::Trained(values.clone()),
            slot: Some(slot),
        })
    }

    /// True if the values change between the steps of a training.
    pub fn is_trained(&self) -> bool {
        matches!(self.storage, Storage::Trained(_))
    }

    /// Its place among the gradients that are collected, if it is trained.
    pub fn slot(&self) -> Option<usize> {
        self.slot
    }

    /// The same values under other dimensions.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if the number of values is not the product of `shape`.
    pub fn reshaped(self, shape: Vec<usize>) -> Result<Self, ModelError> {
        fits(&shape, self.len())?;
        Ok(Self { shape, ..self })
    }

    /// The dimensions, outermost first.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The number of values.
    pub fn len(&self) -> usize {
        match &self.storage {
            Storage::Mapped {
                length, element, ..
            } => element.count(*length),
            Storage::Held(values) => values.len(),
            Storage::Trained(values) => values.get().len(),
        }
    }

    /// True if there are no values at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// True if the numbers still lie in the mapped file, in whatever precision it has.
    pub fn is_mapped(&self) -> bool {
        matches!(self.storage, Storage::Mapped { .. })
    }

    /// The values in single precision: borrowed where the file holds them aligned in that precision,
    /// otherwise widened (or, from double precision, rounded) into a copy.
    pub fn values(&self) -> Numbers<'_> {
        match &self.storage {
            Storage::Held(values) => Numbers::Lent(values),
            Storage::Trained(values) => Numbers::Shared(values.get()),
            Storage::Mapped {
                mapping,
                offset,
                length,
                element,
            } => {
                let bytes = mapped(mapping, *offset, *length);
                single_precision(bytes, *element).into()
            }
        }
    }

    /// The numbers as the file holds them, where these are of two bytes each.
    pub fn halves(&self) -> Option<(Vec<u16>, HalfKind)> {
        let Storage::Mapped {
            mapping,
            offset,
            length,
            element,
        } = &self.storage
        else {
            return None;
        };
        let kind = match element {
            Element::F16 => HalfKind::F16,
            Element::Bf16 => HalfKind::Bf16,
            Element::F32 | Element::F64 => return None,
        };
        let pairs = mapped(mapping, *offset, *length).as_chunks().0;
        Some((
            pairs.iter().map(|&pair| u16::from_le_bytes(pair)).collect(),
            kind,
        ))
    }

    /// True if no value is an infinity or no number, and all of them are numbers in single precision.
    /// Nothing is copied. A parameter in training is taken for finite.
    pub fn is_finite(&self) -> bool {
        match &self.storage {
            Storage::Held(values) => values.iter().all(|v| v.is_finite()),
            Storage::Trained(_) => true,
            Storage::Mapped {
                mapping,
                offset,
                length,
                element,
            } => {
                let bytes = mapped(mapping, *offset, *length);
                // The exponent of what is not finite is all ones.
                match element {
                    Element::F32 => all(bytes, |b| {
                        u32::from_le_bytes(b) & 0x7f80_0000 != 0x7f80_0000
                    }),
                    Element::F16 => all(bytes, |b| u16::from_le_bytes(b) & 0x7c00 != 0x7c00),
                    Element::Bf16 => all(bytes, |b| u16::from_le_bytes(b) & 0x7f80 != 0x7f80),
                    Element::F64 => all(bytes, |b| (f64::from_le_bytes(b) as f32).is_finite()),
                }
            }
        }
    }

    /// The same parameter with its values at hand in single precision: held in memory where
    /// [`values`](Self::values) converts, otherwise unchanged.
    pub fn widened(self) -> Self {
        let copied = match self.values() {
            Numbers::Lent(_) | Numbers::Shared(_) => None,
            Numbers::Converted(values) => Some(values),
        };
        match copied {
            None => self,
            Some(values) => Self {
                storage: Storage::Held(Arc::new(values)),
                ..self
            },
        }
    }

    /// The values in memory of the caller's own; mapped pages that they were read from leave the resident set.
    pub fn into_values(self) -> Vec<f32> {
        let values = self.values().into_owned();
        self.release();
        values
    }

    /// Tells the system that the mapped pages are not needed for now, which keeps the resident set
    /// small. The values stay readable; a parameter held in memory is not touched.
    pub fn release(&self) {
        if let Storage::Mapped {
            mapping,
            offset,
            length,
            ..
        } = &self.storage
        {
            mapping.release(*offset, *length);
        }
    }
}

impl fmt::Debug for Parameter {
    /// The dimensions alone: the values of one parameter fill screens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parameter")
            .field("shape", &self.shape)
            .field("mapped", &self.is_mapped())
            .finish_non_exhaustive()
    }
}

fn fits(shape: &[usize], values: usize) -> Result<(), ModelError> {
    if count(shape) == Some(values) {
        return Ok(());
    }
    Err(ModelError::Shape {
        what: "a parameter".into(),
        expected: shape.to_vec(),
        found: vec![values],
    })
}

/// True if `holds` of every number of `bytes`. By chunks without a branch inside, so that the machine's
/// vector instructions are used.
fn all<const N: usize>(bytes: &[u8], holds: impl Fn([u8; N]) -> bool) -> bool {
    let chunks = bytes.as_chunks().0.chunks(CHUNK);
    let mut chunks =
        chunks.map(|chunk| chunk.iter().fold(true, |all, &number| all & holds(number)));
    chunks.all(|all| all)
}

fn single_precision(bytes: &[u8], element: Element) -> Cow<'_, [f32]> {
    match element {
        Element::F32 => match bytemuck::try_cast_slice(bytes) {
            Ok(values) if cfg!(target_endian = "little") => Cow::Borrowed(values),
            _ => Cow::Owned(numbers(bytes, f32::from_le_bytes)),
        },
        Element::F64 => Cow::Owned(numbers(bytes, |b| f64::from_le_bytes(b) as f32)),
        Element::F16 => Cow::Owned(halves(bytes, f16::from_le_bytes)),
        Element::Bf16 => Cow::Owned(halves(bytes, bf16::from_le_bytes)),
    }
}

/// The bytes of a tensor. Never less: the reader of the file checked the range, and a map keeps its length.
fn mapped(mapping: &Mapping, offset: usize, length: usize) -> &[u8] {
    let range = offset..offset.saturating_add(length);
    mapping.bytes().get(range).unwrap_or_default()
}

fn numbers<const N: usize>(bytes: &[u8], number: impl Fn([u8; N]) -> f32) -> Vec<f32> {
    bytes.as_chunks().0.iter().map(|&b| number(b)).collect()
}

/// By chunks, because the conversion of a slice uses the machine's vector instructions.
fn halves<H: Copy + Default>(bytes: &[u8], half: impl Fn([u8; 2]) -> H) -> Vec<f32>
where
    [H]: HalfFloatSliceExt,
{
    let pairs = bytes.as_chunks().0;
    let mut values = vec![0.0; pairs.len()];
    let mut chunk = [H::default(); CHUNK];
    for (pairs, values) in pairs.chunks(CHUNK).zip(values.chunks_mut(CHUNK)) {
        for (half_number, &pair) in chunk.iter_mut().zip(pairs) {
            *half_number = half(pair);
        }
        if let Some(halves) = chunk.get(..values.len()) {
            halves.convert_to_f32_slice(values);
        }
    }
    values
}
