//! `--generate-cli-skeleton`: an empty input to fill in.

use crate::shapes::{Kind, Member, Type, table};
use ec2_lab_engine::json::{Map, Value};

/// The empty input of an operation, as `--cli-input-json` takes it.
pub fn skeleton(operation: &str) -> Value {
    let members = table().input(operation).unwrap_or_default();
    members
        .into_iter()
        .map(|member| (member.name.to_owned(), sample(member.of, 0)))
        .collect::<Map>()
        .into()
}

/// The same as YAML, with a mark at what must be filled in. The client also prints the documentation of each member;
/// the table has none.
pub fn yaml(operation: &str) -> String {
    let mut out = String::new();
    let members = table().input(operation).unwrap_or_default();
    structure(&members, 0, &mut out);
    out
}

fn structure(members: &[Member], indent: usize, out: &mut String) {
    for (at, member) in members.iter().enumerate() {
        // The first member of a structure in a list stands behind the dash.
        if at > 0 || !out.ends_with("- ") {
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(&format!("{}:", member.name));
        let mark = if member.required { " # [REQUIRED]" } else { "" };
        node(member.of, indent, mark, out);
    }
}

/// What stands behind a key or a dash, down to the end of its last line.
fn node(of: Type, indent: usize, mark: &str, out: &mut String) {
    match of.kind() {
        Kind::Structure(members) if !members.is_empty() && indent < 24 => {
            out.push_str(&format!("{mark}\n"));
            structure(&members, indent + 2, out);
        }
        Kind::List { element, .. } => {
            out.push_str(&format!("{mark}\n{}-", " ".repeat(indent)));
            match element.kind() {
                Kind::Structure(members) if !members.is_empty() => {
                    out.push(' ');
                    structure(&members, indent + 2, out);
                }
                _ => node(element, indent + 2, "", out),
            }
        }
        _ => {
            let value = match sample(of, 0) {
                Value::String(text) if text.is_empty() => "''".to_owned(),
                Value::String(text) => text.to_string(),
                Value::Object(_) => "{}".to_owned(),
                Value::Null => "''".to_owned(),
                other => other.to_string(),
            };
            out.push_str(&format!(" {value}{mark}\n"));
        }
    }
}

fn sample(of: Type, depth: usize) -> Value {
    match of.kind() {
        // No EC2 shape contains itself; the bound keeps a future one from running away.
        Kind::Structure(_) if depth > 12 => Value::Object(Map::new()),
        Kind::Structure(members) => members
            .into_iter()
            .map(|member| (member.name.to_owned(), sample(member.of, depth + 1)))
            .collect::<Map>()
            .into(),
        Kind::List { element, .. } => Value::Array(vec![sample(element, depth + 1)]),
        Kind::String { values, .. } => Value::from(values.first().copied().unwrap_or("")),
        Kind::Integer { .. } => Value::from(0),
        Kind::Float => Value::from(0.0),
        Kind::Boolean => Value::Bool(true),
        Kind::Timestamp => Value::from("1970-01-01T00:00:00"),
        Kind::Blob => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ec2_lab_engine::json::json;

    #[test]
    fn it_shows_every_member() {
        let skeleton = skeleton("DescribeVpcs");
        assert_eq!(
            skeleton.get("Filters"),
            Some(&json!([{"Name": "", "Values": [""]}]))
        );
        assert_eq!(skeleton.get("DryRun"), Some(&json!(true)));
    }

    #[test]
    fn as_yaml_it_marks_what_is_required() {
        let tags = "DryRun: true\nResources: # [REQUIRED]\n- ''\nTags: # [REQUIRED]\n- Key: ''\n  Value: ''\n";
        let mut lines: Vec<String> = yaml("CreateTags")
            .split_inclusive('\n')
            .map(str::to_owned)
            .collect();
        let mut wanted: Vec<String> = tags.split_inclusive('\n').map(str::to_owned).collect();
        // The order of members is the model's, which changes with its release.
        lines.sort();
        wanted.sort();
        assert_eq!(lines, wanted);
    }
}
