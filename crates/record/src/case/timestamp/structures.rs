//! The ASN.1 of RFC 3161 (requests and tokens) and RFC 5652 (signed data), as far as timestamps have it,
//! in the order and with the names of those documents. Sets are kept as the bytes that stand there: what
//! is hashed must not be sorted first.

use der::asn1::{AnyRef, BitStringRef, IntRef, ObjectIdentifier, OctetStringRef, SequenceRef};
use der::{
    Decode, DecodeValue, EncodeValue, FixedTag, Header, Length, Reader, Sequence, SliceReader, Tag,
    Writer,
};

use super::TimestampError;

/// `id-ct-TSTInfo`, RFC 3161, 2.4.2: the kind of content that is a timestamp.
pub(super) const TST_INFO: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// The most members of a set that are read: certificates, attributes.
const MAX_MEMBERS: usize = 64;

/// `AlgorithmIdentifier`, RFC 5280, 4.1.1.2.
#[derive(Clone, Copy, Debug, Sequence)]
pub(super) struct Algorithm<'a> {
    pub oid: ObjectIdentifier,
    #[asn1(optional = "true")]
    pub parameters: Option<AnyRef<'a>>,
}

/// RFC 3161, 2.4.1.
#[derive(Debug, Sequence)]
pub(super) struct MessageImprint<'a> {
    pub hash_algorithm: Algorithm<'a>,
    pub hashed_message: &'a OctetStringRef,
}

/// RFC 3161, 2.4.1.
#[derive(Debug, Sequence)]
pub(super) struct TimeStampReq<'a> {
    pub version: u8,
    pub message_imprint: MessageImprint<'a>,
    #[asn1(optional = "true")]
    pub req_policy: Option<ObjectIdentifier>,
    #[asn1(optional = "true")]
    pub nonce: Option<u64>,
    #[asn1(optional = "true")]
    pub cert_req: Option<bool>,
}

/// RFC 3161, 2.4.2.
#[derive(Debug, Sequence)]
pub(super) struct TimeStampResp<'a> {
    pub status: PkiStatusInfo<'a>,
    #[asn1(optional = "true")]
    pub time_stamp_token: Option<AnyRef<'a>>,
}

/// RFC 3161, 2.4.2.
#[derive(Debug, Sequence)]
pub(super) struct PkiStatusInfo<'a> {
    pub status: u32,
    #[asn1(optional = "true")]
    pub status_string: Option<Vec<AnyRef<'a>>>,
    #[asn1(optional = "true")]
    pub fail_info: Option<BitStringRef<'a>>,
}

/// RFC 3161, 2.4.2. What is left away here (accuracy, ordering, extensions) is read over.
#[derive(Debug)]
pub(super) struct TstInfo<'a> {
    pub policy: ObjectIdentifier,
    pub message_imprint: MessageImprint<'a>,
    pub serial_number: IntRef<'a>,
    /// A `GeneralizedTime`, possibly with fractions of a second, which the library does not read.
    pub gen_time: AnyRef<'a>,
    pub nonce: Option<IntRef<'a>>,
    pub tsa: Option<AnyRef<'a>>,
}

impl<'a> TstInfo<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Self, TimestampError> {
        let mut reader = SliceReader::new(<&SequenceRef>::from_der(bytes)?.as_bytes())?;
        let version = u8::decode(&mut reader)?;
        if version != 1 {
            let why = format!("it is of version {version}");
            return Err(TimestampError::Malformed { why });
        }
        let mut info = Self {
            policy: ObjectIdentifier::decode(&mut reader)?,
            message_imprint: MessageImprint::decode(&mut reader)?,
            serial_number: IntRef::decode(&mut reader)?,
            gen_time: AnyRef::decode(&mut reader)?,
            nonce: None,
            tsa: None,
        };
        while !reader.is_finished() {
            let part = AnyRef::decode(&mut reader)?;
            match der::Tagged::tag(&part) {
                Tag::Integer => info.nonce = Some(part.decode_as()?),
                Tag::ContextSpecific { number, .. } if number.value() == 0 => {
                    info.tsa = Some(AnyRef::from_der(part.value())?);
                }
                _ => {}
            }
        }
        Ok(info)
    }
}

