//! The record of an examination: the case on disk, the order of work in it, charts, and the exhibit.

pub mod case;
pub mod casework;
pub mod chart;
pub mod exhibit;
pub mod glyph_outlines;
