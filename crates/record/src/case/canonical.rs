//! One spelling of a piece of JSON, so that its hash does not depend on who laid it out: no spaces, the
//! members of every object sorted by the bytes of their names, text and numbers as serde_json writes
//! them (characters outside ASCII as they are, numbers with the fewest digits that read back the same).
//! `jq -cjS .plan case.json` prints the same as far as it leaves numbers as they stand, which its older
//! versions do not with `2.0` or `0.00001`.
//!
//! This is not yet the JSON Canonicalization Scheme (RFC 8785), for which there are libraries. That one writes every
//! number as ECMAScript does, `2` for `2.0`, and rounds whole numbers beyond 2^53, among them seeds, to a double; it
//! sorts names by UTF-16 units. The hashes of all cases of version 2 rest on the spelling
//! here, so it stays for them. A version 3 takes the library's, with seeds as strings so that none is rounded.

use serde::Serialize;
use serde_json::Value;

use super::Digest;

/// SHA-256 of the canonical spelling of a part of a record, such as the plan, by which the journal seals it.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn canonical_sha256(part: &impl Serialize) -> serde_json::Result<Digest> {
    Ok(Digest::of(canonical_line(part)?.as_bytes()))
}

/// The canonical spelling of a part of a record.
///
/// # Errors
/// If it cannot be written as JSON.
pub(crate) fn canonical_line(part: &impl Serialize) -> serde_json::Result<String> {
    // By way of the text: as a value in memory a single-precision number has digits of its own.
    let text = serde_json::to_vec(part)?;
    let value: Value = serde_json::from_slice(&text)?;
    canonical(&value)
}

/// The canonical spelling of `value`.
fn canonical(value: &Value) -> serde_json::Result<String> {
    let mut text = String::new();
    write(value, &mut text)?;
    Ok(text)
}

/// Sorted here and not by the map of `serde_json`, whose order is for the features of other packages
/// to decide. What was parsed is nested no deeper than the parser allows.
fn write(value: &Value, text: &mut String) -> serde_json::Result<()> {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            write_all('{', members, '}', text, |(name, member), text| {
                text.push_str(&serde_json::to_string(name)?);
                text.push(':');
                write(member, text)
            })
        }
        Value::Array(elements) => write_all('[', elements, ']', text, write),
        plain => {
            text.push_str(&serde_json::to_string(plain)?);
            Ok(())
        }
    }
}

fn write_all<T>(
    open: char,
    parts: impl IntoIterator<Item = T>,
    close: char,
    text: &mut String,
    write: impl Fn(T, &mut String) -> serde_json::Result<()>,
) -> serde_json::Result<()> {
    text.push(open);
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write(part, text)?;
    }
    text.push(close);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spelling_does_not_depend_on_the_layout() {
        let text = "{ \"b\": [1, 2.5, null],\n \"a\": {\"z\": \"\\u00e4\", \"\": true} }";
        let value: Value = serde_json::from_str(text).unwrap();
        let expected = r#"{"a":{"":true,"z":"ä"},"b":[1,2.5,null]}"#;
        assert_eq!(canonical(&value).unwrap(), expected);
    }

    #[test]
    fn numbers_are_not_spelt_as_rfc_8785_spells_them() {
        // Hashes of cases of version 2 rest on this; RFC 8785 has 2 and 18446744073709552000.
        let numbers = serde_json::json!([2.0, u64::MAX]);
        assert_eq!(canonical(&numbers).unwrap(), "[2.0,18446744073709551615]");
    }

    #[test]
    fn a_plan_in_memory_has_the_hash_of_the_plan_on_disk() {
        #[derive(Serialize)]
        struct Plan {
            step_size: f32,
            mask: &'static str,
            seed: u64,
        }
        let plan = Plan {
            step_size: 0.1,
            mask: "block:4",
            seed: u64::MAX,
        };
        let pretty = serde_json::to_string_pretty(&plan).unwrap();
        let on_disk: Value = serde_json::from_str(&pretty).unwrap();
        assert_eq!(
            canonical_sha256(&plan).unwrap(),
            canonical_sha256(&on_disk).unwrap()
        );
    }
}
