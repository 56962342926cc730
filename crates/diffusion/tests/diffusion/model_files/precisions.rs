//! Parameters in every precision, borrowed where they can be.

use palimpsest_diffusion::files::parameter::Numbers;

use half::{bf16, f16};
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::{Parameter, Weights};
use safetensors::Dtype;

use crate::model_files::{folder, open, put, safetensors, singles, small};

#[test]
fn single_precision_is_borrowed_from_the_file() {
    let weights = open(&small(), "m.safetensors").unwrap();
    assert_eq!(weights.names().collect::<Vec<_>>(), ["w"]);
    assert_eq!(weights.shape("w"), Some(&[2, 2][..]));
    assert!(weights.contains("w") && !weights.contains("v"));
    let parameter = weights.parameter("w", &[2, 2]).unwrap();
    assert!(matches!(
        parameter.values(),
        Numbers::Lent([1.0, -2.0, 3.5, 0.25])
    ));
    let widened = parameter.widened();
    assert!(widened.is_mapped() && widened.len() == 4);
    widened.release();
    assert_eq!(*widened.values(), [1.0, -2.0, 3.5, 0.25]);
}

#[test]
fn other_precisions_are_widened() {
    let values = [0.1f32, -65504.0, 6e-8, 1.0 / 3.0];
    let halves = values
        .iter()
        .flat_map(|&v| f16::from_f32(v).to_le_bytes())
        .collect();
    let brains = values
        .iter()
        .flat_map(|&v| bf16::from_f32(v).to_le_bytes())
        .collect();
    let doubles = values
        .iter()
        .flat_map(|&v| f64::from(v).to_le_bytes())
        .collect();
    let file = safetensors(&[
        ("half", Dtype::F16, &[4], halves),
        ("brain", Dtype::BF16, &[4, 1], brains),
        ("double", Dtype::F64, &[2, 2], doubles),
    ]);
    let weights = open(&file, "m.safetensors").unwrap();
    for (name, shape, expected) in [
        ("half", &[4][..], values.map(|v| f16::from_f32(v).to_f32())),
        ("brain", &[4, 1], values.map(|v| bf16::from_f32(v).to_f32())),
        ("double", &[2, 2], values),
    ] {
        let parameter = weights.parameter(name, shape).unwrap();
        assert!(matches!(parameter.values(), Numbers::Converted(_)) && parameter.is_mapped());
        assert_eq!(*parameter.values(), expected, "{name}");
        let widened = parameter.widened();
        assert!(matches!(widened.values(), Numbers::Lent(_)) && !widened.is_mapped());
        assert_eq!(
            (&*widened.values(), widened.shape()),
            (&expected[..], shape),
            "{name}"
        );
    }
    // More than are widened at once.
    let many: Vec<f32> = (0u16..3000).map(f32::from).collect();
    let bytes = many
        .iter()
        .flat_map(|&v| f16::from_f32(v).to_le_bytes())
        .collect();
    let weights = open(
        &safetensors(&[("m", Dtype::F16, &[3000], bytes)]),
        "m.safetensors",
    );
    let expected: Vec<f32> = many.iter().map(|&v| f16::from_f32(v).to_f32()).collect();
    assert_eq!(
        *weights.unwrap().parameter("m", &[3000]).unwrap().values(),
        expected
    );
}

#[test]
fn misaligned_numbers_are_copied() {
    let mut header = br#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#.to_vec();
    while (8 + header.len()) % 4 != 1 {
        header.push(b' ');
    }
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header);
    file.extend(singles(&[1.5, -7.0]));
    let parameter = open(&file, "m.safetensors")
        .unwrap()
        .parameter("w", &[2])
        .unwrap();
    assert!(matches!(parameter.values(), Numbers::Converted(_)));
    assert_eq!(*parameter.values(), [1.5, -7.0]);
    assert!(!parameter.widened().is_mapped());
}

#[test]
fn a_parameter_of_values_has_as_many_as_its_shape_says() {
    let parameter = Parameter::from_values(vec![2, 3], vec![1.0; 6]).unwrap();
    let parameter = parameter.reshaped(vec![6, 1]).unwrap();
    assert_eq!(
        (parameter.shape(), parameter.is_empty()),
        (&[6, 1][..], false)
    );
    for shape in [vec![4], vec![usize::MAX, 2], vec![0, 6]] {
        let reshaped = parameter.clone().reshaped(shape.clone());
        assert!(matches!(reshaped, Err(ModelError::Shape { .. })));
        let made = Parameter::from_values(shape, vec![1.0; 6]);
        assert!(matches!(made, Err(ModelError::Shape { .. })));
    }
}

#[test]
fn several_files_make_one_set_of_weights() {
    let folder = folder();
    let first = put(folder.path(), "a.safetensors", small());
    let other = safetensors(&[("v", Dtype::F32, &[1], singles(&[9.0]))]);
    let second = put(folder.path(), "b.safetensors", other);
    let weights = Weights::open(&[first.clone(), second]).unwrap();
    assert_eq!(weights.names().collect::<Vec<_>>(), ["v", "w"]);
    assert_eq!(*weights.parameter("v", &[1]).unwrap().values(), [9.0]);
    let again = put(folder.path(), "c.safetensors", small());
    let twice = Weights::open(&[first, again]).err().unwrap();
    assert!(matches!(twice, ModelError::Damaged { .. }), "{twice}");
}
