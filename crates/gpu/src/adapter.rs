//! The adapters of this machine: what they are called, what drives them, and which is taken first.

use crate::GpuError;
use std::fmt;

/// An adapter, as records name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adapter {
    pub name: String,
    /// Vulkan, Metal or DX12.
    pub interface: &'static str,
    /// The driver's name and version.
    pub driver: String,
    /// A number of the PCI list; drivers of software have others.
    pub vendor: u32,
    /// Software on the processor, which draws but does not speed anything up.
    pub is_software: bool,
}

impl fmt::Display for Adapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.name, self.interface, self.driver)
    }
}

impl From<&wgpu::AdapterInfo> for Adapter {
    fn from(info: &wgpu::AdapterInfo) -> Self {
        let driver = [info.driver.trim(), info.driver_info.trim()];
        let driver: Vec<&str> = driver.into_iter().filter(|part| !part.is_empty()).collect();
        Self {
            name: info.name.trim().to_owned(),
            interface: match info.backend {
                wgpu::Backend::Vulkan => "Vulkan",
                wgpu::Backend::Metal => "Metal",
                wgpu::Backend::Dx12 => "DX12",
                _ => "another interface",
            },
            driver: match driver.as_slice() {
                [] => "driver without a name".into(),
                parts => parts.join(" "),
            },
            vendor: info.vendor,
            is_software: info.device_type == wgpu::DeviceType::Cpu,
        }
    }
}

/// The adapters of this machine, the best first. The order is by kind, then by interface (Vulkan before
/// DX12, whose driver stack knows fewer of our instructions), never by speed.
pub fn adapters() -> Vec<Adapter> {
    let found = found();
    found
        .iter()
        .map(|adapter| (&adapter.get_info()).into())
        .collect()
}

/// The first adapter whose name contains `wanted`, in any case; the best where nothing is wanted.
pub(crate) fn choose(wanted: Option<&str>) -> Result<wgpu::Adapter, GpuError> {
    let lower = wanted.map(str::to_lowercase);
    let fits = |adapter: &wgpu::Adapter| {
        let name = adapter.get_info().name.to_lowercase();
        lower.as_ref().is_none_or(|wanted| name.contains(wanted))
    };
    let chosen = found().into_iter().find(fits);
    chosen.ok_or_else(|| GpuError::NoAdapter {
        wanted: wanted
            .map(|name| format!("named \"{name}\" "))
            .unwrap_or_default(),
    })
}

fn found() -> Vec<wgpu::Adapter> {
    let interfaces = wgpu::Backends::VULKAN | wgpu::Backends::METAL | wgpu::Backends::DX12;
    let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
    descriptor.backends = interfaces;
    descriptor.flags = wgpu::InstanceFlags::empty();
    let instance = wgpu::Instance::new(descriptor);
    let mut adapters = pollster::block_on(instance.enumerate_adapters(interfaces));
    adapters.sort_by_key(|adapter| {
        let info = adapter.get_info();
        let kind = match info.device_type {
            wgpu::DeviceType::DiscreteGpu => 0,
            wgpu::DeviceType::IntegratedGpu => 1,
            wgpu::DeviceType::VirtualGpu => 2,
            wgpu::DeviceType::Other => 3,
            wgpu::DeviceType::Cpu => 4,
        };
        (kind, info.backend == wgpu::Backend::Dx12)
    });
    adapters
}
