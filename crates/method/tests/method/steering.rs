//! What a running inversion tells, and how it obeys.

use crate::toy;

use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use palimpsest_diffusion::Latent;
use palimpsest_method::inversion::descent::Descent;
use palimpsest_method::inversion::{Control, Ending, Event, Inversion, Outcome};
use toy::{SHAPE, Toy, finetuned, inversion, pretrained, run, settings, step_reports, wave};

#[test]
fn every_step_is_reported_in_order() {
    let (outcome, events) = run(&inversion(settings(6)), &mut pretrained(), &mut finetuned());
    let reports = step_reports(&events);
    assert_eq!(reports.len(), 6);
    for (i, report) in reports.iter().enumerate() {
        assert_eq!((report.step, report.of), (i + 1, 6));
        assert_eq!(report.timestep, outcome.trace.timestep[i]);
        assert_eq!(report.loss_pretrained, outcome.trace.loss_pretrained[i]);
        assert_eq!(report.loss_finetuned, outcome.trace.loss_finetuned[i]);
        assert_eq!(report.gradient_norm, outcome.trace.gradient_norm[i]);
        assert!(report.seconds_left.unwrap() >= 0.0);
    }
    assert_eq!(reports[5].seconds_left, Some(0.0));
    let start = before_the_first_step(&inversion(settings(6)));
    let cells = outcome.recovered.values().iter().zip(start.values());
    let moved = cells.map(|(u, s)| f64::from(u - s).powi(2)).sum::<f64>();
    assert!((reports[5].moved - moved.sqrt()).abs() < 1e-6);
}

fn before_the_first_step(inversion: &Inversion) -> Latent {
    Descent::new(&inversion.settings, SHAPE).latent(
        &inversion.original,
        &inversion.start,
        &inversion.kept,
    )
}

#[test]
fn a_listener_that_leaves_or_does_not_listen_stops_nothing() {
    for keep_receiver in [false, true] {
        let (sender, receiver) = sync_channel(2);
        let receiver = keep_receiver.then_some(receiver);
        let outcome = inversion(settings(30)).run(
            &mut pretrained(),
            &mut finetuned(),
            &Control::new(),
            sender,
            None,
        );
        assert_eq!(outcome.unwrap().ending, Ending::Finished);
        drop(receiver);
    }
}

#[test]
fn events_that_found_no_room_come_later_and_in_order() {
    let (sender, receiver) = sync_channel(3);
    let (hand_over, received) = channel();
    let mut late = Some(receiver);
    let mut pretrained = Toy::with_hook(wave(SHAPE, 0.7), move |evaluation, _, _| {
        if evaluation == 20 {
            let receiver: Receiver<Event> = late.take().unwrap();
            let hand_over = hand_over.clone();
            std::thread::spawn(move || {
                for event in receiver {
                    hand_over.send(event).unwrap();
                }
            });
        }
        if evaluation > 20 {
            // Time for the listener to catch up.
            std::thread::sleep(Duration::from_millis(5));
        }
    });
    let inversion = inversion(settings(60));
    inversion
        .run(
            &mut pretrained,
            &mut finetuned(),
            &Control::new(),
            sender,
            None,
        )
        .unwrap();
    drop(pretrained);
    let events: Vec<Event> = received.iter().collect();
    let steps: Vec<usize> = step_reports(&events).iter().map(|r| r.step).collect();
    assert!(steps.len() > 20, "{steps:?}");
    assert!(steps.iter().copied().eq(1..=steps.len()), "{steps:?}");
}

/// A run on a thread of its own, of which every evaluation of the pretrained model must be allowed.
struct Supervised {
    control: Control,
    events: Receiver<Event>,
    allow: Sender<()>,
    thread: JoinHandle<Outcome>,
}

