//! The tables and figures of the paper (Wu et al., CVPR 2024), each a set of cells: one fine-tuning, one examination,
//! one baseline. A cell is one command, knows its inputs by their hashes, and leaves one result file; what is there is
//! not made again, and what another version made is told from it. There is no scheduler here: a plan is written as the
//! lists that schedulers take.

mod baseline;
pub mod cell;
pub mod error;
pub mod gathering;
pub mod material;
pub mod plan;
pub mod published;
pub mod rendering;
pub mod resemblance;
pub mod result;
pub mod running;
pub mod schedulers;
mod scoring;
pub mod sources;
pub mod tables;
