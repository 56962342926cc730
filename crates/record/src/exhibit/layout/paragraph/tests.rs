//! Lines, directions and cuts against texts whose breaks are known.

use super::*;
use crate::exhibit::look;
use crate::language::Language;

fn lines(text: &str, style: Style, width: f32) -> Vec<Line> {
    let mut fonts = Fonts::new(&[], Language::English.texts()).unwrap();
    wrap(text, style, width, &mut fonts).lines
}

fn texts(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.text.as_str()).collect()
}

#[test]
fn lines_end_between_words_and_keep_their_spaces() {
    let lines = lines("one two three four", look::BODY, 45.0);
    assert_eq!(texts(&lines), ["one two ", "three four"]);
    assert!(lines.iter().all(|line| line.width <= 45.0));
}

#[test]
fn a_word_that_is_too_long_is_broken_between_letters() {
    let word = "e\u{301}".repeat(200);
    let lines = lines(&word, look::BODY, 60.0);
    assert!(lines.len() > 5);
    assert_eq!(texts(&lines).concat(), word);
    assert!(
        lines
            .iter()
            .all(|line| line.text.starts_with('e') && line.width <= 60.0)
    );
}

#[test]
fn what_is_typed_is_broken_only_at_spaces() {
    let lines = lines("run --long-option --other-option", look::CODE, 90.0);
    assert_eq!(texts(&lines), ["run --long-option ", "--other-option"]);
}

#[test]
fn scripts_from_the_right_run_from_the_right() {
    let mixed = lines("by משה כהן in 2019", look::BODY, 400.0);
    let runs: Vec<&str> = mixed[0].runs.iter().map(|run| run.text.as_str()).collect();
    assert_eq!(runs, ["by ", "משה כהן", " ", "in 2019"]);
    // The first letter of the name is its rightmost glyph.
    let name = &mixed[0].runs[1].glyphs;
    let first = name.iter().position(|glyph| glyph.text_range.start == 0);
    assert_eq!(first, Some(name.len() - 1));
    let alone = lines("משה (כהן)", look::BODY, 400.0);
    let last = alone[0].runs.last().unwrap();
    assert!(last.text.starts_with('מ'), "{}", last.text);
}

#[test]
fn arabic_letters_are_joined() {
    let style = look::BODY;
    let joined = lines("بببب", style, 400.0);
    let apart = lines("ب ب ب ب", style, 400.0);
    let first = |lines: &[Line]| lines[0].runs[0].glyphs.iter().map(|g| g.glyph_id).max();
    assert_ne!(first(&joined), first(&apart));
}

#[test]
fn figures_in_tables_are_all_as_wide() {
    let width = |text, style| lines(text, style, 400.0)[0].width;
    assert_eq!(width("1111", look::CELL), width("8888", look::CELL));
    assert_ne!(width("1111", look::BODY), width("8888", look::BODY));
}

#[test]
fn what_is_cut_ends_in_an_ellipsis() {
    let mut fonts = Fonts::new(&[], Language::English.texts()).unwrap();
    let text = "word ".repeat(100);
    let cut = wrap_short(&text, look::BODY, (100.0, 2), &mut fonts);
    assert_eq!(cut.lines.len(), 2);
    assert!(cut.lines[1].text.ends_with('…'));
    let even = wrap_even("one two three four", look::BODY, (80.0, 3), &mut fonts);
    assert_eq!(texts(&even.lines), ["one two ", "three four"]);
}

#[test]
fn nothing_is_one_empty_line() {
    assert_eq!(texts(&lines("", look::BODY, 50.0)), [""]);
    assert_eq!(texts(&lines(" \n\t ", look::BODY, 50.0)), [""]);
}
