//! Questions about records: what a name means, when, where, for whom, from which sources, who refers to whom, how many. Rules and the commands
//! `stats` and `show` share these functions, so that each question has one answer. No function of this module reports a
//! finding.

pub mod claims;
pub mod disputes;
pub mod figures;
pub mod filter;
pub mod frame;
pub mod ground;
pub mod grounds;
pub mod links;
pub mod names;
pub mod provenance;
pub mod search;
pub mod shown;
pub mod sides;
pub mod states;
pub mod stats;
pub mod time;
pub mod voices;
