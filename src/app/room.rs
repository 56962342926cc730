//! Room for a run, seen before it begins: whether the folder for new cases can be written into, and whether what the run
//! writes has place on its disk. Looked at beside the frame, and again for as long as something is wrong.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use eframe::egui;

use super::inspection::Inspected;
use super::state::State;
use super::tasks::Task;
use crate::app::words::{bytes, say};
use palimpsest_method::examination::inspection::PairFacts;
use palimpsest_record::case::Role;

/// Time after which it is looked at again, where something was wrong and where nothing was.
const AGAIN: Duration = Duration::from_secs(3);
const STALE: Duration = Duration::from_secs(30);
/// What stays free beside what is written: the system and other programs write as well.
const SPARE: u64 = 32 << 20;
/// Bytes that an examination takes beside its pictures and tensors: findings with their steps, entries of the journal.
const RECORDS: u64 = 128 << 10;
/// Latents of an examination that lie on the disk at once, those of its checkpoint among them.
const LATENTS: u64 = 12;
/// Most channels of a latent.
const CHANNELS: u64 = 16;

/// What is known of the disk.
#[derive(Default)]
pub struct Room {
    looked: Option<Looked>,
    task: Option<Task<Looked>>,
}

/// The folder for new cases as it was found.
#[derive(Clone, Debug)]
struct Looked {
    folder: PathBuf,
    /// Why nothing can be written into it.
    fault: Option<String>,
    /// Free bytes of its disk, where the system tells.
    free: Option<u64>,
    at: Instant,
}

impl Room {
    /// Free bytes of the disk, where they are known.
    pub fn free(&self) -> Option<u64> {
        self.looked.as_ref()?.free
    }

    /// Reason for which `needed` bytes cannot be written; none where nothing is known.
    fn refuses(&self, needed: u64) -> Option<String> {
        let looked = self.looked.as_ref()?;
        let folder = looked.folder.display();
        if let Some(fault) = &looked.fault {
            return Some(say!("new-cases-cannot-be-kept", "folder" => folder, "fault" => fault));
        }
        let free = looked.free?;
        (free < needed.saturating_add(SPARE)).then(|| {
            say!(
                "the-run-writes-up-to-into",
                "needed" => bytes(needed),
                "folder" => folder,
                "free" => bytes(free),
            )
        })
    }

    /// Has it looked at again in the next frame.
    pub fn look_again(&mut self) {
        self.looked = None;
    }
}

impl State {
    /// The number of examinations that a start would make.
    pub fn examinations(&self) -> usize {
        let usable = self.queue.usable();
        let questioned = usable.iter().filter(|work| work.role.is_questioned());
        let set_up = self.set_up();
        let inquiry = &set_up.inquiry;
        let works = usable.len() - self.left_out() + self.further_examinations().works;
        inquiry.examinations(works, questioned.count()) * set_up.masks.len()
    }

    /// Works that could be controls and are not drawn as such.
    fn left_out(&self) -> usize {
        let usable = self.queue.usable();
        let negatives = usable.iter().filter(|work| work.role == Role::Negative);
        match self.set_up().inquiry.drawn_controls {
            0 => 0,
            drawn => negatives.count().saturating_sub(drawn),
        }
    }

    /// The most that a start would write, in bytes; none before the models are known.
    pub fn written_by_start(&self) -> Option<u64> {
        let facts = self.inspection.known().and_then(Inspected::facts)?;
        Some(written(facts).saturating_mul(self.examinations() as u64))
    }

    /// Reason for which a run would have no room.
    pub fn refuses_room(&self) -> Option<String> {
        self.room.refuses(self.written_by_start().unwrap_or(0))
    }

