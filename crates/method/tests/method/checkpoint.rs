//! Runs that are interrupted, by their user or by a power cut, and what is left on disk.

use crate::toy;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use palimpsest_diffusion::{Denoiser, Latent, LossAndGradient, ModelError};
use palimpsest_method::inversion::{
    CheckpointError, Checkpoints, Control, Draws, Ending, Event, Inversion, InversionError,
    InversionOutcome, LatentMask, Seeded, Settings,
};
use toy::{SHAPE, Toy, finetuned, inversion, pretrained, seeded, settings, wave};

const STEPS: usize = 9;

/// A folder that goes away with the test, and checkpoints at every step in it.
struct Desk {
    folder: tempfile::TempDir,
    checkpoints: Checkpoints,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.checkpoint");
        Self {
            folder,
            checkpoints: Checkpoints {
                path,
                every: Duration::ZERO,
            },
        }
    }

    fn path(&self) -> &Path {
        &self.checkpoints.path
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    fn run(&self, inversion: &Inversion) -> Result<InversionOutcome, InversionError> {
        self.run_with(inversion, &mut pretrained(), &Control::new())
            .0
    }

    fn run_with(
        &self,
        inversion: &Inversion,
        pretrained: &mut dyn Denoiser,
        control: &Control,
    ) -> (Result<InversionOutcome, InversionError>, Vec<Event>) {
        let mut events = Vec::new();
        let observer = &mut |event| events.push(event);
        let checkpoints = Some(&self.checkpoints);
        let outcome = inversion.run(pretrained, &mut finetuned(), control, observer, checkpoints);
        (outcome, events)
    }

    /// Cancels during step `steps`, so that as many are made.
    fn run_for(&self, inversion: &Inversion, steps: usize) -> InversionOutcome {
        let control = Control::new();
        if steps == 0 {
            control.cancel();
        }
        let theirs = control.clone();
        let mut pretrained = Toy::with_hook(wave(SHAPE, 0.7), move |evaluation, _, _| {
            if evaluation + 1 == steps {
                theirs.cancel();
            }
        });
        self.run_with(inversion, &mut pretrained, &control)
            .0
            .unwrap()
    }
}

fn with_momentum(momentum: f64) -> Inversion {
    inversion(Settings {
        momentum,
        ..settings(STEPS)
    })
}

fn assert_same_bits(found: &InversionOutcome, expected: &InversionOutcome) {
    let bits = |latent: &Latent| -> Vec<u32> {
        latent
            .values()
            .iter()
            .map(|value| value.to_bits())
            .collect()
    };
    assert_eq!(bits(&found.recovered), bits(&expected.recovered));
    assert_eq!(found.trace, expected.trace);
    assert_eq!(found.skipped_steps, expected.skipped_steps);
    assert_eq!(found.ending, expected.ending);
}

#[test]
fn a_run_cancelled_anywhere_continues_with_the_same_bits() {
    for momentum in [0.0, 0.8] {
        let inversion = with_momentum(momentum);
        let uninterrupted = Desk::new().run(&inversion).unwrap();
        for steps in 0..STEPS {
            let desk = Desk::new();
            let first = desk.run_for(&inversion, steps);
            assert_eq!(first.ending, Ending::Cancelled { after: steps });
            let (resumed, events) = desk.run_with(&inversion, &mut pretrained(), &Control::new());
            let resumed = resumed.unwrap();
            assert_same_bits(&resumed, &uninterrupted);
            assert!(resumed.seconds > first.seconds);
            let first_step = events.iter().find_map(|event| match event {
                Event::Step(report) => Some(report.step),
                _ => None,
            });
            assert_eq!(first_step, Some(steps + 1), "steps were made again");
        }
    }
}

