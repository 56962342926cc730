//! The loop: draw, contrast, step, until the steps are done or the user has had enough. It owns no
//! network and no thread; it reports to an observer, obeys a handle between steps, and keeps a
//! checkpoint from which a later run continues with the same bits.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::checkpoint::{self, DescentState};
use super::control::ControlState;
use super::descent::Descent;
use super::fingerprint::Fingerprint;
use super::objective::Contrast;
use super::pace::Pace;
use super::{
    CheckpointError, CommonSettings, Control, Draw, Draws, Ending, Event, InversionError,
    InversionOutcome, LatentMask, Settings, StepReport, Trace,
};
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::{Denoiser, Latent};

/// Everything that one inversion starts from, but for the two networks.
#[derive(Clone, Debug)]
pub struct Inversion {
    /// z: the latent of the artwork, `[channels, height, width]`, scaled as the noise predictor sees it.
    pub original: Latent,
    /// s: the latent that the removed cells start from, of the same shape.
    pub start: Latent,
    /// The mask on the latent grid.
    pub kept: LatentMask,
    /// The settings, validated when it runs.
    pub settings: Settings,
    /// The timesteps and noises, for latents of that shape.
    pub draws: Draws,
    /// Says what the two denoisers are (hashes of the weights, prompts, device, arithmetic): a
    /// checkpoint is continued only where this is the same.
    pub networks: String,
}

/// The file that a run keeps its state in, and the interval of writing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoints {
    /// The file; a run that finds one continues it.
    pub path: PathBuf,
    /// Shortest time between two writings. At a pause, a cancellation, a failure and the end the
    /// state is written whatever the time.
    pub every: Duration,
}

impl Checkpoints {
    /// Checkpoints in the file `path`, every five seconds at most.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            every: Duration::from_secs(5),
        }
    }
}

impl Inversion {
    /// Runs to the end or until `control` cancels, continuing the checkpoint if there is one.
    ///
    /// `observer` is told every event, in order, between the steps; the run waits for it to return, so
    /// that an observer on another thread is told through an
    /// [`EventSink`](crate::event_sink::EventSink), which returns at once.
    ///
    /// # Errors
    /// [`InversionError`] if settings, draws and latents do not fit together, if a model fails (the
    /// steps made until then are kept in the checkpoint), or if the checkpoint cannot be written,
    /// is damaged or is another run's.
    pub fn run(
        &self,
        pretrained: &mut dyn Denoiser,
        finetuned: &mut dyn Denoiser,
        control: &Control,
        observer: &mut dyn FnMut(Event),
        checkpoints: Option<&Checkpoints>,
    ) -> Result<InversionOutcome, InversionError> {
        self.check()?;
        let mut run = Run::begin(self, control, observer, checkpoints)?;
        let climbed = run.climb(pretrained, finetuned);
        let saved = run.save();
        let ending = climbed?;
        saved?;
        Ok(run.into_outcome(ending))
    }

    fn check(&self) -> Result<(), InversionError> {
        self.settings.validate()?;
        self.draws.covers(self.settings.steps)?;
        let shape = self.original.shape();
        let [_, height, width] = shape;
        let fits = |what, expected: &[usize], found: &[usize]| {
            if expected == found {
                return Ok(());
            }
            Err(InversionError::Mismatch {
                what,
                expected: expected.to_vec(),
                found: found.to_vec(),
            })
        };
        fits("the start latent", &shape, &self.start.shape())?;
        fits("the noise of the draws", &shape, &self.draws.shape())?;
        fits("the mask", &[height, width], &self.kept.shape())?;
        for (what, latent) in [
            ("the artwork's latent", &self.original),
            ("the start latent", &self.start),
        ] {
            if !latent.values().iter().all(|value| value.is_finite()) {
                return Err(InversionError::NotFinite(what));
            }
        }
        Ok(())
    }

    /// SHA-256 over all that the next step depends on, apart from the steps made.
    fn fingerprint(&self) -> Result<Digest, CheckpointError> {
        let kept: Vec<u8> = self.kept.cells().map(u8::from).collect();
        let [height, width] = self.kept.shape();
        Ok(Fingerprint::new("inversion")
            // Without the path of a file of draws: it may be moved.
            .with_json("settings", &CommonSettings::from(&self.settings))
            .map_err(CheckpointError::NoIdentity)?
            .with("draws", self.draws.identity().as_bytes())
            .with("networks", self.networks.as_bytes())
            .with(&format!("mask {height}x{width}"), &kept)
            .with_latent("original", &self.original)
            .with_latent("start", &self.start)
            .finish())
    }
}

/// A run under way.
struct Run<'a> {
    inversion: &'a Inversion,
    control: &'a Control,
    observer: &'a mut dyn FnMut(Event),
    keeper: Option<Keeper<'a>>,
    state: DescentState,
    pace: Pace,
}

/// Remembers what is on disk.
struct Keeper<'a> {
    checkpoints: &'a Checkpoints,
    /// Fingerprint of the run.
    run: Digest,
    saved_step: Option<usize>,
    saved_at: Instant,
}

