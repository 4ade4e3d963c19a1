//! Flowcharts drawn with Word's shapes, to the steps of 办理环节 with what follows each.

mod cuts;
mod ends;
mod lines;
mod note;
#[cfg(test)]
mod tests;

use self::{
    ends::{Node, Way, is_arrow},
    lines::clearance,
    note::COLUMNS,
};
use super::model::{Block, Cell, Shape};

/// What a flowchart's lines are read under: names of the columns of 办理环节.
const HEADER: [&str; 3] = ["环节名称", "图形", "下一环节"];
const CONDITION: &str = "判断";
const END: &str = "终点";

/// Words in the ellipses that begin and end a chart, and say nothing more.
const BEGINNINGS: [&str; 3] = ["开始", "起点", "流程开始"];
const ENDINGS: [&str; 4] = ["结束", "终止", "流程结束", "办理结束"];

/// A flowchart has no more shapes; what has is a picture made of them.
const MOST_SHAPES: usize = 2_000;

/// The word on a line is no longer than this.
const LONGEST_WORD: usize = 40;

/// Replaces the shapes that make a flowchart by its steps; other shapes become the text in them.
pub(super) fn take(blocks: &mut Vec<Block>) {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut drawn = Drawn::default();
    for block in blocks.drain(..) {
        match block {
            Block::Shape(shape) => {
                drawn.begins.get_or_insert(out.len());
                drawn.shapes.push(*shape);
            }
            Block::Table(mut table) => {
                std::mem::take(&mut drawn).put(&mut out);
                table.rows.iter_mut().flatten().for_each(take_from_cell);
                out.push(Block::Table(table));
            }
            other => out.push(other),
        }
    }
    drawn.put(&mut out);
    *blocks = out;
}

/// The shapes between two tables, and the place of the first among the blocks.
#[derive(Default)]
struct Drawn {
    begins: Option<usize>,
    shapes: Vec<Shape>,
}

impl Drawn {
    /// A flowchart stands where it begins, below its title.
    fn put(self, out: &mut Vec<Block>) {
        let (lines, rest) = read(self.shapes);
        if let Some((at, lines)) = self.begins.zip(lines) {
            out.insert(at, Block::Flow(lines));
        }
        out.extend(rest.into_iter().map(|it| Block::Shape(Box::new(it))));
    }
}

fn take_from_cell(cell: &mut Cell) {
    let (lines, rest) = read(std::mem::take(&mut cell.shapes));
    cell.flow = lines;
    cell.shapes = rest;
    cell.tables.iter_mut().flat_map(|it| it.rows.iter_mut()).flatten().for_each(take_from_cell);
    cell.unbox();
}

/// Reads shapes as one flowchart; returns its lines, and the shapes that are no part of it.
fn read(shapes: Vec<Shape>) -> (Option<Vec<Vec<String>>>, Vec<Shape>) {
    if shapes.len() > MOST_SHAPES {
        return (None, shapes);
    }
    let is_line = |it: &Shape| it.is_line || it.is_open() || is_arrow(it);
    let (lines, solids): (Vec<Shape>, Vec<Shape>) = shapes.into_iter().partition(is_line);
    let nodes: Vec<Node> = solids.iter().map(Node::of).collect();
    let ways: Vec<Way> = lines.iter().filter_map(|line| Way::of(line, &nodes)).collect();
    let mut is_node = vec![false; nodes.len()];
    for way in &ways {
        (is_node[way.from], is_node[way.to]) = (true, true);
    }
    let n_nodes = is_node.iter().filter(|it| **it).count();
    if n_nodes < 2 || 2 * ways.len() < n_nodes - 1 {
        return (None, [solids, lines].concat());
    }
    let mut chart = Chart { nodes: &nodes, ways };
    let mut rest: Vec<bool> = is_node.iter().map(|it| !it).collect();
    chart.say(&mut rest);
    chart.ways = cuts::joined(&nodes, chart.ways);
    let members: Vec<usize> = (0..nodes.len()).filter(|at| chart.is_reached(*at)).collect();
    if members.is_empty() {
        return (None, [solids, lines].concat());
    }
    let rows = chart.rows(members);
    let rest = solids.into_iter().zip(rest).filter_map(|(shape, is_rest)| is_rest.then_some(shape));
    (Some(rows), rest.collect())
}

struct Chart<'a> {
    nodes: &'a [Node],
    ways: Vec<Way>,
}

