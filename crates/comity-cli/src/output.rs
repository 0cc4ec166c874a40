//! Streams and the terminal: results go to standard output, everything else to standard error. All output of the program
//! passes through this module, which escapes whatever a terminal or GitHub's runner would obey. Callers and the texts of
//! errors therefore escape nothing.

use std::io::{self, IsTerminal, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::ValueEnum;
use comity::render::{DiffFormat, DiffView, Display, Format, RunnerWriter, Syntax, annotation, visible, visible_lines};
use comity::report::Report;
use comity_document::input::Position;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal. `NO_COLOR` switches colour off; `FORCE_COLOR` and `CLICOLOR_FORCE` switch it on elsewhere too
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How much is said on standard error beside errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verbosity {
    /// Nothing.
    Quiet,
    /// Notes: what a person should know of the run.
    Usual,
    /// Notes, and details of the run.
    Verbose,
}

/// Set once, before anything is printed.
static VERBOSITY: OnceLock<Verbosity> = OnceLock::new();

/// Sets how much is said. Only the first call counts.
pub(crate) fn set_verbosity(verbosity: Verbosity) {
    let _ = VERBOSITY.set(verbosity);
}

fn verbosity() -> Verbosity {
    VERBOSITY.get().copied().unwrap_or(Verbosity::Usual)
}

/// Whether `--quiet` was given.
pub(crate) fn is_quiet() -> bool {
    verbosity() == Verbosity::Quiet
}

/// Standard output, buffered.
#[derive(Debug)]
pub(crate) struct Output {
    stream: RunnerWriter<io::BufWriter<Stdout>>,
    /// Whether to write colour.
    colour: bool,
    /// The width of excerpts, in columns.
    width: usize,
    /// Whether GitHub's runner reads the output.
    pub(crate) in_actions: bool,
}

impl Output {
    pub(crate) fn new(when: Color) -> Self {
        let colour = match when {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_coloured_by_default(),
        };
        let stream = RunnerWriter::new(io::BufWriter::new(Stdout(io::stdout())), Syntax::Text);
        Self { stream, colour, width: width(), in_actions: in_actions() }
    }

    /// Writes a text of several lines. A name that may come from a stranger is written by [`line`](Self::line), or passes
    /// through [`visible`] first: a line break in the name would begin a new line.
    pub(crate) fn write(&mut self, text: &str) -> io::Result<()> {
        let text = visible_lines(text);
        if self.in_actions {
            self.stream.write_all(text.as_bytes()).map_err(|error| of_stdout(&error))
        } else {
            self.raw(&text)
        }
    }

    /// Writes one line; line breaks in the text are escaped.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        self.write(&format!("{}\n", visible(text)))
    }

    /// Writes JSON for a program. Hidden characters are escaped only where a person or GitHub's runner reads the output, so
    /// that elsewhere no byte changes.
    pub(crate) fn data(&mut self, json: &str) -> io::Result<()> {
        if self.in_actions {
            let mut stream = RunnerWriter::new(self.stream.get_mut(), Syntax::Json);
            return stream.write_all(json.as_bytes()).map_err(|error| of_stdout(&error));
        }
        if is_terminal() { self.write(json) } else { self.raw(json) }
    }

    /// Writes a script of the program's own, which holds nothing of a stranger.
    pub(crate) fn script(&mut self, script: &[u8]) -> io::Result<()> {
        self.stream.get_mut().write_all(script).map_err(|error| of_stdout(&error))
    }

    /// Writes a JSON document whose writer escapes hidden characters.
    pub(crate) fn json(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let mut json = Vec::new();
        write(&mut json)?;
        self.data(&String::from_utf8_lossy(&json))
    }

    /// Writes a report. The renderer escapes the texts that it quotes.
    pub(crate) fn report(&mut self, report: &Report, format: Format) -> io::Result<()> {
        let display = Display { colour: self.colour, width: self.width, in_actions: self.in_actions };
        format.render(report, display, self.stream.get_mut()).map_err(|error| of_stdout(&error))
    }

    /// Writes Markdown in which every quoted text is escaped, with [`comity::render::markdown_text`].
    pub(crate) fn markdown(&mut self, text: &str) -> io::Result<()> {
        self.raw(text)
    }

    /// Writes a diff. The renderer escapes the texts that it quotes.
    pub(crate) fn diff(&mut self, view: DiffView<'_>, format: DiffFormat) -> io::Result<()> {
        let display = Display { colour: self.colour, width: self.width, in_actions: self.in_actions };
        format.render(view, display, self.stream.get_mut()).map_err(|error| of_stdout(&error))
    }

    /// Writes an annotation for GitHub's runner, which escapes by itself what it quotes.
    pub(crate) fn annotate(&mut self, path: &str, at: Position, message: &str) -> io::Result<()> {
        annotation(path, at, message, self.stream.get_mut())
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.stream.flush().map_err(|error| of_stdout(&error))
    }

    /// Clears the screen, where there is one.
    pub(crate) fn clear(&mut self) -> io::Result<()> {
        if is_terminal() { self.raw("\x1b[H\x1b[2J") } else { Ok(()) }
    }

    fn raw(&mut self, text: &str) -> io::Result<()> {
        self.stream.get_mut().write_all(text.as_bytes()).map_err(|error| of_stdout(&error))
    }
}

