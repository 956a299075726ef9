//! Seeded chance. Every draw is addressed by what it is for and how often that was drawn before, so an operation
//! added later never shifts the ids of an old journal.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// 128 bits of chance for draw number `counter` of the purpose named by `stream`.
///
/// ChaCha8 is value-stable by contract and gives the same bits natively and in wasm.
#[must_use]
pub fn draw(seed: u64, stream: &str, counter: u64) -> u128 {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(fold(stream));
    // Two 64-bit words are read per draw: four 32-bit words.
    rng.set_word_pos(u128::from(counter) * 4);
    (u128::from(rng.next_u64()) << 64) | u128::from(rng.next_u64())
}

/// FNV-1a, to turn a purpose's name into a stream number.
fn fold(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A random UUID (version 4) of these bits, as clients make up their tokens.
pub(crate) fn uuid(bits: u128) -> String {
    let bits = bits & !(0xf << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62;
    let hex = format!("{bits:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-{}-{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_stable_and_independent() {
        assert_eq!(draw(7, "i", 3), draw(7, "i", 3));
        assert_ne!(draw(7, "i", 3), draw(7, "i", 4));
        assert_ne!(draw(7, "i", 3), draw(7, "sg", 3));
        assert_ne!(draw(7, "i", 3), draw(8, "i", 3));
    }
}