impl Chart<'_> {
    /// Gives each word that stands free to the line beside it: 「通过」「不予受理」.
    fn say(&mut self, rest: &mut [bool]) {
        let mut near: Vec<(bool, f64, usize, usize)> = Vec::new();
        for (at, word) in self.nodes.iter().enumerate().filter(|(at, _)| rest[*at]) {
            if word.name.is_empty() || word.name.chars().count() > LONGEST_WORD {
                continue;
            }
            let free = self.ways.iter().enumerate().filter(|(_, way)| way.word.is_empty());
            for (nth, way) in free {
                let far = clearance(word.area, &way.course);
                // What a condition's exits are called stands beside them, and beside others by
                // chance.
                let from = &self.nodes[way.from];
                let is_plain = !from.is_diamond && !cuts::is_connector(from);
                if far <= 2.0 * word.area.height {
                    near.push((is_plain, far, at, nth));
                }
            }
        }
        near.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
        for (_, _, word, way) in near {
            if rest[word] && self.ways[way].word.is_empty() {
                rest[word] = false;
                self.ways[way].word.clone_from(&self.nodes[word].name);
            }
        }
    }

    fn is_reached(&self, at: usize) -> bool {
        self.ways.iter().any(|way| way.from == at || way.to == at)
    }

    /// Writes the steps from the top down, each with where it leads.
    fn rows(&self, mut members: Vec<usize>) -> Vec<Vec<String>> {
        members.sort_by(|one, other| {
            let (one, other) = (self.nodes[*one].area, self.nodes[*other].area);
            one.y.total_cmp(&other.y).then(one.x.total_cmp(&other.x))
        });
        // The first row is where the flow begins, whatever else is drawn as high.
        let beginning = members.iter().find(|at| self.is_beginning(**at));
        let first = beginning.and_then(|it| self.ways.iter().find(|way| way.from == *it));
        if let Some(first) = first.map(|way| way.to) {
            members.sort_by_key(|at| *at != first);
        }
        members.retain(|at| !self.is_beginning(*at) && !self.is_ending(*at));
        let is_said =
            |nth: &usize| members.iter().any(|at| !self.nodes[*at].note.values()[*nth].is_empty());
        let noted: Vec<usize> = (0..COLUMNS.len()).filter(is_said).collect();
        let header = HEADER.into_iter().chain(noted.iter().map(|nth| COLUMNS[*nth]));
        let mut rows = vec![header.map(str::to_owned).collect()];
        for (place, at) in members.iter().enumerate() {
            let next = self.next(*at, members.get(place + 1).copied());
            let node = &self.nodes[*at];
            let shape = match () {
                () if node.is_diamond => CONDITION,
                () if node.is_round && !self.leads_on(*at) => END,
                () => "",
            };
            let mut row = vec![node.name.clone(), shape.to_owned(), next];
            row.extend(noted.iter().map(|nth| node.note.values()[*nth].clone()));
            rows.push(row);
        }
        rows
    }

    fn leads_on(&self, at: usize) -> bool {
        self.ways.iter().any(|way| way.from == at)
    }

    fn is_beginning(&self, at: usize) -> bool {
        BEGINNINGS.contains(&self.nodes[at].name.as_str())
    }

    fn is_ending(&self, at: usize) -> bool {
        ENDINGS.contains(&self.nodes[at].name.as_str()) && !self.leads_on(at)
    }

    /// Where a step leads; nothing where it is only to the one that is written below it.
    fn next(&self, at: usize, below: Option<usize>) -> String {
        let ways: Vec<&Way> = self.ways.iter().filter(|way| way.from == at).collect();
        let is_only = ways.len() == 1 && ways[0].word.is_empty();
        if is_only && below == Some(ways[0].to) {
            return String::new();
        }
        let exits = ways.iter().map(|way| {
            let target = match self.is_ending(way.to) {
                true => ENDINGS[0],
                false => self.nodes[way.to].name.as_str(),
            };
            match way.word.as_str() {
                "" => target.to_owned(),
                word => format!("{word}→{target}"),
            }
        });
        let written = exits.collect::<Vec<_>>().join("；");
        // A step in the middle of the list that leads nowhere ends the flow.
        let is_end = self.nodes[at].is_round && !self.leads_on(at);
        match written.is_empty() && below.is_some() && !is_end {
            true => ENDINGS[0].to_owned(),
            false => written,
        }
    }
}
