//! Running head and foot, once it is known how many pages there are. They are no part of what is read
//! aloud.

use super::content::Header;
use super::layout::{ARTIFACT, Sheet};
use super::{look, wording};
use crate::language::args;

/// Adds them: the foot to every page, the head to all but the first.
pub fn margins(sheet: &mut Sheet, header: &Header) {
    let (texts, width) = (sheet.texts(), sheet.width());
    let name = wording::exhibit_name(texts, &header.exhibit);
    let left = sheet.wrap_short(&name, look::LABEL, (width * 0.25, 1));
    let title = look::right(look::SMALL);
    let title = sheet.wrap_short(&header.title, title, (width * 0.7, 1));
    let args = args!["head" => header.journal_head.prefix(16)];
    let journal = texts.with("journal", &args);
    let journal = sheet.wrap_short(&journal, look::SMALL, (width * 0.3, 1));
    let program = sheet.wrap_short(&header.program, look::SMALL, (width * 0.35, 1));
    let count = sheet.pages.len();
    let foot = sheet.size.1 - look::FOOT;
    for page in 0..count {
        let number = texts.with("page-of", &args!["page" => page + 1, "pages" => count]);
        let number = sheet.wrap(&number, look::right(look::SMALL), width);
        sheet.on(page, |sheet| {
            if page > 0 {
                sheet.put_text(&left, ARTIFACT, (look::SIDE, look::HEAD, width));
                sheet.put_text(&title, ARTIFACT, (look::SIDE, look::HEAD, width));
                let y = look::HEAD + 14.0;
                sheet.rule((look::SIDE, y, width), look::HAIRLINE, look::HAIR);
            }
            sheet.rule((look::SIDE, foot - 5.0, width), look::HAIRLINE, look::HAIR);
            sheet.put_text(&program, ARTIFACT, (look::SIDE, foot, width));
            let middle = look::SIDE + width * 0.4;
            sheet.put_text(&journal, ARTIFACT, (middle, foot, width));
            sheet.put_text(&number, ARTIFACT, (look::SIDE, foot, width));
        });
    }
}
