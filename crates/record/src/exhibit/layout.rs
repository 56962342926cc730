//! A small engine that sets text, tables and figures on pages. The PDF library draws what it is told
//! where it is told to; everything about lines, columns and pages is decided here.

mod cell;
mod figure;
mod flow;
mod fonts;
mod legible;
mod paint;
mod paragraph;
mod shape;
mod sheet;
mod table;
mod tags;

pub use figure::{Drawings, Panel};
pub use fonts::{Face, FontFile, Fonts, Voice};
pub use legible::heard;
pub use paint::{About, paint};
pub use paragraph::{Align, Line, Paragraph, Style};
pub use sheet::{ARTIFACT, Area, ElementRole, MAX_PAGES, Mark, PlacedMark, Sheet};
pub use table::{Cell, Column, Table, TableRow};
