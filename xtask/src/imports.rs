//! The imports between the modules of a crate, in the order of `lib.rs`.

#![expect(clippy::disallowed_methods, reason = "a chore reads the sources")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of a crate, and the modules that each of them uses.
#[derive(Debug)]
pub struct Imports {
    /// The top-level modules, in the order of `lib.rs`.
    pub order: Vec<String>,
    /// The uses: the indices of the using and the used module, with the first file that has the use.
    pub arrows: BTreeMap<(usize, usize), PathBuf>,
}

impl Imports {
    /// Reads the sources of a crate: `lib.rs` and every file below its folder.
    ///
    /// # Panics
    ///
    /// When a source cannot be read.
    pub fn of(folder: &Path) -> Self {
        let order = modules(folder);
        let mut arrows = BTreeMap::new();
        for file in sources(folder) {
            let path = path_of(folder, &file);
            let place = |name: &str| order.iter().position(|module| module == name);
            let Some(own) = path.first().and_then(|own| place(own)) else { continue };
            // In the tests of a file, one more `super::` leads to the same module.
            let text = code(&file);
            let (text, tests) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
            let names = used(text, path.len()).into_iter().chain(used(tests, path.len() + 1));
            for to in names.filter_map(|name| place(&name)).filter(|to| *to != own) {
                arrows.entry((own, to)).or_insert_with(|| file.clone());
            }
        }
        Self { order, arrows }
    }

    /// The uses of a module that comes later in `lib.rs`: using module, used module, file.
    pub fn backwards(&self) -> impl Iterator<Item = (&str, &str, &Path)> {
        let later = self.arrows.iter().filter(|((from, to), _)| to > from);
        later.map(|((from, to), file)| (&*self.order[*from], &*self.order[*to], file.as_path()))
    }

    /// A table in Markdown with a row for each module and the modules that the module uses.
    pub fn table(&self) -> String {
        let mut table = String::from("| module | uses |\n| --- | --- |\n");
        for (own, name) in self.order.iter().enumerate() {
            let used =
                self.arrows.keys().filter(|(from, _)| *from == own).map(|(_, to)| format!("`{}`", self.order[*to]));
            let used: Vec<String> = used.collect();
            let used = if used.is_empty() { "–".to_owned() } else { used.join(", ") };
            let _ = writeln!(table, "| `{name}` | {used} |");
        }
        table
    }
}

/// Every file of Rust below a folder, sorted.
///
/// # Panics
///
/// When a folder cannot be read.
pub fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    found.sort();
    found
}

/// The source without its comments, so that a link in the documentation counts as no use. A `//` inside a string cuts
/// the line, which loses no import.
///
/// # Panics
///
/// When the file cannot be read.
pub fn code(path: &Path) -> String {
    read(path).lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect()
}

/// The modules of a crate, in the order of `lib.rs`.
fn modules(sources: &Path) -> Vec<String> {
    let text = code(&sources.join("lib.rs"));
    text.lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

/// The modules that lead to a file: `["rules", "dates", "acting"]`.
fn path_of(sources: &Path, file: &Path) -> Vec<String> {
    let below = file.strip_prefix(sources).expect("a file of the crate").with_extension("");
    let mut path: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    path.pop_if(|last| last == "mod" || last == "lib");
    path
}

/// The top-level modules that a piece of code names: `crate::a`, `crate::{a, b::c}`, and as many `super::` as lead
/// there.
fn used(code: &str, depth: usize) -> Vec<String> {
    let prefix = "super::".repeat(depth);
    let up = format!("super::{prefix}");
    let mut used = Vec::new();
    for (start, from) in ["crate::", &prefix].into_iter().flat_map(|from| code.match_indices(from)) {
        let rest = &code[start + from.len()..];
        let leads_past = code[..start].ends_with("super::") || rest.starts_with("super::") || up.is_empty();
        let word_before = code[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if from != "crate::" && (leads_past || depth == 0) || word_before {
            continue;
        }
        match rest.strip_prefix('{') {
            None => used.push(first_word(rest)),
            Some(group) => {
                let mut open = 0;
                let end = group.find(|c| {
                    open += i32::from(c == '{') - i32::from(c == '}');
                    open < 0
                });
                let mut inside = 0;
                let parts = group[..end.expect("the group is closed")].split(|c| {
                    inside += i32::from(c == '{') - i32::from(c == '}');
                    c == ',' && inside == 0
                });
                used.extend(parts.map(|part| first_word(part.trim_start())).filter(|word| !word.is_empty()));
            }
        }
    }
    used
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_of_uses_sees_every_way_to_write_one() {
        let seen = |text: &str, depth| used(text, depth);
        assert_eq!(seen("use crate::finding::{Finding, Place};", 1), ["finding"]);
        assert_eq!(seen("use crate::{render, schema::{Shape, x::y}, kind};", 1), ["render", "schema", "kind"]);
        assert_eq!(seen("let x = $crate::value::text::Parse; crate::rule::Rule", 1), ["value", "rule"]);
        assert_eq!(seen("use super::render; use super::super::report;", 2), ["report"]);
        assert_eq!(seen("use super::report::Report;", 1), ["report"]);
        assert_eq!(seen("mycrate::thing; no_crate::thing", 1), [""; 0]);
    }
}
