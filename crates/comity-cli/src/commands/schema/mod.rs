//! `comity schema`: writes the schemas, or checks that they are up to date. Only schemas that this program has written are
//! changed or removed; their `$id` identifies them.

mod with_ids;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::Args;
use comity::dataset::Manifest;
use comity::export;
use comity::kind::Kind;
use comity::render::{self, counted};
use comity::schema;
use serde_json::{Value, json};

use super::{Done, End};
use crate::clock::today;
use crate::folder::EntryType;
use crate::folder::open::{Trusted, explained};
use crate::folder::path;
use crate::help;
use crate::load::{Loaded, Roots};
use crate::output::{Output, note};
use crate::write;

const STATUS: &str = "Exit status:
  0  written, or up to date
  1  with --check: a schema is not up to date
  2  the command could not run";

const EXAMPLES: &str = "Examples:
  comity schema           the folder schema beside the dataset
  comity schema --check   whether that folder is up to date
  comity schema --with-ids .vscode/schema   for an editor: ids complete, with names";

/// What `comity schema` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[STATUS, EXAMPLES]))]
pub(crate) struct SchemaArgs {
    /// Change nothing; list the schemas that are out of date, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// The folder of the schemas [default: the folder schema beside the dataset]
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// Write schemas for an editor into this folder, in which references complete to the records of the dataset
    #[arg(long, value_name = "DIR", conflicts_with_all = ["check", "to"])]
    with_ids: Option<PathBuf>,
}

/// What to do with one schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Task {
    Write,
    Remove,
}

pub(crate) fn run(args: &SchemaArgs, output: &mut Output) -> Done {
    if let Some(folder) = &args.with_ids {
        return write_with_ids(folder, output);
    }
    let (trusted, folder) = match &args.to {
        Some(folder) => (Trusted::around(None)?, folder.clone()),
        None => beside_the_dataset()?,
    };
    let folder = Schemas { folder: trusted.absolute(&folder), trusted };
    let wanted = all();
    let tasks = folder.tasks(&wanted)?;
    if tasks.is_empty() {
        output.write(&format!("{} up to date\n", counted(wanted.len(), "schema")))?;
        return Ok(End::Clean);
    }
    for (name, task) in &tasks {
        let done = match task {
            Task::Write if args.check => "not up to date:",
            Task::Remove if args.check => "obsolete:",
            Task::Write => {
                folder.write(name, &wanted[name])?;
                "written:"
            }
            Task::Remove => {
                folder.remove(name)?;
                "removed:"
            }
        };
        output.line(&format!("{done} {name}"))?;
    }
    if args.check {
        output.write("run `comity schema` to write them\n")?;
        return Ok(End::Findings);
    }
    Ok(End::Clean)
}

/// Writes the schemas with ids, and prints the settings with which an editor uses them.
fn write_with_ids(to: &Path, output: &mut Output) -> Done {
    let roots = Roots::find(&[])?;
    let loaded = Loaded::read(&roots, today()?)?;
    let trusted = roots.trusted.clone();
    let folder = Schemas { folder: trusted.absolute(to), trusted };
    let wanted = with_ids::all(&loaded.dataset);
    for name in wanted.keys() {
        if folder.read(name)?.is_some_and(|found| !has_ids(&found)) {
            bail!(
                "{} is not a schema that --with-ids has written, and would be overwritten; name another folder",
                folder.shown(name)
            );
        }
    }
    for (name, text) in &wanted {
        folder.write(name, text)?;
    }
    let root = roots.root.as_ref().map_or("", |(_, shown)| shown);
    let to = to.display().to_string().replace('\\', "/");
    let association = |kind: Kind| {
        let records = [root, kind.name(), "**/*.json"].into_iter().filter(|part| !part.is_empty());
        let records = format!("/{}", records.collect::<Vec<_>>().join("/"));
        let start = if Path::new(&to).is_absolute() { "file://" } else { "./" };
        json!({ "fileMatch": [records], "url": format!("{start}{}/{kind}.schema.json", to.trim_start_matches("./")) })
    };
    let settings = json!({ "json.schemas": Kind::ALL.map(association) });
    note(&format!("written: {} in {to}; the settings of VS Code that use them:", counted(wanted.len(), "schema")));
    output.write(&format!("{settings:#}\n"))?;
    Ok(End::Clean)
}

/// The folder `schema` beside the dataset. Refused where the dataset is the top of its repository, because the folder would
/// lie outside the repository.
fn beside_the_dataset() -> anyhow::Result<(Trusted, PathBuf)> {
    let roots = Roots::find(&[])?;
    let root = roots.root().context("no dataset")?;
    let is_top = |root: &Path| roots.trusted.entry_type(&root.join(".git")).map_or(true, |found| found.is_some());
    match root.parent().filter(|_| !is_top(root)) {
        Some(around) => Ok((roots.trusted.clone(), around.join("schema"))),
        None => bail!(
            "the dataset is the top of its repository, so the folder beside the dataset lies outside the repository; say where to write, as in `comity schema --to schema`"
        ),
    }
}

