//! A made case of as many finished works as are asked for, with journal and signatures as the program writes them,
//! for tests and measurements of what grows with a case. Its pictures are stubs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use palimpsest_diffusion::Latent;
use palimpsest_method::artwork::Crop;
use palimpsest_method::examination::{Examined, Findings, Plan, Tensors};
use palimpsest_record::case::journal::{Author, Event, Journal, Signer};
use palimpsest_record::case::key::SigningKey;
use palimpsest_record::case::{ArtworkEntry, Case, CaseDir, CaseRecord, Digest, WorkState};
use serde_json::{Value, json};

/// The files of a finished work, its findings last.
const FILES: [&str; 5] = [
    "original.png",
    "partial.png",
    "recovered.png",
    "tensors.safetensors",
    "findings.json",
];

/// A case in a folder of its own, beside the key that signs it.
pub struct LargeCase {
    pub folder: PathBuf,
    pub signer: Signer,
}

impl LargeCase {
    /// Makes a case of `works` works, each with a trace of `steps` steps, within the folder `around`. The last
    /// `pending` of them are not finished.
    pub fn make(around: &Path, (works, pending): (usize, usize), steps: usize) -> Self {
        let signer = Signer {
            key: Arc::new(SigningKey::open_or_make(&around.join("key.pem")).unwrap()),
            author: Author::here(),
        };
        let folder = around.join("case");
        let entries = (1..=works).map(|number| {
            let path = PathBuf::from(format!("/pictures/work {number}.png"));
            let sha256 = Some(Digest::of(path.to_string_lossy().as_bytes()));
            ArtworkEntry::new(number, (&path, Crop::CENTRE), sha256, WorkState::Pending)
        });
        let entries: Vec<ArtworkEntry> = entries.collect();
        let plan: Plan = serde_json::from_value(plan(steps)).unwrap();
        let record = CaseRecord::new(plan, Vec::new(), entries.clone());
        let place = CaseDir::claim(&folder).unwrap();
        let mut case = Case::new(place, record).signed_by(signer.clone());
        case.start(0, Digest::ZERO).unwrap();
        drop(case);
        let mut journal = Journal::open(&folder, signer.clone()).unwrap();
        for entry in &entries[..works - pending] {
            let files = write_work(&folder, &entry.folder, steps);
            let folder = entry.folder.clone();
            let seed = Some(0);
            let examined = Event::Examined {
                folder,
                seed,
                files,
            };
            journal.append(&examined).unwrap();
        }
        // What lies there when an examination ends, before its findings are written.
        for entry in &entries[works - pending..] {
            write_work(&folder, &entry.folder, steps);
            let findings = folder.join(&entry.folder).join("findings.json");
            fs::remove_file(findings).unwrap();
        }
        let made = Self { folder, signer };
        // The record learns here which works are finished.
        drop(made.open());
        made
    }

    pub fn open(&self) -> Case {
        Case::open_signed_by(&self.folder, self.signer.clone()).unwrap()
    }
}

/// What an examination would have found.
pub fn examined(steps: usize) -> Examined {
    let findings: Findings = serde_json::from_value(findings("new", steps)).unwrap();
    let latent = || Latent::new([4, 2, 2], vec![0.5; 16]).unwrap();
    Examined {
        findings,
        recovered: image::RgbImage::new(16, 16),
        tensors: Tensors {
            latent: latent(),
            mask: vec![1.0; 4],
            start_latent: latent(),
            recovered_latent: latent(),
        },
    }
}

fn write_work(case: &Path, folder: &str, steps: usize) -> BTreeMap<String, Digest> {
    fs::create_dir(case.join(folder)).unwrap();
    let written = FILES.map(|file| {
        let name = format!("{folder}/{file}");
        let content = match file {
            "findings.json" => serde_json::to_string_pretty(&findings(folder, steps)).unwrap(),
            _ => name.clone(),
        };
        fs::write(case.join(&name), &content).unwrap();
        (name, Digest::of(content.as_bytes()))
    });
    written.into()
}

fn plan(steps: usize) -> Value {
    let model = |name: &str| {
        json!({
            "path": format!("/models/{name}"),
            "sha256": "ab".repeat(32),
            "files": [{"name": "unet/config.json", "bytes": 724, "sha256": "cd".repeat(32)}],
            "prediction": "epsilon",
            "borrowed": [],
        })
    };
    json!({
        "mask": "block:4", "resolution": 128, "latent": [4, 32, 32], "preset": "quick",
        "steps": steps, "step_size": 1.000131831310253, "budget": 15.839191898578665, "momentum": 0.0,
        "timesteps": "100..500", "start": "filled", "contrast_weight": 0.75, "noise": "shared", "seed": 0,
        "draws": null, "prompt": "sks style", "pretrained_prompt": "sks style", "prompt_source": "file",
        "pretrained": model("base"), "finetuned": model("finetuned"), "clip": null, "dino": null,
        "device": "cpu", "arithmetic": "cpu (x86-64 AVX2)", "threads": 2, "memory": "full", "version": "0.1.0",
    })
}

fn findings(folder: &str, steps: usize) -> Value {
    let numbers = |scale: f64| -> Vec<f64> {
        let step = |step: usize| scale / (step as f64 + 3.0);
        (0..steps).map(step).collect()
    };
    json!({
        "artwork": {"path": "/pictures/work.png", "sha256": "ef".repeat(32), "width": 128, "height": 128},
        "settings": plan(steps),
        "trace": {
            "timestep": vec![482; steps],
            "loss_pretrained": numbers(0.79),
            "loss_finetuned": numbers(0.92),
            "gradient_norm": numbers(0.0017),
        },
        "similarity": {"structural": 0.7070657942205497},
        "partial_similarity": {"structural": 0.35576046135205586},
        "recovery": {"gain_db": 1.3271816173923943, "direction": 0.5163887884135339},
        "loss_gap": {"value": -0.020871137047138288, "timesteps": [50, 150, 250]},
        "skipped_steps": 0,
        "seconds": 11.874133867000001,
        "not_evaluated": {"clip": "no CLIP model was given"},
        "warnings": [],
        "files": {
            "original": format!("{folder}/original.png"),
            "partial": format!("{folder}/partial.png"),
            "recovered": format!("{folder}/recovered.png"),
            "tensors": format!("{folder}/tensors.safetensors"),
        },
    })
}
