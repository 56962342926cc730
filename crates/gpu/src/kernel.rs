//! The kernels' texts, and the pipelines made of them on first use.

use crate::GpuError;
use crate::device::Gpu;
use std::borrow::Cow;
use std::sync::Arc;

/// Rises whenever a kernel changes such that its results may.
pub const KERNELS_VERSION: u32 = 1;

/// A kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kernel {
    Product,
    Attention,
    AttentionProducts,
    AttentionQuery,
    AttentionKeyValue,
    GroupMoments,
    GroupNorm,
    GroupSlopes,
    GroupAdjoint,
    LayerNorm,
    Pointwise,
    Rearrange,
    Table,
}

impl Kernel {
    fn parts(self) -> &'static [&'static str] {
        const COMMON: &str = include_str!("shaders/common.wgsl");
        const ATTENTION: &str = include_str!("shaders/attention_common.wgsl");
        const ADJOINT: &str = include_str!("shaders/attention_adjoint.wgsl");
        const NORM: &str = include_str!("shaders/norm_common.wgsl");
        const GROUP_ADJOINT: &str = include_str!("shaders/group_adjoint_common.wgsl");
        match self {
            Self::Product => &[include_str!("shaders/product.wgsl"), COMMON],
            Self::Attention => &[ATTENTION, include_str!("shaders/attention.wgsl"), COMMON],
            Self::AttentionProducts => &[
                ATTENTION,
                include_str!("shaders/attention_products.wgsl"),
                COMMON,
            ],
            Self::AttentionQuery => &[
                ATTENTION,
                ADJOINT,
                include_str!("shaders/attention_query.wgsl"),
                COMMON,
            ],
            Self::AttentionKeyValue => &[
                ATTENTION,
                ADJOINT,
                include_str!("shaders/attention_key_value.wgsl"),
                COMMON,
            ],
            Self::GroupMoments => &[NORM, include_str!("shaders/group_moments.wgsl"), COMMON],
            Self::GroupNorm => &[NORM, include_str!("shaders/group_norm.wgsl"), COMMON],
            Self::GroupSlopes => &[
                NORM,
                GROUP_ADJOINT,
                include_str!("shaders/group_slopes.wgsl"),
                COMMON,
            ],
            Self::GroupAdjoint => &[
                NORM,
                GROUP_ADJOINT,
                include_str!("shaders/group_adjoint.wgsl"),
                COMMON,
            ],
            Self::LayerNorm => &[NORM, include_str!("shaders/layer_norm.wgsl"), COMMON],
            Self::Pointwise => &[include_str!("shaders/pointwise.wgsl"), COMMON],
            Self::Rearrange => &[include_str!("shaders/rearrange.wgsl"), COMMON],
            Self::Table => &[include_str!("shaders/table.wgsl"), COMMON],
        }
    }

    /// The text, without its constants.
    pub fn text(self) -> String {
        self.parts().concat()
    }
}

/// A constant of a kernel: a shape that its loops are compiled for, or a variant.
pub(crate) type Constant = (&'static str, u32);

/// A kernel with its constants.
pub(crate) type Variant = (Kernel, Vec<u32>);

impl Gpu {
    pub(crate) fn pipeline(
        &self,
        kernel: Kernel,
        constants: &[Constant],
    ) -> Result<Arc<wgpu::ComputePipeline>, GpuError> {
        let variant: Variant = (kernel, constants.iter().map(|&(_, value)| value).collect());
        let mut pipelines = self.0.pipelines();
        if let Some(pipeline) = pipelines.get(&variant) {
            return Ok(Arc::clone(pipeline));
        }
        let mut text: String = constants
            .iter()
            .map(|(name, value)| format!("const {name} = {value}u;\n"))
            .collect();
        text += &(self.0.edit)(kernel, kernel.text());
        let device = &self.0.device;
        let scope = device.push_error_scope(wgpu::ErrorFilter::Validation);
        let descriptor = wgpu::ShaderModuleDescriptor {
            label: None,
            source: wgpu::ShaderSource::Wgsl(Cow::Owned(text)),
        };
        let mut checks = wgpu::ShaderRuntimeChecks::checked();
        checks.force_loop_bounding = false;
        // SAFETY: what is left out is the check that loops end. Each loop of our kernels counts up to a number
        // that it does not change.
        let module = unsafe { device.create_shader_module_trusted(descriptor, checks) };
        let pipeline = device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: None,
            layout: None,
            module: &module,
            entry_point: Some("main"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            cache: None,
        });
        if let Some(error) = pollster::block_on(scope.pop()) {
            return Err(self.failed(format!("kernel {kernel:?}: {error}")));
        }
        let pipeline = Arc::new(pipeline);
        pipelines.insert(variant, Arc::clone(&pipeline));
        Ok(pipeline)
    }
}
