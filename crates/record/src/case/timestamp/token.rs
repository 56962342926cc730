//! Reading what an authority answered. Whoever hands over a case can put any bytes there.

use std::path::Path;

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{DateTime, Decode, Encode, Tag, Tagged};
use serde::Serialize;
use x509_cert::Certificate;
use x509_cert::ext::pkix::name::GeneralName;

use super::certificate::{check_certificate, check_signature, find};
use super::signature::{SHA_256, SignatureCheck};
use super::structures::{
    ContentInfo, Members, SignedData, SignerInfo, TST_INFO, TimeStampResp, TstInfo,
};
use super::{MAX_BYTES, Query, TimestampError};
use crate::case::reading::read_at_most;
use crate::case::{CaseError, Digest, UtcTime};
use palimpsest_base::hex;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// The hash and time that an authority vouches for.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Stamp {
    /// The hash that existed at the time: that of an entry of the journal.
    pub of: Digest,
    /// The authority's time; fractions of a second are cut off.
    pub time: UtcTime,
    /// The number that the authority gave the stamp, in hexadecimal digits.
    pub serial: String,
    /// The authority's rules, by their number.
    pub policy: String,
    /// The authority's name in the stamp, if it has one.
    pub name: Option<String>,
    /// The owner of the certificate that signed it; none where the certificate was left out.
    pub authority: Option<Authority>,
    /// The result of checking the signature.
    pub signature: SignatureCheck,
    /// The number by which an answer is known.
    #[serde(skip)]
    nonce: Option<Vec<u8>>,
}

/// The certificate in a token. That it leads to a trusted root is not checked.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Authority {
    /// Owner of the certificate (RFC 4514).
    pub subject: String,
    /// Its issuer.
    pub issuer: String,
    /// Its number, in hexadecimal digits.
    pub serial: String,
    /// SHA-256 of the certificate, to be compared with what the authority publishes.
    pub sha256: Digest,
}

impl Stamp {
    /// Reads the stamp in the file at `path`, an answer (`.tsr`) or a bare token.
    ///
    /// # Errors
    /// [`TimestampError`].
    pub fn in_file(path: &Path) -> Result<Self, TimestampError> {
        let bytes = read_at_most(path, MAX_BYTES).map_err(CaseError::from)?;
        Self::read(&bytes).map_err(|source| TimestampError::InFile {
            path: path.to_owned(),
            source: Box::new(source),
        })
    }

    /// Reads an answer or a bare token, in DER, of at most [`MAX_BYTES`].
    ///
    /// # Errors
    /// [`TimestampError`] if it is none, if the authority refused, or if its signature is wrong.
    pub fn read(bytes: &[u8]) -> Result<Self, TimestampError> {
        if bytes.len() as u64 > MAX_BYTES {
            return Err(malformed(format!("it has more than {MAX_BYTES} bytes")));
        }
        let token = match ContentInfo::from_der(bytes) {
            Ok(token) => token,
            Err(_) => granted(bytes)?,
        };
        if token.content_type != SIGNED_DATA {
            return Err(malformed("it is not signed".into()));
        }
        read_signed(&token.content.decode_as()?)
    }

    /// True if its signature was checked.
    pub fn is_signed(&self) -> bool {
        self.signature == SignatureCheck::Right
    }

    /// Checks that the stamp is of this hash.
    ///
    /// # Errors
    /// [`TimestampError::OtherHash`].
    pub fn fits(&self, expected: Digest) -> Result<(), TimestampError> {
        let found = self.of;
        if found == expected {
            return Ok(());
        }
        Err(TimestampError::OtherHash { found, expected })
    }

    /// Checks that the stamp is the answer to this request.
    ///
    /// # Errors
    /// [`TimestampError::OtherHash`] or [`TimestampError::OtherRequest`].
    pub fn answers(&self, query: &Query) -> Result<(), TimestampError> {
        self.fits(query.of)?;
        let sent = query.nonce.to_be_bytes();
        let significant = |bytes: &[u8]| {
            let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
            bytes.get(zeros..).map(<[u8]>::to_vec)
        };
        let came = self.nonce.as_deref().and_then(significant);
        if came.is_some() && came == significant(&sent) {
            Ok(())
        } else {
            Err(TimestampError::OtherRequest)
        }
    }
}