/// RFC 5652, 3.
#[derive(Debug, Sequence)]
pub(super) struct ContentInfo<'a> {
    pub content_type: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    pub content: AnyRef<'a>,
}

/// RFC 5652, 5.1.
#[derive(Debug, Sequence)]
pub(super) struct SignedData<'a> {
    pub version: u8,
    pub digest_algorithms: Members<'a>,
    pub encap_content_info: EncapsulatedContentInfo<'a>,
    #[asn1(
        context_specific = "0",
        tag_mode = "IMPLICIT",
        constructed = "true",
        optional = "true"
    )]
    pub certificates: Option<Members<'a>>,
    #[asn1(
        context_specific = "1",
        tag_mode = "IMPLICIT",
        constructed = "true",
        optional = "true"
    )]
    pub crls: Option<Members<'a>>,
    pub signer_infos: Members<'a>,
}

/// RFC 5652, 5.2.
#[derive(Debug, Sequence)]
pub(super) struct EncapsulatedContentInfo<'a> {
    pub e_content_type: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    pub e_content: &'a OctetStringRef,
}

/// RFC 5652, 5.3.
#[derive(Debug, Sequence)]
pub(super) struct SignerInfo<'a> {
    pub version: u8,
    pub sid: AnyRef<'a>,
    pub digest_algorithm: Algorithm<'a>,
    #[asn1(
        context_specific = "0",
        tag_mode = "IMPLICIT",
        constructed = "true",
        optional = "true"
    )]
    pub signed_attrs: Option<Members<'a>>,
    pub signature_algorithm: Algorithm<'a>,
    pub signature: &'a OctetStringRef,
    #[asn1(
        context_specific = "1",
        tag_mode = "IMPLICIT",
        constructed = "true",
        optional = "true"
    )]
    pub unsigned_attrs: Option<Members<'a>>,
}

/// RFC 5652, 5.3.
#[derive(Debug, Sequence)]
pub(super) struct Attribute<'a> {
    pub attr_type: ObjectIdentifier,
    pub attr_values: Members<'a>,
}

/// The members of a `SET OF`, as they stand there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Members<'a>(&'a [u8]);

impl<'a> Members<'a> {
    /// The members, read one after the other.
    pub fn read<T: Decode<'a, Error = der::Error>>(self) -> Result<Vec<T>, TimestampError> {
        let mut members = Vec::new();
        if self.0.is_empty() {
            return Ok(members);
        }
        let mut reader = SliceReader::new(self.0)?;
        while !reader.is_finished() {
            if members.len() == MAX_MEMBERS {
                let why = format!("a set in it has more than {MAX_MEMBERS} members");
                return Err(TimestampError::Malformed { why });
            }
            members.push(T::decode(&mut reader)?);
        }
        Ok(members)
    }

    /// The one member.
    pub fn only<T: Decode<'a, Error = der::Error>>(self) -> Result<T, TimestampError> {
        let mut members = self.read()?;
        match (members.pop(), members.is_empty()) {
            (Some(member), true) => Ok(member),
            _ => Err(TimestampError::Malformed {
                why: "a set in it has not exactly one member".into(),
            }),
        }
    }

    /// The set with the tag of a set, which is what is signed of attributes (RFC 5652, 5.4).
    pub fn as_set(self) -> Result<Vec<u8>, TimestampError> {
        Ok(der::Encode::to_der(&AnyRef::new(Tag::Set, self.0)?)?)
    }
}

impl FixedTag for Members<'_> {
    const TAG: Tag = Tag::Set;
}

impl<'a> DecodeValue<'a> for Members<'a> {
    type Error = der::Error;

    fn decode_value<R: Reader<'a>>(reader: &mut R, header: Header) -> der::Result<Self> {
        reader.read_slice(header.length()).map(Self)
    }
}

impl EncodeValue for Members<'_> {
    fn value_len(&self) -> der::Result<Length> {
        self.0.len().try_into()
    }

    fn encode_value(&self, writer: &mut impl Writer) -> der::Result<()> {
        writer.write(self.0)
    }
}
