//! Pictures as the window needs them, read off the frame when they are first shown: thumbnails, the artwork
//! as it will be examined, the three pictures of a result.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{self, ColorImage, TextureHandle, TextureOptions};
use image::RgbImage;

use super::gpu::{MaskGrid, PictureHandle};
use super::queue::{name_of, read_thumbnail};
use super::state::Finished;
use super::tasks::Task;
use crate::app::words::{self, say};
use palimpsest_diffusion::files::Weights;
use palimpsest_method::artwork::{Artwork, Filter, resize_to_cover};
use palimpsest_method::examination::Frame;
use palimpsest_method::mask::Mask;

/// The most small pictures that are kept, about 48 kB each, and the most that are read at a time.
const MAX_SMALL: usize = 512;
const MAX_READING: usize = 4;
/// The results whose pictures are kept: two are compared at most.
const RESULTS: usize = 2;

/// Something that is read when it is first asked for.
pub enum Loading<T: Send + 'static> {
    Under(Task<T>),
    Done(Result<T, String>),
}

impl<T: Send + 'static> Loading<T> {
    pub fn follow(self) -> Self {
        match self {
            Self::Under(task) => match task.take() {
                Ok(done) => Self::Done(done),
                Err(task) => Self::Under(task),
            },
            done => done,
        }
    }

    pub fn get(&self) -> Option<Result<&T, &str>> {
        match self {
            Self::Under(_) => None,
            Self::Done(done) => Some(done.as_ref().map_err(String::as_str)),
        }
    }
}

/// An artwork as it will be examined.
pub struct PreparedArtwork {
    /// The whole picture, as large as covers what the models see of it.
    pub whole: Arc<RgbImage>,
    /// Width and height of that.
    pub extent: [u32; 2],
    /// Width and height of the file's picture in pixels.
    pub size: [u32; 2],
    pub format: &'static str,
    pub warnings: Vec<String>,
}

/// How models see artworks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    pub frame: Frame,
    /// Side of the square in pixels.
    pub resolution: usize,
    /// Side of a latent cell in pixels.
    pub cell: usize,
}

/// The pictures of a result.
#[derive(Clone)]
pub struct ResultPictures {
    pub original: PictureHandle,
    pub partial: PictureHandle,
    pub recovered: PictureHandle,
    /// The cells that the mask removed, or why they are not known.
    pub mask: Result<MaskGrid, String>,
}

/// A small picture. Its pixels are on the device only.
enum Small {
    Reading(Task<RgbImage>),
    Read(Result<TextureHandle, String>),
}

impl Small {
    fn follow(self, ctx: &egui::Context, path: &Path) -> Self {
        let task = match self {
            Self::Reading(task) => task,
            read => return read,
        };
        match task.take() {
            Err(task) => Self::Reading(task),
            Ok(read) => Self::Read(read.map(|picture| {
                let name = format!("thumbnail {}", path.display());
                ctx.load_texture(name, colours(&picture), TextureOptions::LINEAR)
            })),
        }
    }

    fn get(&self) -> Option<Result<TextureHandle, String>> {
        match self {
            Self::Reading(_) => None,
            Self::Read(read) => Some(read.clone()),
        }
    }
}

/// A result, by its case and its picture, with its pictures.
type ReadResult = ((PathBuf, PathBuf), Loading<ResultPictures>);

/// A small picture with the frame that last showed it.
struct KeptSmall {
    small: Small,
    used: u64,
}

/// The pictures that have been asked for.
#[derive(Default)]
pub struct ImageCache {
    /// Small pictures by their files: of artworks, and of what was recovered.
    small: BTreeMap<PathBuf, KeptSmall>,
    prepared: Option<((PathBuf, Seen), Loading<PreparedArtwork>)>,
    /// That which was asked for last at the end.
    results: Vec<ReadResult>,
}

impl ImageCache {
    /// The small picture of an artwork; none while it is read, or why it cannot be.
    pub fn thumbnail(
        &mut self,
        ctx: &egui::Context,
        path: &Path,
    ) -> Option<Result<TextureHandle, String>> {
        let frame = ctx.cumulative_frame_nr();
        let known = self.small.remove(path);
        let small = match known {
            Some(known) => known.small,
            // Whoever scrolls fast has only those read at which it comes to rest; the end of one wakes the window.
            None if self.under_way() >= MAX_READING => return None,
            None => {
                self.make_room(frame);
                Small::Reading(read_thumbnail(ctx, path.to_owned()))
            }
        };
        let small = small.follow(ctx, path);
        let texture = small.get();
        self.small
            .insert(path.to_owned(), KeptSmall { small, used: frame });
        texture
    }

    fn under_way(&self) -> usize {
        let reading = |kept: &&KeptSmall| match &kept.small {
            Small::Reading(task) => task.ready().is_none(),
            Small::Read(_) => false,
        };
        self.small.values().filter(reading).count()
    }

