//! The figures of a conclusion against scipy (`tests/reference/verdict/make.py` made the numbers), and what a
//! conclusion says in words and in JSON.

use palimpsest_base::number_format::two_figures;
use palimpsest_method::verdict::{
    Basis, Bound, Calibration, ConditionalRatio, Evidence, FalsePositiveRate, Figure, Interval,
    LIMITS, LikelihoodRatio, NotEvaluated, Reason, Refusal, Sample, Support, Unbounded, Verdict,
    conclude, finding, finding_of_all, least_favourable, leave_one_out, sentence, standardise,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    name: String,
    questioned: Vec<f64>,
    negatives: Vec<f64>,
    positives: Vec<f64>,
    p: Vec<f64>,
    holm: Vec<f64>,
    auc: f64,
    log_ratios: Vec<f64>,
    cllr: f64,
    leave_one_out_cllr: f64,
    bounds: [f64; 2],
    leave_one_out: ExpectedShare,
    above_every_negative: [f64; 2],
    permutation: f64,
    hedges: ExpectedEffect,
    superiority: f64,
    standardised: Vec<ExpectedScore>,
}

#[derive(Deserialize)]
struct ExpectedShare {
    right: usize,
    interval: [f64; 2],
    accused: usize,
}

#[derive(Deserialize)]
struct ExpectedEffect {
    value: f64,
    interval: [f64; 2],
}

#[derive(Deserialize)]
struct ExpectedScore {
    z: f64,
    deviate: f64,
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!(
        "../../../../tests/reference/verdict/conclusion.json"
    ))
    .unwrap()
}

impl Case {
    fn evidence(&self) -> Evidence {
        Evidence {
            questioned: judged(&self.questioned),
            together: self.questioned.clone(),
            negatives: self.negatives.clone(),
            positives: self.positives.clone(),
            calibrations: Vec::new(),
            seed: 3,
            ..Evidence::default()
        }
    }
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!(
        (found - expected).abs() <= tolerance * expected.abs().max(1.0),
        "{what}: {found} not {expected}"
    );
}

#[track_caller]
fn ends(found: Interval, expected: [f64; 2], what: &str) {
    close(found.low, expected[0], 1e-8, what);
    close(found.high, expected[1], 1e-8, what);
}

#[track_caller]
fn there<T>(outcome: &Figure<T>) -> &T {
    outcome
        .evaluated()
        .unwrap_or_else(|| panic!("{:?}", outcome.reason()))
}

#[test]
fn p_values_are_the_shares_of_negatives_that_reach_the_score() {
    for case in cases() {
        let verdict = conclude(&case.evidence());
        for (work, (&p, &holm)) in verdict.works.iter().zip(case.p.iter().zip(&case.holm)) {
            close(there(&work.p_value).value, p, 1e-14, &case.name);
            close(*there(&work.holm), holm, 1e-14, &case.name);
        }
    }
}

#[test]
fn likelihood_ratios_are_those_of_the_penalised_likelihoods_maximum() {
    for case in cases() {
        let verdict = conclude(&case.evidence());
        let report = there(&verdict.likelihood_ratios);
        for (work, &expected) in verdict.works.iter().zip(&case.log_ratios) {
            let ratio = there(&work.likelihood_ratio);
            let log = ratio.unbounded.log10 * std::f64::consts::LN_10;
            close(log, expected, 1e-5, &case.name);
            let bounded = expected
                .exp()
                .clamp(report.bounds.lower, report.bounds.upper);
            close(ratio.value, bounded, 1e-5, &case.name);
            assert!(ratio.interval.contains(ratio.value), "{ratio:?}");
        }
        close(report.cllr.in_sample, case.cllr, 1e-5, &case.name);
        close(
            report.leave_one_out_cllr,
            case.leave_one_out_cllr,
            1e-5,
            &case.name,
        );
    }
}

#[test]
fn the_bounds_are_where_listening_begins_to_cost_more_than_not_listening() {
    for case in cases() {
        let bounds = there(&conclude(&case.evidence()).likelihood_ratios).bounds;
        // The reference looks at thresholds 1e-5 apart.
        close(bounds.lower, case.bounds[0], 1e-4, &case.name);
        close(bounds.upper, case.bounds[1], 1e-4, &case.name);
    }
}

