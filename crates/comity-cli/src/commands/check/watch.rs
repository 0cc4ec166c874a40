//! `--watch`: checks again at each save.

use std::time::Instant;

use comity::render;

use super::{CheckArgs, CheckRun, Limit};
use crate::closing::closing;
use crate::commands::{Done, End};
use crate::load::{Overlay, Roots};
use crate::output::{self, Output, eprint_line, note};
use crate::watch::Saves;

/// Checks again at each save. A first check that cannot run ends the program, as it does without `--watch`. A later one
/// waits for the next save: `dataset.json` may be half written.
pub(super) fn watch(args: &CheckArgs, roots: Roots, output: &mut Output) -> Done {
    let mut saves = Saves::of(&roots)?;
    let mut run = CheckRun { args, roots, today: args.today()? };
    let (mut seen, mut failure) = (None, String::new());
    loop {
        let begun = Instant::now();
        run.today = args.today()?;
        match run.check(&Overlay::new(), Limit::Report) {
            Ok((loaded, mut report)) => {
                // After a save that changed nothing, nothing is printed.
                let mut findings = Vec::new();
                render::concise(&report, &mut findings)?;
                let now = (loaded.fingerprints(), findings, closing(&report, 0.0));
                if seen.as_ref() != Some(&now) {
                    output.clear()?;
                    let closing = closing(&report, begun.elapsed().as_secs_f64());
                    let target = args.report.open(&run.roots.trusted)?;
                    args.report.write(&mut report, &closing, target, output)?;
                    output.flush()?;
                    if output::is_closed() {
                        return Ok(End::Clean);
                    }
                    loaded.note_left_over();
                    note("waiting for the next save; Ctrl-C ends");
                }
                seen = Some(now);
                failure.clear();
            }
            Err(error) if seen.is_none() && failure.is_empty() => return Err(error),
            Err(error) => {
                let now = format!("error: {error:#}");
                if now != failure {
                    output.clear()?;
                    output.flush()?;
                    eprint_line(&now);
                    note("waiting until that is fixed; Ctrl-C ends");
                }
                (seen, failure) = (None, now);
            }
        }
        saves.wait()?;
    }
}
