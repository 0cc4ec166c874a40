//! Writes what fuzzing begins with: invented records as a first corpus for each target, and the words of the schemas as
//! a dictionary. `cargo run --example seed`, in the folder `fuzz`.

#[path = "../../examples/generate/records/mod.rs"]
mod records;

use std::collections::BTreeSet;
use std::{fs, io};

use comity::kind::Kind;
use comity::schema;
use serde_json::Value;

fn main() -> io::Result<()> {
    for target in ["parse", "check"] {
        fs::create_dir_all(format!("corpus/{target}"))?;
    }
    for number in (0..700).step_by(3) {
        let record = records::record(1, number);
        let kind = record["kind"].as_str().and_then(Kind::parse).expect("every record has a kind");
        let text = record.to_string();
        fs::write(format!("corpus/parse/record-{number}"), &text)?;
        let choice = [kind as u8, u8::from(number % 2 == 0)];
        fs::write(format!("corpus/check/record-{number}"), [&choice, text.as_bytes()].concat())?;
    }
    let mut words = BTreeSet::new();
    Kind::ALL.into_iter().for_each(|kind| gather(schema::cached(kind), &mut words));
    let written = |word: &String| format!("\"\\\"{}\\\"\"\n", word.replace('\\', "\\\\").replace('"', "\\\""));
    fs::write("words.dict", words.iter().map(written).collect::<String>())
}

/// The names of fields, the codes and the examples.
fn gather(schema: &Value, words: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            for (keyword, part) in members {
                match (keyword.as_str(), part) {
                    ("properties", Value::Object(fields)) => words.extend(fields.keys().cloned()),
                    ("enum" | "examples", Value::Array(codes)) => {
                        words.extend(codes.iter().filter_map(Value::as_str).filter(|code| code.is_ascii()).map(str::to_owned));
                    }
                    _ => {}
                }
                gather(part, words);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, words)),
        _ => {}
    }
}
