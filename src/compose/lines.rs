//! A source, a person or a body on one line: its parts, separated by ` | `, in the order in which people write them.

use super::ComposeError;
use super::set::language;
use crate::kind::Kind;
use crate::schema::FieldSchema;
use crate::value::{Edtf, Language, StringFormat as _, only_reading};

/// A source: its address or its id, then in any order its publisher, its day, its language, its type and its title. Of
/// two texts, the first is the publisher. A day such as `16 April 2024` is a day too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceLine {
    /// The address, or the id of a source on record.
    pub address: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The day of publication.
    pub published: Option<String>,
    /// The codes of its languages.
    pub languages: Vec<String>,
    /// The code of its type.
    pub r#type: Option<String>,
    /// Parts for which there is no room.
    pub rest: Vec<String>,
}

impl SourceLine {
    /// Reads a line.
    pub fn parse(line: &str) -> Self {
        let mut parts = parts(line);
        let mut source = Self { address: parts.next().unwrap_or_default(), ..Self::default() };
        let types = FieldSchema::of(Kind::Source).at("type");
        let parts: Vec<String> = parts.collect();
        let day = date_among(&parts);
        for (index, part) in parts.into_iter().enumerate() {
            let tag = language(&part);
            if Some(index) == day {
                source.published = Some(part);
            } else if source.r#type.is_none()
                // A word for a type, such as `Report`, may be a title as well.
                && let Some(code) = types.and_then(|types| types.code(&part))
            {
                source.r#type = Some(code.to_owned());
            } else if is_language(&part, &tag) {
                source.languages.push(tag);
            } else if source.publisher.is_none() {
                source.publisher = Some(part);
            } else if source.title.is_none() {
                source.title = Some(part);
            } else {
                source.rest.push(part);
            }
        }
        source
    }

    /// The line without its day, and why the day is none, where the day may be either of two, or is no day of the calendar.
    pub(crate) fn without_unclear_day(line: &str) -> Option<(String, ComposeError)> {
        let day = Self::parse(line).published?;
        let refusal = Edtf::parse(&day).err().filter(|_| only_reading(&day, false).is_none())?;
        Some((parts(line).filter(|part| *part != day).collect::<Vec<_>>().join(" | "), refusal.into()))
    }
}

/// A person: the name, the title of the office, the body it is an office of, then in any order its level and the day since
/// when it is held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonLine {
    /// The name.
    pub name: String,
    /// The title of the office.
    pub title: Option<String>,
    /// The body: an id or a name.
    pub organisation: Option<String>,
    /// The code of the level.
    pub level: Option<String>,
    /// Since when.
    pub from: Option<String>,
    /// Parts for which there is no room.
    pub rest: Vec<String>,
}

impl PersonLine {
    /// Reads a line.
    pub fn parse(line: &str) -> Self {
        let mut parts = parts(line);
        let mut person = Self { name: parts.next().unwrap_or_default(), ..Self::default() };
        let levels = FieldSchema::of(Kind::Actor).at("offices/x/level");
        let parts: Vec<String> = parts.collect();
        let day = date_among(&parts);
        for (index, part) in parts.into_iter().enumerate() {
            if Some(index) == day {
                person.from = Some(part);
            } else if person.title.is_none() {
                person.title = Some(part);
            } else if person.level.is_none()
                && let Some(level) = levels.and_then(|levels| levels.code_named(&part))
            {
                person.level = Some(level.to_owned());
            } else if person.organisation.is_none() {
                person.organisation = Some(part);
            } else {
                person.rest.push(part);
            }
        }
        person
    }
}

/// A body or a place: the name, its type, and its country.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BodyLine {
    /// The name.
    pub name: String,
    /// Whether it is an actor or a place, and the code of the type.
    pub r#type: Option<(Kind, &'static str)>,
    /// The code of the country.
    pub country: Option<String>,
    /// The body or the place it is a part of: an id or a name.
    pub rest: Vec<String>,
}

