//! Dispatches collected and sent on their way together: in bands that no watchdog minds, with at most two
//! submissions under way, and with every failure brought back as an error.

use crate::device::{DISPATCH_SECONDS, Gpu};
use crate::kernel::{Constant, Kernel};
use crate::{GpuError, Matrix};
use std::collections::VecDeque;
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// What one submission may take, in seconds: between two of them the card can draw a frame.
const SUBMISSION_SECONDS: f64 = 0.008;
/// Dispatches that are collected before they are sent.
const COLLECTED: usize = 256;
const UNDER_WAY: usize = 2;
/// Longer than any driver waits before it resets the card.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes of a dispatch's parameters, as uniform buffers are aligned.
const SLOT: usize = 256;
/// Workgroups in the first dimension of a dispatch.
const ACROSS: u32 = 32_768;

/// Dispatches that are not on their way yet.
#[derive(Default)]
pub(crate) struct Batch {
    recorded: Vec<Recorded>,
    parameters: Option<wgpu::Buffer>,
    under_way: VecDeque<wgpu::SubmissionIndex>,
}

struct Recorded {
    pipeline: Arc<wgpu::ComputePipeline>,
    buffers: Vec<wgpu::Buffer>,
    parameters: Vec<u32>,
    groups: u32,
    /// Operations of one workgroup.
    work: f64,
}

/// One dispatch: a kernel, what it reads and writes, and how much there is to do.
pub(crate) struct Launch<'a> {
    pub kernel: Kernel,
    pub constants: &'a [Constant],
    /// Inputs, then outputs, in the order of their bindings.
    pub arrays: &'a [&'a Matrix],
    /// What follows the band in the kernel's parameters; numbers are given by their bits.
    pub parameters: &'a [u32],
    pub groups: usize,
    /// Operations in all.
    pub work: f64,
}

/// Workgroups from `first` to `end` of a recorded dispatch.
struct Band {
    recorded: usize,
    first: u32,
    end: u32,
    work: f64,
}

impl Gpu {
    pub(crate) fn launch(&self, launch: &Launch) -> Result<(), GpuError> {
        self.check()?;
        let groups = u32::try_from(launch.groups)
            .map_err(|_| self.failed(format!("{:?} is too large", launch.kernel)))?;
        if groups == 0 {
            return Ok(());
        }
        let pipeline = self.pipeline(launch.kernel, launch.constants)?;
        let mut batch = self.0.batch();
        batch.recorded.push(Recorded {
            pipeline,
            buffers: launch
                .arrays
                .iter()
                .map(|x| x.block.buffer.clone())
                .collect(),
            parameters: launch.parameters.to_vec(),
            groups,
            work: launch.work / f64::from(groups),
        });
        if batch.recorded.len() >= COLLECTED {
            self.send(&mut batch)?;
        }
        Ok(())
    }

    /// Sends what was collected on its way.
    pub(crate) fn flush(&self) -> Result<(), GpuError> {
        self.check()?;
        self.send(&mut self.0.batch())
    }

