//! A model comes whole: through a redirect, over a connection that breaks off, after a stop, onto a disk that was full.

use std::cell::Cell;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use palimpsest_base::digest::Digest;
use palimpsest_hub::{
    CheckedAgainst, Disk, Fetched, Hub, HubError, Progress, RECORD, SystemDisk, named,
};

use crate::server::{COMMIT, Reply, Repository, Request, Server, bytes};

const NAME: &str = "dino-vit-s-16";

pub fn hub(server: &Server) -> Hub {
    Hub::new(Some(&server.url))
        .unwrap()
        .with_pause(Duration::ZERO)
}

/// Fetches `name` from `server` onto `disk`, for as long as `proceed` says.
pub fn fetch(
    server: &Server,
    name: &str,
    out: &Path,
    disk: &dyn Disk,
    proceed: &dyn Fn() -> bool,
) -> Result<Fetched, HubError> {
    let hub = hub(server);
    let offer = hub.offer(named(name).unwrap())?;
    offer.fetch(out, disk, &mut |_| (), proceed)
}

pub fn simply(server: &Server, name: &str, out: &Path) -> Result<Fetched, HubError> {
    fetch(server, name, out, &SystemDisk, &|| true)
}

/// Names of all files in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn is_large(request: &Request) -> bool {
    request.path.starts_with("/elsewhere/")
}

#[test]
fn a_model_comes_through_a_redirect_with_a_record_of_what_was_checked() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::dino();
    let served = repository.clone();
    let server = Server::new(move |request, _| served.answer(request));
    let hub = hub(&server);
    let offer = hub.offer(named(NAME).unwrap()).unwrap();
    assert_eq!(offer.stated_licence.as_deref(), Some("apache-2.0"));
    assert_eq!(server.files(), []);
    let mut told: Vec<(String, u64, u64)> = Vec::new();
    let mut tell = |progress: Progress<'_>| {
        told.push((progress.file.into(), progress.bytes, progress.all));
    };
    let fetched = offer
        .fetch(folder.path(), &SystemDisk, &mut tell, &|| true)
        .unwrap();
    let model = folder.path().join(NAME);
    assert_eq!(fetched.path, model);
    assert_eq!(names(&model), ["config.json", RECORD, "pytorch_model.bin"]);
    let weights = &repository.large["pytorch_model.bin"];
    assert_eq!(fs::read(model.join("pytorch_model.bin")).unwrap(), *weights);
    assert_eq!(
        fs::read(model.join("config.json")).unwrap(),
        repository.small["config.json"]
    );
    for file in &fetched.files {
        let found = Digest::of(&fs::read(model.join(file.path)).unwrap());
        assert_eq!(file.sha256, found);
        assert_eq!(file.checked_against, CheckedAgainst::StatedByTheMirror);
    }
    let record = fs::read_to_string(model.join(RECORD)).unwrap();
    for part in [
        COMMIT,
        &server.url,
        "facebook/dino-vits16",
        "stated_by_the_mirror",
    ] {
        assert!(record.contains(part), "{part}: {record}");
    }
    let all = offer.bytes();
    assert!(told.is_sorted_by(|a, b| a.1 <= b.1));
    assert_eq!(told.last().map(|last| (last.1, last.2)), Some((all, all)));
    // What is there is not fetched again.
    let before = server.files().len();
    simply(&server, NAME, folder.path()).unwrap();
    assert_eq!(server.files().len(), before);
    // Unless it is another than it was.
    fs::write(model.join("config.json"), "{}").unwrap();
    simply(&server, NAME, folder.path()).unwrap();
    assert_eq!(
        fs::read(model.join("config.json")).unwrap(),
        repository.small["config.json"]
    );
}

