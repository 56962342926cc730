//! One tensor, where it lies, and the pieces of it that others are.

use std::path::Path;
use std::sync::Arc;

use crate::files::located::{self, Element};
use crate::files::mapping::Mapping;
use crate::files::parameter::Parameter;

/// A tensor in a mapped file, or in memory.
#[derive(Clone)]
pub(super) enum Tensor {
    Mapped {
        mapping: Arc<Mapping>,
        shape: Vec<usize>,
        element: Result<Element, String>,
        range: (usize, usize),
    },
    Held(Parameter),
}

impl Tensor {
    pub(super) fn shape(&self) -> &[usize] {
        match self {
            Self::Mapped { shape, .. } => shape,
            Self::Held(parameter) => parameter.shape(),
        }
    }

    /// The `index`-th third of its rows.
    pub(super) fn third(&self, index: usize) -> Option<Self> {
        let (rows, rest) = self.shape().split_first()?;
        let rows = rows.is_multiple_of(3).then_some(rows / 3)?;
        let shape: Vec<usize> = std::iter::once(rows).chain(rest.iter().copied()).collect();
        match self {
            Self::Mapped {
                mapping,
                element,
                range: (offset, length),
                ..
            } => {
                let length = length / 3;
                Some(Self::Mapped {
                    mapping: Arc::clone(mapping),
                    shape,
                    element: element.clone(),
                    range: (offset.checked_add(index.checked_mul(length)?)?, length),
                })
            }
            Self::Held(parameter) => {
                let count = located::count(&shape)?;
                let begin = index.checked_mul(count)?;
                let values = parameter.values();
                let values = values.get(begin..begin.checked_add(count)?)?.to_vec();
                Parameter::from_values(shape, values).ok().map(Self::Held)
            }
        }
    }

    /// Its rows as columns, if it is a matrix.
    pub(super) fn transposed(&self) -> Option<Self> {
        let &[rows, columns] = self.shape() else {
            return None;
        };
        let parameter = match self {
            Self::Held(parameter) => parameter.clone(),
            Self::Mapped {
                mapping,
                shape,
                element,
                range,
            } => {
                let element = element.as_ref().ok().copied()?;
                Parameter::mapped(shape.clone(), Arc::clone(mapping), *range, element)
            }
        };
        let values = parameter.values();
        let column = |i| values.iter().skip(i).step_by(columns.max(1)).copied();
        let turned: Vec<f32> = (0..columns).flat_map(column).collect();
        let turned = Parameter::from_values(vec![columns, rows], turned);
        turned.ok().map(Self::Held)
    }

    /// The file that holds it, if one does.
    pub(super) fn file(&self) -> Option<&Path> {
        match self {
            Self::Mapped { mapping, .. } => Some(mapping.path()),
            Self::Held(_) => None,
        }
    }
}
