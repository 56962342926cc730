//! The way back through the encoder, from a gradient at the latent to that at the pixels: our kernels against the composed
//! operations, against differences, and against themselves with other numbers of threads.

use palimpsest_diffusion::autoencoder::Encoder;
use palimpsest_diffusion::files::Weights;
use palimpsest_diffusion::files::config::AutoencoderGeometry;
use palimpsest_diffusion::network::backend::{Backend, Grid};
use palimpsest_diffusion::network::composed::Composed;
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::{Latent, ModelError};
use palimpsest_testing::normal::Normal;
use palimpsest_testing::reference::{Family, relative_error};

/// Neither square nor a power of two, so that height and width cannot be taken for each other.
const GRID: Grid = Grid {
    height: 64,
    width: 96,
};

/// The latent and, of a linear function of it, the gradient at the pixels.
fn found<B: Backend>(
    family: &Family,
    backend: &B,
    pixels: &[f32],
    direction: &[f32],
) -> (Latent, Vec<f32>) {
    let folder = family.path("pretrained/vae");
    let geometry = AutoencoderGeometry::read(&folder.join("config.json")).unwrap();
    let weights = Weights::open(&[folder.join("diffusion_pytorch_model.safetensors")]).unwrap();
    let encoder = Encoder::load(&geometry, &weights, backend).unwrap();
    backend.run(|| {
        let encoding = encoder
            .encode(backend, pixels, GRID, geometry.scaling_factor)
            .unwrap();
        let latent = encoding.latent().clone();
        let at_latent = Latent::new(latent.shape(), direction.to_vec()).unwrap();
        (latent, encoding.pull_back(&at_latent).unwrap())
    })
}

fn pixels() -> Vec<f32> {
    let noise = Normal(3).take(GRID.positions() * 3);
    noise.iter().map(|v| (0.3 * v).clamp(-1.0, 1.0)).collect()
}

fn direction() -> Vec<f32> {
    Normal(4).take(4 * 8 * 12)
}

#[test]
fn the_kernels_agree_with_the_composed_operations() {
    for family in Family::all() {
        let cpu = Cpu::new(2, Memory::Full).unwrap();
        let (latent, gradient) = found(&family, &cpu, &pixels(), &direction());
        assert_eq!(latent.shape(), [4, 8, 12]);
        let (other, expected) = found(&family, &Composed::cpu(), &pixels(), &direction());
        let error = relative_error(latent.values(), other.values());
        assert!(error < 5e-6, "latent: {error:e}");
        let error = relative_error(&gradient, &expected);
        assert!(error < 1e-5, "gradient: {error:e}");
    }
}

/// Along the gradient itself, and along random directions, by differences over one and over two steps that are combined
/// such that the cubic term drops out (Richardson).
#[test]
fn the_gradient_is_the_slope_at_the_pixels() {
    for family in Family::all() {
        let cpu = Cpu::new(2, Memory::Full).unwrap();
        let weights = direction();
        let value = |pixels: &[f32]| -> f64 {
            let (latent, _) = found(&family, &cpu, pixels, &weights);
            let pairs = latent.values().iter().zip(&weights);
            pairs.map(|(z, w)| f64::from(*z) * f64::from(*w)).sum()
        };
        let point = pixels();
        let (_, gradient) = found(&family, &cpu, &point, &weights);
        let along = [
            gradient.clone(),
            Normal(8).take(point.len()),
            Normal(9).take(point.len()),
        ];
        for (number, direction) in along.iter().enumerate() {
            let norm = direction
                .iter()
                .map(|v| f64::from(*v).powi(2))
                .sum::<f64>()
                .sqrt();
            let unit: Vec<f32> = direction
                .iter()
                .map(|v| (f64::from(*v) / norm) as f32)
                .collect();
            let at = |step: f32| {
                let moved = point.iter().zip(&unit).map(|(p, d)| p + step * d);
                value(&moved.collect::<Vec<f32>>())
            };
            let slope_over = |step: f32| (at(step) - at(-step)) / (2.0 * f64::from(step));
            let slope = (4.0 * slope_over(0.125) - slope_over(0.25)) / 3.0;
            let pairs = gradient.iter().zip(&unit);
            let expected: f64 = pairs.map(|(g, d)| f64::from(*g) * f64::from(*d)).sum();
            let length = gradient
                .iter()
                .map(|v| f64::from(*v).powi(2))
                .sum::<f64>()
                .sqrt();
            let error = (slope - expected).abs();
            assert!(
                error < 2e-3 * length,
                "direction {number}: {slope:e} for {expected:e} of {length:e}"
            );
        }
    }
}

#[test]
fn one_thread_and_three_give_the_same_bits() {
    let family = Family::named("sdxl");
    let bits = |threads| {
        let cpu = Cpu::new(threads, Memory::Full).unwrap();
        let (_, gradient) = found(&family, &cpu, &pixels(), &direction());
        gradient.iter().map(|v| v.to_bits()).collect::<Vec<_>>()
    };
    assert!(bits(1) == bits(3));
}

#[test]
fn a_gradient_of_another_shape_is_refused() {
    let family = Family::named("sd1");
    let folder = family.path("pretrained/vae");
    let geometry = AutoencoderGeometry::read(&folder.join("config.json")).unwrap();
    let weights = Weights::open(&[folder.join("diffusion_pytorch_model.safetensors")]).unwrap();
    let cpu = Cpu::new(1, Memory::Full).unwrap();
    let encoder = Encoder::load(&geometry, &weights, &cpu).unwrap();
    let refused = cpu.run(|| {
        let encoding = encoder.encode(&cpu, &pixels(), GRID, 1.0).unwrap();
        encoding.pull_back(&Latent::zeros([4, 12, 8]))
    });
    assert!(matches!(refused, Err(ModelError::Shape { .. })));
}
