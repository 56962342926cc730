//! The format of a file, told by its content: an extension proves nothing.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

/// What a file's first bytes say it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Recognised {
    Read(Format),
    Foreign(Foreign),
    Unknown,
}

/// A format that is read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    Png,
    Jpeg,
    WebP,
    Tiff,
    Bmp,
    Gif,
    Photoshop,
    Krita,
    OpenRaster,
    JpegXl,
    Jpeg2000,
}

impl Format {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::WebP => "WebP",
            Self::Tiff => "TIFF",
            Self::Bmp => "BMP",
            Self::Gif => "GIF",
            Self::Photoshop => "Photoshop",
            Self::Krita => "Krita",
            Self::OpenRaster => "OpenRaster",
            Self::JpegXl => "JPEG XL",
            Self::Jpeg2000 => "JPEG 2000",
        }
    }
}

/// A format that is known by name and not read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Foreign {
    pub(super) name: &'static str,
    /// What to do, after a colon.
    pub(super) advice: &'static str,
}

const SAVE: &str = "save it as PNG and choose that copy";
const EXPORT: &str = "export the flattened picture as PNG from the program that made it";
const DEVELOP: &str = "develop it and save the result as PNG or TIFF";
const DRAW: &str = "export it as PNG in the size in which it was published";
const PAGE: &str = "take the picture out of the page, or export the page as PNG";
const STILL: &str = "save the frame to be examined as PNG";

/// First bytes and what they are a sign of.
const SIGNATURES: [(&[u8], &str, &str); 50] = [
    (b"CSFCHUNK", "Clip Studio Paint", EXPORT),
    (b"SAI-CANVAS", "PaintTool SAI", EXPORT),
    (b"gimp xcf", "GIMP", EXPORT),
    (b"Paint Shop Pro Image File", "Paint Shop Pro", EXPORT),
    (b"PDN3", "Paint.NET", EXPORT),
    (b"\0\xFFKA", "Affinity", EXPORT),
    (b"%PDF", "PDF", PAGE),
    (b"%!PS", "PostScript", PAGE),
    (b"\xC5\xD0\xD3\xC6", "Encapsulated PostScript", PAGE),
    (b"AT&TFORM", "DjVu", PAGE),
    (b"II*\0\x10\0\0\0CR", "Canon camera raw", DEVELOP),
    (b"FUJIFILMCCD-RAW", "Fujifilm camera raw", DEVELOP),
    (b"FOVb", "Sigma camera raw", DEVELOP),
    (b"\0MRM", "Minolta camera raw", DEVELOP),
    (b"IIU\0", "Panasonic camera raw", DEVELOP),
    (b"IIRO", "Olympus camera raw", DEVELOP),
    (b"IIRS", "Olympus camera raw", DEVELOP),
    (b"MMOR", "Olympus camera raw", DEVELOP),
    (b"\x76\x2F\x31\x01", "OpenEXR", SAVE),
    (b"#?RADIANCE", "Radiance HDR", SAVE),
    (b"#?RGBE", "Radiance HDR", SAVE),
    (b"qoif", "QOI", SAVE),
    (b"farbfeld", "farbfeld", SAVE),
    (b"DDS ", "DDS", SAVE),
    (b"\0\0\x01\0", "icon", SAVE),
    (b"\0\0\x02\0", "cursor", SAVE),
    (b"icns", "Apple icon", SAVE),
    (b"BPG\xFB", "BPG", SAVE),
    (b"FLIF", "FLIF", SAVE),
    (b"\x01\xDA\0\x01", "SGI", SAVE),
    (b"\x01\xDA\x01\x01", "SGI", SAVE),
    (b"\x01\xDA\0\x02", "SGI", SAVE),
    (b"\x01\xDA\x01\x02", "SGI", SAVE),
    (b"\xB1\x68\xDE\x3A", "DCX", SAVE),
    (b"BLP1", "BLP", SAVE),
    (b"BLP2", "BLP", SAVE),
    (b"FTEX", "FTEX", SAVE),
    (b"DanM", "Microsoft Paint", SAVE),
    (b"LinS", "Microsoft Paint", SAVE),
    (b"\x80\xE8\0\0", "Pixar", SAVE),
    (b"KF\x88\x55", "Aseprite", EXPORT),
    (b"\x8AMNG\r\n\x1A\n", "MNG", SAVE),
    (b"\x8BJNG\r\n\x1A\n", "JNG", SAVE),
    (b"FORM", "Amiga", SAVE),
    (b"P7 332", "thumbnail of xv", SAVE),
    (b"\x59\xA6\x6A\x95", "Sun raster", SAVE),
    (b"SIMPLE  =", "FITS", SAVE),
    (b"\xD7\xCD\xC6\x9A", "Windows metafile", DRAW),
    (b"\x1A\x45\xDF\xA3", "video", STILL),
    (b"/* XPM */", "XPM", SAVE),
];

/// Tells what `bytes` are.
pub(super) fn recognise(bytes: &[u8]) -> Recognised {
    // Canon's raw files begin as a TIFF does, and so come before it.
    let signature = SIGNATURES
        .iter()
        .find(|(start, ..)| bytes.starts_with(start));
    if let Some(&(_, name, advice)) = signature {
        return Recognised::Foreign(Foreign { name, advice });
    }
    if let Some(format) = read(bytes) {
        return Recognised::Read(format);
    }
    match boxed(bytes)
        .or_else(|| text(bytes))
        .or_else(|| hidden(bytes))
    {
        Some((name, advice)) => Recognised::Foreign(Foreign { name, advice }),
        None => Recognised::Unknown,
    }
}

