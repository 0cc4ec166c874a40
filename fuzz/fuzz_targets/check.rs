//! Any bytes as a record of each kind: see `comity_fuzz::check`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| comity_fuzz::check(data));
