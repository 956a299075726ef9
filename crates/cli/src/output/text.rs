//! `--output text`: words between tabs, one line a structure, keys in alphabetical order.

use super::{is_scalar, plain};
use ec2_lab_engine::json::{Key, Map, Value};

/// The text.
pub fn print(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out, None, None);
    out
}

fn write(value: &Value, out: &mut String, name: Option<&str>, keys: Option<&[&str]>) {
    match value {
        Value::Object(map) => write_structure(map, out, name, keys),
        Value::Array(items) => write_list(items, out, name),
        scalar => line(out, &[plain(scalar)]),
    }
}

fn line(out: &mut String, words: &[String]) {
    out.push_str(&words.join("\t"));
    out.push('\n');
}

fn write_list(items: &[Value], out: &mut String, name: Option<&str>) {
    if items.is_empty() {
        return;
    }
    if items.iter().any(Value::is_object) {
        let mut keys: Vec<&str> = items
            .iter()
            .filter_map(Value::as_object)
            .flat_map(|map| {
                map.iter()
                    .filter(|(_, value)| is_scalar(value))
                    .map(|(key, _)| key.as_str())
            })
            .collect();
        keys.sort_unstable();
        keys.dedup();
        items
            .iter()
            .for_each(|item| write(item, out, name, Some(&keys)));
    } else {
        let scalars: Vec<String> = items
            .iter()
            .filter(|item| is_scalar(item))
            .map(plain)
            .collect();
        match name {
            _ if scalars.is_empty() => {}
            Some(name) => scalars
                .iter()
                .for_each(|word| line(out, &[name.to_uppercase(), word.clone()])),
            None => line(out, &scalars),
        }
        items
            .iter()
            .filter(|item| !is_scalar(item))
            .for_each(|item| write(item, out, name, None));
    }
}

fn write_structure(map: &Map, out: &mut String, name: Option<&str>, keys: Option<&[&str]>) {
    let mut sorted: Vec<(&Key, &Value)> = map.iter().collect();
    sorted.sort_by_key(|(key, _)| *key);
    let mut words: Vec<String> = match keys {
        Some(keys) => keys
            .iter()
            .map(|key| map.get(*key).map_or(String::new(), plain))
            .collect(),
        None => sorted
            .iter()
            .filter(|(_, value)| is_scalar(value))
            .map(|(_, value)| plain(value))
            .collect(),
    };
    if !words.is_empty() {
        if let Some(name) = name {
            words.insert(0, name.to_uppercase());
        }
        line(out, &words);
    }
    for (key, value) in sorted {
        let printed = keys.map_or(is_scalar(value), |keys| keys.contains(&key.as_str()));
        if !printed {
            write(value, out, Some(key), None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ec2_lab_engine::json::json;

    #[test]
    fn lists_and_structures() {
        assert_eq!(print(&json!("Web servers")), "Web servers\n");
        assert_eq!(print(&json!(["a", "b"])), "a\tb\n");
        assert_eq!(print(&json!([["a", 1], ["b", true]])), "a\t1\nb\tTrue\n");
        assert_eq!(print(&json!(null)), "None\n");
        assert_eq!(print(&json!([])), "");
        let value = json!({"Groups": [{"Id": "1", "Name": "x", "Tags": [{"Key": "k", "Value": "v"}]}, {"Id": "2"}], "N": 3});
        assert_eq!(print(&value), "3\nGROUPS\t1\tx\nTAGS\tk\tv\nGROUPS\t2\t\n");
    }
}
