//! JSON Pointers (RFC 6901) and byte spans: the two ways to name a place.
//!
//! Pointers are built from tokens with [`at!`](crate::at) or [`Pointer::key`], never with `format!`: keys may contain `/`
//! and `~`.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::str::FromStr;

use compact_str::CompactString;
use serde::Serialize;

/// Half-open range of UTF-8 bytes, relative to the text of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span between two offsets of one text. Texts are limited to far less than 4 GiB, so that offsets fit.
    ///
    /// # Panics
    /// When an offset does not fit into 32 bits.
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |n: usize| u32::try_from(n).expect("a record's text is limited to far less than 4 GiB");
        Self { start: narrow(start), end: narrow(end) }
    }

    /// The span as a range, to slice the text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place in a record, as RFC 6901 writes it; the empty pointer is the whole record.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Pointer(CompactString);

impl Pointer {
    /// The whole record.
    pub const fn root() -> Self {
        Self(CompactString::const_new(""))
    }

    /// Reads a pointer as written; `None` when the text does not begin with `/`, or has a `~` that is not followed by `0`
    /// or `1`. [`FromStr`] gives an error instead.
    pub fn parse(text: &str) -> Option<Self> {
        let rooted = text.is_empty() || text.starts_with('/');
        let is_escape = |rest: &str| rest.starts_with(['0', '1']);
        let escaped = !has_escape(text) || text.split('~').skip(1).all(is_escape);
        (rooted && escaped).then(|| Self(text.into()))
    }

    /// Appends a token.
    pub fn push(&mut self, token: &str) {
        self.0.push('/');
        self.0.push_str(&escaped(token));
    }

    /// This pointer with one more token.
    #[must_use]
    pub fn key(mut self, token: &str) -> Self {
        self.push(token);
        self
    }

    /// This pointer with the index of a list item as one more token.
    #[must_use]
    pub fn index(self, index: usize) -> Self {
        self.key(&index.to_string())
    }

    /// The tokens, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let unescaped = |token: &str| Cow::Owned(token.replace("~1", "/").replace("~0", "~"));
        let mut rest = self.0.strip_prefix('/');
        let escaped = has_escape(&self.0);
        // Byte by byte: tokens are short, and the searches of `str` are made for long texts.
        std::iter::from_fn(move || {
            let here = rest?;
            let end = here.bytes().position(|byte| byte == b'/');
            let token = &here[..end.unwrap_or(here.len())];
            rest = end.map(|end| &here[end + 1..]);
            Some(if escaped { unescaped(token) } else { Cow::Borrowed(token) })
        })
    }

    /// The pointer without its last token; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|slash| Self(self.0[..slash].into()))
    }

    /// The smallest enclosing place whose pointer has at most `limit` bytes; this place itself if its pointer fits.
    #[must_use]
    pub fn enclosing(&self, limit: usize) -> Self {
        let ends = self.0.match_indices('/').map(|(end, _)| end).chain([self.0.len()]);
        let end = ends.take_while(|end| *end <= limit).last().unwrap_or(0);
        Self(self.0[..end].into())
    }

    /// The pointers of all places around this one, as written, the whole record first.
    pub fn above(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(end, _)| &self.0[..end])
    }

    /// Whether the other place is this one or lies below it.
    ///
    /// ```
    /// use comity_document::at;
    /// assert!(at!["when"].covers(&at!["when"]));
    /// assert!(at!["figures"].covers(&at!["figures", "ships"]));
    /// assert!(!at!["figure"].covers(&at!["figures"]));
    /// ```
    pub fn covers(&self, other: &Self) -> bool {
        other.0.strip_prefix(self.0.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The text as RFC 6901 writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the whole record.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether a token of a pointer may be escaped.
fn has_escape(pointer: &str) -> bool {
    pointer.bytes().any(|byte| byte == b'~')
}

/// Appends a token to the text of a pointer, escaped.
pub fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    pointer.push_str(&escaped(token));
}

/// A token as it stands in a pointer.
fn escaped(token: &str) -> Cow<'_, str> {
    if token.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        token.replace('~', "~0").replace('/', "~1").into()
    } else {
        token.into()
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text is no JSON Pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsePointerError(());

impl fmt::Display for ParsePointerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON Pointer is empty or begins with `/`, and each `~` in it is followed by `0` or `1`")
    }
}

impl Error for ParsePointerError {}

impl FromStr for Pointer {
    type Err = ParsePointerError;

    fn from_str(text: &str) -> Result<Self, ParsePointerError> {
        Self::parse(text).ok_or(ParsePointerError(()))
    }
}

impl AsRef<str> for Pointer {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<T: AsRef<str>> FromIterator<T> for Pointer {
    fn from_iter<I: IntoIterator<Item = T>>(tokens: I) -> Self {
        tokens.into_iter().fold(Self::root(), |pointer, token| pointer.key(token.as_ref()))
    }
}

/// The current place of a walk over a tree: a chain on the stack, made into a [`Pointer`] only where something is found.
#[derive(Clone, Copy, Debug)]
pub enum Path<'a> {
    /// The whole record.
    Root,
    /// A key of the enclosing object.
    Key(&'a Path<'a>, &'a str),
    /// An item of the enclosing list.
    Index(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    /// The place of a key below this one.
    #[must_use]
    pub fn key(&'a self, key: &'a str) -> Path<'a> {
        Path::Key(self, key)
    }

    /// The place of an item below this one.
    #[must_use]
    pub fn index(&'a self, index: usize) -> Path<'a> {
        Path::Index(self, index)
    }

    /// The place as a pointer.
    pub fn pointer(&self) -> Pointer {
        match self {
            Path::Root => Pointer::root(),
            Path::Key(up, key) => up.pointer().key(key),
            Path::Index(up, index) => up.pointer().index(*index),
        }
    }

    /// The first token: the field of the record that this place belongs to.
    pub fn field(&self) -> Option<&'a str> {
        match self {
            Path::Root => None,
            Path::Key(Path::Root, key) => Some(key),
            Path::Key(up, _) | Path::Index(up, _) => up.field(),
        }
    }
}

/// A pointer from tokens: `at!["participants", id, "roles"]`.
#[macro_export]
macro_rules! at {
    ($($token:expr),* $(,)?) => {
        $crate::pointer::Pointer::root()$(.key($token.as_ref()))*
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_survive_their_escapes() {
        for token in ["", "/", "~", "~1", "a/b~c", "é𝒳", "0"] {
            let pointer = Pointer::root().key("says").key(token);
            assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["says", token]);
            assert_eq!(Pointer::parse(pointer.as_str()), Some(pointer.clone()));
            assert_eq!(pointer.parent(), Some(Pointer::root().key("says")));
            assert_eq!(pointer.above().collect::<Vec<_>>(), ["", "/says"]);
        }
    }

    #[test]
    fn a_text_that_is_no_pointer_is_refused() {
        for text in ["when", "when/x", "/a~", "/a~2", "#/when"] {
            assert_eq!(Pointer::parse(text), None, "{text}");
            assert!(text.parse::<Pointer>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_path_knows_its_pointer_and_its_field() {
        let (root, figures) = (Path::Root, Path::Key(&Path::Root, "figures"));
        let deep = figures.key("a/b");
        assert_eq!(deep.index(3).pointer().as_str(), "/figures/a~1b/3");
        assert_eq!(deep.field(), Some("figures"));
        assert_eq!(root.field(), None);
    }
}
