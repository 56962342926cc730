//! The corpus of a small model: procedural artworks, and any folders of pictures, all cut to one
//! side, each with a caption.
//!
//! The hands of numbers below [`RESERVED`] are the corpus's; experiments draw theirs from there on, so that
//! no picture on which a figure is reported was ever trained on.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{fs, io};

use image::RgbImage;
use rayon::prelude::*;

use super::corpus_hashes::CorpusHashes;
use super::error::TrainingError;
use palimpsest_art::{Family, draw};
use palimpsest_base::random::Random;
use palimpsest_method::artwork::{Artwork, PictureFolder, prepare};
use palimpsest_method::similarity::perceptual_hash::PerceptualHash;

/// The first hand that is never in a corpus.
pub const RESERVED: u64 = 1000;
/// The hands whose works are kept back to measure the loss on.
pub const VALIDATION: Range<u64> = 900..RESERVED;

/// The caption of pictures from a folder, unless a text file of the same name says something else.
const CAPTION: &str = "a picture";
/// The longest caption that is read, in bytes.
const MAX_CAPTION: u64 = 4096;

/// A choice of pictures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Hands of each family.
    pub artists: Range<u64>,
    /// Works of each hand.
    pub works: u64,
    pub folders: Vec<PathBuf>,
    /// In pixels.
    pub side: u32,
}

/// Pictures of one side with their captions.
pub struct Corpus {
    pub pictures: Vec<Captioned>,
    side: usize,
}

/// A picture and what it shows.
pub struct Captioned {
    pub picture: RgbImage,
    pub caption: String,
}

impl Corpus {
    /// Draws and reads all pictures.
    ///
    /// # Errors
    /// [`TrainingError`] naming the folder or picture that cannot be read.
    pub fn gather(plan: &Plan) -> Result<Self, TrainingError> {
        let works = plan.artists.clone().flat_map(|artist| {
            let of = move |work| Family::ALL.map(|family| (family, artist, work));
            (0..plan.works).flat_map(of)
        });
        let works: Vec<_> = works.collect();
        let drawn = works
            .into_par_iter()
            .map(|(family, artist, work)| Captioned {
                picture: draw(family, artist, work, plan.side),
                caption: caption(family),
            });
        let mut pictures: Vec<_> = drawn.collect();
        for folder in &plan.folders {
            let read = pictures_in(folder)?
                .into_par_iter()
                .map(|file| read(&file, plan.side));
            pictures.extend(read.collect::<Result<Vec<_>, _>>()?);
        }
        Ok(Self {
            pictures,
            side: plan.side as usize,
        })
    }

    /// The perceptual hashes of all pictures.
    pub fn hashes(&self) -> CorpusHashes {
        let hash = |captioned: &Captioned| PerceptualHash::of(&captioned.picture);
        CorpusHashes::new(self.pictures.par_iter().map(hash).collect())
    }

    /// Two different crops of `size` pixels a side could come from the same place; each is drawn anew:
    /// turned over, its colours exchanged, seen from further away, or mixed with another. `[size², 3]` in
    /// [−1, 1].
    pub fn crop(&self, size: usize, random: &mut Random) -> Vec<f32> {
        let mut crop = self.plain_crop(size, random);
        if random.chance(0.15) {
            let share = random.unit() as f32;
            let other = self.plain_crop(size, random);
            let pairs = crop.iter_mut().zip(other);
            pairs.for_each(|(a, b)| *a += share * (b - *a));
        }
        let mut order = [0, 1, 2];
        if random.chance(0.5) {
            random.shuffle(&mut order);
        }
        let pixels = crop.as_chunks::<3>().0;
        pixels.iter().flat_map(|p| order.map(|c| p[c])).collect()
    }

    fn plain_crop(&self, size: usize, random: &mut Random) -> Vec<f32> {
        let picture = &self.pictures[random.integer(0, self.pictures.len() - 1)].picture;
        let most = (self.side / size).min(3);
        let zoom = if random.chance(0.3) {
            random.integer(1, most)
        } else {
            1
        };
        let room = self.side - zoom * size;
        let (left, top) = (random.integer(0, room), random.integer(0, room));
        let (flip_x, flip_y) = (random.chance(0.5), random.chance(0.5));
        let at = |flip: bool, i: usize| if flip { size - 1 - i } else { i };
        let mut crop = Vec::with_capacity(3 * size * size);
        for y in 0..size {
            for x in 0..size {
                let corner = [left + zoom * at(flip_x, x), top + zoom * at(flip_y, y)];
                crop.extend(mean_colour(picture, corner, zoom));
            }
        }
        crop
    }
}

/// The mean colour of a square, in [−1, 1].
fn mean_colour(picture: &RgbImage, [left, top]: [usize; 2], side: usize) -> [f32; 3] {
    let mut sums = [0_u32; 3];
    for y in top..top + side {
        for x in left..left + side {
            let pixel = picture.get_pixel(x as u32, y as u32).0;
            sums.iter_mut()
                .zip(pixel)
                .for_each(|(sum, v)| *sum += u32::from(v));
        }
    }
    sums.map(|sum| sum as f32 / (side * side) as f32 / 127.5 - 1.0)
}

/// The caption of a family's pictures.
pub fn caption(family: Family) -> String {
    format!("a {} picture", family.name().replace('-', " "))
}

/// The pictures in a folder, sorted by name.
///
/// # Errors
/// [`TrainingError`] if the folder cannot be read or holds none.
pub fn pictures_in(folder: &Path) -> Result<Vec<PathBuf>, TrainingError> {
    let listed = PictureFolder::list(folder).map_err(|source| TrainingError::Folder {
        folder: folder.into(),
        source,
    })?;
    let files = listed.pictures;
    if files.is_empty() {
        return Err(TrainingError::NoPictures(folder.into()));
    }
    Ok(files)
}

fn read(file: &Path, side: u32) -> Result<Captioned, TrainingError> {
    let artwork = Artwork::open(file)?;
    Ok(Captioned {
        picture: prepare(artwork.pixels(), side)?,
        caption: caption_beside(file)?,
    })
}

/// The text of the file of the same name beside a picture; "a picture" where there is none, or it is empty.
///
/// # Errors
/// [`TrainingError::Caption`] if the file cannot be read as text, or is longer than a caption.
pub fn caption_beside(picture: &Path) -> Result<String, TrainingError> {
    let file = picture.with_extension("txt");
    if !file.is_file() {
        return Ok(CAPTION.into());
    }
    let unreadable = |source| TrainingError::Caption {
        file: file.clone(),
        source,
    };
    if fs::metadata(&file).map_err(unreadable)?.len() > MAX_CAPTION {
        return Err(unreadable(io::ErrorKind::FileTooLarge.into()));
    }
    let text = fs::read_to_string(&file).map_err(unreadable)?;
    Ok(match text.trim() {
        "" => CAPTION.into(),
        text => text.into(),
    })
}
