//! Tests of the window's words: every id is there and asked for, the languages have the same, and none is left in the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// Calls that put their text on the screen, or before a screen reader.
const SHOWN_BY: [&str; 36] = [
    "ui.label(",
    "ui.button(",
    "ui.small_button(",
    "ui.heading(",
    "ui.link(",
    "ui.menu_button(",
    "ui.checkbox(",
    "ui.radio(",
    "Button::new(",
    "Link::new(",
    "Label::new(",
    "RichText::new(",
    "CollapsingHeader::new(",
    ".hint_text(",
    ".on_hover_text(",
    ".on_disabled_hover_text(",
    ".alt_text(",
    ".accessible_name(",
    ".right_text(",
    ".set_title(",
    ".add_filter(",
    "set_label(",
    "set_value(",
    "muted(ui, ",
    "wrong(ui, ",
    "label(ui, ",
    "heading(ui, ",
    "primary(ui, ",
    "fact(ui, ",
    "explained(ui, ",
    "row(ui, ",
    "text_field(ui, ",
    "unlabelled_field(ui, ",
    "worded(drag, ",
    "Grade::Note, ",
    "Grade::Error, ",
];

/// Every file of the window, tests left out.
fn sources() -> Vec<(PathBuf, String)> {
    fn look(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, found);
            } else if !path.ends_with("tests.rs") {
                let text = fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
                found.push((path, text.to_owned()));
            }
        }
    }
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    look(&root.join("src/app"), &mut found);
    let app = root.join("src/app.rs");
    found.push((app.clone(), fs::read_to_string(app).unwrap()));
    found
}

/// The last letters of a text.
fn tail(text: &str) -> String {
    let from = text.char_indices().rev().nth(80).map_or(0, |(at, _)| at);
    text[from..].to_owned()
}

