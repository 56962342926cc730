//! A small case with a journal, for tests that then meddle with it. All of it is the same every time, its
//! hashes too, so that a timestamp of it can be kept beside the tests.

#![allow(dead_code, reason = "not every test uses all of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use palimpsest_record::case::journal::{
    Author, BegunWork, Event, Journal, Machine, Program, Signer,
};
use palimpsest_record::case::key::{Fingerprint, SigningKey};
use palimpsest_record::case::verification::{Expectations, Problem, Verification, verify};
use palimpsest_record::case::{Digest, UtcTime, canonical_sha256};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Keys that sign nothing but these tests.
pub const KEY: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIHftXRNMSO37hHpTnEgTrQcF4Q1R3AeL60zqW+BBLsJT\n-----END PRIVATE KEY-----\n";
pub const OTHER_KEY: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEID92U4npr1AVUKfY39uyUGCc49LCB2mqQ3ECCamenIgK\n-----END PRIVATE KEY-----\n";

/// The artworks, whose folders are called so.
pub const WORKS: [&str; 2] = ["001-rose", "002-heath"];

/// What an examination leaves in the folder of an artwork.
pub const FILES: [&str; 5] = [
    "original.png",
    "partial.png",
    "recovered.png",
    "tensors.safetensors",
    "findings.json",
];

/// A case in a folder of its own.
pub struct SealedCase {
    temporary: TempDir,
    /// The entry that the exhibit prints and the timestamp is of.
    pub stamped: Digest,
    pub head: Digest,
    pub key: Fingerprint,
}

pub fn signer(pem: &str) -> Signer {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key.pem");
    fs::write(&path, pem).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    let text = |text: &str| text.to_owned();
    Signer {
        key: Arc::new(SigningKey::open_or_make(&path).unwrap()),
        author: Author {
            who: text("j. doe \u{e4} \",\"hash\":\""),
            program: Program {
                name: text("palimpsest"),
                version: text("0.1.0"),
                build: text("test"),
            },
            machine: Machine {
                system: text("linux"),
                architecture: text("x86_64"),
                processor: None,
            },
        },
    }
}

pub fn plan() -> Value {
    json!({
        "pretrained": {"sha256": "aa".repeat(32)},
        "finetuned": {"sha256": "bb".repeat(32)},
        "settings": {"steps": 1000, "step_size": 0.1, "seed": u64::MAX},
    })
}

pub fn begun() -> Event {
    let item = |folder: &&str| BegunWork {
        folder: (*folder).into(),
        path: format!("/pictures/{folder}.png"),
        role: "questioned".into(),
        sha256: Some(Digest::of(folder.as_bytes())),
        declared: None,
        crop: None,
        seed: None,
        repeat: 0,
        reading: None,
    };
    Event::Begun {
        asked_sha256: None,
        plan_sha256: canonical_sha256(&plan()).unwrap(),
        items: WORKS.iter().map(item).collect(),
        primary_score: "direction".into(),
        propositions: vec!["used in training".into(), "not used".into()],
    }
}

/// The time of the entry `number`.
pub fn time(number: u64) -> UtcTime {
    format!("2026-03-14T09:{number:02}:00Z").parse().unwrap()
}

impl SealedCase {
    pub fn new() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path();
        write_record(folder);
        let signer = signer(KEY);
        let key = signer.key.public().fingerprint();
        let mut journal = Journal::begin_at(folder, signer, begun(), time(1)).unwrap();
        let mut add = |event: Event| {
            let time = time(journal.entries().len() as u64 + 1);
            journal.append_at(&event, time).unwrap()
        };
        for work in WORKS {
            let names = FILES.map(|file| format!("{work}/{file}"));
            add(Event::Examined {
                folder: work.into(),
                seed: Some(u64::MAX),
                files: write_all(folder, &names),
            });
        }
        add(Event::Calibrated {
            name: "same hand".into(),
            files: write_all(folder, &["calibration.json".to_owned()]),
        });
        let stamped = add(Event::Assessed {
            files: write_all(folder, &["assessment.json".to_owned()]),
        });
        let exhibit = write(folder, "exhibit.pdf", &stamped.to_string());
        add(Event::Exhibited {
            file: "exhibit.pdf".into(),
            elsewhere: false,
            sha256: exhibit,
            head: stamped,
        });
        let head = add(Event::Resumed {});
        Self {
            temporary,
            stamped,
            head,
            key,
        }
    }

    pub fn folder(&self) -> &Path {
        self.temporary.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    pub fn verify(&self) -> Verification {
        verify(self.folder(), &Expectations::default())
    }

    pub fn problems(&self) -> Vec<Problem> {
        self.verify().problems
    }

    pub fn journal(&self) -> Vec<u8> {
        fs::read(self.path("journal.jsonl")).unwrap()
    }

    pub fn lines(&self) -> Vec<String> {
        let text = String::from_utf8(self.journal()).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    pub fn set_lines(&self, lines: &[String]) {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(self.path("journal.jsonl"), text).unwrap();
    }

    pub fn record(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path("case.json")).unwrap()).unwrap()
    }

    pub fn set_record(&self, record: &Value) {
        fs::write(self.path("case.json"), record.to_string()).unwrap();
    }

    /// Opens the journal to go on with it.
    pub fn reopen(&self) -> Journal {
        Journal::open(self.folder(), signer(KEY)).unwrap()
    }
}

fn write_record(folder: &Path) {
    let artwork = |work: &&str| {
        json!({
            "folder": work,
            "path": format!("/pictures/{work}.png"),
            "sha256": Digest::of(work.as_bytes()),
            "state": "finished",
        })
    };
    let artworks: Vec<_> = WORKS.iter().map(artwork).collect();
    let record = json!({"plan": plan(), "artworks": artworks});
    let text = serde_json::to_string_pretty(&record).unwrap();
    fs::write(folder.join("case.json"), text).unwrap();
}

pub fn write(folder: &Path, name: &str, content: &str) -> Digest {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
    Digest::of(content.as_bytes())
}

fn write_all(folder: &Path, names: &[String]) -> BTreeMap<String, Digest> {
    let pairs = names
        .iter()
        .map(|name| (name.clone(), write(folder, name, name)));
    pairs.collect()
}
