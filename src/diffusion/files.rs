//! Reading what people have: model folders, their configuration files and their weights. Everything
//! here comes from strangers, so sizes are bounded and contradictions refused before they are used.

pub mod config;
pub mod folder;
mod located;
mod mapping;
pub mod parameter;
mod pickle;
mod safetensors_header;
pub(super) mod text;
pub mod weights;

pub use folder::{Component, ModelFolder};
pub use parameter::Parameter;
pub use weights::Weights;
