//! The news of an examination, turned into what the window shows: pictures, numbers, and the newest latent in
//! its slot.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Receiver;

use super::decoding::Decoder;
use super::{Newest, News, Seen, Slot, Telling};
use palimpsest_diffusion::Latent;
use palimpsest_method::examination::{Opening, Progress};
use palimpsest_method::inversion::Event;
use palimpsest_method::similarity::recovery::{recovery_direction, recovery_gain_db};

/// Turns what an examination tells into news for the window.
pub(super) struct Interpreter<'a> {
    slot: &'a Slot,
    telling: &'a Telling,
    decoder: Option<Decoder>,
    opening: Option<Arc<Opening>>,
    /// Counts artworks, over all runs of the program.
    turn: u64,
}

/// Turns that runs before have counted.
static TURNS: AtomicU64 = AtomicU64::new(0);
/// More artworks than a case has.
const TURNS_A_CASE: u64 = 1 << 32;

impl<'a> Interpreter<'a> {
    pub(super) fn new(slot: &'a Slot, telling: &'a Telling, decoder: Option<Decoder>) -> Self {
        Self {
            slot,
            telling,
            decoder,
            opening: None,
            turn: TURNS.fetch_add(TURNS_A_CASE, Ordering::Relaxed),
        }
    }

    pub(super) fn interpret(mut self, progress: Receiver<Progress>) {
        for news in progress {
            match news {
                Progress::Artwork { number, .. } => {
                    self.opening = None;
                    self.telling.emit(News::Artwork(number - 1));
                }
                Progress::Stage(stage) => self.telling.emit(News::Stage(stage)),
                Progress::Prepared(opening) => {
                    self.turn += 1;
                    let seen = Seen::of(&opening, self.turn);
                    self.opening = Some(opening);
                    self.telling.emit(News::Prepared(Box::new(seen)));
                }
                Progress::Inversion(event) => self.event(event),
                Progress::Done { number, outcome } => {
                    let artwork = number - 1;
                    self.telling.emit(News::Done { artwork, outcome });
                }
            }
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Step(report) => self.telling.emit(News::Step(report)),
            Event::Paused { .. } => self.telling.emit(News::Paused),
            Event::Resumed { .. } => self.telling.emit(News::Resumed),
            Event::Checkpointed { .. } => {}
            Event::Latent { step, latent } => self.latent(step, latent),
        }
    }

    fn latent(&mut self, step: usize, latent: Latent) {
        let Some(opening) = &self.opening else { return };
        self.slot.put(Newest {
            step,
            values: latent.values().into(),
            shape: latent.shape(),
        });
        let Opening {
            latent: original,
            start,
            kept,
            ..
        } = &**opening;
        self.telling.emit(News::Recovery {
            step,
            direction: recovery_direction(original, start, &latent, kept),
            gain_db: recovery_gain_db(original, start, &latent, kept),
        });
        if let Some(decoder) = &mut self.decoder {
            decoder.offer(step, Arc::new(latent), opening);
        }
    }
}
