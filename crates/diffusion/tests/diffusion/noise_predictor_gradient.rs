//! The gradient of the whole noise predictor: our kernels against the composed operations, against
//! differences of the loss, and against themselves with less memory and other numbers of threads.

use palimpsest_testing::normal;
use palimpsest_testing::reference;

use normal::Normal;
use palimpsest_diffusion::{
    Denoiser, Device, DiffusionModel, Engine, Latent, LossAndGradient, Memory, PromptEmbedding,
};
use reference::{Family, relative_error};

/// The model `name` of the family under the first of the prompts that PyTorch embedded.
fn denoiser(family: &Family, name: &str, engine: &Engine) -> Box<dyn Denoiser> {
    let embeddings = family.values(&format!("text_embeds_{name}"));
    let prompt = PromptEmbedding {
        values: embeddings[..embeddings.len() / family.prompts().len()].to_vec(),
        pooled: family.pooled(name),
        ids: Vec::new(),
        truncated: false,
    };
    let model = DiffusionModel::open(family.path(name), None, engine).unwrap();
    model.denoiser(&prompt).unwrap()
}

fn cpu(threads: usize, memory: Memory) -> Engine {
    Engine::new(Device::Cpu, threads, memory).unwrap()
}

fn normal(shape: [usize; 3], seed: u64) -> Latent {
    Latent::new(shape, Normal(seed).take(shape.iter().product())).unwrap()
}

/// Neither square nor a power of two, so that height and width cannot be taken for each other.
const OBLONG: [usize; 3] = [4, 16, 24];

#[test]
fn the_kernels_agree_with_the_composed_operations() {
    for family in Family::all() {
        for name in ["pretrained", "finetuned"] {
            let mut ours = denoiser(&family, name, &cpu(2, Memory::Full));
            let engine = Engine::new(Device::Reference, 0, Memory::Full).unwrap();
            let mut composed = denoiser(&family, name, &engine);
            let mut check = |point: &Latent, timestep: usize, noise: &Latent| {
                let a = ours.loss_and_gradient(point, timestep, noise).unwrap();
                let b = composed.loss_and_gradient(point, timestep, noise).unwrap();
                let error = (a.loss / b.loss - 1.0).abs();
                assert!(error < 1e-6, "loss at {timestep}: {error:e}");
                let error = relative_error(a.gradient.values(), b.gradient.values());
                assert!(error < 5e-6, "gradient at {timestep}: {error:e}");
                assert_eq!(a.loss, ours.loss(point, timestep, noise).unwrap());
            };
            for timestep in [1, 300, 999] {
                check(&family.start(), timestep, &normal(family.shape(), 7));
            }
            check(&normal(OBLONG, 1), 500, &normal(OBLONG, 2));
        }
    }
}

/// Along random unit directions the loss changes little: the derivative is a few thousandths of the
/// gradient's norm, and 10⁻⁷ of rounding in a loss of 1 allows no small step. So the step is a tenth
/// of the latent's norm, and the differences over one and over two such steps are combined such that
/// the cubic term of the loss drops out (Richardson), which alone would be an error of up to 2 %.
/// Steps half as long or twice as long give the same derivative.
#[test]
fn the_gradient_is_the_slope_of_the_loss() {
    const STEP: f32 = 0.4;
    const TIMESTEP: usize = 400;
    /// That of a loss of 1 over these steps, on processors of several makers.
    const ROUNDING: f64 = 1e-7;
    for family in Family::all() {
        let mut model = denoiser(&family, "pretrained", &cpu(2, Memory::Full));
        let (point, noise) = (family.start(), normal(family.shape(), 7));
        let gradient = model
            .loss_and_gradient(&point, TIMESTEP, &noise)
            .unwrap()
            .gradient;
        for seed in [11, 12, 13] {
            let direction = normal(family.shape(), seed);
            let scale = 1.0 / direction.norm() as f32;
            let mut loss_at = |step: f32| {
                let moved = point.values().iter().zip(direction.values());
                let moved = moved.map(|(u, d)| u + step * scale * d).collect();
                let moved = Latent::new(family.shape(), moved).unwrap();
                model.loss(&moved, TIMESTEP, &noise).unwrap()
            };
            let mut slope_over =
                |step: f32| (loss_at(step) - loss_at(-step)) / (2.0 * f64::from(step));
            let slope = (4.0 * slope_over(STEP) - slope_over(2.0 * STEP)) / 3.0;
            let pairs = gradient.values().iter().zip(direction.values());
            let expected: f64 = pairs
                .map(|(g, d)| f64::from(*g) * f64::from(scale * d))
                .sum();
            let error = (slope - expected).abs();
            // A direction almost across the gradient has hardly any slope, and rounding is all that is left of it.
            let allowed = 2e-3 * expected.abs() + ROUNDING;
            assert!(error < allowed, "direction {seed}: {error:e}, {expected:e}");
        }
    }
}

fn evaluated(family: &Family, engine: &Engine) -> LossAndGradient {
    let mut model = denoiser(family, "finetuned", engine);
    let (point, noise) = (normal(OBLONG, 3), normal(OBLONG, 4));
    model.loss_and_gradient(&point, 250, &noise).unwrap()
}

fn bits(found: &LossAndGradient) -> (u64, Vec<u32>) {
    let gradient = found.gradient.values().iter().map(|v| v.to_bits());
    (found.loss.to_bits(), gradient.collect())
}

#[test]
fn blocks_computed_again_give_the_same_bits() {
    for family in Family::all() {
        let full = evaluated(&family, &cpu(2, Memory::Full));
        let low = evaluated(&family, &cpu(2, Memory::Low));
        assert!(bits(&full) == bits(&low));
    }
}

#[test]
fn one_thread_and_three_give_the_same_bits() {
    for family in Family::all() {
        let one = evaluated(&family, &cpu(1, Memory::Full));
        let three = evaluated(&family, &cpu(3, Memory::Full));
        assert!(bits(&one) == bits(&three));
    }
}