#[test]
fn a_dropped_connection_goes_on_where_it_broke_off() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::dino();
    let served = repository.clone();
    let server = Server::new(move |request, _| {
        let reply = served.answer(request);
        match is_large(request) && reply.body.len() > 100_000 {
            true => Reply {
                sent: 100_000,
                ..reply
            },
            false => reply,
        }
    });
    simply(&server, NAME, folder.path()).unwrap();
    let weights = fs::read(folder.path().join(NAME).join("pytorch_model.bin")).unwrap();
    assert_eq!(weights, repository.large["pytorch_model.bin"]);
    let requests = server.requests().into_iter().filter(is_large);
    let from: Vec<_> = requests.map(|request| request.from.unwrap_or(0)).collect();
    assert_eq!(
        from,
        [
            0, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000, 700_000
        ]
    );
}

#[test]
fn a_server_that_cannot_go_on_is_read_from_the_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::dino();
    let served = repository.clone();
    let server = Server::new(move |request, before| {
        let whole = Request {
            from: None,
            ..request.clone()
        };
        let reply = served.answer(&whole);
        // The first answer for the weights is cut, and no later one begins elsewhere than at the beginning.
        match is_large(request) && before < 5 {
            true => Reply {
                sent: 1000,
                ..reply
            },
            false => reply,
        }
    });
    simply(&server, NAME, folder.path()).unwrap();
    let weights = fs::read(folder.path().join(NAME).join("pytorch_model.bin")).unwrap();
    assert_eq!(weights, repository.large["pytorch_model.bin"]);
    assert!(
        server
            .files()
            .contains(&("pytorch_model.bin".into(), Some(1000)))
    );
}

#[test]
fn what_was_stopped_goes_on_from_there_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::dino();
    let served = repository.clone();
    let server = Server::new(move |request, _| served.answer(request));
    let come = Cell::new(0);
    let hub = hub(&server);
    let offer = hub.offer(named(NAME).unwrap()).unwrap();
    let mut tell = |progress: Progress<'_>| come.set(progress.bytes);
    // In the middle of the weights.
    let proceed = || come.get() < 1000;
    let stopped = offer.fetch(folder.path(), &SystemDisk, &mut tell, &proceed);
    let error = stopped.unwrap_err();
    assert!(matches!(error, HubError::Stopped), "{error}");
    let model = folder.path().join(NAME);
    assert!(!model.join(RECORD).exists());
    let part = names(&model)
        .into_iter()
        .find(|name| name.ends_with(".part"))
        .unwrap();
    let there = fs::metadata(model.join(part)).unwrap().len();
    simply(&server, NAME, folder.path()).unwrap();
    let last = server.files().last().unwrap().clone();
    assert_eq!(last, ("pytorch_model.bin".into(), Some(there as usize)));
    assert_eq!(names(&model), ["config.json", RECORD, "pytorch_model.bin"]);
}

/// A disk with room for so many bytes.
struct Small(u64);

struct Written {
    file: Box<dyn Write>,
    left: u64,
}

impl Disk for Small {
    fn open(&self, part: &Path, from_end: bool) -> io::Result<Box<dyn Write>> {
        Ok(Box::new(Written {
            file: SystemDisk.open(part, from_end)?,
            left: self.0,
        }))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        // A disk takes what still fits.
        let fits = bytes.len().min(self.left as usize);
        let written = self.file.write(&bytes[..fits])?;
        self.left -= written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[test]
fn a_full_disk_is_named_and_what_came_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::dino();
    let served = repository.clone();
    let server = Server::new(move |request, _| served.answer(request));
    let error = fetch(&server, NAME, folder.path(), &Small(300_000), &|| true).unwrap_err();
    let said = error.to_string();
    assert!(matches!(error, HubError::DiskFull { .. }), "{said}");
    assert!(
        said.contains("pytorch_model.bin is full") && said.contains("make room"),
        "{said}"
    );
    simply(&server, NAME, folder.path()).unwrap();
    assert_eq!(server.files().last().unwrap().1, Some(300_000));
    let weights = fs::read(folder.path().join(NAME).join("pytorch_model.bin")).unwrap();
    assert_eq!(weights, bytes(700_001));
}
