//! The draws: the published generator, numbers pinned for ever, and files of recorded draws.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use palimpsest_base::philox::{Philox, Stream};
use palimpsest_method::inversion::{Draw, Draws, DrawsError, NoisePairing, Seeded, TimestepRange};
use proptest::prelude::*;
use safetensors::Dtype;
use safetensors::tensor::TensorView;

const SHAPE: [usize; 3] = [1, 2, 2];
const SEED: u64 = 0x0123_4567_89AB_CDEF;

fn seeded(noise: NoisePairing) -> Seeded {
    Seeded {
        timesteps: TimestepRange::ALL,
        noise,
        seed: SEED,
    }
}

fn reference(family: &str) -> PathBuf {
    let tests = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/reference");
    tests.join(family).join("expected.safetensors")
}

/// Known answers published with the generator (Random123, `kat_vectors`, philox4x32 10).
#[test]
fn the_generator_gives_its_published_answers() {
    let zeros = Philox::new(0).block([0; 4]);
    assert_eq!(zeros, [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    let ones = Philox::new(u64::MAX).block([u32::MAX; 4]);
    assert_eq!(ones, [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
    let pi =
        Philox::new(0x299f_31d0_a409_3822).block([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]);
    assert_eq!(pi, [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]);
}

/// Computed by an independent implementation; a change here makes old records unrepeatable.
#[test]
fn the_draws_of_a_seed_never_change() {
    let draws = Draws::seeded(seeded(NoisePairing::Independent), SHAPE);
    let timesteps: Vec<usize> = (0..8).map(|i| draws.draw(i).unwrap().timestep).collect();
    assert_eq!(timesteps, [720, 848, 754, 384, 673, 958, 917, 378]);

    let first = draws.draw(0).unwrap();
    assert_eq!(
        first.noise.values(),
        [0.53097564, -0.35337403, -0.92339957, 0.89297646]
    );
    assert_eq!(
        first.for_finetuned().values(),
        [-1.0673205, -1.1967522, 1.8917313, 0.43817118]
    );
    let second = draws.draw(1).unwrap();
    assert_eq!(
        second.noise.values(),
        [0.40645558, -0.6008683, -1.7842424, -0.54309386]
    );
    let mut gap = [0.0; 4];
    Philox::new(0).fill_normal(Stream::LossGap, 0, &mut gap);
    assert_eq!(gap, [0.8984384, 1.2582116, 1.1231306, -0.15948279]);
}

#[test]
fn a_narrower_range_of_timesteps_is_kept_to() {
    let narrow = Seeded {
        timesteps: "200..700".parse().unwrap(),
        ..seeded(NoisePairing::Shared)
    };
    let draws = Draws::seeded(narrow, SHAPE);
    let timesteps: Vec<usize> = (0..8).map(|i| draws.draw(i).unwrap().timestep).collect();
    assert_eq!(timesteps, [560, 625, 578, 392, 537, 680, 659, 389]);
}

#[test]
fn a_draw_depends_on_its_number_and_not_on_when_or_where_it_is_drawn() {
    let draws = Draws::seeded(seeded(NoisePairing::Independent), SHAPE);
    let in_order: Vec<Draw> = (0..8).map(|i| draws.draw(i).unwrap()).collect();
    let across_threads: Vec<Draw> = std::thread::scope(|scope| {
        let draws = &draws;
        let backwards: Vec<_> = (0..8)
            .rev()
            .map(|i| scope.spawn(move || draws.draw(i).unwrap()))
            .collect();
        let mut drawn: Vec<Draw> = backwards.into_iter().map(|t| t.join().unwrap()).collect();
        drawn.reverse();
        drawn
    });
    assert_eq!(in_order, across_threads);
}

#[test]
fn noise_is_shared_or_the_models_have_their_own() {
    let shared = Draws::seeded(seeded(NoisePairing::Shared), SHAPE);
    let independent = Draws::seeded(seeded(NoisePairing::Independent), SHAPE);
    let (shared, independent) = (shared.draw(3).unwrap(), independent.draw(3).unwrap());
    assert_eq!(shared.for_finetuned(), &shared.noise);
    assert_ne!(independent.for_finetuned(), &independent.noise);
    assert_eq!(shared.noise, independent.noise);
}

#[test]
fn another_seed_gives_other_draws() {
    let other = Seeded {
        seed: SEED + (1 << 40),
        ..seeded(NoisePairing::Shared)
    };
    let (a, b) = (
        Draws::seeded(seeded(NoisePairing::Shared), SHAPE),
        Draws::seeded(other, SHAPE),
    );
    assert_ne!(a.draw(0).unwrap().noise, b.draw(0).unwrap().noise);
    assert_ne!(a.identity(), b.identity());
}

/// Mean, variance, skewness and kurtosis of 2¹⁸ normals within five standard errors.
#[test]
fn the_noise_is_standard_normal() {
    let mut values = vec![0.0_f32; 1 << 18];
    Philox::new(SEED).fill_normal(Stream::Noise, 0, &mut values);
    let n = values.len() as f64;
    let moment = |power| {
        values
            .iter()
            .map(|&v| f64::from(v).powi(power))
            .sum::<f64>()
            / n
    };
    let within = |found: f64, expected: f64, variance: f64| {
        let tolerance = 5.0 * (variance / n).sqrt();
        assert!(
            (found - expected).abs() < tolerance,
            "{found} for {expected}"
        );
    };
    within(moment(1), 0.0, 1.0);
    within(moment(2), 1.0, 2.0);
    within(moment(3), 0.0, 15.0);
    within(moment(4), 3.0, 96.0);
    let neighbours = values.windows(2).map(|w| f64::from(w[0]) * f64::from(w[1]));
    within(neighbours.sum::<f64>() / n, 0.0, 1.0);
}

/// Each of ten values within five standard errors of a tenth of the draws.
#[test]
fn timesteps_are_uniform_to_both_ends() {
    let generator = Philox::new(SEED);
    let mut counts = [0_u32; 10];
    for index in 0..100_000 {
        counts[generator.integer(Stream::Timestep, index, 3..=12) - 3] += 1;
    }
    for count in counts {
        assert!(
            (f64::from(count) - 10_000.0).abs() < 5.0 * 9000_f64.sqrt(),
            "{counts:?}"
        );
    }
}

proptest! {
    #[test]
    fn integers_stay_in_their_range(seed: u64, index: u64, first in 0_usize..999, span in 0_usize..999) {
        let last = first + span;
        let drawn = Philox::new(seed).integer(Stream::Timestep, index, first..=last);
        prop_assert!((first..=last).contains(&drawn));
    }

    #[test]
    fn normals_are_finite_and_a_prefix_of_any_longer_array(seed: u64, index: u64, length in 0_usize..9) {
        let (mut short, mut long) = (vec![0.0; length], vec![0.0; 16]);
        Philox::new(seed).fill_normal(Stream::Noise, index, &mut short);
        Philox::new(seed).fill_normal(Stream::Noise, index, &mut long);
        prop_assert_eq!(&short, &long[..length]);
        prop_assert!(long.iter().all(|value| value.is_finite()));
    }
}

/// A tensor to be written: its kind, shape and bytes.
type Tensor = (Dtype, Vec<usize>, Vec<u8>);

fn floats(shape: &[usize], value: impl Fn(usize) -> f32) -> Tensor {
    let count = shape.iter().product();
    let bytes = (0..count).flat_map(|i| value(i).to_le_bytes()).collect();
    (Dtype::F32, shape.to_vec(), bytes)
}

fn integers(values: &[i64]) -> Tensor {
    let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
    (Dtype::I64, vec![values.len()], bytes)
}

/// Two draws for latents of [`SHAPE`], with a start and a noise for each model.
fn recorded() -> HashMap<&'static str, Tensor> {
    HashMap::from([
        ("timesteps", integers(&[1, 999])),
        ("noise", floats(&[2, 1, 2, 2], |i| i as f32)),
        ("noise_finetuned", floats(&[2, 1, 2, 2], |i| -(i as f32))),
        ("start_latent", floats(&[1, 2, 2], |i| 0.5 * i as f32)),
    ])
}

fn encode(tensors: &HashMap<&str, Tensor>) -> Vec<u8> {
    let views = tensors.iter().map(|(&name, (dtype, shape, bytes))| {
        (name, TensorView::new(*dtype, shape.clone(), bytes).unwrap())
    });
    safetensors::serialize(views, None).unwrap()
}

/// Reads `bytes` as a file of draws for latents of [`SHAPE`].
fn replay(bytes: &[u8]) -> Result<Draws, DrawsError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draws.safetensors");
    fs::write(&path, bytes).unwrap();
    Draws::replayed(&path, SHAPE)
}

#[test]
fn recorded_draws_are_given_back_as_they_are() {
    let draws = replay(&encode(&recorded())).unwrap();
    let second = draws.draw(1).unwrap();
    assert_eq!(second.timestep, 999);
    assert_eq!(second.noise.values(), [4.0, 5.0, 6.0, 7.0]);
    assert_eq!(second.for_finetuned().values(), [-4.0, -5.0, -6.0, -7.0]);
    let start = draws.start_latent().unwrap();
    assert_eq!(start.shape(), SHAPE);
    assert_eq!(start.values(), [0.0, 0.5, 1.0, 1.5]);
    assert_eq!(draws.pairing(), NoisePairing::Independent);
}

#[test]
fn optional_tensors_may_be_absent() {
    let mut tensors = recorded();
    tensors.remove("noise_finetuned");
    tensors.remove("start_latent");
    let draws = replay(&encode(&tensors)).unwrap();
    assert_eq!(draws.pairing(), NoisePairing::Shared);
    assert_eq!(draws.draw(0).unwrap().noise_of_finetuned, None);
    assert_eq!(draws.start_latent(), None);
}

#[test]
fn another_implementation_s_file_is_read() {
    for family in ["sd1", "sd2"] {
        let draws = Draws::replayed(&reference(family), [4, 16, 16]).unwrap();
        let timesteps: Vec<usize> = (0..12).map(|i| draws.draw(i).unwrap().timestep).collect();
        let expected = [922, 704, 81, 92, 338, 952, 270, 333, 674, 584, 851, 793];
        assert_eq!(timesteps, expected);
        assert!(draws.start_latent().is_some());
    }
}

#[test]
fn a_step_past_the_recorded_ones_is_an_error_that_says_what_to_do() {
    let draws = replay(&encode(&recorded())).unwrap();
    assert!(draws.covers(2).is_ok());
    for error in [draws.covers(3).unwrap_err(), draws.draw(2).unwrap_err()] {
        let message = error.to_string();
        assert!(message.contains("draws.safetensors"), "{message}");
        assert!(
            message.ends_with("holds 2 draws where 3 steps are asked for; ask for at most 2 steps"),
            "{message}"
        );
    }
}

#[test]
fn an_unfit_tensor_is_named() {
    let refused = |name: &'static str, tensor: Option<Tensor>, expected: &str| {
        let mut tensors = recorded();
        match tensor {
            Some(tensor) => tensors.insert(name, tensor),
            None => tensors.remove(name),
        };
        let message = replay(&encode(&tensors)).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
        assert!(message.contains("draws.safetensors"), "{message}");
    };
    refused("timesteps", None, "“timesteps” is missing");
    refused("noise", None, "“noise” is missing");
    let half = (Dtype::F16, vec![2, 1, 2, 2], vec![0; 16]);
    refused(
        "noise",
        Some(half),
        "“noise” holds F16 where float32 is needed",
    );
    let int32 = (Dtype::I32, vec![2], vec![1, 0, 0, 0, 1, 0, 0, 0]);
    refused(
        "timesteps",
        Some(int32),
        "“timesteps” holds I32 where int64 is needed",
    );
    let column = (Dtype::I64, vec![2, 1], integers(&[1, 2]).2);
    refused(
        "timesteps",
        Some(column),
        "shape [2, 1] where [N] is needed",
    );
    for timestep in [0, 1000, -1, i64::MIN] {
        let expected = format!("holds {timestep}, which is not between 1 and 999");
        refused("timesteps", Some(integers(&[5, timestep])), &expected);
    }
    let one = floats(&[1, 1, 2, 2], |_| 0.0);
    refused(
        "noise",
        Some(one.clone()),
        "“noise” has the shape [1, 1, 2, 2] where [2, 1, 2, 2]",
    );
    refused(
        "noise_finetuned",
        Some(one),
        "“noise_finetuned” has the shape [1, 1, 2, 2]",
    );
    let two = floats(&[2, 1, 2, 2], |_| 0.0);
    refused(
        "start_latent",
        Some(two),
        "“start_latent” has the shape [2, 1, 2, 2] where [1, 2, 2]",
    );
    let nan = floats(&[2, 1, 2, 2], |i| if i == 7 { f32::NAN } else { 0.0 });
    refused(
        "noise",
        Some(nan.clone()),
        "“noise” holds a value that is not a finite number",
    );
    refused(
        "noise_finetuned",
        Some(nan),
        "“noise_finetuned” holds a value",
    );
    let infinite = floats(&[1, 2, 2], |_| f32::INFINITY);
    refused(
        "start_latent",
        Some(infinite),
        "“start_latent” holds a value",
    );
}

#[test]
fn a_file_cut_short_anywhere_is_refused() {
    let whole = encode(&recorded());
    for length in 0..whole.len() {
        let error = replay(&whole[..length]).unwrap_err();
        assert!(
            matches!(error, DrawsError::Unfit { .. }),
            "{length}: {error}"
        );
    }
}

#[test]
fn a_header_that_lies_about_sizes_is_refused() {
    let header =
        br#"{"timesteps":{"dtype":"I64","shape":[18446744073709551615,3],"data_offsets":[0,8]}}"#;
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend_from_slice(header);
    bytes.extend_from_slice(&[0; 8]);
    assert!(replay(&bytes).is_err());
    bytes[..8].copy_from_slice(&u64::MAX.to_le_bytes());
    assert!(replay(&bytes).is_err());
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = Draws::replayed(Path::new("no/such/draws.safetensors"), SHAPE).unwrap_err();
    let message = error.to_string();
    assert!(
        message.starts_with("cannot read the draws in "),
        "{message}"
    );
    assert!(message.contains("draws.safetensors"), "{message}");
}
