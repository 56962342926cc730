//! The report on a test among sealed siblings: what was sealed and when, how the variants were made and one of them was
//! drawn, how high the published one ranks, and what that cannot tell.

use std::collections::BTreeSet;

use image::RgbImage;

use super::content::{Content, Figure};
use super::date::Date;
use super::layout::{Cell, Drawings, ElementRole, Panel, Sheet, Table, TableRow};
use super::options::Options;
use super::sections::{self, columns, facts, method, record, statement};
use super::{ExhibitError, front, look, wording};
use crate::language::args;
use palimpsest_base::digest::Digest;

/// Bounds of the side of the picture, and the most that the figure is high.
const SIDE: std::ops::RangeInclusive<f32> = 56.0..=190.0;
const MOST_FIGURE: f32 = 100.0;
/// Height of a label with the room before and after it.
const LABEL: f32 = 18.0 + look::KICKER.leading + 1.0;

/// All that the report says.
#[derive(Clone, Debug, PartialEq)]
pub struct SiblingContent {
    /// The exhibit of the same case: its header, settings, models, commands, journal and record are printed here too.
    pub case: Content,
    /// Name, hash and picture of the published variant, as it was examined.
    pub published: String,
    pub sha256: Digest,
    pub picture: RgbImage,
    /// The result in a sentence or two.
    pub finding: String,
    /// The figures behind it: names and values.
    pub numbers: Vec<(String, String)>,
    /// The score of the published variant among those of its siblings.
    pub figure: Figure,
    /// Limits to what the finding says, one sentence or two each.
    pub not_said: Vec<String>,
    /// The seal: names and values.
    pub sealed: Vec<(String, String)>,
    /// How variants are made and one of them is drawn, paragraph by paragraph.
    pub drawn: Vec<String>,
    /// All variants, in the order of the seal.
    pub variants: Vec<RankedVariant>,
}

/// A variant and its score.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedVariant {
    pub name: String,
    pub seed: u64,
    pub sha256: Digest,
    pub score: String,
    /// Its place from the highest score; those of one score share the lowest of their places.
    pub rank: usize,
    pub is_published: bool,
}

/// The way in which a section is set.
type Setting<'s, 'a> = &'s dyn Fn(&mut Sheet<'a>);

/// Sets the whole report.
pub fn report<'a>(
    sheet: &mut Sheet<'a>,
    content: &'a SiblingContent,
    (date, options): (&Date, &Options),
    drawings: &Drawings,
) -> Result<(), ExhibitError> {
    first_page(sheet, content, date, drawings)?;
    let (case, texts) = (&content.case, sheet.texts());
    let parts: [(&str, Setting<'_, 'a>); 8] = [
        ("siblings-sealed", &|sheet| sealed(sheet, content)),
        ("siblings-variants", &|sheet| variants(sheet, content)),
        ("siblings-test", &|sheet| {
            for paragraph in wording::SIBLINGS_METHOD {
                sheet.paragraph(texts.text(paragraph), look::BODY);
            }
            sheet.paragraph(texts.text("method-source"), look::SMALL);
        }),
        ("section-settings", &|sheet| method::settings(sheet, case)),
        ("section-models", &|sheet| method::models(sheet, case)),
        ("section-reproduction", &|sheet| {
            record::reproduction(sheet, case);
        }),
        ("section-custody", &|sheet| record::custody(sheet, case)),
        ("section-statement", &|sheet| {
            let words = wording::SIBLINGS_STATEMENT.map(|id| texts.text(id));
            statement::stated(sheet, case, &words);
        }),
    ];
    for (number, (title, set)) in (1..).zip(parts) {
        sections::begin(sheet, number, texts.text(title));
        set(sheet);
    }
    if options.certificate {
        sheet.settle();
        sheet.turn();
        let title = texts.text("section-certificate");
        sections::begin(sheet, parts.len() + 1, title);
        statement::certificate(sheet, case);
    }
    Ok(())
}

