//! The exhibit's languages: what each says of the same content and of the same case is kept as text beside the tests, so
//! that a changed word is seen.

use std::fs;
use std::path::{Path, PathBuf};

use palimpsest_record::case::CaseView;
use palimpsest_record::casework::Assessment;
use palimpsest_record::casework::exhibit::make;
use palimpsest_record::exhibit::{Draft, FIGURES, Options, PageSize, write};
use palimpsest_record::language::Language;

use crate::exhibit::{Read, content};

fn options(language: Language) -> Options {
    Options {
        language,
        certificate: true,
        ..Options::default()
    }
}

fn reference(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/reference")
        .join(name)
}

/// The text of an exhibit, a sentence a line, as it is kept; with `UPDATE_TEXTS=1` it is kept anew.
fn is_as_kept(name: &str, language: Language, pdf: &[u8]) {
    let text = Read::new(pdf).text().replace(". ", ".\n") + "\n";
    let kept = reference(&format!("exhibit/{name}.{}.txt", language.code()));
    if std::env::var_os("UPDATE_TEXTS").is_some() {
        fs::write(&kept, &text).unwrap();
    }
    let kept = fs::read_to_string(&kept).unwrap();
    let differing = kept.lines().zip(text.lines()).find(|(was, is)| was != is);
    assert!(kept == text, "{name} in {language:?}: {differing:?}");
}

#[test]
fn standing_texts_are_as_they_were() {
    for language in Language::ALL {
        let exhibit = write(&content(), &options(language)).unwrap();
        is_as_kept("sample", language, &exhibit.pdf);
    }
}

#[test]
fn a_case_is_told_as_it_was() {
    let view = CaseView::read(&reference("case")).unwrap();
    let assessment = Assessment::of(&view).unwrap();
    for language in Language::ALL {
        let made = make(&view, &assessment, &options(language)).unwrap();
        is_as_kept("case", language, &made.exhibit.pdf);
    }
}

#[test]
fn a_translation_says_on_its_first_page_which_language_binds_and_leaves_no_sentence_in_english() {
    let view = CaseView::read(&reference("case")).unwrap();
    let assessment = Assessment::of(&view).unwrap();
    let told = |language| {
        let made = make(&view, &assessment, &options(language)).unwrap();
        Read::new(&made.exhibit.pdf)
    };
    for (language, binds, words) in [
        (
            Language::German,
            "so gilt der englische Wortlaut der Akte",
            // “was” is German too.
            [" the ", " which ", " not ", " from ", " were "],
        ),
        (
            Language::French,
            "c’est le texte anglais du dossier qui fait foi",
            [" the ", " which ", " not ", " was ", " were "],
        ),
    ] {
        let file = told(language);
        assert_eq!(file.language(), language.tag());
        // What people wrote is theirs.
        let text = file
            .text()
            .replace("kept in the artist's studio, never shown", "");
        let first = file.page_text(1);
        assert!(first.contains(binds), "{first}");
        for english in words {
            let around = text.find(english).map(|at| text.get(at - 40..at + 40));
            assert_eq!(around, None, "{language:?}");
        }
        for decimal_point in ["0.8", "0.17"] {
            assert!(
                !text.contains(decimal_point),
                "{decimal_point} in {language:?}"
            );
        }
    }
    let english = told(Language::English);
    assert_eq!(english.language(), "en-GB");
    assert!(!english.page_text(1).contains("binds"));
}

/// The longest run of pixels of a colour in a row of a picture.
fn longest_run(picture: &image::RgbImage, colour: [u8; 3]) -> usize {
    let runs = picture.rows().map(|row| {
        let (mut longest, mut run) = (0, 0);
        for pixel in row {
            run = if pixel.0 == colour { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        longest
    });
    runs.max().unwrap_or(0)
}

#[test]
fn the_chart_stands_on_the_first_page_in_every_language_on_either_paper() {
    for works in [1, 2] {
        let mut view = CaseView::read(&reference("case")).unwrap();
        if works == 1 {
            view.artworks.remove(1);
        }
        let assessment = Assessment::of(&view).unwrap();
        for language in Language::ALL {
            for page in [PageSize::A4, PageSize::Letter] {
                let options = Options {
                    page,
                    ..options(language)
                };
                let made = make(&view, &assessment, &options).unwrap();
                let draft = Draft::new(&made.content, &options).unwrap();
                let first = draft.page(0, 1.0).unwrap();
                if let Some(folder) = std::env::var_os("PALIMPSEST_PICTURES") {
                    let name = format!("first-{works}-{}-{page:?}.png", language.code());
                    first.save(PathBuf::from(folder).join(name)).unwrap();
                }
                // The band of the controls, which no picture and no rule is as.
                let band = longest_run(&first, FIGURES.mesh);
                assert!(band > 20, "{works} in {language:?} on {page:?}: {band}");
            }
        }
    }
}
