//! The geometry of a packet's way: lines between points, and where on them the packet is.

/// A point of the picture, in CSS pixels.
pub type Point = (f64, f64);

/// A line as a chain of short straight pieces, so that what is drawn and where the packet walks are the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    points: Vec<Point>,
}

/// How many straight pieces stand for one curve.
const PIECES: u32 = 20;
/// How far the answer's line runs beside the request's.
const BESIDE: f64 = 6.0;

impl Path {
    /// A curve that leaves and arrives sideways where the points lie side by side, up and down where they lie one above
    /// the other.
    #[must_use]
    pub fn curve(from: Point, to: Point) -> Self {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (first, second) = if dx.abs() * 2.0 >= dy.abs() {
            ((from.0 + dx / 2.0, from.1), (to.0 - dx / 2.0, to.1))
        } else {
            ((from.0, from.1 + dy / 2.0), (to.0, to.1 - dy / 2.0))
        };
        let points = (0..=PIECES).map(|piece| {
            let t = f64::from(piece) / f64::from(PIECES);
            let (a, b, c, d) = (
                (1.0 - t).powi(3),
                3.0 * (1.0 - t).powi(2) * t,
                3.0 * (1.0 - t) * t * t,
                t.powi(3),
            );
            (
                a * from.0 + b * first.0 + c * second.0 + d * to.0,
                a * from.1 + b * first.1 + c * second.1 + d * to.1,
            )
        });
        Path {
            points: points.collect(),
        }
    }

    /// Along a gutter, where zones stand one above the other and a straight line would cross them.
    #[must_use]
    pub fn around(from: Point, gutter: f64, to: Point) -> Self {
        Path {
            points: vec![from, (gutter, from.1), (gutter, to.1), to],
        }
    }

    /// The same line a little beside itself: the way back.
    #[must_use]
    pub fn beside(mut self) -> Self {
        for point in &mut self.points {
            point.0 += BESIDE / 2.0;
            point.1 += BESIDE;
        }
        self
    }

    /// How long it is.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.pieces().map(|(from, to)| distance(from, to)).sum()
    }

    /// The point after this share of the way, 0 to 1.
    #[must_use]
    pub fn at(&self, share: f64) -> Option<Point> {
        let mut left = self.length() * share.clamp(0.0, 1.0);
        for (from, to) in self.pieces() {
            let piece = distance(from, to);
            if left <= piece && piece > 0.0 {
                let part = left / piece;
                return Some((
                    from.0 + (to.0 - from.0) * part,
                    from.1 + (to.1 - from.1) * part,
                ));
            }
            left -= piece;
        }
        self.points.last().copied()
    }

    /// Its path data for SVG.
    #[must_use]
    pub fn data(&self) -> String {
        let mut text = String::new();
        for (index, (x, y)) in self.points.iter().enumerate() {
            text.push(if index == 0 { 'M' } else { 'L' });
            text.push_str(&format!("{x:.1} {y:.1}"));
        }
        text
    }

    fn pieces(&self) -> impl Iterator<Item = (Point, Point)> {
        self.points
            .iter()
            .copied()
            .zip(self.points.iter().copied().skip(1))
    }
}

fn distance(from: Point, to: Point) -> f64 {
    (to.0 - from.0).hypot(to.1 - from.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_begins_and_ends_at_its_points() {
        let path = Path::curve((0.0, 0.0), (100.0, 40.0));
        assert_eq!(path.at(0.0), Some((0.0, 0.0)));
        let (x, y) = path.at(1.0).unwrap_or_default();
        assert!((x - 100.0).abs() < 0.01 && (y - 40.0).abs() < 0.01);
        assert!(path.data().starts_with("M0.0 0.0L"));
    }

    #[test]
    fn the_packet_keeps_to_the_gutter() {
        let path = Path::around((50.0, 0.0), 10.0, (30.0, 100.0));
        assert!((path.length() - 160.0).abs() < 0.01);
        assert_eq!(path.at(0.5), Some((10.0, 40.0)));
    }

    #[test]
    fn a_way_of_no_length_has_a_place() {
        let path = Path::curve((5.0, 5.0), (5.0, 5.0));
        assert_eq!(path.at(0.3), Some((5.0, 5.0)));
        assert_eq!(Path::default().at(0.3), None);
    }
}