impl BodyLine {
    /// Reads a line.
    pub fn parse(line: &str) -> Self {
        let mut parts = parts(line);
        let mut body = Self { name: parts.next().unwrap_or_default(), ..Self::default() };
        let at = |kind, path| FieldSchema::of(kind).at(path);
        let countries = at(Kind::Actor, "country");
        for part in parts {
            let code = |kind| Some((kind, at(kind, "type")?.code(&part)?));
            let named = |kind| Some((kind, at(kind, "type")?.code_named(&part)?));
            let known = || [Kind::Actor, Kind::Place].into_iter().find_map(code);
            let meant = || [Kind::Actor, Kind::Place].into_iter().find_map(named);
            let r#type = known().or_else(meant).filter(|_| body.r#type.is_none());
            if r#type.is_some() {
                body.r#type = r#type;
            } else if body.country.is_none()
                && let Some(country) = countries.and_then(|countries| countries.code(&part))
            {
                body.country = Some(country.to_owned());
            } else {
                body.rest.push(part);
            }
        }
        body
    }
}

/// Which part is the day: the first date; or else the first text that was probably meant as one, which must not become a
/// title.
fn date_among(parts: &[String]) -> Option<usize> {
    let is_meant = |part: &String| Edtf::parse(part).is_err_and(|refusal| refusal.advice().is_some());
    let exact = parts.iter().position(|part| Edtf::parse(part).is_ok());
    exact.or_else(|| parts.iter().position(is_meant))
}

/// Whether a part is the tag of a language, or its name. Three capitals are a publisher, such as MAP.
fn is_language(part: &str, tag: &str) -> bool {
    let is_short = part.len() < 4 || part.contains('-');
    Language::parse(tag).is_ok() && (part == tag) == is_short
}

/// The parts of a line, without blanks around them; empty ones are left out.
fn parts(line: &str) -> impl Iterator<Item = String> {
    let parts = line.split(['|', '\t']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_source_are_known_by_what_they_are() {
        let source = SourceLine::parse("https://example.org/a | Le360 | 2024-04-16 | fr | Visite d'un amiral");
        let all = (source.publisher.as_deref(), source.published.as_deref(), source.title.as_deref());
        assert_eq!(all, (Some("Le360"), Some("2024-04-16"), Some("Visite d'un amiral")));
        assert_eq!((source.languages, source.r#type), (vec!["fr".to_owned()], None));
        let source = SourceLine::parse("https://example.org/a|Arabic|official|MAP");
        assert_eq!((source.languages, source.r#type.as_deref()), (vec!["ar".to_owned()], Some("official")));
        assert_eq!(source.publisher.as_deref(), Some("MAP"));
        assert_eq!(SourceLine::parse("a-report").address, "a-report");
        let source = SourceLine::parse("https://example.org/a | Le360 | March 2019 | 2024-04-16");
        assert_eq!((source.published.as_deref(), source.title.as_deref()), (Some("2024-04-16"), Some("March 2019")));
        for day in ["16 avril 2024", "16/04/2024", "2019-02-30", "2019-01-22/2019-01-24"] {
            let source = SourceLine::parse(&format!("https://example.org/a | A daily | {day}"));
            assert_eq!((source.published.as_deref(), source.title), (Some(day), None));
        }
    }

    #[test]
    fn the_parts_of_a_person_and_of_a_body_are_known_by_what_they_are() {
        let person =
            PersonLine::parse("Jane Doe | Minister of Defence | Moroccan defence administration | minister | 2021-10");
        assert_eq!(person.title.as_deref(), Some("Minister of Defence"));
        assert_eq!(person.organisation.as_deref(), Some("Moroccan defence administration"));
        assert_eq!((person.level.as_deref(), person.from.as_deref()), (Some("minister"), Some("2021-10")));
        let person = PersonLine::parse("Jane Doe | Minister | Ministry of Defence");
        assert_eq!((person.title.as_deref(), person.level), (Some("Minister"), None), "the title comes first");
        let body = BodyLine::parse("Kenitra | city | Morocco");
        assert_eq!((body.r#type, body.country.as_deref()), (Some((Kind::Place, "city")), Some("MA")));
        let body = BodyLine::parse("SNMG2 | unit | Allied Maritime Command");
        assert_eq!((body.r#type, body.country), (Some((Kind::Actor, "unit")), None));
        assert_eq!(body.rest, ["Allied Maritime Command"]);
    }
}
