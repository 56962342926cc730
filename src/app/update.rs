//! Changes of the state by commands: the queue, the desk's settings, which screen is shown.

use std::path::{Path, PathBuf};

use super::command::Command;
use super::dropped_models;
use super::library::Wanted;
use super::queue::{Queue, WorkId, pictures_at};
use super::set_up::SetUp;
use super::state::{AddedControls, Grade, LibraryChoice, Overlay, Resumption, Screen, State};
use super::undo::DeskSnapshot;
use crate::app::words::say;
use palimpsest_method::artwork::Crop;
use palimpsest_record::case::Role;
use palimpsest_record::case::archive::is_called_archive;
use palimpsest_record::casework::checking::is_called_exhibit;
use palimpsest_record::sealed_siblings::USUAL_VARIANTS;

impl State {
    /// Carries out what concerns the state alone.
    pub(super) fn update(&mut self, command: Command) {
        match command {
            Command::Add(paths) => self.add(&paths),
            Command::Select(id) => self.select(id),
            Command::Remove(id) => {
                self.edit_queue(say!("remove-the-artwork"), |queue| queue.remove(id))
            }
            Command::RemoveSelected => {
                if let Some(id) = self.queue.selected {
                    self.edit_queue(say!("remove-the-artwork"), |queue| queue.remove(id));
                }
            }
            Command::Shift(id, by) => {
                self.edit_queue(say!("move-the-artwork"), |queue| queue.shift(id, by))
            }
            Command::ShiftSelected(by) => {
                if let Some(id) = self.queue.selected {
                    self.edit_queue(say!("move-the-artwork"), |queue| queue.shift(id, by));
                }
            }
            Command::SetRole(id, role) => self.set_role(id, role),
            Command::SetSelectedRole(role) => {
                if let Some(id) = self.queue.selected {
                    self.set_role(id, role);
                }
            }
            Command::Crop(id, crop) => self.crop(id, crop),
            Command::ClearQueue => self.edit_queue(say!("clear-the-queue"), |queue| {
                queue.works.clear();
                queue.selected = None;
            }),
            Command::SetUp(set_up, deed, continues) => self.change(*set_up, deed, continues),
            Command::UseModel(role, path) => self.use_model(role, path),
            Command::AddAdapter(path) => self.add_adapter(path),
            Command::UseEncoder(encoder, path) => self.use_encoder(encoder, path),
            Command::Library(wanted) => {
                self.library.begin();
                self.overlay = Overlay::Library(LibraryChoice::new(wanted));
            }
            Command::LookAtDisk => self.room.look_again(),
            Command::LookThroughLibrary => self.library.look_again(),
            Command::RemoveFromLibrary(folder) => self.library.remove(folder),
            Command::StopFindingNearest => self.nearest.stop(),
            Command::PauseOrResume => self.pause_or_resume(),
            Command::Stop => {
                if let Some(run) = &mut self.run {
                    run.stop();
                }
            }
            Command::StopAfterThis => {
                if let Some(run) = &mut self.run {
                    let end = !run.ends_after_this();
                    run.end_after_this(end);
                }
            }
            Command::ShowCaseFolder => {
                if let Some(finished) = self.shown_result() {
                    let folder = finished.case.clone();
                    self.reveal(&folder);
                }
            }
            Command::Reveal(path) => self.reveal(&path),
            Command::Show(screen) => self.show(screen),
            Command::ShowResult(index) => self.show_result(index),
            Command::ShowDecoded(decoded) => self.shows_decoded = decoded,
            Command::ShowAsMatrix(as_matrix) => {
                self.results.as_matrix = as_matrix;
                self.screen = Screen::Results;
            }
            Command::SortBy(column) => {
                let descending = self.results.sort != Some((column, true));
                self.results.sort = Some((column, descending));
            }
            Command::FilterResults(filter) => self.filter_results(*filter),
            Command::SelectResults(selection) => self.select_results(*selection),
            Command::Star(index, starred) => self.star(&[index], starred),
            Command::StarSelected => self.star_selected(),
            Command::ShowBeside(beside) => self.beside = beside,
            Command::CompareSelected => self.compare_selected(),
            Command::Undo => {
                let snapshot = self.history.undo(&self.queue, &self.preferences.set_up);
                self.go_to(snapshot);
            }
            Command::Redo => {
                let snapshot = self.history.redo(&self.queue, &self.preferences.set_up);
                self.go_to(snapshot);
            }
            Command::Palette => {
                self.overlay = Overlay::Palette {
                    query: String::new(),
                    chosen: 0,
                };
            }
            Command::SealVariants => {
                self.overlay = Overlay::Sealing {
                    variants: USUAL_VARIANTS,
                };
            }
            Command::AddControls => {
                if let Some(finished) = self.shown_result() {
                    self.overlay = Overlay::AddControls(AddedControls {
                        case: finished.case.clone(),
                        pictures: Vec::new(),
                        declared: self.preferences.set_up.known_unused.clone(),
                    });
                }
            }
            Command::Shortcuts => self.overlay = Overlay::Shortcuts,
            Command::About => self.overlay = Overlay::About,
            Command::CloseOverlay => self.overlay = Overlay::None,
            Command::DismissNotice(index) if index < self.notices.len() => {
                let notice = self.notices.remove(index);
                if let Some(Resumption::Run(record)) = notice.resume {
                    self.forget_run(&record);
                }
            }
            // The others are carried out by the window.
            _ => {}
        }
    }