fn supervised(steps: usize) -> Supervised {
    let control = Control::new();
    let (sender, events) = sync_channel(1000);
    let (allow, allowed) = channel();
    let theirs = control.clone();
    let thread = std::thread::spawn(move || {
        let mut pretrained = Toy::with_hook(wave(SHAPE, 0.7), move |_, _, _| {
            allowed.recv().unwrap();
        });
        inversion(settings(steps))
            .run(&mut pretrained, &mut finetuned(), &theirs, sender, None)
            .unwrap()
    });
    Supervised {
        control,
        events,
        allow,
        thread,
    }
}

impl Supervised {
    fn next(&self) -> Event {
        self.events.recv_timeout(Duration::from_secs(20)).unwrap()
    }

    fn next_step(&self) -> usize {
        match self.next() {
            Event::Step(report) => report.step,
            other => panic!("{other:?} instead of a step"),
        }
    }
}

#[test]
fn a_pause_is_obeyed_within_a_step_and_taken_back() {
    let run = supervised(6);
    run.allow.send(()).unwrap();
    assert_eq!(run.next_step(), 1);
    // The second step may have begun: it alone is still finished.
    run.control.pause();
    for _ in 0..5 {
        run.allow.send(()).unwrap();
    }
    let paused_at = match run.next() {
        Event::Paused { step } => step,
        Event::Step(report) => {
            assert_eq!(report.step, 2);
            assert_eq!(run.next(), Event::Paused { step: 2 });
            2
        }
        other => panic!("{other:?}"),
    };
    assert!(run.control.is_paused());
    std::thread::sleep(Duration::from_millis(500));
    assert!(run.events.try_recv().is_err());

    run.control.request_latent();
    match run.next() {
        Event::Latent { step, latent } => assert_eq!((step, latent.shape()), (paused_at, SHAPE)),
        other => panic!("{other:?} instead of the latent"),
    }
    run.control.resume();
    assert_eq!(run.next(), Event::Resumed { step: paused_at });
    for step in paused_at + 1..=6 {
        assert_eq!(run.next_step(), step);
    }
    let outcome = run.thread.join().unwrap();
    assert_eq!(outcome.ending, Ending::Finished);
    assert!(
        outcome.seconds < 0.4,
        "the pause was counted: {}",
        outcome.seconds
    );
}

#[test]
fn a_run_is_cancelled_within_a_step_and_keeps_what_it_has() {
    let run = supervised(6);
    run.allow.send(()).unwrap();
    assert_eq!(run.next_step(), 1);
    run.control.cancel();
    for _ in 0..5 {
        // Nobody may be left to take it.
        let _ = run.allow.send(());
    }
    let outcome = run.thread.join().unwrap();
    let Ending::Cancelled { after } = outcome.ending else {
        panic!("it finished");
    };
    assert!((1..=2).contains(&after));
    assert_eq!(outcome.trace.len(), after);
}

#[test]
fn a_paused_run_can_be_cancelled() {
    let run = supervised(6);
    run.control.pause();
    let _ = run.allow.send(());
    while !matches!(run.next(), Event::Paused { .. }) {}
    run.control.cancel();
    let outcome = run.thread.join().unwrap();
    assert!(matches!(outcome.ending, Ending::Cancelled { after: 0 | 1 }));
}

#[test]
fn the_latent_asked_for_is_the_one_after_the_step() {
    let control = Control::new();
    let theirs = control.clone();
    let mut pretrained = Toy::with_hook(wave(SHAPE, 0.7), move |evaluation, _, _| {
        if evaluation == 2 {
            theirs.request_latent();
        }
    });
    let (sender, events) = sync_channel(100);
    inversion(settings(5))
        .run(&mut pretrained, &mut finetuned(), &control, sender, None)
        .unwrap();
    let (three, _) = run(
        &inversion(settings(3)),
        &mut toy::pretrained(),
        &mut finetuned(),
    );
    let sent = events.iter().find_map(|event| match event {
        Event::Latent { step, latent } => Some((step, latent)),
        _ => None,
    });
    assert_eq!(sent, Some((3, three.recovered)));
}
