//! The certificate in a token, and whether it signed the token.

use der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef, SequenceRef};
use der::{DateTime, Decode, Encode, SliceReader, Tag, Tagged};
use sha1::Sha1;
use sha2::Digest as _;
use x509_cert::Certificate;

use super::TimestampError;
use super::signature::{self, HashFunction, KeyCheck, SHA_256, SignatureCheck};
use super::structures::{Algorithm, Attribute, Members, SignerInfo, TST_INFO};

const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const EXTENDED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");

/// The certificate that the signer names, and its bytes.
pub(super) fn find(
    certificates: &[AnyRef<'_>],
    signer: &SignerInfo<'_>,
) -> Result<Option<(Certificate, Vec<u8>)>, TimestampError> {
    // Attribute certificates and other old forms have other tags.
    for value in certificates.iter().filter(|c| c.tag() == Tag::Sequence) {
        let der = value.to_der()?;
        // One that cannot be read is not the signer's: a wrong signature would show up.
        let Ok(certificate) = Certificate::from_der(&der) else {
            continue;
        };
        if is_named(&certificate, signer.sid)? {
            return Ok(Some((certificate, der)));
        }
    }
    Ok(None)
}

fn is_named(certificate: &Certificate, sid: AnyRef<'_>) -> Result<bool, TimestampError> {
    let content = certificate.tbs_certificate();
    if sid.tag() != Tag::Sequence {
        let key = content.get_extension::<x509_cert::ext::pkix::SubjectKeyIdentifier>();
        return Ok(key.is_ok_and(|key| key.is_some_and(|(_, id)| id.0.as_bytes() == sid.value())));
    }
    let mut named = content.issuer().to_der()?;
    named.extend(content.serial_number().to_der()?);
    Ok(named == sid.value())
}

/// RFC 3161, 2.3: for timestamping and nothing else, and valid at the time.
pub(super) fn check_certificate(
    certificate: &Certificate,
    time: DateTime,
) -> Result<(), TimestampError> {
    let content = certificate.tbs_certificate();
    let extensions = content.extensions().map_or(&[][..], Vec::as_slice);
    let usage = extensions.iter().find(|e| e.extn_id == EXTENDED_KEY_USAGE);
    let is_for_stamps = usage.is_some_and(|usage| {
        let purposes = Vec::<ObjectIdentifier>::from_der(usage.extn_value.as_bytes());
        usage.critical && purposes.is_ok_and(|purposes| purposes == [TIME_STAMPING])
    });
    if !is_for_stamps {
        return Err(worthless("its certificate is not for timestamping alone"));
    }
    let validity = content.validity();
    let valid = validity.not_before.to_date_time()..=validity.not_after.to_date_time();
    if !valid.contains(&time) {
        return Err(worthless("its certificate was not valid at the time"));
    }
    Ok(())
}

/// RFC 5652, 5.4 and 5.6: the attributes are those of this content and certificate, and are signed.
pub(super) fn check_signature(
    signer: &SignerInfo<'_>,
    content: &[u8],
    certificate: &Certificate,
    der: &[u8],
) -> Result<SignatureCheck, TimestampError> {
    let Some(function) = HashFunction::of(signer.digest_algorithm.oid) else {
        let oid = signer.digest_algorithm.oid;
        return Ok(SignatureCheck::Unchecked(format!(
            "the hash {oid} is not known"
        )));
    };
    let Some(set) = signer.signed_attrs else {
        return Err(worthless("it has no signed attributes"));
    };
    let attributes: Vec<Attribute<'_>> = set.read()?;
    let value = |oid: ObjectIdentifier| {
        let mut found = attributes.iter().filter(move |a| a.attr_type == oid);
        found
            .next()
            .filter(|_| found.next().is_none())
            .map(|a| a.attr_values)
    };
    let kind = value(CONTENT_TYPE)
        .map(Members::only::<ObjectIdentifier>)
        .transpose()?;
    let digest = value(MESSAGE_DIGEST)
        .map(Members::only::<&OctetStringRef>)
        .transpose()?;
    let hash = function.hash(content);
    if kind != Some(TST_INFO) || digest.is_none_or(|digest| digest.as_bytes() != hash) {
        return Err(worthless("its content is not what was signed"));
    }
    let names = match (value(SIGNING_CERTIFICATE_V2), value(SIGNING_CERTIFICATE)) {
        (Some(second), _) => names_second(second.only()?, der)?,
        (None, Some(first)) => names_first(first.only()?, der)?,
        (None, None) => false,
    };
    if !names {
        return Err(worthless("it does not name its certificate"));
    }
    let key = certificate.tbs_certificate().subject_public_key_info();
    let algorithm = signer.signature_algorithm;
    let signature = signer.signature.as_bytes();
    match signature::check(key, algorithm, function, &set.as_set()?, signature) {
        KeyCheck::Right => Ok(SignatureCheck::Right),
        KeyCheck::Wrong => Err(worthless(
            "its signature is not that of its certificate's key",
        )),
        KeyCheck::Unknown(what) => {
            let why = format!("{what} is not known to this program");
            Ok(SignatureCheck::Unchecked(why))
        }
    }
}

/// `SigningCertificate`, RFC 2634, 5.4: the first hash is the SHA-1 of the signer's certificate.
fn names_first(value: &SequenceRef, certificate: &[u8]) -> Result<bool, TimestampError> {
    let first = first_identifier(value)?;
    let mut reader = SliceReader::new(first.as_bytes())?;
    let hash = <&OctetStringRef>::decode(&mut reader)?;
    Ok(hash.as_bytes() == Sha1::digest(certificate).as_slice())
}

/// `SigningCertificateV2`, RFC 5035, 3: the same with any hash, SHA-256 where none is named.
fn names_second(value: &SequenceRef, certificate: &[u8]) -> Result<bool, TimestampError> {
    let first = first_identifier(value)?;
    let mut reader = SliceReader::new(first.as_bytes())?;
    let part = AnyRef::decode(&mut reader)?;
    let (oid, hash) = if part.tag() == Tag::Sequence {
        let algorithm: Algorithm<'_> = part.decode_as()?;
        (algorithm.oid, <&OctetStringRef>::decode(&mut reader)?)
    } else {
        (SHA_256, part.decode_as()?)
    };
    let function = HashFunction::of(oid);
    Ok(function.is_some_and(|function| function.hash(certificate) == hash.as_bytes()))
}

fn first_identifier(value: &SequenceRef) -> Result<&SequenceRef, TimestampError> {
    let mut reader = SliceReader::new(value.as_bytes())?;
    let identifiers = <&SequenceRef>::decode(&mut reader)?;
    let mut reader = SliceReader::new(identifiers.as_bytes())?;
    Ok(<&SequenceRef>::decode(&mut reader)?)
}

fn worthless(why: &str) -> TimestampError {
    let why = why.to_owned();
    TimestampError::Worthless { why }
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! certificate {
        ($name:literal) => {{
            let der = include_bytes!(concat!("../../../../../tests/timestamp/", $name));
            Certificate::from_der(der).unwrap()
        }};
    }

    #[test]
    fn a_certificate_is_for_timestamps_alone() {
        let time = |certificate: &Certificate| {
            let validity = certificate.tbs_certificate().validity();
            validity.not_before.to_date_time()
        };
        let authority = certificate!("authority.der");
        check_certificate(&authority, time(&authority)).unwrap();
        for other in [
            certificate!("more.der"),
            certificate!("loose.der"),
            certificate!("none.der"),
        ] {
            let error = check_certificate(&other, time(&other)).unwrap_err();
            assert!(error.to_string().contains("not for timestamping alone"));
        }
    }

    #[test]
    fn a_certificate_was_valid_at_the_time() {
        let authority = certificate!("authority.der");
        for time in ["2000-01-01T00:00:00Z", "9999-01-01T00:00:00Z"] {
            let error = check_certificate(&authority, time.parse().unwrap()).unwrap_err();
            assert!(error.to_string().contains("not valid at the time"));
        }
    }
}
