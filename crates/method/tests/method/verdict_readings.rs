//! Works that were tested in several readings of their file: the better counts, pays for all of them, and calls unused
//! works no more often than promised.

use palimpsest_method::artwork::Reading;
use palimpsest_method::verdict::{
    Evidence, Figure, FurtherReading, Reason, Refusal, Verdict, conclude, sentence,
};

use crate::verdict_simulation::{Scores, margin};

fn there<T>(figure: &Figure<T>) -> &T {
    figure.evaluated().unwrap()
}

/// A work and five controls in two readings: 2.0 and 0.25 against `0.1..=0.5`.
fn read_twice(first: Result<f64, Refusal>, second: Result<f64, Refusal>) -> Verdict {
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
    // No ratio of a single reading is passed off as one of the better.
    assert!(work.likelihood_ratio.evaluated().is_none());
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
