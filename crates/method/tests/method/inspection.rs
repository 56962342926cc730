//! A look at a pair before anything is done with it, as the window takes it.

use palimpsest_method::examination::Request;
use palimpsest_method::examination::inspection::{inspect, inspect_pair};
use palimpsest_testing::reference::Family;

#[test]
fn a_pair_of_stable_diffusion_xl_is_accepted_and_named() {
    for family in Family::xl() {
        let [pretrained, finetuned] = ["pretrained", "finetuned"].map(|name| family.path(name));
        let facts = inspect(&finetuned, Some(&pretrained)).unwrap();
        assert_eq!(facts.description.family, "Stable Diffusion XL");
        assert!(
            facts
                .files
                .iter()
                .any(|file| file.ends_with("text_encoder_2/model.safetensors"))
        );
        let pair = inspect_pair(&Request::new(pretrained, &finetuned)).unwrap();
        assert_eq!((pair.resolution, pair.granularity), (128, 32));
        assert_eq!(pair.latent_shape, [4, 16, 16]);
    }
}