#[test]
fn controls_are_told_apart_as_well_as_scipy_says() {
    for case in cases() {
        let verdict = conclude(&case.evidence());
        let found = there(&verdict.discrimination);
        close(found.auc.value, case.auc, 1e-14, &case.name);
        let accuracy = there(&found.leave_one_out).accuracy;
        assert_eq!(
            accuracy.successes, case.leave_one_out.right,
            "{}",
            case.name
        );
        ends(accuracy.interval, case.leave_one_out.interval, &case.name);
        let Figure::Evaluated(FalsePositiveRate::BestAccuracy { found }) =
            verdict.false_positive_rate
        else {
            panic!("{}: no rate", case.name);
        };
        assert_eq!(found.successes, case.leave_one_out.accused, "{}", case.name);
    }
}

#[test]
fn all_questioned_works_together_are_as_scipy_says() {
    for case in cases() {
        let found = conclude(&case.evidence()).portfolio;
        let found = there(&found);
        close(found.permutation.p, case.permutation, 1e-12, &case.name);
        close(found.superiority.value, case.superiority, 1e-14, &case.name);
        let effect = there(&found.effect);
        close(effect.value, case.hedges.value, 1e-12, &case.name);
        ends(effect.interval, case.hedges.interval, &case.name);
    }
}

#[test]
fn standardised_scores_are_as_far_out_as_students_distribution_says() {
    for case in cases() {
        for (&score, expected) in case.questioned.iter().zip(&case.standardised) {
            let found = standardise(score, &case.negatives).unwrap();
            close(found.z, expected.z, 1e-12, &case.name);
            // Wallace's approximation.
            close(found.deviate, expected.deviate, 0.01, &case.name);
        }
    }
}

#[test]
fn without_positives_the_rule_is_to_call_what_is_above_every_negative() {
    for case in cases() {
        let evidence = Evidence {
            positives: Vec::new(),
            ..case.evidence()
        };
        let Figure::Evaluated(FalsePositiveRate::AboveEveryNegative { expected, interval }) =
            conclude(&evidence).false_positive_rate
        else {
            panic!("{}: no rate", case.name);
        };
        close(
            expected,
            1.0 / (1 + case.negatives.len()) as f64,
            1e-15,
            &case.name,
        );
        ends(interval, case.above_every_negative, &case.name);
    }
}

/// Scores of works that are judged.
fn judged(scores: &[f64]) -> Vec<Result<f64, Refusal>> {
    scores.iter().copied().map(Ok).collect()
}

const NEGATIVES: [f64; 8] = [0.31, 0.24, 0.4, 0.28, 0.35, 0.22, 0.3, 0.37];
const POSITIVES: [f64; 8] = [0.71, 0.64, 0.5, 0.78, 0.65, 0.62, 0.7, 0.67];

fn evidence(questioned: &[f64], negatives: usize, positives: usize) -> Evidence {
    Evidence {
        questioned: judged(questioned),
        together: questioned.to_vec(),
        negatives: NEGATIVES[..negatives].to_vec(),
        positives: POSITIVES[..positives].to_vec(),
        calibrations: Vec::new(),
        seed: 1,
        ..Evidence::default()
    }
}

fn mock(recipe: &str, factor: f64) -> Calibration {
    Calibration {
        recipe: recipe.into(),
        members: POSITIVES.map(|score| 0.3 + factor * (score - 0.3)).to_vec(),
        hold_outs: NEGATIVES.to_vec(),
    }
}

fn first_sentence(evidence: &Evidence) -> (Verdict, String) {
    let verdict = conclude(evidence);
    let text = sentence(&verdict.works[0], &verdict);
    println!("{text}\n");
    if let Some(short) = finding(&verdict.works[0]).evaluated() {
        println!("{short}\n");
        assert!(short.chars().count() <= 240, "{short}");
        assert!(short.len() < text.len(), "{short}");
    }
    (verdict, text)
}

#[test]
fn a_work_far_above_is_limited_to_what_its_controls_carry() {
    let (verdict, text) = first_sentence(&evidence(&[0.9], 8, 8));
    let ratio = there(&verdict.works[0].likelihood_ratio);
    assert_eq!(ratio.cut_by, Some(Bound::Upper));
    assert!(ratio.value <= 9.0);
    assert!(text.contains("limited to what so few controls can carry"));
    let short = finding(&verdict.works[0]);
    let short = there(&short);
    assert!(short.contains("limited to what so few controls can carry: weak support"));
    assert!(!short.contains("about"), "a limit is not about: {short}");
    assert!(text.contains("none scores as high as this work (p = 0.11;"));
    assert!(ratio.bound() <= ratio.value && text.contains("(95 % bound: at least "));
    assert!(text.contains("weak support for \u{201c}used in the fine-tuning\u{201d} over"));
}

