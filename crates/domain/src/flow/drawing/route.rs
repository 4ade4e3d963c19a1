//! Lines between the layers: down, across on a track of their own, and down.
//!
//! Within a layer lines only run down, each in its own cell; all that runs across does so in the
//! channel between two layers. So no line meets a label or a symbol that is not its own.

use super::{Point, grid::Grid};

/// The height of a channel in which nothing runs across.
const PLAIN_CHANNEL: i32 = 22;
/// The room above the first track, between tracks, and below the last for an arrow.
const ABOVE: i32 = 10;
const TRACK: i32 = 8;
const BELOW: i32 = 20;

/// Lines nearer than this are not told apart.
const CLEAR: i32 = 6;

/// Where layers and tracks are.
pub(super) struct Heights {
    top: Vec<i32>,
    height: Vec<i32>,
    /// For each exit, the track of each of its segments; none for one that runs straight.
    tracks: Vec<Vec<Option<i32>>>,
    /// Exits that leave the left or right corner of their condition.
    at_corner: Vec<bool>,
}

/// A piece of an exit's line, between two neighbouring layers.
#[derive(Debug, Clone, Copy)]
struct Segment {
    exit: usize,
    step: usize,
    upper: usize,
    lower: usize,
    upper_x: i32,
    lower_x: i32,
}

/// Finds the tracks and so the heights of all layers.
pub(super) fn settled(grid: Grid) -> (Grid, Heights) {
    let at_corner = corners(&grid);
    let mut channels: Vec<Vec<Segment>> = vec![Vec::new(); grid.n_layers];
    for (exit, way) in grid.ways.iter().enumerate() {
        for (step, pair) in way.windows(2).enumerate() {
            let (upper, lower) = match grid.cells[pair[0]].layer < grid.cells[pair[1]].layer {
                true => (pair[0], pair[1]),
                false => (pair[1], pair[0]),
            };
            let lower_x = grid.cells[lower].x;
            let is_corner = step == 0 && at_corner[exit];
            let upper_x = if is_corner { lower_x } else { grid.cells[upper].x };
            let segment = Segment { exit, step, upper, lower, upper_x, lower_x };
            channels[grid.cells[upper].layer].push(segment);
        }
    }
    let mut height = vec![0; grid.n_layers];
    for cell in &grid.cells {
        height[cell.layer] = height[cell.layer].max(cell.height);
    }
    let mut tracks: Vec<Vec<Option<i32>>> =
        grid.ways.iter().map(|way| vec![None; way.len().saturating_sub(1)]).collect();
    let (mut top, mut y) = (Vec::new(), 0);
    for (layer, segments) in channels.iter().enumerate() {
        top.push(y);
        let channel = y + height[layer];
        let (taken, n_tracks) = tracks_of(segments);
        for (segment, track) in taken {
            tracks[segment.exit][segment.step] = Some(channel + ABOVE + track as i32 * TRACK);
        }
        y = channel
            + match n_tracks as i32 {
                0 => PLAIN_CHANNEL,
                n => ABOVE + (n - 1) * TRACK + BELOW,
            };
    }
    (grid, Heights { top, height, tracks, at_corner })
}

impl Heights {
    /// The middle of a layer.
    pub(super) fn middle(&self, layer: usize) -> i32 {
        self.top[layer] + self.height[layer] / 2
    }

    /// The points of an exit's line.
    pub(super) fn points(&self, grid: &Grid, exit: usize) -> Vec<Point> {
        let way = &grid.ways[exit];
        let (first, last) = (&grid.cells[way[0]], &grid.cells[way[way.len() - 1]]);
        let middle = self.middle(first.layer);
        let mut points = Vec::new();
        if self.at_corner[exit] {
            let x = grid.cells[way[1]].x;
            let reach = if x > first.x { first.width / 2 } else { -first.width / 2 };
            points.push(Point { x: first.x + reach, y: middle });
            points.push(Point { x, y: middle });
        } else {
            points.push(Point { x: first.x, y: middle + first.height / 2 });
        }
        for (pair, track) in way.windows(2).zip(&self.tracks[exit]) {
            let Some(y) = *track else { continue };
            points.push(Point { x: grid.cells[pair[0]].x, y });
            points.push(Point { x: grid.cells[pair[1]].x, y });
        }
        points.push(Point { x: last.x, y: self.middle(last.layer) - last.height / 2 });
        without_needless(points)
    }
}

