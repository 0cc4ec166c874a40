//! A rule, as inert facts. What it checks stands in `rules/`.

use std::fmt;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// To be mended or explained.
    Warning,
    /// Blocks a merge.
    Error,
}

impl Severity {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether a rule's findings can be mended by the tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixable {
    /// No.
    No,
    /// There is a suggestion, for a person to judge.
    Suggested,
    /// Yes, without changing what the record says.
    Safe,
}

impl Fixable {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Suggested => "suggested",
            Self::Safe => "safe",
        }
    }
}

/// A rule. Its page, the Markdown file beside it, is its documentation and its test.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of a rule, and none rules out another")]
pub struct Rule {
    /// The fault in kebab case; it reads well after "allow". Never used for another fault.
    pub code: &'static str,
    /// The fault in a few words.
    pub summary: &'static str,
    /// Why it matters, in one sentence.
    pub why: &'static str,
    /// The page.
    pub page: &'static str,
    /// How much it matters, unless the dataset's policy says otherwise.
    pub severity: Severity,
    /// Whether the tool can mend it.
    pub fixable: Fixable,
    /// Whether `allow` may except a record from it: never from what keeps a record from being read.
    pub allowable: bool,
    /// Whether it is an error whatever a dataset says: its findings keep a record from being read, and what is not read is
    /// not checked either.
    pub mandatory: bool,
    /// Whether it runs only when asked for: it depends on today's date, or says how good a record is rather than whether
    /// it is right.
    pub audit: bool,
    /// Whether the page cannot write its own examples as Markdown, and has them made by the test instead.
    pub made_examples: bool,
}

impl Rule {
    /// A rule whose findings block a merge.
    pub const fn error(code: &'static str, summary: &'static str, why: &'static str, page: &'static str) -> Self {
        Self {
            code,
            summary,
            why,
            page,
            severity: Severity::Error,
            fixable: Fixable::No,
            allowable: true,
            mandatory: false,
            audit: false,
            made_examples: false,
        }
    }

    /// A rule whose findings are to be mended or explained.
    pub const fn warning(code: &'static str, summary: &'static str, why: &'static str, page: &'static str) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, summary, why, page) }
    }

    /// A rule that runs only when asked for.
    pub const fn audit(code: &'static str, summary: &'static str, why: &'static str, page: &'static str) -> Self {
        Self { audit: true, ..Self::warning(code, summary, why, page) }
    }

    /// A fault that keeps a record from being read, or its schema from admitting it.
    pub const fn fault(code: &'static str, summary: &'static str, why: &'static str, page: &'static str) -> Self {
        Self { allowable: false, mandatory: true, ..Self::error(code, summary, why, page) }
    }

    /// The same, and the tool can mend it.
    #[must_use]
    pub const fn fixed(self, fixable: Fixable) -> Self {
        Self { fixable, ..self }
    }
}
