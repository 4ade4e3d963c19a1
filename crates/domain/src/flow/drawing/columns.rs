//! Where the cells of ordered layers stand from left to right, by Brandes and Köpf: in each of
//! four corners' views cells are aligned with the median of what they are linked to, and pushed
//! together; the middle of the four is taken.

use super::{grid::Cell, layers::Layers};

/// The least room between neighbours: symbols, and lines that pass.
const NODE_GAP: i32 = 20;
const LINE_GAP: i32 = 14;

/// One corner's view of the layers, mirrored so that it is always the top left one.
struct View<'a> {
    cells: &'a [Cell],
    rows: Vec<Vec<usize>>,
    /// Links to the layer before.
    before: Vec<Vec<usize>>,
    places: Vec<usize>,
    /// Links that give way to a long line.
    yields: &'a [(usize, usize)],
}

/// Returns the middle of each cell.
pub(super) fn columns(cells: &[Cell], layers: &Layers) -> Vec<i32> {
    let yields = yielding(cells, layers);
    let mut views: Vec<Vec<i32>> = Vec::new();
    for (is_up, is_right) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut rows = layers.rows.clone();
        if is_up {
            rows.reverse();
        }
        if is_right {
            rows.iter_mut().for_each(|row| row.reverse());
        }
        let mut places = vec![0; cells.len()];
        for row in &rows {
            row.iter().enumerate().for_each(|(place, cell)| places[*cell] = place);
        }
        let before = if is_up { layers.below.clone() } else { layers.above.clone() };
        let mut x = View { cells, rows, before, places, yields: &yields }.columns();
        if is_right {
            x.iter_mut().for_each(|it| *it = -*it);
        }
        views.push(x);
    }
    middle(cells, &mut views)
}

/// Moves the four views to the narrowest, and takes the middle of the inner two for each cell.
fn middle(cells: &[Cell], views: &mut [Vec<i32>]) -> Vec<i32> {
    let edges = |x: &[i32]| {
        let left = cells.iter().zip(x).map(|(cell, x)| x - cell.width / 2).min().unwrap_or(0);
        let right = cells.iter().zip(x).map(|(cell, x)| x + cell.width / 2).max().unwrap_or(0);
        (left, right)
    };
    let all: Vec<(i32, i32)> = views.iter().map(|x| edges(x)).collect();
    let Some(&(left, right)) = all.iter().min_by_key(|it| it.1 - it.0) else { return Vec::new() };
    for (nth, (view, own)) in views.iter_mut().zip(&all).enumerate() {
        let by = if nth % 2 == 0 { left - own.0 } else { right - own.1 };
        view.iter_mut().for_each(|x| *x += by);
    }
    let of_cell = |cell: usize| {
        let mut x: Vec<i32> = views.iter().map(|view| view[cell]).collect();
        x.sort_unstable();
        (x[1] + x[2]).div_euclid(2)
    };
    (0..cells.len()).map(of_cell).collect()
}

/// Finds the links that cross a piece of a long line: there the long line runs straight.
fn yielding(cells: &[Cell], layers: &Layers) -> Vec<(usize, usize)> {
    let places = layers.places();
    let is_inner = |above: usize, below: usize| cells[above].is_line && cells[below].is_line;
    let mut yields = Vec::new();
    for row in &layers.rows {
        let links = row.iter().flat_map(|it| layers.below[*it].iter().map(move |to| (*it, *to)));
        let links: Vec<(usize, usize)> = links.collect();
        let inner: Vec<(usize, usize)> =
            links.iter().copied().filter(|it| is_inner(it.0, it.1)).collect();
        for (above, below) in links {
            let crosses = |it: &(usize, usize)| {
                let (one, other) =
                    (places[above].cmp(&places[it.0]), places[below].cmp(&places[it.1]));
                one != other && one.is_ne() && other.is_ne()
            };
            if !is_inner(above, below) && inner.iter().any(crosses) {
                yields.push((above, below));
            }
        }
    }
    yields
}

impl View<'_> {
    fn columns(&self) -> Vec<i32> {
        let block = self.blocks();
        // Each block stands clear of the blocks on its left.
        let mut leftward: Vec<Vec<(usize, i32)>> = vec![Vec::new(); self.cells.len()];
        let mut rightward = leftward.clone();
        for row in &self.rows {
            for pair in row.windows(2) {
                let gap = self.gap(pair[0], pair[1]);
                leftward[block[pair[1]]].push((block[pair[0]], gap));
                rightward[block[pair[0]]].push((block[pair[1]], gap));
            }
        }
        let order = in_order(&block, &leftward, &rightward);
        let mut x = vec![0; self.cells.len()];
        for &at in &order {
            x[at] = leftward[at].iter().map(|(left, gap)| x[*left] + gap).max().unwrap_or(0);
        }
        // And as near to those on its right as they allow.
        for &at in order.iter().rev() {
            let most = rightward[at].iter().map(|(right, gap)| x[*right] - gap).min();
            x[at] = most.map_or(x[at], |most| most.max(x[at]));
        }
        (0..self.cells.len()).map(|cell| x[block[cell]]).collect()
    }

    /// Returns the first cell of the column that each cell is aligned with.
    fn blocks(&self) -> Vec<usize> {
        let mut block: Vec<usize> = (0..self.cells.len()).collect();
        let mut is_followed = vec![false; self.cells.len()];
        for row in &self.rows {
            let mut reached: Option<usize> = None;
            for &cell in row {
                let mut near = self.before[cell].clone();
                near.sort_by_key(|it| self.places[*it]);
                let n = near.len();
                let medians = [n.saturating_sub(1) / 2, n / 2];
                for median in medians.into_iter().filter(|_| n > 0) {
                    let other = near[median];
                    let place = self.places[other];
                    let gives_way = self.yields.contains(&(other, cell))
                        || self.yields.contains(&(cell, other));
                    let is_free = !is_followed[other] && reached.is_none_or(|it| it < place);
                    if block[cell] == cell && is_free && !gives_way {
                        block[cell] = block[other];
                        is_followed[other] = true;
                        reached = Some(place);
                    }
                }
            }
        }
        block
    }

    fn gap(&self, left: usize, right: usize) -> i32 {
        let (left, right) = (&self.cells[left], &self.cells[right]);
        let between = match (left.is_line, right.is_line) {
            (false, false) => NODE_GAP,
            _ => LINE_GAP,
        };
        (left.width + right.width) / 2 + between
    }
}

/// Returns the blocks so that each comes after those on its left.
fn in_order(
    block: &[usize],
    leftward: &[Vec<(usize, i32)>],
    rightward: &[Vec<(usize, i32)>],
) -> Vec<usize> {
    let mut n_left: Vec<usize> = leftward.iter().map(Vec::len).collect();
    let is_first = |at: &usize| block[*at] == *at && n_left[*at] == 0;
    let mut order: Vec<usize> = (0..block.len()).filter(is_first).collect();
    let mut at = 0;
    while let Some(&next) = order.get(at) {
        at += 1;
        for (right, _) in &rightward[next] {
            n_left[*right] -= 1;
            if n_left[*right] == 0 {
                order.push(*right);
            }
        }
    }
    order
}
