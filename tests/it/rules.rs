//! The rules as a whole: the page that lists them, what they find in the shipped data, and what they find in the examples of
//! one another.

use std::fs;
use std::path::Path;

use comity::rules::RULES;

use crate::tool::Folder;

#[test]
fn the_page_of_all_rules_is_what_the_list_makes() {
    let made = Folder::empty().run(&["rules", "--format", "markdown"]);
    assert_eq!(made.code, Some(0), "{made:?}");
    for (rule, _) in RULES {
        assert_eq!(made.out.matches(&format!("[`{}`]", rule.code)).count(), 1, "{} stands there once", rule.code);
    }
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md")).unwrap_or_default();
    assert!(
        page == made.out,
        "docs/rules.md is not what the list makes: run `cargo run -- rules --format markdown > docs/rules.md`"
    );
}
