//! The table of an evaluation: which works count where, what is said of those that do not, and that text,
//! JSON and CSV say the same.

use palimpsest_lab::evaluation::comparison::Comparison;
use palimpsest_lab::evaluation::figures::{Over, RowFigures, ScoreRow};
use palimpsest_lab::evaluation::near_duplicates::{NearDuplicate, Original};
use palimpsest_lab::evaluation::set::{Evaluated, Examined};
use palimpsest_lab::evaluation::table::Table;
use palimpsest_lab::evaluation::variant::Variant;
use palimpsest_lab::evaluation::{ScoredWork, SetRole};
use palimpsest_method::inversion::Overrides;

const GAIN: &str = "recovery.gain_db";
const DIRECTION: &str = "recovery.direction";

fn work(set: &str, name: &str, role: SetRole, scores: &[(&str, f64)]) -> ScoredWork {
    ScoredWork {
        set: set.to_owned(),
        name: name.to_owned(),
        role,
        scores: scores
            .iter()
            .map(|(name, score)| ((*name).to_owned(), *score))
            .collect(),
        near_duplicate: None,
    }
}

/// A set of ten and ten works: directions that separate, gains of a scale of the set's own.
fn set(name: &str, base: f64) -> Vec<ScoredWork> {
    let works = (0..20).map(|i| {
        let role = if i < 10 {
            SetRole::Member
        } else {
            SetRole::HoldOut
        };
        let lead = if i < 10 { 1.0 } else { 0.0 };
        let spread = (f64::from(i) * 0.618).fract();
        let scores = [
            (DIRECTION, lead + 0.5 * spread),
            (GAIN, base + lead + 1.2 * spread),
        ];
        work(name, &format!("w{i}"), role, &scores)
    });
    works.collect()
}

fn two_sets() -> Table {
    let works = [set("hills, seed 0", 0.0), set("shapes, seed 0", 5.0)].concat();
    Table::of(&works)
}

fn find<'a>(table: &'a Table, score: &str, over: &Over) -> &'a ScoreRow {
    let mut rows = table.rows.iter();
    rows.find(|row| row.score == score && row.over == *over)
        .unwrap()
}

fn auc(row: &ScoreRow) -> f64 {
    match &row.outcome {
        RowFigures::Evaluated(figures) => figures.auc.value,
        RowFigures::Mean(figures) => figures.auc.value,
        RowFigures::NotEvaluated { reason } => panic!("{reason}"),
    }
}

#[test]
fn every_score_has_its_sets_and_what_they_say_together() {
    let table = two_sets();
    let over: Vec<_> = table
        .rows
        .iter()
        .map(|row| (row.score.as_str(), &row.over))
        .collect();
    let expected = [
        Over::Set("hills, seed 0".to_owned()),
        Over::Set("shapes, seed 0".to_owned()),
        Over::MeanOfSets(2),
        Over::Pooled(2),
        Over::PooledStandardised(2),
    ];
    let expected: Vec<_> = [DIRECTION, GAIN]
        .iter()
        .flat_map(|score| expected.iter().map(move |over| (*score, over)))
        .collect();
    assert_eq!(over, expected);
    assert!(table.warnings.is_empty());
}

#[test]
fn a_scale_of_the_sets_own_hurts_only_raw_pooling() {
    let table = two_sets();
    let set = auc(find(&table, GAIN, &Over::Set("hills, seed 0".to_owned())));
    assert!((auc(find(&table, GAIN, &Over::MeanOfSets(2))) - set).abs() < 1e-12);
    assert!(auc(find(&table, GAIN, &Over::Pooled(2))) < set - 0.1);
    assert!((auc(find(&table, GAIN, &Over::PooledStandardised(2))) - set).abs() < 0.05);
    let RowFigures::Evaluated(raw) = &find(&table, GAIN, &Over::Pooled(2)).outcome else {
        panic!()
    };
    // The best threshold of one set is beyond all works of the other.
    assert_eq!(raw.held_out_accuracy.unwrap().successes, 20);
}