    /// Lets those go that were not shown for longest, never one of this frame or the one before.
    fn make_room(&mut self, frame: u64) {
        while self.small.len() >= MAX_SMALL {
            let old = self.small.iter().min_by_key(|(_, kept)| kept.used);
            let old = old.filter(|(_, kept)| kept.used + 1 < frame);
            let Some(path) = old.map(|(path, _)| path.clone()) else {
                return;
            };
            self.small.remove(&path);
        }
    }

    /// The artwork at `path` as models see it.
    pub fn prepared(
        &mut self,
        ctx: &egui::Context,
        path: &Path,
        seen: Seen,
    ) -> Option<Result<&PreparedArtwork, &str>> {
        let key = (path.to_owned(), seen);
        let known = self.prepared.take().filter(|(known, _)| *known == key);
        let loading = match known {
            Some((_, loading)) => loading.follow(),
            None => {
                let path = key.0.clone();
                Loading::Under(Task::start(ctx, "preparing a picture", move || {
                    read_prepared(&path, seen)
                }))
            }
        };
        self.prepared.insert((key, loading)).1.get()
    }

    /// The pictures of a result.
    pub fn result(
        &mut self,
        ctx: &egui::Context,
        finished: &Finished,
    ) -> Option<Result<&ResultPictures, &str>> {
        let key = (finished.case.clone(), finished.path.clone());
        let known = self.results.iter().position(|(known, _)| *known == key);
        let loading = match known.map(|place| self.results.remove(place)) {
            Some((_, loading)) => loading.follow(),
            None => {
                let files = &finished.findings.files;
                let [original, partial, recovered] =
                    [&files.original, &files.partial, &files.recovered]
                        .map(|file| finished.case.join(file));
                let tensors = finished.case.join(&files.tensors);
                let mask = finished.mask;
                Loading::Under(Task::start(ctx, "reading pictures", move || {
                    Ok(ResultPictures {
                        original: read(&original)?,
                        partial: read(&partial)?,
                        recovered: read(&recovered)?,
                        mask: removed_cells(mask, &tensors),
                    })
                }))
            }
        };
        if self.results.len() >= RESULTS {
            self.results.remove(0);
        }
        self.results.push((key, loading));
        self.results.last()?.1.get()
    }
}

/// A picture as the toolkit has it.
pub fn colours(picture: &RgbImage) -> ColorImage {
    let size = [picture.width() as usize, picture.height() as usize];
    ColorImage::from_rgb(size, picture.as_raw())
}

fn read(path: &Path) -> Result<PictureHandle, String> {
    let artwork = Artwork::open(path).map_err(|error| error.to_string())?;
    Ok(PictureHandle::new(artwork.pixels().clone()))
}

/// The cells that a mask removed, on the grid of the latents in the file `tensors`.
fn removed_cells(mask: Mask, path: &Path) -> Result<MaskGrid, String> {
    let tensors = Weights::open(&[path.to_owned()]).map_err(|error| error.to_string())?;
    let unfit = || say!("holds-no-mask-as-a-grid", "file" => path.display());
    let Some(&[height, width]) = tensors.shape("mask") else {
        return Err(unfit());
    };
    let grid = mask
        .grid(height, width)
        .map_err(|error| error.to_string())?;
    let removed = grid.iter().map(|&kept| kept < 0.5).collect();
    MaskGrid::new(removed, width).ok_or_else(unfit)
}

fn read_prepared(path: &Path, seen: Seen) -> Result<PreparedArtwork, String> {
    let artwork = Artwork::open(path).map_err(|error| error.to_string())?;
    let unfit = |error: palimpsest_method::artwork::ResampleError| {
        say!(
            "cannot-be-prepared",
            "file" => name_of(path),
            "error" => words::recorded(&error.to_string()),
        )
    };
    let pixels = artwork.pixels();
    let size = [artwork.width(), artwork.height()];
    let extent = seen.frame.extent(size, seen.resolution, seen.cell);
    let whole = resize_to_cover(pixels, extent, Filter::Bilinear).map_err(unfit)?;
    Ok(PreparedArtwork {
        extent,
        whole: Arc::new(whole),
        size: [artwork.width(), artwork.height()],
        format: artwork.format(),
        warnings: artwork.warnings().to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_pictures_go_that_were_not_shown_for_longest() {
        let mut cache = ImageCache::default();
        let path = |number: usize| PathBuf::from(format!("{number}.png"));
        for number in 0..MAX_SMALL {
            let small = Small::Read(Err("no picture".into()));
            let used = number as u64;
            cache.small.insert(path(number), KeptSmall { small, used });
        }
        cache.make_room(MAX_SMALL as u64);
        assert_eq!(cache.small.len(), MAX_SMALL - 1);
        assert!(!cache.small.contains_key(&path(0)));
        assert!(cache.small.contains_key(&path(1)));
        // What is seen stays, however much it is.
        for kept in cache.small.values_mut() {
            kept.used = 2000;
        }
        let used = 2000;
        let small = Small::Read(Err("no picture".into()));
        cache.small.insert(path(0), KeptSmall { small, used });
        cache.make_room(2001);
        assert_eq!(cache.small.len(), MAX_SMALL);
    }
}
