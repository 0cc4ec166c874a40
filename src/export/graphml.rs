//! `comity.graphml`: who takes part in what, as a network. Actors are nodes, and so are the records in which actors take part;
//! two actors are never joined because they met. Whoever wants a network of actors alone makes the projection, and decides which
//! records count.

use std::collections::{HashMap, HashSet};
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::tables::{self, Cell, ColumnType, Context, Table};
use crate::dataset::Dataset;

/// The kinds that are no nodes: they say from where and about what one knows, not who did what.
const LEFT_OUT: [&str; 3] = ["source", "theme", "survey"];

/// The columns of a node: the table `record` has the first, the table `actor` the others.
const OF_RECORD: [&str; 14] = [
    "kind",
    "type",
    "status",
    "title",
    "date_edtf",
    "date_start_earliest",
    "date_start_latest",
    "date_end_earliest",
    "date_end_latest",
    "date_uncertain",
    "date_approximate",
    "n_independent",
    "not_nato",
    "retired_on",
];
const OF_ACTOR: [&str; 5] = ["country", "iso3", "cow", "gw", "top"];

/// The edges: the table, one of [`tables::edges`], the columns of its two ends, the name of the sort of edge, and the
/// columns that an edge gets.
const EDGES: [(&str, [&str; 2], &str, &[&str]); 6] = [
    (
        "participation",
        ["actor", "ref"],
        "participation",
        &[
            "capacity",
            "roles",
            "attendance",
            "took_part",
            "acts_for",
            "side",
            "side_type",
            "side_basis",
            "date_edtf",
            "date_start_earliest",
            "date_start_latest",
            "date_end_earliest",
            "date_end_latest",
            "date_uncertain",
            "date_approximate",
        ],
    ),
    ("link", ["ref", "target"], "link", &["relation"]),
    (
        "side_member",
        ["member", "whole"],
        "member",
        &[
            "role",
            "basis",
            "joined_edtf",
            "joined_start_earliest",
            "joined_start_latest",
            "joined_uncertain",
            "joined_approximate",
            "left_edtf",
            "left_end_earliest",
            "left_end_latest",
            "left_uncertain",
            "left_approximate",
        ],
    ),
    ("actor", ["ref", "part_of"], "part-of", &[]),
    ("record_place", ["ref", "place"], "place", &[]),
    ("actor", ["ref", "seat"], "seat", &[]),
];

/// What the codebook says of the file.
pub(super) const MODEL: &str = "Nodes are the records of all kinds but `source`, `theme` and `survey`; `kind` tells actors from \
what they take part in. Edges lead from the actor to the record (`edge` is `participation`, a row of that table), from a record \
to the one that it names (`link`, the stated rows), from the member to the whole (`member`, `side_member`), from a body to \
the body above (`part-of`), from a record to the place where it was (`place`, `record_place`), and from a body to the place of its \
seat (`seat`). The edges of `participation` alone are a network of two modes; the others join actors to actors and \
records to records. A `link` whose `relation` is `distinct_from` says that two are not the same: leave it out where edges stand \
for ties. Two actors that met are joined through the event only, where `took_part` is true. Days are texts as in ISO 8601, \
and `…_edtf`, `…_uncertain` and `…_approximate` say how well they are known. For a \
network of states, take `side` of the participation instead of the actor, where `side_basis` is not `country`.";

/// A node or an edge with its attributes.
type Attributes<'a> = Vec<(&'a str, &'a Cell)>;

/// The network, as `GraphML` 1.0 with a typed key for each attribute.
///
/// # Errors
/// When `out` cannot be written to.
pub fn graphml(dataset: &Dataset, out: &mut dyn io::Write) -> io::Result<()> {
    let context = Context::of(dataset);
    let kinds = context.records.iter().filter(|(key, _)| !LEFT_OUT.contains(&key.kind.name()));
    let names: HashSet<String> = kinds.map(|(key, _)| key.to_string()).collect();
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = xml.create_element("graphml").with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"));
    root.write_inner_content(|xml| {
        keys(xml)?;
        let graph = xml.create_element("graph").with_attributes([("id", "comity"), ("edgedefault", "directed")]);
        graph.write_inner_content(|xml| {
            context.pieces().try_for_each(|piece| nodes(xml, &piece, &names))?;
            let mut number = 0;
            context.pieces().try_for_each(|piece| edges(xml, &piece, &names, &mut number))
        })?;
        Ok(())
    })?;
    xml.get_mut().write_all(b"\n")
}

