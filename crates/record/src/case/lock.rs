//! One process at a time on a case: two that wrote the same checkpoint would spoil each other's work.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use same_file::Handle;

use super::CaseError;

/// The file that is locked. What a lock says is lost with its process, whatever becomes of the file.
pub(super) const NAME: &str = "case.lock";

/// How often, and after what time, the lock is tried once more.
const ASKED: u32 = 3;
const MOMENT: Duration = Duration::from_millis(5);

/// The lock of a case, held as long as it lives.
pub(super) struct Lock {
    path: PathBuf,
    /// Open for as long as the lock is held: closing it unlocks.
    _file: File,
}

impl Lock {
    /// Takes the lock of `folder`.
    ///
    /// # Errors
    /// [`CaseError::InUse`] if somebody has it, [`CaseError::Unwritable`] if the file cannot be made.
    pub fn take(folder: &Path) -> Result<Self, CaseError> {
        let path = folder.join(NAME);
        let unwritable = |source| CaseError::Unwritable {
            path: path.clone(),
            source,
        };
        let mut asked = 0_u32;
        loop {
            let file = File::create(&path).map_err(unwritable)?;
            match file.try_lock() {
                Ok(()) => {}
                // Whoever only asks holds it for a moment.
                Err(TryLockError::WouldBlock) if asked < ASKED => {
                    asked = asked.saturating_add(1);
                    thread::sleep(MOMENT);
                    continue;
                }
                Err(TryLockError::WouldBlock) => {
                    let path = folder.to_owned();
                    return Err(CaseError::InUse { path });
                }
                // Some network disks know no locks: then the user has to see to it.
                Err(TryLockError::Error(_)) => {}
            }
            // Whoever held it before may have removed the file after it was opened here. Then others lock another
            // file of that name, and this one keeps nobody away.
            if is_at(&file, &path).map_err(unwritable)? {
                return Ok(Self { path, _file: file });
            }
        }
    }
}

/// True if a process has the lock of `folder`. Where the disk knows no locks nobody can tell: false.
pub fn is_in_use(folder: &Path) -> bool {
    // Without the file nobody has it.
    let Ok(file) = File::open(folder.join(NAME)) else {
        return false;
    };
    // Shared, so that two who ask are not in each other's way.
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is locked: afterwards it might be somebody else's. One that stays harms nobody.
        let _ = fs::remove_file(&self.path);
    }
}

/// True if `file` is the one that `path` names now.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    match Handle::from_path(path) {
        Ok(named) => Ok(named == Handle::from_file(file.try_clone()?)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn a_file_that_was_removed_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        let holder = Lock::take(folder.path()).unwrap();
        let opened = File::create(&path).unwrap();
        assert!(is_at(&opened, &path).unwrap());
        drop(holder);
        // It can be locked, and another file can be made and locked beside it.
        opened.try_lock().unwrap();
        assert!(!is_at(&opened, &path).unwrap());
        let next = Lock::take(folder.path()).unwrap();
        assert!(!is_at(&opened, &path).unwrap());
        assert!(matches!(
            Lock::take(folder.path()),
            Err(CaseError::InUse { .. })
        ));
        drop(next);
        assert!(!path.exists(), "nothing is left behind");
    }

    #[test]
    fn whoever_asks_learns_of_a_holder_and_keeps_nobody_away() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_in_use(folder.path()));
        let holder = Lock::take(folder.path()).unwrap();
        assert!(is_in_use(folder.path()));
        drop(holder);
        // As after a crash: the file is there, and nobody holds it.
        fs::write(folder.path().join(NAME), b"").unwrap();
        assert!(!is_in_use(folder.path()));
        let done = std::sync::atomic::AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    is_in_use(folder.path());
                    thread::sleep(Duration::from_millis(1));
                }
            });
            for _ in 0..200 {
                drop(Lock::take(folder.path()).unwrap());
            }
            done.store(true, Ordering::SeqCst);
        });
    }

    #[test]
    fn never_do_two_hold_it() {
        const TURNS: u32 = 200;
        let folder = tempfile::tempdir().unwrap();
        let (holders, taken) = (AtomicU32::new(0), AtomicU32::new(0));
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..TURNS {
                        let Ok(lock) = Lock::take(folder.path()) else {
                            continue;
                        };
                        assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0);
                        taken.fetch_add(1, Ordering::SeqCst);
                        thread::yield_now();
                        holders.fetch_sub(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert!(taken.load(Ordering::SeqCst) > 0);
    }
}
