//! The key that signs the journal of a case: Ed25519 (RFC 8032), made when it is first needed and kept in
//! the user's own data folder, outside every case, so that who gets a case cannot sign for its author.
//!
//! The file is PKCS#8 in PEM with the public key in it (RFC 5958, RFC 8410), so that a damaged key is
//! recognised instead of signing as somebody else. On Unix it is
//! made with mode 0600 and refused as soon as others can read it; on Windows it has the access rights of
//! the user's profile, where other users are kept out, and nothing is checked. A key that is there but
//! cannot be used is never replaced: whoever lost it has to know.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::Digest;
use palimpsest_base::hex;

/// The largest key file read, in bytes; ours has about 120.
const MAX_BYTES: u64 = 1 << 12;

/// Digits of a fingerprint that are printed without a space.
const GROUP: usize = 4;

/// The reason that there is no key to sign with.
#[derive(Debug, Error)]
pub enum KeyError {
    /// Others may have copied it.
    #[error(
        "the signing key {} can be read by other users: run chmod 600 on it if nobody can have copied it; otherwise move it away, and a new key is made",
        path.display()
    )]
    Exposed {
        /// The file.
        path: PathBuf,
    },
    /// It is no key.
    #[error(
        "the signing key {} is damaged ({why}): restore it from a copy, or move it away, and a new key is made, with which older cases cannot be continued",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The evidence.
        why: String,
    },
    /// It cannot be read.
    #[error("the signing key {} cannot be read ({source}): check that you may open it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// It cannot be written.
    #[error(
        "the signing key {} cannot be written ({source}): free some space or check the permissions of its folder",
        path.display()
    )]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The system gives no random numbers.
    #[error(
        "no signing key can be made, since the system gives no random numbers ({why}): restart the computer"
    )]
    NoRandomness {
        /// The system's error.
        why: String,
    },
}

/// A key that signs. It shows itself only by its fingerprint.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key in the file at `path`, which is made if there is none.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn open_or_make(path: &Path) -> Result<Self, KeyError> {
        match File::open(path) {
            Ok(file) => Self::read(path, file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Self::make(path)?;
                // Read back, since another process may have been first.
                let source = |source| unreadable(path, source);
                Self::read(path, File::open(path).map_err(source)?)
            }
            Err(source) => Err(unreadable(path, source)),
        }
    }

    fn read(path: &Path, file: File) -> Result<Self, KeyError> {
        if is_exposed(&file).map_err(|source| unreadable(path, source))? {
            let path = path.to_owned();
            return Err(KeyError::Exposed { path });
        }
        let damaged = |why: String| KeyError::Damaged {
            path: path.to_owned(),
            why,
        };
        let mut text = String::new();
        let read = file.take(MAX_BYTES).read_to_string(&mut text);
        read.map_err(|source| match source.kind() {
            io::ErrorKind::InvalidData => damaged("it is no text".into()),
            _ => unreadable(path, source),
        })?;
        ed25519_dalek::SigningKey::from_pkcs8_pem(&text)
            .map(Self)
            .map_err(|error| damaged(error.to_string()))
    }

    /// Puts a new key at `path` at one blow, unless one has appeared there.
    fn make(path: &Path) -> Result<(), KeyError> {
        let key = ed25519_dalek::SigningKey::from_bytes(&random()?);
        let unwritable = |source| KeyError::Unwritable {
            path: path.to_owned(),
            source,
        };
        let text = key
            .to_pkcs8_pem(LineEnding::LF)
            .map_err(|error| unwritable(io::Error::other(error)))?;
        // Nobody else, not even another thread, writes a file of this name.
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}", hex::encode(&random::<8>()?)));
        let temporary = path.with_file_name(name);
        put_privately(&temporary, path, text.as_bytes()).map_err(unwritable)
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// The signature of the 32 bytes of `hash`.
    pub(crate) fn sign(&self, hash: &Digest) -> [u8; 64] {
        self.0.sign(hash.as_bytes()).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public().fingerprint())
    }
}

/// The public half of a key, written as 64 small hexadecimal digits (the 32 bytes of RFC 8032).
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// SHA-256 of the 32 bytes of the key.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint(Digest::of(&self.0))
    }

    /// True if `signature` is that of the 32 bytes of `hash`; keys and signatures that fit more than one
    /// message are refused.
    pub(crate) fn has_signed(&self, hash: &Digest, signature: &[u8; 64]) -> bool {
        let signature = Signature::from_bytes(signature);
        VerifyingKey::from_bytes(&self.0)
            .is_ok_and(|key| key.verify_strict(hash.as_bytes(), &signature).is_ok())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        hex::decode(&text)
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("a public key has 64 digits 0-9 and a-f"))
    }
}

/// The form in which people compare keys: SHA-256 of the public key, printed in groups of four digits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Fingerprint(Digest);

/// The text is no fingerprint.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("a key's fingerprint has 64 digits 0-9 and a-f, with or without spaces between them")]
pub struct NoFingerprint;

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, digit) in self.0.to_string().chars().enumerate() {
            let gap = if index > 0 && index.is_multiple_of(GROUP) {
                " "
            } else {
                ""
            };
            write!(f, "{gap}{digit}")?;
        }
        Ok(())
    }
}

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    /// As people type it: capitals, spaces and colons do not matter.
    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let kept = text.chars().filter(|c| !c.is_whitespace() && *c != ':');
        let digits: String = kept.map(|c| c.to_ascii_lowercase()).collect();
        digits.parse().map(Self).map_err(|_| NoFingerprint)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn unreadable(path: &Path, source: io::Error) -> KeyError {
    KeyError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

fn random<const N: usize>() -> Result<[u8; N], KeyError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| KeyError::NoRandomness {
        why: error.to_string(),
    })?;
    Ok(bytes)
}

/// Writes a file that only the user can read, whole or not at all, and never over another one.
fn put_privately(temporary: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let put = write_privately(temporary, bytes).and_then(|()| link(temporary, path));
    // It has served, whatever became of it.
    let _ = fs::remove_file(temporary);
    put
}

fn write_privately(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A link, unlike a renamed file, replaces nothing; some disks know no links.
fn link(temporary: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(temporary, path) {
        Err(_) if path.exists() => Ok(()),
        Err(_) => fs::rename(temporary, path),
        Ok(()) => Ok(()),
    }
}

#[cfg(unix)]
fn is_exposed(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;

    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

/// The profile's access rights keep others out.
#[cfg(not(unix))]
fn is_exposed(_file: &File) -> io::Result<bool> {
    Ok(false)
}
