//! The numbers in the prose of `data/README.md` are those of the records. Where records change, this brings the page up to
//! date:
//!
//! ```sh
//! INSTA_UPDATE=always cargo test numbers_of_the_data
//! ```

mod records;
mod sentence;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use comity::check::Retention;
use comity::dataset::Dataset;
use comity::kind::Kind;
use comity::policy::Policy;
use comity::query::grounds::Grounds;
use comity::query::stats::Stats;
use comity::value::Day;
use serde_json::Value;

use records::{Records, files, list};
use sentence::{Sentence, grouped, percent, sentence};

fn is(event: &Value, r#type: &str) -> bool {
    event["type"] == r#type
}

fn held(records: &Records) -> impl Iterator<Item = &Value> {
    records.of(Kind::Event).filter(|event| event["status"] == "held")
}

/// What the page says of NATO and Morocco.
fn of_visits(records: &Records) -> Vec<Sentence> {
    let both = held(records).filter(|event| {
        let sides = records.sides(event, None);
        sides.contains("nato") && sides.contains("MA")
    });
    let (visits, others): (Vec<&Value>, Vec<&Value>) = both.partition(|event| is(event, "visit"));
    let by = |side: &str| visits.iter().filter(|visit| records.sides(visit, Some("visitor")).contains(side)).count();
    let mut years: BTreeMap<&str, usize> = BTreeMap::new();
    for visit in &visits {
        let digits = visit["when"].as_str().unwrap_or_default().trim_start_matches(|c: char| !c.is_ascii_digit());
        *years.entry(&digits[..4]).or_default() += 1;
    }
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let table = format!(
        "{}\n|{}\n{}",
        row(years.keys().map(ToString::to_string).collect()),
        "---:|".repeat(years.len()),
        row(years.values().map(ToString::to_string).collect())
    );
    let count = |r#type: &str| others.iter().filter(|event| is(event, r#type)).count();
    vec![
        sentence(
            "**1. How many visits did NATO and Morocco pay each other?** {} held, {} of NATO to Morocco and {} of Moroccans to NATO:\n\n{}\n\nThe year",
            [visits.len().to_string(), by("nato").to_string(), by("MA").to_string(), table],
        ),
        sentence(
            "Besides, {} other held events have both sides in them, {} of them seminars and {} exercises.",
            [others.len(), count("seminar"), count("exercise")],
        ),
    ]
}

/// What the page says of other events.
fn of_events(records: &Records) -> Vec<Sentence> {
    let calls: Vec<BTreeSet<&str>> =
        held(records).filter(|event| is(event, "port-call")).map(|call| records.sides(call, None)).collect();
    let calls_of = |sides: &[&str]| calls.iter().filter(|call| sides.iter().any(|side| call.contains(side))).count();
    let mut at = vec![calls.len()];
    at.extend(["DZ", "MA", "TN", "IL", "JO", "EG"].map(|side| calls_of(&[side])));
    at.push(calls_of(&["AE", "BH", "KW", "QA"]));
    assert_eq!(calls_of(&["MR"]), 0, "the page says that no ship called in Mauritania");
    vec![
        sentence(
            "in or outside of an operation, {} calls of NATO's ships at ports are on record: {} in Algeria, {} in Morocco, {} in Tunisia, {} in Israel, {} in Jordan, {} in Egypt, {} in the Gulf;",
            at,
        ),
        sentence(
            "**4. What never came true?** {} events stand at `planned`.",
            [records.count(Kind::Event, |event| event["status"] == "planned")],
        ),
        of_pairs(&pairs(records)),
    ]
}

/// What the page says of who met whom. The page names the pairs that met most often.
fn of_pairs(met: &BTreeMap<(&str, &str), usize>) -> Sentence {
    let most = [
        ("abdullah-ii-of-jordan", "jens-stoltenberg"),
        ("jens-stoltenberg", "mohamed-ould-ghazouani"),
        ("jens-stoltenberg", "sameh-shoukry"),
        ("jarrah-jaber-al-sabah", "javier-colomina"),
    ];
    let others = met.iter().filter(|(pair, times)| !most.contains(pair) && **times > 2);
    assert_eq!(others.collect::<Vec<_>>(), [], "the page names all pairs that met more than twice");
    let times = most.map(|pair| met.get(&pair).copied().unwrap_or_default());
    let twice = met.values().filter(|times| **times == 2).count();
    sentence(
        "**7. Who met whom?** {} pairs of persons of two sides were at one visit or meeting. Most often: King Abdullah II and Jens Stoltenberg ({}), Mohamed Ould Ghazouani and Stoltenberg ({}), Sameh Shoukry and Stoltenberg ({}), Jarrah Jaber al-Sabah and Javier Colomina ({}); {} pairs met twice,",
        [met.len()].into_iter().chain(times).chain([twice]),
    )
}

