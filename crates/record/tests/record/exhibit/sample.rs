//! A whole exhibit to test with: a plain case, its pictures generated.
#![allow(dead_code)] // every test binary uses its own part

use image::{Rgb, RgbImage};
use palimpsest_record::chart::{Chart, ControlChart, ControlKind, ControlRow, Questioned};
use palimpsest_record::exhibit::{
    Alternative, Content, Control, ControlRole, CustodyEntry, Evaluation, FIGURES, Figure, Finding,
    Header, Model, NotEvaluated, OtherScore, PrimaryScore, QuestionedWork, Reproduction, ScaleStep,
    Setting, WorkNumbers,
};
use palimpsest_record::language::Language;

pub const HASH: &str = "e8f2a75a7cc6a13026be51dc93a4ed4553ad7500805a35b41203c757de6bf5b7";

/// A picture that differs with its number.
pub fn gradient(number: u32, side: u32) -> RgbImage {
    RgbImage::from_fn(side, side, |x, y| {
        let across = (x * 255 / side) as u8;
        let down = (y * 255 / side) as u8;
        Rgb([
            across ^ (number * 37) as u8,
            down,
            across.wrapping_add(down),
        ])
    })
}

/// A questioned work.
pub fn item(number: u32) -> QuestionedWork {
    QuestionedWork {
        name: "Harbour at dusk".into(),
        role: format!("Questioned work {}", char::from(b'A' + (number % 26) as u8)),
        sha256: HASH.parse().unwrap(),
        extent:
            "Supplied by the claimant as harbour-at-dusk.png; 2,048 × 1,536 pixels, of which the \
                middle square was examined at 512 × 512."
                .into(),
        note: "Varnished in 2019; photographed before that.".into(),
        original: gradient(number, 96),
        partial: gradient(number + 50, 96),
        recovered: gradient(number + 1, 96),
        by_difference_alone: true,
        score: Some(PrimaryScore {
            name: "Recovery direction".into(),
            value: "0.614".into(),
            direction: "higher speaks for use in training".into(),
        }),
        other_scores: vec![
            other("Recovery gain (dB)", "3.12", "0.00"),
            other("CLIP similarity", "0.871", "0.702"),
            other("Structural similarity", "0.552", "0.317"),
        ],
        not_evaluated: vec![NotEvaluated {
            name: "DINO similarity".into(),
            reason: "no DINO model is installed".into(),
        }],
        warnings: vec![
            "The prompt of the fine-tuning is not known; \"sks style\" was used.".into(),
        ],
        further: Vec::new(),
    }
}

fn other(name: &str, recovered: &str, partial: &str) -> OtherScore {
    OtherScore {
        name: name.into(),
        recovered: recovered.into(),
        partial: partial.into(),
    }
}

/// Controls of some kind, `count` of them.
pub fn controls(role: ControlRole, count: u32) -> Vec<Control> {
    let control = |number: u32| Control {
        role,
        name: format!("{role:?} picture {number:02}"),
        declared: "By the same hand, painted after the model was published".into(),
        thumbnail: Some(gradient(number * 5 + 7, 48)),
        score: format!("{:.3}", 0.1 + f64::from(number % 7) * 0.03),
        kept_out: (number % 11 == 10)
            .then(|| "CLIP similarity 0.96 to \"Negative picture 03\": counted once".into()),
        note: match number {
            3 => format!("The frame of {role:?} 03 was cropped."),
            _ => String::new(),
        },
    };
    (0..count).map(control).collect()
}

/// The scores among their controls, as a drawing.
pub fn overview() -> Figure {
    let spread = |from: f64, count: u32| {
        let score = |i: u32| from + 0.22 * f64::from(i * 7 % count) / f64::from(count);
        (0..count).map(score).collect::<Vec<f64>>()
    };
    figure(
        vec![("A", 0.614)],
        [spread(0.05, 24), spread(0.48, 12), spread(0.30, 6)],
    )
}

