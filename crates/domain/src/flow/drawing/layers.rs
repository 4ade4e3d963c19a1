//! Which layer a cell is in, and in which order the cells of a layer stand.

/// Rounds of putting layers in order; a flow of sixty symbols is at rest after a few.
const ROUNDS: usize = 8;

/// Cells in layers, each linked only to cells of the layers above and below.
#[derive(Debug, Clone, Default)]
pub(super) struct Layers {
    /// The cells of each layer, from left to right.
    pub(super) rows: Vec<Vec<usize>>,
    pub(super) above: Vec<Vec<usize>>,
    pub(super) below: Vec<Vec<usize>>,
}

/// Returns the layer of each cell: as high as what leads to it allows, and what nothing leads to
/// right above the first that it leads to.
pub(super) fn ranks(n_cells: usize, links: &[(usize, usize)]) -> Vec<usize> {
    let mut rank = vec![0; n_cells];
    let mut n_entries = vec![0; n_cells];
    links.iter().for_each(|link| n_entries[link.1] += 1);
    let mut ready: Vec<usize> = (0..n_cells).filter(|cell| n_entries[*cell] == 0).collect();
    let mut at = 0;
    while let Some(&cell) = ready.get(at) {
        at += 1;
        for (_, below) in links.iter().filter(|link| link.0 == cell) {
            rank[*below] = rank[*below].max(rank[cell] + 1);
            n_entries[*below] -= 1;
            if n_entries[*below] == 0 {
                ready.push(*below);
            }
        }
    }
    for cell in 0..n_cells {
        let is_led_to = links.iter().any(|link| link.1 == cell);
        let first = links.iter().filter(|link| link.0 == cell).map(|link| rank[link.1]).min();
        if let Some(first) = first.filter(|_| !is_led_to) {
            rank[cell] = first - 1;
        }
    }
    rank
}

impl Layers {
    /// Orders the cells so that few lines cross. `links` join neighbouring layers only.
    pub(super) fn of(rank: &[usize], links: &[(usize, usize)]) -> Layers {
        let n_layers = rank.iter().max().map_or(0, |it| it + 1);
        let mut layers = Layers {
            rows: vec![Vec::new(); n_layers],
            above: vec![Vec::new(); rank.len()],
            below: vec![Vec::new(); rank.len()],
        };
        for (above, below) in links {
            layers.below[*above].push(*below);
            layers.above[*below].push(*above);
        }
        layers.fill(rank);
        let mut best = (layers.crossings(), layers.rows.clone());
        for round in 0..ROUNDS {
            layers.sweep(round % 2 == 0);
            layers.swap_neighbours();
            let crossings = layers.crossings();
            if crossings < best.0 {
                best = (crossings, layers.rows.clone());
            }
        }
        layers.rows = best.1;
        layers
    }

    /// Begins with the order in which the cells are come to, the first exit first.
    fn fill(&mut self, rank: &[usize]) {
        let mut seen = vec![false; rank.len()];
        for root in 0..rank.len() {
            let mut waiting = vec![root];
            while let Some(cell) = waiting.pop() {
                if std::mem::replace(&mut seen[cell], true) {
                    continue;
                }
                self.rows[rank[cell]].push(cell);
                waiting.extend(self.below[cell].iter().rev());
            }
        }
    }

    /// Returns the place of each cell in its layer.
    pub(super) fn places(&self) -> Vec<usize> {
        let mut places = vec![0; self.above.len()];
        for row in &self.rows {
            row.iter().enumerate().for_each(|(place, cell)| places[*cell] = place);
        }
        places
    }

    /// Puts each layer in the order of the middles of what it is linked to, from one end on.
    fn sweep(&mut self, is_down: bool) {
        let mut places = self.places();
        for nth in 1..self.rows.len() {
            let layer = if is_down { nth } else { self.rows.len() - 1 - nth };
            let linked = if is_down { &self.above } else { &self.below };
            // In thousandths of a place, so that no rounding decides.
            let middle = |cell: usize| {
                let near = &linked[cell];
                match near.len() {
                    0 => places[cell] * 1000,
                    n => near.iter().map(|it| places[*it] * 1000).sum::<usize>() / n,
                }
            };
            let mut row: Vec<(usize, usize)> =
                self.rows[layer].iter().map(|cell| (middle(*cell), *cell)).collect();
            row.sort_by_key(|it| it.0);
            self.rows[layer] = row.into_iter().map(|it| it.1).collect();
            self.rows[layer].iter().enumerate().for_each(|(place, cell)| places[*cell] = place);
        }
    }

    /// Swaps neighbours wherever fewer lines cross by it.
    fn swap_neighbours(&mut self) {
        let mut places = self.places();
        for layer in 0..self.rows.len() {
            for at in 1..self.rows[layer].len() {
                let (left, right) = (self.rows[layer][at - 1], self.rows[layer][at]);
                let crossed = |left: usize, right: usize| {
                    let cross = |linked: &[Vec<usize>]| {
                        let pairs = linked[left]
                            .iter()
                            .flat_map(|it| linked[right].iter().map(move |other| (*it, *other)));
                        pairs.filter(|(it, other)| places[*it] > places[*other]).count()
                    };
                    cross(&self.above) + cross(&self.below)
                };
                if crossed(right, left) < crossed(left, right) {
                    self.rows[layer].swap(at - 1, at);
                    places.swap(left, right);
                }
            }
        }
    }

    fn crossings(&self) -> usize {
        let places = self.places();
        let mut n = 0;
        for row in &self.rows {
            let lines: Vec<(usize, usize)> = row
                .iter()
                .flat_map(|cell| self.below[*cell].iter().map(|to| (places[*cell], places[*to])))
                .collect();
            for (at, one) in lines.iter().enumerate() {
                n += lines[..at].iter().filter(|it| it.0 < one.0 && it.1 > one.1).count();
            }
        }
        n
    }
}
