//! Measures how long a case takes to be opened, looked at and looked at again: makes one of as many works as the
//! first argument says (1000 if none does), each with a trace of as many steps as the second says (1000).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a tool for those who measure

#[path = "../tests/record/large_case/mod.rs"]
mod large_case;

use std::time::Instant;

use large_case::LargeCase;
use palimpsest_record::case::CaseView;

fn main() {
    let mut numbers = std::env::args()
        .skip(1)
        .map(|number| number.parse().unwrap());
    let works = numbers.next().unwrap_or(1000);
    let steps = numbers.next().unwrap_or(1000);
    let around = tempfile::tempdir().unwrap();
    let made = LargeCase::make(around.path(), (works, 1), steps);
    let timed =
        |what: &str, began: Instant| println!("{what}: {:.3} s", began.elapsed().as_secs_f64());

    let began = Instant::now();
    let mut case = made.open();
    timed("opened to be worked on", began);
    let began = Instant::now();
    let view = CaseView::read(&made.folder).unwrap();
    timed("read to be shown", began);
    let began = Instant::now();
    case.finish(works - 1, large_case::examined(steps)).unwrap();
    timed("a work added", began);
    let began = Instant::now();
    let view = view.read_again().unwrap();
    timed("read again", began);
    assert!(view.artworks.iter().all(|work| work.findings.is_some()));
}
