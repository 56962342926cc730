//! The first page: what a court looks at. The pictures, the finding in one sentence, the score among its
//! controls, and what the finding does not say.

use std::collections::BTreeSet;

use super::content::{Content, Header, QuestionedWork};
use super::date::Date;
use super::layout::{Drawings, ElementRole, Panel, Paragraph, Sheet, Style};
use super::options::Section;
use super::{ExhibitError, look, numbers, wording};
use crate::language::{Language, Texts, args};

/// The least height of the figure here: a smaller one cannot be read, and it comes again further on.
const LEAST_FIGURE: f32 = 100.0;
const MOST_FIGURE: f32 = 230.0;
/// The least side of a picture, and the side up to which it grows before the figure does.
const LEAST_SIDE: f32 = 64.0;
const USUAL_SIDE: f32 = 100.0;
/// Top of this page: it has no running head.
pub const TOP: f32 = 46.0;
/// Between the parts of this page, and between them where the figure would have no room else.
pub const APART: f32 = 18.0;
const NEARER: f32 = 9.0;
/// Works whose figures stand here; those of all stand further on.
const MAX_WORKS: usize = 6;
/// Lines of a title, and of a fact about the case; in full they stand further on.
const TITLE_LINES: usize = 3;
const FACT_LINES: usize = 2;
/// Lines of a work's name.
const NAME_LINES: usize = 2;

/// How closely the page is set.
#[derive(Clone, Copy)]
struct Closeness {
    /// Between its parts.
    apart: f32,
    finding: Style,
}

impl Closeness {
    const USUAL: Self = Self {
        apart: APART,
        finding: look::FINDING,
    };
    /// For what is longer, as another language is.
    const CLOSE: Self = Self {
        apart: NEARER,
        finding: look::CLOSE_FINDING,
    };

    /// Height of the label of a part, with the room before and after it.
    fn label(self) -> f32 {
        self.apart + look::KICKER.leading + 1.0
    }
}

/// Sets the first page; on to the next ones where its texts are too long for it.
pub fn front<'a>(
    sheet: &mut Sheet<'a>,
    content: &'a Content,
    (date, left_out): (&Date, &BTreeSet<Section>),
    drawings: &Drawings,
) -> Result<(), ExhibitError> {
    sheet.parent = sheet.element(ElementRole::Section, 0);
    sheet.y = TOP;
    let foot = Foot::of(sheet, left_out);
    head(sheet, sheet.texts().text("kind"), (&content.header, date));
    let drawing = match &content.overview {
        Some(figure) => Some((
            figure,
            drawings.read(&figure.title, &figure.svg, &mut sheet.fonts)?,
        )),
        None => None,
    };
    let figure = drawing.as_ref().map_or(0.0, |(_, drawing)| {
        let (across, down) = (drawing.size().width(), drawing.size().height());
        (sheet.width() / across * down).min(MOST_FIGURE)
    });
    // The pictures and then the room between the parts give way to the figure, as far as they can; if it has no room all
    // the same, these have it.
    let serves = |room: f32| figure > 0.0 && room >= LEAST_SIDE + LEAST_FIGURE;
    let ways = [Closeness::USUAL, Closeness::CLOSE];
    let ways = ways.map(|way| (way, room_for(sheet, content, way)));
    let found = ways.into_iter().find(|(_, room)| serves(*room));
    let [usual, _] = ways;
    let (way, room) = found.unwrap_or(usual);
    let side = match found {
        None => room,
        Some(_) if room >= USUAL_SIDE + figure => room - figure,
        Some(_) => (room - LEAST_FIGURE).min(USUAL_SIDE),
    };
    let side = side.max(LEAST_SIDE).min(column(sheet));
    if let Some(item) = content.items.first() {
        pictures(sheet, item, content.items.len(), side);
    }
    finding(sheet, content, way);
    if let (Some((figure, drawing)), Some(_)) = (drawing, found) {
        let said = not_said_height(sheet, content, way);
        let room = sheet.bottom() - sheet.y - said - look::GAP;
        if room > 0.0 {
            sheet.figure_alone(drawing, &figure.alternative, room.min(MOST_FIGURE));
        }
    }
    not_said(sheet, content, way);
    foot.set(sheet);
    Ok(())
}

/// What stands at the foot of the first page however long the rest of it was: that the record's own language binds, and
/// what this copy lacks.
pub struct Foot {
    texts: Vec<Paragraph>,
    height: f32,
}

