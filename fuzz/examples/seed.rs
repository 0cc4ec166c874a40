//! Writes what fuzzing begins with: invented records, the examples of the rules' pages and the shipped records as a
//! first corpus for each target, and the words of the schemas and the rules' codes as a dictionary.
//! `cargo run --example seed`, in the folder `fuzz`.

#[path = "../../benches/src/records/mod.rs"]
mod records;

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use comity::kind::Kind;
use comity::rules::RULES;
use comity::schema;
use serde_json::Value;

/// The targets that take a text, those that take a record, and those that take a report.
const TEXTS: [&str; 1] = ["parse"];
const RECORDS: [&str; 2] = ["check", "fix"];
const FORMATS: [&str; 8] = ["human", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown"];

/// A text from which fuzzing begins.
struct Seed {
    name: String,
    kind: Kind,
    text: String,
}

fn main() -> io::Result<()> {
    let mut seeds = Vec::new();
    for number in (0..records::whole(700)).step_by(7) {
        let record = records::record(1, number);
        seeds.push(Seed { name: format!("record-{number}"), kind: kind_of(&record), text: record.to_string() });
    }
    for (rule, _) in RULES {
        seeds.extend(examples(rule.code, rule.page));
    }
    shipped(Path::new("../data"), &mut seeds)?;
    for seed in &seeds {
        write(seed)?;
    }
    folders()?;
    dictionary()
}

/// Bytes for the target that plays folders: each is a row of choices, and every value of the first few is there.
fn folders() -> io::Result<()> {
    fs::create_dir_all("corpus/folder")?;
    for number in 0..=u8::MAX {
        let choices: Vec<u8> = (1..=48).map(|place| number.wrapping_mul(place).rotate_left(u32::from(place))).collect();
        fs::write(format!("corpus/folder/row-{number}"), choices)?;
    }
    Ok(())
}

fn kind_of(record: &Value) -> Kind {
    record["kind"].as_str().and_then(Kind::parse).expect("a record has a kind")
}

/// The examples of a page: those that are texts as they are, those that are fragments laid over an invented record.
fn examples(code: &str, page: &str) -> Vec<Seed> {
    let example = |(index, block): (usize, &str)| {
        let (info, rest) = block.split_once('\n')?;
        let body = rest.split("```").next().unwrap_or_default();
        let name = format!("{code}-{index}");
        if let Some((_, path)) = info.split_once("file=") {
            let kind = path.split('/').next().and_then(Kind::parse).unwrap_or(Kind::Event);
            return Some(Seed { name, kind, text: body.to_owned() });
        }
        let fragment: Value = serde_json::from_str(body).ok()?;
        let kind = fragment["kind"].as_str().and_then(Kind::parse)?;
        let of_kind = |record: &Value| kind_of(record) == kind;
        let mut record = (0..700).map(|number| records::record(1, number)).find(of_kind)?;
        record.as_object_mut()?.extend(fragment.as_object()?.clone());
        Some(Seed { name, kind, text: record.to_string() })
    };
    page.split("```json ").skip(1).enumerate().filter_map(example).collect()
}

/// A few shipped records of each kind, as they are.
fn shipped(data: &Path, seeds: &mut Vec<Seed>) -> io::Result<()> {
    for kind in Kind::ALL {
        let mut files = fs::read_dir(data.join(kind.name()))?.collect::<Result<Vec<_>, _>>()?;
        files.sort_by_key(fs::DirEntry::path);
        for file in files.iter().step_by(1 + files.len() / 12).filter(|file| file.path().is_file()) {
            let name = format!("{kind}-{}", file.file_name().display());
            seeds.push(Seed { name, kind, text: fs::read_to_string(file.path())? });
        }
    }
    Ok(())
}

fn write(Seed { name, kind, text }: &Seed) -> io::Result<()> {
    let place = |target: &str, content: &[u8]| {
        let folder = format!("corpus/{target}");
        fs::create_dir_all(&folder)?;
        fs::write(format!("{folder}/{name}"), content)
    };
    for target in TEXTS {
        place(target, text.as_bytes())?;
    }
    for target in RECORDS {
        let layout = u8::from(!text.contains('\n'));
        place(target, &[&[*kind as u8, layout], text.as_bytes()].concat())?;
    }
    let path = format!("{kind}/abc.json");
    let said: [&[u8]; 3] =
        [b"\x01\x03\x05\x09see <b>[x](y)</b> `a`", b"\x02\x04\x80\x20::error::\x1b[31m", name.as_bytes()];
    let parts = [path.as_bytes(), text.as_bytes()].into_iter().chain(said);
    let report = parts.collect::<Vec<_>>().join(&0xff);
    FORMATS.iter().try_for_each(|format| place(&format!("render_{format}"), &report))
}

/// The names of fields, the codes and the examples, in quotation marks; the rules' codes.
fn dictionary() -> io::Result<()> {
    let mut words: BTreeSet<String> = RULES.iter().map(|(rule, _)| rule.code.to_owned()).collect();
    Kind::ALL.into_iter().for_each(|kind| gather(schema::structure(kind), &mut words));
    let written = |word: &String| format!("\"\\\"{}\\\"\"\n", word.replace('\\', "\\\\").replace('"', "\\\""));
    fs::write("words.dict", words.iter().map(written).collect::<String>())
}

fn gather(schema: &Value, words: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            for (keyword, part) in members {
                match (keyword.as_str(), part) {
                    ("properties", Value::Object(fields)) => words.extend(fields.keys().cloned()),
                    ("enum" | "examples", Value::Array(codes)) => {
                        words.extend(
                            codes.iter().filter_map(Value::as_str).filter(|code| code.is_ascii()).map(str::to_owned),
                        );
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
