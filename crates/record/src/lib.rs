//! The record of an examination: the case on disk, the order of work in it, charts, and the exhibit.

// The helpers of the tests name the crate as others do.
#[cfg(test)]
extern crate self as palimpsest_record;

pub mod case;
pub mod casework;
pub mod chart;
pub mod exhibit;
pub mod font_files;
pub mod glyph_outlines;
pub mod language;
pub mod operator;
pub mod sealed_siblings;
pub mod validation;
