//! Texts that make parsing costly.

use std::fmt::Write as _;

use comity::dataset::{FILE_LIMIT, LINE_LIMIT};
use comity::lint::FINDING_LIMIT;
use comity_document::document::MEMBERS;
use serde_json::{Value, json};

use super::{HOSTILE, file_told, is_counted};
use crate::world::file;

#[test]
fn a_hundred_thousand_open_brackets() {
    file_told(HOSTILE, "[".repeat(100_000), "too-large");
    file_told(HOSTILE, "{\"a\":".repeat(100_000), "too-large");
}

#[test]
fn a_file_of_fifty_mebibytes() {
    let findings = file_told(HOSTILE, vec![b' '; 50 << 20], "too-large");
    assert_eq!(findings.len(), 1);
    let at_the_limit = format!("{{}}{}", " ".repeat(FILE_LIMIT - 2));
    file_told(HOSTILE, &at_the_limit, "missing-field");
    file_told(HOSTILE, at_the_limit + " ", "too-large");
}

#[test]
fn bytes_that_are_not_utf8() {
    file_told(HOSTILE, b"{ \"names\": { \"en\": \"caf\xe9\" } }", "not-utf8");
    file_told(HOSTILE, b"\xff\xfe{\0}\0", "not-utf8");
    file_told(HOSTILE, b"", "syntax");
    file_told(HOSTILE, b"\0\0\0\0", "syntax");
}

#[test]
fn comments_without_end() {
    let findings = file_told(HOSTILE, format!("{{{}}}", "/**/".repeat(1_000_000)), "syntax");
    assert!(is_counted(&findings));
}

/// Each wrong mark made the parser read the rest of the line, which is the rest of the file.
#[test]
fn wrong_quotation_marks_on_one_line() {
    for (item, is_habit) in [("'a'", true), ("“a”", true), ("«a“", true), ("a", false), ("1 1", false), ("[1,]", false)]
    {
        let list = format!("[{}]", vec![item; MEMBERS / 2].join(","));
        let findings = file_told(HOSTILE, format!("[{}]", vec![list; 20].join(",")), "syntax");
        // A habit is one finding, beside the one that says that there are too many faults.
        let is_one = findings.len() == 2
            && findings[0]["message"]
                .as_str()
                .is_some_and(|text| text.ends_with("more places of this record have this fault"));
        assert_eq!((is_counted(&findings), is_one), (!is_habit, is_habit), "{item}: {}", findings.len());
    }
}

#[test]
fn keys_beyond_number() {
    let object = |n: usize, key: &dyn Fn(usize) -> String| {
        let mut text = String::from("{");
        for index in 0..n {
            let _ = write!(text, "\"{}\":1,", key(index));
        }
        text + "\"last\":1}"
    };
    file_told(HOSTILE, object(400_000, &|index| format!("k{index}")), "too-large");
    file_told(HOSTILE, object(10_000, &|_| "same".to_owned()), "duplicate-key");
    // The key that is repeated stands last of all that are looked through.
    let late = |index: usize| format!("k{}", index.min(MEMBERS - 2));
    file_told(HOSTILE, object(300_000, &late), "duplicate-key");
}

#[test]
fn a_line_at_the_limit_and_one_over_it() {
    let line = |id: &str, length: usize| {
        let (_, text) = file(&json!({ "kind": "event", "id": id }));
        let text = serde_json::from_str::<Value>(&text).expect("JSON").to_string();
        format!("{}{}}}", &text[..text.len() - 1], " ".repeat(length.saturating_sub(text.len())))
    };
    let path = "data/lines.ndjson";
    let lines = [line("first", LINE_LIMIT), line("second", LINE_LIMIT + 1), line("third", 0)].join("\n");
    let findings = file_told(path, lines, "too-large");
    let lines_of = |rule: &str| -> Vec<&Value> {
        findings.iter().filter(|item| item["rule"] == rule).map(|item| &item["start"]["line"]).collect()
    };
    assert_eq!(lines_of("too-large"), [&json!(2)]);
    assert_eq!(lines_of("non-canonical"), [&json!(1)], "the first is read, and the third is as it should be");
}