#[test]
fn a_run_interrupted_after_every_step_continues_with_the_same_bits() {
    let inversion = with_momentum(0.5);
    let desk = Desk::new();
    for steps in 1..STEPS {
        let outcome = desk.run_for(&inversion, 1);
        assert_eq!(outcome.ending, Ending::Cancelled { after: steps });
    }
    let uninterrupted = Desk::new().run(&inversion).unwrap();
    assert_same_bits(&desk.run(&inversion).unwrap(), &uninterrupted);
}

/// A kill leaves an older checkpoint, and perhaps the beginning of a newer one beside it.
#[test]
fn a_killed_run_continues_from_its_last_checkpoint() {
    let inversion = with_momentum(0.8);
    let desk = Desk::new();
    desk.run_for(&inversion, 4);
    let at_four = fs::read(desk.path()).unwrap();
    let uninterrupted = desk.run(&inversion).unwrap();
    let at_the_end = fs::read(desk.path()).unwrap();

    let after_kill = Desk::new();
    fs::write(after_kill.path(), &at_four).unwrap();
    let unfinished = after_kill.folder.path().join("run.checkpoint.unfinished");
    fs::write(&unfinished, &at_the_end[..at_the_end.len() / 2]).unwrap();
    assert_same_bits(&after_kill.run(&inversion).unwrap(), &uninterrupted);
    assert_eq!(after_kill.files(), [after_kill.path()]);
}

#[test]
fn a_finished_run_is_not_made_again() {
    let inversion = with_momentum(0.0);
    let desk = Desk::new();
    let first = desk.run(&inversion).unwrap();
    let mut idle = pretrained();
    let (again, events) = desk.run_with(&inversion, &mut idle, &Control::new());
    assert_eq!(again.unwrap(), first);
    assert_eq!((idle.evaluations, events.len()), (0, 0));
}

#[test]
fn skipped_steps_and_values_that_are_not_numbers_survive() {
    /// Says nothing useful at its first step.
    struct Stutter(Toy);
    impl Denoiser for Stutter {
        fn loss_and_gradient(
            &mut self,
            latent: &Latent,
            timestep: usize,
            noise: &Latent,
        ) -> Result<LossAndGradient, ModelError> {
            let mut answer = self.0.loss_and_gradient(latent, timestep, noise)?;
            if self.0.evaluations == 1 {
                answer.loss = f64::NAN;
            }
            Ok(answer)
        }
        fn loss(&mut self, u: &Latent, t: usize, e: &Latent) -> Result<f64, ModelError> {
            self.0.loss(u, t, e)
        }
    }
    let inversion = with_momentum(0.0);
    let desk = Desk::new();
    let control = Control::new();
    let theirs = control.clone();
    let toy = Toy::with_hook(wave(SHAPE, 0.7), move |_, _, _| theirs.cancel());
    let cancelled = desk.run_with(&inversion, &mut Stutter(toy), &control).0;
    assert_eq!(cancelled.unwrap().skipped_steps, 1);

    let resumed = desk.run(&inversion).unwrap();
    assert_eq!(resumed.skipped_steps, 1);
    assert!(resumed.trace.loss_pretrained[0].is_nan());
    assert!(resumed.trace.loss_pretrained[1].is_finite());
}

// ---------------------------------------------------------------------------------------------
// When it is written

fn checkpointed(events: &[Event]) -> Vec<usize> {
    let steps = events.iter().filter_map(|event| match event {
        Event::Checkpointed { step } => Some(*step),
        _ => None,
    });
    steps.collect()
}

#[test]
fn checkpoints_keep_to_their_interval_but_for_the_end() {
    let inversion = with_momentum(0.0);
    let mut desk = Desk::new();
    let (_, events) = desk.run_with(&inversion, &mut pretrained(), &Control::new());
    assert!(checkpointed(&events).into_iter().eq(1..=STEPS));

    desk = Desk::new();
    desk.checkpoints.every = Duration::from_secs(3600);
    let (_, events) = desk.run_with(&inversion, &mut pretrained(), &Control::new());
    assert_eq!(checkpointed(&events), [STEPS]);
}