/// How often the persons of each pair of persons of two sides were at one visit or meeting.
fn pairs(records: &Records) -> BTreeMap<(&str, &str), usize> {
    let is_person = |id: &str| records.0[&Kind::Actor][id]["type"] == "person";
    let mut met = BTreeMap::new();
    for event in held(records).filter(|event| matches!(event["type"].as_str(), Some("visit" | "meeting"))) {
        let parts = event["participants"].as_object().into_iter().flatten();
        let came = parts.filter(|(_, part)| part["attendance"].as_str().is_none_or(|how| how == "online"));
        let mut persons: Vec<&str> = came.map(|(id, _)| id.as_str()).filter(|id| is_person(id)).collect();
        persons.sort_unstable();
        for (index, one) in persons.iter().enumerate() {
            let others = persons[index + 1..].iter().filter(|other| records.side(one) != records.side(other));
            others.for_each(|other| *met.entry((*one, *other)).or_default() += 1);
        }
    }
    met
}

/// What the page says of agreements, courses and surveys.
fn of_the_rest(records: &Records) -> Vec<Sentence> {
    let last = |record: &Value| {
        let steps = record["history"].as_object().and_then(|steps| steps.keys().next_back().cloned());
        steps.map(|step| step.split(['/', '.']).next().unwrap_or_default().to_owned())
    };
    let ends_at = |step: &str| records.count(Kind::Agreement, |agreement| last(agreement).as_deref() == Some(step));
    let (proposed, negotiated) = (ends_at("proposed"), ends_at("negotiated"));
    let is_course = |activity: &Value| matches!(activity["type"].as_str(), Some("training" | "study-visit"));
    let has_trainees = |activity: &Value| {
        let mut figures = activity["figures"].as_object().into_iter().flat_map(serde_json::Map::values);
        figures.any(|figure| figure["measure"] == "trainees")
    };
    let unknown = |kind, place: &str| records.count(kind, |record| !record["unknown"][place].is_null());
    vec![
        sentence(
            "none is known as postponed. {} agreements got no further than `proposed` ({}) or `negotiated` ({}),",
            [proposed + negotiated, proposed, negotiated],
        ),
        sentence(
            "**6. How many people were trained, by partner and year?** {} of {} courses and study visits have a number.",
            [
                records.count(Kind::Activity, |activity| is_course(activity) && has_trainees(activity)),
                records.count(Kind::Activity, is_course),
            ],
        ),
        sentence("records say where somebody looked: {} surveys,", [records.of(Kind::Survey).count()]),
        sentence(
            "such as the text of {} agreements and the end of {} activities.",
            [unknown(Kind::Agreement, "/text"), unknown(Kind::Activity, "/history/completed")],
        ),
    ]
}