    fn send(&self, batch: &mut Batch) -> Result<(), GpuError> {
        let recorded = std::mem::take(&mut batch.recorded);
        if recorded.is_empty() {
            return Ok(());
        }
        let bands = bands(&recorded, self.rate() * DISPATCH_SECONDS);
        let (device, queue) = (&self.0.device, &self.0.queue);
        let scope = device.push_error_scope(wgpu::ErrorFilter::Validation);
        let parameters = self.parameters(batch, &recorded, &bands);
        let budget = self.rate() * SUBMISSION_SECONDS;
        let mut bands = bands.iter().enumerate().peekable();
        while bands.peek().is_some() {
            let mut encoder = device.create_command_encoder(&Default::default());
            let mut pass = encoder.begin_compute_pass(&Default::default());
            let mut work = 0.0;
            while let Some((slot, band)) =
                bands.next_if(|(_, band)| work == 0.0 || work + band.work <= budget)
            {
                let of = &recorded[band.recorded];
                let mut entries = vec![wgpu::BindGroupEntry {
                    binding: 0,
                    resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                        buffer: &parameters,
                        offset: (slot * SLOT) as u64,
                        size: std::num::NonZeroU64::new(SLOT as u64),
                    }),
                }];
                entries.extend((1..).zip(&of.buffers).map(|(binding, buffer)| {
                    wgpu::BindGroupEntry {
                        binding,
                        resource: buffer.as_entire_binding(),
                    }
                }));
                let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
                    label: None,
                    layout: &of.pipeline.get_bind_group_layout(0),
                    entries: &entries,
                });
                let count = band.end - band.first;
                pass.set_pipeline(&of.pipeline);
                pass.set_bind_group(0, &group, &[]);
                pass.dispatch_workgroups(count.min(ACROSS), count.div_ceil(ACROSS), 1);
                work += band.work.max(1.0);
            }
            drop(pass);
            batch.under_way.push_back(queue.submit([encoder.finish()]));
            self.wait_for_room(batch)?;
        }
        match pollster::block_on(scope.pop()) {
            Some(error) => Err(self.failed(error.to_string())),
            None => self.check(),
        }
    }

    /// Every band's parameters, in one buffer.
    fn parameters(&self, batch: &mut Batch, recorded: &[Recorded], bands: &[Band]) -> wgpu::Buffer {
        let mut words = vec![0_u32; bands.len() * SLOT / 4];
        for (slot, band) in words.chunks_exact_mut(SLOT / 4).zip(bands) {
            let of = &recorded[band.recorded].parameters;
            let across = (band.end - band.first).min(ACROSS);
            let all = [band.first, across, band.end]
                .into_iter()
                .chain(of.iter().copied());
            slot.iter_mut()
                .zip(all)
                .for_each(|(slot, word)| *slot = word);
        }
        let bytes: &[u8] = bytemuck::cast_slice(&words);
        let large_enough = batch
            .parameters
            .take_if(|buffer| buffer.size() >= bytes.len() as u64);
        let buffer = large_enough.unwrap_or_else(|| {
            self.0.device.create_buffer(&wgpu::BufferDescriptor {
                label: None,
                size: bytes.len().next_power_of_two() as u64,
                usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })
        });
        self.0.queue.write_buffer(&buffer, 0, bytes);
        batch.parameters = Some(buffer.clone());
        buffer
    }

    fn wait_for_room(&self, batch: &mut Batch) -> Result<(), GpuError> {
        while batch.under_way.len() > UNDER_WAY {
            let oldest = batch.under_way.pop_front();
            self.wait(oldest)?;
        }
        Ok(())
    }

    fn wait(&self, submission_index: Option<wgpu::SubmissionIndex>) -> Result<(), GpuError> {
        let timeout = Some(PATIENCE);
        let waited = self.0.device.poll(wgpu::PollType::Wait {
            submission_index,
            timeout,
        });
        match waited {
            Ok(_) => self.check(),
            Err(error) => Err(self.failed(error.to_string())),
        }
    }

    /// The values of a matrix, row by row.
    ///
    /// # Errors
    /// Whatever went wrong on the card since the last download.
    pub fn download(&self, x: &Matrix) -> Result<Vec<f32>, GpuError> {
        self.flush()?;
        let device = &self.0.device;
        let size = 4 * x.len() as u64;
        if size == 0 {
            return Ok(Vec::new());
        }
        let scope = device.push_error_scope(wgpu::ErrorFilter::Validation);
        let staging = device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size,
            usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let mut encoder = device.create_command_encoder(&Default::default());
        encoder.copy_buffer_to_buffer(&x.block.buffer, 0, &staging, 0, size);
        let index = self.0.queue.submit([encoder.finish()]);
        let (sender, mapped) = mpsc::channel();
        staging.map_async(wgpu::MapMode::Read, .., move |outcome| {
            // Nobody listens if the wait below has failed.
            let _ = sender.send(outcome);
        });
        self.0.batch().under_way.clear();
        self.wait(Some(index))?;
        if let Some(error) = pollster::block_on(scope.pop()) {
            return Err(self.failed(error.to_string()));
        }
        match mapped.recv_timeout(PATIENCE) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(self.failed(error.to_string())),
            Err(error) => return Err(self.failed(error.to_string())),
        }
        let view = staging.get_mapped_range(..);
        let view = view.map_err(|error| self.failed(error.to_string()))?;
        Ok(bytemuck::pod_collect_to_vec(&view))
    }
}

/// The recorded dispatches, cut such that none does more than `limit` operations, unless one workgroup does.
fn bands(recorded: &[Recorded], limit: f64) -> Vec<Band> {
    let mut bands = Vec::with_capacity(recorded.len());
    for (number, recorded) in recorded.iter().enumerate() {
        let most = (limit / recorded.work.max(1.0)).clamp(1.0, f64::from(recorded.groups)) as u32;
        let mut first = 0;
        while first < recorded.groups {
            let end = recorded.groups.min(first.saturating_add(most));
            bands.push(Band {
                recorded: number,
                first,
                end,
                work: recorded.work * f64::from(end - first),
            });
            first = end;
        }
    }
    bands
}
