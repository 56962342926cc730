//! The parts of all networks: a small set of operations, each with its backward rule ([`tape`]),
//! the layers that hold their parameters, found by name in files ([`loader`]), and the back ends that do the
//! arithmetic ([`backend`]): our CPU kernels ([`cpu`]), our kernels for graphics cards ([`gpu`]), and a composition
//! of candle's tensor operations ([`composed`]) for its CUDA and Metal devices, which is also the oracle of the
//! CPU's in tests.

pub mod backend;
pub mod composed;
pub mod cpu;
pub mod gpu;
pub mod loader;
pub mod tape;
pub mod transformer;
