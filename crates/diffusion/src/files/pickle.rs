//! PyTorch's `.bin`, `.ckpt` and `.pt` files: a zip archive with a pickle that describes the tensors
//! (`data.pkl`) and one stored entry for each block of numbers (`data/0`, `data/1`, …), as written by
//! `torch.save` since version 1.6 (`torch/serialization.py`, `torch/_utils.py`), or the form of before
//! (`legacy`). The numbers are not compressed in either, so they are used where they lie in the mapped
//! file.
//!
//! candle's reader is not used: it copies memoised values, so that a pickle of a few hundred bytes
//! can fill the memory, drops nested values by recursion, so that a deep one ends the process, and
//! allocates what a tensor claims before it looks at the file.

mod calls;
mod legacy;
mod machine;

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::located::{Element, Located, count, integer_bytes};
use super::mapping::Mapping;
use crate::ModelError;
use machine::{Objects, Value};

/// The largest pickle that is read, in bytes. That of a complete Stable Diffusion checkpoint, without
/// its numbers, has a third of a megabyte.
const PICKLE: u64 = 8 << 20;

/// Wrappers around a tensor (parameter of a tensor of a subclass …) that are looked through.
const WRAPPERS: usize = 4;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// True if a file that is not called `.safetensors` begins as PyTorch's files do: a zip archive, or a
/// bare pickle. (The eighth byte of a `.safetensors` file is zero.)
pub fn is_pickle(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || is_bare(bytes)
}

fn is_bare(bytes: &[u8]) -> bool {
    bytes.first() == Some(&0x80) && bytes.get(7).is_none_or(|&b| b != 0)
}

/// The key under which training programs keep the tensors of a whole model.
const STATE: &str = "state_dict";

/// The key under which a textual inversion keeps its vectors. Their names alone would tell nothing.
const INVERSION: &str = "string_to_param";

/// The tensors of a mapped file: those of the dictionary that it holds, or of the dictionary under
/// its key `state_dict`. Other entries are passed over.
///
/// # Errors
/// [`ModelError::PickleCalls`] if it asks Python to call what makes no tensor, or [`ModelError::Damaged`] if
/// the archive or the pickle does not parse, a tensor leaves the block that holds its numbers, or there are
/// no tensors at all.
pub fn locate(mapping: &Mapping) -> Result<Vec<Located>, ModelError> {
    let bytes = mapping.bytes();
    let located = match is_bare(bytes) {
        true => legacy::open(bytes).and_then(|(objects, blocks)| tensors(&objects, blocks)),
        false => open_archive(bytes).and_then(|(objects, blocks)| tensors(&objects, blocks)),
    };
    located.map_err(|why| match why {
        Refusal::Damaged(why) => ModelError::Damaged {
            file: mapping.path().into(),
            why,
        },
        Refusal::Calls(function) => ModelError::PickleCalls {
            file: mapping.path().into(),
            function,
        },
    })
}

/// A reason for which a pickle is not read.
enum Refusal {
    /// It contradicts itself.
    Damaged(String),
    /// It asks Python to call this.
    Calls(String),
}

impl From<String> for Refusal {
    fn from(why: String) -> Self {
        Self::Damaged(why)
    }
}

impl From<&str> for Refusal {
    fn from(why: &str) -> Self {
        Self::Damaged(why.into())
    }
}

fn open_archive(bytes: &[u8]) -> Result<(Objects<'_>, Blocks<'_>), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let folder = archive
        .file_names()
        // A name that cannot be read is not that of the pickle.
        .filter_map(Result::ok)
        .find_map(|name| {
            let folder = name.strip_suffix("data.pkl")?;
            (folder.is_empty() || folder.ends_with('/')).then(|| folder.to_owned())
        })
        .ok_or("it is a zip archive without data.pkl")?;
    if entry_text(&mut archive, &format!("{folder}byteorder"))?.is_some_and(|order| order == "big")
    {
        return Err("its numbers are big-endian".into());
    }
    let pickle = entry(&mut archive, bytes.len(), &format!("{folder}data.pkl"))?;
    if pickle.length as u64 > PICKLE {
        return Err("its description of the tensors is too long".into());
    }
    let pickle = bytes
        .get(pickle.range())
        .ok_or("data.pkl leaves the file")?;
    let blocks = Blocks::Entries {
        archive: Box::new(archive),
        file_bytes: bytes.len(),
        folder,
        known: HashMap::new(),
    };
    Ok((machine::load(pickle)?, blocks))
}

