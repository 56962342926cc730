//! Signatures by the key of a certificate: RSA (PKCS#1 v1.5) and ECDSA on P-256 and P-384, with
//! SHA-256, -384 and -512; no authority known to stamp with anything else today.

use der::asn1::ObjectIdentifier;
use der::{Decode, Encode};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::{Pkcs1v15Sign, PublicKey};
use serde::Serialize;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use x509_cert::spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};

use super::structures::Algorithm;

pub(super) const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");

/// RFC 8017: a plain key, and a key with the hash named.
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA_SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const RSA_SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");

/// RFC 5480 and RFC 5758.
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const ECDSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const ECDSA_SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4");

/// Knowledge of the signature of a stamp. One that is wrong is an error instead.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureCheck {
    /// The certificate in the token signed it.
    Right,
    /// It could not be checked, for this reason; the stamp proves nothing until somebody does.
    Unchecked(String),
}

/// The result of checking a signature with a key.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum KeyCheck {
    Right,
    Wrong,
    /// With something that this program does not know, by its number or in words.
    Unknown(String),
}

/// The hash functions that are known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum HashFunction {
    Sha256,
    Sha384,
    Sha512,
}

impl HashFunction {
    pub fn of(oid: ObjectIdentifier) -> Option<Self> {
        match oid {
            SHA_256 => Some(Self::Sha256),
            SHA_384 => Some(Self::Sha384),
            SHA_512 => Some(Self::Sha512),
            _ => None,
        }
    }

    /// The one that the signature's algorithm names, or where it names none, that of the content.
    fn of_signature(signature: ObjectIdentifier, content: Self) -> Option<Self> {
        match signature {
            RSA => Some(content),
            RSA_SHA_256 | ECDSA_SHA_256 => Some(Self::Sha256),
            RSA_SHA_384 | ECDSA_SHA_384 => Some(Self::Sha384),
            RSA_SHA_512 | ECDSA_SHA_512 => Some(Self::Sha512),
            _ => None,
        }
    }

    pub fn hash(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }

    fn padding(self) -> Pkcs1v15Sign {
        match self {
            Self::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
            Self::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
            Self::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
        }
    }
}

/// Checks that `key` signed `message`, whose content was hashed with `content`.
pub(super) fn check(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: Algorithm<'_>,
    content: HashFunction,
    message: &[u8],
    signature: &[u8],
) -> KeyCheck {
    let Some(function) = HashFunction::of_signature(algorithm.oid, content) else {
        return KeyCheck::Unknown(algorithm.oid.to_string());
    };
    let hash = function.hash(message);
    let is_ecdsa = matches!(algorithm.oid, ECDSA_SHA_256 | ECDSA_SHA_384 | ECDSA_SHA_512);
    match (key.algorithm.oid, is_ecdsa) {
        (RSA, false) => rsa(key, function, &hash, signature),
        (EC, true) => ecdsa(key, &hash, signature),
        _ => KeyCheck::Wrong,
    }
}

fn rsa(
    key: &SubjectPublicKeyInfoOwned,
    function: HashFunction,
    hash: &[u8],
    signature: &[u8],
) -> KeyCheck {
    let read = |bytes: &[u8]| {
        let info = SubjectPublicKeyInfoRef::from_der(bytes).ok()?;
        PublicKey::try_from(info).ok()
    };
    let Some(key) = key.to_der().ok().and_then(|bytes| read(&bytes)) else {
        return KeyCheck::Unknown(
            "an RSA key of less than 1024 bits, of more than 8192, or damaged".into(),
        );
    };
    KeyCheck::from(key.verify(function.padding(), hash, signature).is_ok())
}

fn ecdsa(key: &SubjectPublicKeyInfoOwned, hash: &[u8], signature: &[u8]) -> KeyCheck {
    let parameters = key.algorithm.parameters.as_ref();
    let curve = parameters.and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok());
    let point = key.subject_public_key.raw_bytes();
    match curve {
        Some(P_256) => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point);
            let signature = p256::ecdsa::DerSignature::try_from(signature);
            KeyCheck::from(matches!((key, signature), (Ok(key), Ok(signature))
                if key.verify_prehash(hash, &signature).is_ok()))
        }
        Some(P_384) => {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point);
            let signature = p384::ecdsa::DerSignature::try_from(signature);
            KeyCheck::from(matches!((key, signature), (Ok(key), Ok(signature))
                if key.verify_prehash(hash, &signature).is_ok()))
        }
        Some(other) => KeyCheck::Unknown(other.to_string()),
        None => KeyCheck::Wrong,
    }
}

impl From<bool> for KeyCheck {
    fn from(is_right: bool) -> Self {
        if is_right { Self::Right } else { Self::Wrong }
    }
}
