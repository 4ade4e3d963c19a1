//! A drawing that is longer than a page, cut into pages.

use super::{Connector, Drawing, Line, MARGIN, Placed, Point};

/// The radius of a connector, and how far it stands from where the page is cut.
const RADIUS: i32 = 6;
const STUB: i32 = 14;

/// 纸张：能画的宽和高，以点计。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    pub width: i32,
    pub height: i32,
}

impl Paper {
    pub const A4: Paper = Paper { width: 467, height: 700 };
    pub const A4_LANDSCAPE: Paper = Paper { width: 720, height: 430 };
    pub const A3: Paper = Paper { width: 720, height: 1040 };
    pub const A3_LANDSCAPE: Paper = Paper { width: 1070, height: 680 };
}

impl Drawing {
    /// Returns the drawing in pieces that are no higher than the paper, as far as its symbols
    /// are not; a line that is cut goes on at a connector of the same letter.
    pub fn pages(&self, paper: Paper) -> Vec<Drawing> {
        let mut pages = Vec::new();
        let mut from = 0;
        let mut letters = Letters::default();
        while from < self.height {
            let room = paper.height - 2 * (STUB + 2 * RADIUS) - 2 * MARGIN;
            let is_rest = self.height - from <= if from == 0 { paper.height } else { room };
            let to = if is_rest { self.height } else { self.cut_before(from, from + room) };
            pages.push(self.piece(from, to, &mut letters));
            from = to;
        }
        pages
    }

    /// Finds the lowest place to cut above `until`: where only lines run down, best apart.
    fn cut_before(&self, from: i32, until: i32) -> i32 {
        let above = |is_clear: &dyn Fn(i32) -> bool| (from + 1..until).rev().find(|y| is_clear(*y));
        let found = above(&|y| self.is_clear(y) && self.lines_are_apart(y));
        let found = found.or_else(|| above(&|y| self.is_clear(y)));
        found.or_else(|| (until..self.height).find(|y| self.is_clear(*y))).unwrap_or(self.height)
    }

    fn is_clear(&self, y: i32) -> bool {
        let hits = |top: i32, bottom: i32| top - 2 < y && y < bottom + 2;
        let is_across = |pair: &[Point]| pair[0].y == pair[1].y && hits(pair[0].y, pair[0].y);
        !self.nodes.iter().any(|it| hits(it.y, it.y + it.height))
            && !self.lines.iter().any(|line| {
                let label = line.label.as_ref();
                line.points.windows(2).any(is_across)
                    || label.is_some_and(|it| hits(it.y, it.y + it.height))
            })
    }

    /// Whether the connectors of all lines that are cut here stand side by side.
    fn lines_are_apart(&self, y: i32) -> bool {
        let crosses =
            |pair: &&[Point]| pair[0].y.min(pair[1].y) <= y && y <= pair[0].y.max(pair[1].y);
        let segments = self.lines.iter().flat_map(|line| line.points.windows(2));
        let mut at: Vec<i32> = segments.filter(crosses).map(|pair| pair[0].x).collect();
        at.sort_unstable();
        at.windows(2).all(|it| it[1] - it[0] >= 2 * RADIUS)
    }

    fn piece(&self, from: i32, to: i32, letters: &mut Letters) -> Drawing {
        let is_within = |y: i32| from <= y && y < to;
        let nodes: Vec<Placed> = self.nodes.iter().filter(|it| is_within(it.y)).cloned().collect();
        let mut piece =
            Drawing { width: 0, height: 0, nodes, lines: Vec::new(), connectors: Vec::new() };
        for (at, line) in self.lines.iter().enumerate() {
            let mut label = line.label.clone().filter(|it| is_within(it.y));
            for mut points in runs(&line.points, from, to) {
                let (first, last) = (points[0], points[points.len() - 1]);
                let has_arrow = line.has_arrow && line.points.last() == Some(&last);
                if line.points.first() != Some(&first) {
                    let connector = Connector::beyond(first, to, letters.of(at, first));
                    points[0] = connector.near_end(first);
                    piece.connectors.push(connector);
                }
                if line.points.last() != Some(&last) {
                    let connector = Connector::beyond(last, to, letters.of(at, last));
                    *points.last_mut().expect("a run has two points") = connector.near_end(last);
                    piece.connectors.push(connector);
                }
                let (from, to, label) = (line.from, line.to, label.take());
                piece.lines.push(Line { from, to, points, label, has_arrow });
            }
        }
        piece.trimmed()
    }
}

impl Connector {
    /// Returns the connector where a line is cut: below the lower edge `to`, else above.
    fn beyond(cut: Point, to: i32, letter: String) -> Connector {
        let out = if cut.y == to { STUB + RADIUS } else { -STUB - RADIUS };
        Connector { x: cut.x, y: cut.y + out, radius: RADIUS, letter }
    }

    /// Where a line from the cut meets the circle.
    fn near_end(&self, cut: Point) -> Point {
        Point {
            x: cut.x,
            y: if self.y > cut.y { self.y - self.radius } else { self.y + self.radius },
        }
    }
}

/// The parts of a line between two heights, each of at least two points.
fn runs(points: &[Point], from: i32, to: i32) -> Vec<Vec<Point>> {
    let mut runs: Vec<Vec<Point>> = Vec::new();
    for pair in points.windows(2) {
        let clipped = [pair[0], pair[1]].map(|it| Point { x: it.x, y: it.y.clamp(from, to) });
        let is_outside = pair.iter().all(|it| it.y < from) || pair.iter().all(|it| it.y > to);
        if is_outside || clipped[0] == clipped[1] {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.last() == Some(&clipped[0]) => run.push(clipped[1]),
            _ => runs.push(clipped.to_vec()),
        }
    }
    runs
}

/// The letters of the connectors: one for each place where a line is cut.
#[derive(Default)]
struct Letters {
    given: Vec<(usize, Point)>,
}

impl Letters {
    fn of(&mut self, line: usize, cut: Point) -> String {
        let place = (line, cut);
        let at = self.given.iter().position(|it| *it == place).unwrap_or_else(|| {
            self.given.push(place);
            self.given.len() - 1
        });
        let letter = char::from(b'A' + (at % 26) as u8);
        match at / 26 {
            0 => letter.to_string(),
            round => format!("{letter}{round}"),
        }
    }
}
