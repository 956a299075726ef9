//! Short texts put together without the formatter: a listing of a thousand instances shows fifteen thousand ids,
//! addresses and names.

use crate::json::Text;
use std::net::Ipv4Addr;

/// The room for a line; longer ones end there, and none is as long.
const ROOM: usize = 120;

/// A short line that is being written.
pub struct Line {
    bytes: [u8; ROOM],
    len: usize,
}

impl Line {
    /// An empty line.
    #[must_use]
    pub fn new() -> Self {
        Line {
            bytes: [0; ROOM],
            len: 0,
        }
    }

    /// A piece of text as it is.
    #[must_use]
    pub fn put(mut self, piece: &str) -> Self {
        let end = self.len + piece.len();
        if let Some(room) = self.bytes.get_mut(self.len..end) {
            room.copy_from_slice(piece.as_bytes());
            self.len = end;
        }
        self
    }

    /// The lowest `digits` hexadecimal digits of a number.
    #[must_use]
    pub fn hex(mut self, number: u128, digits: usize) -> Self {
        let mut rest = number;
        let end = self.len + digits;
        if let Some(room) = self.bytes.get_mut(self.len..end) {
            for byte in room.iter_mut().rev() {
                let digit = (rest & 0xf) as u8;
                *byte = if digit < 10 {
                    b'0' + digit
                } else {
                    b'a' + digit - 10
                };
                rest >>= 4;
            }
            self.len = end;
        }
        self
    }

    /// The lowest `digits` decimal digits of a number, with leading zeros.
    #[must_use]
    pub fn padded(mut self, number: u64, digits: usize) -> Self {
        let mut rest = number;
        let end = self.len + digits;
        if let Some(room) = self.bytes.get_mut(self.len..end) {
            for byte in room.iter_mut().rev() {
                *byte = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
            self.len = end;
        }
        self
    }

    /// A small number.
    #[must_use]
    pub fn byte(self, number: u8) -> Self {
        let digits = match number {
            100.. => 3,
            10.. => 2,
            _ => 1,
        };
        self.padded(u64::from(number), digits)
    }

    /// The four numbers of an address with something between them.
    #[must_use]
    pub fn address(self, ip: Ipv4Addr, between: &str) -> Self {
        let [a, b, c, d] = ip.octets();
        let line = self.byte(a).put(between).byte(b).put(between);
        line.byte(c).put(between).byte(d)
    }

    /// The line.
    #[must_use]
    pub fn text(&self) -> Text {
        let written = self.bytes.get(..self.len).unwrap_or_default();
        // Only texts and digits were put in, so that it is always text.
        Text::new(std::str::from_utf8(written).unwrap_or_default())
    }
}

impl Default for Line {
    fn default() -> Self {
        Line::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_the_formatter_writes() {
        for shift in 0..68 {
            let number = 0x9_8765_4321_fedc_ba90_u128 >> shift;
            let text = format!("i-{number:017x}");
            assert_eq!(Line::new().put("i-").hex(number, 17).text(), text);
        }
        for number in 0..=255 {
            let ip = Ipv4Addr::new(10, number, 255 - number, number / 3);
            assert_eq!(Line::new().address(ip, ".").text(), ip.to_string());
            assert_eq!(Line::new().byte(number).text(), number.to_string());
            assert_eq!(
                Line::new().padded(u64::from(number), 5).text(),
                format!("{number:05}")
            );
        }
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let long = "x".repeat(ROOM);
        assert_eq!(Line::new().put(&long).put("y").byte(7).text(), long);
        assert_eq!(Line::new().put("y").put(&long).text(), "y");
    }
}
