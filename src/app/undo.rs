//! Undo for what can be undone: the queue and the settings of the desk. Examinations and files are not
//! undone.

use super::queue::Queue;
use super::set_up::SetUp;

/// Steps that can be taken back.
const DEPTH: usize = 100;

/// The desk as it was at some moment.
#[derive(Clone)]
pub struct DeskSnapshot {
    /// The deed that came next, for the menu.
    pub deed: &'static str,
    pub queue: Queue,
    pub set_up: SetUp,
}

/// Deeds that were done, and those that were undone.
#[derive(Default)]
pub struct History {
    done: Vec<DeskSnapshot>,
    undone: Vec<DeskSnapshot>,
}

impl History {
    /// Notes the desk as it was before something was done. The same deed on one setting again, as when
    /// a number is dragged, is one step.
    pub fn note(&mut self, before: DeskSnapshot, continues: bool) {
        self.undone.clear();
        let same = self
            .done
            .last()
            .is_some_and(|last| last.deed == before.deed);
        if continues && same {
            return;
        }
        self.done.push(before);
        if self.done.len() > DEPTH {
            self.done.remove(0);
        }
    }

    /// The deed that would be undone.
    pub fn can_undo(&self) -> Option<&'static str> {
        self.done.last().map(|snapshot| snapshot.deed)
    }

    /// The deed that would be done again.
    pub fn can_redo(&self) -> Option<&'static str> {
        self.undone.last().map(|snapshot| snapshot.deed)
    }

    /// The desk before the last deed; `now` is what it is.
    pub fn undo(&mut self, queue: &Queue, set_up: &SetUp) -> Option<DeskSnapshot> {
        Self::step(&mut self.done, &mut self.undone, queue, set_up)
    }

    /// The desk after the last deed that was undone.
    pub fn redo(&mut self, queue: &Queue, set_up: &SetUp) -> Option<DeskSnapshot> {
        Self::step(&mut self.undone, &mut self.done, queue, set_up)
    }

    fn step(
        from: &mut Vec<DeskSnapshot>,
        to: &mut Vec<DeskSnapshot>,
        queue: &Queue,
        set_up: &SetUp,
    ) -> Option<DeskSnapshot> {
        let snapshot = from.pop()?;
        to.push(DeskSnapshot {
            deed: snapshot.deed,
            queue: queue.clone(),
            set_up: set_up.clone(),
        });
        Some(snapshot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(deed: &'static str, prompt: &str) -> DeskSnapshot {
        DeskSnapshot {
            deed,
            queue: Queue::default(),
            set_up: set_up(prompt),
        }
    }

    fn set_up(prompt: &str) -> SetUp {
        SetUp {
            prompt: prompt.into(),
            ..SetUp::default()
        }
    }

    #[test]
    fn what_was_done_is_undone_and_done_again() {
        let mut history = History::default();
        history.note(snapshot("prompt", ""), false);
        history.note(snapshot("prompt", "a"), false);
        let queue = Queue::default();
        let back = history.undo(&queue, &set_up("b")).unwrap();
        assert_eq!(back.set_up.prompt, "a");
        let first = history.undo(&queue, &back.set_up).unwrap();
        assert_eq!(first.set_up.prompt, "");
        assert!(history.undo(&queue, &first.set_up).is_none());
        let again = history.redo(&queue, &first.set_up).unwrap();
        assert_eq!(again.set_up.prompt, "a");
    }

    #[test]
    fn one_drag_is_one_step_and_a_new_deed_ends_redoing() {
        let mut history = History::default();
        history.note(snapshot("steps", ""), true);
        history.note(snapshot("steps", "a"), true);
        history.note(snapshot("steps", "b"), true);
        let queue = Queue::default();
        assert_eq!(
            history.undo(&queue, &set_up("c")).unwrap().set_up.prompt,
            ""
        );
        assert!(history.can_undo().is_none());
        history.note(snapshot("mask", ""), false);
        assert!(history.can_redo().is_none());
    }
}
