//! A rule as data. What it checks is in `rules/`.

use std::fmt;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// To be fixed or explained.
    Warning,
    /// Blocks a merge.
    Error,
}

impl Severity {
    /// The name in reports.
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

/// Whether the tool can fix a rule's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixable {
    /// No.
    No,
    /// The tool has a suggestion, for a person to review.
    Suggested,
    /// Yes, and the record still says the same.
    Safe,
}

impl Fixable {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Suggested => "suggested",
            Self::Safe => "safe",
        }
    }
}

/// What the checker does with a rule's findings besides reporting them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RuleRole {
    /// Nothing.
    Plain,
    /// The rule reports layout that is not canonical. The fix is to format the whole record, not to apply edits.
    Layout,
    /// The rule reports limits, such as findings that are counted and not shown.
    Limit,
    /// The rule reports field names that do not exist. A misspelt field hides what is wrong with its value.
    FieldNames,
    /// The rule reports items that occur twice in a list. The schema check reports a repeated item before any other
    /// fault of the list.
    RepeatedItems,
    /// The rule reports places that are not in the record. What evidence shows is known only once its places are there.
    Places,
}

/// A rule. The Markdown page beside its module is its documentation and its test.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of a rule, and none rules out another")]
#[non_exhaustive]
pub struct Rule {
    /// The fault in kebab case; it reads well after "allow". Never used for another fault.
    pub code: &'static str,
    /// The fault in a few words.
    pub summary: &'static str,
    /// Why it matters, in one sentence.
    pub why: &'static str,
    /// The page.
    pub page: &'static str,
    /// The severity, unless the dataset's policy sets another.
    pub severity: Severity,
    /// Whether the tool can fix the fault.
    pub fixable: Fixable,
    /// Whether `allow` may except a record from the rule. A fault that keeps a record from being read or published has
    /// no exceptions.
    pub allowable: bool,
    /// Whether the rule is an error whatever the dataset's policy says: its findings keep a record from being read or
    /// published, and a record that is not read is not checked.
    pub mandatory: bool,
    /// Whether the rule runs only on request: it depends on today's date, or rates the quality of a record rather than
    /// its correctness.
    pub audit: bool,
    /// Whether the test generates the examples of the page, because Markdown cannot hold them.
    pub made_examples: bool,
    /// What the checker does with the findings besides reporting them.
    pub role: RuleRole,
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
            role: RuleRole::Plain,
        }
    }

    /// A rule whose findings are to be fixed or explained.
    pub const fn warning(code: &'static str, summary: &'static str, why: &'static str, page: &'static str) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, summary, why, page) }
    }

    /// A rule that runs only on request.
    pub const fn audit(code: &'static str, summary: &'static str, why: &'static str, page: &'static str) -> Self {
        Self { audit: true, ..Self::warning(code, summary, why, page) }
    }

    /// A rule for faults that keep a record from being read or published, or that its schema refuses.
    pub const fn fault(code: &'static str, summary: &'static str, why: &'static str, page: &'static str) -> Self {
        Self { allowable: false, mandatory: true, ..Self::error(code, summary, why, page) }
    }

    /// Declares that the tool has fixes for the rule's findings.
    #[must_use]
    pub const fn fixed(self, fixable: Fixable) -> Self {
        Self { fixable, ..self }
    }

    /// Declares a severity.
    #[must_use]
    pub const fn severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// Declares a role besides reporting.
    #[must_use]
    pub const fn role(self, role: RuleRole) -> Self {
        Self { role, ..self }
    }
}
