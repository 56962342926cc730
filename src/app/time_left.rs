//! The time that a run still takes, over all its cases: from what its works took so far, pauses apart.

use std::time::{Duration, Instant};

use crate::app::words::say;

/// What the works of a run took.
#[derive(Debug, Default)]
pub struct WorkTimes {
    /// When the turn of this work came.
    began: Option<Instant>,
    still_since: Option<Instant>,
    stood_still: Duration,
    /// Time of all that are done with, and how many they are.
    took: Duration,
    count: u32,
}

impl WorkTimes {
    /// The turn of a work has come.
    pub fn begin(&mut self, now: Instant) {
        self.began = Some(now);
        self.stood_still = Duration::ZERO;
        self.still_since = self.still_since.map(|_| now);
    }

    pub fn pause(&mut self, now: Instant) {
        self.still_since = self.still_since.or(Some(now));
    }

    pub fn resume(&mut self, now: Instant) {
        if let Some(since) = self.still_since.take() {
            self.stood_still += now - since;
        }
    }

    /// The work whose turn it was is done with.
    pub fn end(&mut self, now: Instant) {
        if let Some(took) = self.this(now) {
            self.took += took;
            self.count += 1;
        }
        self.began = None;
    }

    /// The time that this work has taken.
    fn this(&self, now: Instant) -> Option<Duration> {
        let until = self.still_since.unwrap_or(now);
        let took = until.saturating_duration_since(self.began?);
        Some(took.saturating_sub(self.stood_still))
    }

    /// Seconds that are left for this work and `others`; `this` is what its descent says of its own end. None as
    /// long as nothing is known.
    pub fn left(&self, now: Instant, this: Option<f64>, others: usize) -> Option<f64> {
        let so_far = self.this(now).map_or(0.0, |took| took.as_secs_f64());
        let usual = match self.count {
            0 => so_far + this?,
            count => self.took.as_secs_f64() / f64::from(count),
        };
        let of_this = match self.began {
            Some(_) => this.unwrap_or(0.0).max(usual - so_far).max(0.0),
            None => usual,
        };
        Some(of_this + usual * others as f64)
    }
}

/// A time as one says it of something that nobody knows to the second.
pub fn about(seconds: f64) -> String {
    let minutes = (seconds / 60.0).round().max(0.0) as u64;
    match minutes {
        0 => say!("less-than-a-minute").to_owned(),
        1..=89 => say!("about-minutes", "minutes" => minutes),
        _ => {
            let fives = minutes.div_ceil(5) * 5;
            say!("about-hours", "hours" => fives / 60, "minutes" => format!("{:02}", fives % 60))
        }
    }
}

/// Seconds as people say them.
pub fn duration(seconds: f64) -> String {
    let whole = seconds.round().max(0.0) as u64;
    match (whole / 3600, whole / 60 % 60, whole % 60) {
        (0, 0, seconds) => say!("seconds", "seconds" => seconds),
        (0, minutes, seconds) => {
            say!("minutes", "minutes" => minutes, "seconds" => format!("{seconds:02}"))
        }
        (hours, minutes, _) => {
            say!("hours", "hours" => hours, "minutes" => format!("{minutes:02}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn what_is_left_is_known_from_the_first_step_and_then_from_the_works_before() {
        let start = Instant::now();
        let mut times = WorkTimes::default();
        assert_eq!(times.left(start, None, 9), None);
        times.begin(start);
        assert_eq!(times.left(at(start, 2), None, 9), None);
        // Two seconds so far and eight to come: ten a work.
        assert_eq!(times.left(at(start, 2), Some(8.0), 9), Some(98.0));
        times.end(at(start, 20));
        times.begin(at(start, 20));
        assert_eq!(times.left(at(start, 20), None, 8), Some(180.0));
        assert_eq!(times.left(at(start, 25), None, 8), Some(175.0));
        // One that takes longer than usual.
        assert_eq!(times.left(at(start, 50), Some(3.0), 0), Some(3.0));
    }

    #[test]
    fn a_pause_is_no_work() {
        let start = Instant::now();
        let mut times = WorkTimes::default();
        times.begin(start);
        times.pause(at(start, 4));
        let paused = times.left(at(start, 100), Some(6.0), 1);
        assert_eq!(paused, Some(16.0));
        times.resume(at(start, 1000));
        times.end(at(start, 1006));
        times.begin(at(start, 1006));
        assert_eq!(times.left(at(start, 1006), None, 0), Some(10.0));
    }

    #[test]
    fn times_are_said_no_finer_than_they_are_known() {
        let said = [20.0, 100.0, 5000.0, 5401.0, 9000.0].map(about);
        let expected = [
            "less than a minute",
            "about 2 min",
            "about 83 min",
            "about 1 h 30 min",
            "about 2 h 30 min",
        ];
        assert_eq!(said, expected);
    }
}
