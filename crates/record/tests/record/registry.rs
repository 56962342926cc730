//! The registry of examinations: what it counts, what it notices, and that no line is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::Path;
use std::thread;

use palimpsest_record::case::key::SigningKey;
use palimpsest_record::case::registry::{Entered, Facts, Part, Registration, Registry};
use palimpsest_record::case::{Digest, UtcTime};
use tempfile::tempdir;

fn hash(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}

fn facts(model: &str, works: &[&str]) -> Facts {
    Facts {
        pretrained: hash("base"),
        finetuned: hash(model),
        plan: hash("plan"),
        questioned: works.iter().map(|work| hash(work)).collect(),
        others: vec![hash("control")],
        squares: hash("centre"),
        prompt: hash("art"),
        seed: hash("0"),
        settings: hash("quick"),
        question: hash("question"),
    }
}

fn registry(folder: &Path) -> Registry {
    let key = SigningKey::open_or_make(&folder.join("key.pem")).unwrap();
    Registry::of(&key.public(), folder)
}

fn add(registry: &Registry, facts: &Facts) -> Entered {
    registry.add(facts, UtcTime::now()).unwrap()
}

fn damage(registry: &Registry, facts: &Facts) -> String {
    let before = fs::read(registry.path()).unwrap();
    let Registration::Missing(why) = registry.enter(facts) else {
        panic!("it was entered");
    };
    assert_eq!(
        fs::read(registry.path()).unwrap(),
        before,
        "nothing is covered up"
    );
    why
}

#[test]
fn examinations_of_a_model_are_counted_with_what_differs() {
    let folder = tempdir().unwrap();
    let registry = registry(folder.path());
    let first = add(&registry, &facts("model", &["a", "b"]));
    assert_eq!((first.of_model, first.differs.len()), (1, 0));
    assert!(first.earlier.is_empty());
    // Another model is another matter.
    assert_eq!(add(&registry, &facts("other", &["a"])).of_model, 1);

    let prompt = Facts {
        prompt: hash("another"),
        ..facts("model", &["a", "b"])
    };
    let second = add(&registry, &prompt);
    assert_eq!(second.of_model, 2);
    assert_eq!(second.differs, BTreeSet::from([Part::Prompt]));
    assert_eq!(
        second.earlier,
        BTreeMap::from([(hash("a"), 1), (hash("b"), 1)])
    );

    let seed = Facts {
        seed: hash("7"),
        ..facts("model", &["b", "c", "control"])
    };
    let third = add(&registry, &seed);
    assert_eq!(third.of_model, 3);
    let differs = [Part::Works, Part::Prompt, Part::Seed];
    assert_eq!(third.differs, BTreeSet::from(differs));
    // A control was looked at as well.
    let earlier = [(hash("b"), 2), (hash("control"), 2)];
    assert_eq!(third.earlier, BTreeMap::from(earlier));
    let registration = Registration::Entered(third);
    let tests = ["b", "c", "control"].map(|work| registration.tests_of(Some(hash(work))));
    assert_eq!(tests, [3, 1, 3]);
}

#[test]
fn a_line_taken_out_changed_or_moved_is_noticed() {
    let folder = tempdir().unwrap();
    let registry = registry(folder.path());
    for work in ["a", "b", "c"] {
        add(&registry, &facts("model", &[work]));
    }
    let whole = fs::read_to_string(registry.path()).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let changed = lines[0].replacen("questioned", "questionef", 1);
    for (kept, words) in [
        (
            vec![lines[1], lines[2]],
            "line 1 of the registry of examinations is damaged (lines before it",
        ),
        (
            vec![lines[0], lines[2]],
            "line 2 of the registry of examinations is damaged (lines before it",
        ),
        (vec![lines[1], lines[0], lines[2]], "line 1 "),
        (vec![lines[0], lines[0]], "line 2 "),
        (vec![&changed, lines[1]], "(it was changed"),
        (
            vec![lines[0], "{}"],
            "line 2 of the registry of examinations is damaged (it cannot be read",
        ),
    ] {
        fs::write(registry.path(), format!("{}\n", kept.join("\n"))).unwrap();
        let why = damage(&registry, &facts("model", &["d"]));
        assert!(why.contains(words), "{why}");
    }
    // Lines taken from its end are not noticed, as its documents say.
    fs::write(registry.path(), format!("{}\n", lines[0])).unwrap();
    assert_eq!(add(&registry, &facts("model", &["d"])).of_model, 2);
}

