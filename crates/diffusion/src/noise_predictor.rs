//! The noise predictor: the UNet of Stable Diffusion 1, 2 and XL and of AltDiffusion, written once over the
//! operations of [`network`](super::network); what the families differ by is its geometry. Blocks and names
//! follow diffusers' `UNet2DConditionModel`.

mod blocks;
mod condition;
mod geometry;

use super::ModelError;
use super::files::config::UnetGeometry;
use super::files::weights::Weights;
use super::network::backend::{
    Activation, Backend, Convolution, Grid, GroupNorm, Linear, Outcome, Window,
};
use super::network::loader::Loader;
use super::network::tape::{Recording, Tape, Var};
use blocks::{DownBlock, MidBlock, Transformer, UpBlock, slots};
pub use condition::{Condition, Prompt, Sizes};
pub use geometry::same_structure;

/// ε_θ or v_θ: predicts, from a noised latent, its timestep and a prompt, what was added to it.
pub struct NoisePredictor<B: Backend> {
    geometry: UnetGeometry,
    time_embedding: [Linear<B>; 2],
    /// Of networks that take a second condition.
    add_embedding: Option<[Linear<B>; 2]>,
    conv_in: Convolution<B>,
    down_blocks: Vec<DownBlock<B>>,
    mid_block: MidBlock<B>,
    up_blocks: Vec<UpBlock<B>>,
    conv_norm_out: GroupNorm<B>,
    conv_out: Convolution<B>,
}

/// A prediction in tokens-by-channels order, and how to get its gradient.
pub struct Prediction<'m, B: Backend> {
    tape: Tape<'m, B>,
    input: Var<B>,
    output: Var<B>,
    grid: Grid,
}

impl<B: Backend> NoisePredictor<B> {
    /// Builds the network of `geometry` from the tensors of a `unet` component.
    ///
    /// # Errors
    /// [`ModelError`] naming the tensor that is missing or of the wrong shape.
    pub fn load(geometry: UnetGeometry, weights: &Weights, backend: &B) -> Outcome<Self> {
        let root = Loader::new(backend, weights);
        let g = &geometry;
        let widths = &g.block_out_channels;
        let (first, last) = ends(widths)?;
        let time = 4 * first;
        let embedding = root.at("time_embedding");
        let add_embedding = g.addition.map(|addition| {
            let at = root.at("add_embedding");
            Ok::<_, ModelError>([
                at.at("linear_1").linear(addition.inputs(), time)?,
                at.at("linear_2").linear(time, time)?,
            ])
        });
        let mut slots = slots();
        // Every result on the way down is handed to the way up, latest first.
        let mut skips = vec![first];
        let mut channels = first;
        let mut down_blocks = Vec::with_capacity(widths.len());
        for (index, &width) in widths.iter().enumerate() {
            let scope = root.at("down_blocks").at(index);
            let block = DownBlock::load(&scope, g, index, channels, &mut slots)?;
            skips.extend(std::iter::repeat_n(width, g.layers_per_block[index]));
            skips.extend(block.shrinks().then_some(width));
            down_blocks.push(block);
            channels = width;
        }
        let mid_block = MidBlock::load(&root.at("mid_block"), g, last, &mut slots)?;
        let mut up_blocks = Vec::with_capacity(widths.len());
        for index in 0..widths.len() {
            let scope = root.at("up_blocks").at(index);
            up_blocks.push(UpBlock::load(
                &scope,
                g,
                index,
                &mut channels,
                &mut skips,
                &mut slots,
            )?);
        }
        Ok(Self {
            time_embedding: [
                embedding.at("linear_1").linear(first, time)?,
                embedding.at("linear_2").linear(time, time)?,
            ],
            add_embedding: add_embedding.transpose()?,
            conv_in: root
                .at("conv_in")
                .convolution(g.in_channels, first, Window::Same)?,
            down_blocks,
            mid_block,
            up_blocks,
            conv_norm_out: root
                .at("conv_norm_out")
                .group_norm(first, g.groups, g.norm_eps, true)?,
            conv_out: root
                .at("conv_out")
                .convolution(first, g.out_channels, Window::Same)?,
            geometry,
        })
    }

