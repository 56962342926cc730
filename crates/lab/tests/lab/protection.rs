//! Precautions on pictures: what each must move moves, within the budget to the level, and to the same bytes whatever
//! came between.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use palimpsest_art::{Family, draw};
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_lab::protection::{Precaution, ProtectionError, RECORD, Recipe, Record, protect};
use palimpsest_lab::training::trainer::Ending;
use palimpsest_method::inversion::Control;
use palimpsest_method::models;
use tempfile::{TempDir, tempdir};

/// Pictures of a hand that is in no corpus.
fn works(count: u64) -> (TempDir, Vec<PathBuf>) {
    let folder = tempdir().unwrap();
    let files = (0..count).map(|number| {
        let file = folder.path().join(format!("work-{number}.png"));
        draw(Family::Portrait, 1500, number, 128)
            .save(&file)
            .unwrap();
        file
    });
    let files = files.collect();
    (folder, files)
}

fn recipe(precaution: Precaution) -> Recipe {
    Recipe {
        steps: 8,
        ..Recipe::new(models::resolve(Path::new("demo")).unwrap(), precaution)
    }
}

/// Runs until `stop` steps were made; the number of steps that were.
fn run(
    recipe: &Recipe,
    files: &[PathBuf],
    out: &Path,
    threads: usize,
    stop: usize,
) -> Result<(Ending, usize), ProtectionError> {
    let cpu = Arc::new(Cpu::new(threads, Memory::Full).unwrap());
    let control = Control::new();
    let cancel = control.clone();
    let mut steps = 0;
    let ending = protect(recipe, files, out, &cpu, &control, &mut |_| {
        steps += 1;
        if steps == stop {
            cancel.cancel();
        }
    });
    ending.map(|ending| (ending, steps))
}

fn record(out: &Path) -> Record {
    serde_json::from_slice(&fs::read(out.join(RECORD)).unwrap()).unwrap()
}

/// All files of a folder with their bytes, by their names.
fn contents(out: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<PathBuf> = fs::read_dir(out)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let named = files.into_iter().map(|file| {
        let bytes = fs::read(&file).unwrap();
        (file.file_name().unwrap().into(), bytes)
    });
    named.collect()
}

const ALWAYS: usize = usize::MAX;

#[test]
fn every_precaution_moves_what_it_must_within_its_budget_and_to_the_same_bytes() {
    let (_folder, files) = works(1);
    let places = tempdir().unwrap();
    for precaution in Precaution::ALL {
        let out = places.path().join(precaution.name());
        let recipe = Recipe {
            budget: 5,
            ..recipe(precaution)
        };
        let ended = run(&recipe, &files, &out, 2, ALWAYS).unwrap();
        assert_eq!(ended, (Ending::Finished, 8));
        let made = record(&out);
        assert_eq!(made.settings.method, precaution);
        assert_eq!((made.settings.budget, made.settings.resolution), (5, 128));
        assert_eq!(made.pictures.len(), 1);
        for (picture, input) in made.pictures.iter().zip(&files) {
            let output = out.join(&picture.output);
            let hash = |file: &Path| Digest::of_file(file).unwrap().0;
            assert_eq!(picture.input_sha256, hash(input));
            assert_eq!(picture.output_sha256, hash(&output));
            let [before, after] =
                [input, &output].map(|file| image::open(file).unwrap().to_rgb8().into_raw());
            let pairs = before.iter().zip(&after);
            let largest = pairs.map(|(a, b)| a.abs_diff(*b)).max().unwrap();
            assert_eq!(picture.largest_change, largest);
            assert!((3..=5).contains(&largest), "{precaution:?}: {largest}");
            let (before, after) = (picture.before, picture.after);
            match precaution {
                Precaution::AdvDm | Precaution::Aspl => {
                    let ratio = after.denoising / before.denoising;
                    assert!(ratio > 1.05, "{precaution:?}: {ratio}");
                    assert_eq!(after.target_distance, None);
                }
                Precaution::Mist => {
                    let ratio = after.target_distance.unwrap() / before.target_distance.unwrap();
                    assert!(ratio < 0.99, "{ratio}");
                }
            }
        }
        // A finished folder is left alone, and another makes the same.
        assert_eq!(run(&recipe, &files, &out, 2, ALWAYS).unwrap().1, 0);
        let again = places.path().join("again");
        run(&recipe, &files, &again, 1, ALWAYS).unwrap();
        assert!(contents(&again) == contents(&out), "{precaution:?}");
        fs::remove_dir_all(&again).unwrap();
        let other = Recipe { seed: 1, ..recipe };
        run(&other, &files, &again, 2, ALWAYS).unwrap();
        assert_ne!(record(&again).pictures, made.pictures);
        fs::remove_dir_all(&again).unwrap();
    }
}

