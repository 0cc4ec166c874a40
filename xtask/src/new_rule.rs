//! The files of a new rule.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use clap::Args;

use crate::generate::eprint;

/// The arguments of `new-rule`.
#[derive(Debug, Args)]
pub(crate) struct NewRule {
    /// The subject: a folder of `src/rules`, such as `time`
    subject: String,
    /// The fault in kebab case, such as `late-summary`; it should read well after "allow"
    code: String,
}

pub(crate) fn run(root: &Path, NewRule { subject, code }: &NewRule) -> anyhow::Result<()> {
    let is_code = code.split('-').all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase()));
    ensure!(is_code, "`{code}` is not a code: write words of lower-case letters with hyphens, such as `late-summary`");
    let rules = root.join("src/rules");
    let folder = rules.join(subject);
    let list = folder.join("mod.rs");
    if !list.is_file() {
        bail!("`{subject}` is no subject; the subjects are {}", subjects(&rules)?.join(", "));
    }
    let name = code.replace('-', "_");
    let text = fs::read_to_string(&list)?;
    let with_the_rule = listed(&text, &name).with_context(|| format!("src/rules/{subject}/mod.rs has no list"))?;
    let (module, page) = (folder.join(format!("{name}.rs")), folder.join(format!("{name}.md")));
    for path in [&module, &page] {
        ensure!(!path.exists(), "{} exists already", path.display());
    }
    fs::write(&module, module_text(code, &name))?;
    fs::write(&page, page_text(code))?;
    fs::write(&list, with_the_rule)?;
    eprint(&format!(
        "made src/rules/{subject}/{name}.rs and src/rules/{subject}/{name}.md, and listed `{name}` in src/rules/{subject}/mod.rs\n\
         next: write the page, then the check; `cargo test page_of::{name}` says what is missing\n\
         then: `INSTA_UPDATE=always cargo test page_of::{name}` writes the snapshot, a line in tests/it/rules/seeds.json sows the \
         fault in a real record, and `cargo xtask generate` lists the rule in docs/rules.md; docs/development.md has every step"
    ));
    Ok(())
}

/// The names of the folders with a list of rules, sorted.
fn subjects(rules: &Path) -> anyhow::Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(rules)?
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("mod.rs").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

/// The source of a subject with one more rule, after all others.
fn listed(text: &str, name: &str) -> Option<String> {
    let end = text.find("subject!").and_then(|start| text[start..].find("\n}").map(|end| start + end))?;
    Some(format!("{}\n    Alone: {name};{}", &text[..end], &text[end..]))
}

fn module_text(code: &str, name: &str) -> String {
    format!(
        r#"//! `{code}`: see the page beside this file.

use crate::lint::{{AloneContext, Findings, Rule}};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "{code}",
    "the fault in a few words",
    "why the fault matters, in one sentence",
    include_str!("{name}.md"),
);

/// Checks one record: say here what is checked, and when the rule reports a finding.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {{
    let _ = (context, findings);
}}
"#
    )
}

fn page_text(code: &str) -> String {
    format!(
        r#"# {code}

## What it finds

Still to be written: the fault, and what is no fault although it looks like one.

## Why it matters

Still to be written: what a reader of the data would get wrong.

## How to fix it

Still to be written: what to type, or to look up.

## Examples

Still to be written: an invalid example that this rule alone reports, and a valid one. A fragment needs only `kind` and the
fields that matter; the rest comes from a template.

```json invalid
{{ "kind": "event" }}
```

```json valid
{{ "kind": "event" }}
```
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_added_at_the_end_of_its_list() {
        let text = "//! Dates.\n\nsubject! { each_time_rule {\n    Record: a b;\n} }\n\nfn other() {\n}\n";
        let expected =
            "//! Dates.\n\nsubject! { each_time_rule {\n    Record: a b;\n    Alone: c;\n} }\n\nfn other() {\n}\n";
        assert_eq!(listed(text, "c").as_deref(), Some(expected));
        assert_eq!(listed("fn other() {}\n", "c"), None);
    }
}
