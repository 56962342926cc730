//! Model files: reading what people have (folders, configuration files, weights), and writing weights
//! as others read them. What is read comes from strangers, so sizes are bounded and contradictions
//! refused before they are used.

// Files here come from strangers: nothing is indexed or added up unchecked.
#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

pub mod checkpoint;
pub mod config;
pub mod folder;
pub mod kind_of_file;
pub mod links;
mod located;
pub mod lora;
mod mapping;
pub mod model_source;
pub mod parameter;
pub mod part;
pub mod part_files;
mod pickle;
pub mod pipeline;
pub mod safetensors_header;
pub mod safetensors_writer;
pub mod stated_training;
pub(super) mod text;
mod trained;
pub mod weights;

pub use checkpoint::Checkpoint;
pub use folder::{Component, ModelFolder};
pub use kind_of_file::KindOfFile;
pub use lora::{Lora, LoraDescription};
pub use model_source::{FurtherLora, ModelSource};
pub use parameter::Parameter;
pub use part::Part;
pub use part_files::PartFiles;
pub use safetensors_writer::{Precision, WriteError, write_tensors};
pub use stated_training::StatedTraining;
pub use trained::TrainedValues;
pub use weights::Weights;
