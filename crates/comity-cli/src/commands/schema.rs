//! `comity schema`: writes the schemas, or checks that they are up to date. Only schemas that this program has written are
//! changed or removed; their `$id` identifies them.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::Args;
use comity::dataset::Manifest;
use comity::kind::Kind;
use comity::render::{self, counted};
use comity::schema;
use serde_json::Value;

use super::{Done, End};
use crate::folder::EntryType;
use crate::folder::open::{Trusted, explained};
use crate::folder::path;
use crate::load::Roots;
use crate::output::Output;
use crate::write::Writer;

/// What `comity schema` takes.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Change nothing; list the schemas that are out of date, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// The folder of the schemas [default: the folder schema beside the dataset]
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

/// What to do with one schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Task {
    Write,
    Remove,
}

pub(crate) fn run(args: &SchemaArgs, output: &mut Output) -> Done {
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
    let mut schemas = BTreeMap::new();
    let mut add = |name: String, schema: &Value| {
        schemas.insert(name, format!("{schema:#}\n"));
    };
    for kind in Kind::ALL {
        add(format!("{kind}.schema.json"), &schema::authoring(kind));
        add(format!("reader/{kind}.schema.json"), &schema::reader(kind));
    }
    add("dataset.schema.json".to_owned(), &schema::of::<Manifest>("dataset"));
    add("report.schema.json".to_owned(), &render::report_schema());
    add("diff.schema.json".to_owned(), &render::diff_schema());
    schemas
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
        let write = || {
            let around = path.parent().unwrap_or(&self.folder);
            self.trusted.make_folder(around).map_err(|error| explained(&error))?;
            let mut writer = Writer::file(&self.trusted, &path)?;
            writer.write_all(text.as_bytes())?;
            anyhow::Ok(writer.finish()?)
        };
        write().with_context(|| format!("{} could not be written", self.shown(name)))
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
    let id = |schema: &Value| schema["$id"].as_str().is_some_and(|id| id.starts_with("urn:comity:schema:"));
    serde_json::from_str(text).is_ok_and(|schema| id(&schema))
}