fn first_page<'a>(
    sheet: &mut Sheet<'a>,
    content: &'a SiblingContent,
    date: &Date,
    drawings: &Drawings,
) -> Result<(), ExhibitError> {
    sheet.parent = sheet.element(ElementRole::Section, 0);
    sheet.y = front::TOP;
    let texts = sheet.texts();
    let foot = front::Foot::of(sheet, &BTreeSet::new());
    front::head(
        sheet,
        texts.text("siblings-kind"),
        (&content.case.header, date),
    );
    let named = args!["name" => content.published.as_str()];
    let panel = Panel {
        picture: &content.picture,
        label: texts.text("siblings-published"),
        note: texts.text("siblings-published-is"),
        alternative: texts.with("siblings-published-of", &named),
    };
    // The picture gives way to what must stand on this page.
    let room = sheet.bottom() - sheet.y - beside_picture(sheet, content);
    let column = sheet.width();
    sheet.panels(&[panel], room.clamp(*SIDE.start(), *SIDE.end()), column);
    sheet.paragraph(&content.published, look::CELL_STRONG);
    sheet.paragraph(
        &format!("SHA-256 {}", wording::grouped(&content.sha256)),
        look::HASH,
    );
    front::label(
        sheet,
        texts.text("finding"),
        (2.0 * look::FINDING.leading, front::APART),
    );
    sheet.paragraph(&content.finding, look::FINDING);
    sheet.table(numbers(content));
    let figure = &content.figure;
    let drawing = drawings.read(&figure.title, &figure.svg, &mut sheet.fonts)?;
    sheet.figure_alone(drawing, &figure.alternative, MOST_FIGURE);
    front::label(
        sheet,
        texts.text("not-said"),
        (2.0 * look::CELL.leading, front::APART),
    );
    sheet.list(&content.not_said, look::CELL);
    foot.set(sheet);
    Ok(())
}

/// The figures behind the finding.
fn numbers(content: &SiblingContent) -> Table<'static> {
    let row = |(name, value): &(String, String)| TableRow {
        cells: vec![
            Cell::text(name, look::CELL_STRONG),
            Cell::text(value, look::CELL),
        ],
        marked: false,
    };
    Table {
        columns: columns(&[("", 0.3), ("", 0.7)]),
        headed: true,
        rows: content.numbers.iter().map(row).collect(),
    }
}

/// Height of all that stands on the first page but its head and the picture itself.
fn beside_picture(sheet: &mut Sheet, content: &SiblingContent) -> f32 {
    let width = sheet.width();
    let labels = look::STRONG.leading + look::SMALL.leading + look::NEAR + look::SPACE;
    let name = look::CELL_STRONG.leading + look::HASH.leading + 2.0 * look::SPACE;
    let finding = sheet.wrap(&content.finding, look::FINDING, width).height() + look::SPACE;
    let numbers = sheet.table_height(&numbers(content));
    let mut not_said = look::SPACE;
    for sentence in &content.not_said {
        let lines = sheet.wrap(sentence, look::CELL, sheet.list_width());
        not_said += lines.height() + look::SPACE / 2.0;
    }
    labels + name + finding + numbers + MOST_FIGURE + not_said + 2.0 * LABEL
}

fn rows(facts: &[(String, String)]) -> Vec<(&str, String, super::layout::Style)> {
    let rows = facts.iter();
    rows.map(|(name, value)| (name.as_str(), value.clone(), look::CELL))
        .collect()
}

fn sealed<'a>(sheet: &mut Sheet<'a>, content: &'a SiblingContent) {
    facts(sheet, rows(&content.sealed));
    for paragraph in &content.drawn {
        sheet.paragraph(paragraph, look::BODY);
    }
}

fn variants(sheet: &mut Sheet<'_>, content: &SiblingContent) {
    let texts = sheet.texts();
    sheet.intro(texts.text("siblings-variants-are"), look::BODY);
    let row = |variant: &RankedVariant| {
        let style = match variant.is_published {
            true => look::CELL_STRONG,
            false => look::CELL,
        };
        let mut name = vec![(variant.name.clone(), style)];
        if variant.is_published {
            name.push((texts.text("siblings-mark").to_owned(), look::SMALL));
        }
        let seed = args!["seed" => variant.seed.to_string()];
        let hash = vec![
            (wording::grouped(&variant.sha256), look::HASH),
            (texts.with("siblings-seed", &seed), look::SMALL),
        ];
        TableRow {
            cells: vec![
                Cell::Text(name),
                Cell::Text(hash),
                Cell::text(&variant.score, look::right(style)),
                Cell::text(variant.rank.to_string(), look::right(style)),
            ],
            marked: variant.is_published,
        }
    };
    sheet.table(Table {
        columns: columns(&[
            (texts.text("siblings-variant"), 0.22),
            (texts.text("siblings-hash-and-seed"), 0.5),
            (texts.text("score"), -0.16),
            (texts.text("siblings-rank"), -0.12),
        ]),
        headed: true,
        rows: content.variants.iter().map(row).collect(),
    });
}
