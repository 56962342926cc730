//! Writes what was laid out as PDF/A-3a and PDF/UA-1. The library checks both standards as it writes.
//! No clock and no chance: the same document gives the same bytes.

use krilla::color::rgb;
use krilla::configure::ConfigurationBuilder;
use krilla::configure::validate::{Accessibility, Archival};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt, SvgSettings};
use sha2::{Digest as _, Sha256};

use super::fonts::Fonts;
use super::paragraph::{Line, Style};
use super::sheet::{Area, Mark, PlacedMark, Sheet};
use super::tags::{outline, rect, tree};
use crate::chart::Rgb;
use crate::exhibit::{Attachment, ExhibitError};
use palimpsest_base::digest::Digest;

/// Description of the file in its metadata.
pub struct About<'a> {
    pub title: String,
    pub author: String,
    /// Program and version.
    pub program: String,
    pub date: DateTime,
    /// Description of `case.json`, for those who see only the attachment, and its bytes.
    pub record: (&'a str, &'a [u8]),
    /// Files attached beside it.
    pub attachments: &'a [Attachment],
}

/// Writes the document.
///
/// # Errors
/// [`ExhibitError::Standard`] if it does not meet a standard.
pub fn paint(sheet: &Sheet, about: &About) -> Result<Vec<u8>, ExhibitError> {
    let refused = |why: String| ExhibitError::Standard(why);
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| refused(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let (width, height) = sheet.size;
    let mut leaves: Vec<Vec<Identifier>> = sheet.elements.iter().map(|_| Vec::new()).collect();
    for items in &sheet.pages {
        let settings = PageSettings::from_wh(width, height)
            .ok_or_else(|| refused(format!("no page is {width}×{height} points")))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for item in items {
            draw(&mut surface, item, &sheet.fonts, &mut leaves);
        }
        surface.finish();
        page.finish();
    }
    let language = sheet.texts().language().tag();
    document.set_tag_tree(tree(language, &sheet.elements, &mut leaves));
    document.set_outline(outline(&sheet.bookmarks));
    document.set_metadata(metadata(sheet, about));
    document
        .embed_file(record(about))
        .ok_or_else(|| refused("case.json is attached twice".into()))?;
    for attachment in about.attachments {
        document
            .embed_file(embedded(attachment, about))
            .ok_or_else(|| refused(format!("{} is attached twice", attachment.name)))?;
    }
    document
        .finish()
        .map_err(|error| refused(error.to_string()))
}

fn record(about: &About) -> EmbeddedFile {
    let (description, bytes) = about.record;
    EmbeddedFile {
        path: "case.json".into(),
        mime_type: MimeType::new("application/json"),
        description: Some(description.into()),
        association_kind: AssociationKind::Source,
        data: bytes.to_vec().into(),
        modification_date: Some(about.date),
        compress: Some(true),
        location: None,
    }
}

fn embedded(attachment: &Attachment, about: &About) -> EmbeddedFile {
    EmbeddedFile {
        path: attachment.name.clone(),
        mime_type: MimeType::new(attachment.media_type),
        description: Some(attachment.description.into()),
        association_kind: AssociationKind::Supplement,
        data: attachment.bytes.clone().into(),
        modification_date: Some(about.date),
        compress: Some(true),
        location: None,
    }
}

/// Draws an item; what belongs to an element is noted among its leaves.
fn draw(surface: &mut Surface, item: &PlacedMark, fonts: &Fonts, leaves: &mut [Vec<Identifier>]) {
    let mut tagged = |surface: &mut Surface, tag: SpanTag, paint: &mut dyn FnMut(&mut Surface)| {
        let tag = match item.element {
            Some(_) => ContentTag::Span(tag),
            None => ContentTag::Artifact(Artifact::with_kind(match item.mark {
                Mark::Text(..) => ArtifactType::PaginationOther,
                _ => ArtifactType::Layout,
            })),
        };
        let identifier = surface.start_tagged(tag);
        paint(surface);
        surface.end_tagged();
        if let Some(leaves) = item.element.and_then(|element| leaves.get_mut(element)) {
            leaves.push(identifier);
        }
    };
    match &item.mark {
        Mark::Text(lines, style) => {
            for line in lines {
                let plain = line.0.text.replace(' ', "");
                let plain = (style.grouped && plain != line.0.text).then_some(plain.as_str());
                let tag = SpanTag::empty().with_actual_text(plain);
                tagged(surface, tag, &mut |surface| {
                    text(surface, line, style, fonts)
                });
            }
        }
        mark => tagged(surface, SpanTag::empty(), &mut |surface| {
            shape(surface, mark)
        }),
    }
}

fn text(
    surface: &mut Surface,
    (line, x, baseline): &(Line, f32, f32),
    style: &Style,
    fonts: &Fonts,
) {
    surface.set_stroke(None);
    surface.set_fill(Some(fill(style.colour)));
    for run in &line.runs {
        if let Some(face) = fonts.face(run.face) {
            let start = Point::from_xy(x + run.x, *baseline);
            let font = face.font.clone();
            surface.draw_glyphs(start, &run.glyphs, font, &run.text, style.size, false);
        }
    }
}

fn shape(surface: &mut Surface, mark: &Mark) {
    match mark {
        Mark::Text(..) => {}
        Mark::Picture(picture, area) => {
            let mut pixels = Vec::with_capacity(picture.len() / 3 * 4);
            for pixel in picture.pixels() {
                let [red, green, blue] = pixel.0;
                pixels.extend([red, green, blue, 255]);
            }
            let image = Image::from_rgba8(pixels, picture.width(), picture.height());
            placed(surface, area, |surface, size| {
                surface.draw_image(image, size)
            });
        }
        Mark::Drawing(tree, area) => placed(surface, area, |surface, size| {
            // Drawing fails for no document that could be read.
            let _ = surface.draw_svg(tree, size, SvgSettings::default());
        }),
        Mark::Fill(area, colour) => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*colour)));
            outlined(surface, area);
        }
        Mark::Frame(area, weight, colour) => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: colour_of(*colour).into(),
                width: *weight,
                ..Stroke::default()
            }));
            outlined(surface, area);
            surface.set_stroke(None);
        }
    }
}