#[test]
fn a_work_far_below_supports_the_other_proposition() {
    let (verdict, text) = first_sentence(&evidence(&[0.1], 8, 8));
    let ratio = there(&verdict.works[0].likelihood_ratio);
    assert!(ratio.value <= ratio.bound());
    let least = format!("95 % bound: at least {}", two_figures(1.0 / ratio.bound()));
    assert!(text.contains(&least), "{text}");
    let verbal = there(&verdict.works[0].verbal);
    assert_eq!(verbal.step.support, Support::Weak);
    assert!(text.contains(
        "times as probable if the work was not used in the fine-tuning as if it was used"
    ));
    assert!(text.contains("8 score as high"));
    let short = finding(&verdict.works[0]);
    assert!(
        there(&short).ends_with(
            "times as probable if the work was not used in the fine-tuning as if it was, limited to what so \
             few controls can carry: weak support for \u{201c}not used\u{201d}."
        ),
        "{short:?}"
    );
}

#[test]
fn what_is_missing_is_said_with_its_reason() {
    let (verdict, text) = first_sentence(&evidence(&[0.5], 8, 4));
    assert!(text.contains("is not evaluated, because at least 5 positive controls"));
    assert!(verdict.works[0].verbal.reason().is_some());
    let ranked = finding(&verdict.works[0]);
    assert_eq!(
        there(&ranked),
        "None of 8 controls declared not to have been used scores as high (p = 0.11)."
    );
    let (unranked, text) = first_sentence(&evidence(&[0.5], 4, 8));
    assert!(
        text.starts_with("No statement on this work can be made: at least 5 negative controls")
    );
    assert!(finding(&unranked.works[0]).reason().is_some());
    let (verdict, _) = first_sentence(&evidence(&[f64::NAN, 0.5], 8, 8));
    assert_eq!(verdict.works[0].score, None);
    assert!(verdict.works[1].likelihood_ratio.evaluated().is_some());
    assert!(verdict.portfolio.reason().is_some());
}

#[test]
fn of_several_recipes_the_least_favourable_counts() {
    let mut given = evidence(&[0.6], 8, 0);
    given.calibrations = vec![mock("full", 1.0), mock("light", 0.3)];
    let (verdict, text) = first_sentence(&given);
    let work = &verdict.works[0];
    let ratios: Vec<f64> = work
        .conditional
        .iter()
        .map(|it| there(&it.ratio).value)
        .collect();
    let least = there(&work.least_favourable);
    assert_eq!(least.ratio.value, ratios[0].min(ratios[1]));
    assert_eq!(there(&work.verbal).basis, Basis::Calibrations);
    assert!(text.contains(&format!("is \u{201c}{}\u{201d}", least.recipe)));
    let short = finding(work);
    assert!(there(&short).starts_with("If the fine-tuning followed one of 2 recipes tried,"));

    given.calibrations.pop();
    let (verdict, text) = first_sentence(&given);
    let work = &verdict.works[0];
    assert!(work.conditional[0].ratio.evaluated().is_some());
    let reason = work.least_favourable.reason().unwrap();
    assert!(reason.contains("at least 2 calibrations"), "{reason}");
    assert!(text.contains("is not evaluated"));
}

#[test]
fn sentences_use_none_of_the_words_that_are_for_a_court() {
    let mut with_mocks = evidence(&[0.6], 8, 0);
    with_mocks.calibrations = vec![mock("full", 1.0), mock("light", 0.3)];
    let all = [
        with_mocks,
        evidence(&[0.9], 8, 8),
        evidence(&[0.45], 8, 8),
        evidence(&[0.1], 8, 8),
        evidence(&[0.5], 8, 0),
        evidence(&[0.5], 3, 0),
    ];
    let mut sentences = vec![LIMITS.to_owned()];
    for given in &all {
        let (verdict, text) = first_sentence(given);
        sentences.push(text);
        sentences.extend(finding(&verdict.works[0]).evaluated().cloned());
    }
    for questioned in [[0.5, 0.6], [0.1, 0.2]] {
        let verdict = conclude(&evidence(&questioned, 8, 0));
        sentences.push(finding_of_all(there(&verdict.portfolio), 2));
    }
    assert!(
        sentences
            .iter()
            .any(|text| text.contains("is not higher than that of 8"))
    );
    for text in sentences {
        assert!(text.ends_with('.') && !text.contains("  "), "{text}");
        assert!(
            !text[..text.len() - 1].contains(". "),
            "more than one: {text}"
        );
        for word in [
            "infring", "proof", "prove", "certain", "guilt", "NaN", "inf ",
        ] {
            assert!(!text.to_lowercase().contains(word), "{word}: {text}");
        }
    }
}

