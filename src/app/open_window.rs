//! Opening the window, and what to say where it cannot be opened: which part of the system is missing, and
//! the command that works without a window.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use eframe::egui::{self, ViewportBuilder};
use thiserror::Error;

use super::panic::{self, ReportedFault};
use super::preferences::{PreferencesFile, WindowPlace};
use super::state::Grade;
use super::{App, Opening};
use crate::logging;
use palimpsest_base::sentence_case::sentence_of;
use palimpsest_base::user_folders;

/// The name under which the desktop knows the window.
const APP_ID: &str = "org.palimpsest.Palimpsest";
/// Size of the first window, and the least, in points.
const SIZE: [f32; 2] = [1280.0, 800.0];
const LEAST: [f32; 2] = [880.0, 560.0];

/// Reason for which there is no window.
#[derive(Debug, Error)]
pub enum StartError {
    /// Neither X11 nor Wayland.
    #[error(
        "there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set): {WITHOUT}"
    )]
    NoDisplay,
    /// The display is one in name only.
    #[error("the display that {variable} names does not answer ({detail}): {WITHOUT}")]
    DeadDisplay {
        variable: &'static str,
        detail: String,
    },
    /// A library that is loaded when the window opens.
    #[error(
        "the system lacks a library ({detail}): install it, for instance with `apt install {packages}`; or, {WITHOUT}"
    )]
    Library {
        packages: &'static str,
        detail: String,
    },
    /// Neither Vulkan nor another way to draw.
    #[error(
        "there is no usable graphics driver ({0}): install one, for instance with `apt install mesa-vulkan-drivers`; or, {WITHOUT}"
    )]
    Graphics(String),
    /// Something else of the system.
    #[error("the window could not be opened ({0}): {WITHOUT}")]
    Window(String),
    /// The window was there, until the program failed.
    #[error(
        "the window was closed by {0}; what was under way is kept in its case: `palimpsest` offers at its next start to go on with it"
    )]
    Fault(ReportedFault),
}

/// Commands that need no window.
const WITHOUT: &str = "without a window, `palimpsest demo` runs the demonstration and `palimpsest examine` examines artworks";

/// Opens the window and returns when it is closed.
///
/// # Errors
/// [`StartError`] where the system has no display, no driver, or lacks a library.
pub fn open(opening: Opening) -> Result<(), StartError> {
    let pool = rayon::ThreadPoolBuilder::new().thread_name(|number| format!("pictures {number}"));
    // That there is one already changes nothing but its name.
    let _ = pool.build_global();
    if !has_display() {
        return Err(StartError::NoDisplay);
    }
    let options = options(PreferencesFile::of_user().window_place());
    panic::install(user_folders::reports(), is_lack);
    let log = logging::begin("window");
    let create: eframe::AppCreator = Box::new(move |cc| {
        panic::opened(&cc.egui_ctx);
        let mut app = App::new(cc, opening);
        if let Err(error) = log {
            app.state
                .say(Grade::Warning, sentence_of(&error.to_string()));
        }
        Ok(Box::new(app))
    });
    guarded(|| eframe::run_native(APP_ID, options, create))
}

/// Runs the toolkit. It panics where a library is missing, and so does the program where it is at fault:
/// what the hook has reported is a fault.
fn guarded(run: impl FnOnce() -> eframe::Result) -> Result<(), StartError> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(ended) => ended.map_err(|error| explain(&error.to_string())),
        Err(payload) => Err(match panic::newest() {
            Some(told) => StartError::Fault(told),
            None => explain(&said(payload)),
        }),
    }
}

/// The message of a panic.
fn said(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(other) => match other.downcast_ref::<&str>() {
            Some(text) => (*text).to_owned(),
            None => "a fault in the windowing library".to_owned(),
        },
    }
}

/// True if a panic before there is a window says that the system lacks something.
fn is_lack(message: &str) -> bool {
    !matches!(explain(message), StartError::Window(_))
}

fn options(place: Option<WindowPlace>) -> eframe::NativeOptions {
    let mut viewport = ViewportBuilder::default()
        .with_title("Palimpsest")
        .with_app_id(APP_ID)
        .with_inner_size(place.map_or(SIZE, |place| place.size))
        .with_min_inner_size(LEAST)
        .with_drag_and_drop(true);
    if let Some(place) = place {
        if let Some(position) = place.position {
            viewport = viewport.with_position(position);
        }
        viewport = viewport.with_maximized(place.maximised);
    }
    if let Some(icon) = icon() {
        viewport = viewport.with_icon(Arc::new(icon));
    }
    let mut options = eframe::NativeOptions {
        viewport,
        ..Default::default()
    };
    prefer_x11(&mut options);
    options
}

