//! Works that were tested in several readings of their file: the better counts, pays for all of them, and calls unused
//! works no more often than promised.

use palimpsest_method::artwork::Reading;
use palimpsest_method::verdict::{
    Evidence, Figure, FurtherReading, LikelihoodRatio, LrSystem, Reason, Refusal, Sample, Verdict,
    conclude, finding, sentence,
};

use crate::verdict_simulation::{Scores, margin};

fn there<T>(figure: &Figure<T>) -> &T {
    figure.evaluated().unwrap()
}

/// A work and five controls in two readings: 2.0 and 0.25 against `0.1..=0.5`.
fn read_twice(first: Result<f64, Refusal>, second: Result<f64, Refusal>) -> Verdict {
    read_twice_with(first, second, None)
}

/// The same with works known to have been used in the second reading too.
fn read_twice_with(
    first: Result<f64, Refusal>,
    second: Result<f64, Refusal>,
    positives: Option<Vec<f64>>,
) -> Verdict {
    let negatives = vec![0.1, 0.2, 0.3, 0.4, 0.5];
    conclude(&Evidence {
        questioned: vec![first],
        negatives: negatives.clone(),
        positives: vec![0.7, 0.8, 0.9, 1.0, 1.1],
        further: vec![FurtherReading {
            reading: Reading::AS_STORED,
            questioned: vec![Some(second)],
            together: Vec::new(),
            negatives,
            positives,
        }],
        ..Evidence::default()
    })
}

#[test]
fn of_two_readings_the_better_counts_and_pays_for_both() {
    let verdict = read_twice(Ok(0.25), Ok(2.0));
    let work = &verdict.works[0];
    let p_value = there(&work.p_value);
    assert_eq!((p_value.value, p_value.smallest), (2.0 / 6.0, 2.0 / 6.0));
    assert_eq!(work.score, Some(2.0));
    assert_eq!(work.readings.as_ref().unwrap().counts, Reading::AS_STORED);
    // Without works known to have been used in both readings there is no ratio, and none of a single one in its place.
    let reason = "it was tested in several readings of its file, and the positive controls were not examined in all of them";
    assert_eq!(work.likelihood_ratio.reason(), Some(reason));
    assert!(work.verbal.evaluated().is_none());
    let told = sentence(work, &verdict);
    assert!(
        told.starts_with(
            "Of 5 controls declared not to have been used, none scores as high as this work, read as it is stored \
             like them (p = 0.33, corrected for its 2 readings;"
        ) && told.ends_with(
            "as it is seen (score 0.250, p = 0.67); as it is stored (score 2.000, p = 0.17); that the better counts was \
             fixed before the first examination."
        ),
        "{told}"
    );
    let text = serde_json::to_string(&verdict).unwrap();
    assert_eq!(serde_json::from_str::<Verdict>(&text).unwrap(), verdict);
}

#[test]
fn the_ratio_of_several_readings_is_the_mean_of_theirs() {
    let positives = vec![0.35, 0.45, 0.6, 0.7, 0.8];
    let verdict = read_twice_with(Ok(0.65), Ok(0.25), Some(positives.clone()));
    let work = &verdict.works[0];
    let ratio = there(&work.likelihood_ratio);
    let alone = work.readings.as_ref().unwrap().tested.iter();
    let alone: Vec<f64> = alone.map(|it| it.likelihood_ratio.unwrap()).collect();
    // Each as controls that are read alike give it.
    let system = |positives: &[f64]| {
        let sample = Sample::new(positives.to_vec(), vec![0.1, 0.2, 0.3, 0.4, 0.5]).unwrap();
        LrSystem::new(&sample, 0, 0).unwrap()
    };
    let first = system(&[0.7, 0.8, 0.9, 1.0, 1.1])
        .ratio(0.65)
        .unwrap()
        .value;
    let second = system(&positives).ratio(0.25).unwrap().value;
    assert_eq!(alone, [first, second]);
    assert!(first > 1.0 && second < 1.0, "{alone:?}");
    assert!((ratio.value - (first + second) / 2.0).abs() < 1e-12);
    assert!(ratio.bound() <= ratio.value);
    let told = sentence(work, &verdict);
    let says = "by these and 5 works declared to have been used, its scores in 2 readings are, by the mean of their ratios, ";
    assert!(told.contains(says), "{told}");
    let short = finding(work);
    let short = there(&short);
    let says = "Its scores in 2 readings are, by the mean of their ratios, ";
    assert!(short.starts_with(says), "{short}");
    // A reading in which the work is not judged leaves no ratio: the other one alone would be a choice.
    let refused = Err(Refusal {
        score: None,
        reason: Reason::NoScore("it is damaged".into()),
    });
    let verdict = read_twice_with(refused, Ok(2.0), Some(positives));
    let work = &verdict.works[0];
    assert_eq!(work.likelihood_ratio.reason(), Some("it is damaged"));
    assert!(work.p_value.evaluated().is_some());
}