impl Foot {
    /// The foot of a copy that lacks these sections; its room is kept free.
    pub fn of(sheet: &mut Sheet, left_out: &BTreeSet<Section>) -> Self {
        let (texts, width) = (sheet.texts(), sheet.width());
        let translated = texts.language() != Language::English;
        let binding = translated.then(|| sheet.wrap(texts.text("which-binds"), look::SMALL, width));
        let missing = (!left_out.is_empty()).then(|| wording::left_out(texts, left_out));
        let missing = missing.map(|text| sheet.wrap(&text, look::CELL_STRONG, width));
        let texts: Vec<Paragraph> = binding.into_iter().chain(missing).collect();
        let height = texts.iter().map(Paragraph::height).sum();
        sheet.kept_free = if texts.is_empty() {
            0.0
        } else {
            height + NEARER
        };
        Self { texts, height }
    }

    /// Sets it on the first page.
    pub fn set(&self, sheet: &mut Sheet) {
        let mut y = sheet.size.1 - look::BOTTOM - self.height;
        for text in &self.texts {
            let element = sheet.element(ElementRole::Paragraph, sheet.parent);
            let width = sheet.width();
            sheet.on(0, |sheet| {
                y += sheet.put_text(text, Some(element), (look::SIDE, y, width));
            });
        }
    }
}

/// Width of a column of this page.
pub fn column(sheet: &Sheet) -> f32 {
    (sheet.width() - 2.0 * look::GAP) / 3.0
}

/// What is left of the page for the pictures and the figure.
fn room_for(sheet: &mut Sheet, content: &Content, way: Closeness) -> f32 {
    sheet.bottom() - sheet.y - below(sheet, content, way)
}

/// Height of all that stands with the pictures and below them, but for the figure.
fn below(sheet: &mut Sheet, content: &Content, way: Closeness) -> f32 {
    let (width, column) = (sheet.width(), column(sheet));
    let texts = sheet.texts();
    let told = wording::finding(texts, &content.evaluation.finding);
    let finding = sheet.wrap(&told, way.finding, width);
    let numbers = numbers::height(sheet, content, MAX_WORKS);
    let name = content
        .items
        .first()
        .map(|item| name(texts, item, content.items.len()));
    let name = name.map(|name| sheet.wrap_short(&name, look::CELL_STRONG, (width, NAME_LINES)));
    let name = name.map_or(0.0, |name| name.height() + look::HASH.leading);
    let labels = content.items.first().map_or(0.0, |item| {
        sheet.labels_height(&panels(texts, item), column) + look::NEAR + look::SPACE
    });
    let finding = way.label() + finding.height() + look::SPACE;
    labels + name + finding + numbers + look::GAP + not_said_height(sheet, content, way)
}

/// Title, parties, examiner and program, over the first page of a document of this kind.
pub fn head(sheet: &mut Sheet, kind: &str, (header, date): (&Header, &Date)) {
    let (texts, width) = (sheet.texts(), sheet.width());
    let kicker = sheet.wrap(kind, look::KICKER, width / 2.0);
    let day = sheet.wrap(&date.words(texts), look::right(look::SMALL), width / 2.0);
    let element = sheet.element(ElementRole::Paragraph, sheet.parent);
    sheet.put_text(&kicker, Some(element), (look::SIDE, sheet.y, width));
    let element = sheet.element(ElementRole::Paragraph, sheet.parent);
    let height = sheet.put_text(&day, Some(element), (look::SIDE, sheet.y, width));
    sheet.y += height + 4.0;
    let name = wording::exhibit_name(texts, &header.exhibit);
    let exhibit = sheet.wrap_short(&name, look::EXHIBIT, (width, 1));
    sheet.bookmark(1, &name);
    let element = sheet.element(ElementRole::Heading(1, name), sheet.parent);
    sheet.y += sheet.put_text(&exhibit, Some(element), (look::SIDE, sheet.y, width));
    let title = sheet.wrap_even(&header.title, look::TITLE, (width, TITLE_LINES));
    let element = sheet.element(ElementRole::Paragraph, sheet.parent);
    sheet.y += sheet.put_text(&title, Some(element), (look::SIDE, sheet.y, width));
    sheet.y += 8.0;
    sheet.rule((look::SIDE, sheet.y, width), look::RULE, look::INK);
    sheet.y += 6.0;
    let examiner = match header.examiner.trim() {
        "" => texts.text("no-examiner"),
        name => name,
    };
    let parties = match header.parties.trim() {
        "" => texts.text("no-parties"),
        parties => parties,
    };
    let facts = [
        (texts.text("parties"), parties),
        (texts.text("examiner"), examiner),
        (texts.text("program"), &header.program),
    ];
    row(sheet, &facts);
    sheet.y += 14.0;
}

