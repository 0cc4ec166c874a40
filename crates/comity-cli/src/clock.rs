//! The clock of the machine.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use comity::value::Day;

/// The current day in UTC, by the clock of the machine.
pub(crate) fn today() -> anyhow::Result<Day> {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .context("the clock of this machine shows a year before 1970")?
        .as_secs();
    Ok(Day::from_count(
        i32::try_from(seconds / 86_400).context("the clock of this machine shows a year that no date can have")?,
    ))
}
