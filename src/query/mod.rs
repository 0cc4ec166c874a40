//! Questions about records: when, for whom, from which sources, who refers to whom, how many. Rules and the commands
//! `stats` and `show` share these functions, so that each question has one answer. No function of this module reports a
//! finding.

pub mod claims;
pub mod links;
pub mod provenance;
pub mod sides;
pub mod stats;
pub mod time;
