//! Sealed siblings from the sealing to the rank, as a user has them.

use crate::commands::{Examine, complaint, json, palimpsest, stderr};
use crate::real_case::{draw, pictures, read};

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use tempfile::{TempDir, tempdir};

struct Siblings {
    temporary: TempDir,
}

impl Siblings {
    /// Four variants of a work, sealed.
    fn sealed() -> Self {
        let temporary = tempdir().unwrap();
        let work = draw(&temporary.path().join("work"), 0..=0).remove(0);
        let siblings = Self { temporary };
        let output = siblings.seal(&work, "4");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let published = siblings.record()["published"].as_str().unwrap().to_owned();
        assert!(printed.contains(&published), "{printed}");
        siblings
    }

    fn seal(&self, work: &Path, variants: &str) -> Output {
        let mut command = palimpsest(["seal", "--variants", variants]);
        command.arg(work).arg("--out").arg(self.at("sealed"));
        command.output().unwrap()
    }

    fn at(&self, name: &str) -> PathBuf {
        self.temporary.path().join(name)
    }

    fn record(&self) -> Value {
        read(&self.at("sealed/sealed.json"))
    }

    /// A case of these pictures.
    fn examined(&self, name: &str, artworks: Vec<PathBuf>) -> PathBuf {
        let mut examine = Examine::new("sd1", self.at(name)).with("--steps 2");
        examine = examine.with("--primary-score recovery.direction");
        examine.artworks = artworks;
        let output = examine.output();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        examine.out
    }

    fn ranked(&self, case: &Path) -> Output {
        let mut command = palimpsest(["siblings", "--json"]);
        command
            .arg(case)
            .arg("--seal")
            .arg(self.at("sealed/sealed.json"));
        command.output().unwrap()
    }
}

#[test]
fn the_published_variant_is_ranked_among_all() {
    let siblings = Siblings::sealed();
    let variants = pictures(&siblings.at("sealed"));
    assert_eq!(variants.len(), 4);
    let case = siblings.examined("case", variants.clone());
    let ranked = json(&siblings.ranked(&case));
    // The rank as the findings have it.
    let record = siblings.record();
    let score = |variant: &Value| {
        let entries = read(&case.join("case.json"))["artworks"].clone();
        let entries = entries.as_array().unwrap().clone();
        let entry = entries.iter().find(|it| it["sha256"] == variant["sha256"]);
        let folder = entry.unwrap()["folder"].as_str().unwrap().to_owned();
        let findings = read(&case.join(folder).join("findings.json"));
        findings["recovery"]["direction"].as_f64().unwrap()
    };
    let all = record["variants"].as_array().unwrap();
    let published = all.iter().find(|it| it["file"] == record["published"]);
    let published = score(published.unwrap());
    let rank = all.iter().filter(|it| score(it) >= published).count();
    assert_eq!(ranked["rank"], rank);
    assert_eq!(ranked["p_value"], rank as f64 / 4.0);
    assert_eq!(
        (&ranked["variants"], &ranked["tests"]),
        (&Value::from(4), &Value::from(1))
    );

    // Another look counts.
    let again = siblings.examined("again", variants.clone());
    let ranked = json(&siblings.ranked(&again));
    assert_eq!(ranked["tests"], 2);
    assert_eq!(ranked["corrected"], (rank as f64 / 2.0).min(1.0));

    // One that was left out could have been the highest.
    let fewer = siblings.examined("fewer", variants[..3].to_vec());
    assert!(complaint(&siblings.ranked(&fewer)).contains("not in the case once"));
}

#[test]
fn a_seal_holds_as_it_was_signed_and_not_otherwise() {
    let siblings = Siblings::sealed();
    let case = siblings.examined("case", pictures(&siblings.at("sealed")));
    let file = siblings.at("sealed/sealed.json");
    let seal = fs::read_to_string(&file).unwrap();
    let record = siblings.record();
    let published = record["published"].as_str().unwrap();
    let other = if published == "variant-0001.png" {
        "variant-0002.png"
    } else {
        "variant-0001.png"
    };
    for changed in [
        seal.replace(
            &format!("\"published\":\"{published}\""),
            &format!("\"published\":\"{other}\""),
        ),
        seal.replacen("\"time\":\"2", "\"time\":\"1", 1),
    ] {
        assert_ne!(changed, seal);
        fs::write(&file, changed).unwrap();
        let told = complaint(&siblings.ranked(&case));
        assert!(
            told.contains("changed after it was signed") || told.contains("no seal"),
            "{told}"
        );
    }
    // Sealed anew after the case, by whom it may be: the variants are others.
    let work = pictures(&siblings.at("work")).remove(0);
    let refused = siblings.seal(&work, "4");
    assert!(complaint(&refused).contains("not empty"));
    fs::remove_dir_all(siblings.at("sealed")).unwrap();
    assert_eq!(siblings.seal(&work, "4").status.code(), Some(0));
    assert_eq!(siblings.ranked(&case).status.code(), Some(1));
    // Wrong usage.
    assert_eq!(siblings.seal(&work, "1").status.code(), Some(2));
}

