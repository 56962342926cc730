//! No folder of the user's stands in anything that is handed over: every byte of a case but its private record, of its
//! exhibit and of its archive is looked through, compressed or not. The private record stays, and without it the case
//! says what is to be done.

use crate::commands::{complaint, copy_folder, json, palimpsest, reference, stderr};
use crate::real_case::{draw, read};

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use lopdf::{Document, Object};
use tempfile::tempdir;

/// Names of folders that stand nowhere by chance: the user's home, those in it, and those of another disk.
const USER: &str = "zoltan-qx";
const WORKS: &str = "werke-qw";
const STUDIO: &str = "atelier-qs";
const OTHERS: &str = "fremde-qo";
const CASES: &str = "faelle-qc";
const MODELS: &str = "modelle-qm";
const DISK: &str = "platte-qd";
const FOLDERS: [&str; 7] = [USER, WORKS, STUDIO, OTHERS, CASES, MODELS, DISK];

/// The file of a case that tells of folders.
const PRIVATE: &str = "private.json";

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
            false if path.ends_with(PRIVATE) => {}
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

/// The folder of the user's whose name stands in `bytes`, as UTF-8 or as UTF-16.
fn named_folder(bytes: &[u8]) -> Option<&'static str> {
    let stands = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    FOLDERS.into_iter().find(|folder| {
        let wide: Vec<u8> = folder.bytes().flat_map(|byte| [0, byte]).collect();
        stands(folder.as_bytes()) || stands(&wide)
    })
}

fn assert_nameless(what: &[(String, Vec<u8>)]) {
    assert!(!what.is_empty());
    for (name, bytes) in what {
        if let Some(pdf) = name.ends_with(".pdf").then(|| streams(bytes)) {
            assert_nameless(&pdf);
        }
        let folder = named_folder(bytes);
        let text = String::from_utf8_lossy(bytes);
        let place = folder.and_then(|folder| text.find(folder)).unwrap_or(0);
        let before = place.saturating_sub(120);
        let around: String = text.chars().skip(before).take(240).collect();
        assert_eq!(folder, None, "{name}: {around}");
    }
}

/// Works, controls and models in folders with telling names, some of them on a disk outside the home folder, and a
/// case of them in which much is told: two works of one name, a broken picture, a file that is no picture, pictures of
/// the model's own, blind works.
fn examined(temporary: &Path) -> (Home, PathBuf) {
    let home = Home {
        folder: temporary.join(USER),
    };
    let inside = |name: &str| home.folder.join(name);
    let disk = temporary.join(DISK);
    fs::create_dir(&home.folder).unwrap();
    let works = draw(&inside(WORKS), 0..=0);
    let second = disk.join(WORKS).join(works[0].file_name().unwrap());
    fs::rename(draw(&disk.join(WORKS), 1..=1)[0].clone(), &second).unwrap();
    draw(&disk.join(STUDIO), 10..=15);
    fs::write(disk.join(STUDIO).join("sold.txt"), "in May").unwrap();
    fs::create_dir(inside(OTHERS)).unwrap();
    fs::write(inside(OTHERS).join("broken.png"), b"no picture").unwrap();
    for model in ["pretrained", "finetuned"] {
        let to = inside(MODELS).join(model);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        copy_folder(&reference("sd1", model), &to);
    }
    let case = Path::new(CASES).join("one");
    let text = |path: &Path| path.display().to_string();
    // Named from the current folder and in full; the broken picture fails, and says so in the record.
    let examined = home.run(&[
        "examine",
        &text(&Path::new(WORKS).join(works[0].file_name().unwrap())),
        &text(&second),
        "--pretrained",
        &text(&Path::new(MODELS).join("pretrained")),
        "--finetuned",
        &text(&inside(MODELS).join("finetuned")),
        "--out",
        &text(&case),
        "--steps",
        "2",
        "--controls",
        &text(&disk.join(STUDIO)),
        "--context",
        OTHERS,
        "--own-outputs",
        "1",
        "--json",
    ]);
    let case = inside(&text(&case));
    assert!(
        case.join("journal.jsonl").is_file(),
        "{}",
        stderr(&examined)
    );
    assert_eq!(named_folder(&examined.stdout), None, "the printed JSON");
    (home, case)
}

