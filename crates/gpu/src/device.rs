//! A device of one adapter: opened, watched for what goes wrong, and timed once so that no dispatch takes long.

use crate::batch::Batch;
use crate::buffer::Pool;
use crate::kernel::Variant;
use crate::{Adapter, GpuError, Kernel, adapter};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// What one dispatch may take, in seconds, by the rate measured when the device was opened: drivers reset a
/// card that does not answer for two.
pub const DISPATCH_SECONDS: f64 = 0.05;

/// Operations a second that any card does: what a small product takes is mostly the way there and back.
const SLOWEST: f64 = 2e9;

/// Changes the text of a kernel before it is compiled; tests plant faults with it.
pub type Edit = fn(Kernel, String) -> String;

/// A device that is ready to work. Clones share it.
#[derive(Clone)]
pub struct Gpu(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub device: wgpu::Device,
    pub queue: wgpu::Queue,
    pub edit: Edit,
    adapter: Adapter,
    fault: Arc<Mutex<Option<GpuError>>>,
    pipelines: Mutex<HashMap<Variant, Arc<wgpu::ComputePipeline>>>,
    pool: Mutex<Pool>,
    batch: Mutex<Batch>,
    /// Operations a second.
    rate: Mutex<f64>,
}

/// What a lock guards stays whole when a thread dies: every change to it is one call.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub fn pipelines(&self) -> MutexGuard<'_, HashMap<Variant, Arc<wgpu::ComputePipeline>>> {
        locked(&self.pipelines)
    }

    pub fn pool(&self) -> MutexGuard<'_, Pool> {
        locked(&self.pool)
    }

    pub fn batch(&self) -> MutexGuard<'_, Batch> {
        locked(&self.batch)
    }

    pub fn keep(&self, buffer: wgpu::Buffer) {
        self.pool().put(buffer);
    }
}

impl Gpu {
    /// A device of the first adapter whose name contains `wanted`, or of the best one.
    ///
    /// # Errors
    /// [`GpuError`] if there is no such adapter, or its driver refuses.
    pub fn open(wanted: Option<&str>) -> Result<Self, GpuError> {
        Self::open_edited(wanted, |_, text| text)
    }

    /// As [`Self::open`], with kernels changed before they are compiled.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_edited(wanted: Option<&str>, edit: Edit) -> Result<Self, GpuError> {
        let chosen = adapter::choose(wanted)?;
        let offered = chosen.limits();
        let limits = wgpu::Limits {
            max_buffer_size: offered.max_buffer_size,
            max_storage_buffer_binding_size: offered.max_storage_buffer_binding_size,
            ..wgpu::Limits::default()
        };
        let descriptor = wgpu::DeviceDescriptor {
            label: Some("examination"),
            required_limits: limits,
            ..Default::default()
        };
        let opened = pollster::block_on(chosen.request_device(&descriptor));
        let (device, queue) = opened.map_err(|error| GpuError::Refused {
            adapter: chosen.get_info().name,
            why: error.to_string(),
        })?;
        Self::on(device, queue, edit)
    }

    /// Work on a device that somebody else opened.
    ///
    /// # Errors
    /// [`GpuError`] if a first product on it fails.
    pub fn from_device(device: wgpu::Device, queue: wgpu::Queue) -> Result<Self, GpuError> {
        Self::on(device, queue, |_, text| text)
    }

    fn on(device: wgpu::Device, queue: wgpu::Queue, edit: Edit) -> Result<Self, GpuError> {
        let adapter = Adapter::from(&device.adapter_info());
        let fault = Arc::new(Mutex::new(None));
        let (name, slot) = (adapter.name.clone(), Arc::clone(&fault));
        device.set_device_lost_callback(move |_, why| {
            let why = if why.is_empty() {
                "its driver gave it up".into()
            } else {
                why
            };
            let adapter = name.clone();
            locked(&slot).get_or_insert(GpuError::Lost { adapter, why });
        });
        let (name, slot) = (adapter.name.clone(), Arc::clone(&fault));
        device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
            let (adapter, why) = (name.clone(), error.to_string());
            locked(&slot).get_or_insert(GpuError::Failed { adapter, why });
        }));
        let gpu = Self(Arc::new(Shared {
            device,
            queue,
            edit,
            adapter,
            fault,
            pipelines: Mutex::default(),
            pool: Mutex::default(),
            batch: Mutex::default(),
            rate: Mutex::new(1e9),
        }));
        gpu.calibrate()?;
        Ok(gpu)
    }

    /// The adapter's description.
    pub fn adapter(&self) -> &Adapter {
        &self.0.adapter
    }

    /// Operations that the card does in a second, by a product measured when it was opened. It decides how
    /// work is cut, never what is computed.
    pub fn rate(&self) -> f64 {
        *locked(&self.0.rate)
    }

    /// Gives unused buffers back to the card.
    pub fn trim(&self) {
        self.0.pool().clear();
    }

    /// Gives the device up, as a driver does that was reset.
    pub fn lose(&self) {
        self.0.device.destroy();
        let adapter = self.adapter().name.clone();
        let why = "it was given up".to_owned();
        locked(&self.0.fault).get_or_insert(GpuError::Lost { adapter, why });
    }

    /// False once anything went wrong on the device.
    pub fn is_usable(&self) -> bool {
        self.check().is_ok()
    }

    /// Ok unless something went wrong on the device before.
    pub(crate) fn check(&self) -> Result<(), GpuError> {
        match &*locked(&self.0.fault) {
            Some(fault) => Err(fault.clone()),
            None => Ok(()),
        }
    }

    /// An error of this adapter; the loss of the device where that is the cause.
    pub(crate) fn failed(&self, why: String) -> GpuError {
        let adapter = self.adapter().name.clone();
        self.check()
            .err()
            .unwrap_or(GpuError::Failed { adapter, why })
    }

    fn calibrate(&self) -> Result<(), GpuError> {
        for side in [64, 256, 1024] {
            let square = self.upload(&vec![0.5; side * side], side)?;
            let weight = crate::Weight::plain(&square);
            let once = || self.download(&self.product(&square, &weight, None)?);
            once()?;
            let start = Instant::now();
            once()?;
            let seconds = start.elapsed().as_secs_f64().max(1e-6);
            let rate = 2.0 * (side as f64).powi(3) / seconds;
            *locked(&self.0.rate) = rate.max(SLOWEST);
            // A larger one only where this was too quick to tell.
            if seconds > 0.02 {
                break;
            }
        }
        Ok(())
    }
}
