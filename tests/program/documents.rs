//! Documents, scripts and comments name what is there: every link leads to a file and a heading, every path
//! and test program exists, and the types that the guides for contributors name are in the source.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold files of ours.
const FOLDERS: [&str; 8] = [
    "assets/demo",
    "benches",
    "crates",
    "docs",
    "fuzz",
    "packaging",
    "src",
    "tests",
];

/// How a word begins that is a path from the project's folder.
const BEGINNINGS: [&str; 9] = [
    ".ci/",
    "assets/",
    "benches/",
    "crates/",
    "docs/",
    "fuzz/",
    "packaging/",
    "src/",
    "tests/",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files whose names end so, in the project's folder itself and below its folders.
fn files(ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = FOLDERS.iter().map(|name| root().join(name)).collect();
    let mut take = |path: PathBuf| {
        if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    };
    for entry in fs::read_dir(root()).unwrap() {
        take(entry.unwrap().path());
    }
    while let Some(folder) = folders.pop() {
        let is_built = folder.file_name().is_some_and(|name| name == "target");
        if is_built || !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                take(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{ending}");
    found
}

/// What documents, scripts and comments say, by file.
fn texts() -> Vec<(PathBuf, String)> {
    let mut texts = Vec::new();
    for ending in [".md", ".py", ".sh"] {
        texts.extend(files(ending).into_iter().map(|path| {
            let text = read(&path);
            (path, text)
        }));
    }
    for path in files(".rs") {
        let text = read(&path);
        let is_comment = |line: &&str| line.trim_start().starts_with("//");
        let comments: Vec<&str> = text.lines().filter(is_comment).collect();
        texts.push((path, comments.join("\n")));
    }
    texts
}

/// The targets of a document's links.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split("](").skip(1);
    parts.filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
}

/// A heading as a link names it.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let plain: String = heading.to_lowercase().chars().filter(kept).collect();
    plain.trim().replace(' ', "-")
}

#[test]
fn every_link_of_a_document_leads_somewhere() {
    let mut checked = 0;
    for document in files(".md") {
        let text = read(&document);
        for link in links(&text).filter(|link| !link.contains("://")) {
            let place = format!("{}: {link}", document.display());
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = match path {
                "" => document.clone(),
                path => document.parent().unwrap().join(path),
            };
            assert!(target.exists(), "{place}");
            if !heading.is_empty() {
                let text = read(&target);
                let lines = text.lines().filter(|line| line.starts_with('#'));
                let mut anchors = lines.map(|line| anchor(line.trim_start_matches('#')));
                assert!(anchors.any(|anchor| anchor == heading), "{place}");
            }
            checked += 1;
        }
    }
    assert!(checked > 30, "{checked}");
}

#[test]
fn every_path_that_is_named_exists() {
    let is_part = |c: char| c.is_alphanumeric() || "_./-…*{}<>$".contains(c);
    let mut checked = 0;
    for (file, text) in texts() {
        for word in text.split(|c| !is_part(c)) {
            let word = word.trim_end_matches(['.', '/', '-']);
            let begins = BEGINNINGS
                .iter()
                .any(|beginning| word.starts_with(beginning));
            // A pattern, or a word in capitals that stands for another.
            let is_pattern = word.contains(['…', '*', '{', '<', '$']) || word.contains("NAME");
            if begins && !is_pattern {
                let exists = root().join(word).exists();
                assert!(exists, "{}: {word} is not there", file.display());
                checked += 1;
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn every_test_program_that_is_named_exists() {
    let mut programs = BTreeSet::new();
    for path in files("main.rs") {
        let folder = path.parent().unwrap();
        let above = folder.parent().and_then(Path::file_name);
        if above.is_some_and(|name| name == "tests") {
            programs.insert(folder.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    let mut checked = 0;
    for (file, text) in texts() {
        // A comment may break the line between the two words.
        let text = text.replace("//!", " ");
        let words: Vec<&str> = text.split_whitespace().collect();
        for pair in words.windows(2) {
            let [before, name] = pair else { continue };
            let name = name.trim_matches(|c: char| !c.is_alphanumeric());
            if before.ends_with("--test") && name != "NAME" {
                assert!(programs.contains(name), "{}: --test {name}", file.display());
                checked += 1;
            }
        }
    }
    assert!(checked > 5, "{checked}");
}

#[test]
fn every_type_and_file_that_contributors_are_told_of_is_in_the_source() {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let paths = files(".rs");
    let sources: Vec<String> = paths.iter().map(|path| read(path)).collect();
    let known: BTreeSet<&str> = (sources.iter())
        .flat_map(|text| text.split(|c| !is_letter(c)))
        .collect();
    let mut checked = 0;
    for document in ["CONTRIBUTING.md", "SECURITY.md", "docs/ARCHITECTURE.md"] {
        let text = read(&root().join(document));
        for span in text.split('`').skip(1).step_by(2) {
            let is_name = span.starts_with(|c: char| c.is_uppercase())
                && span.chars().all(|c| is_letter(c) || c == ':');
            if span.ends_with(".rs") && !span.contains("NAME") {
                let exists = paths.iter().any(|path| path.ends_with(span));
                assert!(exists, "{document}: {span}");
            }
            if is_name {
                for part in span.split("::") {
                    assert!(known.contains(part), "{document}: {span}");
                }
                checked += 1;
            }
        }
    }
    assert!(checked > 40, "{checked}");
}