#[test]
fn an_interrupted_run_goes_on_to_the_same_bytes_and_makes_no_picture_twice() {
    let (_folder, files) = works(2);
    let places = tempdir().unwrap();
    for (precaution, left) in [(Precaution::AdvDm, 8), (Precaution::Aspl, 4)] {
        let (whole, parts) = (places.path().join("whole"), places.path().join("parts"));
        let recipe = recipe(precaution);
        run(&recipe, &files, &whole, 2, ALWAYS).unwrap();
        // In the second picture; in the second round.
        let stopped = run(&recipe, &files, &parts, 2, 14).unwrap();
        assert_eq!(stopped, (Ending::Cancelled, 14));
        let first = parts.join("work-0.png");
        let time = || fs::metadata(&first).unwrap().modified().unwrap();
        let before = (precaution == Precaution::AdvDm).then(time);
        let finished = run(&recipe, &files, &parts, 1, ALWAYS).unwrap();
        assert_eq!(finished, (Ending::Finished, left), "{precaution:?}");
        assert!(before.is_none_or(|before| before == time()));
        assert!(contents(&parts) == contents(&whole), "{precaution:?}");
        // A picture that is gone or was changed is made anew.
        fs::write(&first, "no picture").unwrap();
        run(&recipe, &files, &parts, 2, ALWAYS).unwrap();
        assert!(contents(&parts) == contents(&whole), "{precaution:?}");
        fs::remove_dir_all(&whole).unwrap();
        fs::remove_dir_all(&parts).unwrap();
    }
}

#[test]
fn what_cannot_be_changed_is_refused_by_name_before_anything_is_written() {
    let (folder, mut files) = works(1);
    let places = tempdir().unwrap();
    let out = places.path().join("out");
    let recipe = Recipe {
        steps: 1,
        ..recipe(Precaution::AdvDm)
    };
    let refused = |recipe: &Recipe, files: &[PathBuf], out: &Path| {
        let refused = run(recipe, files, out, 1, ALWAYS).unwrap_err();
        refused.to_string()
    };
    let damaged = folder.path().join("torn.png");
    let bytes = fs::read(&files[0]).unwrap();
    fs::write(&damaged, &bytes[..bytes.len() / 2]).unwrap();
    files.push(damaged.clone());
    let said = refused(&recipe, &files, &out);
    assert!(said.contains("torn.png"), "{said}");
    assert!(!out.exists());
    files.pop();
    let twin = folder.path().join("WORK-0.bmp");
    image::open(&files[0])
        .unwrap()
        .to_rgb8()
        .save(&twin)
        .unwrap();
    let said = refused(&recipe, &[files[0].clone(), twin], &out);
    assert!(said.contains("would both be written as"), "{said}");
    let letters = places.path().join("letters");
    fs::create_dir(&letters).unwrap();
    fs::write(letters.join("dear.txt"), "dear").unwrap();
    let said = refused(&recipe, &files, &letters);
    assert!(said.contains("holds something else"), "{said}");
    assert_eq!(fs::read_dir(&letters).unwrap().count(), 1);
    run(&recipe, &files, &out, 1, ALWAYS).unwrap();
    let other = Recipe {
        budget: 9,
        ..recipe.clone()
    };
    let said = refused(&other, &files, &out);
    assert!(said.contains("other settings"), "{said}");
    draw(Family::Portrait, 1500, 7, 128)
        .save(&files[0])
        .unwrap();
    let said = refused(&recipe, &files, &out);
    assert!(said.contains("is another picture than the one"), "{said}");
    fs::write(out.join(RECORD), "{}").unwrap();
    let said = refused(&recipe, &files, &out);
    assert!(said.contains("cannot be read as a record"), "{said}");
    let large = Recipe {
        resolution: Some(1 << 16),
        ..recipe
    };
    if cfg!(target_os = "linux") {
        let said = refused(&large, &files, &places.path().join("large"));
        assert!(said.contains("GiB of memory"), "{said}");
    }
}

#[test]
fn a_target_and_clean_pictures_count() {
    let (folder, files) = works(1);
    let places = tempdir().unwrap();
    let target = folder.path().join("target.png");
    draw(Family::Quilt, 1500, 0, 128).save(&target).unwrap();
    let output = |name: &str, recipe: &Recipe| {
        let out = places.path().join(name);
        run(recipe, &files, &out, 2, ALWAYS).unwrap();
        (record(&out), fs::read(out.join("work-0.png")).unwrap())
    };
    let mist = Recipe {
        steps: 2,
        ..recipe(Precaution::Mist)
    };
    let (plain, by_pattern) = output("pattern", &mist);
    assert_eq!(plain.settings.target_sha256, None);
    let with_target = Recipe {
        target: Some(target.clone()),
        ..mist.clone()
    };
    let (named, by_target) = output("target", &with_target);
    let hash = Digest::of_file(&target).unwrap().0;
    assert_eq!(named.settings.target_sha256, Some(hash));
    let alone = Recipe {
        semantic_weight: 0.0,
        ..mist
    };
    let (_, by_distance) = output("distance", &alone);
    assert!(by_pattern != by_target && by_pattern != by_distance);
    let clean = folder.path().join("clean");
    fs::create_dir(&clean).unwrap();
    draw(Family::Portrait, 1500, 9, 128)
        .save(clean.join("a.png"))
        .unwrap();
    let aspl = Recipe {
        steps: 2,
        ..recipe(Precaution::Aspl)
    };
    let (_, own) = output("own", &aspl);
    let with_clean = Recipe {
        clean: Some(clean),
        ..aspl
    };
    let (noted, other) = output("clean", &with_clean);
    assert_eq!(
        noted.settings.together.unwrap().map(|hashes| hashes.len()),
        [1, 1]
    );
    assert!(own != other);
}
