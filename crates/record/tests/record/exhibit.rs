//! The exhibit: what the file holds, in which order, and that it stays whole with anything in it.

#[path = "exhibit/file.rs"]
mod file;
#[path = "exhibit/sample.rs"]
mod sample;

use std::collections::BTreeSet;

pub use file::Read;
use palimpsest_record::exhibit::{
    ControlRole, Draft, Exhibit, ExhibitError, Figure, Finding, Options, PageSize, QuestionedWork,
    Section, WorkNumbers, write,
};
pub use sample::content;
use sample::{controls, gradient, item, numbers};

fn options() -> Options {
    Options {
        certificate: true,
        ..Options::default()
    }
}

/// Written, read again, and what was written.
fn read(exhibit: &Exhibit) -> Read {
    Read::new(&exhibit.pdf)
}

/// Where each text begins, the first time after the one before.
fn assert_in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest.find(part);
        let at = at.unwrap_or_else(|| panic!("\"{part}\" is missing, or too early"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn the_same_content_gives_the_same_bytes_and_another_gives_others() {
    let content = content();
    let first = write(&content, &options()).unwrap();
    assert_eq!(first.pdf, write(&content, &options()).unwrap().pdf);
    let mut other = content.clone();
    other.evaluation.not_said[0].push('!');
    assert_ne!(first.pdf, write(&other, &options()).unwrap().pdf);
    let mut other = content.clone();
    other.items[0]
        .recovered
        .put_pixel(3, 3, image::Rgb([1, 2, 3]));
    let other = write(&other, &options()).unwrap();
    assert_ne!(first.pdf, other.pdf);
    assert_ne!(read(&first).identity(), read(&other).identity());
}

#[test]
fn the_file_declares_both_standards_and_has_all_that_they_need() {
    let exhibit = write(&content(), &options()).unwrap();
    let file = read(&exhibit);
    let about = file.about();
    for declared in [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "2026-05-14T09:30:00",
        "Exhibit P-7: Use of paintings by Maria Okonkwo",
    ] {
        assert!(about.contains(declared), "{declared} is not in {about}");
    }
    assert_eq!(file.pages(), exhibit.pages);
    assert_eq!(file.language(), "en-GB");
    assert!(file.is_marked() && file.shows_its_title());
    let (name, media, bytes) = file.attachment();
    assert_eq!(
        (name.as_str(), media.as_str()),
        ("case.json", "application/json")
    );
    assert_eq!(bytes, content().record);
    let fonts = file.fonts();
    assert!(
        fonts.len() >= 3
            && fonts
                .iter()
                .all(|(name, embedded)| { *embedded && name.chars().nth(6) == Some('+') }),
        "{fonts:?}"
    );
}

#[test]
fn what_is_read_aloud_has_headings_tables_with_heads_and_figures_with_words() {
    let content = content();
    let file = read(&write(&content, &options()).unwrap());
    let tags = file.tags();
    let count = |name: &str| tags.iter().filter(|(tag, _)| tag == name).count();
    assert_eq!(count("H1"), 1);
    assert!(count("H2") >= 12 + 2 && count("H3") >= 10);
    assert!(count("Table") >= 10 && count("TR") > 60 && count("TH") > 60);
    // Three pictures, the drawing twice, every control.
    assert_eq!(count("Figure"), 3 + 2 + content.controls.len());
    for (_, alternative) in tags.iter().filter(|(tag, _)| tag == "Figure") {
        assert!(alternative.as_ref().is_some_and(|words| words.len() > 10));
    }
    // Levels of headings are not skipped.
    let levels = tags
        .iter()
        .filter_map(|(tag, _)| tag.strip_prefix('H')?.parse::<u32>().ok());
    let mut before = 0;
    for level in levels {
        assert!(level <= before + 1, "{level} after {before}");
        before = level;
    }
    let outline = file.outline();
    assert!(
        outline.iter().any(|entry| entry.contains("Limitations")),
        "{outline:?}"
    );
    assert!(outline[0].contains("Exhibit P-7"), "{outline:?}");
}

#[test]
fn the_text_is_real_text_in_reading_order() {
    let exhibit = write(&content(), &options()).unwrap();
    let text = read(&exhibit).text();
    assert_in_order(
        &text,
        &[
            "Exhibit P-7",
            "Original",
            "Partial",
            "Recovered",
            "Finding",
            "about 18 times as probable",
            "Score p-value Likelihood ratio 95 % bound of the ratio 0.614 0.040 18 at least 6.0",
            "24 works of the same hand known not to have been used, 12",
            "What this finding does not say",
            "Page 1 of",
            "Works in question",
            "Examiner’s note Varnished in 2019",
            "Negative controls: 24 pictures, of which 2 not counted",
            "Examiner’s note: The frame of Negative 03 was cropped.",
            "Positive controls: 12 pictures",
            "Evaluation",
            "Of 24 works of the same hand",
            "18 at least 6.0",
            "Area under the ROC curve 0.986",
            "The scale in words",
            "moderate support (this case)",
            "Method",
            "Wu et al.",
            "differs: preset has 0",
            "ss_num_train_images",
            "A near-duplicate of the work",
            "no proof of absence",
            "palimpsest verify",
            "Exhibit written",
            "Signature",
            "902(13)",
            &format!("Page {0} of {0}", exhibit.pages),
        ],
    );
    for never in ["infring", "guilt", "theft", "certainly"] {
        assert!(
            !text.to_lowercase().contains(never),
            "it speaks of \"{never}\""
        );
    }
}

#[test]
fn sections_can_be_left_out() {
    let content = content();
    let short = Options {
        left_out: BTreeSet::from(Section::ALL),
        ..Options::default()
    };
    let exhibit = write(&content, &short).unwrap();
    assert_eq!(exhibit.pages, 1);
    let text = read(&exhibit).text();
    assert_in_order(
        &text,
        &["This copy is the first page alone. Left out of this copy: Works in question;"],
    );
    // The certificate follows at once, without an empty page.
    let certified = Options {
        certificate: true,
        ..short
    };
    assert_eq!(write(&content, &certified).unwrap().pages, 2);
    let some = Options {
        left_out: Section::ALL
            .into_iter()
            .filter(|section| ![Section::Method, Section::Limitations].contains(section))
            .collect(),
        ..Options::default()
    };
    let text = read(&write(&content, &some).unwrap()).text();
    assert_in_order(
        &text,
        &[
            "Left out of this copy: Works in question;",
            "Custody and journal;",
            "Page 1 of",
            "1 Method",
            "2 Limitations",
        ],
    );
    let whole = read(&write(&content, &Options::default()).unwrap()).text();
    assert!(!whole.contains("Left out of this copy"));
    assert!(!text.contains("Negative controls:") && !text.contains("902(13)"));
}

#[test]
fn without_controls_the_first_page_says_not_evaluated_and_why() {
    let mut content = content();
    content.controls.clear();
    content.overview = None;
    content.evaluation.finding =
        Finding::NotEvaluated("There are no controls, and a finding needs at least 5.".into());
    content.evaluation.numbers[0] = WorkNumbers::default();
    content.evaluation.sentences.clear();
    content.evaluation.scale.clear();
    content.items[0].score = None;
    let text = read(&write(&content, &options()).unwrap()).text();
    assert_in_order(
        &text,
        &[
            "Not evaluated. There are no controls, and a finding needs at least 5.",
            "Page 1 of",
            "No controls were examined.",
        ],
    );
}

#[test]
fn many_works_and_controls_go_over_many_pages_with_repeated_heads() {
    let mut content = content();
    content.items = (0..8).map(item).collect();
    let letters = || ["A", "B", "C", "D", "E", "F", "G", "H"].into_iter();
    content.evaluation.numbers = letters().map(numbers).collect();
    content.evaluation.sentences = letters()
        .map(|letter| format!("Questioned work {letter}: what is said of it."))
        .collect();
    content.controls = controls(ControlRole::Negative, 40);
    let exhibit = write(&content, &options()).unwrap();
    let file = read(&exhibit);
    assert!(exhibit.pages > 10 && file.pages() == exhibit.pages);
    let text = file.text();
    assert_in_order(
        &text,
        &[
            "F 0.614 0.040 18 at least 6.0",
            "The figures of 2 works more stand in the evaluation.",
            "Page 1 of",
            "Negative picture 00",
            "Negative picture 39",
            "Questioned work H: what is said of it.",
            "H 0.614 0.040 18 at least 6.0",
        ],
    );
    // Forty rows with pictures fill three pages.
    assert_eq!(text.matches("Name Declared").count(), 3);
    // The repeated heads are not read aloud again.
    let heads = file.tags().iter().filter(|(tag, _)| tag == "TH").count();
    let without = Options {
        left_out: BTreeSet::from([Section::Controls]),
        certificate: true,
        ..Options::default()
    };
    let without = read(&write(&content, &without).unwrap());
    let others = without.tags().iter().filter(|(tag, _)| tag == "TH").count();
    assert_eq!(heads - others, 4);
}

#[test]
fn the_mark_of_a_list_stands_where_its_text_begins() {
    let mut content = content();
    let item = "Item whose words are many, so that it takes three lines of the page and not two, wherever it comes to stand; \
                what it says does not matter, and it is said at some length, since a line of the page is long and there are \
                to be three of them at the least, of which the last one is short.";
    // Pushed down the page by a line at a time.
    for shorter in 0..8 {
        content.limitations = vec!["One line.".into(); shorter];
        content.limitations.extend(vec![item.to_owned(); 30]);
        let text = read(&write(&content, &options()).unwrap()).text();
        assert_eq!(text.matches("– Item whose").count(), 30, "{shorter}");
    }
}

#[test]
fn very_long_titles_and_paths_stay_on_the_paper() {
    let mut content = content();
    content.header.title = "A title that does not end ".repeat(300);
    content.header.parties = "Party".repeat(3000);
    content.items[0].name = format!(
        "/archive{}/work.png",
        "/a-folder-with-a-long-name".repeat(60)
    );
    content.items[0].note = "x".repeat(100_000);
    content.controls[0].declared = "declared ".repeat(2000);
    content.custody[0].event = "ü".repeat(100_000);
    content.evaluation.not_said = vec!["It does not say this. ".repeat(100)];
    for page in [PageSize::A4, PageSize::Letter] {
        let left_out = BTreeSet::from([Section::Method, Section::Statement]);
        let options = Options {
            page,
            left_out,
            ..options()
        };
        let exhibit = write(&content, &options).unwrap();
        let file = read(&exhibit);
        let (width, height) = page.points();
        assert!((file.size().0 - width).abs() < 0.1 && (file.size().1 - height).abs() < 0.1);
        assert!(exhibit.pages < 80, "{}", exhibit.pages);
        let text = file.text();
        assert!(text.contains("more characters are not printed"));
        assert!(text.contains("Left out of this copy: Method; Examiner’s statement."));
        let draft = Draft::new(&content, &options).unwrap();
        for page in 0..draft.pages() {
            assert_margins_are_white(&draft.page(page, 0.5).unwrap());
        }
    }
}

/// Nothing is drawn beyond the text's area but for what stands in the margins on purpose.
fn assert_margins_are_white(page: &image::RgbImage) {
    let edge = (24, page.width() - 24);
    for (x, y, pixel) in page.enumerate_pixels() {
        let margin = x < edge.0 || x >= edge.1 || y < 14 || y >= page.height() - 14;
        assert!(
            !margin || pixel.0 == [255; 3],
            "something is drawn at {x}, {y}"
        );
    }
}

#[test]
fn control_characters_and_reversing_marks_are_spelt_out() {
    let mut content = content();
    content.header.title =
        "sale\u{202e}gnp.exe\0\u{7}\n\u{1b}[31m </dc:title> & \u{feff}\u{e000}".into();
    content.items[0].name = "<b>&amp;</b> \"quoted\" \\ ) ( %PDF".into();
    content.header.examiner = "\u{0}\u{1}".into();
    let about = read(&write(&content, &options()).unwrap()).about();
    assert!(
        !about.contains('\u{202e}') && about.contains("salegnp.exe"),
        "{about}"
    );
    assert!(about.contains("&lt;/dc:title"), "{about}");
    let exhibit = write(&content, &options()).unwrap();
    let text = read(&exhibit).text();
    assert_in_order(
        &text,
        &["sale‹U+202E›gnp.exe‹U+0000›‹U+0007›", "‹U+001B›[31m"],
    );
    assert!(text.contains("<b>&amp;</b> \"quoted\" \\ ) ( %PDF"));
    assert!(exhibit.missing.is_empty());
}

#[test]
fn names_in_other_scripts_are_shown_and_what_no_font_has_is_reported() {
    let mut content = content();
    content.header.parties = "دار الفن v. בית האמנות".into();
    content.items[0].name = "Ночь над Невой, Ἀθῆναι, Điện Biên".into();
    let exhibit = write(&content, &options()).unwrap();
    assert!(exhibit.missing.is_empty());
    let text = read(&exhibit).text();
    assert!(text.contains("Ночь над Невой, Ἀθῆναι, Điện Biên"));
    content.items[0].name = "神奈川沖浪裏".into();
    let exhibit = write(&content, &options()).unwrap();
    let mut expected: Vec<char> = content.items[0].name.chars().collect();
    expected.sort_unstable();
    assert_eq!(exhibit.missing, expected);
    assert!(read(&exhibit).text().contains("‹U+795E›"));
    // In a figure, too.
    let rows = [vec![0.1, 0.2], vec![0.5], vec![]];
    content.overview = Some(sample::figure(vec![("富士", 0.4)], rows));
    let exhibit = write(&content, &options()).unwrap();
    assert!(exhibit.missing.contains(&'富') && exhibit.missing.len() == 8);
    let text = read(&exhibit).text().replace(' ', "");
    assert!(text.contains("‹U+5BCC›‹U+58EB›"), "{text}");
}

#[test]
fn what_cannot_be_an_exhibit_is_refused_with_a_reason() {
    let refused = |change: &dyn Fn(&mut palimpsest_record::exhibit::Content)| {
        let mut content = content();
        change(&mut content);
        write(&content, &Options::default()).unwrap_err()
    };
    let error = refused(&|content| content.items.clear());
    assert!(matches!(error, ExhibitError::NoWork));
    let error = refused(&|content| content.header.date = "yesterday".into());
    assert!(matches!(error, ExhibitError::Date(_)));
    let error = refused(&|content| {
        content.items[0] = QuestionedWork {
            partial: image::RgbImage::new(0, 0),
            ..item(0)
        };
    });
    assert!(matches!(error, ExhibitError::Picture(_)));
    let error = refused(&|content| {
        content.figures = vec![Figure {
            title: "Calibration".into(),
            svg: "<svg".into(),
            caption: String::new(),
            alternative: String::new(),
        }];
    });
    assert!(error.to_string().contains("Calibration"));
}

#[test]
fn a_preview_shows_the_pictures_of_the_first_page() {
    let mut content = content();
    content.items[0].original = image::RgbImage::from_pixel(64, 64, image::Rgb([250, 0, 0]));
    content.items[0].recovered = gradient(9, 64);
    let options = options();
    let draft = Draft::new(&content, &options).unwrap();
    let page = draft.page(0, 1.0).unwrap();
    assert_eq!(page.dimensions(), (595, 842));
    let red = page.pixels().filter(|pixel| pixel.0 == [250, 0, 0]).count();
    assert!((17_000..27_000).contains(&red), "{red}");
    let exhibit = draft.write().unwrap();
    assert_eq!(exhibit.pages, draft.pages());
    assert!(draft.page(draft.pages(), 1.0).is_err());
    for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e6] {
        assert!(draft.page(0, scale).is_err());
    }
}
