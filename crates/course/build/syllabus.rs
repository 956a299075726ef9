//! The syllabus: which facts and sections there are. Its texts stay out of the page.

use crate::findings::{Findings, Reader, Source};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// One section of the course.
struct Section {
    number: String,
    title: String,
    facts: u32,
}

/// All facts and sections, in the order of the file.
#[derive(Default)]
pub struct Syllabus {
    sections: Vec<Section>,
    by_number: BTreeMap<String, usize>,
    facts: BTreeSet<String>,
}

impl Syllabus {
    /// Reads the facts of `sources`.
    pub fn read<'a>(sources: impl Iterator<Item = &'a Source>, findings: &mut Findings) -> Self {
        let mut syllabus = Syllabus::default();
        for source in sources {
            match source.text.parse::<toml::Table>() {
                Ok(table) => syllabus.add(&table, &source.name, findings),
                Err(error) => findings.add(&source.name, format!("is no TOML: {error}")),
            }
        }
        syllabus
    }

    fn add(&mut self, table: &toml::Table, file: &str, findings: &mut Findings) {
        let mut top = Reader::new(table, file, "");
        for fact in top.tables("fact", findings) {
            let mut reader = Reader::new(
                fact,
                file,
                fact.get("id")
                    .map_or_else(String::new, |id| format!("fact {id}")),
            );
            let id = reader.text("id", findings);
            let number = reader.text("section", findings);
            let title = reader.text("title", findings);
            reader.text("text", findings);
            let kind = reader.text("kind", findings);
            if !KINDS.contains(&kind.as_str()) {
                reader.complain(
                    findings,
                    format!("`kind` must be one of {}", KINDS.join(", ")),
                );
            }
            let simulate = reader.flag("simulate", findings);
            let how = reader.optional_text("how", findings);
            if simulate && how.is_none() {
                reader.complain(findings, "the lab can show it, so `how` must say how");
            }
            let today = reader.optional_text("today", findings);
            let source = reader.optional_text("source", findings);
            if today.is_some() != source.is_some() {
                reader.complain(findings, "`today` and `source` belong together");
            }
            if !id.starts_with(&format!("{number}-")) {
                reader.complain(
                    findings,
                    format!("the id must begin with its section, `{number}-`"),
                );
            }
            if !self.facts.insert(id) {
                reader.complain(findings, "there are two facts with this id");
            }
            self.count(&reader, number, title, findings);
            reader.finish(findings);
        }
        top.finish(findings);
    }

    fn count(
        &mut self,
        reader: &Reader<'_>,
        number: String,
        title: String,
        findings: &mut Findings,
    ) {
        if let Some(section) = self
            .by_number
            .get(&number)
            .and_then(|at| self.sections.get_mut(*at))
        {
            section.facts += 1;
            if section.title != title {
                reader.complain(findings, format!("section {number} has two titles"));
            }
            return;
        }
        self.by_number.insert(number.clone(), self.sections.len());
        self.sections.push(Section {
            number,
            title,
            facts: 1,
        });
    }

    /// Whether there is such a fact.
    pub fn has_fact(&self, id: &str) -> bool {
        self.facts.contains(id)
    }

    /// Whether there is such a section.
    pub fn has_section(&self, number: &str) -> bool {
        self.by_number.contains_key(number)
    }

    /// `[number, title, facts]` of every section.
    pub fn sections(&self) -> Value {
        self.sections
            .iter()
            .map(|section| json!([section.number, section.title, section.facts]))
            .collect()
    }
}

const KINDS: [&str; 7] = [
    "definition",
    "behaviour",
    "use-case",
    "procedure",
    "limit",
    "comparison",
    "price",
];
