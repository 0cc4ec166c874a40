//! Files of a dataset, and what the path of a file says.

use crate::kind::Kind;

/// The size in bytes of the largest file of one record.
pub const FILE_LIMIT: usize = 8 * 1024 * 1024;
/// The length in bytes of the longest line of an `.ndjson` file.
pub const LINE_LIMIT: usize = 1024 * 1024;

/// A file of a dataset, and what its path says about its records.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// The path as reports show it, with `/`.
    pub path: Box<str>,
    /// The kind whose folder contains the file.
    pub kind: Option<Kind>,
    /// The name without `.json`; `None` for a name with another ending.
    pub stem: Option<Box<str>>,
    /// Whether each line is a record: the name ends with `.ndjson`.
    pub lines: bool,
    /// The number of folders between the root of the dataset and the file.
    pub depth: usize,
    /// Whether a report covers the file. All files are checked.
    pub reported: bool,
}

impl File {
    /// A file by its path as reports show it, and by its path below the root of the dataset, whose first folder names
    /// the kind.
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

    /// Whether each line is a record.
    pub fn is_lines(&self) -> bool {
        self.lines
    }

    /// The largest number of bytes of a record in the file.
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