/// Ratios of works in two readings that hang together by `shared`, where works that were used score `apart` standard
/// deviations higher in each; with what is true of them.
struct Ratios {
    /// Of works that were not used: their mean, the share of at least 2, 5, 10 and 20, and the mean of the larger one.
    unused: (f64, [f64; 4], f64),
    /// The share of works of either class whose bound claims no more than is true, where the readings are independent.
    held: f64,
    /// The share of works used and not used of at least 2.
    above_2: [f64; 2],
}

fn ratios_in_two_readings(controls: usize, apart: [f64; 2], shared: f64, cases: u32) -> Ratios {
    const WORKS: usize = 20;
    let mut scores = Scores::new(71);
    let mut pair = |count: usize, used: bool| -> Vec<[f64; 2]> {
        let (first, own) = (scores.draw(count, 0.0), scores.draw(count, 0.0));
        let shift = apart.map(|apart| if used { apart } else { 0.0 });
        let pairs = first.iter().zip(&own);
        let pairs = pairs.map(|(&first, own)| {
            let second = shared * first + (1.0 - shared * shared).sqrt() * own;
            [first + shift[0], second + shift[1]]
        });
        pairs.collect()
    };
    let (mut sum, mut most, mut at_least) = (0.0, 0.0, [0_usize; 4]);
    let (mut held, mut above_2) = (0, [0_usize; 2]);
    for case in 0..cases {
        let (positives, negatives) = (pair(controls, true), pair(controls, false));
        let systems = [0, 1].map(|reading| {
            let of = |scores: &[[f64; 2]]| scores.iter().map(|it| it[reading]).collect();
            let sample = Sample::new(of(&positives), of(&negatives)).unwrap();
            LrSystem::new(&sample, 7, 2 * case + reading as u32).unwrap()
        });
        for used in [true, false] {
            for work in pair(WORKS, used) {
                let each = [0, 1].map(|reading| {
                    let system: &LrSystem = &systems[reading];
                    system.ratio_in_one_of(2, work[reading]).unwrap()
                });
                let ratio = LikelihoodRatio::mean(&each).unwrap();
                let truths = [0, 1].map(|it| (apart[it] * (work[it] - apart[it] / 2.0)).exp());
                let truth = (truths[0] + truths[1]) / 2.0;
                held += usize::from(match ratio.value >= 1.0 {
                    true => ratio.bound() <= truth * (1.0 + 1e-9),
                    false => ratio.bound() >= truth * (1.0 - 1e-9),
                });
                above_2[usize::from(!used)] += usize::from(ratio.value >= 2.0);
                if !used {
                    sum += ratio.value;
                    most += each[0].value.max(each[1].value);
                    for (count, limit) in at_least.iter_mut().zip([2.0, 5.0, 10.0, 20.0]) {
                        *count += usize::from(ratio.value >= limit);
                    }
                }
            }
        }
    }
    let works = cases as f64 * WORKS as f64;
    Ratios {
        unused: (
            sum / works,
            at_least.map(|count| count as f64 / works),
            most / works,
        ),
        held: held as f64 / (2.0 * works),
        above_2: above_2.map(|count| count as f64 / works),
    }
}