/// What stands between quotation marks in a file, each with what stands before it; comments are left out.
fn literals(source: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let (mut rest, mut before) = (source, String::new());
    while let Some(at) = rest.find(['"', '/', '\'']) {
        before.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("'\"'") {
            rest = &rest[3..];
        } else if let Some(after) = rest.strip_prefix('"') {
            let mut escaped = false;
            let end = after
                .find(|c| {
                    let ends = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    ends
                })
                .unwrap();
            found.push((tail(&before), after[..end].to_owned()));
            before.push_str(&rest[..end + 2]);
            rest = &after[end + 1..];
        } else {
            before.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    found
}

/// The messages of files, each with its text as it stands there.
fn messages_of(files: &[&str]) -> BTreeMap<String, String> {
    let mut messages = BTreeMap::new();
    let mut id = String::new();
    for line in files.iter().flat_map(|file| file.lines()) {
        match line.split_once(" =") {
            Some((name, text)) if !line.starts_with([' ', '#']) => {
                id = name.to_owned();
                let before = messages.insert(id.clone(), text.trim().to_owned());
                assert!(before.is_none(), "{id} twice");
            }
            _ if line.starts_with(' ') => {
                let text = messages.get_mut(&id).unwrap();
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(line.trim());
            }
            _ => id.clear(),
        }
    }
    messages
}

/// What is asked for by its id.
fn messages(language: Language) -> BTreeMap<String, String> {
    let [asked_for @ .., _] = files(language);
    messages_of(&asked_for)
}

/// Sentences of the library.
fn sentences(language: Language) -> BTreeMap<String, String> {
    let [.., sentences] = files(language);
    messages_of(&[sentences])
}

/// The names of what a text tells of.
fn arguments(text: &str) -> BTreeSet<&str> {
    let parts = text.split("{ $").skip(1);
    parts.map(|part| part.split(' ').next().unwrap()).collect()
}

#[test]
fn every_language_has_the_same_ids_with_the_same_arguments() {
    let english = messages_of(&files(Language::English));
    assert!(english.len() > 800, "{}", english.len());
    for language in Language::ALL {
        let own = messages_of(&files(language));
        for (id, text) in &english {
            let own = own.get(id);
            let own = own.unwrap_or_else(|| panic!("{}: {id}", language.code()));
            assert_eq!(arguments(own), arguments(text), "{}: {id}", language.code());
        }
        let more: Vec<_> = own.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(more.is_empty(), "{}: {more:?}", language.code());
    }
}

#[test]
fn every_message_is_read_and_said_in_its_own_language() {
    for language in Language::ALL {
        for (id, text) in messages_of(&files(language)) {
            let mut args = FluentArgs::new();
            for name in arguments(&text) {
                args.set(name.to_owned(), 2_u32);
            }
            let said = of(language).with(id.clone().leak(), &args);
            // What is lacking is said by its id.
            assert!(said != id || text == id, "{}: {id}", language.code());
            assert!(!said.contains('{'), "{}: {id}: {said}", language.code());
        }
    }
}

#[test]
fn every_id_is_asked_for_and_every_id_that_is_asked_for_is_there() {
    let known = messages(Language::English);
    let mut used = BTreeSet::new();
    let mut asked = 0;
    for (path, source) in sources() {
        for (before, text) in literals(&source) {
            let called = before.trim_end().ends_with("say!(");
            if called && !path.ends_with("words.rs") {
                assert!(known.contains_key(&text), "{}: {text}", path.display());
                asked += 1;
            }
            used.insert(text);
        }
    }
    assert!(asked > 800, "{asked}");
    let idle: Vec<_> = known.keys().filter(|id| !used.contains(*id)).collect();
    assert!(idle.is_empty(), "nobody asks for {idle:?}");
}

/// What is asked for has the arguments that its message tells of, by name.
#[test]
fn what_is_asked_for_is_told_what_its_message_needs() {
    let known = messages(Language::English);
    for (path, source) in sources() {
        for (at, call) in source.match_indices("say!(") {
            let call = &source[at + call.len()..];
            let Some(id) = call.trim_start().strip_prefix('"') else {
                continue;
            };
            let (id, mut rest) = id.split_once('"').unwrap();
            let Some(text) = known.get(id) else { continue };
            let mut given = BTreeSet::new();
            // The names of this call, up to the bracket that closes it.
            let (mut depth, mut end) = (1, 0);
            for (at, c) in rest.char_indices() {
                match c {
                    '(' => depth += 1,
                    ')' => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    end = at;
                    break;
                }
            }
            rest = &rest[..end];
            let inner = rest.split("say!(").next().unwrap();
            for part in inner
                .split("\" =>")
                .collect::<Vec<_>>()
                .split_last()
                .unwrap()
                .1
            {
                given.insert(part.rsplit('"').next().unwrap());
            }
            let needed = arguments(text);
            let is_nested = rest.contains("say!(");
            assert!(
                given == needed || is_nested && given.is_subset(&needed),
                "{}: {id} is given {given:?} and tells of {needed:?}",
                path.display()
            );
        }
    }
}

#[test]
fn no_words_stand_in_the_code() {
    let is_word = |text: &str| {
        let text = text.replace("\\n", " ");
        let mut plain = String::new();
        let mut depth = 0;
        for c in text.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                c if depth == 0 => plain.push(c),
                _ => {}
            }
        }
        let words = plain.split(|c: char| !c.is_alphabetic());
        let mut words = words.filter(|word| word.chars().count() > 1);
        words.any(|word| !NAMES.contains(&word))
    };
    let mut found = Vec::new();
    for (path, source) in sources() {
        if NOT_SHOWN.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        for (before, text) in literals(&source) {
            let before = before.trim_end();
            let before = before.strip_suffix("&format!(").unwrap_or(before);
            let before = before.strip_suffix("format!(").unwrap_or(before).trim_end();
            let dense: String = before.split_whitespace().collect();
            let is_shown = SHOWN_BY
                .iter()
                .any(|call| before.ends_with(call.trim_end()));
            let is_sentence = text.contains(' ') && text.split(' ').count() > 3;
            let is_kept = KEPT.iter().any(|kept| text.contains(kept))
                || NAMED_BY.iter().any(|call| dense.ends_with(call));
            if is_word(&text) && (is_shown || is_sentence) && !is_kept {
                found.push(format!("{}: {text:?}", path.display()));
            }
        }
    }
    assert!(
        found.is_empty(),
        "words belong into assets/languages:\n{}",
        found.join("\n")
    );
}

/// Names that are the same in every language.
const NAMES: [&str; 4] = ["SHA", "Palimpsest", "dB", "px"];