/// Every schema by its path below the folder.
fn all() -> BTreeMap<String, String> {
    let mut schemas: BTreeMap<String, Value> = export::record_schemas().into_iter().collect();
    let mut add = |name: &str, schema: Value| schemas.insert(format!("{name}.schema.json"), schema);
    add("dataset", schema::of::<Manifest>("dataset"));
    add("report", render::report_schema());
    add("list", export::list_schema());
    add("show", export::show_schema());
    add("stats", export::counts_schema());
    add("diff", render::diff_schema());
    schemas.into_iter().map(|(name, schema)| (name, format!("{schema:#}\n"))).collect()
}

/// The folder of the schemas.
struct Schemas {
    trusted: Trusted,
    folder: PathBuf,
}

impl Schemas {
    /// The schemas that are missing or out of date, and the obsolete ones.
    fn tasks(&self, wanted: &BTreeMap<String, String>) -> anyhow::Result<BTreeMap<String, Task>> {
        let mut tasks = BTreeMap::new();
        for (name, text) in wanted {
            match self.read(name)? {
                Some(found) if found == *text => continue,
                Some(found) if !is_ours(&found) => bail!(
                    "{} is not a schema that `comity schema` has written, and would be overwritten; move it away, or name another folder with --to",
                    self.shown(name)
                ),
                _ => {}
            }
            tasks.insert(name.clone(), Task::Write);
        }
        for below in ["", "reader/"] {
            for name in self.names(below)?.into_iter().filter(|name| !wanted.contains_key(name)) {
                if self.read(&name).is_ok_and(|text| text.as_deref().is_some_and(is_ours)) {
                    tasks.insert(name, Task::Remove);
                }
            }
        }
        Ok(tasks)
    }

    /// The names of all schemas in a folder, whoever wrote them.
    fn names(&self, below: &str) -> anyhow::Result<Vec<String>> {
        let folder = self.folder.join(below);
        let found = self.trusted.entry_type(&folder).map_err(|error| self.refusal(below, &explained(&error)))?;
        match found {
            None => return Ok(Vec::new()),
            Some(EntryType::Folder) => {}
            Some(_) => return Err(self.refusal(below, &anyhow!("this is not a folder"))),
        }
        let folder = self.trusted.folder(&folder).map_err(|error| self.refusal(below, &explained(&error)))?;
        let entries = folder.entries().map_err(|error| self.refusal(below, &error.into()))?;
        let files = entries.filter(|(_, found)| found.as_ref().is_ok_and(|found| *found == EntryType::File));
        let names = files.filter_map(|(name, _)| name.into_string().ok());
        Ok(names.filter(|name| name.ends_with(".schema.json")).map(|name| format!("{below}{name}")).collect())
    }

    /// The text of a schema; `None` where the file does not exist.
    fn read(&self, name: &str) -> anyhow::Result<Option<String>> {
        let path = self.folder.join(name);
        match self.trusted.entry_type(&path).map_err(|error| self.refusal(name, &explained(&error)))? {
            None => Ok(None),
            Some(_) => self.trusted.text(&path, LIMIT).map(Some).map_err(|error| self.refusal(name, &error)),
        }
    }

    fn write(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let path = self.folder.join(name);
        let written = write::put(&self.trusted, &path, text.as_bytes());
        written.with_context(|| format!("{} could not be written", self.shown(name)))
    }

    fn remove(&self, name: &str) -> anyhow::Result<()> {
        let path = self.folder.join(name);
        let remove = || {
            let (around, name) = (path.parent().unwrap_or(&self.folder), path.file_name().unwrap_or_default());
            let around = self.trusted.folder(around).map_err(|error| explained(&error))?;
            anyhow::Ok(around.remove(name)?)
        };
        remove().with_context(|| format!("{} could not be removed", self.shown(name)))
    }

    fn shown(&self, name: &str) -> String {
        let here = self.trusted.absolute(Path::new(""));
        path::shown(&self.folder.join(name), &here)
    }

    fn refusal(&self, name: &str, why: &anyhow::Error) -> anyhow::Error {
        anyhow!("{}: {why:#}", self.shown(name))
    }
}

/// The largest schema that is read, in bytes; generated schemas have a tenth of that.
const LIMIT: u64 = 4 * 1024 * 1024;

/// Whether a text is a schema that this program has written, in any version.
fn is_ours(text: &str) -> bool {
    id(text).is_some_and(|id| id.starts_with("urn:comity:schema:"))
}

/// Whether a text is a schema that `--with-ids` has written.
fn has_ids(text: &str) -> bool {
    is_ours(text) && id(text).is_some_and(|id| id.ends_with(with_ids::SUFFIX))
}

/// The `$id` of a schema.
fn id(text: &str) -> Option<String> {
    let schema: Value = serde_json::from_str(text).ok()?;
    schema["$id"].as_str().map(str::to_owned)
}
