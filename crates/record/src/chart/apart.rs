//! Names along a line, moved aside as little as is needed so that none covers another.

/// The place at which a name would stand, and half its width, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wanted {
    pub at: f32,
    pub half: f32,
}

/// The middles of names that are wanted at rising places, between `left` and `right` and `gap` apart: of all such
/// places those whose squared distances from what was wanted have the least sum (isotonic regression). None where there
/// is no room for all.
pub(super) fn apart(wanted: &[Wanted], gap: f32, (left, right): (f32, f32)) -> Option<Vec<f32>> {
    let (Some(first), Some(last)) = (wanted.first(), wanted.last()) else {
        return Some(Vec::new());
    };
    // Measured from where each would stand if all stood as near as they may, they need only rise.
    let mut nearest = vec![0.0];
    for (one, next) in wanted.iter().zip(wanted.iter().skip(1)) {
        let before = nearest.last().copied().unwrap_or(0.0);
        nearest.push(before + one.half + gap + next.half);
    }
    let (low, high) = (left + first.half, right - last.half - nearest.last()?);
    if low > high {
        return None;
    }
    // Blocks of names that stand together: their sum, and how many they are.
    let mut blocks: Vec<(f32, usize)> = Vec::new();
    for (name, nearest) in wanted.iter().zip(&nearest) {
        let mut block = (name.at - nearest, 1);
        while let Some(&(sum, count)) = blocks.last()
            && sum / count as f32 >= block.0 / block.1 as f32
        {
            blocks.pop();
            block = (block.0 + sum, block.1 + count);
        }
        blocks.push(block);
    }
    let each = blocks.into_iter();
    let each = each.flat_map(|(sum, count)| std::iter::repeat_n(sum / count as f32, count));
    let placed = each.zip(&nearest);
    Some(
        placed
            .map(|(at, nearest)| at.clamp(low, high) + nearest)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GAP: f32 = 4.0;
    const ROOM: (f32, f32) = (100.0, 620.0);

    fn overlap(wanted: &[Wanted], placed: &[f32]) -> bool {
        let ends = wanted
            .iter()
            .zip(placed)
            .map(|(it, at)| (at - it.half, at + it.half));
        let ends: Vec<(f32, f32)> = ends.collect();
        ends.windows(2)
            .any(|pair| pair[1].0 < pair[0].1 + GAP - 0.01)
            || ends
                .iter()
                .any(|end| end.0 < ROOM.0 - 0.01 || end.1 > ROOM.1 + 0.01)
    }

    #[test]
    fn two_at_one_place_stand_left_and_right_of_it() {
        let wanted = [Wanted {
            at: 300.0,
            half: 5.0,
        }; 2];
        assert_eq!(apart(&wanted, GAP, ROOM).unwrap(), [293.0, 307.0]);
        let at_the_end = [Wanted {
            at: 620.0,
            half: 5.0,
        }; 2];
        assert_eq!(apart(&at_the_end, GAP, ROOM).unwrap(), [601.0, 615.0]);
        let too_many = [Wanted {
            at: 300.0,
            half: 5.0,
        }; 40];
        assert_eq!(apart(&too_many, GAP, ROOM), None);
        assert_eq!(apart(&[], GAP, ROOM), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn none_covers_another_and_what_stands_apart_stays(
            mut places in prop::collection::vec((100.0f32..620.0, 3.0f32..9.0), 1..24)
        ) {
            places.sort_by(|one, other| one.0.total_cmp(&other.0));
            let wanted: Vec<Wanted> = places.iter().map(|&(at, half)| Wanted { at, half }).collect();
            let placed = apart(&wanted, GAP, ROOM).unwrap();
            prop_assert!(!overlap(&wanted, &placed), "{wanted:?} {placed:?}");
            let asked: Vec<f32> = wanted.iter().map(|it| it.at).collect();
            if !overlap(&wanted, &asked) {
                let moved = asked.iter().zip(&placed).map(|(a, b)| (a - b).abs());
                prop_assert!(moved.fold(0.0, f32::max) < 0.01, "{asked:?} {placed:?}");
            }
        }
    }
}
