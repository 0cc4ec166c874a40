//! `comity schema`: writes the schemas, or checks that they are up to date.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::output::Output;
use super::tell::counted;
use super::{Done, End, Roots};
use crate::dataset::About;
use crate::kind::Kind;
use crate::{render, schema};

/// What `comity schema` takes.
#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// Change nothing; end with 1 if a schema is not as the types make it
    #[arg(long)]
    check: bool,
    /// The folder of the schemas [default: schema, beside the dataset]
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

pub(super) fn run(args: &SchemaArgs, output: &mut Output) -> Done {
    let folder = match &args.to {
        Some(folder) => folder.clone(),
        None => beside_the_dataset()?,
    };
    let wanted = all();
    let stale = stale(&folder, &wanted)?;
    if stale.is_empty() {
        output.write(&format!("{} up to date\n", counted(wanted.len(), "schema")))?;
        return Ok(End::Clean);
    }
    for name in &stale {
        output.line(&format!("{} {name}", if args.check { "not up to date:" } else { "written:" }))?;
        let path = folder.join(name);
        match wanted.get(name) {
            _ if args.check => {}
            Some(text) => {
                fs::create_dir_all(path.parent().unwrap_or(&folder))?;
                fs::write(&path, text).with_context(|| format!("{} could not be written", path.display()))?;
            }
            None => fs::remove_file(&path).with_context(|| format!("{} could not be removed", path.display()))?,
        }
    }
    if args.check {
        output.write("run `comity schema` to write them\n")?;
        return Ok(End::Findings);
    }
    Ok(End::Clean)
}

fn beside_the_dataset() -> anyhow::Result<PathBuf> {
    let roots = Roots::find(&[])?;
    let root = roots.root().context("no dataset")?;
    Ok(root.parent().unwrap_or(root).join("schema"))
}

/// Every schema by its path below the folder.
fn all() -> BTreeMap<String, String> {
    let mut schemas = BTreeMap::new();
    let mut add = |name: String, schema: &serde_json::Value| {
        schemas.insert(name, format!("{schema:#}\n"));
    };
    for kind in Kind::ALL {
        add(format!("{kind}.schema.json"), &schema::authoring(kind));
        add(format!("reader/{kind}.schema.json"), &schema::reader(kind));
    }
    add("dataset.schema.json".to_owned(), &schema::of::<About>("dataset"));
    add("report.schema.json".to_owned(), &render::report_schema());
    schemas
}

/// The names of schemas that are missing, differ, or should not be there.
fn stale(folder: &Path, wanted: &BTreeMap<String, String>) -> anyhow::Result<Vec<String>> {
    let mut stale: Vec<String> = Vec::new();
    for (name, text) in wanted {
        if fs::read_to_string(folder.join(name)).ok().as_ref() != Some(text) {
            stale.push(name.clone());
        }
    }
    for below in ["", "reader/"] {
        let Ok(entries) = fs::read_dir(folder.join(below)) else { continue };
        for entry in entries {
            let name = format!("{below}{}", entry?.file_name().to_string_lossy());
            if name.ends_with(".schema.json") && !wanted.contains_key(&name) {
                stale.push(name);
            }
        }
    }
    stale.sort();
    Ok(stale)
}
