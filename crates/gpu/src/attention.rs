//! Attention forward and backward in blocks: the full matrix is never held.

use crate::batch::Launch;
use crate::device::Gpu;
use crate::{GpuError, Kernel, Matrix};

/// Tokens of a block, and columns that are met at a time.
const BLOCK: usize = 32;
const STEP: usize = 16;

/// The shape of an attention: `queries` and `keys` tokens, `heads` bands of `width` columns.
#[derive(Clone, Copy, Debug)]
pub struct Attention {
    pub queries: usize,
    pub keys: usize,
    pub heads: usize,
    pub width: usize,
    /// A query sees only keys up to its own place.
    pub causal: bool,
}

impl Attention {
    /// Operations of one product of all queries with all keys.
    fn work(&self) -> f64 {
        2.0 * self.queries as f64 * self.keys as f64 * (self.heads * self.width) as f64
    }

    fn parameters(&self, tokens: usize) -> [u32; 7] {
        [
            self.queries as u32,
            self.keys as u32,
            (self.heads * self.width) as u32,
            self.width as u32,
            u32::from(self.causal),
            tokens.div_ceil(BLOCK) as u32,
            (1.0 / (self.width as f32).sqrt()).to_bits(),
        ]
    }

    fn launch<'a>(
        &self,
        kernel: Kernel,
        constants: &'a [(&'static str, u32)],
        arrays: &'a [&'a Matrix],
        parameters: &'a [u32],
    ) -> Launch<'a> {
        let tokens = match kernel {
            Kernel::AttentionKeyValue => self.keys,
            _ => self.queries,
        };
        let products = match kernel {
            Kernel::Attention => 2.0,
            Kernel::AttentionQuery => 3.0,
            _ => 4.0,
        };
        Launch {
            kernel,
            constants,
            arrays,
            parameters,
            groups: self.heads * tokens.div_ceil(BLOCK),
            work: products * self.work(),
        }
    }

    fn steps(&self) -> [(&'static str, u32); 1] {
        [("STEPS", self.width.div_ceil(STEP) as u32)]
    }

    fn fits(&self, [query, key, value]: [&Matrix; 3]) -> Result<(), GpuError> {
        let columns = self.heads * self.width;
        for (x, rows) in [(query, self.queries), (key, self.keys), (value, self.keys)] {
            if (x.rows, x.columns) != (rows, columns) {
                return Err(GpuError::Shape {
                    what: "an attention's input",
                    expected: [rows, columns],
                    found: [x.rows, x.columns],
                });
            }
        }
        Ok(())
    }
}

impl Gpu {
    /// softmax(q·kᵀ/√width)·v for every head, and what the backward rule needs of each row.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if they do not fit each other; whatever ails the card.
    pub fn attention(
        &self,
        shape: &Attention,
        inputs: [&Matrix; 3],
    ) -> Result<(Matrix, Matrix), GpuError> {
        shape.fits(inputs)?;
        let [query, key, value] = inputs;
        let result = self.matrix(query.rows, query.columns)?;
        let state = self.matrix(2 * shape.heads, shape.queries)?;
        self.launch(&shape.launch(
            Kernel::Attention,
            &shape.steps(),
            &[query, key, value, &result, &state],
            &shape.parameters(shape.queries),
        ))?;
        Ok((result, state))
    }

    /// The gradients at the queries and, if they are wanted, at keys and values.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if they do not fit each other; whatever ails the card.
    pub fn attention_backward(
        &self,
        shape: &Attention,
        inputs: [&Matrix; 3],
        (result, state): (&Matrix, &Matrix),
        gradient: &Matrix,
        wants_key_value: bool,
    ) -> Result<(Matrix, Option<[Matrix; 2]>), GpuError> {
        shape.fits(inputs)?;
        shape.fits([gradient, inputs[1], inputs[2]])?;
        let [query, key, value] = inputs;
        let products = self.matrix(shape.heads, shape.queries)?;
        self.launch(&Launch {
            kernel: Kernel::AttentionProducts,
            constants: &[],
            arrays: &[result, gradient, &products],
            parameters: &shape.parameters(shape.queries),
            groups: products.len().div_ceil(256),
            work: 2.0 * result.len() as f64,
        })?;
        let of_query = self.matrix(query.rows, query.columns)?;
        self.launch(&shape.launch(
            Kernel::AttentionQuery,
            &shape.steps(),
            &[query, key, value, gradient, state, &products, &of_query],
            &shape.parameters(shape.queries),
        ))?;
        if !wants_key_value {
            return Ok((of_query, None));
        }
        let of_key = self.matrix(key.rows, key.columns)?;
        let of_value = self.matrix(key.rows, key.columns)?;
        self.launch(&shape.launch(
            Kernel::AttentionKeyValue,
            &shape.steps(),
            &[
                query, key, value, gradient, state, &products, &of_key, &of_value,
            ],
            &shape.parameters(shape.keys),
        ))?;
        Ok((of_query, Some([of_key, of_value])))
    }
}
