//! The works that tables are made of: the layouts in which WikiArt and DreamBooth are published, split by a seed, and
//! works that the program draws itself.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

use image::ImageFormat;
use serde::{Deserialize, Serialize};

use super::error::PaperError;
use crate::evaluation::SetRole;
use crate::pretraining::SIDE;
use crate::training::corpus::pictures_in;
use crate::training::purpose;
use palimpsest_art::{Family, draw, draw_object};
use palimpsest_base::atomic;
use palimpsest_base::digest::Digest;
use palimpsest_base::random::Random;

/// The first hand and the first object that are drawn: no corpus has them.
const FIRST_HAND: u64 = 4000;
/// The class that a subject's folder name does not say.
const SUBJECT: &str = "toy";
/// Names of the files that say of which class a subject is and how it is called.
const CLASSES: &str = "prompts_and_classes.txt";
/// The longest such file, in bytes.
const MAX_CLASSES: u64 = 1 << 20;

/// The two kinds of material.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Works of one hand: WikiArt's artists.
    Style,
    /// Pictures of one thing: DreamBooth's subjects.
    Object,
}

/// A picture file that the plan was made with.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Input {
    /// Within the plan's folder, or absolute.
    pub path: PathBuf,
    pub sha256: Digest,
}

/// Works of one hand or of one thing, members and hold-outs.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Class {
    pub name: String,
    pub kind: Kind,
    /// The prompt of the fine-tuning.
    pub prompt: String,
    /// The prompt of pictures that the model shall not unlearn.
    pub class_prompt: String,
    pub members: Vec<Input>,
    pub hold_outs: Vec<Input>,
    /// Hold-outs that are nearly the same picture as a member, where CLIP was given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Resembling>,
}

/// A hold-out that is not counted.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Resembling {
    pub work: Input,
    /// The member's file.
    pub of: PathBuf,
    /// The cosine of their embeddings.
    pub likeness: f64,
}

impl Class {
    /// All works, members first.
    pub fn works(&self) -> impl Iterator<Item = (SetRole, &Input)> {
        let members = self.members.iter().map(|work| (SetRole::Member, work));
        members.chain(self.hold_outs.iter().map(|work| (SetRole::HoldOut, work)))
    }
}

/// How much is drawn, or taken of what is there.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Amount {
    pub hands: usize,
    /// Members of a hand; as many hold-outs.
    pub works: usize,
    pub objects: usize,
    pub seed: u64,
}

/// The hands that are drawn, `hands` of them with `members` members each and `works` hold-outs, as far as the pictures
/// are not there.
///
/// # Errors
/// [`PaperError`] if a picture cannot be written.
pub fn drawn_hands(
    folder: &Path,
    amount: Amount,
    members: usize,
) -> Result<Vec<Class>, PaperError> {
    let families = Family::ALL.iter().cycle().zip(0_u64..);
    let hands = families.take(amount.hands).map(|(family, number)| {
        let hand = FIRST_HAND + number / Family::ALL.len() as u64;
        let name = format!("{family}-{hand}");
        let work = |number: usize| draw(*family, hand, number as u64, SIDE);
        // The hold-outs come first, so that more members leave them as they are.
        let hold_outs = laid(folder, &name, 0..amount.works, work)?;
        let members = laid(folder, &name, amount.works..amount.works + members, work)?;
        Ok(Class {
            name,
            kind: Kind::Style,
            prompt: "sks style".into(),
            class_prompt: "art style".into(),
            members,
            hold_outs,
            left_out: Vec::new(),
        })
    });
    hands.collect()
}

/// The objects that are drawn, each seen from eight to twelve sides: four to six views are members, as many hold-outs,
/// and no more than a hand has.
///
/// # Errors
/// As [`drawn_hands`].
pub fn drawn_objects(folder: &Path, amount: Amount) -> Result<Vec<Class>, PaperError> {
    let objects = (0..amount.objects).map(|number| {
        let object = FIRST_HAND + number as u64;
        let name = format!("object-{object}");
        let each = (4 + number % 3).min(amount.works);
        let view = |view: usize| draw_object(object, view as u64, SIDE);
        Ok(Class {
            prompt: format!("sks {SUBJECT}"),
            class_prompt: SUBJECT.into(),
            kind: Kind::Object,
            members: laid(folder, &name, 0..each, view)?,
            hold_outs: laid(folder, &name, each..2 * each, view)?,
            left_out: Vec::new(),
            name,
        })
    });
    objects.collect()
}

