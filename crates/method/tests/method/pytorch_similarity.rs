//! CLIP's and DINO's picture embeddings against what PyTorch computed with the same weights from the
//! same files.

use palimpsest_testing::reference;

use palimpsest_diffusion::{Device, Engine, Memory};
use palimpsest_method::similarity::encoder::{EncoderKind, PictureEncoder, cosine_similarity};
use reference::{Family, relative_error};

#[test]
fn embeddings_and_their_cosine_agree() {
    let engine = Engine::new(Device::Cpu, 2, Memory::Full).unwrap();
    for family in Family::both() {
        for kind in [EncoderKind::Clip, EncoderKind::Dino] {
            let encoder =
                PictureEncoder::open(kind, &family.path(&kind.to_string()), &engine).unwrap();
            let embeddings = ["artwork", "recovered"].map(|name| {
                let picture = image::open(family.path(&format!("{name}.png"))).unwrap();
                let found = encoder.embed(&picture.to_rgb8()).unwrap();
                let expected = family.values(&format!("{kind}_embed_{name}"));
                let error = relative_error(&found, &expected);
                assert!(error < 3e-6, "{kind} of {name}: {error:e}");
                found
            });
            let cosine = cosine_similarity(&embeddings[0], &embeddings[1]).unwrap();
            let expected = family.number(&format!("{kind}_similarity"));
            assert!(
                (cosine - expected).abs() < 1e-5,
                "{kind}: {cosine} {expected}"
            );
        }
    }
}

#[test]
fn a_cosine_needs_two_directions() {
    assert_eq!(cosine_similarity(&[1.0, 0.0], &[0.0, 2.0]), Some(0.0));
    assert_eq!(cosine_similarity(&[0.0, 0.0], &[0.0, 2.0]), None);
    assert_eq!(cosine_similarity(&[1.0], &[1.0, 1.0]), None);
    assert_eq!(cosine_similarity(&[f32::NAN], &[1.0]), None);
}
