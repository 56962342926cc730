//! The work on a case, once for every face of the program: examinations in their order, the conclusion, and what is
//! made of a case that is finished.

mod assessed_work;
mod assessing;
pub mod assessment;
mod assignment;
mod blinding;
pub mod calibration;
pub mod checking;
mod decoys;
pub mod earlier;
mod error;
mod examining;
mod exchangeability;
pub mod exhibit;
pub mod exhibit_alone;
mod extending;
mod free_name;
mod further_readings;
pub mod inputs;
mod likeness;
pub mod notes;
mod planned_works;
pub mod replay;
mod result;
pub mod siblings;
pub mod stamping;
mod suspect_control;
pub mod validation;
mod weighing;
mod work;

pub use assessed_work::AssessedWork;
pub use assessing::{add_calibration, assess};
pub use assessment::Assessment;
pub use assignment::{Assignment, Control, Questioned};
pub use blinding::DecoyWork;
pub use decoys::DecoyResult;
pub use error::CaseworkError;
pub use examining::{begin, resume};
pub use extending::add_controls;
pub use further_readings::{ReadWork, further_examinations};
pub use likeness::{Kin, Twin};
pub use planned_works::Examination;
pub use result::{FailedArtwork, WorkResult};
pub use suspect_control::SuspectControl;
pub use validation::add_validation;
