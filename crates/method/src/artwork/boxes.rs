//! Boxes of the kind that ISO media files are made of, one behind the other (ISO/IEC 14496-12).

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

/// The boxes of a file with their kinds; a box that breaks off ends them.
pub(super) fn boxes(bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (length, behind) = rest.split_first_chunk::<4>()?;
        let (kind, behind) = behind.split_first_chunk::<4>()?;
        let (data, next) = match u32::from_be_bytes(*length) {
            // All that is left.
            0 => (behind, [].as_slice()),
            1 => {
                let (length, behind) = behind.split_first_chunk::<8>()?;
                let length = u64::from_be_bytes(*length).checked_sub(16)?;
                behind.split_at_checked(usize::try_from(length).ok()?)?
            }
            length => behind.split_at_checked(length.checked_sub(8)? as usize)?,
        };
        rest = next;
        Some((kind, data))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_have_lengths_of_three_kinds() {
        let long = b"\0\0\0\x01long\0\0\0\0\0\0\0\x12ab".as_slice();
        let file = [b"\0\0\0\x09onlyx", long, b"\0\0\0\0lastrest"].concat();
        let found: Vec<_> = boxes(&file).collect();
        assert_eq!(
            found,
            [
                (b"only", b"x".as_slice()),
                (b"long", b"ab"),
                (b"last", b"rest")
            ]
        );
        assert_eq!(boxes(b"\0\0\0\x10shortx").count(), 0);
        assert_eq!(boxes(b"\0\0\0\x07short").count(), 0);
    }
}
