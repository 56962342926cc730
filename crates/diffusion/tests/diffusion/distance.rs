//! The distance of two models' weights, against the norm written out.

use palimpsest_diffusion::DiffusionModel;
use palimpsest_diffusion::files::Part;
use palimpsest_testing::lora::values;
use palimpsest_testing::reference::Family;

use crate::one_file::engine;

#[test]
fn the_distance_is_that_of_all_numbers_together() {
    for family in Family::both() {
        let engine = engine();
        let open = |name: &str| DiffusionModel::open(family.path(name), None, &engine).unwrap();
        let (base, tuned) = (open("pretrained"), open("finetuned"));
        let (from, to) = (
            base.weights(Part::Unet).unwrap(),
            tuned.weights(Part::Unet).unwrap(),
        );
        let (mut apart, mut length, mut equal) = (0.0, 0.0, 0);
        for name in from.names() {
            let (from, to) = (values(&from, name), values(&to, name));
            equal += usize::from(from == to);
            for (a, b) in from.iter().zip(&to) {
                apart += f64::from(b - a) * f64::from(b - a);
                length += f64::from(*a) * f64::from(*a);
            }
        }
        let distance = base.distance_to(&tuned).unwrap();
        let expected = (apart / length).sqrt();
        assert!(expected > 1e-3, "{expected}");
        assert!((distance.relative / expected - 1.0).abs() < 1e-5);
        assert_eq!(
            (distance.tensors, distance.equal),
            (from.names().count(), equal)
        );
        let itself = base.distance_to(&base).unwrap();
        assert_eq!((itself.relative, itself.equal), (0.0, itself.tensors));
    }
}
