//! A pickle machine that builds a description and calls nothing: what a pickle would import and call
//! is only noted. Values live in one list and refer to each other by index, so that sharing costs
//! nothing, nesting costs no stack, and the memory stays proportional to the pickle's length.
//! Opcodes as in Python's `Lib/pickletools.py`; of them, those that `torch.save` writes.

use std::collections::HashMap;

/// A value of a pickle. Numbers inside are indices into [`Objects`].
pub enum Value<'a> {
    /// A value that plays no part in describing tensors.
    Other,
    /// A whole number; true and false are 1 and 0.
    Integer(i64),
    /// A text.
    Text(&'a str),
    /// A class or function, by module and name.
    Global(&'a str, &'a str),
    /// A tuple.
    Tuple(Vec<usize>),
    /// A list.
    List(Vec<usize>),
    /// A dictionary, in the order of insertion.
    Dictionary(Vec<(usize, usize)>),
    /// A call that was not made: what, with which arguments.
    Call(usize, usize),
    /// A reference to something outside the pickle: for PyTorch a block of numbers.
    Persistent(usize),
}

/// All values of a pickle.
pub struct Objects<'a> {
    values: Vec<Value<'a>>,
    root: usize,
    length: usize,
}

impl<'a> Objects<'a> {
    /// The value that the pickle stands for.
    pub fn root(&self) -> usize {
        self.root
    }

    /// The pickle's length in bytes: what follows it is something else.
    pub fn length(&self) -> usize {
        self.length
    }

    /// All values, of whatever depth.
    pub fn values(&self) -> impl Iterator<Item = &Value<'a>> {
        self.values.iter()
    }

    /// The value at an index.
    pub fn get(&self, index: usize) -> &Value<'a> {
        // The machine hands out no other index than of what it has pushed.
        self.values.get(index).unwrap_or(&Value::Other)
    }

    /// The text at an index.
    pub fn text(&self, index: usize) -> Option<&'a str> {
        match self.get(index) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The class or function at an index, as module and name.
    pub fn global(&self, index: usize) -> Option<(&'a str, &'a str)> {
        match self.get(index) {
            Value::Global(module, name) => Some((module, name)),
            _ => None,
        }
    }

    /// The tuple at an index.
    pub fn tuple(&self, index: usize) -> Option<&[usize]> {
        match self.get(index) {
            Value::Tuple(items) => Some(items),
            _ => None,
        }
    }

    /// The dictionary at an index.
    pub fn dictionary(&self, index: usize) -> Option<&[(usize, usize)]> {
        match self.get(index) {
            Value::Dictionary(items) => Some(items),
            _ => None,
        }
    }

    /// The call at an index: module and name of what would be called, and the arguments.
    pub fn call(&self, index: usize) -> Option<(&'a str, &'a str, &[usize])> {
        match self.get(index) {
            Value::Call(function, arguments) => {
                let (module, name) = self.global(*function)?;
                Some((module, name, self.tuple(*arguments)?))
            }
            _ => None,
        }
    }

    /// The number at an index, if it can be a size.
    pub fn size(&self, index: usize) -> Option<usize> {
        match self.get(index) {
            Value::Integer(number) => usize::try_from(*number).ok(),
            _ => None,
        }
    }

    /// The tuple of sizes at an index.
    pub fn sizes(&self, index: usize) -> Option<Vec<usize>> {
        self.tuple(index)?.iter().map(|&i| self.size(i)).collect()
    }
}

/// Reads a whole pickle.
///
/// # Errors
/// A phrase that says what is wrong with it.
pub fn load(pickle: &[u8]) -> Result<Objects<'_>, String> {
    let mut machine = Machine {
        rest: pickle,
        values: Vec::new(),
        stack: Vec::new(),
        marks: Vec::new(),
        memo: HashMap::new(),
    };
    while machine.step()? {}
    let root = machine.pop()?;
    Ok(Objects {
        length: pickle.len().saturating_sub(machine.rest.len()),
        values: machine.values,
        root,
    })
}