#[test]
fn the_exhibit_of_siblings_says_what_was_sealed_how_they_rank_and_what_that_cannot_tell() {
    let siblings = Siblings::sealed();
    let case = siblings.examined("case", pictures(&siblings.at("sealed")));
    let ranked = json(&siblings.ranked(&case));
    let exhibited = |out: &Path, options: &[&str]| {
        let mut command = palimpsest(["exhibit", "--number", "S-1"]);
        command.args(options).arg(&case).arg("--out").arg(out);
        command
            .arg("--siblings")
            .arg(siblings.at("sealed/sealed.json"));
        command.output().unwrap()
    };
    let out = siblings.at("siblings.pdf");
    let output = exhibited(&out, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let pdf = lopdf::Document::load(&out).unwrap();
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    let text = pdf.extract_text(&pages).unwrap();
    // Lines are broken where the page ends.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let record = siblings.record();
    let (rank, variants) = (&ranked["rank"], &ranked["variants"]);
    for said in [
        "Exhibit S-1".to_owned(),
        "Report of a test among sealed siblings".into(),
        format!("The published variant ranks {rank} of {variants} by the score"),
        "Least p-value possible 0.25".into(),
        record["published"].as_str().unwrap().into(),
        "leaves out 3 % of its height".into(),
        "that is for those who sealed to show".into(),
        "no p-value can be below 0.25".into(),
        "palimpsest siblings CASE_DIR --seal sealed.json".into(),
    ] {
        assert!(text.contains(&said), "{said:?} is not in: {text}");
    }
    for variant in record["variants"].as_array().unwrap() {
        let name = variant["file"].as_str().unwrap();
        assert!(text.contains(name), "{name}");
    }
    // What it cannot tell stands where a court looks first.
    let first = pdf.extract_text(&[1]).unwrap();
    assert!(first.contains("What this finding does not say"), "{first}");
    assert!(first.contains("Test among 4 sealed variants"), "{first}");
    // The same in other languages, whose first page says what binds.
    for (language, said) in [
        (
            "de",
            [
                "Bericht über eine Prüfung unter versiegelten Geschwistern",
                "Prüfung unter 4 versiegelten Varianten",
                "Kleinster möglicher p-Wert",
                "Was dieser Befund nicht besagt",
                "kann kein p-Wert unter 0,25 liegen",
                "gilt der englische Wortlaut der Akte",
            ],
        ),
        (
            "fr",
            [
                "Rapport d’un test parmi des variantes scellées",
                "Test parmi 4 variantes scellées",
                "Plus petite valeur p possible",
                "Ce que cette conclusion ne dit pas",
                "aucune valeur p ne peut être inférieure à 0,25",
                "c’est le texte anglais du dossier qui fait foi",
            ],
        ),
    ] {
        let out = siblings.at(&format!("{language}.pdf"));
        let output = exhibited(&out, &["--language", language]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let pdf = lopdf::Document::load(&out).unwrap();
        let first = pdf.extract_text(&[1]).unwrap().replace('\u{a0}', " ");
        let first = first.split_whitespace().collect::<Vec<_>>().join(" ");
        for said in said {
            assert!(first.contains(said), "{said:?} is not in: {first}");
        }
        let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
        let text = pdf.extract_text(&pages).unwrap();
        for english in [
            "sealed siblings",
            "variant was",
            "with its hash",
            "Kept back",
        ] {
            assert!(!text.contains(english), "{english:?} is in: {text}");
        }
    }
    // It is noted in the case, and a changed seal gets none.
    let mut verify = palimpsest(["verify"]);
    let verified = verify.arg(&case).output().unwrap();
    assert_eq!(verified.status.code(), Some(0), "{}", stderr(&verified));
    let file = siblings.at("sealed/sealed.json");
    let seal = fs::read_to_string(&file).unwrap();
    fs::write(&file, seal.replacen("\"time\":\"2", "\"time\":\"1", 1)).unwrap();
    let refused = complaint(&exhibited(&siblings.at("other.pdf"), &[]));
    assert!(refused.contains("the seal does not hold"), "{refused}");
    assert!(!siblings.at("other.pdf").exists());
}
