//! Questions about records: when, for whom, from which sources, who refers to whom, how many. Rules and the commands `stats`
//! and `show` ask them here, so that each question has one answer. Nothing here reports a finding.

pub mod links;
pub mod provenance;
pub mod sides;
pub mod stats;
pub mod time;
