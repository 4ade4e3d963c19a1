//! Flowcharts drawn with Word's shapes, to the steps of 办理环节 with what follows each.

mod ends;

use self::ends::{Node, Way, distance};
use super::model::{Area, Block, Cell, Shape};

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
const LONGEST_WORD: usize = 16;

/// Replaces the shapes that make a flowchart by its steps; other shapes become the text in them.
pub(super) fn take(blocks: &mut Vec<Block>) {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut shapes: Vec<Shape> = Vec::new();
    for block in blocks.drain(..) {
        match block {
            Block::Shape(shape) => shapes.push(*shape),
            Block::Table(mut table) => {
                put(&mut out, std::mem::take(&mut shapes));
                table.rows.iter_mut().flatten().for_each(take_from_cell);
                out.push(Block::Table(table));
            }
            other => out.push(other),
        }
    }
    put(&mut out, shapes);
    *blocks = out;
}

fn put(out: &mut Vec<Block>, shapes: Vec<Shape>) {
    let (lines, rest) = read(shapes);
    out.extend(lines.map(Block::Flow));
    out.extend(rest.into_iter().map(|it| Block::Shape(Box::new(it))));
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
    let (lines, solids): (Vec<Shape>, Vec<Shape>) =
        shapes.into_iter().partition(|it| it.is_line || ends::is_arrow(it));
    let nodes: Vec<Node> = solids.iter().map(Node::of).collect();
    let ways: Vec<Way> = lines.iter().filter_map(|line| Way::of(line, &nodes)).collect();
    let mut is_node = vec![false; nodes.len()];
    for way in &ways {
        (is_node[way.from], is_node[way.to]) = (true, true);
    }
    let members: Vec<usize> = (0..nodes.len()).filter(|at| is_node[*at]).collect();
    let n_nodes = members.len();
    if n_nodes < 2 || 2 * ways.len() < n_nodes - 1 {
        return (None, [solids, lines].concat());
    }
    let mut chart = Chart { nodes: &nodes, ways };
    let mut rest: Vec<bool> = is_node.iter().map(|it| !it).collect();
    for at in 0..nodes.len() {
        if rest[at] && chart.say(&nodes[at]) {
            rest[at] = false;
        }
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
    /// Gives a word that stands free to the line beside it: 「通过」「不予受理」.
    fn say(&mut self, word: &Node) -> bool {
        if word.text.is_empty() || word.text.chars().count() > LONGEST_WORD {
            return false;
        }
        let Area { x, y, width, height } = word.area;
        let middle = (x + width / 2.0, y + height / 2.0);
        let reach = width.max(height) * 1.5;
        let far = |way: &Way| distance(middle, way.begins, way.ends);
        let branches = |way: &Way| self.nodes[way.from].is_diamond;
        let free = self.ways.iter().enumerate().filter(|(_, way)| way.word.is_empty());
        let near = free.filter(|(_, way)| far(way) <= reach);
        // What a condition's exits are called stands beside them, and beside others by chance.
        let first = near.min_by(|(_, one), (_, other)| {
            branches(other).cmp(&branches(one)).then(far(one).total_cmp(&far(other)))
        });
        let Some((at, _)) = first else { return false };
        self.ways[at].word.clone_from(&word.text);
        true
    }

    /// Writes the steps from the top down, each with where it leads.
    fn rows(&self, mut members: Vec<usize>) -> Vec<Vec<String>> {
        members.sort_by(|one, other| {
            let (one, other) = (self.nodes[*one].area, self.nodes[*other].area);
            one.y.total_cmp(&other.y).then(one.x.total_cmp(&other.x))
        });
        members.retain(|at| !self.is_beginning(*at) && !self.is_ending(*at));
        let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
        for (place, at) in members.iter().enumerate() {
            let next = self.next(*at, members.get(place + 1).copied());
            let node = &self.nodes[*at];
            let shape = match () {
                () if node.is_diamond => CONDITION,
                () if node.is_round && !self.leads_on(*at) => END,
                () => "",
            };
            rows.push(vec![node.text.clone(), shape.to_owned(), next]);
        }
        rows
    }

    fn leads_on(&self, at: usize) -> bool {
        self.ways.iter().any(|way| way.from == at)
    }

    fn is_beginning(&self, at: usize) -> bool {
        BEGINNINGS.contains(&self.nodes[at].text.as_str())
    }

    fn is_ending(&self, at: usize) -> bool {
        ENDINGS.contains(&self.nodes[at].text.as_str()) && !self.leads_on(at)
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
                false => self.nodes[way.to].text.as_str(),
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
