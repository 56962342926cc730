//! What is attached to an exhibit: files by which a reader without the case checks it. They are written into the PDF,
//! and read back from one as this program writes it. A PDF may come from anybody: every size is bounded, and nothing
//! of it but these files is interpreted.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::ZlibDecoder;
use thiserror::Error;

/// The largest attached file, in bytes, unpacked; a case's journal and record are no larger.
const MAX_BYTES: u64 = 1 << 26;
/// The most attached files.
const MAX_FILES: usize = 10_000;
/// The longest dictionary that is looked at, in bytes.
const MAX_DICTIONARY: usize = 1 << 20;
/// The mark at the end of a PDF.
const END: &[u8] = b"%%EOF";

/// A file that is attached to an exhibit.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    pub name: String,
    /// As registered, such as `application/json`.
    pub media_type: &'static str,
    /// What it is, for those who see only the attachment.
    pub description: &'static str,
    pub bytes: Vec<u8>,
}

/// The files that were read back from an exhibit.
#[derive(Debug, Default)]
pub struct Attached {
    /// Their bytes by their names.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Bytes that stand behind the exhibit as it was written, such as another program's signature.
    pub added: usize,
}

/// The reason that nothing is read back.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum AttachedError {
    /// No PDF, or one of another program.
    #[error(
        "it is no exhibit as this program writes it: another program wrote it, or saved it anew ({0})"
    )]
    OfAnother(&'static str),
    /// A file of a size that none has.
    #[error("a file attached to it is larger than any that this program writes")]
    TooLarge,
}

/// Reads back what is attached to an exhibit.
///
/// # Errors
/// [`AttachedError`] if it is not built as this program builds it.
pub fn attached(pdf: &[u8]) -> Result<Attached, AttachedError> {
    let broken = AttachedError::OfAnother;
    let end = find(pdf, b"\n%%EOF").ok_or(broken("it has no end"))? + 1 + END.len();
    let added = pdf[end..]
        .iter()
        .skip_while(|byte| byte.is_ascii_whitespace());
    let added = added.count();
    let pdf = &pdf[..end];
    let objects = Objects::of(pdf).ok_or(broken("its table of contents cannot be read"))?;
    let catalog = objects.catalog().ok_or(broken("it has no catalogue"))?;
    let mut files = BTreeMap::new();
    for (name, number) in named(catalog).ok_or(broken("nothing is attached to it"))? {
        let specification = objects.dictionary(number);
        let stream = specification.and_then(|it| reference_behind(it, b"/EF<</F "));
        let stream = stream.ok_or(broken("an attached file cannot be found"))?;
        let bytes = objects.stream(stream)?;
        files.insert(name, bytes);
    }
    Ok(Attached { files, added })
}

/// The objects of a PDF by their numbers.
struct Objects<'a> {
    pdf: &'a [u8],
    /// Where each begins.
    places: Vec<usize>,
    trailer: &'a [u8],
}

impl<'a> Objects<'a> {
    fn of(pdf: &'a [u8]) -> Option<Self> {
        let start = rfind(pdf, b"startxref\n")? + b"startxref\n".len();
        let table = pdf.get(number(pdf.get(start..)?)?.0..)?;
        let lines = table.strip_prefix(b"xref\n0 ")?;
        let (count, digits) = number(lines)?;
        let rows = lines.get(digits + 1..)?;
        // A row has twenty bytes.
        let length = count.checked_mul(20)?;
        let places = rows.get(..length)?.chunks_exact(20);
        let places = places.map(|row| Some(number(row)?.0));
        Some(Self {
            pdf,
            places: places.collect::<Option<_>>()?,
            trailer: rows.get(length..)?,
        })
    }

    fn catalog(&self) -> Option<&'a [u8]> {
        self.dictionary(reference_behind(self.trailer, b"/Root ")?)
    }

    /// What stands between the object's number and its end or its stream.
    fn dictionary(&self, number: usize) -> Option<&'a [u8]> {
        let rest = self.pdf.get(*self.places.get(number)?..)?;
        let rest = &rest[..rest.len().min(MAX_DICTIONARY)];
        let body = rest.get(find(rest, b" obj\n")? + 5..)?;
        let ends = [find(body, b"\nendobj"), find(body, b"\nstream\n")];
        body.get(..ends.into_iter().flatten().min()?)
    }

    fn stream(&self, number: usize) -> Result<Vec<u8>, AttachedError> {
        let broken = AttachedError::OfAnother("an attached file cannot be read");
        let dictionary = self.dictionary(number).ok_or(broken)?;
        let length = behind(dictionary, b"/Length ").and_then(self::number);
        let (length, _) = length.ok_or(broken)?;
        let begin = dictionary.as_ptr() as usize - self.pdf.as_ptr() as usize
            + dictionary.len()
            + b"\nstream\n".len();
        let packed = begin
            .checked_add(length)
            .and_then(|end| self.pdf.get(begin..end));
        let packed = packed.ok_or(broken)?;
        if find(dictionary, b"/FlateDecode").is_none() {
            return Ok(packed.to_vec());
        }
        let mut bytes = Vec::new();
        let read = ZlibDecoder::new(packed)
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes);
        read.map_err(|_| broken)?;
        match bytes.len() as u64 <= MAX_BYTES {
            true => Ok(bytes),
            false => Err(AttachedError::TooLarge),
        }
    }
}

/// Names and numbers of what the catalogue says is attached.
fn named(catalog: &[u8]) -> Option<Vec<(String, usize)>> {
    let mut rest = behind(catalog, b"/EmbeddedFiles<</Names[")?;
    let mut files = Vec::new();
    while let Some(inside) = rest.strip_prefix(b"(") {
        let end = find(inside, b")")?;
        let name = String::from_utf8(inside[..end].to_vec()).ok()?;
        let (object, digits) = number(inside.get(end + 1..)?)?;
        rest = inside.get(end + 1 + digits..)?.strip_prefix(b" 0 R")?;
        rest = rest.strip_prefix(b" ").unwrap_or(rest);
        files.push((name, object));
        if files.len() > MAX_FILES {
            return None;
        }
    }
    Some(files)
}

fn reference_behind(bytes: &[u8], key: &[u8]) -> Option<usize> {
    number(behind(bytes, key)?).map(|(number, _)| number)
}

fn behind<'a>(bytes: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    bytes.get(find(bytes, key)? + key.len()..)
}

/// The number at the beginning, and how many digits it has.
fn number(bytes: &[u8]) -> Option<(usize, usize)> {
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let text = std::str::from_utf8(bytes.get(..digits)?).ok()?;
    Some((text.parse().ok()?, digits))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn rfind(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_exhibit_is_refused_and_never_read_beyond() {
        for bytes in [
            &b""[..],
            b"%PDF-1.7\n%%EOF",
            b"xref\n0 99999999999\nstartxref\n0\n%%EOF",
            b"xref\n0 1\n0000000000 65535 f\r\ntrailer\n<</Root 7 0 R>>\nstartxref\n0\n%%EOF",
            b"startxref\n18446744073709551615\n%%EOF",
        ] {
            let error = attached(bytes).unwrap_err();
            assert!(matches!(error, AttachedError::OfAnother(_)), "{error}");
        }
    }
}