fn placed(surface: &mut Surface, area: &Area, draw: impl FnOnce(&mut Surface, Size)) {
    if let Some(size) = Size::from_wh(area.width, area.height) {
        surface.push_transform(&Transform::from_translate(area.x, area.y));
        draw(surface, size);
        surface.pop();
    }
}

fn outlined(surface: &mut Surface, area: &Area) {
    let mut path = PathBuilder::new();
    if let Some(rect) = rect(area) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn colour_of([red, green, blue]: Rgb) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn fill(colour: Rgb) -> Fill {
    Fill {
        paint: colour_of(colour).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

fn metadata(sheet: &Sheet, about: &About) -> Metadata {
    Metadata::new()
        .title(about.title.clone())
        .authors(vec![about.author.clone()])
        .creator(about.program.clone())
        .producer(about.program.clone())
        .language(sheet.texts().language().tag().into())
        .creation_date(about.date)
        .document_id(identity(sheet, about))
}

/// A name for the document: the SHA-256 of what it says and shows.
fn identity(sheet: &Sheet, about: &About) -> String {
    let mut hasher = Sha256::new();
    hasher.update(about.record.1);
    for item in sheet.pages.iter().flatten() {
        match &item.mark {
            Mark::Text(lines, _) => lines
                .iter()
                .for_each(|(line, ..)| hasher.update(&line.text)),
            Mark::Picture(picture, _) => hasher.update(picture.as_raw()),
            _ => {}
        }
    }
    format!("palimpsest-exhibit-{}", Digest::from(hasher))
}
