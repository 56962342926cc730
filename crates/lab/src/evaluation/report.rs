//! The files of an evaluation in its folder: the table in three forms, the plots, the picture grid.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use image::{ImageFormat, RgbImage};

use super::comparison::Comparison;
use super::error::EvaluationError;
use super::near_duplicates;
use super::set::{COLUMNS, Evaluated, Examined};
use super::table::Table;
use super::variant::Variant;
use super::{ScoredWork, SetRole};
use crate::grid::{Grid, Section};
use crate::training::corpus_hashes::CorpusHashes;
use palimpsest_base::atomic;
use palimpsest_method::verdict::Sample;
use palimpsest_record::chart::{Chart, Curve, Palette, RocChart, ScoreChart, ScoreRow};
use palimpsest_record::language::Language;

/// The score that the plots show: the one that the method's author and we rely on most.
const SHOWN: &str = "recovery.direction";
/// Curves of the ROC plot.
const CURVES: [&str; 4] = [
    "recovery.direction",
    "picture.gain_db",
    "similarity.structural",
    "loss_gap",
];
/// Works of each role in the picture grid.
const ROWS: usize = 6;
/// The plots' pixels for each of their units.
const SCALE: f32 = 2.0;

/// Facts that are reported beside the sets.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The subject of the evaluation, in one line.
    pub heading: &'a str,
    /// The evaluation's own settings, and the others.
    pub own: &'a str,
    pub variants: &'a [Variant],
    pub corpus: Option<&'a CorpusHashes>,
}

/// Writes `table.txt`, `table.json`, `table.csv`, `works.json`, `roc.svg`, `roc.png`, `scores.svg`,
/// `scores.png` and a grid for every set into `folder`; with variants also `settings.csv`, and a grid of the
/// first set for each. Returns the table.
///
/// # Errors
/// [`EvaluationError`] if a file cannot be written.
pub fn write(folder: &Path, sets: &[Evaluated], about: &About) -> Result<Table, EvaluationError> {
    let works: Vec<ScoredWork> = sets.iter().flat_map(|set| set.own.works.clone()).collect();
    let nearest = sets.iter().filter_map(|set| set.nearest_in_corpus).min();
    let table = Table {
        notes: vec![near_duplicates::note(about.corpus, nearest)],
        settings_compared: Comparison::of(sets, about.own, about.variants),
        ..Table::of(&works)
    };
    let heading = about.heading;
    put(
        folder,
        "table.txt",
        format!("{heading}\n\n{}", table.text()).as_bytes(),
    )?;
    put(folder, "table.csv", table.csv().as_bytes())?;
    for (name, value) in [
        ("table.json", serde_json::to_vec_pretty(&table)),
        ("works.json", serde_json::to_vec_pretty(&works)),
    ] {
        let text = value.map_err(|error| EvaluationError::Write {
            file: folder.join(name),
            source: error.into(),
        })?;
        put(folder, name, &text)?;
    }
    if let Some(comparison) = &table.settings_compared {
        put(folder, "settings.csv", comparison.csv().as_bytes())?;
    }
    plots(folder, sets)?;
    for set in sets {
        let file = format!("grid-{}.png", set.name);
        put_picture(folder, &file, &grid(&set.name, &set.own, heading)?)?;
    }
    for set in sets.iter().take(1) {
        for (variant, examined) in about.variants.iter().zip(&set.variants) {
            let file = format!("grid-{}-{}.png", set.name, variant.slug());
            let footnote = format!("{heading} Here with: {}.", variant.label);
            put_picture(folder, &file, &grid(&set.name, examined, &footnote)?)?;
        }
    }
    Ok(table)
}

fn plots(folder: &Path, sets: &[Evaluated]) -> Result<(), EvaluationError> {
    let by_role = |works: &[ScoredWork], score: &str, role: SetRole| -> Vec<f64> {
        let counted = works.iter().filter(|work| work.near_duplicate.is_none());
        let of_role = counted.filter(|work| work.role == role);
        of_role
            .filter_map(|work| work.scores.get(score).copied())
            .collect()
    };
    let mut pooled: BTreeMap<&str, [Vec<f64>; 2]> = BTreeMap::new();
    let mut rows = Vec::new();
    for Evaluated { name, own: set, .. } in sets {
        for score in CURVES {
            let both = pooled.entry(score).or_default();
            both[0].extend(by_role(&set.works, score, SetRole::Member));
            both[1].extend(by_role(&set.works, score, SetRole::HoldOut));
        }
        rows.push(ScoreRow {
            label: name.clone(),
            members: by_role(&set.works, SHOWN, SetRole::Member),
            hold_outs: by_role(&set.works, SHOWN, SetRole::HoldOut),
        });
    }
    let curves = CURVES.iter().filter_map(|score| {
        let [members, hold_outs] = pooled.remove(score)?;
        // A score that no work has, or one role alone, has no curve; the table says why.
        let sample = Sample::new(members, hold_outs).ok()?;
        Some(Curve::of(*score, &sample))
    });
    let roc = RocChart {
        language: Language::English,
        title: "Members against hold-outs, all sets".into(),
        curves: curves.collect(),
    };
    let scores = ScoreChart {
        title: "Members and hold-outs by recovery direction".into(),
        axis: SHOWN.into(),
        rows,
        threshold: None,
    };
    put_chart(folder, "roc", &roc)?;
    put_chart(folder, "scores", &scores)
}

fn put_chart(folder: &Path, name: &str, chart: &impl Chart) -> Result<(), EvaluationError> {
    put(
        folder,
        &format!("{name}.svg"),
        chart.svg(&Palette::LIGHT)?.as_bytes(),
    )?;
    put_picture(
        folder,
        &format!("{name}.png"),
        &chart.picture(&Palette::LIGHT, SCALE)?,
    )
}

/// The pictures of a set: the first works of each role.
fn grid(name: &str, set: &Examined, heading: &str) -> Result<RgbImage, EvaluationError> {
    let of = |role: SetRole| {
        let pairs = set.works.iter().zip(&set.rows);
        let rows = pairs.filter(|(work, _)| work.role == role).take(ROWS);
        rows.map(|(_, row)| row.clone()).collect()
    };
    let side = (set.rows.iter())
        .find_map(|row| row.pictures.iter().flatten().next())
        .map_or(1, RgbImage::width);
    let grid = Grid {
        title: format!("{name}: what comes back"),
        columns: COLUMNS.map(String::from).to_vec(),
        sections: vec![
            Section {
                heading: "Members: the model was fine-tuned on them".into(),
                rows: of(SetRole::Member),
            },
            Section {
                heading: "Hold-outs: works of the same hand that it never saw".into(),
                rows: of(SetRole::HoldOut),
            },
        ],
        footnote: heading.to_owned(),
        cell: side,
        palette: Palette::LIGHT,
    };
    Ok(grid.draw()?)
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), EvaluationError> {
    let file = folder.join(name);
    atomic::replace(&file, bytes).map_err(|source| EvaluationError::Write { file, source })
}

fn put_picture(folder: &Path, name: &str, picture: &RgbImage) -> Result<(), EvaluationError> {
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(|error| EvaluationError::Write {
            file: folder.join(name),
            source: std::io::Error::other(error),
        })?;
    put(folder, name, bytes.get_ref())
}
