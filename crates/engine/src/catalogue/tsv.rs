//! Reading the tab-separated files of `data/`: `#` lines are remarks, the first other line names the columns.

/// One row, by column name.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    header: &'a str,
    line: &'a str,
}

impl<'a> Row<'a> {
    /// The field of this column, `""` when the row ends before it or there is no such column.
    pub fn get(self, column: &str) -> &'a str {
        let position = self
            .header
            .split('\t')
            .position(|name| name.trim() == column);
        position
            .and_then(|index| self.line.split('\t').nth(index))
            .unwrap_or("")
            .trim()
    }

    /// A number of any kind; `None` when the field is empty or no number.
    pub fn number<N: std::str::FromStr>(self, column: &str) -> Option<N> {
        self.get(column).parse().ok()
    }

    /// Whether the field says `true`.
    pub fn flag(self, column: &str) -> bool {
        matches!(self.get(column), "true" | "True" | "yes" | "1")
    }

    /// The comma-separated parts of a field.
    pub fn list(self, column: &str) -> Vec<&'a str> {
        self.get(column)
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect()
    }
}

/// The rows of a file.
pub fn rows(text: &'static str) -> impl Iterator<Item = Row<'static>> {
    let mut lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let header = lines.next().unwrap_or("");
    lines.map(move |line| Row { header, line })
}
