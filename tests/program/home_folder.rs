//! The user's home folder stands in nothing that is handed over: every byte of a case, of its exhibit and of its
//! archive is looked through, compressed or not.

use crate::commands::{copy_folder, json, palimpsest, reference, stderr};
use crate::real_case::draw;

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use lopdf::{Document, Object};
use tempfile::tempdir;

/// A name that stands nowhere by chance.
const USER: &str = "zoltan-qx";

struct Home {
    folder: PathBuf,
}

impl Home {
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command: Command = palimpsest(arguments);
        command.current_dir(&self.folder).env("HOME", &self.folder);
        command.env("XDG_DATA_HOME", self.folder.join("data"));
        command.output().unwrap()
    }

    fn done(&self, arguments: &[&str]) -> Output {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        output
    }
}

/// Every file of a folder and of the folders in it, with its content.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push((path.display().to_string(), fs::read(&path).unwrap())),
        }
    }
    found
}

/// The bytes of a PDF, and those of its streams, its attachments among them, as they are when decompressed; and its
/// text, whose letters have other codes in the streams.
fn streams(pdf: &[u8]) -> Vec<(String, Vec<u8>)> {
    let document = Document::load_mem(pdf).unwrap();
    let streams = document.objects.iter().filter_map(|(id, object)| {
        let Object::Stream(stream) = object else {
            return None;
        };
        let bytes = stream.decompressed_content();
        let bytes = bytes.unwrap_or_else(|_| stream.content.clone());
        Some((format!("object {id:?}"), bytes))
    });
    let mut found: Vec<_> = streams.collect();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text: String = document.extract_text(&pages).unwrap();
    let text: String = text.split_whitespace().collect();
    found.push(("text".into(), text.into_bytes()));
    found.push(("all of it".into(), pdf.to_vec()));
    found
}

fn unpacked(archive: &Path) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(File::open(archive).unwrap()).unwrap();
    let mut found = vec![("all of it".to_owned(), fs::read(archive).unwrap())];
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        found.push((file.name().unwrap().into_owned(), bytes));
    }
    found
}

/// True if the user's name stands in `bytes`, as UTF-8 or as UTF-16.
fn names_the_user(bytes: &[u8]) -> bool {
    let wide: Vec<u8> = USER.bytes().flat_map(|byte| [0, byte]).collect();
    let stands = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    stands(USER.as_bytes()) || stands(&wide)
}

fn assert_nameless(what: &[(String, Vec<u8>)]) {
    assert!(!what.is_empty());
    for (name, bytes) in what {
        if let Some(pdf) = name.ends_with(".pdf").then(|| streams(bytes)) {
            assert_nameless(&pdf);
        }
        let text = String::from_utf8_lossy(bytes);
        let place = text.find(USER).unwrap_or(0);
        let around: String = text
            .chars()
            .skip(place.saturating_sub(120))
            .take(240)
            .collect();
        assert!(!names_the_user(bytes), "{name}: {around}");
    }
}

#[test]
fn no_byte_of_case_exhibit_and_archive_tells_the_home_folder() {
    let temporary = tempdir().unwrap();
    let home = Home {
        folder: temporary.path().join(USER),
    };
    let inside = |name: &str| home.folder.join(name);
    fs::create_dir(&home.folder).unwrap();
    draw(&inside("works"), 0..=0);
    draw(&inside("studio"), 10..=15);
    fs::create_dir(inside("others")).unwrap();
    fs::write(inside("others/broken.png"), b"no picture").unwrap();
    for model in ["pretrained", "finetuned"] {
        copy_folder(&reference("sd1", model), &inside(model));
    }
    let work = fs::read_dir(inside("works")).unwrap();
    let work = work.map(|entry| entry.unwrap().path());
    let work = work.filter(|path| path.extension().is_some_and(|kind| kind == "png"));
    let work = work.last().unwrap().display().to_string();
    // The broken picture fails, and says so in the record.
    let examined = home.run(&[
        "examine",
        &work,
        "--pretrained",
        "pretrained",
        "--finetuned",
        "finetuned",
        "--out",
        "cases/one",
        "--steps",
        "2",
        "--controls",
        "studio",
        "--context",
        "others",
        "--own-outputs",
        "1",
        "--json",
    ]);
    assert!(
        inside("cases/one/journal.jsonl").is_file(),
        "{}",
        stderr(&examined)
    );
    assert!(!names_the_user(&examined.stdout), "the printed JSON");

    // Written elsewhere, then again, so that the journal and a printed journal tell of the first.
    home.done(&["exhibit", "cases/one", "--out", "first.pdf"]);
    fs::rename(inside("pretrained"), inside("elsewhere")).unwrap();
    home.done(&["exhibit", "cases/one"]);
    home.done(&["exhibit", "cases/one", "--out", "third.pdf"]);
    home.done(&["archive", "cases/one", "--out", "one.zip"]);
    assert_nameless(&files(&inside("cases/one")));
    for exhibit in ["first.pdf", "third.pdf"] {
        let bytes = fs::read(inside(exhibit)).unwrap();
        assert!(!names_the_user(&bytes));
        assert_nameless(&streams(&bytes));
    }
    assert_nameless(&unpacked(&inside("one.zip")));
    // Nobody was named, and that is what is said.
    let third = fs::read(inside("third.pdf")).unwrap();
    let document = Document::load_mem(&third).unwrap();
    let first = document.extract_text(&[1]).unwrap();
    let first = first.split_whitespace().collect::<String>();
    assert!(first.contains("Examinernotnamed"), "{first}");
    assert!(
        first.contains("Examinationof1workagainstthemodel“finetuned”"),
        "{first}"
    );
    home.done(&[
        "exhibit",
        "cases/one",
        "--out",
        "fourth.pdf",
        "--operator",
        "Dr. Ferreira",
    ]);
    let fourth = Document::load_mem(&fs::read(inside("fourth.pdf")).unwrap()).unwrap();
    assert!(fourth.extract_text(&[1]).unwrap().contains("Ferreira"));
    home.done(&["exhibit", "cases/one", "--out", "fifth.pdf"]);
    let entries = fs::read_to_string(inside("cases/one/journal.jsonl")).unwrap();
    let last = entries.lines().last().unwrap();
    assert!(last.contains("\"who\":\"Dr. Ferreira\""), "{last}");
    let checked = json(&home.done(&["verify", "cases/one", "--json"]));
    assert_eq!(checked["holds"], true);
    assert!(!names_the_user(checked.to_string().as_bytes()));

    // The paths still lead to what they name.
    fs::rename(inside("elsewhere"), inside("pretrained")).unwrap();
    home.done(&["verify", "cases/one", "--replay"]);
}