fn laid(
    folder: &Path,
    name: &str,
    numbers: std::ops::Range<usize>,
    picture: impl Fn(usize) -> image::RgbImage,
) -> Result<Vec<Input>, PaperError> {
    let inputs = numbers.map(|number| {
        let path = Path::new(super::plan::WORKS)
            .join(name)
            .join(format!("{number:05}.png"));
        let file = folder.join(&path);
        let mut bytes = Cursor::new(Vec::new());
        let unwritable = |source| PaperError::Write {
            file: file.clone(),
            source,
        };
        let written = picture(number).write_to(&mut bytes, ImageFormat::Png);
        written.map_err(io::Error::other).map_err(unwritable)?;
        let bytes = bytes.into_inner();
        let sha256 = Digest::of(&bytes);
        let is_there = Digest::of_file(&file).is_ok_and(|(there, _)| there == sha256);
        if !is_there {
            let parent = file.parent().map_or(Ok(()), fs::create_dir_all);
            let written = parent.and_then(|()| atomic::replace(&file, &bytes));
            written.map_err(unwritable)?;
        }
        Ok(Input { path, sha256 })
    });
    inputs.collect()
}

/// The artists of a folder as WikiArt is published: a folder an artist. Of each as many works as asked for are drawn by
/// the seed; artists with fewer are named in the error.
///
/// # Errors
/// [`PaperError::Layout`].
pub fn artists(folder: &Path, amount: Amount, members: usize) -> Result<Vec<Class>, PaperError> {
    let mut classes = Vec::new();
    for place in folders(folder)? {
        if classes.len() == amount.hands {
            break;
        }
        let files = pictures_in(&place)?;
        if files.len() < members + amount.works {
            continue;
        }
        let (members, hold_outs) = split(files, (members, amount.works), amount.seed)?;
        classes.push(Class {
            name: slug(&place),
            kind: Kind::Style,
            prompt: "sks style".into(),
            class_prompt: "art style".into(),
            members,
            hold_outs,
            left_out: Vec::new(),
        });
    }
    if classes.len() < amount.hands {
        return Err(PaperError::Layout {
            folder: folder.into(),
            why: format!(
                "has {} folders of artists with at least {} pictures, and {} are needed: ask for fewer hands or works",
                classes.len(),
                members + amount.works,
                amount.hands
            ),
        });
    }
    Ok(classes)
}

/// The subjects of a folder as DreamBooth is published: `dataset/SUBJECT/*.jpg` and `prompts_and_classes.txt` with a line
/// `subject,class` each. Half of a subject's pictures are members, drawn by the seed.
///
/// # Errors
/// [`PaperError::Layout`].
pub fn subjects(folder: &Path, amount: Amount) -> Result<Vec<Class>, PaperError> {
    let nested = folder.join("dataset");
    let root = if nested.is_dir() {
        nested
    } else {
        folder.into()
    };
    let known = [folder, root.as_path()]
        .into_iter()
        .map(|place| place.join(CLASSES))
        .find(|file| file.is_file());
    let names = known
        .as_deref()
        .map_or_else(|| Ok(BTreeMap::new()), class_names)?;
    let mut classes = Vec::new();
    for place in folders(&root)? {
        if classes.len() == amount.objects {
            break;
        }
        let files = pictures_in(&place)?;
        let each = files.len() / 2;
        if each < 2 {
            continue;
        }
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        // "dog6" and "backpack_dog" say what they are as well as people do.
        let word = name
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .replace('_', " ");
        let class = names.get(name.as_ref()).cloned().unwrap_or(word);
        let (members, hold_outs) = split(files, (each, each), amount.seed)?;
        classes.push(Class {
            name: slug(&place),
            kind: Kind::Object,
            prompt: format!("sks {class}"),
            class_prompt: class,
            members,
            hold_outs,
            left_out: Vec::new(),
        });
    }
    if classes.is_empty() {
        return Err(PaperError::Layout {
            folder: root,
            why: "has no folder of a subject with four pictures or more: give the folder that holds dataset/".into(),
        });
    }
    Ok(classes)
}

