//! What completion and search make of the line being typed. Pure.

use ec2_lab_cli::complete::Completion;

/// How many found lines are shown.
const SHOWN: usize = 30;

/// A line with a completion put in: the text, the cursor, and whether the word is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completed {
    /// The text.
    pub text: String,
    /// The cursor's place in it, in bytes.
    pub cursor: usize,
    /// What to choose from, if it is not whole.
    pub choices: Vec<String>,
}

/// Puts in what all candidates have in common, as a shell does; with only one, the whole word and a space.
/// `None` when nothing can be completed.
pub fn complete(text: &str, cursor: usize, completion: &Completion) -> Option<Completed> {
    let Some(first) = completion.candidates.first() else {
        let goes_on = completion.whole && !text.get(cursor..).unwrap_or_default().starts_with(' ');
        return goes_on.then(|| put(text, cursor, cursor, " "));
    };
    let common = completion
        .candidates
        .iter()
        .fold(first.as_str(), |common, other| shared(common, other));
    if let [only] = completion.candidates.as_slice() {
        // An address may go on: `http://198.18.0.9/page`.
        let end = if only.contains("://") { "" } else { " " };
        return Some(put(text, cursor, completion.from, &format!("{only}{end}")));
    }
    let mut completed = put(text, cursor, completion.from, common);
    completed.choices = completion.candidates.clone();
    Some(completed)
}

/// Puts a chosen candidate in.
pub fn choose(text: &str, cursor: usize, from: usize, word: &str) -> Completed {
    put(text, cursor, from, &format!("{word} "))
}

fn put(text: &str, cursor: usize, from: usize, word: &str) -> Completed {
    let before = text.get(..from).unwrap_or_default();
    let after = text.get(cursor..).unwrap_or_default();
    Completed {
        text: format!("{before}{word}{after}"),
        cursor: before.len() + word.len(),
        choices: Vec::new(),
    }
}

fn shared<'a>(one: &'a str, other: &str) -> &'a str {
    let letters = one.chars().zip(other.chars());
    let same: usize = letters
        .take_while(|(a, b)| a == b)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    one.get(..same).unwrap_or(one)
}

/// The lines of the history that contain all words of `wanted`, newest first, each once.
pub fn found(history: &[String], wanted: &str) -> Vec<String> {
    let words: Vec<String> = wanted.split_whitespace().map(str::to_lowercase).collect();
    let mut lines: Vec<String> = Vec::new();
    for line in history.iter().rev() {
        let low = line.to_lowercase();
        if words.iter().all(|word| low.contains(word)) && !lines.contains(line) {
            lines.push(line.clone());
            if lines.len() == SHOWN {
                break;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(from: usize, candidates: &[&str]) -> Completion {
        Completion {
            from,
            candidates: candidates.iter().map(ToString::to_string).collect(),
            whole: false,
        }
    }

    #[test]
    fn one_candidate_is_put_in_whole() {
        let done = complete("aws ec2 run --x", 11, &of(8, &["run-instances"])).unwrap();
        assert_eq!(
            (done.text.as_str(), done.cursor),
            ("aws ec2 run-instances  --x", 22)
        );
        assert!(done.choices.is_empty());
    }

    #[test]
    fn a_whole_word_gets_its_space_once() {
        let whole = Completion {
            whole: true,
            ..of(0, &[])
        };
        assert_eq!(complete("ls", 2, &whole).unwrap().text, "ls ");
        assert_eq!(complete("ls x", 2, &whole), None);
    }

    #[test]
    fn several_candidates_give_what_they_share() {
        let both = of(0, &["describe-images", "describe-instances"]);
        let done = complete("desc", 4, &both).unwrap();
        assert_eq!((done.text.as_str(), done.choices.len()), ("describe-i", 2));
        assert_eq!(complete("x", 1, &of(0, &[])), None);
        assert_eq!(
            choose("desc", 4, 0, "describe-images").text,
            "describe-images "
        );
    }

    #[test]
    fn letters_are_never_cut() {
        let done = complete("", 0, &of(0, &["é1", "è1"])).unwrap();
        assert_eq!(done.text, "");
    }

    #[test]
    fn the_newest_line_is_found_first_and_once() {
        let history: Vec<String> = ["ls", "aws ec2 run-instances", "ls", "aws sts x"]
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            found(&history, ""),
            ["aws sts x", "ls", "aws ec2 run-instances"]
        );
        assert_eq!(found(&history, "RUN aws"), ["aws ec2 run-instances"]);
        assert!(found(&history, "nothing").is_empty());
    }
}
