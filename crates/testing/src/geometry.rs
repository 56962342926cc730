//! The shapes of published networks, as their configurations have them.

use palimpsest_diffusion::files::config::{AdditionGeometry, AutoencoderGeometry, UnetGeometry};

/// The noise predictor of Stable Diffusion 1.
pub fn stable_diffusion_1() -> UnetGeometry {
    UnetGeometry {
        in_channels: 4,
        out_channels: 4,
        sample_size: 64,
        block_out_channels: vec![320, 640, 1280, 1280],
        layers_per_block: vec![2; 4],
        down_attention: vec![true, true, true, false],
        up_attention: vec![false, true, true, true],
        heads: vec![8; 4],
        transformer_layers: vec![1; 4],
        cross_attention_dim: 768,
        groups: 32,
        norm_eps: 1e-5,
        linear_projection: false,
        flip_sin_to_cos: true,
        freq_shift: 0.0,
        downsample_padding: 1,
        addition: None,
    }
}

/// The noise predictor of Stable Diffusion XL.
pub fn stable_diffusion_xl() -> UnetGeometry {
    UnetGeometry {
        sample_size: 128,
        block_out_channels: vec![320, 640, 1280],
        layers_per_block: vec![2; 3],
        down_attention: vec![false, true, true],
        up_attention: vec![true, true, false],
        heads: vec![5, 10, 20],
        transformer_layers: vec![1, 2, 10],
        cross_attention_dim: 2048,
        linear_projection: true,
        addition: Some(AdditionGeometry {
            text_width: 1280,
            size_width: 256,
        }),
        ..stable_diffusion_1()
    }
}

/// The autoencoder of Stable Diffusion 1.
pub fn stable_diffusion_1_autoencoder() -> AutoencoderGeometry {
    AutoencoderGeometry {
        in_channels: 3,
        out_channels: 3,
        latent_channels: 4,
        block_out_channels: vec![128, 256, 512, 512],
        layers_per_block: 2,
        groups: 32,
        scaling_factor: 0.18215,
        use_quant_conv: true,
        use_post_quant_conv: true,
        mid_attention: true,
    }
}
