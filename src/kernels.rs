//! Fast f32 arithmetic on the CPU, and nothing else: no file, no network, no picture is known here.
//!
//! Every array is a row-major matrix `[rows, channels]`; a picture-like array of height h and width
//! w is the matrix of its h·w positions (channels last). Convolutions, attention and linear layers
//! then share one layout and nothing is ever transposed between them.
//!
//! Three promises hold for every function of this module:
//! - *the same bits for any number of threads*: work is cut by the shape of the problem alone, and
//!   partial sums are added in a fixed order;
//! - *the instruction set is chosen at run time* ([`simd`]): the binary starts on any x86-64 or
//!   aarch64 machine and uses the widest vectors it finds;
//! - *no page is cleared twice*: scratch and results come from a [`pool::Pool`].
//!
//! A `…_backward` function gives the gradient with respect to the function's input; those with respect to
//! its weights are in [`parameters`].

pub mod attention;
pub mod blocked;
pub mod convolution;
mod few_rows;
pub mod gather;
pub mod matmul;
pub mod norm;
mod outer;
mod pages;
pub mod parameters;
pub mod pointwise;
pub mod pool;
pub mod simd;
pub mod winograd;
