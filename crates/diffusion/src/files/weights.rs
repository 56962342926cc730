//! The weights of one component by name, wherever they come from: one `.safetensors` file, several with
//! an index, PyTorch's pickles, or memory, where training keeps them. An outline has no values at all:
//! a network built from it says which tensors it needs.

mod renaming;
mod tensor;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

pub use self::renaming::{Piece, Renamed};
use self::tensor::Tensor;
use super::located::{self, Located};
use super::mapping::Mapping;
use super::parameter::Parameter;
use super::{pickle, safetensors_header};
use crate::ModelError;

/// The tensors of one component. A clone shares the mapped files.
#[derive(Clone)]
pub struct Weights {
    tensors: Arc<BTreeMap<String, Tensor>>,
    source: PathBuf,
    outline: Option<Arc<Mutex<Shapes>>>,
}

/// Tensors by name, with their dimensions.
pub type Shapes = BTreeMap<String, Vec<usize>>;

impl Weights {
    /// Maps the files that together hold one component, and reads what tensors they hold. Nothing in
    /// them is executed.
    ///
    /// # Errors
    /// [`ModelError`] if a file cannot be read, is damaged, is of no known form, or holds a tensor
    /// that another of the files holds as well.
    pub fn open(files: &[PathBuf]) -> Result<Self, ModelError> {
        let mut tensors = BTreeMap::new();
        for file in files {
            let mapping = Arc::new(Mapping::open(file)?);
            for located in locate(&mapping)? {
                let tensor = Tensor::Mapped {
                    mapping: Arc::clone(&mapping),
                    shape: located.shape,
                    element: located.element,
                    range: (located.offset, located.length),
                };
                if let Some(first) = tensors.insert(located.name, tensor) {
                    // Every tensor here was mapped; one that was not could only be this file's own.
                    let first = first.file().unwrap_or(file);
                    return Err(ModelError::Damaged {
                        file: file.clone(),
                        why: format!("it repeats a tensor of {}", first.display()),
                    });
                }
            }
        }
        let source = match files {
            [file] => file.clone(),
            // A path without a parent names itself: this is only for messages.
            [first, ..] => first.parent().unwrap_or(first).into(),
            [] => PathBuf::new(),
        };
        Ok(Self {
            tensors: Arc::new(tensors),
            source,
            outline: None,
        })
    }

    /// The tensors that the network built by `build` asks for.
    ///
    /// # Errors
    /// Those of `build`.
    pub fn outline<T>(
        build: impl FnOnce(&Self) -> Result<T, ModelError>,
    ) -> Result<Shapes, ModelError> {
        let asked = Arc::new(Mutex::new(Shapes::new()));
        build(&Self {
            tensors: Arc::default(),
            source: PathBuf::new(),
            outline: Some(Arc::clone(&asked)),
        })?;
        // Shapes are inserted whole: a panic elsewhere leaves none half-written.
        let mut shapes = asked.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(std::mem::take(&mut *shapes))
    }

    /// These weights with `parameters` in place of, or besides, the tensors of the same names.
    pub fn with(&self, parameters: impl IntoIterator<Item = (String, Parameter)>) -> Self {
        let mut tensors = (*self.tensors).clone();
        let held = |(name, parameter)| (name, Tensor::Held(parameter));
        tensors.extend(parameters.into_iter().map(held));
        Self {
            tensors: Arc::new(tensors),
            ..self.clone()
        }
    }

    /// The number in a tensor of one element, whatever the kind in which it is stored.
    ///
    /// # Errors
    /// [`ModelError::MissingTensor`], [`ModelError::TensorShape`] if it holds several numbers, or
    /// [`ModelError::UnsupportedDtype`].
    pub fn number(&self, name: &str) -> Result<f64, ModelError> {
        let shape = self.dimensions(name)?;
        let one = if located::count(shape) == Some(1) {
            shape
        } else {
            &[]
        };
        if let Some(Tensor::Mapped {
            mapping,
            element: Err(kind),
            range: (offset, length),
            ..
        }) = self.tensors.get(name)
        {
            let end = offset.saturating_add(*length);
            let bytes = mapping.bytes().get(*offset..end).unwrap_or_default();
            if let (true, Some(number)) = (shape == one, located::integer(kind, bytes)) {
                return Ok(number);
            }
        }
        let parameter = self.parameter(name, one)?;
        // A tensor of one element has a first one.
        Ok(parameter
            .values()
            .first()
            .copied()
            .map_or(f64::NAN, f64::from))
    }

    /// The first tensor that holds an infinity or no number at all, if one does. Takes as long as reading
    /// the files.
    pub fn not_finite(&self) -> Option<&str> {
        let named: Vec<_> = self.tensors.iter().collect();
        named.par_iter().find_map_first(|(name, tensor)| {
            let parameter = match tensor {
                Tensor::Held(parameter) => parameter.clone(),
                Tensor::Mapped {
                    mapping,
                    shape,
                    element,
                    range,
                } => {
                    // Of another kind no network reads it: asking for it is an error.
                    let element = element.as_ref().ok()?;
                    Parameter::mapped(shape.clone(), Arc::clone(mapping), *range, *element)
                }
            };
            let damaged = !parameter.is_finite();
            parameter.release();
            damaged.then_some(name.as_str())
        })
    }

