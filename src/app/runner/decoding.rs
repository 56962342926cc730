//! True decodings beside a run: a thread of its own decodes the latent that is there when it has time.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::{News, NewsSender};
use crate::app::gpu::PictureHandle;
use crate::app::words::say;
use palimpsest_diffusion::{Choices, Device, DiffusionModel, Engine, Latent, Memory};
use palimpsest_method::examination::Opening;
use palimpsest_method::similarity::structural::structural_similarity;

/// Decodes a latent now and then on one thread beside the run.
pub(super) struct Decoder {
    every: usize,
    next: usize,
    work: SyncSender<(usize, Arc<Latent>, Arc<Opening>)>,
}

impl Decoder {
    pub(super) fn start(
        (pretrained, choices): (PathBuf, Choices),
        every: usize,
        news: &NewsSender,
    ) -> Option<Self> {
        if every == 0 {
            return None;
        }
        // What is offered while it is busy is not decoded.
        let (work, offered) = sync_channel(0);
        let news = news.clone();
        let thread = thread::Builder::new().name("decoding".into());
        let told = news.clone();
        let decoding = thread.spawn(move || {
            if let Err(error) = decode(&pretrained, &choices, &offered, &news) {
                news.emit(News::Undecoded(error));
            }
        });
        match decoding {
            Ok(_) => Some(Self {
                every,
                next: every,
                work,
            }),
            Err(error) => {
                told.emit(News::Undecoded(say!("no-thread", "error" => error)));
                None
            }
        }
    }

    pub(super) fn offer(&mut self, step: usize, latent: Arc<Latent>, opening: &Arc<Opening>) {
        if step < self.next {
            // Another artwork's turn has come.
            if step < self.every {
                self.next = self.every;
            }
            return;
        }
        if self.work.try_send((step, latent, opening.clone())).is_ok() {
            self.next = step - step % self.every + self.every;
        }
    }
}

fn decode(
    pretrained: &Path,
    choices: &Choices,
    offered: &Receiver<(usize, Arc<Latent>, Arc<Opening>)>,
    news: &NewsSender,
) -> Result<(), String> {
    let told = |error: palimpsest_diffusion::ModelError| error.to_string();
    let engine = Engine::new(Device::Cpu, 1, Memory::Low).map_err(told)?;
    // What is wrong with the model, the run itself says.
    let Ok(model) = DiffusionModel::open_as(pretrained, None, &engine, choices) else {
        return Ok(());
    };
    for (step, latent, opening) in offered {
        let picture = model.decode(&latent).map_err(told)?;
        news.emit(News::Decoded {
            step,
            // Too small a picture has none, and its curve stays empty.
            structural: structural_similarity(&opening.original, &picture).ok(),
            picture: PictureHandle::new(picture),
        });
    }
    Ok(())
}