/// Files whose words are for a terminal or a graphics card.
const NOT_SHOWN: [&str; 3] = ["open_window.rs", "uniform_flow.rs", "panic.rs"];

/// Calls that give a name to a thread, a widget or a picture, which nobody reads.
const NAMED_BY: [&str; 6] = [
    "Task::start(ctx,",
    "Task::start(ui.ctx(),",
    "Id::unique(",
    "Id::unique((",
    "make_persistent_id((",
    "letname=",
];

/// What is no word of the window: keys of settings, commands, and the English ending of a sentence of the library.
const KEPT: [&str; 4] = [
    "seconds a ",
    "MiB, {memory}",
    "palimpsest models fetch",
    "It{rest}",
];

/// A sentence of the library that is worded anew would not be known any more: each stands in the code as it is known here.
#[test]
fn the_librarys_sentences_are_those_of_the_code() {
    fn look(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let source = fs::read_to_string(&path).unwrap();
                found.extend(
                    literals(&source)
                        .into_iter()
                        .map(|(_, text)| open(&joined(&text))),
                );
            }
        }
    }
    /// A text without its line breaks and escapes.
    fn joined(text: &str) -> String {
        let lines = text.split("\\\n").map(str::trim_start);
        let whole: String = lines.collect();
        whole.replace("\\\"", "\"")
    }
    /// A text whose arguments have no names.
    fn open(text: &str) -> String {
        let mut parts = text.split('{');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |so_far, part| {
            let after = part.split_once('}').map_or(part, |(_, after)| after);
            so_far + "{}" + after
        })
    }
    let mut found = BTreeSet::new();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    for name in ["method", "record", "diffusion"] {
        look(&crates.join(name).join("src"), &mut found);
    }
    for (id, text) in sentences(Language::English) {
        assert!(found.contains(&open(&text)), "{id}: {text}");
    }
}

#[test]
fn a_sentence_of_the_library_is_said_again_with_what_it_is_about() {
    let error = palimpsest_method::artwork::ArtworkError::Empty {
        path: "/works/a b.png".into(),
    };
    speak(Language::English);
    assert_eq!(recorded(&error.to_string()), error.to_string());
    speak(Language::German);
    let said = recorded(&error.to_string());
    assert!(
        said.starts_with("/works/a b.png ist leer (0 Bytes)"),
        "{said}"
    );
    assert_eq!(recorded("questioned work"), "fragliches Werk");
    assert_eq!(recorded("Somebody's own words."), "Somebody's own words.");
    assert_eq!(moment("2026-03-14T09:26:53Z"), "14. März 2026, 09:26 UTC");
    speak(Language::English);
    assert_eq!(moment("2026-03-14T09:26:53Z"), "2026-03-14T09:26:53Z");
}

#[test]
fn a_locale_names_its_language() {
    let of = of_locale;
    assert_eq!(of("de_CH.UTF-8", ""), Language::German);
    assert_eq!(of("fr", ""), Language::French);
    assert_eq!(of("en_GB.UTF-8", "it:fr:de"), Language::French);
    for english in ["", "C", "C.UTF-8", "POSIX", "pt_BR.UTF-8"] {
        assert_eq!(of(english, ""), Language::English, "{english}");
    }
    assert_eq!(of("C", "de"), Language::English);
}

#[test]
fn a_thread_speaks_its_own_language_and_counts_agree() {
    let said = |language| {
        speak(language);
        let counted = [1_usize, 12_000].map(|works| say!("count-of-works", "works" => works));
        (text("start"), counted, signed(-0.5, 2), typed("−0,25"))
    };
    let (start, counted, number, read) = said(Language::German);
    assert_eq!(
        (start, number.as_str(), read),
        ("Start", "−0,50", Some(-0.25))
    );
    assert_eq!(counted, ["1 Werk", "12\u{202f}000 Werke"]);
    let (start, counted, number, read) = said(Language::English);
    assert_eq!(
        (start, number.as_str(), read),
        ("Start", "−0.50", Some(-0.25))
    );
    assert_eq!(counted, ["1 work", "12\u{202f}000 works"]);
    let other = std::thread::spawn(|| text("quit")).join().unwrap();
    assert_eq!(other, "Quit");
    speak(Language::French);
    assert_eq!(text("quit"), "Quitter");
}
