//! `palimpsest models fetch`: models by name from the hub.

use std::fmt::Write;
use std::io::{IsTerminal, stderr};
use std::path::Path;

use super::arguments::FetchArguments;
use super::output::{complain, complain_of, fail, note, print, print_json};
use super::{Status, interruption};
use palimpsest_base::number_format::bytes;
use palimpsest_base::user_folders;
use palimpsest_hub::{
    CATALOGUE, CheckedAgainst, Fetched, Hub, HubError, Named, Progress, SystemDisk, named,
};
use palimpsest_method::inversion::Control;
use palimpsest_method::model_library::ModelLibrary;

/// Folder of fetched models among the user's own data.
const FOLDER: &str = "models";

pub(super) fn run(arguments: &FetchArguments) -> Status {
    let Some(name) = &arguments.name else {
        return print(&catalogue());
    };
    let Some(named) = named(name) else {
        complain(&format!(
            "no model is called {name} here: palimpsest models fetch lists those that are"
        ));
        return Status::WrongUsage;
    };
    if !arguments.accept_licence {
        complain(&terms(named));
        return Status::WrongUsage;
    }
    match fetch(named, arguments) {
        Ok(fetched) if arguments.json => print_json(&fetched),
        Ok(fetched) => print(&told(&fetched)),
        Err(HubError::Stopped) => {
            complain_of(&HubError::Stopped);
            Status::Interrupted
        }
        Err(error) => fail(&error),
    }
}

/// Every model that can be fetched. Nothing is asked of a network for it.
fn catalogue() -> String {
    let mut text = String::new();
    for named in &CATALOGUE {
        // A string takes everything.
        let _ = writeln!(
            text,
            "{}\n    {}, {}, licence {}",
            named.name,
            named.what,
            bytes(named.bytes),
            named.licence
        );
    }
    text.push_str("\nFetch one with palimpsest models fetch NAME; its licence is shown first.");
    text
}

/// What somebody has to know before anything is fetched.
fn terms(named: &Named) -> String {
    let Named {
        what,
        repository,
        licence,
        licence_page,
        note,
        ..
    } = named;
    let size = bytes(named.bytes);
    let space = if note.is_empty() { "" } else { " " };
    format!(
        "{what} ({size}) would be fetched from {repository}.{space}{note} Its licence is {licence}: read it at \
         {licence_page}, and say --accept-licence if you accept it. Nothing was asked of the network yet"
    )
}

fn fetch(named: &'static Named, arguments: &FetchArguments) -> Result<Fetched, HubError> {
    let hub = Hub::new(arguments.mirror.as_deref())?;
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let usual = user_folders::data().join(FOLDER);
    let out = arguments.out.as_deref().unwrap_or(&usual);
    note(&format!(
        "Asking {} for {}.",
        hub.address(),
        named.repository
    ));
    let offer = hub.offer(named)?;
    if let Some(stated) = &offer.stated_licence {
        note(&format!(
            "The repository states the licence {stated}; you accepted {}.",
            named.licence
        ));
    }
    note(&format!("{} are to be fetched.", bytes(offer.bytes())));
    let mut teller = Teller::new();
    let mut tell = |progress: Progress<'_>| teller.tell(progress);
    let fetched = offer.fetch(out, &SystemDisk, &mut tell, &|| control.may_proceed())?;
    remember(out);
    Ok(fetched)
}

/// Puts the folder into the library, so that what was fetched is found.
fn remember(out: &Path) {
    if let Err(error) = ModelLibrary::open().add(out) {
        complain_of(&error);
    }
}

fn told(fetched: &Fetched) -> String {
    let mut text = format!("{}\n", fetched.path.display());
    for file in &fetched.files {
        let against = match file.checked_against {
            CheckedAgainst::KnownHash => "the hash that this program knows",
            CheckedAgainst::StatedByTheHub => "the hash that the hub states",
            CheckedAgainst::StatedByTheMirror => {
                "the hash that this mirror states, which the hub did not confirm"
            }
        };
        // A string takes everything.
        let _ = writeln!(
            text,
            "- {}: SHA-256 {}, checked against {against}",
            file.path, file.sha256
        );
    }
    text.push_str("It is in the library now: palimpsest models list");
    text
}

/// Says how far it is: a line for every hundredth on a terminal, for every tenth elsewhere.
struct Teller {
    steps: u64,
    last: u64,
}

impl Teller {
    fn new() -> Self {
        Self {
            steps: if stderr().is_terminal() { 100 } else { 10 },
            last: 0,
        }
    }

    fn tell(&mut self, progress: Progress<'_>) {
        let done = u128::from(progress.bytes) * u128::from(self.steps);
        let step = (done / u128::from(progress.all.max(1))) as u64;
        if step > self.last {
            self.last = step;
            note(&format!(
                "{} of {} ({} %): {}",
                bytes(progress.bytes),
                bytes(progress.all),
                step * 100 / self.steps,
                progress.file
            ));
        }
    }
}
