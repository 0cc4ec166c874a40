//! [`Format`]: the list of all output formats, and the one way to write a report in any of them.

use std::io;

use super::{RunnerWriter, Syntax, concise, github, gitlab, human, json, junit, markdown, sarif};
use crate::report::Report;

/// An output format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a person at a terminal; see [`human`].
    Human,
    /// For editors and for grep; see [`concise`].
    Concise,
    /// For programs; see [`json`].
    Json,
    /// For GitHub Actions; see [`github`].
    Github,
    /// For GitLab; see [`gitlab`].
    Gitlab,
    /// For code scanning; see [`sarif`].
    Sarif,
    /// For CI servers; see [`junit`].
    Junit,
    /// For a pull request; see [`markdown`].
    Markdown,
}

/// How a report will be shown.
#[derive(Debug, Clone, Copy)]
pub struct Display {
    /// Whether to write colour; only [`Format::Human`] has any.
    pub colour: bool,
    /// The width of the terminal in columns; only [`Format::Human`] has one.
    pub width: usize,
    /// Whether GitHub's runner may read the output, so that nothing from a record may look like a workflow command.
    pub in_actions: bool,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 8] =
        [Self::Human, Self::Concise, Self::Json, Self::Github, Self::Gitlab, Self::Sarif, Self::Junit, Self::Markdown];

    /// The name of the format, as `--format` takes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Markdown => "markdown",
        }
    }

    /// A few words for the help: what the format is, or what it is for.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Human => "Each finding with the lines it is about",
            Self::Concise => "One line a finding",
            Self::Json => "The report as JSON, version 1",
            Self::Github => "Annotations for GitHub Actions",
            Self::Gitlab => "GitLab's code quality report",
            Self::Sarif => "SARIF 2.1.0, for code scanning",
            Self::Junit => "JUnit XML, for CI servers",
            Self::Markdown => "Markdown of at most 60 KB, for a pull request",
        }
    }

    /// The format that a file with this name has; `None` where the name does not say.
    pub fn of_file(name: &str) -> Option<Self> {
        if name == "gl-code-quality-report.json" {
            return Some(Self::Gitlab);
        }
        let by_ending = [
            (".sarif", Self::Sarif),
            (".sarif.json", Self::Sarif),
            (".json", Self::Json),
            (".xml", Self::Junit),
            (".md", Self::Markdown),
            (".txt", Self::Human),
        ];
        let name = name.to_ascii_lowercase();
        by_ending.into_iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, format)| format)
    }

    /// Writes a report in this format.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn render(self, report: &Report, display: Display, out: &mut dyn io::Write) -> io::Result<()> {
        if display.in_actions {
            return self.write(report, display, &mut RunnerWriter::new(out, self.syntax()));
        }
        self.write(report, display, out)
    }

    fn write(self, report: &Report, display: Display, out: &mut dyn io::Write) -> io::Result<()> {
        match self {
            Self::Human => human(report, display.colour, display.width, out),
            Self::Concise => concise(report, out),
            Self::Json => json(report, out),
            Self::Github => github(report, out),
            Self::Gitlab => gitlab(report, out),
            Self::Sarif => sarif(report, out),
            Self::Junit => junit(report, out),
            Self::Markdown => markdown(report, out),
        }
    }

    /// The syntax of the format, which decides how a character is escaped.
    pub fn syntax(self) -> Syntax {
        match self {
            Self::Human | Self::Concise => Syntax::Text,
            Self::Json | Self::Gitlab | Self::Sarif => Syntax::Json,
            Self::Github => Syntax::Commands,
            Self::Junit | Self::Markdown => Syntax::Xml,
        }
    }

    /// Whether the format is for a person, so that a closing line may follow on the same stream.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Human | Self::Concise)
    }
}
