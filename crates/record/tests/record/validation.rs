//! Validation dossiers: what is signed, what is refused, and which case a dossier fits.

use std::fs;

use palimpsest_method::artwork::Reading;
use palimpsest_method::examination::{Frame, Plan, PrimaryScore};
use palimpsest_record::case::{Question, UtcTime};
use palimpsest_record::validation::{
    BaseModel, Conditions, Dossier, DossierError, Misfit, Recipe, Share, SignedDossier, Situation,
    Trained, Trial, TrialOutcome, TunedModel, Validated,
};
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::sealed_case::{KEY, signer};

fn validated(trained: Trained) -> Validated {
    let trial =
        |situation, called, cases| Trial::of(situation, (2, 0), Share::of(called, cases), None);
    Validated {
        base: BaseModel {
            name: "demo".into(),
            sha256: "aa".repeat(32).parse().unwrap(),
        },
        recipe: Recipe {
            trained,
            pictures: 10,
            batch: 4,
            steps: 250,
            rate: None,
            flips: false,
            prompt: "sks style".into(),
        },
        conditions: Conditions {
            score: PrimaryScore::LossGap,
            resolution: 128,
            frame: Frame::Square,
            reading: Reading::AS_SEEN,
            sizes: None,
            controls: 20,
        },
        works: "drawn by the program".into(),
        seed: 0,
        models: vec![TunedModel {
            hand: "portrait-9000".into(),
            sha256: "bb".repeat(32).parse().unwrap(),
        }],
        trials: vec![
            trial(Situation::Innocent, 1, 40),
            trial(Situation::Used, 38, 40),
            trial(Situation::OwnOutput, 15, 20),
        ],
    }
}

fn dossier(trained: Trained) -> SignedDossier {
    let time: UtcTime = "2026-11-27T01:00:00Z".parse().unwrap();
    let signer = signer(KEY);
    Dossier::new(validated(trained), time, &signer)
        .signed(&signer)
        .unwrap()
}

/// A plan that dossiers of [`validated`] fit, as a record holds it.
fn plan(trained: Trained) -> Value {
    let file =
        |name: &str, digit: &str| json!({"name": name, "bytes": 1, "sha256": digit.repeat(64)});
    let model = |sha: &str, files: Value| {
        json!({
            "path": "/m", "sha256": sha.repeat(32), "files": files,
            "prediction": "epsilon", "borrowed": [],
        })
    };
    let unet = "unet/diffusion_pytorch_model.safetensors";
    let text = "text_encoder/model.safetensors";
    let mut finetuned = model("cc", json!([file(text, "1"), file(unet, "3")]));
    if let Trained::Lora(rank) = trained {
        finetuned = model("cc", json!([file("pytorch_lora_weights.safetensors", "4")]));
        finetuned["lora"] = json!({
            "strength": 1.0, "ranks": [rank, rank], "unet_layers": 10, "text_encoder_layers": 0,
        });
    }
    let mut plan = json!({
        "mask": "block:4", "resolution": 128, "latent": [4, 32, 32], "preset": "quick", "compared": true,
        "prompt": "sks style", "pretrained_prompt": "sks style", "prompt_source": "file",
        "pretrained": model("aa", json!([file(text, "1"), file(unet, "2")])),
        "finetuned": finetuned, "clip": null, "dino": null, "device": "cpu",
        "arithmetic": "test", "threads": 1, "memory": "full", "version": "0.1.0",
    });
    let settings = palimpsest_method::inversion::Preset::Quick.settings([4, 32, 32]);
    let settings = serde_json::to_value(settings).unwrap();
    let members = plan.as_object_mut().unwrap();
    members.extend(settings.as_object().unwrap().clone());
    plan
}

fn fits(trained: Trained, change: impl FnOnce(&mut Value)) -> Result<(), Misfit> {
    let mut plan = plan(trained);
    change(&mut plan);
    let plan: Plan = serde_json::from_value(plan).unwrap();
    dossier(trained)
        .dossier
        .fits(&plan, &Question::default(), 20)
}

/// The reason that a case with this change is another.
fn misfit(trained: Trained, change: impl FnOnce(&mut Value)) -> String {
    let Misfit(why) = fits(trained, change).unwrap_err();
    why
}

