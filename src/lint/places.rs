//! Places of one record. A record may name thousands of places among thousands of entries, so that the cost of a
//! look-up must not grow with them.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;

use comity_document::document::{DEPTH, Node, Value};
use comity_document::pointer::Pointer;

/// Objects with more entries than this get an index.
const MANY: usize = 64;

/// A record's tree, with an index of each large object, made at the first look-up.
#[derive(Debug)]
pub struct TreeIndex<'a> {
    root: &'a Node<'a>,
    /// By the address of the object, which never moves.
    large: RefCell<HashMap<usize, Entries<'a>>>,
}

type Entries<'a> = HashMap<&'a str, &'a Node<'a>>;

impl<'a> TreeIndex<'a> {
    /// Makes an index of a record's tree.
    pub(crate) fn of(root: &'a Node<'a>) -> Self {
        Self { root, large: RefCell::default() }
    }

    /// The whole record.
    pub(crate) fn root(&self) -> &'a Node<'a> {
        self.root
    }

    /// The value under a key of an object.
    pub(crate) fn get(&self, object: &'a Node<'a>, key: &str) -> Option<&'a Node<'a>> {
        let members = object.members();
        if members.len() <= MANY {
            return object.get(key);
        }
        let entries = || members.iter().map(|member| (member.key, &member.value)).collect();
        let address = std::ptr::from_ref(object).addr();
        self.large.borrow_mut().entry(address).or_insert_with(entries).get(key).copied()
    }

    /// The value at a place.
    pub(crate) fn at(&self, place: &Pointer) -> Option<&'a Node<'a>> {
        place.tokens().try_fold(self.root, |node, token| match &node.value {
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => self.get(node, &token),
        })
    }

    /// The value at a place, unless the pointer goes through a list.
    pub(crate) fn at_keys(&self, place: &Pointer) -> Option<&'a Node<'a>> {
        place.tokens().try_fold(self.root, |node, token| self.get(node, &token))
    }
}

/// A set with at most so many places is not sorted, since looking at each costs less.
const FEW: usize = 16;

/// A set of places, sorted unless there are few. A record may name thousands of places, to be compared with thousands of
/// entries.
#[derive(Debug)]
pub(crate) struct PointerSet<'a>(Vec<&'a str>);

impl PointerSet<'_> {
    /// Whether the set has the place, or a place above it.
    pub(crate) fn cover(&self, place: &str) -> bool {
        if self.0.len() <= FEW {
            return self.0.iter().any(|other| *other == place || lies_below(place, other));
        }
        // No value of a record lies deeper than this; a pointer may have megabytes.
        let mut above = place.match_indices('/').take(DEPTH).map(|(end, _)| &place[..end]);
        self.has(place) || above.any(|above| self.has(above))
    }

    /// Whether the set has the place, or a place above or below it.
    pub(crate) fn touch(&self, place: &str) -> bool {
        if self.0.len() > FEW {
            return self.cover(place) || self.lie_below(place);
        }
        self.0.iter().any(|other| match other.len().cmp(&place.len()) {
            Ordering::Less => lies_below(place, other),
            Ordering::Equal => *other == place,
            Ordering::Greater => lies_below(other, place),
        })
    }

    /// Whether the sorted set has a place below this one.
    fn lie_below(&self, place: &str) -> bool {
        // Compares with the place followed by `/`, without building that text.
        let before = |other: &str| {
            let (begin, rest) = other.as_bytes().split_at(place.len().min(other.len()));
            (begin, rest) < (place.as_bytes(), b"/")
        };
        let first = self.0.partition_point(|other| before(other));
        self.0.get(first).and_then(|first| first.strip_prefix(place)).is_some_and(|rest| rest.starts_with('/'))
    }

    fn has(&self, place: &str) -> bool {
        self.0.binary_search(&place).is_ok()
    }
}

/// Whether the place lies below the other. The one byte in which most pairs differ is compared first.
fn lies_below(place: &str, other: &str) -> bool {
    place.as_bytes().get(other.len()) == Some(&b'/') && place.starts_with(other)
}

impl<'a> FromIterator<&'a str> for PointerSet<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(places: I) -> Self {
        let mut places: Vec<&str> = places.into_iter().collect();
        if places.len() > FEW {
            places.sort_unstable();
        }
        Self(places)
    }
}

#[cfg(test)]
mod tests {
    use comity_document::at;
    use comity_document::document::{Arena, parse};

    use super::*;

    #[test]
    fn places_cover_what_lies_below_them_and_no_namesake() {
        let others: Vec<String> = (0..=FEW).map(|n| at!["others", n.to_string()].to_string()).collect();
        let places = ["/names/en", "/figures", "/names-of", "/names!"];
        let few: PointerSet<'_> = places.into_iter().collect();
        let many: PointerSet<'_> = places.into_iter().chain(others.iter().map(String::as_str)).collect();
        for (place, covered, below) in [
            (at!["figures"], true, false),
            (at!["figures", "ships", "best"], true, false),
            (at!["figure"], false, false),
            (at!["names"], false, true),
            (at!["names", "english"], false, false),
            (at!["names-of-ships"], false, false),
            (Pointer::root(), false, true),
        ] {
            let place = place.as_str();
            for set in [&few, &many] {
                assert_eq!((set.cover(place), set.touch(place)), (covered, covered || below), "{place}");
            }
        }
    }

    #[test]
    fn an_index_finds_what_a_scan_finds() {
        let entries: Vec<String> = (0..=MANY).map(|n| format!("\"k{n}\":{{\"list\":[{n}]}}")).collect();
        let text = format!("{{\"many\":{{{}}},\"few\":{{\"a\":1}}}}", entries.join(","));
        let arena = Arena::default();
        let document = parse(&text, &arena);
        let root = document.root.as_ref().expect("JSON");
        let fields = TreeIndex::of(root);
        let last = format!("k{MANY}");
        for place in [at!["many", last, "list", "0"], at!["many", "absent"], at!["few", "a"], at!["few", "a", "b"]] {
            assert_eq!(fields.at(&place).map(|node| node.span), root.at(&place).map(|node| node.span), "{place}");
        }
        assert!(fields.at_keys(&at!["many", "k1", "list"]).is_some());
        assert!(fields.at_keys(&at!["many", "k1", "list", "0"]).is_none());
    }
}
