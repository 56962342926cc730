//! Adapters that the original libraries make on the spot, in as many settings as somebody likes:
//! `tests/reference/make_adapters.py MODEL EXPECTED DIR`, then
//! `PALIMPSEST_ADAPTERS=DIR cargo test --test diffusion adapters_of_a_folder -- --ignored --nocapture`.

use std::path::Path;

use palimpsest_diffusion::{DiffusionModel, PromptEmbedding};
use palimpsest_testing::reference::{Family, relative_error};
use safetensors::SafeTensors;

use super::kinds::TOLERANCE;
use crate::one_file::{engine, predicted};

#[test]
#[ignore = "needs a folder that tests/reference/make_adapters.py wrote"]
fn adapters_of_a_folder_agree_with_the_libraries_that_made_them() {
    let folder = std::env::var("PALIMPSEST_ADAPTERS").expect("PALIMPSEST_ADAPTERS names a folder");
    let folder = Path::new(&folder);
    let expected = std::fs::read(folder.join("expected.safetensors")).unwrap();
    let expected = SafeTensors::deserialize(&expected).unwrap();
    let [family, _] = Family::both();
    let engine = engine();
    let base = DiffusionModel::open(family.path("pretrained"), None, &engine).unwrap();
    let embedding: PromptEmbedding = base.embed(&family.prompts()[0]).unwrap();
    let mut failures = Vec::new();
    for (name, tensor) in expected.tensors() {
        let one = folder.join(format!("{name}.safetensors"));
        let path = if one.is_file() {
            one
        } else {
            folder.join(&name)
        };
        if !path.exists() {
            continue;
        }
        let model = match DiffusionModel::open(&path, Some(&base), &engine) {
            Ok(model) => model,
            Err(error) => {
                println!("{name}: {error}");
                failures.push(format!("{name}: {error}"));
                continue;
            }
        };
        let words = tensor.data().as_chunks::<4>().0.iter();
        let wanted: Vec<f32> = words.map(|&word| f32::from_le_bytes(word)).collect();
        let wanted = family.channels_last(&wanted, 4);
        let error = relative_error(&predicted(&model, &family, &embedding), &wanted);
        println!("{name}: {error:.1e}");
        if error.is_nan() || error >= TOLERANCE {
            failures.push(format!("{name}: {error:e}"));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}
