//! Costs of the frames, for those who measure them: one line a frame in the file that the environment
//! variable PALIMPSEST_TRACE_FRAMES names, and nothing without it.

use std::fs::File;
use std::io::{self, LineWriter, Write};
use std::time::Instant;

use eframe::Frame;

use palimpsest_base::system;

/// The file, and what was known when the last line was written.
pub struct Trace {
    file: LineWriter<File>,
    begin: Instant,
    used: Option<u64>,
}

impl Trace {
    /// The trace that the environment asks for.
    ///
    /// # Errors
    /// If its file cannot be written.
    pub fn asked() -> io::Result<Option<Self>> {
        let Some(path) = std::env::var_os("PALIMPSEST_TRACE_FRAMES") else {
            return Ok(None);
        };
        let mut file = LineWriter::new(File::create(path)?);
        writeln!(file, "at_ms\tcpu_ms\ttook_ms\trunning")?;
        Ok(Some(Self {
            file,
            begin: Instant::now(),
            used: system::thread_nanoseconds(),
        }))
    }

    /// Writes a line at the begin of a frame about the one before: CPU time that this thread has used since
    /// then, and what the frame took by the clock, interruptions and the driver's part included.
    pub fn frame(&mut self, frame: &Frame, running: bool) {
        let used = system::thread_nanoseconds();
        let cpu = used.zip(self.used).map(|(now, then)| now - then);
        self.used = used;
        let took = frame.info().cpu_usage.map(f64::from);
        let column = |ms: Option<f64>| ms.map_or_else(|| "-".to_owned(), |ms| format!("{ms:.3}"));
        let line = [
            format!("{:.1}", 1e3 * self.begin.elapsed().as_secs_f64()),
            column(cpu.map(|ns| ns as f64 / 1e6)),
            column(took.map(|seconds| 1e3 * seconds)),
            u8::from(running).to_string(),
        ];
        // A disk that is full ends the trace, not the program.
        let _ = writeln!(self.file, "{}", line.join("\t"));
    }
}