#[test]
fn a_pause_is_kept_on_disk_before_it_is_announced() {
    let mut desk = Desk::new();
    desk.checkpoints.every = Duration::from_secs(3600);
    let control = Control::new();
    let theirs = control.clone();
    let mut pretrained = Toy::with_hook(wave(SHAPE, 0.7), move |evaluation, _, _| {
        if evaluation == 3 {
            theirs.pause();
            let later = theirs.clone();
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(50));
                later.cancel();
            });
        }
    });
    let (outcome, events) = desk.run_with(&with_momentum(0.0), &mut pretrained, &control);
    assert_eq!(outcome.unwrap().ending, Ending::Cancelled { after: 4 });
    let [.., saved, paused] = &events[..] else {
        panic!("{events:?}");
    };
    assert_eq!(saved, &Event::Checkpointed { step: 4 });
    assert_eq!(paused, &Event::Paused { step: 4 });
}

#[test]
fn a_failing_model_loses_no_finished_step() {
    /// Runs out of memory, say, at the sixth evaluation.
    struct Failing(Toy);
    impl Denoiser for Failing {
        fn loss_and_gradient(
            &mut self,
            latent: &Latent,
            timestep: usize,
            noise: &Latent,
        ) -> Result<LossAndGradient, ModelError> {
            if self.0.evaluations == 5 {
                return Err(Latent::new(SHAPE, Vec::new()).unwrap_err());
            }
            self.0.loss_and_gradient(latent, timestep, noise)
        }
        fn loss(&mut self, u: &Latent, t: usize, e: &Latent) -> Result<f64, ModelError> {
            self.0.loss(u, t, e)
        }
    }
    let inversion = with_momentum(0.0);
    let mut desk = Desk::new();
    desk.checkpoints.every = Duration::from_secs(3600);
    let (outcome, events) = desk.run_with(&inversion, &mut Failing(pretrained()), &Control::new());
    assert!(matches!(outcome, Err(InversionError::Model(_))));
    assert_eq!(checkpointed(&events), [5]);
    let uninterrupted = Desk::new().run(&inversion).unwrap();
    assert_same_bits(&desk.run(&inversion).unwrap(), &uninterrupted);
}

// ---------------------------------------------------------------------------------------------
// Files that must not be continued

