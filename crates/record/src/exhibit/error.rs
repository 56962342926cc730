//! Reasons why an exhibit cannot be written.

use thiserror::Error;

/// Reason why an exhibit cannot be written.
#[derive(Debug, Error)]
pub enum ExhibitError {
    /// No artwork was examined.
    #[error("an exhibit needs at least one questioned work, and the case has none")]
    NoWork,
    /// A date that is in no calendar.
    #[error("the date of the case, \"{0}\", is none: give it as year-month-day, as in 2026-03-31")]
    Date(String),
    /// A picture of no size.
    #[error("a picture of \"{0}\" is empty: examine the work again")]
    Picture(String),
    /// A figure that is no drawing.
    #[error("the figure \"{title}\" cannot be read as a drawing ({why}): draw it again")]
    Figure { title: String, why: String },
    /// A font of the program itself.
    #[error("one of the program's own fonts cannot be read: its installation is damaged")]
    Font,
    /// Far more than anybody would file.
    #[error("the exhibit would have more than {0} pages: leave sections out")]
    TooLong(usize),
    /// The PDF library refused the document.
    #[error("the exhibit does not meet PDF/A-3a and PDF/UA-1 ({0}): it was not written")]
    Standard(String),
    /// The PDF cannot be shown as pictures.
    #[error("the pages cannot be shown ({0}): open the PDF in a viewer")]
    Preview(String),
}
