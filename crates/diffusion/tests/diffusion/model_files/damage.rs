//! Files that are damaged, or are not what their name says.

use std::fs;

use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::Weights;
use safetensors::Dtype;

use crate::model_files::{folder, open, put, reference, refused, safetensors, singles, small};

#[test]
fn tensors_are_checked_when_they_are_asked_for() {
    let integers = (0..2i64).flat_map(i64::to_le_bytes).collect();
    let file = safetensors(&[
        ("position_ids", Dtype::I64, &[1, 2], integers),
        ("w\u{1b}[2J", Dtype::F32, &[1], singles(&[1.0])),
    ]);
    let weights = open(&file, "m.safetensors").unwrap();
    let missing = weights.parameter("w", &[1]).unwrap_err();
    assert!(matches!(missing, ModelError::MissingTensor { .. }));
    assert!(missing.to_string().contains("\"w\"") && missing.to_string().contains("m.safetensors"));
    assert!(weights.optional_parameter("w", &[1]).unwrap().is_none());
    let shape = weights
        .optional_parameter("w\u{1b}[2J", &[1, 1])
        .unwrap_err();
    assert!(matches!(shape, ModelError::TensorShape { .. }));
    assert!(!shape.to_string().contains('\u{1b}') && shape.to_string().contains("m.safetensors"));
    let kind = weights.parameter("position_ids", &[1, 2]).unwrap_err();
    assert!(
        matches!(kind, ModelError::UnsupportedDtype { .. }),
        "{kind}"
    );
}

#[test]
fn damaged_safetensors_are_refused() {
    let good = small();
    let with_header = |header: &str| {
        let mut file = (header.len() as u64).to_le_bytes().to_vec();
        file.extend(header.as_bytes());
        file.extend([0; 16]);
        file
    };
    let mut huge = good.clone();
    huge[..8].copy_from_slice(&u64::MAX.to_le_bytes());
    let mut long = good.clone();
    long[..8].copy_from_slice(&(90u64 << 20).to_le_bytes());
    let mut longer = good.clone();
    longer.push(0);
    for (what, file) in [
        ("a huge header", huge),
        ("a header longer than the file", long),
        ("bytes after the end", longer),
        ("a header that is no JSON", with_header("{\"w\":")),
        (
            "an object without dtype",
            with_header(r#"{"w":{"shape":[4],"data_offsets":[0,16]}}"#),
        ),
        (
            "an overflowing shape",
            with_header(
                r#"{"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,16]}}"#,
            ),
        ),
        (
            "a range out of the file",
            with_header(r#"{"w":{"dtype":"F32","shape":[8],"data_offsets":[0,32]}}"#),
        ),
        (
            "a range that ends before it begins",
            with_header(r#"{"w":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}"#),
        ),
        (
            "overlapping ranges",
            with_header(
                r#"{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[3],"data_offsets":[4,16]}}"#,
            ),
        ),
        (
            "a gap",
            with_header(r#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#),
        ),
        (
            "an unknown kind of number",
            with_header(r#"{"w":{"dtype":"F31","shape":[4],"data_offsets":[0,16]}}"#),
        ),
    ] {
        let error = refused(&file, "m.safetensors");
        assert!(
            matches!(error, ModelError::Damaged { .. }),
            "{what}: {error}"
        );
    }
    for length in 1..good.len() {
        refused(&good[..length], "m.safetensors");
    }
}

#[test]
fn what_is_no_weights_file_is_called_by_its_name() {
    assert!(matches!(
        refused(b"", "m.safetensors"),
        ModelError::Empty { .. }
    ));
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 492265880\n";
    for name in ["m.safetensors", "m.bin"] {
        assert!(matches!(
            refused(pointer, name),
            ModelError::LfsPointer { .. }
        ));
        let page = b"<!DOCTYPE html>\n<html><body>404</body></html>";
        assert!(matches!(refused(page, name), ModelError::TextFile { .. }));
    }
    let folder = folder();
    let absent = Weights::open(&[folder.path().join("m.safetensors")])
        .err()
        .unwrap();
    assert!(matches!(absent, ModelError::Missing { .. }), "{absent}");
}

/// Every byte changed and every length cut: some such files are still readable, none may crash.
#[test]
fn no_damage_to_a_file_ends_the_process() {
    let folder = folder();
    let read = |bytes: &[u8], name: &str| {
        let path = put(folder.path(), name, bytes);
        let Ok(weights) = Weights::open(&[path]) else {
            return;
        };
        for name in weights.names() {
            let shape = weights.shape(name).unwrap();
            if let Ok(parameter) = weights.parameter(name, shape) {
                let count = shape.iter().product::<usize>();
                assert_eq!((parameter.len(), parameter.values().len()), (count, count));
            }
        }
    };
    for (name, file) in [
        ("m.bin", fs::read(reference("pickles/flat.bin")).unwrap()),
        ("m.safetensors", small()),
    ] {
        for i in 0..file.len() {
            for change in [0x01, 0x80, 0xff] {
                let mut damaged = file.clone();
                damaged[i] ^= change;
                read(&damaged, name);
            }
            read(&file[..i], name);
        }
    }
}
