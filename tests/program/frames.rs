//! Whole pictures in place of squares: sizes, masks and latents follow, the record says it and does it again.

use crate::commands::{Examine, json, palimpsest, started};
use crate::exhibit_file::Read;

use palimpsest_diffusion::files::Weights;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::tempdir;

/// A picture of this width and height.
fn picture(folder: &Path, name: &str, [width, height]: [u32; 2]) -> PathBuf {
    let side = width.max(height);
    let family = palimpsest_art::Family::Landscape;
    let drawn = palimpsest_art::draw(family, 1500, u64::from(side), side);
    let cut = image::imageops::crop_imm(&drawn, 0, 0, width, height).to_image();
    let path = folder.join(name);
    cut.save(&path).unwrap();
    path
}

fn examine(family: &str, work: PathBuf, out: &Path) -> Examine {
    let mut examine = Examine::new(family, out).with("--steps 2");
    examine.artworks = vec![work];
    examine
}

fn size(path: &Path) -> (u32, u32) {
    image::image_dimensions(path).unwrap()
}

/// Three times as wide as high, at 128 pixels: 256 by 64.
#[test]
fn a_whole_picture_is_examined_by_every_family_and_done_over_to_the_bit() {
    let folder = tempdir().unwrap();
    let wide = picture(folder.path(), "wide.png", [300, 100]);
    for family in ["sd1", "sdxl", "alt"] {
        let out = folder.path().join(family);
        let found = examine(family, wide.clone(), &out)
            .with("--frame bucket")
            .json();
        assert_eq!(found["settings"]["frame"], "bucket");
        assert_eq!(found["settings"]["resolution"], 128);
        assert_eq!(found["artwork"]["prepared"], serde_json::json!([256, 64]));
        assert!(found["similarity"]["structural"].is_number());
        assert!(found["recovery"]["direction"].is_number());
        let work = out.join("001-wide");
        for name in ["original.png", "partial.png", "recovered.png"] {
            assert_eq!(size(&work.join(name)), (256, 64), "{name}");
        }
        let tensors = Weights::open(&[work.join("tensors.safetensors")]).unwrap();
        let grid = [4, 8, 32];
        assert_eq!(tensors.shape("recovered_latent"), Some(&grid[..]));
        assert_eq!(tensors.shape("mask"), Some(&grid[1..]));
        // Blocks of two cells, the first kept.
        let mask = tensors.parameter("mask", &grid[1..]).unwrap();
        assert_eq!(mask.values()[..5], [1.0, 1.0, 0.0, 0.0, 1.0]);
        let verified = palimpsest(["verify", "--replay", "--json"])
            .arg(&out)
            .output()
            .unwrap();
        let verified = json(&verified);
        assert_eq!(verified["replay"][0]["agreement"], "exact", "{verified}");
    }
}

#[test]
fn a_square_picture_gives_the_same_bits_either_way_and_records_leave_the_square_out() {
    let folder = tempdir().unwrap();
    let work = picture(folder.path(), "square.png", [140, 140]);
    let [square, whole] = ["square", "bucket"].map(|frame| {
        let out = folder.path().join(frame);
        let found = examine("sd1", work.clone(), &out)
            .option("--frame", frame)
            .json();
        (found, out.join("001-square"))
    });
    for name in ["original.png", "recovered.png", "tensors.safetensors"] {
        let [a, b] = [&square.1, &whole.1].map(|work| fs::read(work.join(name)).unwrap());
        assert!(a == b, "{name}");
    }
    assert_eq!(square.0["settings"].get("frame"), None);
    assert_eq!(square.0["artwork"].get("prepared"), None);
    assert_eq!(square.0["loss_gap"], whole.0["loss_gap"]);
}

