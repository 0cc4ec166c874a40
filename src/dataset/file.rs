//! Files, and what their paths say.

use crate::kind::Kind;

/// The largest file of one record, in bytes.
pub const FILE_LIMIT: usize = 8 * 1024 * 1024;
/// The longest line of an `.ndjson` file, in bytes.
pub const LINE_LIMIT: usize = 1024 * 1024;

/// A file of the dataset, and what its path says of the records in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path as shown, with `/`.
    pub path: Box<str>,
    /// The kind whose folder it lies in.
    pub kind: Option<Kind>,
    /// Its name without `.json`; none where the name ends otherwise.
    pub stem: Option<Box<str>>,
    /// Whether it holds one record a line: its name ends with `.ndjson`.
    pub lines: bool,
    /// How many folders lie between the file and the dataset's root.
    pub depth: usize,
    /// Whether a report speaks of the file; all files are checked.
    pub reported: bool,
}

impl File {
    /// A file by its path as shown and its path below the dataset's root: the first folder names the kind.
    pub fn new(shown: &str, below_root: &str) -> Self {
        let kind = below_root.split_once('/').and_then(|(folder, _)| Kind::parse(folder));
        let name = below_root.rsplit('/').next().unwrap_or(below_root);
        Self {
            path: shown.into(),
            kind,
            stem: name.strip_suffix(".json").map(Into::into),
            lines: name.ends_with(".ndjson"),
            depth: below_root.matches('/').count(),
            reported: true,
        }
    }

    /// Whether it holds one record a line.
    pub fn is_lines(&self) -> bool {
        self.lines
    }

    /// How many bytes a record in it may have.
    pub fn limit(&self) -> usize {
        if self.lines { LINE_LIMIT } else { FILE_LIMIT }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_folder_below_the_root_names_the_kind() {
        let kind = |path: &str| File::new(path, path).kind;
        assert_eq!(kind("event/x.json"), Some(Kind::Event));
        assert_eq!(kind("event/2019/x.json"), Some(Kind::Event));
        assert_eq!(kind("event/source/x.json"), Some(Kind::Event), "not the nearest folder that is a kind's name");
        assert_eq!(kind("x.json"), None);
        assert_eq!(kind("events/x.json"), None);
        assert_eq!(File::new("d/event/a.b.json", "event/a.b.json").stem.as_deref(), Some("a.b"));
        assert!(File::new("x.ndjson", "x.ndjson").is_lines());
        assert!(!File::new("README.md", "README.md").is_lines(), "not everything without a stem");
    }
}
