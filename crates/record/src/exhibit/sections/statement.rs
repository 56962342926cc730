//! Parts that are signed: the examiner's statement, and a blank certificate.

use super::facts;
use crate::exhibit::content::Content;
use crate::exhibit::layout::Sheet;
use crate::exhibit::{look, wording};
use crate::language::args;

/// Room for handwriting above its line.
const HAND: f32 = 30.0;

pub fn statement(sheet: &mut Sheet, content: &Content) {
    let texts = sheet.texts();
    stated(sheet, content, &wording::STATEMENT.map(|id| texts.text(id)));
}

/// The statement in these words.
pub fn stated(sheet: &mut Sheet, content: &Content, words: &[&str]) {
    // It is signed as one piece.
    sheet.open_for(look::BODY.leading * 16.0 + HAND * 3.0);
    let texts = sheet.texts();
    sheet.list(words, look::BODY);
    let named = [texts.text("interests"), texts.text("other-examinations")];
    lines(sheet, &named);
    let signed = [texts.text("place-and-date"), texts.text("signature")];
    lines(sheet, &signed);
    let name = match content.header.examiner.trim() {
        "" => texts.text("name-of-examiner").to_owned(),
        name => texts.with("named-examiner", &args!["name" => name]),
    };
    sheet.paragraph(&name, look::CELL);
}

pub fn certificate(sheet: &mut Sheet, content: &Content) {
    let (texts, header) = (sheet.texts(), &content.header);
    sheet.paragraph(texts.text("certificate-is"), look::SMALL);
    let points = wording::CERTIFICATE.map(|id| texts.text(id));
    sheet.list(&points, look::BODY);
    let exhibit = wording::exhibit_name(texts, &header.exhibit);
    facts(
        sheet,
        vec![
            (
                texts.text("certified-record"),
                wording::titled(texts, &exhibit, &header.title),
                look::CELL,
            ),
            (
                texts.text("certified-system"),
                header.program.clone(),
                look::CELL,
            ),
            (
                texts.text("certified-journal"),
                wording::grouped(&header.journal_head),
                look::HASH,
            ),
        ],
    );
    lines(sheet, &[texts.text("copied-from")]);
    lines(sheet, &[texts.text("name"), texts.text("position")]);
    lines(sheet, &[texts.text("executed"), texts.text("signature")]);
}

/// Lines to write on, side by side, their labels below.
fn lines(sheet: &mut Sheet, labels: &[&str]) {
    let gaps = look::GAP * labels.len().saturating_sub(1) as f32;
    let width = (sheet.width() - gaps) / labels.len().max(1) as f32;
    sheet.open_for(HAND + look::SMALL.leading);
    sheet.y += HAND;
    let mut height = 0.0_f32;
    for (place, label) in labels.iter().enumerate() {
        let x = look::SIDE + (width + look::GAP) * place as f32;
        sheet.rule((x, sheet.y, width), look::HAIRLINE, look::INK);
        height = height.max(sheet.note(label, (x, sheet.y + 2.0, width)));
    }
    sheet.y += height + look::SPACE;
}
