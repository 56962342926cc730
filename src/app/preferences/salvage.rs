//! Settings of which not everything is understood: every value that is no answer is left out by itself, and all others
//! are kept.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Preferences;

/// The settings in `given`; with them all of it that was understood, and the names of the values that were not.
pub(super) fn salvage(given: Value) -> (Preferences, Value, Vec<String>) {
    if let Ok(kept) = Preferences::deserialize(&given) {
        return (kept, given, Vec::new());
    }
    let mut salvage = Salvage {
        whole: Value::Object(Map::new()),
        left_out: Vec::new(),
    };
    let usual = serde_json::to_value(Preferences::default()).unwrap_or_default();
    salvage.take(&[], given, &usual);
    let kept = Preferences::deserialize(&salvage.whole).unwrap_or_default();
    (kept, salvage.whole, salvage.left_out)
}

struct Salvage {
    /// What was understood up to now.
    whole: Value,
    left_out: Vec<String>,
}

impl Salvage {
    /// Takes over the value at `path`, or what is understood of it; `usual` is what stands there by default.
    fn take(&mut self, path: &[String], given: Value, usual: &Value) {
        if self.try_at(path, &given) {
            return;
        }
        match (given, usual) {
            (Value::Object(fields), Value::Object(defaults)) => {
                self.try_at(path, usual);
                for (key, value) in fields {
                    let usual = defaults.get(&key).unwrap_or(&Value::Null);
                    self.take(&[path, &[key]].concat(), value, usual);
                }
            }
            (Value::Array(items), Value::Array(_)) => self.take_items(path, items, usual),
            _ => self.left_out.push(path.join(".")),
        }
    }

    fn take_items(&mut self, path: &[String], items: Vec<Value>, usual: &Value) {
        let mut kept = Vec::new();
        for (place, item) in items.into_iter().enumerate() {
            kept.push(item);
            if !self.try_at(path, &Value::Array(kept.clone())) {
                kept.pop();
                self.left_out.push(format!("{}[{place}]", path.join(".")));
            }
        }
        if kept.is_empty() {
            self.try_at(path, usual);
        }
    }

    /// Puts a value in its place if the whole is understood with it.
    fn try_at(&mut self, path: &[String], value: &Value) -> bool {
        let before = self.whole.clone();
        let is_there = self.place(path).map(|place| *place = value.clone());
        let is_understood = is_there.is_some() && Preferences::deserialize(&self.whole).is_ok();
        if !is_understood {
            self.whole = before;
        }
        is_understood
    }

    /// The place of a value, made where it is not there yet.
    fn place(&mut self, path: &[String]) -> Option<&mut Value> {
        let mut place = &mut self.whole;
        for key in path {
            let fields = place.as_object_mut()?;
            place = fields.entry(key.as_str()).or_insert(Value::Null);
        }
        Some(place)
    }
}
