//! One optimisation step at a model's own size: loss and gradient of two noise predictors. Prints
//! JSON for `against_pytorch.py`; on its own it says how fast this machine is.
//!
//! `cargo bench --bench step -- PRETRAINED FINETUNED --side 64 --threads 2 --steps 1 --device cpu`

use palimpsest_diffusion::{Device, DiffusionModel, Engine, Latent, Memory};
use std::path::Path;
use std::time::Instant;

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let option = |name: &str, default: &str| {
        let at = arguments.iter().position(|a| a == name);
        let value = at.and_then(|i| arguments.get(i + 1)).cloned();
        value.unwrap_or_else(|| default.to_owned())
    };
    let [pretrained, finetuned, ..] = arguments.as_slice() else {
        println!("step: skipped, needs two model folders (see benches/random_models.py)");
        return Ok(());
    };
    let side: usize = option("--side", "64").parse()?;
    let steps: usize = option("--steps", "1").parse()?;
    let memory = match option("--memory", "full").as_str() {
        "low" => Memory::Low,
        _ => Memory::Full,
    };
    let device = match option("--device", "cpu").as_str() {
        "gpu" => Device::Gpu,
        _ => Device::Cpu,
    };
    let engine = Engine::new(device, option("--threads", "0").parse()?, memory)?;
    let mut denoisers = Vec::new();
    for path in [pretrained, finetuned] {
        let model = DiffusionModel::open(Path::new(path), None, &engine)?;
        denoisers.push(model.denoiser(&model.embed("sks style")?)?);
    }
    let shape = [4, side, side];
    let latent = Latent::new(shape, wave(4 * side * side, 0.37))?;
    let noise = Latent::new(shape, wave(4 * side * side, 1.91))?;
    let mut seconds = Vec::new();
    let mut results = Vec::new();
    for _ in 0..=steps {
        let start = Instant::now();
        results.clear();
        for denoiser in &mut denoisers {
            results.push(denoiser.loss_and_gradient(&latent, 500, &noise)?);
        }
        seconds.push(start.elapsed().as_secs_f64());
    }
    let report = serde_json::json!({
        "arithmetic": engine.name(),
        "warm_up_s": seconds[0],
        "seconds": seconds[1..],
        "peak_gib": peak_gib(),
        "loss": results.iter().map(|r| r.loss).collect::<Vec<_>>(),
        "gradient_norm": results.iter().map(|r| r.gradient.norm()).collect::<Vec<_>>(),
        "gradient_head": results.iter().map(|r| &r.gradient.values()[..8]).collect::<Vec<_>>(),
    });
    println!("{report}");
    Ok(())
}

/// Values any language can make again: √2·sin(frequency·i + i²/97).
fn wave(n: usize, frequency: f64) -> Vec<f32> {
    let value = |i: usize| {
        let i = i as f64;
        (2.0_f64.sqrt() * (frequency * i + i * i / 97.0).sin()) as f32
    };
    (0..n).map(value).collect()
}

/// The largest resident set so far, mapped pages included; null where the system does not say.
fn peak_gib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1024.0 / 1024.0)
}
