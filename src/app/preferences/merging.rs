//! Settings of several windows in one file: a window writes what it changed itself, under a lock.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::Duration;

use serde_json::{Map, Value};

use super::RECENT;
use super::salvage::salvage;

/// How often a lock is tried for, and the time between. Another window's writing takes milliseconds; on a disk so busy that
/// it takes longer, a frame rather waits than loses what the other one wrote.
const TRIES: u32 = 400;
const PAUSE: Duration = Duration::from_millis(5);

/// Fields that are written together if one of them has changed: models that were chosen for one another.
const TOGETHER: [&str; 5] = ["pretrained", "finetuned", "strength", "further", "choices"];

/// Lists of what was used last, which grow by what every window used.
const LISTS: [&str; 2] = ["recent_cases", "recent_models"];

/// A lock on a file, for as long as this lives.
pub(super) struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// Locks `path` by a file beside it. Where that cannot be had, as on some network disks, the file is written
    /// without: what is written is whole all the same.
    pub fn beside(path: &Path) -> Self {
        let file = File::create(path.with_extension("lock")).ok();
        if let Some(file) = &file {
            for _ in 0..TRIES {
                match file.try_lock() {
                    Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                    Ok(()) | Err(TryLockError::Error(_)) => break,
                }
            }
        }
        Self { _file: file }
    }
}

/// The settings in the file, `theirs`, with what has changed from `before` to `now`.
pub(super) fn merge(mut theirs: Value, before: &Value, now: &Value) -> Value {
    merge_into(&mut theirs, before, now);
    // Two changes may make no sense together, and another version may have written what this one does not know.
    let (_, understood, _) = salvage(theirs);
    understood
}

fn merge_into(theirs: &mut Value, before: &Value, now: &Value) {
    let (Value::Object(theirs), Value::Object(before), Value::Object(now)) = (theirs, before, now)
    else {
        return;
    };
    let is_changed = |key: &str| before.get(key) != now.get(key);
    let together = TOGETHER.into_iter().any(is_changed);
    let mut keys: Vec<&String> = before.keys().chain(now.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        if is_changed(key) || (together && TOGETHER.contains(&key.as_str())) {
            set(theirs, key, before.get(key), now.get(key));
        }
    }
}

fn set(theirs: &mut Map<String, Value>, key: &str, before: Option<&Value>, now: Option<&Value>) {
    let Some(now) = now else {
        theirs.remove(key);
        return;
    };
    match (theirs.get_mut(key), before, now) {
        (Some(Value::Array(theirs)), Some(Value::Array(before)), Value::Array(now))
            if LISTS.contains(&key) =>
        {
            let new = theirs.iter().filter(|item| !before.contains(item));
            let new = new.filter(|item| !now.contains(item));
            let all = now.iter().chain(new).take(RECENT).cloned().collect();
            *theirs = all;
        }
        (Some(theirs @ Value::Object(_)), Some(before @ Value::Object(_)), Value::Object(_)) => {
            merge_into(theirs, before, &now.clone());
        }
        _ => {
            theirs.insert(key.to_owned(), now.clone());
        }
    }
}
