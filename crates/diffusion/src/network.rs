//! The parts of all networks: a small set of operations, each with its backward rule ([`tape`]),
//! the layers that hold their parameters, found by name in files ([`loader`]), and the back ends that do the
//! arithmetic ([`backend`]): our CPU kernels ([`cpu`]) and a composition of candle's tensor operations
//! ([`composed`]) for its CUDA and Metal devices, which is also the oracle of the fast one in tests.
//! A back end in compute shaders would be one more implementation of [`backend::Backend`].

pub mod backend;
pub mod composed;
pub mod cpu;
pub mod loader;
pub mod tape;
pub mod transformer;
