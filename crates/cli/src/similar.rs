//! Near matches for a mistyped word, as Python's `difflib.get_close_matches` finds them (the client uses it).

/// At most three words that are at least 80 % alike, the most alike first.
pub fn near<'a>(word: &str, choices: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    // Comparing costs the product of both lengths; nobody mistypes a word of a thousand letters.
    if word.len() > 200 {
        return Vec::new();
    }
    let letters: Vec<char> = word.chars().collect();
    let mut scored: Vec<(usize, &str)> = choices
        .filter_map(|choice| {
            let other: Vec<char> = choice.chars().collect();
            let alike =
                2 * matching(&letters, &other) * 1000 / (letters.len() + other.len()).max(1);
            (alike >= 800).then_some((alike, choice))
        })
        .collect();
    scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    scored
        .into_iter()
        .take(3)
        .map(|(_, choice)| choice)
        .collect()
}

/// Ratcliff and Obershelp: the longest common block, then the same left and right of it.
fn matching(a: &[char], b: &[char]) -> usize {
    let (start_a, start_b, size) = longest_block(a, b);
    if size == 0 {
        return 0;
    }
    let part = |slice: &[char], from: usize, to: usize| slice.get(from..to).unwrap_or(&[]).to_vec();
    size + matching(&part(a, 0, start_a), &part(b, 0, start_b))
        + matching(
            &part(a, start_a + size, a.len()),
            &part(b, start_b + size, b.len()),
        )
}

fn longest_block(a: &[char], b: &[char]) -> (usize, usize, usize) {
    let mut best = (0, 0, 0);
    for start_a in 0..a.len() {
        for start_b in 0..b.len() {
            let size = a
                .iter()
                .skip(start_a)
                .zip(b.iter().skip(start_b))
                .take_while(|(x, y)| x == y)
                .count();
            if size > best.2 {
                best = (start_a, start_b, size);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised() {
        let choices = ["describe-instances", "describe-images", "run-instances"];
        assert_eq!(
            near("describe-instancez", choices.into_iter()).first(),
            Some(&"describe-instances")
        );
        assert!(near("zzz", choices.into_iter()).is_empty());
        assert!(near("", choices.into_iter()).is_empty());
    }
}