/// The token of an answer.
fn granted(bytes: &[u8]) -> Result<ContentInfo<'_>, TimestampError> {
    let answer = TimeStampResp::from_der(bytes)?;
    match (answer.status.status, answer.time_stamp_token) {
        // Granted, and granted with modifications.
        (0 | 1, Some(token)) => Ok(token.decode_as()?),
        (0 | 1, None) => Err(malformed("the answer holds no token".into())),
        (status, _) => {
            let text = answer
                .status
                .status_string
                .and_then(|texts| texts.first().copied());
            let words = text.map(|text| {
                let words = String::from_utf8_lossy(text.value());
                words
                    .chars()
                    .filter(|c| !c.is_control())
                    .take(200)
                    .collect()
            });
            Err(TimestampError::Refused { status, words })
        }
    }
}

fn read_signed(signed: &SignedData<'_>) -> Result<Stamp, TimestampError> {
    if signed.encap_content_info.e_content_type != TST_INFO {
        return Err(malformed("what is signed is no timestamp".into()));
    }
    let content = signed.encap_content_info.e_content.as_bytes();
    let info = TstInfo::read(content)?;
    let time = time(info.gen_time)?;
    let certificates: Vec<AnyRef<'_>> =
        signed.certificates.map_or(Ok(Vec::new()), Members::read)?;
    let signer: SignerInfo<'_> = signed.signer_infos.only()?;
    let certificate = find(&certificates, &signer)?;
    let signature = match &certificate {
        Some((certificate, der)) => {
            check_certificate(certificate, time)?;
            check_signature(&signer, content, certificate, der)?
        }
        None => SignatureCheck::Unchecked("its certificate is not in it".into()),
    };
    Ok(Stamp {
        of: imprint(&info)?,
        time: time.into(),
        serial: hex::encode(info.serial_number.as_bytes()),
        policy: info.policy.to_string(),
        name: info.tsa.and_then(name),
        authority: certificate.map(|(certificate, der)| Authority::of(&certificate, &der)),
        signature,
        nonce: info.nonce.map(|nonce| nonce.as_bytes().to_vec()),
    })
}

fn imprint(info: &TstInfo<'_>) -> Result<Digest, TimestampError> {
    let imprint = &info.message_imprint;
    let hash: Result<[u8; 32], _> = imprint.hashed_message.as_bytes().try_into();
    match hash {
        Ok(hash) if imprint.hash_algorithm.oid == SHA_256 => Ok(hash.into()),
        _ => Err(malformed("it is not of a SHA-256 hash".into())),
    }
}

/// A `GeneralizedTime` in UTC, `YYYYMMDDHHMMSS[.f…]Z`.
fn time(value: AnyRef<'_>) -> Result<DateTime, TimestampError> {
    let bad = || malformed("its time cannot be read".into());
    let text = std::str::from_utf8(value.value()).map_err(|_| bad())?;
    let digits = text.strip_suffix('Z').ok_or_else(bad)?;
    let (seconds, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if value.tag() != Tag::GeneralizedTime || !is_number(seconds) || !is_number(fraction) {
        return Err(bad());
    }
    let part = |range: std::ops::Range<usize>| seconds.get(range).ok_or_else(bad);
    let rfc_3339 = format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0..4)?,
        part(4..6)?,
        part(6..8)?,
        part(8..10)?,
        part(10..12)?,
        part(12..seconds.len())?
    );
    rfc_3339.parse().map_err(|_| bad())
}

/// The name by which a stamp calls its authority: a remark that proves nothing, so that one which cannot be read,
/// or is of a kind that people do not read, is none.
fn name(value: AnyRef<'_>) -> Option<String> {
    let der = value.to_der().ok()?;
    match GeneralName::from_der(&der).ok()? {
        GeneralName::DirectoryName(name) => Some(name.to_string()),
        GeneralName::UniformResourceIdentifier(address) => Some(address.to_string()),
        GeneralName::DnsName(name) => Some(name.to_string()),
        _ => None,
    }
}

impl Authority {
    fn of(certificate: &Certificate, der: &[u8]) -> Self {
        let content = certificate.tbs_certificate();
        Self {
            subject: content.subject().to_string(),
            issuer: content.issuer().to_string(),
            serial: hex::encode(content.serial_number().as_bytes()),
            sha256: Digest::of(der),
        }
    }
}

fn malformed(why: String) -> TimestampError {
    TimestampError::Malformed { why }
}
