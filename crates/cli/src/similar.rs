//! Near matches for a mistyped word, as Python's `difflib.get_close_matches` finds them (the client uses it).

/// At most three words that are at least 80 % alike, the most alike first.
pub fn near<'a>(word: &str, choices: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    // Comparing costs the product of both lengths; nobody mistypes a word of a thousand letters.
    if word.len() > 200 {
        return Vec::new();
    }
    let letters: Vec<char> = word.chars().collect();
    let counts = count(&letters);
    let enough = |shared: usize, other: usize| {
        let alike = 2 * shared * 1_000_000 / (letters.len() + other).max(1);
        (alike >= 800_000).then_some(alike)
    };
    let mut scored: Vec<(usize, &str)> = choices
        .filter_map(|choice| {
            let other: Vec<char> = choice.chars().collect();
            // What is too short or has too few of the letters at all needs no comparison; that is nearly everything.
            enough(letters.len().min(other.len()), other.len())?;
            enough(shared(&counts, &other), other.len())?;
            let alike = enough(matching(&letters, &other), other.len())?;
            Some((alike, choice))
        })
        .collect();
    // Of equals the one that is later in the alphabet comes first, as in Python.
    scored.sort_by(|a, b| b.cmp(a));
    scored
        .into_iter()
        .take(3)
        .map(|(_, choice)| choice)
        .collect()
}

/// How often each letter stands in a word. All letters beyond ASCII count as one: that only errs to the careful side.
fn count(letters: &[char]) -> [usize; 129] {
    let mut counts = [0; 129];
    for letter in letters {
        if let Some(count) = counts.get_mut((u32::from(*letter) as usize).min(128)) {
            *count += 1;
        }
    }
    counts
}

/// How many letters two words have in common, wherever they stand.
fn shared(counts: &[usize; 129], other: &[char]) -> usize {
    let both = counts.iter().zip(count(other));
    both.map(|(mine, theirs)| (*mine).min(theirs)).sum()
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

/// The longest common block, the earliest of several: where it starts in both, and its length.
fn longest_block(a: &[char], b: &[char]) -> (usize, usize, usize) {
    let mut best = (0, 0, 0);
    // For each place in `b`: how long the block is that ends there and at the letter before in `a`.
    let mut before = vec![0_usize; b.len() + 1];
    for (at_a, x) in a.iter().enumerate() {
        let mut now = vec![0_usize; b.len() + 1];
        for (at_b, y) in b.iter().enumerate() {
            if x != y {
                continue;
            }
            let size = before.get(at_b).copied().unwrap_or(0) + 1;
            if let Some(slot) = now.get_mut(at_b + 1) {
                *slot = size;
            }
            if size > best.2 {
                best = (at_a + 1 - size, at_b + 1 - size, size);
            }
        }
        before = now;
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