#[test]
fn no_byte_of_case_exhibit_and_archive_tells_a_folder() {
    let temporary = tempdir().unwrap();
    let (home, case) = examined(temporary.path());
    let inside = |name: &str| home.folder.join(name);
    let case = case.to_str().unwrap();
    // Written elsewhere, then again, so that the journal and a printed journal tell of the first.
    let first = Path::new(OTHERS).join("first.pdf");
    home.done(&["exhibit", case, "--out", first.to_str().unwrap()]);
    let models = inside(MODELS);
    fs::rename(models.join("pretrained"), inside("elsewhere")).unwrap();
    home.done(&["exhibit", case]);
    home.done(&["exhibit", case, "--out", "third.pdf"]);
    let archived = home.done(&["archive", case, "--out", "one.zip"]);
    // Whoever archives is told the place.
    assert!(stderr(&archived).contains(MODELS), "{}", stderr(&archived));
    assert_nameless(&files(Path::new(case)));
    for exhibit in [first, PathBuf::from("third.pdf")] {
        assert_nameless(&streams(&fs::read(home.folder.join(exhibit)).unwrap()));
    }
    let archived = unpacked(&inside("one.zip"));
    assert_nameless(&archived);
    assert!(!archived.iter().any(|(name, _)| name == PRIVATE));
    let kept = fs::read(Path::new(case).join(PRIVATE)).unwrap();
    assert!(named_folder(&kept).is_some());
    // What was missing is called by its model and its own name.
    let journal = fs::read_to_string(Path::new(case).join("journal.jsonl")).unwrap();
    assert!(
        journal.contains("\"pretrained/unet/config.json\""),
        "{journal}"
    );
    assert!(journal.contains("\"file\":\"first.pdf\",\"elsewhere\":true"));

    // Nobody was named, and that is what is said.
    let third = fs::read(inside("third.pdf")).unwrap();
    let document = Document::load_mem(&third).unwrap();
    let first = document.extract_text(&[1]).unwrap();
    let first = first.split_whitespace().collect::<String>();
    assert!(first.contains("Examinernotnamed"), "{first}");
    assert!(
        first.contains("Examinationof2worksagainstthemodel“finetuned”"),
        "{first}"
    );
    let named = ["--operator", "Dr. Ferreira"];
    home.done(&[&["exhibit", case, "--out", "fourth.pdf"][..], &named[..]].concat());
    let fourth = Document::load_mem(&fs::read(inside("fourth.pdf")).unwrap()).unwrap();
    assert!(fourth.extract_text(&[1]).unwrap().contains("Ferreira"));
    home.done(&["exhibit", case, "--out", "fifth.pdf"]);
    let entries = fs::read_to_string(Path::new(case).join("journal.jsonl")).unwrap();
    let last = entries.lines().last().unwrap();
    assert!(last.contains("\"who\":\"Dr. Ferreira\""), "{last}");
    let checked = json(&home.done(&["verify", case, "--json"]));
    assert_eq!(checked["holds"], true);
    assert_eq!(named_folder(checked.to_string().as_bytes()), None);

    // The private record still leads to what the names stand for.
    fs::rename(inside("elsewhere"), models.join("pretrained")).unwrap();
    home.done(&["verify", case, "--replay"]);
}

#[test]
fn two_works_of_one_name_stay_two_and_a_case_without_its_private_record_says_what_to_do() {
    let temporary = tempdir().unwrap();
    let (home, case) = examined(temporary.path());
    let record = read(&case.join("case.json"));
    assert_eq!(record["version"], 3);
    let works = &record["artworks"];
    let name = works[0]["path"].as_str().unwrap();
    assert!(!name.contains('/'), "{name}");
    assert_eq!(works[1]["path"], format!("2/{name}"));
    assert_ne!(works[0]["sha256"], works[1]["sha256"]);
    let own = works.as_array().unwrap().iter();
    let own = own.filter(|it| it["role"] == "own_output");
    let own: Vec<&str> = own.map(|it| it["path"].as_str().unwrap()).collect();
    assert_eq!(own, ["own-outputs/generated-0001.png"]);
    let assessed = json(&home.done(&["assess", case.to_str().unwrap(), "--json"]));
    assert_eq!(assessed["works"][0]["folders"].as_array().unwrap().len(), 1);
    assert_eq!(assessed["works"][1]["role"], "questioned");

    // As it is when it was handed over.
    let handed = temporary.path().join("handed over");
    copy_folder(&case, &handed);
    fs::remove_file(handed.join(PRIVATE)).unwrap();
    let handed = handed.to_str().unwrap();
    home.done(&["verify", handed]);
    let refused = complaint(&home.run(&["verify", handed, "--replay"]));
    let asks = "is not known, as the case in";
    assert!(
        refused.contains(asks) && refused.contains("--files"),
        "{refused}"
    );
    let resumed = complaint(&home.run(&["resume", handed]));
    assert!(resumed.contains(asks), "{resumed}");
    // Nothing of the name in the current folder is taken for the case's.
    fs::write(home.folder.join(name), b"another").unwrap();
    let exhibit = home.done(&["exhibit", handed]);
    assert_eq!(stderr(&exhibit), "");
    // They are found below the folders that are named, the broken one too, which is tried again and fails again.
    let disk = temporary.path().join(DISK);
    let found = [
        "--files",
        disk.to_str().unwrap(),
        "--files",
        home.folder.to_str().unwrap(),
    ];
    home.done(&[&["verify", handed, "--replay"][..], &found[..]].concat());
    assert!(!Path::new(handed).join(PRIVATE).exists());
    home.run(&[&["resume", handed][..], &found[..]].concat());
    assert!(Path::new(handed).join(PRIVATE).is_file());
    home.done(&["verify", handed, "--replay"]);
}
