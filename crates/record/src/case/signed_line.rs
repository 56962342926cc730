//! A line of JSON that is signed: an object with its hash and signature as its last members. What is hashed are the
//! bytes that stand there, so that a checker need not write JSON exactly as this program does.

use super::Digest;
use super::key::SigningKey;
use palimpsest_base::hex;

const BEFORE_HASH: &str = r#","hash":""#;
const BEFORE_SIGNATURE: &str = r#"","signature":""#;
const END: &str = r#""}"#;

/// Digits of a hash and of a signature.
const HASH_DIGITS: usize = 64;
const SIGNATURE_DIGITS: usize = 128;

/// Length of what stands behind the bytes that are hashed, without the line feed.
pub(in crate::case) const SEAL: usize =
    BEFORE_HASH.len() + HASH_DIGITS + BEFORE_SIGNATURE.len() + SIGNATURE_DIGITS + END.len();

/// The JSON object `object`, signed with `key`, with its line feed; and its hash.
pub(crate) fn sign(mut object: String, key: &SigningKey) -> (String, Digest) {
    // The brace closes again behind the signature.
    object.pop();
    let hash = Digest::of(object.as_bytes());
    let signature = hex::encode(&key.sign(&hash));
    for part in [
        BEFORE_HASH,
        &hash.to_string(),
        BEFORE_SIGNATURE,
        &signature,
        END,
        "\n",
    ] {
        object.push_str(part);
    }
    (object, hash)
}

/// The beginning of what stands behind the hashed bytes of the line with this hash.
pub(in crate::case) fn end_of(hash: &Digest) -> String {
    format!("{BEFORE_HASH}{hash}{BEFORE_SIGNATURE}")
}

/// The hashed bytes of a line without its line feed, the hash stated and the signature; nothing is checked.
pub(crate) fn split(line: &[u8]) -> Option<(&[u8], Digest, [u8; 64])> {
    let (content, seal) = line.split_at_checked(line.len().checked_sub(SEAL)?)?;
    let seal = std::str::from_utf8(seal).ok()?;
    let seal = seal.strip_prefix(BEFORE_HASH)?.strip_suffix(END)?;
    let (hash, rest) = seal.split_at_checked(HASH_DIGITS)?;
    let signature = rest.strip_prefix(BEFORE_SIGNATURE)?;
    Some((content, hash.parse().ok()?, hex::decode(signature)?))
}