#[test]
fn an_interrupted_examination_of_a_whole_picture_goes_on_to_the_same_bits() {
    let folder = tempdir().unwrap();
    let tall = picture(folder.path(), "tall.png", [100, 320]);
    let run = |name: &str| {
        let mut examine = Examine::new("sdxl", folder.path().join(name))
            .with("--steps 60 --frame bucket --sizes artwork");
        examine.artworks = vec![tall.clone()];
        examine
    };
    let whole = run("whole");
    let found = whole.json();
    assert_eq!(
        found["artwork"]["sizes"]["original"],
        serde_json::json!([320, 100])
    );
    assert_eq!(
        found["artwork"]["sizes"]["target"],
        serde_json::json!([256, 64])
    );
    let broken = run("broken");
    let (mut child, _lines) = started(broken.command());
    child.kill().unwrap();
    child.wait().unwrap();
    let resumed = palimpsest(["resume", "--json"]).arg(&broken.out).output();
    let resumed: Value = json(&resumed.unwrap());
    assert_eq!(resumed["trace"], found["trace"]);
    let [a, b] = [&whole.out, &broken.out]
        .map(|out| fs::read(out.join("001-tall/tensors.safetensors")).unwrap());
    assert!(a == b);
}

#[test]
fn controls_are_seen_in_the_same_way_and_the_exhibit_says_so() {
    let folder = tempdir().unwrap();
    let controls = folder.path().join("controls");
    fs::create_dir(&controls).unwrap();
    for (index, size) in [[300, 100], [100, 300], [140, 140], [320, 90], [200, 190]]
        .into_iter()
        .enumerate()
    {
        picture(&controls, &format!("{index}.png"), size);
    }
    let wide = picture(folder.path(), "wide.png", [310, 100]);
    let out = folder.path().join("case");
    examine("sd1", wide, &out)
        .with("--frame bucket")
        .option("--controls", &controls)
        .json();
    let extents =
        ["002-0", "003-1", "004-2"].map(|work| size(&out.join(work).join("original.png")));
    assert_eq!(extents, [(256, 64), (64, 256), (128, 128)]);
    let exhibit = folder.path().join("exhibit.pdf");
    let output = palimpsest(["exhibit", "--number", "P-1"])
        .arg(&out)
        .arg("-o")
        .arg(&exhibit)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = Read::new(&fs::read(exhibit).unwrap()).text();
    let text: String = text.split_whitespace().collect();
    for said in [
        "310×100pixels,ofwhichallbutamarginwasexaminedat256×64.",
        "thewholepictureatthenearestsizetoitsown",
    ] {
        assert!(text.contains(said), "{said}");
    }
}

#[test]
fn what_does_not_go_with_whole_pictures_is_refused_before_anything_begins() {
    let folder = tempdir().unwrap();
    let wide = picture(folder.path(), "wide.png", [300, 100]);
    let out = folder.path().join("case");
    let refused = |options: &str| {
        examine("sd1", wide.clone(), &out)
            .with("--frame bucket")
            .with(options)
            .complaint()
    };
    let mask = refused("--mask block:16");
    assert!(mask.contains("a period that divides 8"), "{mask}");
    let draws = crate::commands::draws("sd1", folder.path(), false);
    let draws = refused(&format!("--draws {}", draws.display()));
    assert!(draws.contains("leave out the draws"), "{draws}");
}

#[test]
fn an_evaluation_compares_squares_with_whole_pictures() {
    let folder = tempdir().unwrap();
    let mut sides = 300..;
    for role in ["members", "hold-outs"] {
        let place = folder.path().join(role);
        fs::create_dir(&place).unwrap();
        for number in 0..2 {
            let side = sides.next().unwrap();
            picture(&place, &format!("{role}-{number}.png"), [side, 100]);
        }
    }
    let out = folder.path().join("evaluation");
    let output = palimpsest(["lab", "evaluate", "--base", "demo"])
        .args(["--finetuned", "demo-finetuned", "--steps", "1", "--json"])
        .args(["--variant", "--frame bucket --steps 2"])
        .arg("--members")
        .arg(folder.path().join("members"))
        .arg("--hold-outs")
        .arg(folder.path().join("hold-outs"))
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let table: Value = serde_json::from_slice(&output.stdout).unwrap();
    let compared = table["settings_compared"].as_array().unwrap();
    assert_eq!(compared[1]["settings"], "--frame bucket --steps 2");
    assert_eq!(compared[1]["evaluations"], 4);
    // Of whole pictures too, over what was removed of them.
    assert!(compared[1]["auc"]["picture.gain_db"].is_object(), "{table}");
    let case = out.join("case-frame-bucket_steps-2");
    assert_eq!(size(&case.join("001-members-0/original.png")), (256, 64));
    assert_eq!(
        size(&out.join("case/001-members-0/original.png")),
        (128, 128)
    );
    assert!(out.join("grid-works-frame-bucket_steps-2.png").is_file());
}