fn tensors(objects: &Objects<'_>, mut blocks: Blocks<'_>) -> Result<Vec<Located>, Refusal> {
    if let Some(function) = calls::foreign(objects) {
        return Err(Refusal::Calls(function));
    }
    let (state, prefix) = state(objects)?;
    let mut tensors = Vec::new();
    for (name, value) in state {
        let Some(name) = objects.text(*name) else {
            continue;
        };
        if let Some(view) = View::of(objects, *value) {
            let name = format!("{prefix}{name}");
            tensors.push(view?.located(&name, &mut blocks)?);
        }
    }
    if tensors.is_empty() {
        return Err("it holds no tensors".into());
    }
    Ok(tensors)
}

/// The entries of a dictionary.
type Entries<'a> = &'a [(usize, usize)];

/// The dictionary of the tensors, and what is put before their names.
fn state<'a>(objects: &'a Objects<'_>) -> Result<(Entries<'a>, &'static str), String> {
    let outer = objects
        .dictionary(objects.root())
        .ok_or("it holds no dictionary of tensors")?;
    let inner = |wanted: &str| {
        outer
            .iter()
            .find(|(key, _)| objects.text(*key) == Some(wanted))
            .and_then(|(_, value)| objects.dictionary(*value))
    };
    Ok(match (inner(STATE), inner(INVERSION)) {
        (Some(state), _) => (state, ""),
        (None, Some(vectors)) => (vectors, "string_to_param."),
        (None, None) => (outer, ""),
    })
}

/// A stored entry of the archive.
#[derive(Clone, Copy)]
struct Block {
    offset: usize,
    length: usize,
}

impl Block {
    fn range(self) -> std::ops::Range<usize> {
        self.offset..self.offset.saturating_add(self.length)
    }
}

fn entry(archive: &mut Archive<'_>, file_bytes: usize, name: &str) -> Result<Block, String> {
    let entry = archive
        .by_name(name)
        .map_err(|error| format!("{name}: {error}"))?;
    if entry.compression() != CompressionMethod::Stored || entry.encrypted() {
        return Err(format!("{name} is compressed or encrypted"));
    }
    // What no address can hold is refused below, as no place in the file.
    let number = |n: u64| usize::try_from(n).ok();
    entry
        .data_start()
        .and_then(number)
        .zip(number(entry.size()))
        .map(|(offset, length)| Block { offset, length })
        .filter(|block| entry.size() == entry.compressed_size() && block.range().end <= file_bytes)
        .ok_or_else(|| format!("{name} leaves the file"))
}

/// The text of a small entry, if there is one.
fn entry_text(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, String> {
    let mut text = String::new();
    let entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(format!("{name}: {error}")),
    };
    let read = entry.take(16).read_to_string(&mut text);
    read.map_err(|error| format!("{name}: {error}"))?;
    Ok(Some(text.trim().to_owned()))
}

/// The blocks of numbers of a file. Tensors may share one.
enum Blocks<'a> {
    /// Entries of an archive.
    Entries {
        archive: Box<Archive<'a>>,
        file_bytes: usize,
        folder: String,
        known: HashMap<String, Block>,
    },
    /// Ranges behind the pickle.
    Behind(HashMap<&'a str, Block>),
}

impl Blocks<'_> {
    fn get(&mut self, key: &str) -> Result<Block, String> {
        match self {
            Self::Behind(blocks) => blocks
                .get(key)
                .copied()
                .ok_or_else(|| format!("its block {key} is not there")),
            Self::Entries {
                archive,
                file_bytes,
                folder,
                known,
            } => {
                if let Some(block) = known.get(key) {
                    return Ok(*block);
                }
                let block = entry(archive, *file_bytes, &format!("{folder}data/{key}"))?;
                known.insert(key.to_owned(), block);
                Ok(block)
            }
        }
    }
}