/// The text of a cell that has one.
fn text(cell: &Cell) -> Option<&str> {
    if let Cell::Text(text) = cell { Some(text) } else { None }
}

/// The nodes: each record with the columns of its row, actors with those of their table too.
fn nodes<W: io::Write>(xml: &mut Writer<W>, context: &Context<'_>, names: &HashSet<String>) -> io::Result<()> {
    let [records, actors] = tables::nodes(context);
    let of_actor: HashMap<&str, &Vec<Cell>> =
        actors.rows.iter().filter_map(|row| Some((text(actors.cell(row, "ref")?)?, row))).collect();
    for row in &records.rows {
        let Some(name) = records.cell(row, "ref").and_then(text).filter(|name| names.contains(*name)) else { continue };
        let mut attributes = attributes(&records, row, &OF_RECORD);
        attributes.extend(of_actor.get(name).into_iter().flat_map(|row| self::attributes(&actors, row, &OF_ACTOR)));
        let node = xml.create_element("node").with_attribute(("id", name));
        node.write_inner_content(|xml| data(xml, "node", &attributes))?;
    }
    Ok(())
}

fn attributes<'a>(table: &Table, row: &'a [Cell], names: &[&'a str]) -> Attributes<'a> {
    names.iter().filter_map(|name| Some((*name, table.cell(row, name)?))).collect()
}

/// The declarations of the attributes, each with its type.
fn keys<W: io::Write>(xml: &mut Writer<W>) -> io::Result<()> {
    let tables = tables::declared();
    let of_node = [("node", "record", OF_RECORD.as_slice()), ("node", "actor", &OF_ACTOR)];
    let of_edge = EDGES.iter().map(|(table, _, _, names)| ("edge", *table, *names));
    let mut declared = HashSet::new();
    for (on, name, columns) in of_node.into_iter().chain(of_edge) {
        let table = tables.iter().find(|table| table.name == name);
        let columns = columns.iter().filter_map(|column| table?.columns.get(table?.column(column)?));
        for column in columns.filter(|column| declared.insert(format!("{on}-{}", column.name))) {
            key(xml, on, &column.name, column.r#type)?;
        }
    }
    key(xml, "edge", "edge", ColumnType::Text)
}

fn key<W: io::Write>(xml: &mut Writer<W>, on: &str, name: &str, r#type: ColumnType) -> io::Result<()> {
    let r#type = match r#type {
        ColumnType::Text | ColumnType::Day => "string",
        ColumnType::Integer => "long",
        ColumnType::Number => "double",
        ColumnType::Boolean => "boolean",
    };
    let id = format!("{on}-{name}");
    let attributes = [("id", id.as_str()), ("for", on), ("attr.name", name), ("attr.type", r#type)];
    xml.create_element("key").with_attributes(attributes).write_empty()?;
    Ok(())
}

/// The edges, numbered from `number` on.
fn edges<W: io::Write>(
    xml: &mut Writer<W>,
    context: &Context<'_>,
    names: &HashSet<String>,
    number: &mut usize,
) -> io::Result<()> {
    let tables = tables::edges(context);
    for (name, ends, sort, columns) in EDGES {
        let Some(table) = tables.iter().find(|table| table.name == name) else { continue };
        for row in &table.rows {
            let is_inverse = table.cell(row, "direction").and_then(text) == Some("inverse");
            let [source, target] = ends.map(|end| table.cell(row, end).and_then(text));
            let (Some(source), Some(target)) = (source, target) else { continue };
            if is_inverse || !names.contains(source) || !names.contains(target) {
                continue;
            }
            *number += 1;
            let id = format!("e{number}");
            let sort = Cell::Text(sort.to_owned());
            let mut attributes = attributes(table, row, columns);
            attributes.insert(0, ("edge", &sort));
            let ends = [("id", id.as_str()), ("source", source), ("target", target)];
            xml.create_element("edge")
                .with_attributes(ends)
                .write_inner_content(|xml| data(xml, "edge", &attributes))?;
        }
    }
    Ok(())
}

/// The attributes that have a value.
fn data<W: io::Write>(xml: &mut Writer<W>, on: &str, attributes: &[(&str, &Cell)]) -> io::Result<()> {
    for (name, cell) in attributes {
        let Some(value) = cell.text() else { continue };
        // XML 1.0 has no way to write these characters.
        let value = value.replace(
            |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}'),
            "\u{fffd}",
        );
        let key = format!("{on}-{name}");
        let data = xml.create_element("data").with_attribute(("key", key.as_str()));
        data.write_text_content(BytesText::new(&value))?;
    }
    Ok(())
}
