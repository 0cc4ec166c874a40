//! The pages about the data name records that exist, and the index of the codebook names each of its pages.

use std::fs;
use std::path::{Path, PathBuf};

use comity::kind::Kind;
use pulldown_cmark::{Event, Options, Parser, Tag};

fn root() -> &'static Path {
    Path::new(crate::ROOT)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The pages of the codebook.
fn codebook() -> Vec<PathBuf> {
    let folder = root().join("docs/codebook");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

/// The records that a page names as `kind:id`, with the paths of their files below `data/`.
fn records(page: &str) -> Vec<(String, String)> {
    let codes = Parser::new_ext(page, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Code(code) => Some(code.into_string()),
        _ => None,
    });
    let record = |code: String| {
        let (kind, id) = code.split_once(':')?;
        let path = format!("{}/{id}.json", Kind::parse(kind)?);
        Some((code, path))
    };
    codes.filter_map(record).collect()
}

#[test]
fn every_record_that_the_codebook_names_exists() {
    let sample = "`event:a`, event:b, `kind:id`\n\n| `actor:c` |\n|---|\n| `under` |\n";
    let found: Vec<String> = records(sample).into_iter().map(|(_, path)| path).collect();
    assert_eq!(found, ["event/a.json", "actor/c.json"]);
    let mut seen = 0;
    let mut missing = Vec::new();
    for page in codebook().into_iter().chain([root().join("data/README.md")]) {
        for (record, path) in records(&read(&page)) {
            seen += 1;
            if !root().join("data").join(path).is_file() {
                missing.push(format!("{}: {record}", page.display()));
            }
        }
    }
    assert!(missing.is_empty(), "records that do not exist:\n{}", missing.join("\n"));
    assert!(seen > 400, "only {seen} records were seen");
}

#[test]
fn the_index_of_the_codebook_names_every_page() {
    let index = read(&root().join("docs/codebook/README.md"));
    let mut named: Vec<String> = Parser::new(&index)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) if !dest_url.contains('/') => Some(dest_url.into_string()),
            _ => None,
        })
        .collect();
    named.sort();
    named.dedup();
    let mut pages: Vec<String> = codebook()
        .iter()
        .map(|page| page.file_name().unwrap_or_default().to_string_lossy().into_owned())
        .filter(|name| name != "README.md")
        .collect();
    pages.sort();
    assert_eq!(named, pages);
}
