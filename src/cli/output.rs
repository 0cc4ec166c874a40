//! Streams and the terminal: results to standard output, everything else to standard error. All that leaves the program
//! goes through here, and here what a terminal or GitHub's runner would obey is escaped, whatever the caller has put into
//! the text.

use std::io::{self, IsTerminal, Write};

use super::Color;
use crate::render::{Display, Format, RunnerWriter, Syntax, visible, visible_lines};
use crate::report::Report;

/// Standard output, buffered; with colour where it is wanted.
#[derive(Debug)]
pub(super) struct Output {
    stream: RunnerWriter<io::BufWriter<io::Stdout>>,
    /// Whether to write colour.
    colour: bool,
    /// Columns to draw in.
    width: usize,
    /// Whether GitHub's runner reads what is written.
    pub(super) in_actions: bool,
}

impl Output {
    pub(super) fn new(when: Color) -> Self {
        let colour = match when {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let choice = anstream::AutoStream::choice(&io::stdout());
                !matches!(choice, anstream::ColorChoice::Never)
            }
        };
        let stream = RunnerWriter::new(io::BufWriter::new(io::stdout()), Syntax::Text);
        Self { stream, colour, width: width(), in_actions: in_actions() }
    }

    /// Writes a text of several lines. What a stranger may have named stands in a [`line`](Self::line) of its own, or
    /// goes through [`visible`] first: a line break in a name would begin another line here.
    pub(super) fn write(&mut self, text: &str) -> io::Result<()> {
        let text = visible_lines(text);
        if self.in_actions { self.stream.write_all(text.as_bytes()) } else { self.raw(&text) }
    }

    /// Writes one line, whatever is in the text.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        self.write(&format!("{}\n", visible(text)))
    }

    /// Writes a report, which escapes by itself what it quotes.
    pub(super) fn report(&mut self, report: &Report, format: Format) -> io::Result<()> {
        let display = Display { colour: self.colour, width: self.width, in_actions: self.in_actions };
        format.render(report, display, self.stream.get_mut())
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }

    /// Wipes the screen, where there is one.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        if is_terminal() { self.raw("\x1b[H\x1b[2J") } else { Ok(()) }
    }

    fn raw(&mut self, text: &str) -> io::Result<()> {
        self.stream.get_mut().write_all(text.as_bytes())
    }
}

/// Whether GitHub's runner reads what is written.
pub(super) fn in_actions() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| !value.is_empty() && value != "false")
}

/// Whether a person sees standard output.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// The terminal's columns; 120 where there is none, so that what is piped does not depend on where it was made.
fn width() -> usize {
    if !is_terminal() {
        return 120;
    }
    terminal_size::terminal_size().map_or(100, |(terminal_size::Width(columns), _)| usize::from(columns))
}

/// One line to standard error, whatever is in the text. Where even that is closed there is nobody left to tell.
pub(super) fn complain(text: &str) {
    let line = format!("{}\n", visible(text));
    let mut stream = io::stderr().lock();
    let _ = if in_actions() {
        RunnerWriter::new(stream, Syntax::Text).write_all(line.as_bytes())
    } else {
        stream.write_all(line.as_bytes())
    };
}

/// Whether an error only says that nobody reads any more.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}

/// A bar on standard error, for work that takes longer than half a second in front of a person.
#[derive(Debug)]
pub(super) struct Progress {
    /// On a terminal only: elsewhere not even the time is asked for, once a file.
    bar: Option<indicatif::ProgressBar>,
    begun: std::time::Instant,
}

impl Progress {
    pub(super) fn new(files: usize) -> Self {
        let hidden = indicatif::ProgressDrawTarget::hidden();
        let bar = || indicatif::ProgressBar::with_draw_target(Some(files as u64), hidden);
        Self { bar: io::stderr().is_terminal().then(bar), begun: std::time::Instant::now() }
    }

    pub(super) fn advance(&self) {
        let Some(bar) = &self.bar else { return };
        bar.inc(1);
        if bar.is_hidden() && self.begun.elapsed().as_millis() > 500 {
            bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.iter().for_each(indicatif::ProgressBar::finish_and_clear);
    }
}