/// The figure for given scores: questioned; negatives, positives, own outputs.
pub fn figure(questioned: Vec<(&str, f64)>, rows: [Vec<f64>; 3]) -> Figure {
    let [negative, positive, own] = rows;
    let row = |kind, name: &str, scores: Vec<f64>| ControlRow {
        kind,
        label: format!("{name} ({})", scores.len()),
        scores,
    };
    let chart = ControlChart {
        language: Language::English,
        title: "The questioned work among its controls".into(),
        axis: "Recovery direction (higher speaks for use in training)".into(),
        questioned: questioned
            .into_iter()
            .map(|(label, score)| Questioned {
                label: label.into(),
                score,
            })
            .collect(),
        rows: vec![
            row(ControlKind::Negative, "Declared not used", negative),
            row(ControlKind::Positive, "Declared used", positive),
            row(ControlKind::OwnOutput, "The model’s own pictures", own),
        ],
        width: ControlChart::WIDTH,
    };
    Figure {
        title: chart.title.clone(),
        svg: chart.svg(&FIGURES).unwrap(),
        caption: "Every mark is one picture, examined in the same way; bands span each row.".into(),
        alternative:
            "The questioned work scores 0.614; 24 pictures known not to have been used score \
                      0.05 to 0.26, 12 known to have been used 0.48 to 0.69, and the model’s own \
                      pictures 0.30 to 0.49."
                .into(),
    }
}

fn header() -> Header {
    Header {
        exhibit: "P-7".into(),
        title: "Use of paintings by Maria Okonkwo in the training of the model \"harbour-style\""
            .into(),
        parties: "Maria Okonkwo v. Lumen Image Works Ltd".into(),
        examiner: "Dr Ana Ferreira, Institute for Media Forensics".into(),
        date: "2026-05-14T09:30:00Z".into(),
        program: "Palimpsest 0.1.0 (build 3f9a2c1)".into(),
        key: "SHA256:Yc0pV2u1r8o5m7yJt0pKQ4d1hF3x9sWb2nLe6aZgTqM".into(),
        journal_head: "9f6bd72f7d52e4570997cb70e7464c0a7935fe5e5dda1c684e4f388d76929ff3"
            .parse()
            .unwrap(),
    }
}

/// The figures of a questioned work.
pub fn numbers(work: &str) -> WorkNumbers {
    WorkNumbers {
        work: work.into(),
        score: "0.614".into(),
        p_value: "0.040".into(),
        likelihood_ratio: "18".into(),
        bound: "at least 6.0".into(),
    }
}

fn evaluation() -> Evaluation {
    let step = |range: &str, words: &str, marked| ScaleStep {
        range: range.into(),
        words: words.into(),
        of: String::from(if marked { "this case" } else { "" }),
    };
    Evaluation {
        validations: Vec::new(),
        not_validated: Some("Not validated for this family of models, way of fine-tuning and settings.".into()),
        propositions: [
            "The questioned work was among the pictures that the model was fine-tuned on.".into(),
            "The questioned work was not among them; the model was fine-tuned on other works by the \
             same hand."
                .into(),
        ],
        finding: Finding::Evaluated(
            "Its score is about 18 times as probable if the work was used in the fine-tuning as if it was \
             not: moderate support for “used in the fine-tuning”."
                .into(),
        ),
        numbers: vec![numbers("A")],
        numbers_by: "Score: Recovery direction, higher speaks for use in training. Controls: 24 works of \
                     the same hand known not to have been used, 12 known to have been used."
            .into(),
        sentences: vec![
            "Of 24 works of the same hand that are known not to have been used, none scores as high as \
             this work (p = 0.040; with so few controls it cannot be less than 0.040); by these and 12 \
             works known to have been used, its score is 18 times as probable if the work was used in the \
             fine-tuning as if it was not used (95 % bound: at least 6.0), which is moderate support for \
             “used in the fine-tuning” over “not used”."
                .into(),
        ],
        error_rates: vec![(
            "Area under the ROC curve".into(),
            "0.986 (95 % interval 0.91 to 1.00); 0.5 is chance, 1 no mistake.".into(),
        )],
        not_said: vec![
            "It does not say how likely it is that the work was used: that depends on the other \
             evidence too."
                .into(),
            "It does not say who used it, when, or whether that was permitted.".into(),
            "It holds for this model file and these controls, and for no others.".into(),
        ],
        scale: vec![
            step("1 to 2", "no support", false),
            step("2 to 10", "weak support", false),
            step("10 to 100", "moderate support", true),
            step("100 to 1,000", "moderately strong support", false),
            step("1,000 to 10,000", "strong support", false),
            step("above 10,000", "very strong support", false),
        ],
    }
}