struct Machine<'a> {
    rest: &'a [u8],
    values: Vec<Value<'a>>,
    stack: Vec<usize>,
    /// Heights of the stack at which the open marks stand.
    marks: Vec<usize>,
    memo: HashMap<u32, usize>,
}

impl<'a> Machine<'a> {
    /// Obeys one opcode; false after the last.
    fn step(&mut self) -> Result<bool, String> {
        let [opcode] = self.take()?;
        match opcode {
            b'.' => return Ok(false),
            b'(' => self.marks.push(self.stack.len()),
            b'0' => drop(self.pop()?),
            0x80 => drop(self.take::<1>()?),
            0x95 => drop(self.take::<8>()?),
            b'N' => self.push(Value::Other),
            0x88 | 0x89 => self.push(Value::Integer(i64::from(opcode == 0x88))),
            b'G' => {
                self.take::<8>()?;
                self.push(Value::Other);
            }
            b'J' | b'K' | b'M' | 0x8a => self.integer(opcode)?,
            b'X' | 0x8c => {
                let length = self.length(opcode == b'X')?;
                let text = self.bytes(length)?;
                self.push(Value::Text(utf8(text)?));
            }
            b'T' | b'U' | b'B' | b'C' => {
                let length = self.length(matches!(opcode, b'T' | b'B'))?;
                self.bytes(length)?;
                self.push(Value::Other);
            }
            b'c' => {
                let (module, name) = (self.line()?, self.line()?);
                self.push(Value::Global(module, name));
            }
            0x93 => {
                let (name, module) = (self.pop()?, self.pop()?);
                self.global(module, name)?;
            }
            b'q' | b'r' | b'h' | b'j' | 0x94 => self.memory(opcode)?,
            b')' | b't' | 0x85..=0x87 => self.tuple(opcode)?,
            b']' | 0x8f => self.push(Value::List(Vec::new())),
            // A frozen set.
            0x91 => {
                let items = self.pop_to_mark()?;
                self.push(Value::List(items));
            }
            b'}' => self.push(Value::Dictionary(Vec::new())),
            b'a' | b'e' | 0x90 => self.append(opcode)?,
            b's' | b'u' => self.set(opcode)?,
            b'R' | 0x81 => self.reduce()?,
            // The state that an object would be given is not looked at.
            b'b' => drop(self.pop()?),
            b'Q' => {
                let reference = self.pop()?;
                self.push(Value::Persistent(reference));
            }
            other => return Err(format!("its pickle uses the unknown opcode {other:#04x}")),
        }
        Ok(true)
    }

    fn global(&mut self, module: usize, name: usize) -> Result<(), String> {
        match (self.values.get(module), self.values.get(name)) {
            (Some(&Value::Text(module)), Some(&Value::Text(name))) => {
                self.push(Value::Global(module, name));
                Ok(())
            }
            _ => Err("its pickle imports something without a name".into()),
        }
    }

    fn integer(&mut self, opcode: u8) -> Result<(), String> {
        let number = match opcode {
            b'J' => i32::from_le_bytes(self.take()?).into(),
            b'K' => u8::from_le_bytes(self.take()?).into(),
            b'M' => u16::from_le_bytes(self.take()?).into(),
            _ => {
                let [length] = self.take()?;
                let bytes = self.bytes(length.into())?;
                let negative = bytes.last().is_some_and(|&b| b >= 0x80);
                let mut number = [if negative { 0xff } else { 0 }; 8];
                let Some(start) = number.get_mut(..bytes.len()) else {
                    self.push(Value::Other);
                    return Ok(());
                };
                start.copy_from_slice(bytes);
                i64::from_le_bytes(number)
            }
        };
        self.push(Value::Integer(number));
        Ok(())
    }