/// With as many cases as `PALIMPSEST_CASES` says.
#[test]
fn ratios_of_unused_works_in_two_readings_are_large_no_more_often_than_their_size_allows() {
    let cases = std::env::var("PALIMPSEST_CASES").map_or(30, |text| text.parse().unwrap());
    for controls in [5, 10, 20] {
        for apart in [[2.0, 0.0], [2.0, 2.0], [1.0, 0.5], [0.0, 0.0], [4.0, 1.0]] {
            for shared in [0.0, 0.9] {
                let found = ratios_in_two_readings(controls, apart, shared, cases);
                let (mean, at_least, larger) = found.unused;
                println!(
                    "{controls:2} + {controls:2} controls, {apart:?} apart, {shared} shared: not used: mean {mean:.3}, of the \
                     larger {larger:.3}, at least 2, 5, 10, 20 {at_least:.4?}; bound held {:.4}; at least 2: used {:.3}, \
                     not used {:.3}",
                    found.held, found.above_2[0], found.above_2[1]
                );
                let works = cases as usize * 20;
                for (share, limit) in at_least.into_iter().zip([2.0, 5.0, 10.0, 20.0_f64]) {
                    let allowed = 1.0 / limit;
                    assert!(
                        share <= allowed + margin(allowed, works),
                        "{controls}, {apart:?}, {shared}: {share} of at least {limit}"
                    );
                }
                // The larger of the two ratios alone is more than 1 in the mean where the readings tell different things.
                assert!(mean < 1.1, "{controls}, {apart:?}, {shared}: {mean}");
                if shared == 0.0 {
                    assert!(larger > 1.0, "{controls}, {apart:?}: {larger}");
                    assert!(found.held >= 0.93, "{controls}, {apart:?}: {}", found.held);
                }
                if apart[0] >= 2.0 && controls >= 10 {
                    assert!(found.above_2[0] > 3.0 * found.above_2[1], "{apart:?}");
                }
            }
        }
    }
}

#[test]
fn a_reading_that_could_not_be_examined_still_counts_as_a_test() {
    let refused = || {
        Err(Refusal {
            score: None,
            reason: Reason::NoScore("it is damaged".into()),
        })
    };
    let verdict = read_twice(refused(), Ok(2.0));
    assert_eq!(there(&verdict.works[0].p_value).value, 2.0 / 6.0);
    let neither = read_twice(refused(), refused());
    assert_eq!(neither.works[0].p_value.reason(), Some("it is damaged"));
}

/// Cases of unused works in two readings whose scores hang together by `shared`; the share of works and of portfolios
/// called at `limit`, by the better reading as it is reported and by the better p-value uncorrected.
fn called_in_two_readings(shared: f64, limit: f64) -> [f64; 3] {
    const CASES: usize = 4_000;
    let mut scores = Scores::new(31);
    let mut called = [0_u32; 3];
    for _ in 0..CASES {
        let first = scores.draw(41, 0.0);
        let own = scores.draw(41, 0.0);
        let second = first.iter().zip(&own);
        let second: Vec<f64> = second
            .map(|(first, own)| shared * first + (1.0 - shared * shared).sqrt() * own)
            .collect();
        let verdict = conclude(&Evidence {
            questioned: first[..2].iter().map(|&score| Ok(score)).collect(),
            together: first[..2].to_vec(),
            negatives: first[2..].to_vec(),
            reading: Reading::AS_SEEN,
            further: vec![FurtherReading {
                reading: Reading::AS_STORED,
                questioned: second[..2].iter().map(|&score| Some(Ok(score))).collect(),
                together: second[..2].to_vec(),
                negatives: second[2..].to_vec(),
                positives: None,
            }],
            ..Evidence::default()
        });
        let work = &verdict.works[0];
        let p_value = work.p_value.evaluated().unwrap().value;
        let tested = &work.readings.as_ref().unwrap().tested;
        let better = tested.iter().map(|it| *it.p_value.evaluated().unwrap());
        let together = verdict.portfolio.evaluated().unwrap();
        assert_eq!(together.readings, 2);
        let p = [p_value, together.permutation.p, better.fold(1.0, f64::min)];
        for (called, p) in called.iter_mut().zip(p) {
            *called += u32::from(p <= limit);
        }
    }
    called.map(|called| f64::from(called) / CASES as f64)
}

#[test]
fn the_better_of_two_readings_is_no_more_often_called_than_promised() {
    for (shared, least) in [(0.0, 0.09), (0.9, 0.05)] {
        let [work, together, uncorrected] = called_in_two_readings(shared, 0.05);
        assert!(work <= 0.05 + margin(0.05, 4_000), "{shared}: {work}");
        assert!(
            together <= 0.05 + margin(0.05, 4_000),
            "{shared}: {together}"
        );
        // What looking twice and telling of the better would make of it.
        assert!(uncorrected > least, "{shared}: {uncorrected}");
        assert!(work > 0.0, "{shared}");
    }
}
