//! The formats of a report, and the one way to write a report in any of them.

use std::io;

use super::{RunnerWriter, Syntax, concise, github, gitlab, human, json, junit, markdown, sarif};
use crate::report::Report;

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// With the text each finding stands in
    Human,
    /// A line each
    Concise,
    /// The report as JSON, version 1
    Json,
    /// Annotations for GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// `JUnit` XML, for CI servers
    Junit,
    /// Markdown, for a pull request
    Markdown,
}

/// Where a report will be shown.
#[derive(Debug, Clone, Copy)]
pub struct Display {
    /// Whether a person sees colour; only [`Format::Human`] has any.
    pub colour: bool,
    /// The columns of the terminal; only [`Format::Human`] needs them.
    pub width: usize,
    /// Whether GitHub's runner may read the text, so that nothing in the text may look like a command.
    pub in_actions: bool,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 8] =
        [Self::Human, Self::Concise, Self::Json, Self::Github, Self::Gitlab, Self::Sarif, Self::Junit, Self::Markdown];

    /// Writes the report in this format.
    ///
    /// # Errors
    /// When `out` cannot be written.
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

    /// How a character is escaped in this format.
    pub fn syntax(self) -> Syntax {
        match self {
            Self::Human | Self::Concise => Syntax::Text,
            Self::Json | Self::Gitlab | Self::Sarif => Syntax::Json,
            Self::Github => Syntax::Commands,
            Self::Junit | Self::Markdown => Syntax::Xml,
        }
    }

    /// Whether a person reads the format, so that the closing line may follow.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Human | Self::Concise)
    }
}
