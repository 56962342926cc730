//! The reference LoRAs, merged by PyTorch at strength 0.8, in the two families of names.

use std::path::{Path, PathBuf};

use palimpsest_diffusion::files::config::UnetGeometry;
use palimpsest_diffusion::files::{Lora, Part, Weights};
use palimpsest_diffusion::network::backend::Grid;
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::network::tape::Recording;
use palimpsest_diffusion::noise_predictor::NoisePredictor;
use palimpsest_diffusion::{Device, DiffusionModel, Engine};

use palimpsest_testing::reference::tensor;
use palimpsest_testing::reference::{Family, relative_error};

const STRENGTH: f32 = 0.8;

struct Formats {
    family: Family,
    pretrained: PathBuf,
}

impl Formats {
    fn new() -> Self {
        let [family, _] = Family::both();
        let pretrained = family.path("pretrained");
        Self { family, pretrained }
    }

    fn expected(&self, name: &str) -> Vec<f32> {
        tensor(&self.family.path("formats/expected.safetensors"), name).1
    }

    fn weights(&self, part: Part) -> Weights {
        let file = self.pretrained.join(part.folder()).join(part.weights());
        Weights::open(&[file]).unwrap()
    }

    /// The noise predictor's output with the LoRA, for the first noised latent of the reference data.
    fn predict(&self, lora: &Lora, embedding: &[f32]) -> Vec<f32> {
        let cpu = Cpu::new(2, Memory::Full).unwrap();
        let config = self.pretrained.join("unet/config.json");
        let weights = lora.merged(Part::Unet, &self.weights(Part::Unet)).unwrap();
        let geometry = UnetGeometry::read(&config).unwrap();
        let network = NoisePredictor::load(geometry, &weights, &cpu).unwrap();
        let prompt = network.prompt(&cpu, embedding).unwrap();
        let timestep = self.family.timesteps()[0];
        let alpha = self.family.values("alphas_cumprod")[timestep];
        let (latent, noise) = (self.family.values("latent"), self.family.values("noise"));
        let noised = latent.iter().zip(&noise);
        let noised: Vec<f32> = noised
            .map(|(z, e)| alpha.sqrt() * z + (1.0 - alpha).sqrt() * e)
            .collect();
        let tokens = self.family.channels_last(&noised, 4);
        let grid = Grid {
            height: 16,
            width: 16,
        };
        let predicted = network.predict(&cpu, Recording::Nothing, &tokens, grid, timestep, &prompt);
        predicted.unwrap().values().unwrap()
    }

    fn check(&self, file: &str, expected: &str, layers: [usize; 2]) {
        let file = self.family.path(&format!("formats/{file}"));
        let engine = Engine::new(Device::Cpu, 2, Memory::Full).unwrap();
        let base = DiffusionModel::open(&self.pretrained, None, &engine).unwrap();
        let named = format!("{}@{STRENGTH}", file.display());
        let model = DiffusionModel::open(Path::new(&named), Some(&base), &engine).unwrap();
        base.check_same_structure(&model).unwrap();
        let description = model.description().lora.unwrap();
        assert_eq!(description.strength, STRENGTH);
        assert_eq!(description.ranks, [4, 4]);
        assert_eq!(
            [description.unet_layers, description.text_encoder_layers],
            layers
        );
        assert_eq!(model.files(), [file.as_path()]);
        let embedding = model.embed(&self.family.prompts()[0]).unwrap().values;
        let error = relative_error(
            &embedding,
            &self.expected(&format!("{expected}_text_embeds")),
        );
        assert!(error < 2e-6, "text: {error:e}");

        let [unet, text] = [Part::Unet, Part::TextEncoder].map(|part| self.weights(part));
        let text = [(Part::TextEncoder, text)];
        let lora = Lora::open(&file, STRENGTH.into(), &unet, &text).unwrap();
        let found = self.predict(&lora, &embedding);
        let expected = self.expected(&format!("{expected}_model_output"));
        let error = relative_error(&found, &self.family.channels_last(&expected, 4));
        assert!(error < 5e-6, "output: {error:e}");
    }
}

#[test]
fn kohya_files_agree() {
    Formats::new().check("lora_kohya.safetensors", "lora", [160, 12]);
}

#[test]
fn peft_files_agree() {
    Formats::new().check("lora_peft.safetensors", "lora", [160, 12]);
}

#[test]
fn convolutions_agree() {
    Formats::new().check("locon_kohya.safetensors", "locon", [169, 12]);
}
