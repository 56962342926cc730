//! CGI-DM, the method: from an artwork and two models to scores, and what those scores say.

pub mod artwork;
pub mod event_sink;
pub mod examination;
pub mod generation;
pub mod inversion;
pub mod mask;
pub mod model_file;
pub mod model_library;
pub mod models;
mod recorded_path;
pub mod similarity;
pub mod verdict;
