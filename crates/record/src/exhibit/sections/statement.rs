//! Parts that are signed: the examiner's statement, and a blank certificate.

use super::facts;
use crate::exhibit::content::Content;
use crate::exhibit::layout::Sheet;
use crate::exhibit::{look, wording};

/// Room for handwriting above its line.
const HAND: f32 = 30.0;

pub fn statement(sheet: &mut Sheet, content: &Content) {
    stated(sheet, content, &wording::STATEMENT);
}

/// The statement in these words.
pub fn stated(sheet: &mut Sheet, content: &Content, words: &[&str]) {
    // It is signed as one piece.
    sheet.open_for(look::BODY.leading * 16.0 + HAND * 3.0);
    sheet.list(words, look::BODY);
    lines(
        sheet,
        &["Interests, or “none”", "Other examinations, or “none”"],
    );
    lines(sheet, &["Place and date", "Signature"]);
    let name = match content.header.examiner.trim() {
        "" => "Name and qualification of the examiner".to_owned(),
        name => format!("{name}, examiner"),
    };
    sheet.paragraph(&name, look::CELL);
}

pub fn certificate(sheet: &mut Sheet, content: &Content) {
    let header = &content.header;
    sheet.paragraph(wording::CERTIFICATE_NOTE, look::SMALL);
    sheet.list(&wording::CERTIFICATE, look::BODY);
    let exhibit = wording::exhibit_name(&header.exhibit);
    facts(
        sheet,
        vec![
            ("Record", format!("{exhibit}: {}", header.title), look::CELL),
            ("System", header.program.clone(), look::CELL),
            (
                "Journal, SHA-256",
                wording::grouped(&header.journal_head),
                look::HASH,
            ),
        ],
    );
    lines(
        sheet,
        &["Files, devices or media from which copies were taken"],
    );
    lines(sheet, &["Name", "Position and qualification"]);
    lines(sheet, &["Executed on (date), at (place)", "Signature"]);
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
