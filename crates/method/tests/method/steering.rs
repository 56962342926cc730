//! What a running inversion tells, and how it obeys.

use crate::toy;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use palimpsest_diffusion::Latent;
use palimpsest_method::event_sink::{EventSink, event_channel};
use palimpsest_method::inversion::descent::Descent;
use palimpsest_method::inversion::{Control, Ending, Event, Inversion, InversionOutcome};
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

/// A run of many steps, told to `sink`.
fn told_to(sink: EventSink<Event>, steps: usize) -> InversionOutcome {
    let observer = &mut |event| sink.emit(event);
    inversion(settings(steps))
        .run(
            &mut pretrained(),
            &mut finetuned(),
            &Control::new(),
            observer,
            None,
        )
        .unwrap()
}

#[test]
fn an_observer_that_never_looks_leaves_the_newest_step_and_no_queue() {
    let (sink, stream) = event_channel();
    let outcome = told_to(sink, 500);
    assert_eq!(outcome.ending, Ending::Finished);
    assert_eq!(stream.waiting(), 1);
    let events: Vec<Event> = stream.collect();
    let [Event::Step(newest)] = &events[..] else {
        panic!("{events:?}");
    };
    assert_eq!(newest.step, 500);
}

#[test]
fn an_observer_that_has_gone_stops_nothing() {
    let (sink, stream) = event_channel();
    drop(stream);
    assert_eq!(told_to(sink, 30).ending, Ending::Finished);
}

#[test]
fn news_that_must_not_be_lost_wait_in_their_order() {
    let (sink, stream) = event_channel();
    let latent = || wave(SHAPE, 0.1);
    for step in 0..100 {
        sink.emit(Event::Paused { step });
        sink.emit(Event::Latent {
            step,
            latent: latent(),
        });
        sink.emit(Event::Resumed { step });
    }
    assert_eq!(stream.waiting(), 201);
    drop(sink);
    let kept = (0..100).flat_map(|step| [Event::Paused { step }, Event::Resumed { step }]);
    let mut expected: Vec<Event> = kept.collect();
    expected.insert(
        199,
        Event::Latent {
            step: 99,
            latent: latent(),
        },
    );
    assert_eq!(stream.collect::<Vec<_>>(), expected);
}

#[test]
fn a_waiting_observer_hears_what_another_thread_tells_and_of_its_end() {
    let (sink, stream) = event_channel();
    let teller = std::thread::spawn(move || told_to(sink, 40));
    let steps: Vec<usize> = stream
        .filter_map(|event| match event {
            Event::Step(report) => Some(report.step),
            _ => None,
        })
        .collect();
    assert!(steps.is_sorted(), "{steps:?}");
    assert_eq!(steps.last(), Some(&40));
    assert_eq!(teller.join().unwrap().ending, Ending::Finished);
}

/// A run on a thread of its own, of which every evaluation of the pretrained model must be allowed.
struct Supervised {
    control: Control,
    events: Receiver<Event>,
    allow: Sender<()>,
    thread: JoinHandle<InversionOutcome>,
}

fn supervised(steps: usize) -> Supervised {
    let control = Control::new();
    let (sender, events) = channel();
    let (allow, allowed) = channel();
    let theirs = control.clone();
    let thread = std::thread::spawn(move || {
        let mut pretrained = Toy::with_hook(wave(SHAPE, 0.7), move |_, _, _| {
            allowed.recv().unwrap();
        });
        // A test that has seen enough no longer listens.
        let observer = &mut |event| drop(sender.send(event));
        inversion(settings(steps))
            .run(&mut pretrained, &mut finetuned(), &theirs, observer, None)
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
    let mut events = Vec::new();
    let observer = &mut |event| events.push(event);
    inversion(settings(5))
        .run(&mut pretrained, &mut finetuned(), &control, observer, None)
        .unwrap();
    let (three, _) = run(
        &inversion(settings(3)),
        &mut toy::pretrained(),
        &mut finetuned(),
    );
    let sent = events.into_iter().find_map(|event| match event {
        Event::Latent { step, latent } => Some((step, latent)),
        _ => None,
    });
    assert_eq!(sent, Some((3, three.recovered)));
}
