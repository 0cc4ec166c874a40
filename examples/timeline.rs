//! What happened to one side, in order, from a release: `cargo run --example timeline -- release morocco`.
//!
//! The records are read back with their types. Sides are asked for on the day of the event, so that a minister counts for
//! the state whose office the minister held then.

#![expect(clippy::disallowed_methods, reason = "an example reads a file; the library does not")]

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

use comity::Day;
use comity::query::sides;
use comity::record::EventStatus;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, actor] = arguments.as_slice() else {
        return Err("name the folder of a release and the id of an actor, such as `release morocco`".into());
    };
    timeline(Path::new(folder), actor, &mut io::stdout().lock())
}

/// Writes a line for every event that was held and in which the side took part: the date, the id and the title.
pub(crate) fn timeline(release: &Path, actor: &str, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let path = release.join("comity.json");
    let bundle = comity::bundle::read(&std::fs::read_to_string(path)?)?;
    for problem in &bundle.problems {
        writeln!(io::stderr(), "not read: {problem}")?;
    }
    let as_of: Day = bundle.meta.get("as_of").and_then(|day| day.as_str()).ok_or("a release with a day")?.parse()?;
    let dataset = bundle.into_dataset(as_of);
    let own = dataset.actors().find(|own| own.key.id.as_ref() == actor).ok_or("no such actor in the release")?;
    let name = own.fields.country.map_or_else(|| actor.to_owned(), |country| country.name().to_owned());
    let mut lines = Vec::new();
    for event in dataset.events().filter(|event| event.fields.status == EventStatus::Held) {
        if event.envelope.retired.is_some() {
            continue;
        }
        let present = sides::taking_part(event.record, dataset.as_of).into_iter();
        let mut sides = present.filter_map(|acting| sides::of(&dataset, acting.actor, &acting.span)?.only());
        if sides.any(|side| side.to_string() == name) {
            let title = event.record.title().unwrap_or_default();
            lines.push((
                event.fields.when.start().earliest,
                format!("{}  {}  {title}", event.fields.when, event.key.id),
            ));
        }
    }
    lines.sort();
    lines.iter().try_for_each(|(_, line)| writeln!(out, "{line}"))?;
    Ok(())
}
