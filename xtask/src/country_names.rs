//! `src/value/country/names.tsv` out of CLDR: what countries are called in the languages of the records.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Args;
use serde_json::Value;

/// What `country-names` takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct CountryNames {
    /// The folder of the unpacked npm package `cldr-localenames-full`
    package: PathBuf,
}

const LANGUAGES: [&str; 4] = ["en", "fr", "es", "ar"];

/// Codes of CLDR that are no officially assigned code of ISO 3166-1: groups, test codes, reserved codes.
const OTHERS: [&str; 15] = ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ", "AN"];

const HEAD: &str = "\
# What countries are called in English, French, Spanish and Arabic, by their code.
# Made by `cargo xtask country-names` from Unicode CLDR VERSION (the npm package cldr-localenames-full).
# Copyright © 2004-2026 Unicode, Inc.; Unicode License V3, https://www.unicode.org/license.txt
";

pub(crate) fn run(root: &Path, args: &CountryNames) -> anyhow::Result<()> {
    let read = |path: &Path| -> anyhow::Result<Value> {
        let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))
    };
    let mut names = BTreeMap::<String, Vec<String>>::new();
    for language in LANGUAGES {
        let file = read(&args.package.join("main").join(language).join("territories.json"))?;
        let territories = &file["main"][language]["localeDisplayNames"]["territories"];
        for (code, name) in territories.as_object().context("no territories")? {
            let code = code.split('-').next().unwrap_or_default();
            let is_country = code.len() == 2 && !OTHERS.contains(&code);
            // `É.-U.` is no name that anybody types, and `RU` is the code of another country.
            let is_name = |name: &&str| is_country && !name.contains('.') && *name != "RU";
            let Some(name) = name.as_str().filter(is_name) else { continue };
            let known = names.entry(code.to_owned()).or_default();
            if known.iter().all(|known| known != name) {
                known.push(name.to_owned());
            }
        }
    }
    ensure!(names.len() > 200, "CLDR names more than {} countries", names.len());
    let package = read(&args.package.join("package.json"))?;
    let mut text = HEAD.replace("VERSION", package["version"].as_str().context("no version")?);
    for (code, names) in names {
        writeln!(text, "{code}\t{}", names.join("\t"))?;
    }
    fs::write(root.join("src/value/country/names.tsv"), text).context("the table cannot be written")
}