    /// Looks at the disk where nothing is known of it, or too long ago.
    pub(super) fn follow_room(&mut self, ctx: &egui::Context) {
        if let Some(task) = self.room.task.take() {
            match task.take() {
                Err(task) => self.room.task = Some(task),
                // A look that failed by itself refuses nothing: the run says what is wrong.
                Ok(looked) => self.room.looked = looked.ok(),
            }
        }
        if self.room.task.is_some() || self.run.is_some() || self.queue.works.is_empty() {
            return;
        }
        let folder = self.preferences.cases_folder();
        let limit = match self.refuses_room() {
            Some(_) => AGAIN,
            None => STALE,
        };
        let looked = self.room.looked.as_ref();
        let looked = looked.filter(|looked| looked.folder == folder);
        let age = looked.map(|looked| looked.at.elapsed());
        match age {
            Some(age) if age < limit => {
                if limit == AGAIN {
                    ctx.request_repaint_after(AGAIN - age);
                }
            }
            _ => {
                self.room.task = Some(Task::start(ctx, "looking at the disk", move || {
                    Ok(look(folder))
                }));
            }
        }
    }
}

/// The most bytes that an examination with these models leaves on the disk.
fn written(facts: &PairFacts) -> u64 {
    let side = facts.resolution as u64;
    // Three pictures, as they would be without compression; the longer side of a whole picture is at most twice that.
    let pictures = 3 * 3 * side * side * 2;
    let cells = side / (facts.cell as u64).max(1);
    let latents = LATENTS * CHANNELS * cells * cells * 4;
    pictures + latents + RECORDS
}

fn look(folder: PathBuf) -> Looked {
    let near = existing(&folder).to_owned();
    let fault = probe(&near).err().map(|error| error.to_string());
    Looked {
        fault,
        free: free_bytes(&near),
        folder,
        at: Instant::now(),
    }
}

/// The folder itself, or the nearest around it that is there: the folder is made when a run begins.
fn existing(folder: &Path) -> &Path {
    let there = folder.ancestors().find(|it| it.symlink_metadata().is_ok());
    there.unwrap_or(folder)
}

/// Writes a file of a few bytes and takes it away again.
fn probe(folder: &Path) -> io::Result<()> {
    let path = folder.join(format!(".palimpsest-writes-{}", std::process::id()));
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&path)?;
    let written = file.write_all(&[0; 512]).and_then(|()| file.flush());
    drop(file);
    let removed = fs::remove_file(&path);
    written.and(removed)
}

/// Free bytes of the disk that `folder` lies on; none on a system that is not asked here.
#[cfg(unix)]
fn free_bytes(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    found.f_bavail.checked_mul(found.f_frsize)
}

#[cfg(not(unix))]
fn free_bytes(_folder: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(fault: Option<&str>, free: Option<u64>) -> Room {
        Room {
            looked: Some(Looked {
                folder: "/cases".into(),
                fault: fault.map(str::to_owned),
                free,
                at: Instant::now(),
            }),
            task: None,
        }
    }

    #[test]
    fn a_disk_that_lacks_room_is_refused_with_both_numbers_and_one_that_is_unknown_is_not() {
        let text = room(None, Some(40 << 20)).refuses(12 << 20).unwrap();
        assert!(text.contains("12 MiB") && text.contains("40 MiB"), "{text}");
        assert!(
            text.contains("/cases") && text.contains("make room"),
            "{text}"
        );
        assert_eq!(room(None, Some(100 << 20)).refuses(12 << 20), None);
        assert_eq!(room(None, None).refuses(u64::MAX), None);
        assert_eq!(Room::default().refuses(1), None);
        let text = room(Some("Read-only file system"), None)
            .refuses(1)
            .unwrap();
        assert!(text.contains("(Read-only file system)"), "{text}");
    }

    #[test]
    fn a_folder_is_looked_at_by_what_is_there_and_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let looked = look(folder.path().join("not/there/yet"));
        assert_eq!(looked.fault, None);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        if cfg!(unix) {
            assert!(looked.free.is_some_and(|free| free > 0));
        }
        let file = folder.path().join("file");
        fs::write(&file, b"").unwrap();
        assert!(look(file.join("cases")).fault.is_some());
    }
}