/// The lines `subject,class` of DreamBooth's own file.
fn class_names(file: &Path) -> Result<BTreeMap<String, String>, PaperError> {
    let bytes = palimpsest_base::bounded_read::read_at_most(file, MAX_CLASSES);
    let bytes = bytes.map_err(|error| PaperError::Layout {
        folder: file.into(),
        why: format!("cannot be read ({error}): remove it, or restore it as it is published"),
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let pairs = text.lines().filter_map(|line| line.split_once(','));
    let named = pairs.map(|(name, class)| (name.trim().to_owned(), class.trim().to_owned()));
    Ok(named.filter(|(_, class)| !class.is_empty()).collect())
}

fn split(
    mut files: Vec<PathBuf>,
    (members, hold_outs): (usize, usize),
    seed: u64,
) -> Result<(Vec<Input>, Vec<Input>), PaperError> {
    Random::for_training(seed, purpose::SPLIT, 0).shuffle(&mut files);
    // The hold-outs come first, so that more members leave them as they are.
    let inputs = |files: &[PathBuf]| -> Result<Vec<Input>, PaperError> {
        files.iter().map(|file| input(file)).collect()
    };
    let (first, rest) = files.split_at(hold_outs.min(files.len()));
    let members = inputs(&rest[..members.min(rest.len())])?;
    Ok((members, inputs(first)?))
}

fn input(file: &Path) -> Result<Input, PaperError> {
    let unreadable = |source| PaperError::Read {
        file: file.into(),
        source,
    };
    let (sha256, _) = Digest::of_file(file).map_err(unreadable)?;
    let path = file.canonicalize().map_err(unreadable)?;
    Ok(Input { path, sha256 })
}

/// The folders in a folder, by their names.
fn folders(folder: &Path) -> Result<Vec<PathBuf>, PaperError> {
    let unreadable = |source| PaperError::Read {
        file: folder.into(),
        source,
    };
    let mut places = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            places.push(path);
        }
    }
    places.sort();
    Ok(places)
}

/// A folder's name in small letters, digits and `-`.
fn slug(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let plain = |c: char| match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() => c,
        _ => '-',
    };
    name.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AMOUNT: Amount = Amount {
        hands: 1,
        works: 2,
        objects: 2,
        seed: 3,
    };

    fn fill(folder: &Path, pictures: u64) {
        fs::create_dir_all(folder).unwrap();
        for work in 0..pictures {
            let file = folder.join(format!("{work}.png"));
            draw(Family::Rings, 0, work, 8).save(file).unwrap();
        }
    }

    #[test]
    fn artists_with_too_few_pictures_are_passed_over_and_splits_are_the_seeds() {
        let root = tempfile::tempdir().unwrap();
        fill(&root.path().join("Aertsen"), 3);
        fill(&root.path().join("Vincent_van_Gogh"), 8);
        let of = |seed, members| {
            let amount = Amount { seed, ..AMOUNT };
            artists(root.path(), amount, members).unwrap().remove(0)
        };
        let class = of(3, 3);
        assert_eq!(class.name, "vincent-van-gogh");
        assert_eq!((class.members.len(), class.hold_outs.len()), (3, 2));
        assert!(
            class
                .members
                .iter()
                .all(|work| !class.hold_outs.contains(work))
        );
        assert_eq!(of(3, 3), class);
        assert_ne!(of(4, 3).hold_outs, class.hold_outs);
        // More members are more, and leave the hold-outs.
        let more = of(3, 6);
        assert_eq!(more.hold_outs, class.hold_outs);
        assert_eq!(more.members[..3], class.members);
        let refused = artists(root.path(), Amount { hands: 2, ..AMOUNT }, 3);
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("has 1 folders"), "{refused}");
    }

    #[test]
    fn subjects_have_the_classes_of_the_data_sets_own_file_or_of_their_names() {
        let root = tempfile::tempdir().unwrap();
        fill(&root.path().join("dataset/backpack_dog"), 5);
        fill(&root.path().join("dataset/dog6"), 4);
        let prompts = || -> Vec<String> {
            let classes = subjects(root.path(), AMOUNT).unwrap();
            classes.into_iter().map(|class| class.prompt).collect()
        };
        assert_eq!(prompts(), ["sks backpack dog", "sks dog"]);
        let file = root.path().join(CLASSES);
        fs::write(
            file,
            "Classes\n\nsubject_name,class\nbackpack_dog,backpack\n",
        )
        .unwrap();
        assert_eq!(prompts(), ["sks backpack", "sks dog"]);
    }

    #[test]
    fn drawn_works_are_laid_out_once_and_are_the_same() {
        let root = tempfile::tempdir().unwrap();
        let first = drawn_objects(root.path(), AMOUNT).unwrap();
        let file = root.path().join(&first[0].members[0].path);
        let written = fs::metadata(&file).unwrap().modified().unwrap();
        assert_eq!(drawn_objects(root.path(), AMOUNT).unwrap(), first);
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), written);
        assert_eq!((first.len(), first[1].members.len()), (2, 2));
    }
}