    fn memory(&mut self, opcode: u8) -> Result<(), String> {
        let key = match opcode {
            b'q' | b'h' => u8::from_le_bytes(self.take()?).into(),
            b'r' | b'j' => u32::from_le_bytes(self.take()?),
            _ => u32::try_from(self.memo.len()).map_err(|_| "its pickle is too long")?,
        };
        if matches!(opcode, b'h' | b'j') {
            let value = self
                .memo
                .get(&key)
                .ok_or("its pickle recalls what it never stored")?;
            self.stack.push(*value);
        } else {
            let top = *self.stack.last().ok_or("its pickle ends its stack")?;
            self.memo.insert(key, top);
        }
        Ok(())
    }

    fn tuple(&mut self, opcode: u8) -> Result<(), String> {
        let items = match opcode {
            b')' => Vec::new(),
            b't' => self.pop_to_mark()?,
            _ => {
                let height = self
                    .stack
                    .len()
                    .checked_sub(usize::from(opcode.saturating_sub(0x84)))
                    .ok_or("its pickle ends its stack")?;
                self.stack.split_off(height)
            }
        };
        self.push(Value::Tuple(items));
        Ok(())
    }

    fn append(&mut self, opcode: u8) -> Result<(), String> {
        let items = match opcode {
            b'a' => vec![self.pop()?],
            _ => self.pop_to_mark()?,
        };
        if let Value::List(list) = self.top()? {
            list.extend(items);
        }
        Ok(())
    }

    fn set(&mut self, opcode: u8) -> Result<(), String> {
        let items = match opcode {
            b's' => {
                let value = self.pop()?;
                vec![self.pop()?, value]
            }
            _ => self.pop_to_mark()?,
        };
        if let Value::Dictionary(dictionary) = self.top()? {
            dictionary.extend(
                items
                    .as_chunks()
                    .0
                    .iter()
                    .map(|[key, value]| (*key, *value)),
            );
        }
        Ok(())
    }

    fn reduce(&mut self) -> Result<(), String> {
        let arguments = self.pop()?;
        let function = self.pop()?;
        // An ordered dictionary is made empty and filled afterwards.
        let value = match self.values.get(function) {
            Some(Value::Global("collections", "OrderedDict")) => Value::Dictionary(Vec::new()),
            _ => Value::Call(function, arguments),
        };
        self.push(value);
        Ok(())
    }

    fn push(&mut self, value: Value<'a>) {
        self.stack.push(self.values.len());
        self.values.push(value);
    }

    fn pop(&mut self) -> Result<usize, String> {
        self.stack
            .pop()
            .ok_or_else(|| "its pickle ends its stack".into())
    }

    fn top(&mut self) -> Result<&mut Value<'a>, String> {
        self.stack
            .last()
            .and_then(|&index| self.values.get_mut(index))
            .ok_or_else(|| "its pickle ends its stack".into())
    }

    fn pop_to_mark(&mut self) -> Result<Vec<usize>, String> {
        self.marks
            .pop()
            .filter(|&mark| mark <= self.stack.len())
            .map(|mark| self.stack.split_off(mark))
            .ok_or_else(|| "its pickle lacks a mark".into())
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (bytes, rest) = self
            .rest
            .split_first_chunk()
            .ok_or("its pickle ends too early")?;
        self.rest = rest;
        Ok(*bytes)
    }

    fn bytes(&mut self, length: usize) -> Result<&'a [u8], String> {
        let (bytes, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or("its pickle ends too early")?;
        self.rest = rest;
        Ok(bytes)
    }

    /// A length of four bytes, or of one.
    fn length(&mut self, long: bool) -> Result<usize, String> {
        Ok(if long {
            u32::from_le_bytes(self.take()?) as usize
        } else {
            u8::from_le_bytes(self.take()?).into()
        })
    }

    fn line(&mut self) -> Result<&'a str, String> {
        let end = self
            .rest
            .iter()
            .position(|&b| b == b'\n')
            .ok_or("its pickle ends too early")?;
        let line = self.bytes(end)?;
        self.take::<1>()?;
        utf8(line)
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|_| "its pickle holds text that is not UTF-8".into())
}