/// Labels and what they stand for, side by side.
fn row(sheet: &mut Sheet, facts: &[(&str, &str)]) {
    let width = column(sheet);
    let mut height = 0.0_f32;
    for (place, (label, value)) in facts.iter().enumerate() {
        let x = look::SIDE + (width + look::GAP) * place as f32;
        let name = sheet.element(ElementRole::Paragraph, sheet.parent);
        let element = sheet.element(ElementRole::Paragraph, sheet.parent);
        let label = sheet.wrap_short(label, look::LABEL, (width, 1));
        let value = if value.trim().is_empty() {
            "–"
        } else {
            value
        };
        let value = sheet.wrap_short(value, look::CELL, (width, FACT_LINES));
        let above = sheet.put_text(&label, Some(name), (x, sheet.y, width));
        let below = sheet.put_text(&value, Some(element), (x, sheet.y + above, width));
        height = height.max(above + below);
    }
    sheet.y += height;
}

fn pictures<'a>(sheet: &mut Sheet<'a>, item: &'a QuestionedWork, count: usize, side: f32) {
    sheet.panels(&panels(sheet.texts(), item), side, column(sheet));
    let (width, x) = (sheet.width(), look::SIDE);
    let name = name(sheet.texts(), item, count);
    let name = sheet.wrap_short(&name, look::CELL_STRONG, (width, NAME_LINES));
    let element = sheet.element(ElementRole::Paragraph, sheet.parent);
    sheet.y += sheet.put_text(&name, Some(element), (x, sheet.y, width));
    let label = sheet.wrap("SHA-256", look::LABEL, width);
    let hash = sheet.wrap(&wording::grouped(&item.sha256), look::HASH, width);
    let name = sheet.element(ElementRole::Paragraph, sheet.parent);
    let element = sheet.element(ElementRole::Paragraph, sheet.parent);
    let indent = label.width() + look::GAP / 2.0;
    sheet.put_text(&label, Some(name), (x, sheet.y, width));
    sheet.y += sheet.put_text(&hash, Some(element), (x + indent, sheet.y, width));
}

/// Name of the work below its pictures, and that there are more.
fn name(texts: &Texts, item: &QuestionedWork, count: usize) -> String {
    match count {
        1 => wording::titled(texts, &item.role, &item.name),
        more => {
            let (role, name) = (item.role.as_str(), item.name.as_str());
            let args = args!["role" => role, "name" => name, "works" => more];
            texts.with("one-of-works", &args)
        }
    }
}

/// The three pictures of a work.
pub fn panels<'a>(texts: &'static Texts, item: &'a QuestionedWork) -> [Panel<'a>; 3] {
    let alone = item.by_difference_alone;
    let [original, partial, recovered] = wording::alternatives(texts, &item.name, alone);
    let [first, second, third] = wording::pictures(texts, alone);
    let panel = |picture, (label, note), alternative| Panel {
        picture,
        label,
        note,
        alternative,
    };
    [
        panel(&item.original, first, original),
        panel(&item.partial, second, partial),
        panel(&item.recovered, third, recovered),
    ]
}

/// A heading of this page: small, so that what it heads is what is seen; so far below what is before it.
pub fn label(sheet: &mut Sheet, text: &str, (least, apart): (f32, f32)) {
    let lines = sheet.wrap(text, look::KICKER, sheet.width());
    sheet.y += apart;
    sheet.open(lines.height() + least);
    let element = sheet.element(ElementRole::Heading(2, text.to_owned()), sheet.parent);
    let place = (look::SIDE, sheet.y, sheet.width());
    sheet.y += sheet.put_text(&lines, Some(element), place) + 1.0;
}

fn finding(sheet: &mut Sheet, content: &Content, way: Closeness) {
    let texts = sheet.texts();
    let least = 2.0 * way.finding.leading;
    label(sheet, texts.text("finding"), (least, way.apart));
    let told = wording::finding(texts, &content.evaluation.finding);
    sheet.paragraph(&told, way.finding);
    numbers::numbers(sheet, content, MAX_WORKS);
}

/// Style of what the finding does not say.
const NOTE: Style = look::CELL;

fn not_said_height(sheet: &mut Sheet, content: &Content, way: Closeness) -> f32 {
    let mut height = way.label() + look::SPACE / 2.0;
    for sentence in &content.evaluation.not_said {
        height += sheet.wrap(sentence, NOTE, sheet.list_width()).height() + look::SPACE / 2.0;
    }
    height
}

fn not_said(sheet: &mut Sheet, content: &Content, way: Closeness) {
    if !content.evaluation.not_said.is_empty() {
        let least = 2.0 * NOTE.leading;
        label(sheet, sheet.texts().text("not-said"), (least, way.apart));
        sheet.list(&content.evaluation.not_said, NOTE);
    }
}
