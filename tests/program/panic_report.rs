//! A panic beside the window as the user hears of it. In a process of its own, since the hook is the process's
//! and other tests say by it why they failed.

use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use eframe::egui;
use palimpsest::app::panic;

/// Says to this program's own process that it is the one in which threads panic.
const INNER: &str = "PALIMPSEST_TEST_PANICS";

#[test]
fn a_panic_in_a_thread_leaves_one_report_and_is_told_once() {
    if std::env::var_os(INNER).is_none() {
        let name = "panic_report::a_panic_in_a_thread_leaves_one_report_and_is_told_once";
        let mut command = Command::new(std::env::current_exe().unwrap());
        let output = command.args([name, "--exact"]).env(INNER, "1").output();
        let output = output.unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains("1 passed"), "{said}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    panic::install(folder.path().to_owned(), |message| {
        message.contains("libX11")
    });
    let failing = |message: &'static str| {
        let name = "reading a picture".to_owned();
        let work = thread::Builder::new().name(name).spawn(move || {
            thread::scope(|scope| {
                scope.spawn(move || panic!("{message}"));
            });
        });
        assert!(work.unwrap().join().is_err());
    };
    // Before there is a window, what the system lacks is no fault.
    let lacking = thread::spawn(|| panic!("libX11.so could not be loaded"));
    assert!(lacking.join().is_err());
    assert!(panic::newest().is_none());

    let ctx = egui::Context::default();
    let woken = Arc::new(AtomicBool::new(false));
    let wake = woken.clone();
    ctx.set_request_repaint_callback(move |_| wake.store(true, Ordering::Relaxed));
    panic::opened(&ctx);
    failing("no such layer in libX11");
    let told = panic::news();
    let [told] = told.as_slice() else {
        panic!("told {told:?}");
    };
    assert_eq!(told.fault.message, "no such layer in libX11");
    assert!(told.fault.place.contains("panic_report.rs"));
    assert_eq!(panic::newest().as_ref(), Some(told));
    let report = told.report.clone().unwrap();
    assert!(told.notice().contains(&report.display().to_string()));
    let text = fs::read_to_string(&report).unwrap();
    assert!(text.contains("a_panic_in_a_thread"), "no backtrace: {text}");
    assert!(woken.load(Ordering::Relaxed), "the window sleeps on");
    assert!(panic::news().is_empty());

    // However often something panics, the disk does not fill.
    for _ in 0..20 {
        failing("again");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 8);
}
