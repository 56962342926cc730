//! The news of an examination, turned into what the window shows: pictures, numbers, and the newest latent in
//! its slot.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::decoding::Decoder;
use super::{Newest, News, NewsSender, Seen, Slot};
use palimpsest_diffusion::Latent;
use palimpsest_method::event_sink::EventStream;
use palimpsest_method::examination::{Opening, Progress};
use palimpsest_method::inversion::Event;
use palimpsest_method::similarity::recovery::{recovery_direction, recovery_gain_db};

/// Turns what an examination tells into news for the window.
pub(super) struct Interpreter<'a> {
    slot: &'a Slot,
    news: &'a NewsSender,
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
    pub(super) fn new(slot: &'a Slot, news: &'a NewsSender, decoder: Option<Decoder>) -> Self {
        Self {
            slot,
            news,
            decoder,
            opening: None,
            turn: TURNS.fetch_add(TURNS_A_CASE, Ordering::Relaxed),
        }
    }

    pub(super) fn interpret(mut self, progress: EventStream<Progress>) {
        for news in progress {
            match news {
                Progress::Artwork { of, path, .. } => {
                    self.opening = None;
                    self.news.emit(News::Artwork { of, path });
                }
                Progress::Stage(stage) => self.news.emit(News::Stage(stage)),
                Progress::Prepared(opening) => {
                    self.turn += 1;
                    let seen = Seen::of(&opening, self.turn);
                    self.opening = Some(opening);
                    self.news.emit(News::Prepared(Box::new(seen)));
                }
                Progress::Inversion(event) => self.event(event),
                Progress::Done { number, outcome } => {
                    let artwork = number - 1;
                    self.news.emit(News::Done { artwork, outcome });
                }
            }
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Step(report) => self.news.emit(News::Step(report)),
            Event::Paused { .. } => self.news.emit(News::Paused),
            Event::Resumed { .. } => self.news.emit(News::Resumed),
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
        self.news.emit(News::Recovery {
            step,
            direction: recovery_direction(original, start, &latent, kept),
            gain_db: recovery_gain_db(original, start, &latent, kept),
        });
        if let Some(decoder) = &mut self.decoder {
            decoder.offer(step, Arc::new(latent), opening);
        }
    }
}