#[test]
fn what_was_signed_is_read_and_anything_else_is_refused() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("dossier.json");
    let signed = dossier(Trained::AllWeights);
    fs::write(&file, &signed.text).unwrap();
    let read = SignedDossier::read(&file).unwrap();
    assert_eq!(read.dossier, signed.dossier);
    assert_eq!(read.sha256(), signed.sha256());

    let refused = |text: &str, words: &str| {
        fs::write(&file, text).unwrap();
        let error = SignedDossier::read(&file).unwrap_err();
        assert!(matches!(error, DossierError::Broken { .. }));
        let error = error.to_string();
        assert!(error.contains("dossier.json does not hold"), "{error}");
        assert!(error.contains(words), "{error}");
    };
    // One digit of what was found, and what was expected of it.
    let better = signed.text.replace(r#""called":15"#, r#""called":1"#);
    assert_ne!(better, signed.text);
    refused(&better, "changed after it was signed");
    let softer = signed
        .text
        .replace(r#"{"at_most":0.05}"#, r#"{"at_most":0.95}"#);
    refused(&softer, "changed after it was signed");
    // Another key in the place of the one that signed.
    let other = signer(crate::sealed_case::OTHER_KEY)
        .key
        .public()
        .to_string();
    let stolen = signed.text.replace(&signed.dossier.key.to_string(), &other);
    refused(&stolen, "changed after it was signed");
    refused(&signed.text[1..], "it is no dossier");
    refused("{}\n", "it is no dossier");
    refused("", "it is no dossier");
}

#[test]
fn figures_that_contradict_their_counts_are_refused_even_when_signed() {
    let mut wrong = validated(Trained::AllWeights);
    wrong.trials[2].outcome = TrialOutcome::Held;
    let signer = signer(KEY);
    let time: UtcTime = "2026-11-27T01:00:00Z".parse().unwrap();
    let signed = Dossier::new(wrong, time, &signer).signed(&signer).unwrap();
    let folder = tempdir().unwrap();
    let file = folder.path().join("dossier.json");
    fs::write(&file, signed.text).unwrap();
    let error = SignedDossier::read(&file).unwrap_err().to_string();
    assert!(error.contains("do not follow from its counts"), "{error}");
}

#[test]
fn a_dossier_fits_its_own_kind_of_case_and_no_near_miss() {
    let full = Trained::AllWeights;
    assert_eq!(fits(full, |_| ()), Ok(()));
    let other = |change: fn(&mut Value)| misfit(full, change);
    assert!(
        other(|plan| plan["pretrained"]["sha256"] = json!("ab".repeat(32)))
            .contains("another base")
    );
    let lora = other(|plan| {
        plan["finetuned"]["lora"] =
            json!({"strength": 1.0, "ranks": [4, 4], "unet_layers": 1, "text_encoder_layers": 0});
    });
    assert!(lora.contains("all weights"), "{lora}");
    let text = other(|plan| plan["finetuned"]["files"][0]["sha256"] = json!("9".repeat(64)));
    assert!(text.contains("text encoder"), "{text}");
    assert!(other(|plan| plan["resolution"] = json!(64)).contains("resolution"));
    assert!(other(|plan| plan["frame"] = json!("bucket")).contains("frame"));
    assert!(other(|plan| plan["reading"] = json!("as-stored")).contains("reading"));
    assert!(other(|plan| plan["sizes"] = json!("artwork")).contains("sizes"));
    assert!(other(|plan| plan["pretrained_prompt"] = json!("a picture")).contains("prompt"));
    assert!(other(|plan| plan["compared"] = json!(false)).contains("loss gap"));
    assert!(other(|plan| plan["version"] = json!("0.2.0")).contains("version 0.1.0"));

    let plan: Plan = serde_json::from_value(plan(full)).unwrap();
    let with = |question: Question, negatives| {
        let Err(Misfit(why)) = dossier(full).dossier.fits(&plan, &question, negatives) else {
            panic!("it fits");
        };
        why
    };
    let score = Question {
        primary_score: PrimaryScore::RecoveryDirection,
        ..Question::default()
    };
    assert!(with(score, 20).contains("score that decides"));
    let readings = Question {
        further_readings: vec![Reading::AS_STORED],
        ..Question::default()
    };
    assert!(with(readings, 20).contains("reading"));
    assert!(with(Question::default(), 19).contains("fewer (19)"));
}

#[test]
fn a_dossier_of_adapters_fits_one_plain_adapter_of_its_rank_at_full_strength() {
    let lora = Trained::Lora(8);
    assert_eq!(fits(lora, |_| ()), Ok(()));
    let other = |change: fn(&mut Value)| misfit(lora, change);
    assert!(other(|plan| plan["finetuned"]["lora"]["ranks"] = json!([8, 16])).contains("rank 8"));
    assert!(other(|plan| plan["finetuned"]["lora"]["ranks"] = json!([4, 4])).contains("rank 8"));
    assert!(other(|plan| plan["finetuned"]["lora"]["kinds"] = json!(["LoHa"])).contains("rank 8"));
    assert!(
        other(|plan| plan["finetuned"]["lora"]["strength"] = json!(0.8)).contains("strength 1")
    );
    assert!(
        other(|plan| plan["finetuned"]["lora"]["text_encoder_layers"] = json!(3))
            .contains("text encoder")
    );
    let several = other(|plan| {
        let mut second = plan["finetuned"]["lora"].clone();
        second["file"] = json!("b.safetensors");
        plan["finetuned"]["further"] = json!([second]);
    });
    assert!(several.contains("several together"), "{several}");
    let whole = other(|plan| drop(plan["finetuned"].as_object_mut().unwrap().remove("lora")));
    assert!(whole.contains("rank 8"), "{whole}");

    // What the file states of its training.
    let states = |stated: Value| fits(lora, |plan| plan["finetuned"]["stated"] = stated);
    assert_eq!(states(json!({"pictures": 10, "steps": 250})), Ok(()));
    assert_eq!(states(json!({"pictures": 20, "steps": 125})), Ok(()));
    for far in [
        json!({"pictures": 21}),
        json!({"pictures": 4}),
        json!({"steps": 501}),
        json!({"steps": 124}),
        json!({"augmentation": ["mirrored"]}),
    ] {
        assert!(states(far.clone()).is_err(), "{far}");
    }
}

#[test]
fn what_the_file_does_not_state_is_a_condition() {
    let condition = |stated: Value| {
        let mut plan = plan(Trained::Lora(8));
        plan["finetuned"]["stated"] = stated;
        let plan: Plan = serde_json::from_value(plan).unwrap();
        dossier(Trained::Lora(8)).dossier.condition(&plan)
    };
    assert_eq!(condition(json!({"pictures": 10, "steps": 250})), None);
    assert!(
        condition(json!({"pictures": 10}))
            .unwrap()
            .contains("only if")
    );
}

#[test]
fn the_dossiers_that_ship_hold() {
    for signed in SignedDossier::shipped() {
        let folder = tempdir().unwrap();
        let file = folder.path().join("dossier.json");
        fs::write(&file, &signed.text).unwrap();
        assert_eq!(SignedDossier::read(&file).unwrap().dossier, signed.dossier);
    }
}