/// What the page says of sources.
fn of_sources(records: &Records) -> Vec<Sentence> {
    let all = records.of(Kind::Source).count();
    let of_type =
        |types: &[&str]| records.count(Kind::Source, |source| types.iter().any(|r#type| source["type"] == *r#type));
    let with_share = |count: usize| [count, percent(count, all)];
    let silent_copies = records.count(Kind::Source, |source| {
        source["type"] == "mirror" && source["relays"].is_null() && source["derived_from"].is_null()
    });
    let issued = |side: &str| {
        records
            .count(Kind::Source, |source| source["issuer"].as_str().is_some_and(|issuer| records.side(issuer) == side))
    };
    let [press, official, copies] =
        [&["news", "agency"][..], &["official"], &["mirror"]].map(|of| with_share(of_type(of)));
    let weak = with_share(of_type(&["blog", "reference", "video", "social"]));
    let texts = with_share(of_type(&["document", "academic", "database"]));
    let published = |source: &Value| source["published"].as_str().map(str::to_owned);
    let in_language =
        |code: &str| records.count(Kind::Source, |source| list(&source["languages"]).any(|one| one == code));
    let shares = ["en", "fr", "ar", "it"].map(|code| percent(in_language(code), all));
    let few = ["es", "de", "uk", "nl", "tr", "cs", "pt", "ru"].map(in_language);
    let without_copy = records.count(Kind::Source, |source| !source["url"].is_null() && source["archived"].is_null());
    vec![
        sentence("public pages; the records cite {}.", [grouped(all)]),
        sentence(
            "- **Archived copies.** Seven sources name an archived copy; {} pages have none on record",
            [grouped(without_copy)],
        ),
        sentence("- **Excerpts.** Of all {} sources", [grouped(all)]),
        sentence(
            "- **Dates of sources.** {} sources show no date, and for {} the date is inferred.",
            [
                records.count(Kind::Source, |source| published(source).is_none()),
                records.count(Kind::Source, |source| published(source).is_some_and(|day| day.contains('?'))),
            ],
        ),
        sentence(
            "- **Kinds of sources.** {} are press and agencies ({} %), {} official pages ({} %), {} copies ({} %; all but {} name what they copy), {} blogs, encyclopaedias and videos ({} %), {} documents, scholarly texts and databases ({} %). {} are issued by NATO or a body of it, {} by Morocco.",
            [&press[..], &official, &copies, &[silent_copies], &weak, &texts, &[issued("nato"), issued("MA")]].concat(),
        ),
        sentence(
            "- **Languages.** {} % of the sources are in English, {} % in French, {} % in Arabic, {} % in Italian; there are {} in Spanish, {} in German, {} in Ukrainian, {} in Dutch, {} in Turkish, {} in Czech, {} in Portuguese, {} in Russian, and one each",
            [&shares[..], &few].concat(),
        ),
    ]
}

/// The shipped records.
fn shipped() -> Dataset {
    let today = Day::new(2026, 11, 26).expect("a day");
    let texts = files();
    let builder =
        texts.iter().fold(Dataset::builder(today).retention(Retention::WithoutProse), |builder, (kind, path)| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            builder.file(&format!("{kind}/{name}"), fs::read_to_string(path).expect("a text"))
        });
    builder.build()
}

/// What the page says of evidence, by the library's own count.
fn of_evidence(records: &Records) -> Vec<Sentence> {
    let dataset = shipped();
    let Stats { events: stats, frame, .. } = Stats::of(&dataset);
    let partners = frame.subjects.iter().filter(|(subject, _)| *subject != "ici-partners");
    let cells = partners.flat_map(|(_, cells)| frame.years.iter().zip(cells));
    let empty = cells.filter(|(_, cell)| cell.surveys > 0 && cell.events == 0);
    let (early, late): (Vec<_>, Vec<_>) = empty.partition(|((_, until), _)| *until < 2004);
    let mut policy = Policy::of(&dataset);
    policy.select = ["one-party-evidence", "weak-source-alone"].map(str::to_owned).into();
    let report = comity::check(&dataset, None, &policy);
    let weak: BTreeSet<_> = report
        .diagnostics
        .iter()
        .filter(|found| found.rule.code == "weak-source-alone")
        .map(|found| &found.record)
        .collect();
    let of_nato = report.diagnostics.iter().filter(|found| found.message.ends_with("one side, `nato`"));
    let mut alone: BTreeMap<Kind, usize> = BTreeMap::new();
    for found in of_nato {
        *alone.entry(found.record.as_ref().expect("a record").kind).or_default() += 1;
    }
    let of = |kind: Kind| [alone.get(&kind).copied().unwrap_or_default(), records.of(kind).count()];
    let kinds = [Kind::Event, Kind::Activity, Kind::Agreement].map(of);
    vec![
        sentence(
            "**8. What rests on NATO alone?** {} records: {} of the {} events, {} of the {} activities, {} of the {} agreements.",
            std::iter::once(alone.values().sum()).chain(kinds.into_iter().flatten()),
        ),
        sentence("in {} records some fact does, and", [weak.len()]),
        sentence(
            "were searched at least once. {} of these cells, {} of them before 2004, have no event that was held.",
            [early.len() + late.len(), early.len()],
        ),
        sentence("Of {} events, the first day is known exactly for {}.", [stats.count(), stats.exact]),
        sentence(
            "- **One witness.** {} events are reported by two independent sources or more, {} by one source or by several of one side or publisher.",
            [stats.of(Grounds::Independent), stats.of(Grounds::Single)],
        ),
    ]
}

#[test]
fn numbers_of_the_data() {
    let path = Path::new(crate::ROOT).join("data/README.md");
    let before = fs::read_to_string(&path).expect("the page");
    let records = Records::read();
    let sentences =
        [of_visits, of_events, of_the_rest, of_sources, of_evidence].into_iter().flat_map(|of| of(&records));
    let (mut page, mut wrong) = (before.clone(), Vec::new());
    for sentence in sentences {
        match sentence.in_page(&page) {
            Ok(after) if after != page => {
                wrong.push(format!("the records say: {}", sentence.filled()));
                page = after;
            }
            Ok(_) => {}
            Err(missing) => wrong.push(missing),
        }
    }
    if page != before && std::env::var_os("INSTA_UPDATE").is_some_and(|how| how == "always") {
        fs::write(&path, &page).expect("the page is written");
    }
    assert!(
        wrong.is_empty(),
        "`INSTA_UPDATE=always cargo test numbers_of_the_data` puts these into data/README.md:\n{}",
        wrong.join("\n")
    );
}
