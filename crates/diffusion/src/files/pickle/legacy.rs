//! The form of before PyTorch 1.6 (`torch/serialization.py`, `_legacy_save`): one pickle after the other (a magic number, a version,
//! facts of the system, the object, the keys of the blocks), then every block of numbers behind its count.

use std::collections::HashMap;

use super::machine::{self, Objects, Value};
use super::{Block, Blocks, PICKLE, Refusal};
use crate::files::located::{Element, integer_bytes};

/// The number with which such a file begins, little-endian.
const MAGIC: [u8; 10] = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/// Size of the count before a block.
const COUNT: usize = 8;

/// Its object and its blocks.
pub fn open(bytes: &[u8]) -> Result<(Objects<'_>, Blocks<'_>), Refusal> {
    if !bytes
        .get(4..)
        .is_some_and(|bytes| bytes.starts_with(&MAGIC))
    {
        return Err("it is a pickle, but none that PyTorch wrote".into());
    }
    let mut at = 0;
    for _ in 0..2 {
        next(bytes, &mut at)?;
    }
    let system = next(bytes, &mut at)?;
    if big_endian(&system) {
        return Err("its numbers are big-endian".into());
    }
    let objects = next(bytes, &mut at)?;
    let keys = next(bytes, &mut at)?;
    let blocks = blocks(bytes, at, &objects, &keys)?;
    Ok((objects, Blocks::Behind(blocks)))
}

/// The pickle at `at`, which is moved behind it.
fn next<'a>(bytes: &'a [u8], at: &mut usize) -> Result<Objects<'a>, String> {
    let rest = bytes.get(*at..).unwrap_or_default();
    // Behind the pickles lie gigabytes: one that never ends must not read them.
    let limit = usize::try_from(PICKLE)
        .unwrap_or(usize::MAX)
        .min(rest.len());
    let objects = machine::load(rest.get(..limit).unwrap_or_default())?;
    *at = at.saturating_add(objects.length());
    Ok(objects)
}

fn big_endian(system: &Objects<'_>) -> bool {
    // PyTorch takes a file that says nothing of it for one of little end first.
    let entries = system.dictionary(system.root()).unwrap_or_default();
    let order = entries
        .iter()
        .find(|(key, _)| system.text(*key) == Some("little_endian"));
    order.is_some_and(|(_, value)| system.size(*value) == Some(0))
}

/// The blocks from `at` on, in the order of their `keys`.
fn blocks<'a>(
    bytes: &'a [u8],
    mut at: usize,
    objects: &Objects<'a>,
    keys: &Objects<'a>,
) -> Result<HashMap<&'a str, Block>, String> {
    let kinds = kinds(objects);
    let Value::List(list) = keys.get(keys.root()) else {
        return Err("it does not name its blocks".into());
    };
    let mut blocks = HashMap::new();
    for key in list {
        let key = keys.text(*key).ok_or("it does not name its blocks")?;
        let size = kinds
            .get(key)
            .copied()
            .ok_or_else(|| format!("its block {key} is of no known kind"))?;
        let behind = || format!("its block {key} leaves the file");
        let count = bytes
            .get(at..)
            .and_then(<[u8]>::first_chunk::<COUNT>)
            .ok_or_else(behind)?;
        let length = usize::try_from(u64::from_le_bytes(*count)).ok();
        let length = length
            .and_then(|count| count.checked_mul(size))
            .ok_or_else(behind)?;
        let offset = at.saturating_add(COUNT);
        at = offset
            .checked_add(length)
            .filter(|&end| end <= bytes.len())
            .ok_or_else(behind)?;
        if blocks.insert(key, Block { offset, length }).is_some() {
            return Err(format!("it names its block {key} twice"));
        }
    }
    Ok(blocks)
}

/// The size of one number of each block, by the blocks' keys.
fn kinds<'a>(objects: &Objects<'a>) -> HashMap<&'a str, usize> {
    let kinds = objects.values().filter_map(|value| {
        let Value::Persistent(storage) = value else {
            return None;
        };
        let [_, kind, key, ..] = objects.tuple(*storage)? else {
            return None;
        };
        let (_, kind) = objects.global(*kind)?;
        let size = super::element(kind)
            .map(Element::bytes)
            .ok()
            .or_else(|| integer_bytes(kind))?;
        Some((objects.text(*key)?, size))
    });
    kinds.collect()
}
