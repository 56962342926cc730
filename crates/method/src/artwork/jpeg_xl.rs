//! JPEG XL files (ISO/IEC 18181), decoded by the format's own authors' crate.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use std::io;

use image::RgbImage;
use jxl::api::{
    AlphaMode, Event, ExtraChannel, JxlBasicInfo, JxlColorEncoding, JxlColorProfile, JxlColorType,
    JxlDataFormat, JxlDecoder, JxlDecoderOptions, JxlOutputBuffer, JxlPixelFormat,
    JxlTransferFunction, ProfileLevel,
};
use jxl::error::Error;

use super::boxes::boxes;
use super::fault::Fault;
use super::orientation::from_number;
use super::size;
use super::stored::{Colours, Profile, Stored};

/// Bits of a sample while it is decoded.
const SAMPLE_BITS: u64 = 32;
/// Samples that a frame may have, whatever the picture's size: patches are cut out of frames of their own.
const LEAST_LIMIT: usize = 1 << 22;

/// Decodes the first frame of a file, with its layers laid over each other. Every decoder turns it as its header
/// says, so that there is one orientation in both readings; but of a packed JPEG file training programs may unpack the
/// file and load that as it is stored. What EXIF says does not count.
///
/// # Errors
/// [`Fault`].
pub(super) fn decode(bytes: &[u8]) -> Result<Stored, Fault> {
    let mut input = bytes;
    let is_packed = boxes(bytes).any(|(kind, _)| kind == b"jbrd");
    let mut decoder = JxlDecoder::new(options(is_packed, None));
    expect(&mut decoder, &mut input, None, |event| {
        matches!(event, Event::BasicInfo)
    })?;
    let info = decoder.basic_info().ok_or(Fault::Truncated)?;
    let head = Head::of(info, decoder.embedded_color_profile())?;
    // Once more, now that it is known how large a frame may be.
    let pixels_in_all = (head.width as usize).saturating_mul(head.height as usize);
    let samples = pixels_in_all.saturating_mul(head.extra.saturating_add(3));
    let limit = samples.saturating_mul(2).max(LEAST_LIMIT);
    let mut stored = pixels(bytes, &head, options(is_packed, Some(limit)))?;
    if is_packed {
        // Of a number that is none the decoder's own stays.
        let orientation = from_number(head.orientation.into());
        stored.orientation = orientation.unwrap_or(stored.orientation);
    }
    Ok(stored)
}

fn options(is_packed: bool, limit: Option<usize>) -> JxlDecoderOptions {
    let mut options = JxlDecoderOptions::default();
    options.adjust_orientation = !is_packed;
    options.alpha_mode = AlphaMode::Unpremultiplied;
    options.max_profile_level = ProfileLevel::Main10;
    options.sample_limit = limit;
    options
}

/// What the header says of the picture.
struct Head {
    width: u32,
    height: u32,
    grey: bool,
    alpha: bool,
    extra: usize,
    animated: bool,
    orientation: u8,
    /// Coded in the eye's own colours, with a profile that only says which ones to show.
    apart: bool,
}

impl Head {
    fn of(info: &JxlBasicInfo, profile: Option<&JxlColorProfile>) -> Result<Self, Fault> {
        // Refused by the check of the size.
        let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
        let (width, height) = (side(info.size.0), side(info.size.1));
        let extra = info.extra_channels.len();
        size::check(
            width,
            height,
            SAMPLE_BITS.saturating_mul((extra as u64).saturating_add(3)),
        )?;
        let has = |kind| {
            let mut kinds = info.extra_channels.iter();
            kinds.any(|channel| channel.ec_type == kind)
        };
        if has(ExtraChannel::Black) || profile.is_some_and(JxlColorProfile::is_cmyk) {
            return Err(Fault::variety("CMYK"));
        }
        let curve = profile.and_then(JxlColorProfile::transfer_function);
        if let Some(JxlTransferFunction::PQ | JxlTransferFunction::HLG) = curve {
            return Err(Fault::variety("brighter than white, as HDR"));
        }
        Ok(Self {
            width,
            height,
            grey: profile.is_some_and(|profile| profile.channels() == 1),
            alpha: has(ExtraChannel::Alpha),
            extra,
            animated: info.animation.is_some(),
            orientation: info.orientation as u8,
            apart: !info.uses_original_profile && matches!(profile, Some(JxlColorProfile::Icc(_))),
        })
    }

