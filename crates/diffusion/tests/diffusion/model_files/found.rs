//! Models as they lie about: with links, in the hub's cache, beside a system's own files, and folders of other models.

use std::fs;
use std::path::Path;

use palimpsest_diffusion::{Device, DiffusionModel, Engine, Memory, ModelError};
use palimpsest_testing::reference::Family;

fn open(path: &Path, base: Option<&DiffusionModel>) -> Result<DiffusionModel, ModelError> {
    let engine = Engine::new(Device::Cpu, 1, Memory::Low).unwrap();
    DiffusionModel::open(path, base, &engine)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

const WEIGHTS: &str = "unet/diffusion_pytorch_model.safetensors";

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_named_with_its_target() {
    use std::os::unix::fs::symlink;
    let [family, _] = Family::both();
    let scratch = tempfile::tempdir().unwrap();
    let model = scratch.path().join("model");
    copy(&family.path("finetuned"), &model);
    let weights = model.join(WEIGHTS);
    fs::remove_file(&weights).unwrap();
    symlink("../../blobs/0123abcd", &weights).unwrap();
    let error = open(&model, None).err().unwrap();
    assert!(matches!(error, ModelError::DanglingLink { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("is a link to ../../blobs/0123abcd, which does not exist"),
        "{error}"
    );
    // Links that lead in a circle.
    fs::remove_file(&weights).unwrap();
    symlink(&weights, &weights).unwrap();
    assert!(matches!(
        open(&model, None),
        Err(ModelError::DanglingLink { .. })
    ));
    let circle = scratch.path().join("circle");
    symlink(&circle, &circle).unwrap();
    assert!(matches!(
        open(&circle, None),
        Err(ModelError::DanglingLink { .. })
    ));
    // One that leads somewhere is followed.
    fs::remove_file(&weights).unwrap();
    symlink(
        family
            .path("finetuned")
            .join(WEIGHTS)
            .canonicalize()
            .unwrap(),
        &weights,
    )
    .unwrap();
    open(&model, None).unwrap();
}

#[test]
fn the_root_of_the_hubs_cache_means_its_newest_snapshot() {
    let [family, _] = Family::both();
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path().join("models--someone--style");
    let snapshot = root.join("snapshots/0123456789abcdef");
    copy(&family.path("finetuned"), &snapshot);
    // Without a reference the only one is meant.
    assert_eq!(open(&root, None).unwrap().description().path, snapshot);
    fs::create_dir_all(root.join("snapshots/aaaa")).unwrap();
    let error = open(&root, None).err().unwrap();
    assert!(matches!(error, ModelError::Missing { .. }), "{error}");
    fs::create_dir_all(root.join("refs")).unwrap();
    fs::write(root.join("refs/main"), "0123456789abcdef\n").unwrap();
    assert_eq!(open(&root, None).unwrap().description().path, snapshot);
    for elsewhere in ["../../../etc", "bbbb", "", "/etc"] {
        fs::write(root.join("refs/main"), elsewhere).unwrap();
        let error = open(&root, None).err().unwrap();
        assert!(
            matches!(error, ModelError::Missing { .. }),
            "{elsewhere}: {error}"
        );
    }
}

#[test]
fn a_systems_own_files_are_no_adapters() {
    let [family, _] = Family::both();
    let base = open(&family.path("pretrained"), None).unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    fs::copy(
        family.path("formats/lora_kohya.safetensors"),
        folder.join("style.safetensors"),
    )
    .unwrap();
    fs::write(
        folder.join("._style.safetensors"),
        b"\0\x05\x16\x07\0\x02\0\0Mac OS X        ",
    )
    .unwrap();
    let model = open(folder, Some(&base)).unwrap();
    assert_eq!(model.files(), [folder.join("style.safetensors")]);
}

#[test]
fn folders_of_other_models_are_called_by_their_names() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    let said = |class: &str| {
        fs::write(
            folder.join("model_index.json"),
            format!(r#"{{"_class_name": "{class}"}}"#),
        )
        .unwrap();
        open(folder, None).err().unwrap().to_string()
    };
    for (class, what) in [
        ("FluxPipeline", "is a Flux model"),
        ("StableDiffusionXLInpaintPipeline", "is an inpainting model"),
        ("StableDiffusion3Pipeline", "is a Stable Diffusion 3 model"),
        ("StableDiffusionInpaintPipeline", "is an inpainting model"),
        ("WanPipeline", "is a model of the kind WanPipeline"),
        ("StableDiffusionPipeline", "holds no folder \"unet\""),
        ("StableDiffusionXLPipeline", "holds no folder \"unet\""),
    ] {
        assert!(said(class).contains(what), "{class}: {}", said(class));
    }
}

#[test]
fn a_weight_that_is_no_number_is_named() {
    let [family, _] = Family::both();
    for (tensor, value) in [
        ("conv_in.weight", f32::NAN),
        ("conv_out.bias", f32::INFINITY),
    ] {
        let scratch = tempfile::tempdir().unwrap();
        let model = scratch.path().join("model");
        copy(&family.path("finetuned"), &model);
        let file = model.join(WEIGHTS);
        let mut bytes = fs::read(&file).unwrap();
        let header = u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
        let described: serde_json::Value = serde_json::from_slice(&bytes[8..8 + header]).unwrap();
        let begin = described[tensor]["data_offsets"][0].as_u64().unwrap() as usize + 8 + header;
        open(&model, None).unwrap().check_finite(None).unwrap();
        bytes[begin..begin + 4].copy_from_slice(&value.to_le_bytes());
        fs::write(&file, bytes).unwrap();
        let error = open(&model, None)
            .unwrap()
            .check_finite(None)
            .err()
            .unwrap();
        assert!(
            matches!(error, ModelError::NonFiniteTensor { .. }),
            "{error}"
        );
        let message = error.to_string();
        assert!(
            message.contains(tensor) && message.contains("diffusion_pytorch_model.safetensors"),
            "{message}"
        );
    }
}

#[test]
fn headers_that_lie_are_refused() {
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("model.safetensors");
    let one = |shape: &str, begin: u64, end: u64| {
        format!(r#"{{"dtype":"F32","shape":{shape},"data_offsets":[{begin},{end}]}}"#)
    };
    for (what, header) in [
        (
            "a tensor beyond the file",
            format!(r#"{{"a":{}}}"#, one("[4]", 0, 1 << 40)),
        ),
        (
            "a shape of more than its bytes",
            format!(r#"{{"a":{}}}"#, one("[5]", 0, 16)),
        ),
        (
            "a shape that overflows",
            format!(
                r#"{{"a":{}}}"#,
                one("[4294967296,4294967296,4294967296]", 0, 16)
            ),
        ),
        (
            "ranges that overlap",
            format!(r#"{{"a":{},"b":{}}}"#, one("[3]", 0, 12), one("[3]", 4, 16)),
        ),
        (
            "a gap",
            format!(r#"{{"a":{},"b":{}}}"#, one("[1]", 0, 4), one("[1]", 12, 16)),
        ),
        (
            "a name twice",
            format!(r#"{{"a":{},"a":{}}}"#, one("[2]", 0, 8), one("[2]", 8, 16)),
        ),
        (
            "an end before its begin",
            format!(r#"{{"a":{}}}"#, one("[4]", 16, 0)),
        ),
        ("no object", "[1, 2]".into()),
        ("nesting", "[".repeat(1 << 20)),
    ] {
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend(header.as_bytes());
        bytes.extend([0; 16]);
        fs::write(&file, bytes).unwrap();
        let error = open(&file, None).err().unwrap();
        assert!(
            matches!(error, ModelError::Damaged { .. }),
            "{what}: {error}"
        );
        assert!(error.to_string().len() < 500, "{what}");
    }
}