fn read(bytes: &[u8]) -> Option<Format> {
    const STARTS: [(&[u8], Format); 15] = [
        (b"\x89PNG\r\n\x1A\n", Format::Png),
        (b"\xFF\xD8\xFF", Format::Jpeg),
        (b"II*\0", Format::Tiff),
        (b"MM\0*", Format::Tiff),
        (b"II+\0", Format::Tiff),
        (b"MM\0+", Format::Tiff),
        (b"BM", Format::Bmp),
        (b"GIF87a", Format::Gif),
        (b"GIF89a", Format::Gif),
        (b"8BPS\0\x01", Format::Photoshop),
        (b"8BPS\0\x02", Format::Photoshop),
        (b"\xFF\x0A", Format::JpegXl),
        (b"\0\0\0\x0CJXL \r\n\x87\n", Format::JpegXl),
        (b"\0\0\0\x0CjP  \r\n\x87\n", Format::Jpeg2000),
        (b"\xFF\x4F\xFF\x51", Format::Jpeg2000),
    ];
    let start = STARTS.iter().find(|(start, _)| bytes.starts_with(start));
    if let Some(&(_, format)) = start {
        return Some(format);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(Format::WebP);
    }
    // An archive says what it is in its first file, which is not packed.
    let kind = bytes
        .get(30..)
        .filter(|_| bytes.starts_with(b"PK\x03\x04"))?;
    let kind = kind.strip_prefix(b"mimetype")?;
    if kind.starts_with(b"application/x-krita") {
        return Some(Format::Krita);
    }
    kind.starts_with(b"image/openraster")
        .then_some(Format::OpenRaster)
}

/// Files of boxes (ISO 14496-12): the brand says which.
fn boxed(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.get(4..8)? != b"ftyp" {
        return None;
    }
    Some(match bytes.get(8..12)? {
        b"avif" | b"avis" => ("AVIF", SAVE),
        b"crx " => ("Canon camera raw", DEVELOP),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => ("HEIC", SAVE),
        // A brand that says only the box; what is inside comes after it.
        b"mif1" | b"msf1" | b"mif2" | b"miaf" => {
            let others = bytes.get(16..bytes.len().min(64)).unwrap_or_default();
            if others.chunks(4).any(|brand| brand == b"avif") {
                ("AVIF", SAVE)
            } else {
                ("HEIC", SAVE)
            }
        }
        _ => ("video", STILL),
    })
}

/// Drawings that are text, and the plain formats of Unix.
fn text(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let head = head
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(head)
        .trim_ascii_start();
    let is_svg = head.starts_with(b"<svg")
        || (head.starts_with(b"<") && head.windows(4).any(|part| part == b"<svg"));
    if is_svg {
        return Some(("SVG", DRAW));
    }
    match head {
        [b'#', b'd', b'e', b'f', b'i', b'n', b'e', b' ', ..]
            if head.windows(6).any(|part| part == b"_width") =>
        {
            Some(("XBM", SAVE))
        }
        [b'P', b'1'..=b'7' | b'f' | b'F', space, ..] if space.is_ascii_whitespace() => {
            Some(("PNM", SAVE))
        }
        _ => None,
    }
}

/// Formats whose sign does not stand first.
fn hidden(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const PLACES: [(usize, &[u8], &str); 5] = [
        (2048, b"PCD_IPI", "Photo CD"),
        (20, b"GIMP", "GIMP brush"),
        (4, b"\xE0\xA5", "Aseprite"),
        (4, b"\x11\xAF", "FLI"),
        (4, b"\x12\xAF", "FLC"),
    ];
    for (at, sign, name) in PLACES {
        if bytes.get(at..).is_some_and(|rest| rest.starts_with(sign)) {
            return Some((name, SAVE));
        }
    }
    if bytes.get(128..132) == Some(b"DICM") {
        return Some(("DICOM", SAVE));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let named = |name: &[u8]| bytes.windows(name.len()).any(|part| part == name);
        if named(b"Document.archive") && named(b"QuickLook/") {
            return Some(("Procreate", EXPORT));
        }
    }
    if bytes.ends_with(b"TRUEVISION-XFILE.\0") || is_targa(bytes) {
        return Some(("Targa", SAVE));
    }
    // PCX of version 5 with one bit or one byte a level.
    if let [0x0A, 0 | 2..=5, 1, 1 | 2 | 4 | 8, ..] = bytes {
        return Some(("PCX", SAVE));
    }
    None
}

/// Targa has no sign of its own: its header must make sense in every field that has few values.
fn is_targa(bytes: &[u8]) -> bool {
    let Some(&[_, map, kind, .., width, wide, height, high, bits, flags]) =
        bytes.first_chunk::<18>()
    else {
        return false;
    };
    let with_map = map == 1 && matches!(kind, 1 | 9);
    let without = map == 0 && matches!(kind, 2 | 3 | 10 | 11);
    let size = u16::from_le_bytes([width, wide]).min(u16::from_le_bytes([height, high]));
    (with_map || without) && size > 0 && matches!(bits, 8 | 15 | 16 | 24 | 32) && flags & 0xC0 == 0
}
