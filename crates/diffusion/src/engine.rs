//! Devices that run the networks: one engine serves both models of an examination, so that they share
//! threads and buffers.

use super::ModelError;
use super::network::composed::Composed;
use super::network::cpu::{Cpu, Memory};
use super::network::gpu::{self, Gpu};
use std::sync::Arc;

/// A kind of device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// Our own kernels on the processor.
    Cpu,
    /// Our own kernels on the graphics card, by way of Vulkan, Metal or DX12.
    Gpu,
    /// An NVIDIA card; needs a build with the feature `cuda`.
    Cuda,
    /// An Apple GPU; needs a build with the feature `metal`.
    Metal,
    /// candle's operations on the processor: slow, for checking the others against.
    Reference,
}

impl Device {
    /// The best device of this build. A graphics card by way of wgpu is taken only where it is asked for: on real cards
    /// that was never run.
    pub fn best() -> Self {
        if cfg!(feature = "cuda") {
            Self::Cuda
        } else if cfg!(feature = "metal") {
            Self::Metal
        } else {
            Self::Cpu
        }
    }
}

/// A back end that is ready to work. Clones share it.
#[derive(Clone)]
pub enum Engine {
    Cpu(Arc<Cpu>),
    /// The card predicts the noise; what happens once a work (autoencoder, encoders) is the processor's.
    Gpu(Arc<Gpu>, Arc<Cpu>),
    Composed(Arc<Composed>, Memory),
}

impl Engine {
    /// Starts `device` with `threads` worker threads (0: one a core).
    ///
    /// # Errors
    /// [`ModelError::Unavailable`] if this build or this machine lacks the device.
    pub fn new(device: Device, threads: usize, memory: Memory) -> Result<Self, ModelError> {
        let composed = |backend| Self::Composed(Arc::new(backend), memory);
        match device {
            Device::Cpu => Ok(Self::Cpu(Arc::new(Cpu::new(threads, memory)?))),
            Device::Gpu => Ok(Self::Gpu(
                gpu::open()?,
                Arc::new(Cpu::new(threads, memory)?),
            )),
            Device::Cuda => Composed::cuda().map(composed),
            Device::Metal => Composed::metal().map(composed),
            Device::Reference => Ok(composed(Composed::cpu())),
        }
    }

    /// The memory rule it was started with.
    pub fn memory(&self) -> Memory {
        match self {
            Self::Cpu(cpu) | Self::Gpu(_, cpu) => cpu.memory(),
            Self::Composed(_, memory) => *memory,
        }
    }

    /// The arithmetic's name, for the record: results agree to the bit only under the same one.
    pub fn name(&self) -> String {
        match self {
            Self::Cpu(_) => cpu_name(),
            Self::Gpu(gpu, _) => format!("{}, {}", gpu::name(gpu), cpu_name()),
            Self::Composed(composed, _) => composed.name(),
        }
    }

    /// True if the graphics card that it worked on is gone, or failed at computing.
    pub fn is_lost(&self) -> bool {
        match self {
            Self::Gpu(gpu, _) => !gpu.is_usable(),
            Self::Cpu(_) | Self::Composed(..) => false,
        }
    }

    /// Returns unused memory to the system: between stages of different size.
    pub fn trim(&self) {
        match self {
            Self::Cpu(cpu) => cpu.trim(),
            Self::Gpu(gpu, cpu) => {
                gpu.trim();
                cpu.trim();
            }
            Self::Composed(..) => (),
        }
    }
}

fn cpu_name() -> String {
    format!("cpu ({})", palimpsest_kernels::simd::instruction_set())
}
