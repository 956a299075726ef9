//! The name of an instance type taken apart: class, generation, options, size
//! (<https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html>).

use crate::ui::components::Panel;
use yew::prelude::*;

/// Classes: letters, words, what they are good for. Longer letters stand before their beginnings.
pub const CLASSES: &[(&str, &str, &str)] = &[
    (
        "trn",
        "accelerated computing",
        "Training of large models on AWS Trainium.",
    ),
    (
        "inf",
        "accelerated computing",
        "Inference on AWS Inferentia.",
    ),
    ("mac", "general purpose", "macOS on a Mac of its own."),
    (
        "hpc",
        "high performance computing",
        "Simulations over many instances.",
    ),
    (
        "dl",
        "accelerated computing",
        "Training of models on Gaudi accelerators.",
    ),
    ("vt", "accelerated computing", "Live video transcoding."),
    (
        "im",
        "storage optimized",
        "Many small files on local disks, with more memory.",
    ),
    (
        "is",
        "storage optimized",
        "Local disks at the best price per gigabyte.",
    ),
    (
        "u",
        "memory optimized",
        "High memory: SAP HANA and other databases of many terabytes.",
    ),
    ("a", "general purpose", "The first Arm processors of AWS."),
    (
        "c",
        "compute optimized",
        "Much processor for little memory: batch work, encoding, games, busy web servers.",
    ),
    (
        "d",
        "storage optimized",
        "Dense local hard disks: HDFS, data warehouses.",
    ),
    ("f", "accelerated computing", "Field-programmable chips."),
    (
        "g",
        "accelerated computing",
        "Graphics processors: rendering, inference.",
    ),
    (
        "h",
        "storage optimized",
        "Local hard disks with balanced compute.",
    ),
    (
        "i",
        "storage optimized",
        "Fast local SSDs: databases with very many reads and writes.",
    ),
    ("m", "general purpose", "Balanced: when in doubt, this one."),
    (
        "p",
        "accelerated computing",
        "The strongest graphics processors: training of models.",
    ),
    (
        "r",
        "memory optimized",
        "Much memory: databases, caches, analysis in memory.",
    ),
    (
        "t",
        "general purpose, burstable",
        "Cheap: a baseline of processor, credits for short peaks.",
    ),
    (
        "x",
        "memory optimized",
        "Very much memory: SAP, large databases.",
    ),
    ("z", "memory optimized", "High clock rate and much memory."),
];

/// What the letters after the generation mean.
const OPTIONS: &[(char, &str)] = &[
    ('a', "AMD processors"),
    ('b', "EBS optimized"),
    ('d', "local NVMe disks"),
    ('e', "extra storage or memory"),
    ('g', "AWS Graviton (Arm) processors"),
    ('i', "Intel processors"),
    ('n', "network optimized"),
    ('q', "Qualcomm accelerators"),
    ('z', "high clock rate"),
];

/// A name taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Parts {
    pub class: String,
    pub class_words: &'static str,
    pub good_for: &'static str,
    pub generation: String,
    pub options: String,
    pub size: String,
}

/// Reads a name; `None` when it has no dot.
#[must_use]
pub fn read(name: &str) -> Option<Parts> {
    let (family, size) = name.split_once('.')?;
    let at = family
        .find(|c: char| c.is_ascii_digit() || c == '-')
        .unwrap_or(family.len());
    let (class, rest) = family.split_at(at);
    let digits = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (generation, options) = rest.split_at(digits);
    let (_, class_words, good_for) = CLASSES
        .iter()
        .find(|(letters, ..)| *letters == class)
        .copied()
        .unwrap_or(("", "", ""));
    Some(Parts {
        class: class.to_owned(),
        class_words,
        good_for,
        generation: generation.to_owned(),
        options: options.to_owned(),
        size: size.to_owned(),
    })
}

fn options_in_words(options: &str) -> String {
    let words: Vec<String> = options
        .chars()
        .map(
            |letter| match OPTIONS.iter().find(|(known, _)| *known == letter) {
                Some((_, words)) => format!("{letter}: {words}"),
                None => letter.to_string(),
            },
        )
        .collect();
    words.join(", ")
}

/// Props of [`NameParts`].
#[derive(Properties, PartialEq)]
pub struct NamePartsProps {
    /// The name of a type.
    pub name: AttrValue,
}

/// The name with its parts side by side.
#[component]
pub fn NameParts(props: &NamePartsProps) -> Html {
    let Some(parts) = read(&props.name) else {
        return Html::default();
    };
    html! {
        <Panel id="type-name" title="How to read the name" detail={html! { <code>{ &props.name }</code> }}>
            <dl class="name-parts">
                <div>
                    <dt>{ "Class" }</dt>
                    <dd><code class="name-part">{ &parts.class }</code>{ format!("{}. {}", parts.class_words, parts.good_for) }</dd>
                </div>
                <div>
                    <dt>{ "Generation" }</dt>
                    <dd><code class="name-part">{ &parts.generation }</code>{ "A higher number is newer: usually faster for the same money." }</dd>
                </div>
                if !parts.options.is_empty() {
                    <div>
                        <dt>{ "Options" }</dt>
                        <dd><code class="name-part">{ &parts.options }</code>{ options_in_words(&parts.options) }</dd>
                    </div>
                }
                <div>
                    <dt>{ "Size" }</dt>
                    <dd><code class="name-part">{ &parts.size }</code>{ "One size up is twice the vCPUs and memory, at twice the price." }</dd>
                </div>
            </dl>
        </Panel>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn takes_names_apart() {
        let parts = read("c6gn.2xlarge").unwrap();
        assert_eq!(
            (
                parts.class.as_str(),
                parts.generation.as_str(),
                parts.options.as_str(),
                parts.size.as_str()
            ),
            ("c", "6", "gn", "2xlarge")
        );
        assert_eq!(
            options_in_words("gn"),
            "g: AWS Graviton (Arm) processors, n: network optimized"
        );
        assert_eq!(read("trn1.32xlarge").unwrap().class, "trn");
        assert_eq!(read("m5.metal").unwrap().size, "metal");
        assert_eq!(read("nonsense"), None);
    }
}
