//! The bound of a likelihood ratio against the true ratio of normal scores of either class, one to six standard
//! deviations apart and none. The seeds are fixed, so nothing here happens by chance.

use super::verdict_simulation::Scores;
use palimpsest_method::verdict::{LikelihoodRatio, LrSystem, Sample};

/// The classes of scores that a work is drawn from, and the places that are hardest: between the classes the sign of
/// the ratio is least sure, beyond them the model extrapolates.
const PLACES: [&str; 6] = ["used", "not used", "0", "d/2", "d", "d + 1"];

/// Works of either class that are judged by one set of controls.
const WORKS: usize = 5;

/// Of the ratios of each place: how many there are, and how many of them a claim is true of.
struct Coverage {
    ratios: [usize; 6],
    bound: [usize; 6],
    interval: [usize; 6],
}

impl Coverage {
    fn of(controls: usize, apart: f64, cases: usize, seed: u64) -> Self {
        let mut scores = Scores::new(seed);
        let mut found = Self {
            ratios: [0; 6],
            bound: [0; 6],
            interval: [0; 6],
        };
        for case in 0..cases {
            let sample = Sample::new(scores.draw(controls, apart), scores.draw(controls, 0.0));
            let system = LrSystem::new(&sample.unwrap(), 7, case as u32).unwrap();
            let at: [Vec<f64>; 6] = [
                scores.draw(WORKS, apart),
                scores.draw(WORKS, 0.0),
                vec![0.0],
                vec![apart / 2.0],
                vec![apart],
                vec![apart + 1.0],
            ];
            for (place, scores) in at.iter().enumerate() {
                for &score in scores {
                    // Of two normals `apart` standard deviations.
                    let truth = (apart * (score - apart / 2.0)).exp();
                    found.count(place, &system.ratio(score).unwrap(), truth);
                }
            }
        }
        found
    }

    fn count(&mut self, place: usize, ratio: &LikelihoodRatio, truth: f64) {
        let bound = ratio.bound();
        let holds = match ratio.value >= 1.0 {
            true => bound <= truth * (1.0 + 1e-9),
            false => bound >= truth * (1.0 - 1e-9),
        };
        self.ratios[place] += 1;
        self.bound[place] += usize::from(holds);
        self.interval[place] += usize::from(ratio.interval.contains(truth));
    }

    fn shares(&self, counted: &[usize; 6]) -> [f64; 6] {
        std::array::from_fn(|place| counted[place] as f64 / self.ratios[place] as f64)
    }
}

/// The table of `docs/figures.md`, with as many cases as `PALIMPSEST_CASES` says.
#[test]
fn the_bound_of_a_ratio_claims_no_more_than_is_true() {
    let cases = std::env::var("PALIMPSEST_CASES").map_or(40, |text| text.parse().unwrap());
    println!(
        "share of {cases} sets of controls for which a claim is true, of works that are {PLACES:?}"
    );
    let mut all = (0.0, 0);
    for controls in [5, 10, 20] {
        for apart in 0..=6 {
            let seed = 1000 + 10 * controls as u64 + apart;
            let found = Coverage::of(controls, apart as f64, cases, seed);
            let [bound, interval] = [&found.bound, &found.interval].map(|it| found.shares(it));
            println!(
                "{controls} + {controls} d = {apart}: bound {bound:.3?} interval {interval:.3?}"
            );
            // Two standard errors for the few cases; the seeds are fixed.
            let least = |share: f64| share - 2.0 * (share * (1.0 - share) / cases as f64).sqrt();
            let said = format!("{controls} {apart}: {bound:?}");
            assert!(
                bound[..2].iter().all(|share| *share >= least(0.95)),
                "{said}"
            );
            assert!(bound.iter().all(|share| *share >= least(0.90)), "{said}");
            // Controls that are far apart: the interval as it is recorded is none to report.
            assert!(apart < 3 || interval[0] < 0.5, "{said}");
            all = (all.0 + bound.iter().sum::<f64>(), all.1 + bound.len());
        }
    }
    let mean = all.0 / f64::from(all.1 as u32);
    assert!(mean >= 0.95, "{mean}");
}
