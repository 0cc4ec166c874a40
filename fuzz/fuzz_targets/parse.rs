//! Any bytes as JSON: see `comity_fuzz::parse`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| comity_fuzz::parse(data));
