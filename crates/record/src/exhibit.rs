//! The exhibit: a PDF that a lawyer files and an opposing expert runs again. Its first page is what a
//! court looks at; what follows is all that is needed to check it, with `case.json` attached.
//!
//! It is PDF/A-3a and PDF/UA-1: it can be archived, and read aloud. Its bytes are a function of its
//! content and the options alone.

mod attached;
mod content;
mod date;
mod error;
mod front;
mod layout;
mod look;
mod margins;
mod numbers;
mod options;
mod preview;
mod sections;
mod sibling_report;
mod system_fonts;
mod wording;

pub use attached::{Attached, AttachedError, Attachment, attached};
pub use content::{
    Alternative, Content, Control, ControlRole, CustodyEntry, Evaluation, Figure, Finding, Header,
    Model, NotEvaluated, OtherScore, PrimaryScore, QuestionedWork, Reproduction, ScaleStep,
    Setting, Validation, ValidationRow, WorkNumbers,
};
pub use error::ExhibitError;
pub use layout::FontFile;
pub use look::FIGURES;
pub use options::{Options, PageSize, Section};
pub use sibling_report::{RankedVariant, SiblingContent};
pub use system_fonts::system_fonts;

use image::RgbImage;

use date::Date;
use layout::{About, Drawings, Fonts, MAX_PAGES, Sheet, heard};

/// The longest title, author or program of a file, in characters.
const MAX_ABOUT: usize = 400;

/// A finished exhibit.
#[derive(Clone, Debug)]
pub struct Exhibit {
    /// The file.
    pub pdf: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
    /// Characters that no font has. They are spelt out as code points; with a font that has them,
    /// passed in the options, they would be shown.
    pub missing: Vec<char>,
}

/// Writes an exhibit.
///
/// # Errors
/// [`ExhibitError`] if there is no questioned work, the date is none, a picture is empty, a figure is
/// no drawing, or the document would not meet PDF/A-3a and PDF/UA-1.
pub fn write(content: &Content, options: &Options) -> Result<Exhibit, ExhibitError> {
    Draft::new(content, options)?.write()
}

/// An exhibit that is laid out and not yet written: its pages can be looked at.
pub struct Draft<'a> {
    sheet: Sheet<'a>,
    header: &'a Header,
    /// `case.json`, as it is on disk.
    record: &'a [u8],
    attachments: &'a [Attachment],
    date: Date,
}

impl<'a> Draft<'a> {
    /// Lays an exhibit out.
    ///
    /// # Errors
    /// [`ExhibitError`] if there is no questioned work, the date is none, a picture is empty, a figure
    /// is no drawing, or there are far too many pages.
    pub fn new(content: &'a Content, options: &'a Options) -> Result<Self, ExhibitError> {
        check(content)?;
        let date = Date::read(&content.header.date)?;
        let fonts = Fonts::new(&options.fonts, options.language.texts())?;
        let drawings = Drawings::new(&fonts);
        let mut sheet = Sheet::new(fonts, options.page.points());
        front::front(&mut sheet, content, (&date, &options.left_out), &drawings)?;
        sections::sections(&mut sheet, content, options, &drawings)?;
        Self::laid_out(sheet, content, date)
    }

    /// Lays out the report on a test among sealed siblings; of the options it takes language, paper, fonts and
    /// certificate.
    ///
    /// # Errors
    /// As [`Draft::new`].
    pub fn of_siblings(
        content: &'a SiblingContent,
        options: &'a Options,
    ) -> Result<Self, ExhibitError> {
        if content.picture.is_empty() {
            return Err(ExhibitError::Picture(content.published.clone()));
        }
        let date = Date::read(&content.case.header.date)?;
        let fonts = Fonts::new(&options.fonts, options.language.texts())?;
        let drawings = Drawings::new(&fonts);
        let mut sheet = Sheet::new(fonts, options.page.points());
        sibling_report::report(&mut sheet, content, (&date, options), &drawings)?;
        Self::laid_out(sheet, &content.case, date)
    }

    /// The draft whose text is all on its pages.
    fn laid_out(
        mut sheet: Sheet<'a>,
        content: &'a Content,
        date: Date,
    ) -> Result<Self, ExhibitError> {
        sheet.settle();
        if sheet.pages.len() > MAX_PAGES {
            return Err(ExhibitError::TooLong(MAX_PAGES));
        }
        margins::margins(&mut sheet, &content.header);
        Ok(Self {
            sheet,
            header: &content.header,
            record: &content.record,
            attachments: &content.attachments,
            date,
        })
    }

    /// Number of pages.
    pub fn pages(&self) -> usize {
        self.sheet.pages.len()
    }

    /// Characters that no font has, as in [`Exhibit::missing`].
    pub fn missing(&self) -> Vec<char> {
        self.sheet.fonts.missing()
    }

    /// A page, counted from 0, at `scale` pixels per point (1 is 72 dpi).
    ///
    /// # Errors
    /// [`ExhibitError::Preview`] if there is no such page, or none of this size can be drawn.
    pub fn page(&self, page: usize, scale: f32) -> Result<RgbImage, ExhibitError> {
        preview::draw(&self.sheet, page, scale)
    }

    /// Writes the file.
    ///
    /// # Errors
    /// [`ExhibitError::Standard`] if it would not meet PDF/A-3a and PDF/UA-1.
    pub fn write(&self) -> Result<Exhibit, ExhibitError> {
        let header = self.header;
        let texts = self.sheet.texts();
        let name = wording::exhibit_name(texts, &header.exhibit);
        let about = About {
            title: heard(&wording::titled(texts, &name, &header.title), MAX_ABOUT),
            author: heard(&header.examiner, MAX_ABOUT),
            program: heard(&header.program, MAX_ABOUT),
            date: self.date.stamp(),
            record: (texts.text("record-file"), self.record),
            attachments: self.attachments,
        };
        Ok(Exhibit {
            pdf: layout::paint(&self.sheet, &about)?,
            pages: self.pages(),
            missing: self.missing(),
        })
    }
}

fn check(content: &Content) -> Result<(), ExhibitError> {
    if content.items.is_empty() {
        return Err(ExhibitError::NoWork);
    }
    for item in &content.items {
        let pictures = [&item.original, &item.partial, &item.recovered];
        if pictures.iter().any(|picture| picture.is_empty()) {
            return Err(ExhibitError::Picture(item.name.clone()));
        }
    }
    Ok(())
}