/// An error of standard output that says where it occurred.
fn of_stdout(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("standard output cannot be written: {error}"))
}

/// Whether to write colour where the command line does not say. `NO_COLOR` comes first, then `FORCE_COLOR` (of which `0` and
/// `false` mean no), then `CLICOLOR_FORCE`, `CLICOLOR` and the terminal. An empty variable counts as unset.
fn is_coloured_by_default() -> bool {
    let is_set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    match (is_set("NO_COLOR"), is_set("FORCE_COLOR")) {
        (None, Some(force)) => force != "0" && force != "false",
        (None, None) if is_set("CLICOLOR_FORCE").is_some_and(|force| force == "0") => {
            io::stdout().is_terminal() && is_set("CLICOLOR").is_none_or(|colour| colour != "0")
        }
        _ => !matches!(anstream::AutoStream::choice(&io::stdout()), anstream::ColorChoice::Never),
    }
}

/// Whether GitHub's runner reads what is written.
pub(crate) fn in_actions() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| !value.is_empty() && value != "false")
}

/// Whether a person sees standard output.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether a person can be asked: both the answers and the questions go through a terminal.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// The width of the terminal in columns; 120 where there is none, so that piped output is the same everywhere.
fn width() -> usize {
    if !is_terminal() {
        return 120;
    }
    terminal_size::terminal_size().map_or(100, |(terminal_size::Width(columns), _)| usize::from(columns))
}

/// Writes what a shell offers while a command line is being typed. The candidates are escaped already; what stands between
/// them belongs to the shell.
pub(crate) fn write_candidates(candidates: &[u8]) {
    let _ = io::stdout().lock().write_all(candidates);
}

/// Writes one line to standard error; line breaks in the text are escaped. A failure has nobody to be reported to.
pub(crate) fn eprint_line(text: &str) {
    let line = format!("{}\n", visible(text));
    let mut stream = io::stderr().lock();
    let _ = if in_actions() {
        RunnerWriter::new(stream, Syntax::Text).write_all(line.as_bytes())
    } else {
        stream.write_all(line.as_bytes())
    };
}

/// Writes a line about the run to standard error, unless `--quiet` was given.
pub(crate) fn note(text: &str) {
    if !is_quiet() {
        eprint_line(text);
    }
}

/// Writes a detail of the run to standard error, where `--verbose` was given.
pub(crate) fn detail(text: impl FnOnce() -> String) {
    if verbosity() == Verbosity::Verbose {
        eprint_line(&text());
    }
}

/// Standard output, whose reader may have seen enough, as `head` has. What follows is then dropped, and the command goes on
/// to the end: its work is done whole, and its exit status says what was found.
#[derive(Debug)]
struct Stdout(io::Stdout);

static CLOSED: AtomicBool = AtomicBool::new(false);

/// Whether nobody reads standard output any more.
pub(crate) fn is_closed() -> bool {
    CLOSED.load(Ordering::Relaxed)
}

/// What was asked for, or `dropped` where that failed because the reader is gone.
fn unless_closed<T>(done: io::Result<T>, dropped: T) -> io::Result<T> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            CLOSED.store(true, Ordering::Relaxed);
            Ok(dropped)
        }
        done => done,
    }
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if is_closed() { Ok(bytes.len()) } else { unless_closed(self.0.write(bytes), bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        unless_closed(self.0.flush(), ())
    }
}

/// A bar on standard error, for work that takes longer than half a second in front of a person.
#[derive(Debug)]
pub(crate) struct Progress {
    /// `None` where there is no terminal: elsewhere asking for the time once a file would cost more than it shows.
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
