//! `--output table`: drawn tables, to the byte as the client draws them for an 80 column terminal.

use super::{is_scalar, plain};
use ec2_lab_engine::json::{Map, Value};

const TERMINAL: usize = 80;

/// The table; the error is the client's own complaint about rows of different lengths.
pub fn print(value: &Value, title: &str) -> Result<String, String> {
    let mut table = Table::default();
    if !table.build(Some(title), value, 0)? {
        return Ok(String::new());
    }
    if table.width() > TERMINAL {
        table.sections.iter_mut().for_each(Section::stand_up);
    }
    Ok(table.render())
}

#[derive(Default)]
struct Section {
    title: String,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    indent: usize,
    widths: Vec<usize>,
    columns: Option<usize>,
}

#[derive(Default)]
struct Table {
    sections: Vec<Section>,
}

impl Table {
    fn build(&mut self, title: Option<&str>, value: &Value, indent: usize) -> Result<bool, String> {
        if !crate::query::is_true(value) && !value.is_number() {
            return Ok(false);
        }
        if let Some(title) = title {
            self.section(title, indent);
        }
        match value {
            Value::Array(items) if items.first().is_some_and(Value::is_object) => {
                self.build_list(items, indent, title.unwrap_or_default())?;
            }
            Value::Array(items) => {
                for item in items {
                    match item {
                        Value::Array(row) if row.iter().all(is_scalar) => {
                            self.row(row.iter().map(plain).collect())?
                        }
                        Value::Array(_) | Value::Object(_) => drop(self.build(None, item, 0)?),
                        scalar => self.row(vec![plain(scalar)])?,
                    }
                }
            }
            Value::Object(map) => self.build_structure(map, indent)?,
            _ => {}
        }
        Ok(true)
    }

    fn build_structure(&mut self, map: &Map, indent: usize) -> Result<(), String> {
        let (headers, more) = group(std::iter::once(map));
        let cell = |key: &str| map.get(key).map_or(String::new(), plain);
        match headers.as_slice() {
            [] => {}
            [only] => self.row(vec![(*only).to_owned(), cell(only)])?,
            many => {
                self.headers(many);
                self.row(many.iter().map(|key| cell(key)).collect())?;
            }
        }
        for key in more {
            self.build(Some(key), map.get(key).unwrap_or(&Value::Null), indent + 1)?;
        }
        Ok(())
    }

    fn build_list(&mut self, items: &[Value], indent: usize, title: &str) -> Result<(), String> {
        let maps: Vec<&Map> = items.iter().filter_map(Value::as_object).collect();
        let (headers, more) = group(maps.iter().copied());
        self.headers(&headers);
        for (at, map) in maps.into_iter().enumerate() {
            if at > 0 && !more.is_empty() {
                self.section(title, indent);
                self.headers(&headers);
            }
            self.row(
                headers
                    .iter()
                    .map(|key| map.get(*key).map_or(String::new(), plain))
                    .collect(),
            )?;
            for key in &more {
                if let Some(value) = map.get(*key) {
                    self.build(Some(key), value, indent + 1)?;
                }
            }
        }
        Ok(())
    }

    fn section(&mut self, title: &str, indent: usize) {
        self.sections.push(Section {
            title: title.to_owned(),
            indent,
            ..Section::default()
        });
    }

    fn headers(&mut self, headers: &[&str]) {
        if let Some(section) = self.sections.last_mut() {
            section.headers = headers.iter().map(ToString::to_string).collect();
            let headers = section.headers.clone();
            section.measure(&headers);
            section.columns.get_or_insert(headers.len());
        }
    }

    fn row(&mut self, row: Vec<String>) -> Result<(), String> {
        let Some(section) = self.sections.last_mut() else {
            return Ok(());
        };
        let columns = *section.columns.get_or_insert(row.len());
        if row.len() != columns {
            return Err(format!(
                "Row should have {columns} elements, instead it has {}",
                row.len()
            ));
        }
        section.measure(&row);
        section.rows.push(row);
        Ok(())
    }

    fn width(&self) -> usize {
        self.sections.iter().map(Section::width).max().unwrap_or(0)
    }

    fn render(&self) -> String {
        let width = self.width();
        let mut out = format!("{}\n", "-".repeat(width));
        for section in &self.sections {
            let edge = "|".repeat(section.indent);
            for line in section.lines(width.saturating_sub(2 * section.indent)) {
                out.push_str(&format!("{edge}{line}{edge}\n"));
            }
        }
        out
    }
}

/// The keys of scalars, and the keys of everything else, both sorted.
fn group<'a>(maps: impl Iterator<Item = &'a Map>) -> (Vec<&'a str>, Vec<&'a str>) {
    let (mut headers, mut more) = (Vec::new(), Vec::new());
    for (key, value) in maps.flatten() {
        if is_scalar(value) {
            headers.push(key.as_str())
        } else {
            more.push(key.as_str())
        }
    }
    for keys in [&mut headers, &mut more] {
        keys.sort_unstable();
        keys.dedup();
    }
    (headers, more)
}

impl Section {
    fn measure(&mut self, row: &[String]) {
        if self.widths.is_empty() {
            self.widths = vec![0; row.len()];
        }
        for (width, cell) in self.widths.iter_mut().zip(row) {
            *width = (*width).max(length(cell));
        }
    }