/// The file ends in the piece that is read with the end of the long line.
#[test]
fn the_last_lines_after_a_line_that_is_longer_than_what_is_read_at_once() {
    let text = format!("{}\nbad\nworse", "x".repeat(20 << 20));
    let findings = file_told("data/lines.ndjson", text, "too-large");
    let lines: Vec<&Value> = findings.iter().map(|item| &item["start"]["line"]).collect();
    assert_eq!(lines, [&json!(1), &json!(2), &json!(3)]);
}

/// Longer than what is read at once: what follows in the same breath is not lost with it.
#[test]
fn lines_longer_than_what_is_read_at_once() {
    let path = "data/lines.ndjson";
    let long = "x".repeat(20 << 20);
    let findings = file_told(path, format!("{long}\nbad\n\n{long}\nworse\n{long}"), "too-large");
    let told: Vec<(&Value, &Value)> = findings.iter().map(|item| (&item["rule"], &item["start"]["line"])).collect();
    let (large, syntax) = (json!("too-large"), json!("syntax"));
    let expected =
        [(&large, &json!(1)), (&syntax, &json!(2)), (&large, &json!(4)), (&syntax, &json!(5)), (&large, &json!(6))];
    assert_eq!(told, expected);
    assert_eq!(findings[3]["start"]["offset"], json!((20 << 20) * 2 + 7));
}

/// Each was kept with all that is wrong with it: a million took three gigabytes.
#[test]
fn lines_beyond_number_that_are_no_records() {
    for (line, rule) in [
        ("bad\n", "syntax"),
        ("{}\n", "missing-field"),
        ("{\"kind\":\"event\"}\n", "missing-field"),
        ("{\"kind\":\"event\",\"id\":\"abc\"}\n", "missing-field"),
    ] {
        let findings = file_told("data/lines.ndjson", line.repeat(20_000), rule);
        let counts = findings.iter().filter(|item| item["rule"] == "too-large").count();
        assert!(counts > 0 && findings.len() - counts <= FINDING_LIMIT, "{line}: {}", findings.len());
    }
}

/// Each reference that leads nowhere was held to every id there is.
#[test]
fn lines_beyond_number_that_refer_to_nothing() {
    let line = |n: usize| {
        let (_, text) = file(&json!({ "kind": "theme", "id": format!("theme-{n}"), "broader": format!("theme-x{n}") }));
        serde_json::from_str::<Value>(&text).expect("JSON").to_string() + "\n"
    };
    let findings = file_told("data/lines.ndjson", (0..5_000).map(line).collect::<String>(), "dangling-reference");
    let shown = findings.iter().filter(|item| item["rule"] != "too-large").count();
    assert_eq!((shown, findings.len()), (FINDING_LIMIT, FINDING_LIMIT + 1));
}

/// Lists of lists: each value takes many times the bytes it was written with.
#[test]
fn values_beyond_number() {
    for value in ["1", "{}", "\"\""] {
        let list = format!("[{}]", vec![value; MEMBERS - 1].join(","));
        let lists = format!("[{}]", vec![list; 100].join(","));
        file_told(HOSTILE, &lists, "too-large");
        let says = format!("{{\"evidence\":{{\"a-report\":{{\"says\":{{\"/names\":{lists}}}}}}}}}");
        file_told(HOSTILE, says, "too-large");
    }
}

#[test]
fn a_bad_byte_in_one_line_of_many() {
    let mut text = b"bad\n".repeat(6);
    text.extend(b"caf\xe9\nbad\n");
    let findings = file_told("data/lines.ndjson", text, "not-utf8");
    let line = |item: &Value| item["start"]["line"].as_u64().expect("a line");
    let bad = findings.iter().find(|item| item["rule"] == "not-utf8").expect("the bad one");
    assert_eq!((findings.len(), line(bad)), (8, 7));
    assert!(bad["message"].as_str().is_some_and(|message| message.contains("line 7")), "not of the line: {bad}");
}