    /// The network's shape.
    pub fn geometry(&self) -> &UnetGeometry {
        &self.geometry
    }

    /// Both sides of a latent must be multiples of this.
    pub fn granularity(&self) -> usize {
        1 << (self.geometry.block_out_channels.len() - 1)
    }

    /// Keys and values of a text embedding `[tokens, cross_attention_dim]`, and the prompt's vector where the
    /// network takes one.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if the vector is missing or of another width.
    pub fn prompt<'a>(
        &self,
        backend: &B,
        condition: impl Into<Condition<'a>>,
    ) -> Outcome<Prompt<B>> {
        let condition = condition.into();
        let context =
            Var::constant(backend.upload(condition.tokens, self.geometry.cross_attention_dim)?);
        let pooled = condition
            .pooled
            .filter(|_| self.geometry.addition.is_some());
        let pooled = pooled.map(|pooled| backend.upload(pooled, pooled.len()));
        let pooled = pooled.transpose()?.map(Var::constant);
        let tape = &mut Tape::new(backend, Recording::Nothing);
        self.prompt_on(tape, &context, pooled)
    }

    /// As [`Self::prompt`], on a tape that may carry gradients to the embedding, to the vector and to the
    /// projections.
    ///
    /// # Errors
    /// As [`Self::prompt`].
    pub fn prompt_on<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        embedding: &Var<B>,
        pooled: Option<Var<B>>,
    ) -> Outcome<Prompt<B>> {
        let wanted = self.geometry.addition.map(|addition| addition.text_width);
        let found = pooled
            .as_ref()
            .map(|pooled| tape.backend.width(&pooled.value));
        let found = found.transpose()?;
        if wanted != found {
            return Err(ModelError::Shape {
                what: "The vector of the whole prompt".into(),
                expected: wanted.into_iter().collect(),
                found: found.into_iter().collect(),
            });
        }
        // In the order of the slots: down, middle, up.
        let transformers = (self.down_blocks.iter().flat_map(DownBlock::transformers))
            .chain(self.mid_block.transformers())
            .chain(self.up_blocks.iter().flat_map(UpBlock::transformers));
        let layers = transformers.flat_map(Transformer::cross_attentions);
        let pairs = layers
            .map(|(to_k, to_v)| Ok((tape.linear(embedding, to_k)?, tape.linear(embedding, to_v)?)));
        Ok(Prompt::new(pairs.collect::<Outcome<_>>()?, pooled))
    }

    /// Predicts from a noised latent (`[h·w, in_channels]`, row by row) at `timestep`.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if the grid is not a multiple of [`Self::granularity`].
    pub fn predict<'m>(
        &'m self,
        backend: &'m B,
        recording: Recording,
        latent: &[f32],
        grid: Grid,
        timestep: usize,
        prompt: &Prompt<B>,
    ) -> Outcome<Prediction<'m, B>> {
        let mut tape = Tape::new(backend, recording);
        let input = tape.input(backend.upload(latent, self.geometry.in_channels)?);
        let output = self.forward(&mut tape, &input, grid, timestep, prompt)?;
        Ok(Prediction {
            tape,
            input,
            output,
            grid,
        })
    }

    /// As [`Self::predict`], as part of a computation on `tape`.
    pub fn forward<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        x: &Var<B>,
        grid: Grid,
        timestep: usize,
        prompt: &Prompt<B>,
    ) -> Outcome<Var<B>> {
        let time = &self.embed_time(tape, timestep, prompt)?;
        let mut grid = grid;
        let mut x = tape.convolution(x, &self.conv_in, grid, None)?;
        let mut skips = vec![x.clone()];
        for block in &self.down_blocks {
            x = block.forward(tape, x, &mut grid, time, prompt, &mut skips)?;
        }
        x = self.mid_block.forward(tape, &x, grid, time, prompt)?;
        for block in &self.up_blocks {
            x = block.forward(tape, x, &mut grid, time, prompt, &mut skips)?;
        }
        tape.block(&[&x], move |tape, inputs| {
            let x = tape.group_norm(&inputs[0], &self.conv_norm_out)?;
            tape.convolution(&x, &self.conv_out, grid, None)
        })
    }

    /// SiLU of the timestep's embedding, to which that of a second condition is added, `[1, 4·width]`: what every
    /// residual block reads.
    fn embed_time<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        timestep: usize,
        prompt: &Prompt<B>,
    ) -> Outcome<Var<B>> {
        let waves = self.waves(timestep as f32, self.time_embedding[0].inputs);
        let x = Var::constant(tape.backend.upload(&waves, waves.len())?);
        let mut time = embedded(tape, &x, &self.time_embedding)?;
        if let (Some(layers), Some(addition)) = (&self.add_embedding, &self.geometry.addition) {
            let (pooled, sizes) = prompt.addition()?;
            let waves: Vec<f32> = (sizes.numbers().iter())
                .flat_map(|&size| self.waves(size, addition.size_width))
                .collect();
            let waves = Var::constant(tape.backend.upload(&waves, waves.len())?);
            let x = tape.concatenate(pooled, &waves)?;
            let added = embedded(tape, &x, layers)?;
            time = tape.add(time, &added)?;
        }
        tape.activation(&time, Activation::Silu)
    }

    /// The sinusoidal embedding of a number, such as a timestep.
    fn waves(&self, number: f32, width: usize) -> Vec<f32> {
        let half = width / 2;
        let angles: Vec<f32> = (0..half)
            .map(|i| {
                let exponent =
                    -f32::ln(10_000.0) * i as f32 / (half as f32 - self.geometry.freq_shift);
                number * exponent.exp()
            })
            .collect();
        let (sines, cosines) = (
            angles.iter().map(|a| a.sin()),
            angles.iter().map(|a| a.cos()),
        );
        let mut waves: Vec<f32> = if self.geometry.flip_sin_to_cos {
            cosines.chain(sines).collect()
        } else {
            sines.chain(cosines).collect()
        };
        waves.resize(width, 0.0);
        waves
    }
}

