//! Evaluation of the scores: propositions, p-value, likelihood ratio, the scale in words, figures.

use super::{columns, facts};
use crate::exhibit::content::{Content, Figure};
use crate::exhibit::layout::{Cell, Drawings, Sheet, Table, TableRow};
use crate::exhibit::{ExhibitError, look, numbers, wording};
use crate::language::args;

/// The most height of a figure.
const FIGURE: f32 = 330.0;

pub(super) fn evaluation<'a>(
    sheet: &mut Sheet<'a>,
    content: &'a Content,
    drawings: &Drawings,
) -> Result<(), ExhibitError> {
    let (texts, evaluation) = (sheet.texts(), &content.evaluation);
    sheet.heading(3, texts.text("propositions"));
    sheet.intro(texts.text("propositions-are"), look::BODY);
    let [first, second] = &evaluation.propositions;
    let rows = [(texts.text("first"), first), (texts.text("second"), second)];
    let rows = rows.map(|(name, text)| (name, text.clone(), look::CELL));
    facts(sheet, rows.to_vec());
    sheet.heading(3, texts.text("the-finding"));
    finding(sheet, content);
    numbers::numbers(sheet, content, usize::MAX);
    error_rates(sheet, content);
    super::validation::validation(sheet, content);
    scale(sheet, content);
    for (place, figure) in content.overview.iter().chain(&content.figures).enumerate() {
        self::figure(sheet, place + 1, figure, drawings)?;
    }
    Ok(())
}

/// In full: a sentence a work; for several works what is said of all of them comes first.
fn finding(sheet: &mut Sheet, content: &Content) {
    let evaluation = &content.evaluation;
    let told = wording::finding(sheet.texts(), &evaluation.finding);
    match evaluation.sentences.as_slice() {
        [] => sheet.paragraph(&told, look::STRONG),
        [sentence] => sheet.paragraph(sentence, look::STRONG),
        sentences => {
            sheet.paragraph(&told, look::STRONG);
            sheet.list(sentences, look::BODY);
        }
    }
}

fn error_rates(sheet: &mut Sheet, content: &Content) {
    let rates = &content.evaluation.error_rates;
    if rates.is_empty() {
        return;
    }
    sheet.heading(3, sheet.texts().text("error-rates"));
    let rates = rates.iter();
    let rates = rates.map(|(name, text)| (name.as_str(), text.clone(), look::CELL));
    facts(sheet, rates.collect());
}

fn scale(sheet: &mut Sheet, content: &Content) {
    if content.evaluation.scale.is_empty() {
        return;
    }
    let texts = sheet.texts();
    sheet.heading(3, texts.text("scale"));
    let is_marked = content
        .evaluation
        .scale
        .iter()
        .any(|step| !step.of.is_empty());
    let about = match is_marked {
        true => texts.text("scale-is-marked"),
        false => texts.text("scale-is"),
    };
    sheet.intro(about, look::BODY);
    let row = |step: &crate::exhibit::content::ScaleStep| {
        let is_marked = !step.of.is_empty();
        let style = if is_marked {
            look::CELL_STRONG
        } else {
            look::CELL
        };
        let words = match is_marked {
            true => {
                let args = args!["words" => step.words.as_str(), "works" => step.of.as_str()];
                texts.with("words-of", &args)
            }
            false => step.words.clone(),
        };
        TableRow {
            cells: vec![Cell::text(&step.range, style), Cell::text(words, style)],
            marked: is_marked,
        }
    };
    sheet.table(Table {
        columns: columns(&[
            (texts.text("likelihood-ratio"), 0.3),
            (texts.text("in-words"), 0.7),
        ]),
        headed: true,
        rows: content.evaluation.scale.iter().map(row).collect(),
    });
}

fn figure(
    sheet: &mut Sheet,
    number: usize,
    figure: &Figure,
    drawings: &Drawings,
) -> Result<(), ExhibitError> {
    let drawing = drawings.read(&figure.title, &figure.svg, &mut sheet.fonts)?;
    let args = args![
        "number" => number,
        "title" => figure.title.as_str(),
        "caption" => figure.caption.as_str()
    ];
    let caption = sheet.texts().with("figure", &args);
    sheet.captioned(drawing, (&figure.alternative, &caption), FIGURE);
    Ok(())
}