    /// Puts pictures on the desk. What is a model or a case goes where it belongs.
    pub fn add(&mut self, paths: &[PathBuf]) {
        let pictures = self.sorted_out(paths);
        self.enqueue(say!("add-artworks"), pictures, |queue, path| {
            queue.add(path)
        });
    }

    /// Puts pictures on the desk as controls of a kind.
    pub fn add_controls(&mut self, paths: &[PathBuf], role: Role) {
        let pictures = self.sorted_out(paths);
        self.enqueue(say!("add-controls"), pictures, |queue, path| {
            queue.add_as(path, role)
        });
    }

    /// Takes works, or those of folders, as controls that a case is to be given.
    pub(super) fn take_added(&mut self, paths: &[PathBuf]) {
        let asked = match std::mem::take(&mut self.overlay) {
            Overlay::AddControls(asked) => Some(asked),
            // The question for the path took its place.
            other => {
                self.overlay = other;
                self.adding.take()
            }
        };
        let Some(mut asked) = asked else { return };
        for path in paths {
            match pictures_at(path) {
                Ok(found) => {
                    let new = found.pictures.into_iter();
                    let new: Vec<_> = new.filter(|it| !asked.pictures.contains(it)).collect();
                    asked.pictures.extend(new);
                }
                Err(error) => self.say(
                    Grade::Error,
                    say!("cannot-be-listed", "file" => path.display(), "error" => error),
                ),
            }
        }
        self.overlay = Overlay::AddControls(asked);
    }

    /// The pictures among paths; models and cases go where they belong.
    fn sorted_out(&mut self, paths: &[PathBuf]) -> Vec<PathBuf> {
        let mut pictures = Vec::new();
        for path in paths {
            let is_case = palimpsest_record::case::is_case(path);
            if is_case || is_called_archive(path) || is_called_exhibit(path) {
                self.open_case(path);
            } else if dropped_models::is_model(path) {
                self.take_model(path);
            } else if let Some(encoder) = dropped_models::encoder_at(path) {
                self.close_library();
                self.library.add(path.clone());
                self.use_encoder(encoder, path.clone());
            } else {
                match pictures_at(path) {
                    Ok(found) if found.pictures.is_empty() => self.say(
                        Grade::Error,
                        say!("there-is-no-picture-in-choose", "folder" => path.display()),
                    ),
                    Ok(found) => {
                        if let Some(sentence) = found.sentence(path) {
                            self.say(Grade::Warning, sentence);
                        }
                        pictures.extend(found.pictures);
                    }
                    Err(error) => self.say(
                        Grade::Error,
                        say!("cannot-be-opened", "file" => path.display(), "error" => error),
                    ),
                }
            }
        }
        pictures
    }

    fn enqueue(
        &mut self,
        deed: &'static str,
        pictures: Vec<PathBuf>,
        add: impl Fn(&mut Queue, PathBuf) -> WorkId,
    ) {
        if pictures.is_empty() {
            return;
        }
        self.edit_queue(deed, |queue| {
            let ids: Vec<_> = pictures.into_iter().map(|path| add(queue, path)).collect();
            queue.selected = ids.first().copied().or(queue.selected);
        });
        if self.run.is_none() {
            self.screen = Screen::Prepare;
        }
    }