#[test]
fn a_verdict_comes_back_from_json_as_it_was() {
    let mut given = evidence(&[0.6, 0.2], 8, 8);
    given.calibrations = vec![mock("full", 1.0), mock("light", 0.3)];
    let verdict = conclude(&given);
    let text = serde_json::to_string(&verdict).unwrap();
    assert_eq!(serde_json::from_str::<Verdict>(&text).unwrap(), verdict);
    assert!(!text.contains(":null,\"p_value\""));
}

#[test]
fn a_refused_work_has_its_score_and_one_reason_in_the_place_of_every_figure() {
    let mut given = evidence(&[0.6, 0.2], 8, 8);
    given.calibrations = vec![mock("full", 1.0), mock("light", 0.3)];
    let alone = conclude(&given);
    let reason = Reason::NearDuplicate("it is nearly the same picture as another".into());
    given.questioned[1] = Err(Refusal {
        score: Some(0.2),
        reason: reason.clone(),
    });
    let verdict = conclude(&given);
    let refused = &verdict.works[1];
    assert_eq!(refused.score, Some(0.2));
    let reasons = [
        refused.p_value.reason(),
        refused.holm.reason(),
        refused.likelihood_ratio.reason(),
        refused.least_favourable.reason(),
        refused.verbal.reason(),
    ];
    assert_eq!(reasons, [Some(reason.to_string().as_str()); 5]);
    assert!(refused.conditional.is_empty());
    // It counts in nobody's correction.
    assert_eq!(verdict.works[0].p_value, alone.works[0].p_value);
    let p = there(&verdict.works[0].p_value).value;
    assert_eq!(there(&verdict.works[0].holm), &p);
    // Of one work alone no correction is told.
    assert_eq!(verdict.works[0].benjamini_hochberg, None);
    assert_eq!(
        alone.works[1].benjamini_hochberg,
        Some(alone.works[1].p_value.evaluated().unwrap().value)
    );
}

/// The smallest p-value of 98 controls is 1/99: more than 1 %.
#[test]
fn nothing_is_said_at_one_percent_of_fewer_than_99_controls() {
    for negatives in [5, 20, 50, 98, 99, 120] {
        let given = Evidence {
            negatives: (0..negatives)
                .map(|score| f64::from(score) / 200.0)
                .collect(),
            ..evidence(&[100.0], 5, 8)
        };
        let verdict = conclude(&given);
        let p = there(&verdict.works[0].p_value);
        assert_eq!(p.value <= 0.01, negatives >= 99, "{negatives}");
        let at_one_percent = there(&verdict.discrimination).tpr_at_1_percent_fpr;
        assert_eq!(at_one_percent.is_some(), negatives >= 99, "{negatives}");
        let text = serde_json::to_string(&verdict).unwrap();
        assert_eq!(text.contains("1_percent"), negatives >= 99, "{negatives}");
    }
}

#[test]
fn works_are_judged_together_without_those_that_are_refused() {
    let mut given = evidence(&[0.6, 0.2, 0.7], 8, 8);
    given.questioned[1] = Err(Refusal {
        score: Some(0.2),
        reason: Reason::NoScore("the picture is damaged".into()),
    });
    given.together = vec![0.6, 0.7];
    let verdict = conclude(&given);
    let portfolio = there(&verdict.portfolio);
    assert_eq!(portfolio.questioned, 2);
    assert!((portfolio.mean_questioned - 0.65).abs() < 1e-12);
    let sentence = finding_of_all(portfolio, verdict.works.len());
    assert!(
        sentence.contains("2 of the 3 questioned works"),
        "{sentence}"
    );
    given.together.pop();
    let reason = "at least 2 questioned works are needed and there are 1";
    assert_eq!(conclude(&given).portfolio.reason(), Some(reason));
}

#[test]
fn nothing_is_found_at_1_percent_by_fewer_than_99_controls() {
    let mut given = evidence(&[0.6], 8, 8);
    given.negatives = (0..98).map(f64::from).collect();
    let rate = |given: &Evidence| there(&conclude(given).discrimination).tpr_at_1_percent_fpr;
    assert!(rate(&given).is_none());
    given.negatives.push(98.0);
    assert!(rate(&given).is_some());
}

