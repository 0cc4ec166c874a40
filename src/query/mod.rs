//! Questions about records: what is meant by a name, when, for whom, from which sources, how many. Rules and the commands `stats` and `show` ask them
//! here, so that each question has one answer. Nothing here reports a finding.

pub mod filter;
pub mod names;
pub mod provenance;
pub mod search;
pub mod sides;
pub mod stats;
pub mod time;