    fn notes(&self, more_frames: bool) -> Vec<String> {
        let mut notes = Vec::new();
        if self.animated && more_frames {
            notes.push("The file is animated: the first frame was taken.".to_owned());
        }
        if self.apart {
            notes.push(
                "The file's colours were coded apart from its profile and taken as sRGB: as they would be in the \
                 profile's own numbers, which a training program may load, they were not examined."
                    .to_owned(),
            );
        }
        let others = self.extra.saturating_sub(self.alpha.into());
        if others > 0 {
            notes.push(format!(
                "The file has {others} channels beside its colours and opacity, which were left aside."
            ));
        }
        notes
    }
}

fn pixels(bytes: &[u8], head: &Head, options: JxlDecoderOptions) -> Result<Stored, Fault> {
    let mut input = bytes;
    let mut decoder = JxlDecoder::new(options);
    expect(&mut decoder, &mut input, None, |event| {
        matches!(event, Event::BasicInfo)
    })?;
    // Levels of all channels together, the opacity last.
    let (kind, channels) = match (head.grey, head.alpha) {
        (true, false) => (JxlColorType::Grayscale, 1),
        (true, true) => (JxlColorType::GrayscaleAlpha, 2),
        (false, false) => (JxlColorType::Rgb, 3),
        (false, true) => (JxlColorType::Rgba, 4),
    };
    let format = JxlPixelFormat {
        color_type: kind,
        color_data_format: Some(JxlDataFormat::U8 { bit_depth: 8 }),
        extra_channel_format: vec![None; head.extra],
    };
    decoder.set_pixel_format(format).map_err(fault)?;
    let profile = profile(decoder.output_color_profile(), head.grey);
    let row = (head.width as usize).saturating_mul(channels);
    let mut levels = vec![0; row.saturating_mul(head.height as usize)];
    let done = {
        let mut target = [JxlOutputBuffer::new(&mut levels, head.height as usize, row)];
        expect(&mut decoder, &mut input, Some(&mut target), |event| {
            matches!(event, Event::FrameComplete { .. })
        })?
    };
    let more = matches!(
        done,
        Event::FrameComplete {
            has_more_frames: true
        }
    );
    let mut stored = stored(head, levels, channels)?;
    stored.profile = profile;
    stored.notes = head.notes(more);
    Ok(stored)
}

fn stored(head: &Head, levels: Vec<u8>, channels: usize) -> Result<Stored, Fault> {
    let alpha = head.alpha.then(|| {
        let pixels = levels.chunks_exact(channels);
        pixels.filter_map(|pixel| pixel.last().copied()).collect()
    });
    let colours = match channels {
        3 => levels,
        _ => {
            let pixel = |pixel: &[u8]| match *pixel {
                [r, g, b, _] => [r, g, b],
                [grey, ..] => [grey; 3],
                [] => [0; 3],
            };
            levels.chunks_exact(channels).flat_map(pixel).collect()
        }
    };
    let picture = RgbImage::from_raw(head.width, head.height, colours);
    let mut stored = Stored::of(Colours::Rgb(picture.ok_or(Fault::Truncated)?));
    stored.grey = head.grey;
    stored.alpha = alpha;
    Ok(stored)
}

/// The profile of the colours as the decoder gives them.
fn profile(profile: Option<&JxlColorProfile>, grey: bool) -> Profile {
    let srgb = JxlColorProfile::Simple(JxlColorEncoding::srgb(grey));
    let Some(profile) = profile.filter(|profile| !profile.same_color_encoding(&srgb)) else {
        return Profile::None;
    };
    match profile.try_as_icc() {
        Some(icc) => Profile::Icc(icc.into_owned()),
        None => Profile::Damaged("it cannot be written as an ICC profile".to_owned()),
    }
}

/// Goes on to the first event that is wanted.
fn expect(
    decoder: &mut JxlDecoder,
    input: &mut &[u8],
    mut target: Option<&mut [JxlOutputBuffer<'_>]>,
    wanted: impl Fn(&Event) -> bool,
) -> Result<Event, Fault> {
    loop {
        let event = decoder
            .process(input, target.as_deref_mut(), None)
            .map_err(fault)?;
        if wanted(&event) {
            return Ok(event);
        }
        // All there is was given.
        if let Event::NeedMoreInput { .. } | Event::Complete = event {
            return Err(Fault::Truncated);
        }
    }
}

fn fault(error: Error) -> Fault {
    match error {
        Error::OutOfBounds(_) => Fault::Truncated,
        Error::OutOfMemory(_) | Error::ImageOutOfMemory(..) | Error::ImageSizeTooLarge(..) => {
            Fault::Memory
        }
        Error::IOError(error) if error.kind() == io::ErrorKind::UnexpectedEof => Fault::Truncated,
        error => Fault::damaged(error.to_string()),
    }
}
