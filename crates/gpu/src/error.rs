//! Failures of a graphics card.

/// A failure of a graphics card or of what drives it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum GpuError {
    /// No adapter at all, or none of the wanted name.
    #[error("no graphics card {wanted}is reached by Vulkan, Metal or DX12")]
    NoAdapter {
        /// The name asked for and a space, or nothing.
        wanted: String,
    },
    /// The driver gives no device.
    #[error("{adapter} was refused by its driver: {why}")]
    Refused { adapter: String, why: String },
    /// The card's memory is full.
    #[error("{adapter} has no memory left for {mebibytes} MiB more")]
    OutOfMemory { adapter: String, mebibytes: u64 },
    /// One array is larger than the card can take in one piece.
    #[error(
        "an array of {mebibytes} MiB is more than the {limit} MiB that {adapter} takes in one piece"
    )]
    TooLarge {
        adapter: String,
        mebibytes: u64,
        limit: u64,
    },
    /// The device is gone: reset, unplugged, or given up by its driver.
    #[error("{adapter} was lost: {why}")]
    Lost { adapter: String, why: String },
    /// The driver or its validation refused a kernel or a command.
    #[error("{adapter} failed: {why}")]
    Failed { adapter: String, why: String },
    /// Arrays that do not fit each other.
    #[error("{what} of {found:?} values was expected to have {expected:?}")]
    Shape {
        what: &'static str,
        expected: [usize; 2],
        found: [usize; 2],
    },
}

impl GpuError {
    /// True if the device is gone, and one opened anew may go on.
    pub fn is_loss(&self) -> bool {
        matches!(self, Self::Lost { .. })
    }
}