#[test]
fn recipes_that_disagree_give_no_least_favourable_ratio() {
    let ratios = |given: [f64; 3]| {
        let of = |value| ConditionalRatio {
            recipe: format!("recipe {value}"),
            ratio: Figure::Evaluated(LikelihoodRatio {
                value,
                interval: Interval {
                    low: value,
                    high: value,
                },
                cut_by: None,
                unbounded: Unbounded {
                    log10: value.log10(),
                    interval: Interval {
                        low: value.log10(),
                        high: value.log10(),
                    },
                },
            }),
        };
        least_favourable(&given.map(of)).map(|least| least.ratio.value)
    };
    assert_eq!(ratios([3.0, 2.0, 9.0]), Ok(2.0));
    // The smallest of these would claim most.
    assert_eq!(ratios([0.01, 0.5, 0.2]), Ok(0.5));
    assert_eq!(ratios([0.5, 2.0, 3.0]), Err(NotEvaluated::RecipesDisagree));
    assert_eq!(ratios([1.0, 2.0, 3.0]), Ok(1.0));
}

#[test]
fn too_few_controls_are_a_plainer_reason_than_a_refusal() {
    let mut given = evidence(&[0.6], 4, 8);
    given.questioned[0] = Err(Refusal {
        score: None,
        reason: Reason::NoScore("it has not been examined yet".into()),
    });
    let refused = &conclude(&given).works[0];
    assert!(
        refused
            .p_value
            .reason()
            .unwrap()
            .contains("at least 5 negative controls")
    );
}

#[test]
fn no_evidence_ever_gives_a_number_that_is_not_finite() {
    let extremes = [
        f64::NAN,
        f64::INFINITY,
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        0.0,
        -0.0,
        1e154,
        1e-300,
    ];
    for scale in [1.0, 0.0, 1e-300, 1e150, 1e300, f64::NAN] {
        let scaled = |scores: &[f64]| scores.iter().map(|s| s * scale).collect::<Vec<_>>();
        let given = Evidence {
            questioned: judged(&extremes),
            together: extremes.to_vec(),
            negatives: scaled(&NEGATIVES),
            positives: scaled(&POSITIVES),
            calibrations: vec![
                Calibration {
                    recipe: "scaled".into(),
                    members: scaled(&POSITIVES),
                    hold_outs: scaled(&NEGATIVES),
                },
                mock("plain", 1.0),
            ],
            seed: 0,
            ..Evidence::default()
        };
        let verdict = conclude(&given);
        let text = serde_json::to_string(&verdict).unwrap();
        // A number that is not finite would be written as null, and not be read again.
        let back: Verdict = serde_json::from_str(&text).unwrap();
        assert_eq!(back, verdict);
        for work in &verdict.works {
            sentence(work, &verdict);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_verdict_and_another_only_another_interval() {
    let given = evidence(&[0.5], 8, 8);
    let (first, again) = (conclude(&given), conclude(&given));
    assert_eq!(first, again);
    let other = conclude(&Evidence { seed: 2, ..given });
    let ratios = [&first, &other].map(|it| *there(&it.works[0].likelihood_ratio));
    assert_eq!(ratios[0].value, ratios[1].value);
    assert_ne!(ratios[0].unbounded.interval, ratios[1].unbounded.interval);
}

#[test]
fn a_higher_score_never_has_a_smaller_ratio_or_a_larger_p() {
    let scores: Vec<f64> = (0..200).map(|i| -1.0 + f64::from(i) * 0.015).collect();
    let verdict = conclude(&evidence(&scores, 8, 8));
    for pair in verdict.works.windows(2) {
        let ratio = |i: usize| there(&pair[i].likelihood_ratio).value;
        let p = |i: usize| there(&pair[i].p_value).value;
        assert!(ratio(0) <= ratio(1) && p(0) >= p(1));
    }
}

#[test]
fn a_control_left_out_does_not_help_itself() {
    // Interleaved: in-sample better than chance, left out not.
    let sample = Sample::new(vec![1.0, 3.0, 5.0, 7.0], vec![0.0, 2.0, 4.0, 6.0]).unwrap();
    let in_sample = sample.roc().best_accuracy().in_sample.accuracy.value;
    assert!(leave_one_out(&sample).unwrap().accuracy.value < in_sample);
}
