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

mod aligned_buffer;
pub mod attention;
pub mod convolution;
pub mod im2col;
pub mod matmul;
pub mod norm;
mod outer_product;
pub mod packed_weight;
pub mod parameters;
pub mod pointwise;
pub mod pool;
pub mod simd;
mod skinny_gemm;
pub mod winograd;
