//! Names on one line, with their middle left out where they are too long: the end of a file's name tells as much
//! as its beginning.

use std::sync::Arc;

use eframe::egui::{Color32, FontId, Galley, Ui};

/// `text` on one line that is no wider than `width` points.
pub fn shortened(ui: &Ui, text: &str, font: &FontId, ink: Color32, width: f32) -> Arc<Galley> {
    let lay = |text: String| ui.painter().layout_no_wrap(text, font.clone(), ink);
    let whole = lay(text.to_owned());
    if whole.size().x <= width {
        return whole;
    }
    // The most letters that fit, between none and all but one.
    let (mut fits, mut too_many) = (0, text.chars().count());
    let mut shown = lay("…".to_owned());
    while fits + 1 < too_many {
        let tried = (fits + too_many) / 2;
        let galley = lay(without_middle(text, tried));
        if galley.size().x <= width {
            (fits, shown) = (tried, galley);
        } else {
            too_many = tried;
        }
    }
    shown
}

/// The first and the last letters of a text, `kept` of them, with a mark between.
fn without_middle(text: &str, kept: usize) -> String {
    let letters = text.chars().count();
    let ahead = kept.div_ceil(2);
    let head = text.chars().take(ahead);
    let tail = text.chars().skip(letters.saturating_sub(kept - ahead));
    head.chain(['…']).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_goes_and_both_ends_stay() {
        assert_eq!(without_middle("portrait_0017.png", 9), "portr….png");
        assert_eq!(without_middle("日本の絵画.png", 6), "日本の…png");
        assert_eq!(without_middle("abc", 0), "…");
    }
}