    fn select(&mut self, id: WorkId) {
        self.queue.selected = Some(id);
        let Some(work) = self.queue.get(id) else {
            return;
        };
        let path = work.path.clone();
        let running = self.run.as_ref().is_some_and(|run| run.is_on(&path));
        let newest = self.results_of(&path).last().map(|(index, _)| index);
        match (running, newest, self.screen) {
            (true, ..) => self.screen = Screen::Recover,
            (_, Some(index), Screen::Compare | Screen::Recover) => self.show_result(index),
            // The case of the work, if it is another one.
            (_, Some(index), Screen::Case) => self.chosen = Some(index),
            (_, None, Screen::Compare | Screen::Recover) => self.screen = Screen::Prepare,
            _ => {}
        }
    }

    /// Moves the square of an artwork that is examined; one drag is one step to be undone.
    fn crop(&mut self, id: WorkId, crop: Crop) {
        self.history
            .note(self.snapshot(say!("move-the-crop")), true);
        if let Some(work) = self.queue.get_mut(id) {
            work.crop = crop;
        }
    }

    fn set_role(&mut self, id: WorkId, role: Role) {
        if self.queue.get(id).is_some_and(|work| work.role != role) {
            self.edit_queue(say!("set-the-role"), |queue| queue.set_role(id, role));
        }
    }

    fn edit_queue(&mut self, deed: &'static str, edit: impl FnOnce(&mut Queue)) {
        self.history.note(self.snapshot(deed), false);
        edit(&mut self.queue);
    }

    /// Sets the desk.
    pub fn change(&mut self, set_up: SetUp, deed: &'static str, continues: bool) {
        if set_up == self.preferences.set_up {
            return;
        }
        self.history.note(self.snapshot(deed), continues);
        self.preferences.set_up = set_up;
        self.keep();
    }

    /// Closes the model library, if it is open; returns what was to be chosen from it.
    pub fn close_library(&mut self) -> Option<Wanted> {
        let Overlay::Library(choice) = &self.overlay else {
            return None;
        };
        let wanted = choice.wanted;
        self.overlay = Overlay::None;
        Some(wanted)
    }

    fn snapshot(&self, deed: &'static str) -> DeskSnapshot {
        DeskSnapshot {
            deed,
            queue: self.queue.clone(),
            set_up: self.preferences.set_up.clone(),
        }
    }

    fn go_to(&mut self, snapshot: Option<DeskSnapshot>) {
        if let Some(snapshot) = snapshot {
            self.queue = snapshot.queue;
            self.preferences.set_up = snapshot.set_up;
            self.keep();
        }
    }

    fn pause_or_resume(&mut self) {
        if let Some(run) = &mut self.run {
            match run.paused {
                true => run.resume(),
                false => run.pause(),
            }
        }
    }

    fn show(&mut self, screen: Screen) {
        if matches!(screen, Screen::Compare | Screen::Case) && self.chosen.is_none() {
            self.chosen = self.finished.len().checked_sub(1);
        }
        if screen == Screen::Recover {
            let running = self.run.as_ref().and_then(|run| run.artwork());
            let work = running.and_then(|path| self.queue.by_path(path));
            self.row_to_show = work.map(|work| work.id);
            self.queue.selected = self.row_to_show.or(self.queue.selected);
        }
        self.screen = screen;
    }

    pub(super) fn show_result(&mut self, index: usize) {
        let Some(finished) = self.finished.get(index) else {
            return;
        };
        self.queue.selected = self.queue.by_path(&finished.path).map(|work| work.id);
        self.chosen = Some(index);
        self.beside = None;
        self.screen = Screen::Compare;
    }

    fn reveal(&mut self, path: &Path) {
        if let Err(error) = palimpsest_base::system::reveal(path) {
            let text = say!(
                "no-program-could-be-started",
                "error" => error,
                "folder" => path.display(),
            );
            self.say(Grade::Note, text);
        }
    }

    /// Says how an export ended.
    pub(super) fn told(&mut self, exported: Result<String, String>) {
        match exported {
            Ok(text) => self.say(Grade::Note, text),
            Err(text) => self.say(Grade::Error, text),
        }
    }
}
