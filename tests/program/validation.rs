//! Validation: a laboratory's dossier goes on where it was broken off, and a case prints the dossiers that fit it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;
use std::time::SystemTime;

use crate::commands::{complaint, copy_folder, reference, stderr};
use crate::exhibit_file::Read;
use crate::real_case::{RealCase, assert_holds, events, run};

use palimpsest_art::Family;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_diffusion::{Device, DiffusionModel, Engine, Memory};
use palimpsest_lab::finetuning::{Augmentation, Pictures, Recipe as Training};
use palimpsest_lab::validation::{DOSSIER, News, Validation};
use palimpsest_method::event_sink::event_channel;
use palimpsest_method::examination::{Identity, Steering};
use palimpsest_method::inversion::Control;
use palimpsest_method::models;
use palimpsest_record::case::journal::{Author, Signer};
use palimpsest_record::case::key::SigningKey;
use palimpsest_record::case::{CaseView, UtcTime};
use palimpsest_record::validation::{
    BaseModel, Conditions, Dossier, Recipe, Share, SignedDossier, Situation, Trained, Trial,
    TrialOutcome, TunedModel, Validated,
};

fn signer(folder: &Path) -> Signer {
    Signer {
        key: Arc::new(SigningKey::open_or_make(&folder.join("laboratory.pem")).unwrap()),
        author: Author::here(),
    }
}

/// The smallest validation with every part: two hands, on the tiny reference model.
fn smallest() -> Validation {
    Validation {
        families: vec![Family::Grid, Family::Rings],
        hands: 9000..=9000,
        members: 2,
        questioned: 1,
        controls: 5,
        outputs: 1,
        other_prompt: "a picture".into(),
        recipe: Training {
            base: reference("sd1", "pretrained"),
            pictures: Pictures::Files(Vec::new()),
            prompt: "sks style".into(),
            steps: Some(1),
            draws: 2,
            rate: None,
            lora: None,
            prior: None,
            text_encoder: false,
            batch: 2,
            half: false,
            resolution: Some(64),
            seed: 0,
            augmentation: Augmentation::None,
            caption_dropout: 0.0,
        },
        threads: 1,
    }
}

/// Runs it in `folder`; returns the dossier and the parts that were measured.
fn validated(folder: &Path, signer: &Signer) -> (SignedDossier, Vec<String>) {
    let cpu = Arc::new(Cpu::new(1, Memory::Full).unwrap());
    let (sender, _receiver) = event_channel();
    let steering = Steering::new(Control::new(), sender);
    let mut parts = Vec::new();
    let made = smallest().run(folder, (&cpu, &steering), signer, &mut |news| {
        if let News::Part(hand, part) = news {
            parts.push(format!("{hand}/parts/{part}.json"));
        }
    });
    (made.unwrap(), parts)
}

fn changed(file: &Path) -> SystemTime {
    file.metadata().unwrap().modified().unwrap()
}

#[test]
fn a_second_call_measures_what_is_missing_and_nothing_else() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("validation");
    let signer = signer(scratch.path());
    let (first, parts) = validated(&folder, &signer);
    assert_eq!(parts.len(), 2 * 16, "{parts:?}");
    let trials = &first.dossier.trials;
    assert_eq!(trials.len(), Situation::ALL.len());
    // So few cases say nothing, and it is said.
    assert!(
        trials
            .iter()
            .all(|trial| trial.outcome == TrialOutcome::TooFew)
    );
    let cases = |situation| trials.iter().find(|it| it.situation == situation);
    assert_eq!(cases(Situation::Used).unwrap().at_5_percent.cases, 4);
    assert_eq!(cases(Situation::WrongBase).unwrap().models, 2);
    assert_eq!(first.dossier.recipe.steps, 1);
    assert_eq!(first.dossier.conditions.controls, 5);
    let [one, other] = first.dossier.models.as_slice() else {
        panic!("{:?}", first.dossier.models)
    };
    assert_ne!(one.sha256, other.sha256);
    let on_disk = SignedDossier::read(&folder.join(DOSSIER)).unwrap();
    assert_eq!(on_disk.dossier, first.dossier);

    // Broken off, but for two parts: one is missing, one is half a file.
    let all: Vec<PathBuf> = parts.iter().map(|part| folder.join(part)).collect();
    let before: Vec<_> = all.iter().map(|file| fs::read(file).unwrap()).collect();
    let times: Vec<_> = all.iter().map(|file| changed(file)).collect();
    fs::remove_file(&all[3]).unwrap();
    fs::write(&all[20], &before[20][..before[20].len() / 2]).unwrap();
    fs::remove_file(folder.join(DOSSIER)).unwrap();
    let (second, again) = validated(&folder, &signer);
    assert_eq!(again, [parts[3].clone(), parts[20].clone()]);
    for (place, file) in all.iter().enumerate() {
        assert_eq!(fs::read(file).unwrap(), before[place]);
        let is_old = changed(file) == times[place];
        assert_eq!(is_old, place != 3 && place != 20, "{}", file.display());
    }
    assert_eq!(second.dossier.trials, first.dossier.trials);
}

#[test]
fn the_dossier_that_ships_is_of_the_built_in_model_and_of_this_version() {
    let demo = models::resolve(Path::new("demo")).unwrap();
    let engine = Engine::new(Device::Cpu, 1, Memory::Full).unwrap();
    let model = DiffusionModel::open(&*demo, None, &engine).unwrap();
    let path = model.description().path;
    let identity = Identity::read(&path, &model.files(), &Control::new()).unwrap();
    let shipped = SignedDossier::shipped();
    assert_eq!(shipped.len(), 1, "one that does not hold is left out");
    let dossier = &shipped[0].dossier;
    assert_eq!(dossier.base.sha256, identity.sha256);
    assert_eq!(dossier.conditions.resolution, model.resolution());
    assert_eq!(dossier.program.version, env!("CARGO_PKG_VERSION"));
    assert_eq!(dossier.trials.len(), Situation::ALL.len());
}

