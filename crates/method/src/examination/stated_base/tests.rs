//! Every hash that a file may state of its base, against bases that have it and others.

use serde_json::{Value, json};

use super::*;

/// Hashes and a library made up.
#[derive(Default)]
struct Made {
    piece: &'static str,
    tensors: Option<&'static str>,
    /// Digits of a file of the library, and its distance.
    known: Option<(&'static str, Result<f64, String>)>,
    is_gone: bool,
}

impl Evidence for Made {
    fn piece(&self) -> io::Result<String> {
        match self.is_gone {
            true => Err(io::Error::other("gone")),
            false => Ok(self.piece.to_owned()),
        }
    }

    fn tensors(&self) -> io::Result<Option<String>> {
        match self.is_gone {
            true => Err(io::Error::other("gone")),
            false => Ok(self.tensors.map(str::to_owned)),
        }
    }

    fn in_library(&self, digits: &str) -> Option<InLibrary> {
        let (known, distance) = self.known.clone()?;
        (known == digits).then(|| InLibrary {
            file: "/models/hills.ckpt".into(),
            distance: distance.map(|relative| WeightDistance {
                tensors: 9,
                equal: 0,
                relative,
            }),
        })
    }
}

fn record(path: &str, file: &str, sha256: &str, stated: Value) -> ModelRecord {
    serde_json::from_value(json!({
        "path": path,
        "sha256": "0".repeat(64),
        "files": [{ "name": file, "bytes": 1, "sha256": sha256.repeat(32) }],
        "prediction": "epsilon",
        "borrowed": [],
        "stated": stated,
    }))
    .unwrap()
}

fn one_file() -> ModelRecord {
    record("/models/base.ckpt", "base.ckpt", "ab", Value::Null)
}

fn folder() -> ModelRecord {
    let weights = "unet/diffusion_pytorch_model.safetensors";
    record("/models/base", weights, "ab", Value::Null)
}

fn judged(base: &ModelRecord, stated: Value, evidence: &Made) -> (Fits, String) {
    let tuned = record("/models/t.safetensors", "t.safetensors", "cd", stated);
    let mut found = by_statements(base, &tuned, evidence);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn a_hash_of_the_whole_file_is_its_or_it_is_doubtful() {
    let nothing = Made::default();
    let (ab, ef) = ("ab".repeat(32), "ef".repeat(32));
    for own in [
        json!({ "base_sha256": ab }),
        json!({ "base_sha256": ab.to_uppercase() }),
        json!({ "base_sha256": format!("0x{ab}") }),
        // Its first ten digits, in either place.
        json!({ "base_sha256": &ab[..10] }),
        json!({ "base_autov1": &ab[..10] }),
        // The longer one counts.
        json!({ "base_sha256": ab, "base_autov1": "12345678" }),
    ] {
        let (fits, why) = judged(&one_file(), own.clone(), &nothing);
        assert_eq!(fits, Fits::Yes, "{own}: {why}");
    }
    let (fits, why) = judged(&one_file(), json!({ "base_sha256": ef }), &nothing);
    assert_eq!(fits, Fits::Doubtful);
    assert!(why.contains("efefefefef…"), "{why}");
    // A part of a folder may be what is stated.
    let (fits, _) = judged(&folder(), json!({ "base_sha256": ab }), &nothing);
    assert_eq!(fits, Fits::Yes);
}

#[test]
fn short_hashes_are_taken_of_the_file_by_their_own_rules() {
    let made = Made {
        piece: "1a2b3c4d",
        tensors: Some("0123456789ab"),
        ..Made::default()
    };
    let of = |stated: Value| judged(&one_file(), stated, &made);
    // Many files have the same piece: it says nothing for the base, and another one something against it.
    let (fits, why) = of(json!({ "base_autov1": "1A2B3C4D" }));
    assert_eq!(fits, Fits::Unknown);
    assert!(why.contains("proves nothing"), "{why}");
    let (fits, why) = of(json!({ "base_autov1": "ffffffff" }));
    assert_eq!(fits, Fits::Doubtful);
    assert!(why.contains("1a2b3c4d"), "{why}");
    assert_eq!(of(json!({ "base_sha256": "0123456789ab" })).0, Fits::Yes);
    assert_eq!(
        of(json!({ "base_sha256": "ba9876543210" })).0,
        Fits::Doubtful
    );
    let gone = Made {
        is_gone: true,
        ..Made::default()
    };
    for stated in ["1a2b3c4d", "0123456789ab"] {
        let (fits, why) = judged(&one_file(), json!({ "base_sha256": stated }), &gone);
        assert_eq!(fits, Fits::Unknown);
        assert!(why.contains("(gone)"), "{why}");
    }
}

#[test]
fn a_folder_is_compared_by_weights_where_the_library_has_the_stated_file() {
    let stated = || json!({ "base_sha256": "ef".repeat(32) });
    let digits: &'static str = "efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef";
    let known = |distance| Made {
        known: Some((digits, distance)),
        ..Made::default()
    };
    // One file in another precision has another hash too.
    for base in [folder(), one_file()] {
        for (distance, expected) in [
            (0.0, Fits::Yes),
            (0.002, Fits::Yes),
            (0.03, Fits::Doubtful),
            (1.4, Fits::No),
        ] {
            let (fits, why) = judged(&base, stated(), &known(Ok(distance)));
            assert_eq!(fits, expected, "{distance}: {why}");
            // Its name alone: what is said here is handed over.
            assert!(
                why.contains("hills.ckpt") && !why.contains("/models"),
                "{why}"
            );
            assert_eq!(why.contains("choose that file"), expected != Fits::Yes);
        }
    }
    let (fits, why) = judged(&folder(), stated(), &known(Err("It is damaged.".into())));
    assert_eq!(fits, Fits::Doubtful);
    assert!(why.ends_with("It is damaged."), "{why}");
    for stated in [stated(), json!({ "base_autov1": "1a2b3c4d" })] {
        let (fits, why) = judged(&folder(), stated, &Made::default());
        assert_eq!(fits, Fits::Unknown);
        assert!(
            why.contains("is a folder, so that they cannot be compared"),
            "{why}"
        );
    }
}

#[test]
fn what_is_no_hash_says_nothing() {
    for stated in [
        json!({}),
        json!({ "base_sha256": "of my own" }),
        json!({ "base_sha256": "1234567" }),
        json!({ "base_sha256": "ab".repeat(33) }),
        json!({ "base_model": "hills.ckpt" }),
    ] {
        let tuned = record("/models/t.ckpt", "t.ckpt", "cd", stated);
        assert_eq!(by_statements(&one_file(), &tuned, &Made::default()), []);
    }
}
