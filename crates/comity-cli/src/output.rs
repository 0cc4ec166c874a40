//! Streams and the terminal: results to standard output, everything else to standard error.

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Standard output, buffered; with colour where it is wanted.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) stream: io::BufWriter<io::Stdout>,
    /// Whether to write colour.
    pub(crate) colour: bool,
    /// Columns to draw in.
    pub(crate) width: usize,
}

impl Output {
    pub(crate) fn new(when: Color) -> Self {
        let colour = match when {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let choice = anstream::AutoStream::choice(&io::stdout());
                !matches!(choice, anstream::ColorChoice::Never)
            }
        };
        Self { stream: io::BufWriter::new(io::stdout()), colour, width: width() }
    }

    pub(crate) fn write(&mut self, text: &str) -> io::Result<()> {
        self.stream.write_all(text.as_bytes())
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }

    /// Wipes the screen, where there is one.
    pub(crate) fn clear(&mut self) -> io::Result<()> {
        if is_terminal() { self.write("\x1b[H\x1b[2J") } else { Ok(()) }
    }
}

/// Whether a person sees standard output.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// The terminal's columns; 120 where there is none, so that what is piped does not depend on where it was made.
fn width() -> usize {
    if !is_terminal() {
        return 120;
    }
    terminal_size::terminal_size().map_or(100, |(terminal_size::Width(columns), _)| usize::from(columns))
}

/// A line to standard error. Where even that is closed there is nobody left to tell.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Whether an error only says that nobody reads any more.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}

/// A bar on standard error, for work that takes longer than half a second in front of a person.
#[derive(Debug)]
pub(crate) struct Progress {
    /// On a terminal only: elsewhere not even the time is asked for, once a file.
    bar: Option<indicatif::ProgressBar>,
    begun: std::time::Instant,
}

impl Progress {
    pub(crate) fn new(files: usize) -> Self {
        let hidden = indicatif::ProgressDrawTarget::hidden();
        let bar = || indicatif::ProgressBar::with_draw_target(Some(files as u64), hidden);
        Self { bar: io::stderr().is_terminal().then(bar), begun: std::time::Instant::now() }
    }

    pub(crate) fn advance(&self) {
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