#[test]
fn a_single_set_is_not_repeated_as_a_mean() {
    let table = Table::of(&set("only", 0.0));
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn works_without_a_score_are_left_out_counted_and_said() {
    let mut works = set("hills", 0.0);
    works[0].scores.remove(GAIN);
    works[10].scores.remove(GAIN);
    works[11].scores.remove(GAIN);
    let table = Table::of(&works);
    let row = find(&table, GAIN, &Over::Set("hills".to_owned()));
    assert_eq!((row.members, row.hold_outs), (9, 8));
    assert_eq!(
        (row.members_without_score, row.hold_outs_without_score),
        (1, 2)
    );
    let text = table.text();
    assert!(
        text.contains("hills: not evaluated for 1 members and 2 hold-outs, which are left out")
    );
}

#[test]
fn a_set_that_cannot_be_evaluated_says_why_and_leaves_the_others() {
    let mut works = set("good", 0.0);
    works.extend((0..3).map(|i| work("bad", &format!("m{i}"), SetRole::Member, &[(GAIN, 1.0)])));
    works.extend(set("infinite", 0.0));
    works
        .last_mut()
        .unwrap()
        .scores
        .insert(GAIN.to_owned(), f64::INFINITY);
    let table = Table::of(&works);
    let reason = |set: &str| match &find(&table, GAIN, &Over::Set(set.to_owned())).outcome {
        RowFigures::NotEvaluated { reason } => reason.clone(),
        _ => panic!("{set} was evaluated"),
    };
    assert_eq!(reason("bad"), "there is no hold-out with a score");
    assert!(reason("infinite").contains("1 of hold-outs are not finite"));
    let mean = find(&table, GAIN, &Over::MeanOfSets(1));
    assert_eq!((mean.members, mean.hold_outs), (10, 10));
    assert_eq!(
        auc(mean),
        auc(find(&table, GAIN, &Over::Set("good".to_owned())))
    );
    assert!(
        table
            .text()
            .contains("not evaluated: there is no hold-out with a score")
    );
}

#[test]
fn a_work_in_both_roles_or_twice_is_warned_of() {
    let mut works = set("hills", 0.0);
    works[11].name = "w0".to_owned();
    works[2].name = "w1".to_owned();
    assert_eq!(
        Table::of(&works).warnings,
        [
            "hills: w0 is both a member and a hold-out",
            "hills: w1 is counted 2 times"
        ]
    );
}

#[test]
fn the_text_is_aligned_narrow_and_says_in_sample() {
    let mut works = set(
        "a set with a name that is much too long for its column",
        0.0,
    );
    works.extend(set("shapes\u{1b}[31m\n, seed 0", 5.0));
    let text = Table::of(&works).text();
    assert!(
        text.lines().all(|line| line.chars().count() <= 100),
        "{text}"
    );
    assert!(!text.contains('\u{1b}') && text.contains("shapes[31m, seed 0"));
    let lines: Vec<_> = text.lines().take(6).collect();
    let column = |line: &str, what: &str| line.find(what).map(|i| line[..i].chars().count());
    let start = column(lines[0], "best accuracy").unwrap();
    assert_eq!(column(lines[1], "in-sample"), Some(start));
    assert_eq!(column(lines[3], "1.000 (20/20)"), Some(start));
    assert!(text.contains("10 hold-outs cannot show a false-positive rate between 0 and 10.0 %"));
    assert!(Table::of(&[]).text().contains("nothing can be evaluated"));
}

#[test]
fn json_and_csv_say_the_same() {
    let table = two_sets();
    let json: serde_json::Value = serde_json::to_value(&table).unwrap();
    let csv = table.csv();
    let mut lines = csv.lines();
    let names: Vec<_> = lines.next().unwrap().split(',').collect();
    for (line, row) in lines.zip(json["rows"].as_array().unwrap()) {
        // The set's name holds a comma, and so is in quotes.
        let line = line
            .replace("\"hills, seed 0\"", "hills")
            .replace("\"shapes, seed 0\"", "shapes");
        let fields: Vec<_> = line.split(',').collect();
        assert_eq!(fields.len(), names.len());
        let field = |name: &str| fields[names.iter().position(|n| *n == name).unwrap()];
        let number = |name: &str| field(name).parse::<f64>().unwrap();
        assert_eq!(field("score"), row["score"].as_str().unwrap());
        let outcome = &row["outcome"];
        if let Some(mean) = outcome.get("mean") {
            assert_eq!(field("over"), "mean_of_sets");
            assert_eq!(number("auc"), mean["auc"]["value"]);
            assert_eq!(field("best_accuracy_in_sample_low"), "");
            assert_eq!(
                number("tpr_at_1_percent_fpr_in_sample"),
                mean["tpr_at_1_percent_fpr"]["in_sample"]
            );
            continue;
        }
        let figures = &outcome["evaluated"];
        let tpr = &figures["tpr_at_1_percent_fpr"]["in_sample"];
        assert_eq!(number("auc_low"), figures["auc"]["interval"]["low"]);
        assert_eq!(
            number("best_threshold_in_sample"),
            figures["best_accuracy"]["in_sample"]["threshold"]
        );
        assert_eq!(
            number("tpr_at_1_percent_fpr_in_sample_high"),
            tpr["tpr"]["interval"]["high"]
        );
        assert_eq!(
            number("true_fpr_at_1_percent_high"),
            tpr["true_fpr"]["high"]
        );
        let held_out = &figures["held_out_accuracy"]["interval"]["high"];
        assert_eq!(
            field("held_out_accuracy_high").parse().ok(),
            held_out.as_f64()
        );
        assert_eq!(field("not_evaluated"), "");
    }
}

#[test]
fn names_with_quotes_stay_one_field() {
    let csv = Table::of(&set("the \"best\", he said", 0.0)).csv();
    assert!(
        csv.lines()
            .nth(1)
            .unwrap()
            .contains(",\"the \"\"best\"\", he said\",")
    );
}

#[test]
fn near_duplicates_are_not_counted_and_are_said() {
    let mut works = set("hills", 0.0);
    let twin = |name: &str| {
        Some(NearDuplicate {
            of: Original::Work(name.to_owned()),
            distance: 12,
        })
    };
    works[0].near_duplicate = twin("w15");
    works[15].near_duplicate = twin("w0");
    works[3].near_duplicate = Some(NearDuplicate {
        of: Original::Corpus,
        distance: 7,
    });
    let table = Table::of(&works);
    let row = find(&table, GAIN, &Over::Set("hills".to_owned()));
    assert_eq!((row.members, row.hold_outs), (8, 9));
    assert_eq!(
        (row.members_without_score, row.hold_outs_without_score),
        (0, 0)
    );
    let text = table.text();
    for sentence in [
        "Not counted: hills: w0 is left out, a near-duplicate of the hold-out w15 (12 of 255 signs differ).",
        "Not counted: hills: w15 is left out, a near-duplicate of the member w0 (12 of 255 signs differ).",
        "w3 is left out, a near-duplicate of a picture that the base model was trained on (7 of",
    ] {
        assert!(text.contains(sentence), "{text}");
    }
    let json = serde_json::to_value(&table).unwrap();
    assert_eq!(json["left_out"].as_array().unwrap().len(), 3);
    assert_eq!(json["left_out"][0]["of"]["work"], "w15");
    assert_eq!(json["left_out"][1]["of"], "corpus");
    // The works keep the mark, and read it again.
    let kept = serde_json::to_string(&works).unwrap();
    assert_eq!(
        serde_json::from_str::<Vec<ScoredWork>>(&kept).unwrap(),
        works
    );
}

fn examined(works: Vec<ScoredWork>, evaluations: usize) -> Examined {
    Examined {
        works,
        evaluations,
        seconds: 40.0,
        ..Examined::default()
    }
}

fn variant(label: &str, steps: usize) -> Variant {
    Variant {
        label: label.to_owned(),
        mask: None,
        preset: None,
        frame: None,
        overrides: Overrides {
            steps: Some(steps),
            ..Overrides::default()
        },
    }
}

#[test]
fn settings_are_compared_on_the_works_that_both_scored() {
    let mut weaker = set("hills", 0.0);
    let highest = weaker[19].scores[DIRECTION] + 1.0;
    weaker[19].scores.insert(DIRECTION.to_owned(), highest);
    // Without a score of its own the work says nothing about the difference.
    let mut partial = set("hills", 0.0);
    partial[0].scores.remove(DIRECTION);
    let evaluated = Evaluated {
        name: "hills".to_owned(),
        own: examined(set("hills", 0.0), 100),
        variants: vec![examined(weaker, 50), examined(partial, 20)],
        nearest_in_corpus: None,
    };
    let variants = [variant("--steps 25", 25), variant("--steps 10", 10)];
    let sets = [evaluated];
    assert!(Comparison::of(&sets, "own", &[]).is_none());
    let comparison = Comparison::of(&sets, "--preset \"quick\"", &variants).unwrap();
    let [own, weaker, partial] = comparison.rows.as_slice() else {
        panic!()
    };
    // The figures of the table itself, in place of a mean where there is one set only.
    let table = Table::of(&sets[0].own.works);
    let expected = auc(find(&table, DIRECTION, &Over::Set("hills".to_owned())));
    assert_eq!(own.auc[DIRECTION].value, expected);
    assert_eq!((own.evaluations, own.seconds), (100, 2.0));
    assert!(own.exceeds_the_first.is_none());
    let less = weaker.exceeds_the_first.unwrap();
    assert!((less.value - (weaker.auc[DIRECTION].value - expected)).abs() < 1e-12);
    assert!(less.value < -0.05 && less.interval.contains(less.value));
    assert_eq!(partial.exceeds_the_first.unwrap().value, 0.0);

    let text = comparison.text();
    assert!(
        text.lines().all(|line| line.chars().count() <= 98),
        "{text}"
    );
    assert!(text.contains("--steps 25") && text.contains("against the first row"));
    let csv = comparison.csv();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines.len() == 4 && lines[1].starts_with("\"--preset \"\"quick\"\"\",100,2,"));
    let fields = |line: &str| line.split(',').count();
    assert!(lines.iter().all(|line| fields(line) == fields(lines[0])));
    // Neither score of a picture encoder, nor a difference of the first row.
    assert!(lines[1].ends_with(",,,,,,,,,"));
    assert!(lines[2].ends_with(&less.interval.high.to_string()));
}
