//! Records of every kind with every field, and random changes to them.

use comity::kind::Kind;
use comity::schema;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A record with every field of its kind, whether or not the fields fit together.
pub(crate) fn full(kind: Kind) -> Value {
    let own = match kind {
        Kind::Actor => {
            json!({ "type": "person", "country": "MA", "part_of": "abc", "seat": "abc", "from": "1949", "until": "[..2020]",
            "members": { "abc": { "role": "observer", "invited": "1994", "joined": "1995" }, "def": {} },
            "offices": { "one": { "title": { "en": "A", "fr": "B" }, "organisation": "abc", "level": "minister", "from": "2017", "until": "2019" } } })
        }
        Kind::Place => {
            json!({ "type": "territory", "country": "XK", "point": { "latitude": 33.97, "longitude": -6.85 },
            "claims": { "abc": { "kind": "claims", "from": "1990", "until": "2000" } } })
        }
        Kind::Framework => {
            json!({ "type": "series", "convenors": ["abc", "def"], "history": { "established": "1994", "dormant": "1995", "dormant-2": "1996" },
            "members": { "abc": { "joined": "1995" } } })
        }
        Kind::Agreement => json!({ "type": "treaty", "parties": { "abc": { "ratified": "1999" }, "def": {} },
            "history": { "signed": "1998", "suspended": "2001", "resumed": "2002" }, "text": { "access": "public", "source": "abc" } }),
        Kind::Operation => {
            json!({ "type": "peace-support", "lead": "abc", "mandate": "Resolution 1244", "history": { "ongoing": "1999" } })
        }
        Kind::Activity => json!({ "type": "training", "history": { "ongoing": "2010", "completed": "2011" },
            "participants": { "abc": { "roles": ["lead", "funder"], "for": "def", "from": "2010", "until": "2011", "attendance": "online" } } }),
        Kind::Event => json!({ "type": "seminar", "when": "2019-01-22/2019-01-24", "status": "held", "online": true,
            "participants": { "abc": { "roles": ["host"], "attendance": "invited" } } }),
        Kind::Statement => {
            json!({ "speaker": "abc", "for": "def", "date": "2019-01-22", "about": ["event:abc"], "position": { "en": "A" } })
        }
        Kind::Source => {
            json!({ "type": "news", "title": { "fr": "A" }, "publisher": "P", "issuer": "abc", "authors": ["A"], "published": "2019",
            "languages": ["fr", "ar"], "url": "https://example.org/", "archived": [{ "url": "https://example.org/a", "captured": "2020" }],
            "accessed": "2026-01-01", "extent": "full", "derived_from": "abc", "relays": "An agency", "access": "public" })
        }
        Kind::Survey => {
            json!({ "subjects": ["abc", "def"], "period": "1995/1999", "corpus": "Pages", "languages": ["en", "fr"],
            "queries": ["a visit"], "on": "2026-01-01", "extent": "excerpt", "hits": 3, "limits": { "en": "A." } })
        }
        Kind::Theme => {
            json!({ "definition": { "en": "A" }, "broader": "abc", "exact_match": ["https://example.org/"], "close_match": ["https://example.org/"] })
        }
    };
    let shared = json!({
        "$schema": "x", "kind": kind.name(), "id": "abc", "names": { "en": "A", "ar": "ا" },
        "aliases": [{ "text": "A", "language": "en", "type": "acronym" }], "summary": { "en": "A." }, "under": ["framework:abc"], "places": ["abc"],
        "related": { "event:abc": "follows" }, "themes": ["abc", "def"],
        "figures": { "one": { "measure": "budget", "at": "2010", "by": "abc", "low": 1, "best": 2.5, "high": 1e3, "unit": "EUR" } },
        "identifiers": { "wikidata": "Q7184" }, "distinct_from": ["event:def"],
        "evidence": { "abc": { "stance": "reports", "supports": ["/names"], "says": { "/names/en": "B" }, "locator": "p. 2", "quote": "words" } },
        "contested": { "/names": { "outcome": "open", "why": "A." } }, "unknown": { "/summary": "not-found" },
        "allow": [{ "rule": "self-reference", "at": "/names", "reason": "A." }], "retired": { "on": "2020", "reason": "A.", "replaced_by": "event:abc" }
    });
    let properties = schema::cached(kind)["properties"].as_object().expect("fields");
    let both = shared.as_object().into_iter().chain(own.as_object()).flatten();
    Value::Object(
        both.filter(|(field, _)| properties.contains_key(*field))
            .map(|(field, value)| (field.clone(), value.clone()))
            .collect(),
    )
}

