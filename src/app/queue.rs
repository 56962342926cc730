//! The artworks on the desk, in the order in which they are examined.

use std::io;
use std::path::{Path, PathBuf};

use eframe::egui;
use image::RgbImage;

use super::tasks::Task;
use crate::app::words::{self, say};
use palimpsest_method::artwork::{
    Artwork, Crop, Filter, PictureFolder, Reading, resize_short_side,
};
use palimpsest_record::case::Role;

/// Names an artwork on the desk for as long as the program runs.
pub type WorkId = u64;

/// The side of a thumbnail in pixels.
const THUMBNAIL: u32 = 96;

/// An artwork on the desk.
#[derive(Clone)]
pub struct Work {
    pub id: WorkId,
    pub path: PathBuf,
    /// The square of it that is examined.
    pub crop: Crop,
    /// Its role in the case.
    pub role: Role,
    /// Reason for which it cannot be examined.
    pub failed: Option<String>,
}

impl Work {
    /// The file's name.
    pub fn name(&self) -> String {
        name_of(&self.path)
    }
}

/// The name of the file at `path`, for people.
pub fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// The artworks and which of them is shown.
#[derive(Clone, Default)]
pub struct Queue {
    pub works: Vec<Work>,
    pub selected: Option<WorkId>,
    next: WorkId,
}

impl Queue {
    /// Adds a picture that is not there yet, and returns it.
    pub fn add(&mut self, path: PathBuf) -> WorkId {
        if let Some(known) = self.works.iter().find(|work| work.path == path) {
            return known.id;
        }
        self.next += 1;
        self.works.push(Work {
            id: self.next,
            path,
            crop: Crop::CENTRE,
            role: Role::default(),
            failed: None,
        });
        self.next
    }

    /// Adds a picture with a role, or gives the role to one that is there.
    pub fn add_as(&mut self, path: PathBuf, role: Role) -> WorkId {
        let id = self.add(path);
        self.set_role(id, role);
        id
    }

    pub fn set_role(&mut self, id: WorkId, role: Role) {
        if let Some(work) = self.get_mut(id) {
            work.role = role;
        }
    }

    /// Those that can be examined: the questioned ones first, then the controls, each role in the order
    /// of the queue.
    pub fn usable(&self) -> Vec<&Work> {
        let mut usable: Vec<_> = (self.works.iter())
            .filter(|work| work.failed.is_none())
            .collect();
        usable.sort_by_key(|work| work.role);
        usable
    }

    /// True if a work has this role.
    pub fn has(&self, role: Role) -> bool {
        self.works.iter().any(|work| work.role == role)
    }

    /// True if any work is there for comparison.
    pub fn has_controls(&self) -> bool {
        self.works.iter().any(|work| !work.role.is_questioned())
    }

    pub fn get(&self, id: WorkId) -> Option<&Work> {
        self.works.iter().find(|work| work.id == id)
    }

    pub fn get_mut(&mut self, id: WorkId) -> Option<&mut Work> {
        self.works.iter_mut().find(|work| work.id == id)
    }

    pub fn by_path(&self, path: &Path) -> Option<&Work> {
        self.works.iter().find(|work| work.path == path)
    }

    /// The one that is shown.
    pub fn shown(&self) -> Option<&Work> {
        self.get(self.selected?)
    }

    /// Removes an artwork; its neighbour is shown in its place.
    pub fn remove(&mut self, id: WorkId) {
        let Some(place) = self.place(id) else { return };
        self.works.remove(place);
        if self.selected == Some(id) {
            let next = self.works.get(place).or(self.works.last());
            self.selected = next.map(|work| work.id);
        }
    }

    /// Moves an artwork by some places, as far as there are any.
    pub fn shift(&mut self, id: WorkId, by: isize) {
        let Some(place) = self.place(id) else { return };
        let last = self.works.len() - 1;
        let to = place.saturating_add_signed(by).min(last);
        let work = self.works.remove(place);
        self.works.insert(to, work);
    }

    fn place(&self, id: WorkId) -> Option<usize> {
        self.works.iter().position(|work| work.id == id)
    }
}

/// The roles that a work on the desk can have.
pub const ROLES: [Role; 4] = [
    Role::Questioned,
    Role::Negative,
    Role::Positive,
    Role::Context,
];

