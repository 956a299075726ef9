//! Counts tests from the closing lines that the test runners print.

/// How many tests passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u32,
    /// Tests that failed or did not end.
    pub failed: u32,
}

impl Tally {
    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Reads one line of output; all but a runner's closing line count nothing.
    ///
    /// Known are `test result: …` (libtest, doc tests, wasm-bindgen) and nextest's `Summary […] …`.
    pub fn of_line(line: &str) -> Self {
        let line = without_colour(line);
        // nextest repeats the output of a failed test, indented: its `test result:` is no closing line.
        if !line.starts_with("test result:") && !line.trim_start().starts_with("Summary [") {
            return Self::default();
        }
        let words: Vec<&str> = line
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let before = |ends: &[&str]| -> u32 {
            words
                .iter()
                .enumerate()
                .filter(|(at, _)| {
                    words
                        .get(at + 1..)
                        .is_some_and(|rest| rest.starts_with(ends))
                })
                .filter_map(|(_, word)| word.parse::<u32>().ok())
                .sum()
        };
        Self {
            passed: before(&["passed"]),
            failed: before(&["failed"]) + before(&["exec", "failed"]) + before(&["timed", "out"]),
        }
    }
}

/// Removes the escape sequences of colours.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            characters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(line: &str) -> (u32, u32) {
        let tally = Tally::of_line(line);
        (tally.passed, tally.failed)
    }

    #[test]
    fn closing_lines_are_counted() {
        assert_eq!(
            counts("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured"),
            (3, 0)
        );
        assert_eq!(
            counts("test result: FAILED. 2 passed; 1 failed; finished in 0.10s"),
            (2, 1)
        );
        assert_eq!(
            counts("     Summary [   0.004s] 5 tests run: 5 passed, 0 skipped"),
            (5, 0)
        );
        assert_eq!(
            counts(
                "     Summary [  10.0s] 9 tests run: 6 passed (1 slow), 2 failed, 1 timed out, 0 skipped"
            ),
            (6, 3)
        );
    }

    #[test]
    fn colours_are_no_obstacle() {
        let line = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.1s] \u{1b}[1m2\u{1b}[0m tests run: \
                    \u{1b}[1m1\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, \u{1b}[1m1\u{1b}[0m \
                    \u{1b}[31;1mfailed\u{1b}[0m, 0 skipped";
        assert_eq!(counts(line), (1, 1));
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(counts("test probe::a_rule_was_found ... 7 passed"), (0, 0));
        assert_eq!(counts("running 12 tests"), (0, 0));
        assert_eq!(
            counts("    test result: FAILED. 0 passed; 1 failed; 0 ignored"),
            (0, 0)
        );
    }
}