    /// The file, or the folder of several files, for messages.
    pub fn source(&self) -> &Path {
        &self.source
    }

    /// Weights held in memory.
    pub fn held(parameters: impl IntoIterator<Item = (String, Parameter)>) -> Self {
        let nothing = Self {
            tensors: Arc::default(),
            source: PathBuf::from("the weights in memory"),
            outline: None,
        };
        nothing.with(parameters)
    }

    /// The number of values of all tensors together.
    pub fn numbers(&self) -> u64 {
        let shapes = self.tensors.values().map(Tensor::shape);
        let sizes = shapes.map(|shape| {
            shape
                .iter()
                .map(|&side| side as u64)
                .fold(1, u64::saturating_mul)
        });
        sizes.fold(0, u64::saturating_add)
    }

    /// The names of all tensors, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.keys().map(String::as_str)
    }

    /// True if there is a tensor of this name.
    pub fn contains(&self, name: &str) -> bool {
        self.outline.is_some() || self.tensors.contains_key(name)
    }

    /// The dimensions of the tensor of this name, if there is one.
    pub fn shape(&self, name: &str) -> Option<&[usize]> {
        self.tensors.get(name).map(Tensor::shape)
    }

    /// The dimensions of the tensor of this name.
    ///
    /// # Errors
    /// [`ModelError::MissingTensor`].
    pub fn dimensions(&self, name: &str) -> Result<&[usize], ModelError> {
        self.shape(name).ok_or_else(|| self.missing(name))
    }

    /// The tensor of this name with the dimensions that it has.
    ///
    /// # Errors
    /// [`ModelError::MissingTensor`] or [`ModelError::UnsupportedDtype`].
    pub fn stored(&self, name: &str) -> Result<Parameter, ModelError> {
        self.parameter(name, self.dimensions(name)?)
    }

    /// True if the linear map whose weight has this name is stored as a 1×1 convolution. Diffusers
    /// always stores some of them so, which an outline goes by.
    pub fn is_convolution(&self, name: &str) -> bool {
        const ALWAYS: [&str; 3] = [
            "quant_conv.weight",
            "post_quant_conv.weight",
            "conv_shortcut.weight",
        ];
        match self.shape(name) {
            Some(shape) => shape.len() == 4,
            None => ALWAYS.iter().any(|end| name.ends_with(end)),
        }
    }

    /// The tensor `name`, which must have exactly the dimensions `shape`.
    ///
    /// # Errors
    /// [`ModelError::MissingTensor`], [`ModelError::TensorShape`] or
    /// [`ModelError::UnsupportedDtype`]; each names the tensor and the file.
    pub fn parameter(&self, name: &str, shape: &[usize]) -> Result<Parameter, ModelError> {
        self.optional_parameter(name, shape)?
            .ok_or_else(|| self.missing(name))
    }

    fn missing(&self, name: &str) -> ModelError {
        ModelError::MissingTensor {
            name: name.into(),
            file: self.source.clone(),
        }
    }

    /// The tensor `name`, which must have exactly the dimensions `shape` if it is there.
    ///
    /// # Errors
    /// [`ModelError::TensorShape`] or [`ModelError::UnsupportedDtype`].
    pub fn optional_parameter(
        &self,
        name: &str,
        shape: &[usize],
    ) -> Result<Option<Parameter>, ModelError> {
        if let Some(asked) = &self.outline {
            let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
            asked.insert(name.into(), shape.to_vec());
            let zeros = vec![0.0; shape.iter().product()];
            return Parameter::from_values(shape.to_vec(), zeros).map(Some);
        }
        let Some(tensor) = self.tensors.get(name) else {
            return Ok(None);
        };
        let file = tensor.file().unwrap_or(&self.source);
        if tensor.shape() != shape {
            return Err(ModelError::TensorShape {
                name: name.into(),
                file: file.into(),
                expected: shape.to_vec(),
                found: tensor.shape().to_vec(),
            });
        }
        Ok(Some(match tensor {
            Tensor::Held(parameter) => parameter.clone(),
            Tensor::Mapped {
                mapping,
                element,
                range,
                ..
            } => {
                let element = element
                    .clone()
                    .map_err(|dtype| ModelError::UnsupportedDtype {
                        name: name.into(),
                        file: file.into(),
                        dtype,
                    })?;
                Parameter::mapped(shape.to_vec(), Arc::clone(mapping), *range, element)
            }
        }))
    }
}

fn locate(mapping: &Mapping) -> Result<Vec<Located>, ModelError> {
    if safetensors_header::is_safetensors(mapping.path()) || !pickle::is_pickle(mapping.bytes()) {
        return safetensors_header::locate(mapping);
    }
    pickle::locate(mapping)
}
