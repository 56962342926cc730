//! Time between two frames that the news of a run ask for: short while its picture is watched on a graphics
//! card, longer where the processor draws, which the run needs, and where only numbers change.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::state::Screen;

/// Shared by the frame, which sets it, and the run, whose news ask for frames.
#[derive(Clone, Debug)]
pub struct RepaintInterval(Arc<AtomicU64>);

impl Default for RepaintInterval {
    fn default() -> Self {
        let interval = Self(Arc::default());
        interval.suit(Screen::Recover, false);
        interval
    }
}

impl RepaintInterval {
    /// Suits it to the screen that is shown, and to a device that is none but the processor.
    pub fn suit(&self, screen: Screen, software: bool) {
        let milliseconds = match (screen, software) {
            (Screen::Recover, false) => 66,
            (Screen::Recover, true) => 250,
            _ => 500,
        };
        self.0.store(milliseconds, Ordering::Relaxed);
    }

    pub fn get(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_rare_where_nothing_moves_or_the_processor_draws() {
        let interval = RepaintInterval::default();
        let of = |screen, software| {
            interval.clone().suit(screen, software);
            interval.get()
        };
        let watched = of(Screen::Recover, false);
        assert!(of(Screen::Recover, true) >= 3 * watched);
        for screen in Screen::ALL.into_iter().filter(|&s| s != Screen::Recover) {
            assert!(of(screen, false) >= 7 * watched, "{}", screen.title());
        }
    }
}