/// The kind of number that a storage holds, or its name.
fn element(storage: &str) -> Result<Element, String> {
    match storage {
        "HalfStorage" => Ok(Element::F16),
        "BFloat16Storage" => Ok(Element::Bf16),
        "FloatStorage" => Ok(Element::F32),
        "DoubleStorage" => Ok(Element::F64),
        other => Err(other.to_owned()),
    }
}

/// A tensor's own description: a view into a block of numbers.
struct View<'a> {
    storage: &'a str,
    block: &'a str,
    offset: usize,
    shape: Vec<usize>,
    strides: Vec<usize>,
}

impl<'a> View<'a> {
    /// The tensor that `value` describes; nothing if it describes something else.
    fn of(objects: &'a Objects<'a>, value: usize) -> Option<Result<Self, String>> {
        let mut call = objects.call(value)?;
        for _ in 0..WRAPPERS {
            let (module, name, arguments) = call;
            call = match (module, name) {
                // Arguments: storage, offset, size, stride, requires_grad, backward_hooks.
                ("torch._utils", "_rebuild_tensor_v2" | "_rebuild_tensor") => {
                    return Some(
                        Self::rebuilt(objects, arguments)
                            .ok_or_else(|| "a tensor's description is malformed".to_owned()),
                    );
                }
                // Arguments: data, requires_grad, backward_hooks.
                ("torch._utils", "_rebuild_parameter") => objects.call(*arguments.first()?)?,
                // Arguments: function, type, its arguments, state.
                ("torch._tensor", "_rebuild_from_type_v2") => {
                    let (module, name) = objects.global(*arguments.first()?)?;
                    (module, name, objects.tuple(*arguments.get(2)?)?)
                }
                _ => return None,
            };
        }
        None
    }

    fn rebuilt(objects: &'a Objects<'a>, arguments: &[usize]) -> Option<Self> {
        let [storage, offset, shape, strides, ..] = arguments else {
            return None;
        };
        let Value::Persistent(storage) = objects.get(*storage) else {
            return None;
        };
        // ("storage", type, key, location, number of elements).
        let [_, kind, key, ..] = objects.tuple(*storage)? else {
            return None;
        };
        Some(Self {
            storage: objects.global(*kind)?.1,
            block: objects.text(*key)?,
            offset: objects.size(*offset)?,
            shape: objects.sizes(*shape)?,
            strides: objects.sizes(*strides)?,
        })
    }

    fn located(self, name: &str, blocks: &mut Blocks<'_>) -> Result<Located, String> {
        let block = blocks.get(self.block)?;
        let (element, size) = match element(self.storage) {
            _ if !self.is_contiguous() => (Err("a transposed view".to_owned()), 0),
            Ok(element) => (Ok(element), element.bytes()),
            Err(other) => {
                // Of a kind that is not known nothing is read, so it has no length here.
                let size = integer_bytes(&other).unwrap_or_default();
                (Err(other), size)
            }
        };
        let outside = || format!("the tensor {name} is larger than its numbers");
        let begin = self.offset.checked_mul(size).ok_or_else(outside)?;
        let length = count(&self.shape)
            .and_then(|count| count.checked_mul(size))
            .ok_or_else(outside)?;
        if begin
            .checked_add(length)
            .is_none_or(|end| end > block.length)
        {
            return Err(outside());
        }
        Ok(Located {
            name: name.to_owned(),
            shape: self.shape,
            element,
            offset: block.offset.checked_add(begin).ok_or_else(outside)?,
            length,
        })
    }

    /// True if the numbers lie in row-major order without gaps.
    fn is_contiguous(&self) -> bool {
        let mut step = 1usize;
        self.strides.len() == self.shape.len()
            && self
                .shape
                .iter()
                .zip(&self.strides)
                .rev()
                .all(|(&dimension, &stride)| {
                    let fits = dimension == 1 || stride == step;
                    step = step.saturating_mul(dimension);
                    fits
                })
    }
}
