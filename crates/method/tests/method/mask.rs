//! Masks: their grids against the published checkerboard, their spelling, what they refuse.

use std::fs;

use palimpsest_method::mask::{Mask, MaskError};
use safetensors::SafeTensors;

fn reference_grid(family: &str, name: &str) -> (Vec<usize>, Vec<f32>) {
    let path = format!(
        "{}/tests/reference/{family}/expected.safetensors",
        concat!(env!("CARGO_MANIFEST_DIR"), "/../..")
    );
    let bytes = fs::read(path).unwrap();
    let tensors = SafeTensors::deserialize(&bytes).unwrap();
    let view = tensors.tensor(name).unwrap();
    let values = view.data().as_chunks().0.iter();
    (
        view.shape().to_vec(),
        values.map(|&bytes| f32::from_le_bytes(bytes)).collect(),
    )
}

#[test]
fn grids_are_the_published_ones() {
    for family in ["sd1", "sd2"] {
        for (mask, name) in [
            (Mask::Block(2), "mask_block_2"),
            (Mask::Block(4), "mask_block_4"),
            (Mask::Block(8), "mask_block_8"),
            (Mask::RightHalf, "mask_half"),
        ] {
            let (shape, expected) = reference_grid(family, name);
            assert_eq!(mask.grid(shape[0], shape[1]).unwrap(), expected, "{name}");
        }
    }
}

#[test]
fn an_oblong_grid_is_row_by_row() {
    #[rustfmt::skip]
    let expected = [
        1.0, 0.0, 1.0, 0.0, 1.0, 0.0,
        0.0, 1.0, 0.0, 1.0, 0.0, 1.0,
    ];
    assert_eq!(Mask::Block(2).grid(2, 6).unwrap(), expected);
    #[rustfmt::skip]
    let expected = [
        1.0, 1.0, 0.0, 0.0,
        1.0, 1.0, 0.0, 0.0,
    ];
    assert_eq!(Mask::RightHalf.grid(2, 4).unwrap(), expected);
}

#[test]
fn blur_removes_everything() {
    assert_eq!(Mask::Blur.grid(3, 5).unwrap(), [0.0; 15]);
}

#[test]
fn every_mask_is_spelled_as_it_is_read() {
    for (text, mask) in [
        ("block:2", Mask::Block(2)),
        ("block:4", Mask::Block(4)),
        ("block:16", Mask::Block(16)),
        ("half", Mask::RightHalf),
        ("blur", Mask::Blur),
    ] {
        assert_eq!(text.parse::<Mask>().unwrap(), mask);
        assert_eq!(mask.to_string(), text);
        let json = format!("\"{text}\"");
        assert_eq!(serde_json::to_string(&mask).unwrap(), json);
        assert_eq!(serde_json::from_str::<Mask>(&json).unwrap(), mask);
    }
    assert_eq!(Mask::default().to_string(), "block:4");
}

#[test]
fn misspelled_masks_are_refused() {
    for text in [
        "",
        "block",
        "block:",
        "block:x",
        "block:-4",
        "block:4.0",
        "Half",
        " half",
        "left",
    ] {
        assert_eq!(
            text.parse::<Mask>(),
            Err(MaskError::Unknown(text.to_owned()))
        );
    }
    for (text, period) in [("block:0", 0), ("block:1", 1), ("block:3", 3)] {
        assert_eq!(text.parse::<Mask>(), Err(MaskError::Period(period)));
        assert!(serde_json::from_str::<Mask>(&format!("\"{text}\"")).is_err());
    }
}

#[test]
fn a_period_that_leaves_a_rest_is_refused_with_its_numbers() {
    for (height, width) in [(16, 18), (18, 16)] {
        assert_eq!(
            Mask::Block(4).grid(height, width),
            Err(MaskError::DoesNotDivide {
                period: 4,
                height,
                width
            })
        );
    }
    let message = Mask::Block(8).grid(20, 64).unwrap_err().to_string();
    assert!(
        message.contains("period 8") && message.contains("20×64"),
        "{message}"
    );
    assert_eq!(Mask::Block(3).grid(9, 9), Err(MaskError::Period(3)));
}

#[test]
fn a_grid_that_cannot_exist_is_refused() {
    for (height, width) in [(0, 4), (4, 0), (usize::MAX, 4)] {
        for mask in [Mask::Block(4), Mask::RightHalf, Mask::Blur] {
            assert_eq!(
                mask.grid(height, width),
                Err(MaskError::Grid { height, width })
            );
        }
    }
}
