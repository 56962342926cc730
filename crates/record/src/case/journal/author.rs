//! The author of entries in the journal: who writes, with which program, on what kind of machine, and with which key.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::case::key::SigningKey;
use crate::operator;

/// A person, and the program and machine that they write with.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Author {
    /// The operator's name as it was given; earlier versions wrote that of the login.
    pub who: String,
    /// The program.
    pub program: Program,
    /// The machine.
    pub machine: Machine,
}

/// A program, exactly enough to be found again.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its build.
    pub build: String,
}

/// A kind of machine, without anything that names this one.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Machine {
    /// The operating system.
    pub system: String,
    /// The architecture of the processor.
    pub architecture: String,
    /// The model of the processor, where the system tells.
    pub processor: Option<String>,
}

/// A signer of entries.
#[derive(Clone, Debug)]
pub struct Signer {
    /// The key.
    pub key: Arc<SigningKey>,
    /// The author that the entries name.
    pub author: Author,
}

impl Author {
    /// The operator, with this program on this machine.
    pub fn here() -> Self {
        Self {
            who: operator::name().unwrap_or_else(|| operator::NOT_NAMED.into()),
            program: Program::this(),
            machine: Machine::this(),
        }
    }
}

impl Program {
    /// This program. The commit is known to release builds of a checkout, and where `PALIMPSEST_COMMIT` told it.
    pub fn this() -> Self {
        let profile = if cfg!(debug_assertions) {
            "debug"
        } else {
            "release"
        };
        let (system, architecture) = (std::env::consts::OS, std::env::consts::ARCH);
        let commit = option_env!("PALIMPSEST_COMMIT").unwrap_or("commit unknown");
        Self {
            name: "palimpsest".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            build: format!("{profile}, {architecture}-{system}, {commit}"),
        }
    }
}

impl Machine {
    /// This kind of machine.
    pub fn this() -> Self {
        Self {
            system: std::env::consts::OS.into(),
            architecture: std::env::consts::ARCH.into(),
            processor: processor(),
        }
    }
}

/// The model of the processor, as Linux and Windows tell it without being asked through a foreign call.
fn processor() -> Option<String> {
    if let Ok(told) = std::env::var("PROCESSOR_IDENTIFIER") {
        return Some(told);
    }
    let told = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = told.lines().find_map(|l| l.strip_prefix("model name"))?;
    Some(line.trim_start_matches([' ', '\t', ':']).to_owned())
}
