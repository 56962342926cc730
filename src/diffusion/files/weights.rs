//! The weights of one component by name, whatever files they come in: one `.safetensors` file,
//! several with an index, or PyTorch's pickles.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::located::{Element, Located};
use super::mapping::Mapping;
use super::parameter::Parameter;
use super::{pickle, safetensors_header};
use crate::diffusion::ModelError;

/// The tensors of one component. A clone shares the mapped files.
#[derive(Clone)]
pub struct Weights {
    tensors: Arc<BTreeMap<String, Tensor>>,
    source: PathBuf,
}

struct Tensor {
    mapping: Arc<Mapping>,
    shape: Vec<usize>,
    element: Result<Element, String>,
    range: (usize, usize),
}

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
                let tensor = Tensor {
                    mapping: Arc::clone(&mapping),
                    shape: located.shape,
                    element: located.element,
                    range: (located.offset, located.length),
                };
                if let Some(first) = tensors.insert(located.name, tensor) {
                    return Err(ModelError::Damaged {
                        file: file.clone(),
                        why: format!("it repeats a tensor of {}", first.mapping.path().display()),
                    });
                }
            }
        }
        let source = match files {
            [file] => file.clone(),
            [first, ..] => first.parent().unwrap_or(first).into(),
            [] => PathBuf::new(),
        };
        Ok(Self {
            tensors: Arc::new(tensors),
            source,
        })
    }

    /// The names of all tensors, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.keys().map(String::as_str)
    }

    /// Whether there is a tensor of this name.
    pub fn contains(&self, name: &str) -> bool {
        self.tensors.contains_key(name)
    }

    /// The dimensions of the tensor of this name.
    pub fn shape(&self, name: &str) -> Option<&[usize]> {
        self.tensors.get(name).map(|tensor| tensor.shape.as_slice())
    }

    /// The tensor `name`, which must have exactly the dimensions `shape`.
    ///
    /// # Errors
    /// [`ModelError::MissingTensor`], [`ModelError::TensorShape`] or
    /// [`ModelError::UnsupportedDtype`]; each names the tensor and the file.
    pub fn parameter(&self, name: &str, shape: &[usize]) -> Result<Parameter, ModelError> {
        self.optional_parameter(name, shape)?
            .ok_or_else(|| ModelError::MissingTensor {
                name: name.into(),
                file: self.source.clone(),
            })
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
        let Some(tensor) = self.tensors.get(name) else {
            return Ok(None);
        };
        if tensor.shape != shape {
            return Err(ModelError::TensorShape {
                name: name.into(),
                file: tensor.mapping.path().into(),
                expected: shape.to_vec(),
                found: tensor.shape.clone(),
            });
        }
        let element = tensor
            .element
            .clone()
            .map_err(|dtype| ModelError::UnsupportedDtype {
                name: name.into(),
                file: tensor.mapping.path().into(),
                dtype,
            })?;
        let mapping = Arc::clone(&tensor.mapping);
        let parameter = Parameter::mapped(shape.to_vec(), mapping, tensor.range, element);
        Ok(Some(parameter))
    }
}

fn locate(mapping: &Mapping) -> Result<Vec<Located>, ModelError> {
    if is_safetensors(mapping.path()) || !pickle::is_pickle(mapping.bytes()) {
        return safetensors_header::locate(mapping);
    }
    pickle::locate(mapping)
}

/// By its name first: the length with which such a file begins may spell anything.
fn is_safetensors(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("safetensors"))
}