/// Finds the exits that can leave the side of a condition: nothing stands in the way there.
fn corners(grid: &Grid) -> Vec<bool> {
    let mut taken: Vec<(usize, i32, i32)> = Vec::new();
    let mut at_corner = vec![false; grid.ways.len()];
    for (exit, way) in grid.ways.iter().enumerate() {
        let (from, next) = (way[0], &grid.cells[way[1]]);
        let branches = grid.ways.iter().filter(|other| other[0] == from).count() > 1;
        let cell = &grid.cells[from];
        let span = match next.x - cell.x {
            dx if dx > cell.width / 2 + CLEAR => (cell.x + cell.width / 2, next.x),
            dx if -dx > cell.width / 2 + CLEAR => (next.x, cell.x - cell.width / 2),
            _ => continue,
        };
        let meets = |left: i32, right: i32| left - CLEAR < span.1 && span.0 < right + CLEAR;
        let others = grid.cells.iter().enumerate();
        let mut others = others.filter(|(at, other)| *at != from && other.layer == cell.layer);
        let is_free = !others.any(|(_, it)| meets(it.x - it.width / 2, it.x + it.width / 2))
            && !taken.iter().any(|it| it.0 == cell.layer && meets(it.1, it.2));
        if branches && is_free {
            taken.push((cell.layer, span.0, span.1));
            at_corner[exit] = true;
        }
    }
    at_corner
}

/// Gives every segment that runs across a track, and says how many tracks there are.
fn tracks_of(segments: &[Segment]) -> (Vec<(Segment, usize)>, usize) {
    let mut waiting: Vec<Segment> =
        segments.iter().filter(|it| it.upper_x != it.lower_x).copied().collect();
    // Of lines that run the same way, the foremost turns first: then they do not cross.
    waiting.sort_by_key(|it| match it.lower_x > it.upper_x {
        true => (0, -it.upper_x, it.exit),
        false => (1, it.upper_x, it.exit),
    });
    let mut taken: Vec<(Segment, usize)> = Vec::new();
    while !waiting.is_empty() {
        let is_held = |it: &Segment| waiting.iter().any(|other| other.goes_above(it));
        // Lines that hold each other up in a ring: the first goes, and they touch.
        let next = waiting.iter().position(|it| !is_held(it)).unwrap_or(0);
        let segment = waiting.remove(next);
        let above = taken.iter().filter(|(other, _)| other.goes_above(&segment));
        let least = above.map(|(_, track)| track + 1).max().unwrap_or(0);
        let is_free =
            |track: &usize| !taken.iter().any(|(other, at)| at == track && other.meets(&segment));
        let track = (least..).find(is_free).expect("there is always a further track");
        taken.push((segment, track));
    }
    let n_tracks = taken.iter().map(|(_, track)| track + 1).max().unwrap_or(0);
    (taken, n_tracks)
}

impl Segment {
    /// Whether this must run across above the other, whose lower end comes down where this one
    /// goes up.
    fn goes_above(&self, other: &Segment) -> bool {
        let is_other = (self.exit, self.step) != (other.exit, other.step);
        is_other && (self.upper_x - other.lower_x).abs() < CLEAR
    }

    /// Whether both on one track would touch; those of one fork or one join may meet in its point.
    fn meets(&self, other: &Segment) -> bool {
        let span = |it: &Segment| (it.upper_x.min(it.lower_x), it.upper_x.max(it.lower_x));
        let ((left, right), (other_left, other_right)) = (span(self), span(other));
        let is_joint = self.upper == other.upper || self.lower == other.lower;
        match is_joint {
            true => left < other_right && other_left < right,
            false => left - CLEAR < other_right && other_left < right + CLEAR,
        }
    }
}

/// Takes out points at which a line does not turn.
fn without_needless(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for point in points {
        if kept.last() == Some(&point) {
            continue;
        }
        if let [.., before, last] = kept[..] {
            let is_straight = (before.x == last.x && last.x == point.x)
                || (before.y == last.y && last.y == point.y);
            if is_straight {
                kept.pop();
            }
        }
        kept.push(point);
    }
    kept
}