    fn width(&self) -> usize {
        let columns: usize = self.widths.iter().map(|width| width + 4).sum();
        (columns + 2).max(length(&self.title) + 2) + 2 * self.indent
    }

    /// Too wide a table is shown with its keys down the side; only sections of one row can be.
    fn stand_up(&mut self) {
        if self.headers.is_empty() || self.rows.len() != 1 {
            return;
        }
        let row = self.rows.pop().unwrap_or_default();
        let headers = std::mem::take(&mut self.headers);
        self.widths.clear();
        self.columns = Some(2);
        for (header, cell) in headers.into_iter().zip(row) {
            let row = vec![header, cell];
            self.measure(&row);
            self.rows.push(row);
        }
    }

    /// Column widths that fill `total` exactly.
    fn columns(&self, total: usize) -> Vec<usize> {
        let sum: usize = self.widths.iter().map(|width| width + 4).sum();
        if sum == 0 {
            return Vec::new();
        }
        let scale = total as f64 / sum as f64;
        let mut scaled: Vec<usize> = self
            .widths
            .iter()
            .map(|width| (scale * (width + 4) as f64).round_ties_even() as usize)
            .collect();
        let mut off = scaled.iter().sum::<usize>() as i64 - total as i64;
        while off != 0 {
            if off > 0 {
                for width in scaled.iter_mut().take(usize::try_from(off).unwrap_or(0)) {
                    *width = width.saturating_sub(1);
                    off -= 1;
                }
            } else {
                for width in scaled
                    .iter_mut()
                    .rev()
                    .take(usize::try_from(-off).unwrap_or(0))
                {
                    *width += 1;
                    off += 1;
                }
            }
        }
        scaled
    }

    fn lines(&self, width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.title.is_empty() {
            lines.push(centre(&self.title, width, "|"));
            if self.headers.is_empty() && self.rows.is_empty() {
                lines.push(format!("+{}+", "-".repeat(width.saturating_sub(2))));
            }
        }
        let columns = self.columns(width);
        if columns.is_empty() {
            return lines;
        }
        let rule: String = columns
            .iter()
            .enumerate()
            .map(|(at, width)| {
                if at == 0 {
                    format!("+{}+", "-".repeat(width.saturating_sub(2)))
                } else {
                    format!("{}+", "-".repeat(width.saturating_sub(1)))
                }
            })
            .collect();
        let edge = |at: usize| if at == 0 { "|" } else { "" };
        if !self.headers.is_empty() {
            lines.push(rule.clone());
            lines.push(
                self.headers
                    .iter()
                    .zip(&columns)
                    .enumerate()
                    .map(|(at, (cell, width))| centre(cell, *width, edge(at)))
                    .collect(),
            );
        }
        if !self.rows.is_empty() {
            lines.push(rule.clone());
            for row in &self.rows {
                lines.push(
                    row.iter()
                        .zip(&columns)
                        .enumerate()
                        .map(|(at, (cell, width))| left(cell, *width, edge(at)))
                        .collect(),
                );
            }
            lines.push(rule);
        }
        lines
    }
}

/// Columns that a text takes on the screen: East Asian characters take two.
fn length(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f
        | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
}

fn centre(text: &str, width: usize, edge: &str) -> String {
    let before = (width / 2)
        .saturating_sub(length(text) / 2)
        .saturating_sub(1);
    let used = edge.len() + before + length(text) + 1;
    format!(
        "{edge}{}{text}{}|",
        " ".repeat(before),
        " ".repeat(width.saturating_sub(used))
    )
}

fn left(text: &str, width: usize, edge: &str) -> String {
    let padding = if width > length(text) + 2 + edge.len() {
        2
    } else {
        0
    };
    let used = edge.len() + padding + length(text) + 1;
    format!(
        "{edge}{}{text}{}|",
        " ".repeat(padding),
        " ".repeat(width.saturating_sub(used))
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ec2_lab_engine::json::json;

    const NESTED: &str = "\
------------------------
|DescribeSecurityGroups|
+--------+-------------+
|  G     |  web        |
+--------+-------------+
||         Out        ||
|+--------------------+|
||     IpProtocol     ||
|+--------------------+|
||  -1                ||
|+--------------------+|
|||     IpRanges     |||
||+------------------+||
|||      CidrIp      |||
||+------------------+||
|||  0.0.0.0/0       |||
||+------------------+||
";

    #[test]
    fn drawn_as_the_client_draws() {
        let value = json!({"G": "web", "Out": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]});
        assert_eq!(print(&value, "DescribeSecurityGroups").unwrap(), NESTED);
        let scalars = json!({"n": "web", "x": null, "t": true});
        let expected = "\
-------------------------
|DescribeSecurityGroups |
+-----+--------+--------+
|  n  |   t    |   x    |
+-----+--------+--------+
|  web|  True  |  None  |
+-----+--------+--------+
";
        assert_eq!(print(&scalars, "DescribeSecurityGroups").unwrap(), expected);
        assert_eq!(print(&json!([]), "X").unwrap(), "");
        assert!(print(&json!([["a"], ["b", "c"]]), "X").is_err());
    }
}