fn setting(name: &str, value: &str, preset: Option<&str>) -> Setting {
    Setting {
        name: name.into(),
        value: value.into(),
        deviates_from: preset.map(Into::into),
    }
}

fn model(role: &str, name: &str, metadata: &[(&str, &str)]) -> Model {
    Model {
        role: role.into(),
        name: name.into(),
        family: "Stable Diffusion 1".into(),
        sha256: "a699e010a8f76258e92b57d60c9af4976c7ce8f0c82251d260865b0d429eafb0"
            .parse()
            .unwrap(),
        metadata: metadata
            .iter()
            .map(|&(name, value)| (name.into(), value.into()))
            .collect(),
    }
}

fn custody() -> Vec<CustodyEntry> {
    let events = [
        "Case created",
        "Questioned work A taken in; SHA-256 noted",
        "Models taken in; SHA-256 noted",
        "24 negative, 12 positive controls and 6 outputs of the model taken in",
        "Settings, score and propositions fixed before the first run",
        "Examination of 43 pictures begun",
        "Examination finished; no step was skipped",
        "Finding evaluated",
        "Exhibit written",
    ];
    let entry = |(number, event): (usize, &&str)| CustodyEntry {
        number: number as u64 + 1,
        time: format!("2026-05-{:02} 08:{:02}:00 UTC", 11 + number / 3, 7 * number),
        who: "A. Ferreira".into(),
        event: (*event).into(),
        hash: format!("{:04x}c70e7464", number * 4099 + 17),
    };
    events.iter().enumerate().map(entry).collect()
}

/// A whole exhibit.
pub fn content() -> Content {
    let roles = [
        (ControlRole::Negative, 24),
        (ControlRole::Positive, 12),
        (ControlRole::OwnOutput, 6),
        (ControlRole::NullRun, 1),
    ];
    Content {
        header: header(),
        items: vec![item(0)],
        controls: roles
            .into_iter()
            .flat_map(|(role, count)| controls(role, count))
            .collect(),
        evaluation: evaluation(),
        overview: Some(overview()),
        figures: Vec::new(),
        models: vec![
            model("Pretrained", "stable-diffusion-v1-4", &[]),
            model(
                "Fine-tuned",
                "harbour-style.safetensors (LoRA, strength 1)",
                &[
                    ("ss_num_train_images", "24"),
                    ("ss_training_started_at", "2026-01-09 21:14 UTC"),
                    ("ss_dataset_dirs", "10_harbour style: 24 pictures"),
                ],
            ),
        ],
        settings: vec![
            setting("Preset", "quick", None),
            setting("Mask", "block:4", None),
            setting("Steps", "50", None),
            setting("Timesteps", "200 to 700", None),
            setting("Contrast weight", "0.5", None),
            setting("Seed", "7", Some("0")),
            setting("Prompt", "sks style", None),
        ],
        alternatives: vec![
            Alternative {
                explanation: "The model knows the style and not the work.".into(),
                considered: "The negative controls are by the same hand; none scores as high.".into(),
            },
            Alternative {
                explanation: "A near-duplicate of the work, from the web, was used instead.".into(),
                considered: "Not excluded by this examination.".into(),
            },
        ],
        limitations: vec!["The prompt of the fine-tuning is not known.".into()],
        reproduction: Reproduction {
            commands: vec![
                "palimpsest verify exhibit-p-7.pdf".into(),
                "palimpsest examine harbour-at-dusk.png --pretrained stable-diffusion-v1-4 --finetuned \
                 harbour-style.safetensors --preset quick --seed 7 --controls negatives/ --out rerun"
                    .into(),
            ],
            tolerance: "On another processor the scores may differ by up to 0.002.".into(),
        },
        custody: custody(),
        record: br#"{"schema": "palimpsest case", "version": 1}"#.to_vec(),
        attachments: Vec::new(),
    }
}