fn error_of(desk: &Desk, inversion: &Inversion) -> CheckpointError {
    match desk.run(inversion) {
        Err(InversionError::Checkpoint(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_run_s_checkpoint_is_refused() {
    let desk = Desk::new();
    desk.run_for(&with_momentum(0.5), 3);
    let refused = |change: fn(&mut Inversion)| {
        let mut other = with_momentum(0.5);
        change(&mut other);
        let error = error_of(&desk, &other);
        assert!(matches!(error, CheckpointError::Foreign { .. }), "{error}");
        assert!(error.to_string().contains("run.checkpoint"));
    };
    refused(|i| i.settings.step_size += 1e-9);
    refused(|i| i.settings.momentum = 0.0);
    refused(|i| i.settings.steps += 1);
    refused(|i| i.original.values_mut()[0] += 1e-6);
    refused(|i| i.start.values_mut()[31] = 0.0);
    refused(|i| i.kept = LatentMask::none([4, 4]));
    refused(|i| i.networks.push('!'));
    refused(|i| {
        let other = Seeded {
            seed: 99,
            ..seeded()
        };
        i.draws = Draws::seeded(other, SHAPE);
    });
    assert!(desk.run(&with_momentum(0.5)).is_ok());
}

#[test]
fn a_checkpoint_cut_short_anywhere_is_damaged() {
    let inversion = with_momentum(0.5);
    let desk = Desk::new();
    desk.run_for(&inversion, 3);
    let whole = fs::read(desk.path()).unwrap();
    for length in 0..whole.len() {
        fs::write(desk.path(), &whole[..length]).unwrap();
        let error = error_of(&desk, &inversion);
        assert!(
            matches!(error, CheckpointError::Damaged { .. }),
            "{length}: {error}"
        );
    }
}

/// A flipped bit is noticed, unless it changes nothing that is read (the spelling of the header).
#[test]
fn a_flipped_bit_is_noticed_or_harmless() {
    let inversion = with_momentum(0.5);
    let uninterrupted = Desk::new().run(&inversion).unwrap();
    let desk = Desk::new();
    desk.run_for(&inversion, 3);
    let whole = fs::read(desk.path()).unwrap();
    let header = u64::from_le_bytes(whole[..8].try_into().unwrap()) as usize + 8;
    for position in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[position] ^= 1 << (position % 8);
        fs::write(desk.path(), &damaged).unwrap();
        match desk.run(&inversion) {
            Ok(outcome) => {
                assert!(position < header, "the flip at {position} went unnoticed");
                assert_same_bits(&outcome, &uninterrupted);
            }
            Err(InversionError::Checkpoint(_)) => {}
            Err(other) => panic!("{position}: {other}"),
        }
    }
}

#[test]
fn a_checkpoint_of_an_earlier_form_is_refused_as_such() {
    let inversion = with_momentum(0.5);
    let desk = Desk::new();
    desk.run_for(&inversion, 3);
    let mut bytes = fs::read(desk.path()).unwrap();
    let form = br#"\"version\":2"#;
    let at = bytes.windows(form.len()).position(|part| part == form);
    bytes[at.unwrap() + form.len() - 1] = b'1';
    fs::write(desk.path(), bytes).unwrap();
    let error = error_of(&desk, &inversion);
    assert!(
        matches!(
            error,
            CheckpointError::OtherForm {
                found: 1,
                known: 2,
                ..
            }
        ),
        "{error}"
    );
    assert!(error.to_string().contains("is of form 1"), "{error}");
}

#[test]
fn something_else_under_the_name_is_neither_read_nor_overwritten() {
    let inversion = with_momentum(0.0);
    let desk = Desk::new();
    for content in [&b"a letter"[..], b"", &[0; 4096], &[0; 1 << 20]] {
        fs::write(desk.path(), content).unwrap();
        let error = error_of(&desk, &inversion);
        assert!(matches!(error, CheckpointError::Damaged { .. }), "{error}");
        assert_eq!(fs::read(desk.path()).unwrap(), content);
    }
}

#[test]
fn a_checkpoint_that_cannot_be_written_leaves_the_last_one_whole() {
    let inversion = with_momentum(0.0);
    let desk = Desk::new();
    desk.run_for(&inversion, 2);
    let before = fs::read(desk.path()).unwrap();
    // A folder where the new file would be written: as good as a full disk.
    let obstacle = desk.folder.path().join("run.checkpoint.unfinished");
    fs::create_dir(&obstacle).unwrap();
    let error = error_of(&desk, &inversion);
    assert!(
        matches!(error, CheckpointError::Unwritable { .. }),
        "{error}"
    );
    assert!(error.to_string().contains("run.checkpoint"), "{error}");
    assert_eq!(fs::read(desk.path()).unwrap(), before);

    fs::remove_dir(&obstacle).unwrap();
    let uninterrupted = Desk::new().run(&inversion).unwrap();
    assert_same_bits(&desk.run(&inversion).unwrap(), &uninterrupted);
}

#[test]
fn a_folder_that_is_not_there_is_a_clear_error() {
    let mut desk = Desk::new();
    desk.checkpoints.path = desk.folder.path().join("missing/run.checkpoint");
    let error = error_of(&desk, &with_momentum(0.0));
    let message = error.to_string();
    assert!(
        message.starts_with("cannot save the checkpoint "),
        "{message}"
    );
    assert!(message.contains("missing"), "{message}");
}