/// A dossier that fits `case`, but for what `change` changes, in a file.
fn dossier(case: &RealCase, change: impl FnOnce(&mut Validated)) -> PathBuf {
    let view = CaseView::read(case.folder()).unwrap();
    let plan = &view.plan;
    let trial =
        |situation, called, cases| Trial::of(situation, (2, 1), Share::of(called, cases), None);
    let mut validated = Validated {
        base: BaseModel {
            name: "reference".into(),
            sha256: plan.pretrained.identity.sha256,
        },
        recipe: Recipe {
            trained: Trained::AllWeights,
            pictures: 10,
            batch: 4,
            steps: 250,
            rate: None,
            flips: false,
            prompt: "sks style".into(),
        },
        conditions: Conditions {
            score: view.question.primary_score,
            resolution: plan.resolution,
            frame: plan.frame,
            reading: plan.reading,
            sizes: plan.sizes,
            controls: 6,
        },
        works: "drawn by the program".into(),
        seed: 0,
        models: vec![TunedModel {
            hand: "portrait-9000".into(),
            sha256: plan.finetuned.identity.sha256,
        }],
        trials: vec![
            trial(Situation::Innocent, 1, 40),
            trial(Situation::Used, 38, 40),
            trial(Situation::OwnOutput, 15, 20),
        ],
    };
    change(&mut validated);
    let signer = signer(&case.around(""));
    let signed = Dossier::new(validated, UtcTime::now(), &signer).signed(&signer);
    let file = case.around("dossier.json");
    fs::write(&file, signed.unwrap().text).unwrap();
    file
}

/// A case of one work whose fine-tuned model has the base's text encoder, as those of a validation do.
fn finished() -> RealCase {
    let mut case = RealCase::prepared(1);
    let model = case.around("model");
    copy_folder(&reference("sd1", "finetuned"), &model);
    fs::remove_dir_all(model.join("text_encoder")).unwrap();
    copy_folder(
        &reference("sd1", "pretrained/text_encoder"),
        &model.join("text_encoder"),
    );
    case.examine.finetuned = model;
    case.examine();
    case
}

fn stdout(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn with_dossier(command: &str, case: &RealCase, file: &Path) -> Output {
    run(
        command,
        case.folder(),
        &["--validation", file.to_str().unwrap()],
    )
}

#[test]
fn a_case_says_that_nothing_was_validated_and_prints_the_dossier_that_fits_it() {
    let case = finished();
    let printed = stdout(&run("assess", case.folder(), &[]));
    assert!(
        printed.contains("Not validated for this family of models"),
        "{printed}"
    );

    let other = dossier(&case, |it| {
        it.base.sha256 = "ab".repeat(32).parse().unwrap()
    });
    let refused = with_dossier("assess", &case, &other);
    assert!(
        complaint(&refused).contains("another base model"),
        "{}",
        complaint(&refused)
    );
    let fewer = dossier(&case, |it| it.conditions.controls = 7);
    let refused = with_dossier("assess", &case, &fewer);
    assert!(
        complaint(&refused).contains("fewer (6)"),
        "{}",
        complaint(&refused)
    );
    let changed = dossier(&case, |_| ());
    let text = fs::read_to_string(&changed).unwrap();
    fs::write(&changed, text.replace(r#""called":15"#, r#""called":0"#)).unwrap();
    let refused = with_dossier("assess", &case, &changed);
    assert!(complaint(&refused).contains("changed after it was signed"));
    assert!(!events(case.folder()).contains(&"validated".to_owned()));

    let fitting = dossier(&case, |_| ());
    let printed = stdout(&with_dossier("assess", &case, &fitting));
    assert!(
        printed.contains("Validated with these settings on 1 model fine-tuned from"),
        "{printed}"
    );
    assert!(printed.contains("1 of 40"), "{printed}");
    assert!(
        printed.contains("1 FAILED: the model’s own pictures, 15 of 20"),
        "{printed}"
    );
    assert!(printed.contains("11 not run"), "{printed}");
    assert!(
        printed.contains("only if it was made by a recipe like this"),
        "{printed}"
    );
    // A second time is no news.
    stdout(&with_dossier("assess", &case, &fitting));
    let taken = events(case.folder());
    assert_eq!(
        taken.iter().filter(|event| *event == "validated").count(),
        1
    );
    assert_holds(case.folder());

    let written = run("exhibit", case.folder(), &[]);
    stdout(&written);
    let pdf = exhibit_of(case.folder());
    let text: String = Read::new(&pdf).text().split_whitespace().collect();
    let sha256 = SignedDossier::read(&fitting).unwrap().sha256().to_string();
    assert!(text.contains(&sha256), "the dossier is not named");
    assert!(text.contains("FAILED"), "what failed is not said");
    assert!(text.contains("notrun"), "what was not run is not said");
    assert_holds(case.folder());
}

/// The exhibit of a case.
fn exhibit_of(case: &Path) -> Vec<u8> {
    fs::read(case.join("exhibits/exhibit.pdf")).unwrap()
}

#[test]
fn a_dossier_that_was_put_into_the_folder_decides_nothing() {
    let case = RealCase::finished(1);
    let file = dossier(&case, |_| ());
    let folder = case.folder().join("validations");
    fs::create_dir(&folder).unwrap();
    fs::copy(&file, folder.join("mine.json")).unwrap();
    let refused = run("assess", case.folder(), &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        complaint(&refused).contains("from outside"),
        "{}",
        complaint(&refused)
    );
}