#[test]
fn half_a_line_of_a_crash_is_written_over() {
    let folder = tempdir().unwrap();
    let registry = registry(folder.path());
    let first = add(&registry, &facts("model", &["a"]));
    let whole = fs::read_to_string(registry.path()).unwrap();
    fs::write(
        registry.path(),
        format!("{whole}{}", &whole[..whole.len() / 2]),
    )
    .unwrap();
    let second = add(&registry, &facts("model", &["a"]));
    assert_eq!(second.of_model, 2);
    let text = fs::read_to_string(registry.path()).unwrap();
    assert!(text.starts_with(&whole) && text.ends_with('\n'));
    let line: serde_json::Value = serde_json::from_str(text.lines().nth(1).unwrap()).unwrap();
    assert_eq!(line["previous"], first.line.to_string());
    assert_eq!(line["hash"], second.line.to_string());
    assert_eq!(text.lines().count(), 2);
}

#[test]
fn many_at_once_lose_no_line() {
    const TURNS: u64 = 25;
    let folder = tempdir().unwrap();
    let registry = registry(folder.path());
    // Each opens the file anew, and the lock is that of the opened file, as between processes.
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..TURNS {
                    add(&registry, &facts("model", &["a"]));
                }
            });
        }
    });
    assert_eq!(
        add(&registry, &facts("model", &["a"])).of_model,
        4 * TURNS + 1
    );
}

#[test]
fn what_cannot_be_used_is_told_and_stops_nothing() {
    let folder = tempdir().unwrap();
    let registry = registry(folder.path());
    let file = File::create(registry.path()).unwrap();
    file.set_len(1 << 40).unwrap();
    let Registration::Missing(why) = registry.enter(&facts("model", &["a"])) else {
        panic!("it was entered");
    };
    assert!(why.contains("full"), "{why}");
    fs::remove_file(registry.path()).unwrap();
    fs::create_dir(registry.path()).unwrap();
    let registration = registry.enter(&facts("model", &["a"]));
    assert!(matches!(registration, Registration::Missing(_)));
    assert_eq!(registration.tests_of(Some(hash("a"))), 1);
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_it_and_each_key_has_its_own() {
    use std::os::unix::fs::PermissionsExt;

    let (one, other) = (tempdir().unwrap(), tempdir().unwrap());
    let first = registry(one.path());
    add(&first, &facts("model", &["a"]));
    let mode = fs::metadata(first.path()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let key = SigningKey::open_or_make(&other.path().join("key.pem")).unwrap();
    let second = Registry::of(&key.public(), one.path());
    assert_ne!(first.path(), second.path());
    assert_eq!(add(&second, &facts("model", &["a"])).of_model, 1);
}

#[test]
fn it_holds_hashes_and_times_alone() {
    let folder = tempdir().unwrap();
    let registry = registry(folder.path());
    add(&registry, &facts("model", &["a"]));
    let text = fs::read_to_string(registry.path()).unwrap();
    let line: serde_json::Map<_, _> = serde_json::from_str(&text).unwrap();
    for (name, value) in line {
        let values = value.as_array().cloned().unwrap_or_else(|| vec![value]);
        for value in values {
            let is_hash = value
                .as_str()
                .is_some_and(|it| it.parse::<Digest>().is_ok());
            let is_time = value
                .as_str()
                .is_some_and(|it| it.parse::<UtcTime>().is_ok());
            assert!(is_hash || is_time || name == "number", "{name}: {value}");
        }
    }
}
