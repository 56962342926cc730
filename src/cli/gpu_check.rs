//! `palimpsest gpu-check`: the report on the graphics card that users can send.

use std::fmt::Write;

use super::Status;
use super::output::{fail, print};
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::network::gpu::{self, Gpu, KERNELS_VERSION};

pub(super) fn run() -> Status {
    let report = match report() {
        Ok(report) => report,
        Err(error) => return fail(&error),
    };
    print(&report.text);
    match report.refusal {
        None => Status::Done,
        Some(error) => fail(&error),
    }
}

struct Report {
    text: String,
    refusal: Option<gpu::GpuError>,
}

fn report() -> Result<Report, ModelError> {
    let mut text = format!(
        "palimpsest {}, kernels {KERNELS_VERSION}\n",
        env!("CARGO_PKG_VERSION")
    );
    // A string takes everything, here and below.
    for (number, adapter) in (1..).zip(gpu::adapters()) {
        let software = if adapter.is_software {
            " (software)"
        } else {
            ""
        };
        let _ = writeln!(text, "adapter {number}: {adapter}{software}");
    }
    let gpu = Gpu::open(gpu::wanted().as_deref())?;
    let _ = writeln!(text, "tested: {}", gpu.adapter());
    let _ = writeln!(
        text,
        "a product of matrices: {:.1} GFLOP/s",
        gpu.rate() / 1e9
    );
    let checks = gpu::check(&gpu)?;
    for check in &checks {
        let verdict = if check.passed() { "ok" } else { "WRONG" };
        let (rule, error, allowed) = (check.rule, check.error, check.allowed);
        let _ = writeln!(
            text,
            "{verdict:6}{rule:30} {error:.1e} (at most {allowed:.0e})"
        );
    }
    let passed = checks.iter().filter(|check| check.passed()).count();
    let _ = write!(
        text,
        "{passed} of {} answers are right, each twice to the bit",
        checks.len()
    );
    Ok(Report {
        text,
        refusal: gpu::refusal(&gpu, &checks),
    })
}
