//! Several records in one text: `Algeria and Morocco`.

use super::{NameAnswer, NameIndex, NameMatch};
use crate::kind::Kind;
use crate::value::enumerated;

/// How many records one text may name. A longer text was not typed by a person.
const MOST: usize = 12;

impl<'a> NameIndex<'a> {
    /// The records that the parts of a text name, where each part is exactly the name of another record of these kinds, and the
    /// whole, of which `answer` says what it names, is no name.
    pub(crate) fn each_of(&self, text: &str, kinds: &[Kind], answer: &NameAnswer<'a>) -> Option<Vec<NameMatch<'a>>> {
        if matches!(answer, NameAnswer::One(found) if found.is_exact) {
            return None;
        }
        let each = |parts: Vec<String>| -> Option<Vec<NameMatch<'a>>> {
            if !(2..=MOST).contains(&parts.len()) {
                return None;
            }
            let named = |part: &String| match self.answer(part, kinds) {
                NameAnswer::One(found) if found.is_exact => Some(found),
                _ => None,
            };
            let found: Vec<NameMatch<'a>> = parts.iter().map(named).collect::<Option<_>>()?;
            let is_new =
                |(index, one): (usize, &NameMatch<'a>)| found[..index].iter().all(|other| other.key != one.key);
            found.iter().enumerate().all(is_new).then_some(found)
        };
        let joined = || text.split(['-', '–']).map(str::to_owned).collect();
        each(enumerated(text)).or_else(|| each(joined()))
    }
}