/// True if a work of a case stands on the desk: what is examined once more for comparison does not.
pub fn has_row(role: Role, repeat: u32, reading: Option<Reading>) -> bool {
    ROLES.contains(&role) && repeat == 0 && reading.is_none()
}

/// A role in few words, for the row of a work.
pub fn word(role: Role) -> &'static str {
    match role {
        Role::Questioned => say!("questioned"),
        Role::Negative => say!("role-in-a-row-negative"),
        Role::Positive => say!("role-in-a-row-positive"),
        other => words::role(other),
    }
}

/// Reads a picture for the queue.
pub fn read_thumbnail(ctx: &egui::Context, path: PathBuf) -> Task<RgbImage> {
    Task::start(ctx, "reading a picture", move || {
        let artwork = Artwork::open(&path).map_err(|error| error.to_string())?;
        let pixels = artwork.pixels();
        let small = resize_short_side(pixels, THUMBNAIL, Filter::Bilinear);
        small.map_err(|error| error.to_string())
    })
}

/// The picture at `path`, or those in the folder there in the order of their names.
///
/// # Errors
/// If the folder cannot be listed.
pub fn pictures_at(path: &Path) -> io::Result<PictureFolder> {
    if !path.is_dir() {
        return Ok(PictureFolder {
            pictures: vec![path.to_owned()],
            unread: Vec::new(),
        });
    }
    PictureFolder::list(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue() -> Queue {
        let mut queue = Queue::default();
        for name in ["a.png", "b.png", "c.png"] {
            queue.add(name.into());
        }
        queue
    }

    fn names(queue: &Queue) -> Vec<String> {
        queue.works.iter().map(Work::name).collect()
    }

    #[test]
    fn a_picture_is_in_the_queue_once() {
        let mut queue = queue();
        let again = queue.add("b.png".into());
        assert_eq!(names(&queue), ["a.png", "b.png", "c.png"]);
        assert_eq!(queue.get(again).unwrap().name(), "b.png");
    }

    #[test]
    fn works_move_within_the_queue_and_not_out_of_it() {
        let mut queue = queue();
        let first = queue.works[0].id;
        queue.shift(first, 1);
        assert_eq!(names(&queue), ["b.png", "a.png", "c.png"]);
        queue.shift(first, 7);
        assert_eq!(names(&queue), ["b.png", "c.png", "a.png"]);
        queue.shift(first, -9);
        assert_eq!(names(&queue), ["a.png", "b.png", "c.png"]);
    }

    #[test]
    fn the_neighbour_of_a_removed_work_is_shown() {
        let mut queue = queue();
        let ids: Vec<_> = queue.works.iter().map(|work| work.id).collect();
        queue.selected = Some(ids[1]);
        queue.remove(ids[1]);
        assert_eq!(queue.selected, Some(ids[2]));
        queue.remove(ids[2]);
        assert_eq!(queue.selected, Some(ids[0]));
        queue.remove(ids[0]);
        assert_eq!(queue.selected, None);
    }

    #[test]
    fn what_is_examined_is_ordered_by_role_and_leaves_out_what_failed() {
        let mut queue = queue();
        let ids: Vec<_> = queue.works.iter().map(|work| work.id).collect();
        queue.set_role(ids[0], Role::Positive);
        queue.add_as("d.png".into(), Role::Negative);
        queue.get_mut(ids[1]).unwrap().failed = Some("damaged".into());
        let usable: Vec<_> = queue.usable().iter().map(|work| work.name()).collect();
        assert_eq!(usable, ["c.png", "d.png", "a.png"]);
        assert!(queue.has_controls() && !queue.has(Role::Context));
    }

    #[test]
    fn a_folder_stands_for_the_pictures_in_it() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.JPG", "a.png", "notes.txt"] {
            std::fs::write(folder.path().join(name), b"x").unwrap();
        }
        let mut found = pictures_at(folder.path()).unwrap().pictures;
        found.extend(pictures_at(Path::new("elsewhere/c.tif")).unwrap().pictures);
        let found: Vec<_> = found.iter().map(|path| name_of(path)).collect();
        assert_eq!(found, ["a.png", "b.JPG", "c.tif"]);
    }
}