impl<'a> Run<'a> {
    fn begin(
        inversion: &'a Inversion,
        control: &'a Control,
        observer: &'a mut dyn FnMut(Event),
        checkpoints: Option<&'a Checkpoints>,
    ) -> Result<Self, InversionError> {
        let settings = &inversion.settings;
        let shape = inversion.original.shape();
        let keeper = |checkpoints| {
            Ok::<_, CheckpointError>(Keeper {
                checkpoints,
                run: inversion.fingerprint()?,
                saved_step: None,
                saved_at: Instant::now(),
            })
        };
        let mut keeper = checkpoints.map(keeper).transpose()?;
        let mut found = None;
        if let Some(keeper) = &mut keeper {
            found = checkpoint::load(&keeper.checkpoints.path, keeper.run, settings, shape)?;
            keeper.saved_step = found.as_ref().map(DescentState::step);
        }
        Ok(Self {
            inversion,
            control,
            observer,
            keeper,
            state: found.unwrap_or_else(|| DescentState {
                descent: Descent::new(settings, shape),
                trace: Trace::default(),
                skipped: 0,
                elapsed: Duration::ZERO,
            }),
            pace: Pace::default(),
        })
    }

    fn climb(
        &mut self,
        pretrained: &mut dyn Denoiser,
        finetuned: &mut dyn Denoiser,
    ) -> Result<Ending, InversionError> {
        while self.state.step() < self.inversion.settings.steps {
            if !self.obey()? {
                let after = self.state.step();
                return Ok(Ending::Cancelled { after });
            }
            self.step(pretrained, finetuned)?;
            if self.keeper.as_ref().is_some_and(Keeper::is_due) {
                self.save()?;
            }
        }
        Ok(Ending::Finished)
    }

    /// Does what the handle asks for; returns whether to go on rather than end.
    fn obey(&mut self) -> Result<bool, InversionError> {
        let step = self.state.step();
        let mut paused = false;
        loop {
            match self.control.next_state() {
                ControlState::Cancel => return Ok(false),
                ControlState::Latent => {
                    let latent = self.latent();
                    (self.observer)(Event::Latent { step, latent });
                }
                ControlState::Pause if paused => self.control.wait(),
                ControlState::Pause => {
                    paused = true;
                    self.save()?;
                    (self.observer)(Event::Paused { step });
                }
                ControlState::Proceed => {
                    if paused {
                        (self.observer)(Event::Resumed { step });
                    }
                    return Ok(true);
                }
            }
        }
    }

    fn step(
        &mut self,
        pretrained: &mut dyn Denoiser,
        finetuned: &mut dyn Denoiser,
    ) -> Result<(), InversionError> {
        let began = Instant::now();
        let draw = self.inversion.draws.draw(self.state.step())?;
        let contrast = Contrast::evaluate(
            pretrained,
            finetuned,
            self.inversion.settings.weighing(),
            &self.latent(),
            &draw,
            &self.inversion.kept,
        )?;
        let moved = contrast.has_finite_losses() && self.state.descent.step(&contrast.gradient);
        self.state.skipped += usize::from(!moved);
        self.state.trace.push(draw.timestep, &contrast);
        let took = began.elapsed();
        self.state.elapsed += took;
        self.pace.record(took);
        self.report(&draw, &contrast, !moved);
        Ok(())
    }

    fn report(&mut self, draw: &Draw, contrast: &Contrast, skipped: bool) {
        let step = self.state.step();
        let of = self.inversion.settings.steps;
        (self.observer)(Event::Step(StepReport {
            step,
            of,
            timestep: draw.timestep,
            loss_pretrained: contrast.loss_pretrained,
            loss_finetuned: contrast.loss_finetuned,
            gradient_norm: contrast.gradient_norm,
            moved: self.state.descent.delta().norm(),
            skipped,
            seconds_left: self.pace.seconds_for(of.saturating_sub(step)),
        }));
    }

    /// Writes the checkpoint unless it is on disk already.
    fn save(&mut self) -> Result<(), InversionError> {
        let step = self.state.step();
        let Some(keeper) = &mut self.keeper else {
            return Ok(());
        };
        if keeper.saved_step == Some(step) {
            return Ok(());
        }
        checkpoint::save(&keeper.checkpoints.path, keeper.run, &self.state)?;
        keeper.saved_step = Some(step);
        keeper.saved_at = Instant::now();
        (self.observer)(Event::Checkpointed { step });
        Ok(())
    }

    fn latent(&self) -> Latent {
        let Inversion {
            original,
            start,
            kept,
            ..
        } = self.inversion;
        self.state.descent.latent(original, start, kept)
    }

    fn into_outcome(self, ending: Ending) -> InversionOutcome {
        InversionOutcome {
            recovered: self.latent(),
            trace: self.state.trace,
            skipped_steps: self.state.skipped,
            seconds: self.state.elapsed.as_secs_f64(),
            ending,
        }
    }
}

impl Keeper<'_> {
    fn is_due(&self) -> bool {
        self.saved_at.elapsed() >= self.checkpoints.every
    }
}