impl<B: Backend> Prediction<'_, B> {
    /// The prediction, `[h·w, out_channels]`, row by row.
    pub fn values(&self) -> Outcome<Vec<f32>> {
        self.tape.backend.download(&self.output.value)
    }

    /// The gradient with respect to the noised latent, given that of the prediction.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if nothing was recorded.
    pub fn backward(self, gradient: &[f32]) -> Outcome<Vec<f32>> {
        let backend = self.tape.backend;
        let gradient = backend.upload(gradient, gradient.len() / self.grid.positions())?;
        let mut found = self.tape.backward(&self.output, gradient)?;
        match found.take(&self.input) {
            Some(gradient) => backend.download(&gradient),
            None => Err(ModelError::Unrecorded),
        }
    }
}

/// Two linear layers and a SiLU between them.
fn embedded<'m, B: Backend>(
    tape: &mut Tape<'m, B>,
    x: &Var<B>,
    [first, second]: &'m [Linear<B>; 2],
) -> Outcome<Var<B>> {
    let x = tape.linear(x, first)?;
    let x = tape.activation(&x, Activation::Silu)?;
    tape.linear(&x, second)
}

fn ends(widths: &[usize]) -> Outcome<(usize, usize)> {
    match (widths.first(), widths.last()) {
        (Some(&first), Some(&last)) => Ok((first, last)),
        _ => Err(ModelError::Shape {
            what: "The list of the noise predictor's blocks".into(),
            expected: vec![1],
            found: vec![0],
        }),
    }
}
