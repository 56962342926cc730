//! Arithmetic on a graphics card, by way of wgpu: Vulkan, Metal or DX12, whatever the machine has. Kernels,
//! buffers and devices, and nothing else: no file, no network, no picture is known here.
//!
//! Every array is a row-major matrix `[rows, channels]` of single precision, as in the arithmetic of the CPU.
//! Three promises hold for every function:
//! - *the same bits on the same device*: no sum depends on the order in which threads arrive, and no choice on
//!   a time that was measured;
//! - *no panic*: what a driver refuses comes back as a [`GpuError`], at the latest with the next download;
//! - *no long dispatch*: work is cut into bands, so that whatever else the card draws goes on.

pub mod adapter;
mod attention;
mod batch;
mod buffer;
mod device;
mod error;
mod kernel;
mod norm;
mod pointwise;
mod product;
mod rearrange;

pub use adapter::Adapter;
pub use attention::Attention;
pub use buffer::{Matrix, Stored};
pub use device::{DISPATCH_SECONDS, Gpu};
pub use error::GpuError;
pub use kernel::{KERNELS_VERSION, Kernel};
pub use norm::GroupNorm;
pub use pointwise::Function;
pub use product::{Gathered, Weight};