/// Files can be dropped on X11 windows only, so XWayland is preferred where it is there.
#[cfg(target_os = "linux")]
fn prefer_x11(options: &mut eframe::NativeOptions) {
    if !is_set("DISPLAY") {
        return;
    }
    options.event_loop_builder = Some(Box::new(|builder| {
        use winit::platform::x11::EventLoopBuilderExtX11;
        builder.with_x11();
    }));
}

#[cfg(not(target_os = "linux"))]
fn prefer_x11(_options: &mut eframe::NativeOptions) {}

fn has_display() -> bool {
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// True if files can be dropped on a window of this session.
pub fn takes_drops() -> bool {
    !cfg!(target_os = "linux") || is_set("DISPLAY")
}

fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// Turns a message of the system into what is to be done about it.
fn explain(text: &str) -> StartError {
    const LIBRARIES: [(&str, &str); 7] = [
        ("xkbcommon-x11", "libxkbcommon-x11-0"),
        ("xkbcommon", "libxkbcommon0"),
        ("Xcursor", "libxcursor1"),
        ("libXi", "libxi6"),
        ("X11-xcb", "libx11-xcb1"),
        ("libX11", "libx11-6"),
        // The toolkit does not say which.
        ("xlib's", "libx11-6 libx11-xcb1 libxcursor1 libxi6"),
    ];
    let detail = without_place(text).to_owned();
    let named = LIBRARIES.iter().find(|(name, _)| text.contains(name));
    if let Some((_, packages)) = named {
        return StartError::Library { packages, detail };
    }
    let displays = [("X server", "DISPLAY"), ("ayland", "WAYLAND_DISPLAY")];
    if let Some((_, variable)) = displays.iter().find(|(name, _)| text.contains(name)) {
        return StartError::DeadDisplay { variable, detail };
    }
    let graphics = ["surface", "adapter", "Wgpu", "wgpu", "backend"];
    if graphics.iter().any(|word| text.contains(word)) {
        return StartError::Graphics(detail);
    }
    StartError::Window(detail)
}

/// Cuts the place in the toolkit's source from a message: it tells the user nothing.
fn without_place(text: &str) -> &str {
    let after = text.rsplit_once(".rs:").map_or(text, |(_, after)| after);
    after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == ' ')
}

/// The icon of the window. It is part of the program: a test says that it can be read.
fn icon() -> Option<egui::IconData> {
    eframe::icon_data::from_png_bytes(include_bytes!("../../packaging/icons/palimpsest-256.png"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_its_package() {
        let said = explain("Library libxkbcommon-x11.so could not be loaded.").to_string();
        assert!(said.contains("apt install libxkbcommon-x11-0"), "{said}");
        let said = explain(
            "winit EventLoopError: os error at /src/linux/mod.rs:788: Failed to load one of xlib's shared libraries",
        )
        .to_string();
        assert!(
            said.contains("lacks a library (Failed to load one"),
            "{said}"
        );
        assert!(said.contains("libxcursor1 libxi6`"), "{said}");
        let said = explain("Failed to create surface for any enabled backend: {}").to_string();
        assert!(said.contains("mesa-vulkan-drivers"), "{said}");
        for error in [StartError::NoDisplay, explain("x")] {
            assert!(error.to_string().contains("palimpsest demo"));
        }
    }

    #[test]
    fn the_icon_can_be_read() {
        assert!(icon().is_some_and(|icon| icon.width == 256));
    }

    #[test]
    fn a_panic_of_the_toolkit_is_explained_and_a_window_that_closes_is_no_error() {
        let missing = "Library libXcursor.so could not be loaded.".to_owned();
        let error = guarded(|| std::panic::panic_any(missing)).unwrap_err();
        assert!(error.to_string().contains("apt install libxcursor1"));
        assert!(matches!(guarded(|| Ok(())), Ok(())));
        assert!(is_lack("Library libXi.so could not be loaded."));
        assert!(!is_lack("index out of bounds: the len is 3"));
    }

    #[test]
    fn a_fault_names_its_report_and_says_that_the_case_can_be_resumed() {
        let fault = panic::Fault {
            message: "no such work".into(),
            place: "src/app/queue.rs:7:9".into(),
            thread: "main".into(),
        };
        let report = Ok("/reports/fault-1.txt".into());
        let said = StartError::Fault(ReportedFault { fault, report }).to_string();
        assert!(
            said.contains("/reports/fault-1.txt") && said.contains("go on"),
            "{said}"
        );
    }
}