/// Records that the checker can read, with as many fields as fit together: one of each kind, a person and an actor of
/// another type, with one source and with two.
pub(crate) fn readable() -> Vec<(Kind, Value)> {
    let without = |mut record: Value, field: &str| {
        record.as_object_mut().expect("a record").remove(field);
        record
    };
    let mut other = without(full(Kind::Actor), "offices");
    other["type"] = json!("organisation");
    let person = without(full(Kind::Actor), "country");
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Actor);
    let mut all: Vec<_> = kinds.map(|kind| (kind, full(kind))).collect();
    all.extend([(Kind::Actor, other), (Kind::Actor, person)]);
    let two_sources =
        all.iter().filter(|(_, record)| record.get("evidence").is_some()).cloned().map(|(kind, mut record)| {
            record["evidence"]["def"] = json!({ "stance": "implies", "supports": ["/names"] });
            (kind, record)
        });
    let two_sources: Vec<_> = two_sources.collect();
    all.extend(two_sources);
    all
}

/// Values, each of which is valid in some field and invalid in others.
pub(crate) fn pool() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1.0),
        json!(1e2),
        json!(1e15),
        json!(1e16),
        json!(91),
        json!(-180),
        json!(""),
        json!(" "),
        json!("x"),
        json!("2019"),
        json!("2019-02-30"),
        json!("2019-02-28/2020-02-29"),
        json!("[2019..2018]"),
        json!("[..2018]"),
        json!("201X"),
        json!("2019?"),
        json!("/"),
        json!("/a/b"),
        json!("/a~"),
        json!("abc"),
        json!("ABC"),
        json!("a--b"),
        json!("held"),
        json!("person"),
        json!("event:abc"),
        json!("evnt:abc"),
        json!("event:ab"),
        json!("en"),
        json!("EN"),
        json!("abc\n"),
        json!("2019\n"),
        json!("é".repeat(80)),
        json!("a".repeat(80)),
        json!("a".repeat(81)),
        json!("https://x.org"),
        json!("https:// x.org"),
        json!("https:///"),
        json!("MA"),
        json!("EUR"),
        json!("eur"),
        json!([]),
        json!({}),
        json!([1]),
        json!(["abc", "abc"]),
        json!(["abc", "def"]),
        json!(["a11", "b11", "c11", "d11", "e11", "f11"]),
        json!({ "en": "x" }),
        json!({ "fr": "x" }),
        json!({ "english": "x" }),
        json!({ "abc": {} }),
        json!({ "Abc": {} }),
        json!({ "joined": "1995" }),
        json!({ "signed-2": "1995" }),
        json!({ "suspended-2": "1995" }),
        json!({ "suspended-1": "1995" }),
        json!({ "": 1 }),
        json!({ "wikidata": "x" }),
        json!({ "/a": "open" }),
    ]
}

/// A random change to a record.
#[derive(Debug, Clone)]
pub(crate) enum Mutation {
    Replace(prop::sample::Index, prop::sample::Index),
    Remove(prop::sample::Index),
    Insert(prop::sample::Index, &'static str, prop::sample::Index),
}

pub(crate) fn mutation() -> impl Strategy<Value = Mutation> {
    let key = prop::sample::select(vec![
        "zzz",
        "",
        "abc",
        "def",
        "en",
        "fr",
        "Abc",
        "event:abc",
        "/names",
        "/",
        "one",
        "suspended",
        "role",
        "names",
        "country",
    ]);
    prop_oneof![
        4 => (any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(at, with)| Mutation::Replace(at, with)),
        2 => any::<prop::sample::Index>().prop_map(Mutation::Remove),
        2 => (any::<prop::sample::Index>(), key, any::<prop::sample::Index>()).prop_map(|(at, key, with)| Mutation::Insert(at, key, with)),
    ]
}

/// The pointers of a value and of everything in it, below `at`.
pub(crate) fn pointers(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(members) => members.iter().for_each(|(key, below)| {
            pointers(below, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), out)
        }),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, below)| pointers(below, &format!("{at}/{index}"), out))
        }
        _ => {}
    }
}

pub(crate) fn mutate(record: &mut Value, mutation: &Mutation) {
    let pool = pool();
    let mut places = Vec::new();
    pointers(record, "", &mut places);
    match mutation {
        Mutation::Replace(at, with) => {
            *record.pointer_mut(at.get::<String>(&places)).expect("a place") = with.get(&pool).clone()
        }
        Mutation::Remove(at) => {
            if let Some((parent, key)) = at.get::<String>(&places).rsplit_once('/')
                && let Some(Value::Object(members)) = record.pointer_mut(parent)
            {
                members.remove(&key.replace("~1", "/").replace("~0", "~"));
            }
        }
        Mutation::Insert(at, key, with) => {
            if let Some(Value::Object(members)) = record.pointer_mut(at.get::<String>(&places)) {
                members.insert((*key).to_owned(), with.get(&pool).clone());
            }
        }
    }
}
