//! A flow as BPMN 2.0 with its diagram, for modellers and engines.
//!
//! A step is a user task, a condition an exclusive gateway. An exit of a condition is taken when
//! the variable `choice_` with the gateway's id is the exit's number, counted from 1: an
//! expression that JavaScript and Python read alike, so that an engine runs it as it stands.
//! Where several lines come together, a gateway of its own joins them.

use domain::flow::{
    Exit, Flow, Node, NodeAt, Symbol,
    drawing::{Drawing, Label, Placed, Point},
};

use crate::write::xml::{Element, el};

/// The height of a joining gateway, and its distance from what it leads to.
const JOIN: i32 = 10;
const JOIN_GAP: i32 = 5;

/// Writes the flow as a process of this name.
pub fn flow_bpmn(flow: &Flow, title: &str) -> Vec<u8> {
    let drawing = Drawing::of(flow);
    let model = Model { flow, drawing: &drawing };
    el("definitions")
        .attr("xmlns", "http://www.omg.org/spec/BPMN/20100524/MODEL")
        .attr("xmlns:bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI")
        .attr("xmlns:dc", "http://www.omg.org/spec/DD/20100524/DC")
        .attr("xmlns:di", "http://www.omg.org/spec/DD/20100524/DI")
        .attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .attr("id", "definitions")
        .attr("targetNamespace", "urn:shixiang:flow")
        .child(model.process(title))
        .child(model.diagram())
        .to_file()
}

struct Model<'a> {
    flow: &'a Flow,
    drawing: &'a Drawing,
}

/// A sequence flow: an exit, or what leads from a joining gateway on.
enum Sequence<'a> {
    Exit(usize, &'a Exit),
    Joined(NodeAt),
}

impl Sequence<'_> {
    fn id(&self) -> String {
        match self {
            Sequence::Exit(at, _) => format!("f{at}"),
            Sequence::Joined(node) => format!("g{node}"),
        }
    }
}

impl Model<'_> {
    fn is_joined(&self, node: NodeAt) -> bool {
        self.flow.entries_of(node).count() > 1
    }

    fn joins(&self) -> impl Iterator<Item = NodeAt> {
        (0..self.flow.nodes.len()).filter(|node| self.is_joined(*node))
    }

    fn sequences(&self) -> Vec<Sequence<'_>> {
        let exits = self.flow.exits.iter().enumerate();
        let exits = exits.map(|(at, exit)| Sequence::Exit(at, exit));
        exits.chain(self.joins().map(Sequence::Joined)).collect()
    }

    fn source(&self, sequence: &Sequence<'_>) -> String {
        match sequence {
            Sequence::Exit(_, exit) => node_id(exit.from),
            Sequence::Joined(node) => join_id(*node),
        }
    }

    fn target(&self, sequence: &Sequence<'_>) -> String {
        match sequence {
            Sequence::Exit(_, exit) if self.is_joined(exit.to) => join_id(exit.to),
            Sequence::Exit(_, exit) => node_id(exit.to),
            Sequence::Joined(node) => node_id(*node),
        }
    }

    fn process(&self, title: &str) -> Element {
        let sequences = self.sequences();
        let nodes = self.flow.nodes.iter().enumerate().map(|(at, node)| {
            let it = el(tag(node.symbol)).attr("id", node_id(at)).attr("name", node.name.clone());
            let it = match node.symbol {
                Symbol::Condition => it.attr("gatewayDirection", "Diverging"),
                _ => it,
            };
            it.children(documentation(node)).children(self.ends(&node_id(at), &sequences))
        });
        let joins = self.joins().map(|node| {
            el("exclusiveGateway")
                .attr("id", join_id(node))
                .attr("gatewayDirection", "Converging")
                .children(self.ends(&join_id(node), &sequences))
        });
        el("process")
            .attr("id", "flow")
            .attr("name", title.to_owned())
            .attr("isExecutable", "true")
            .children(nodes)
            .children(joins)
            .children(sequences.iter().map(|it| self.sequence(it)))
    }

    /// What comes in at an element and goes out, by id.
    fn ends(&self, id: &str, sequences: &[Sequence<'_>]) -> Vec<Element> {
        let incoming = sequences.iter().filter(|it| self.target(it) == id);
        let outgoing = sequences.iter().filter(|it| self.source(it) == id);
        let incoming = incoming.map(|it| el("incoming").text(&it.id()));
        incoming.chain(outgoing.map(|it| el("outgoing").text(&it.id()))).collect()
    }

    fn sequence(&self, sequence: &Sequence<'_>) -> Element {
        let it = el("sequenceFlow")
            .attr("id", sequence.id())
            .attr("sourceRef", self.source(sequence))
            .attr("targetRef", self.target(sequence));
        let Sequence::Exit(_, exit) = sequence else { return it };
        if self.flow.nodes[exit.from].symbol != Symbol::Condition {
            return it;
        }
        let nth = self.flow.exits_of(exit.from).position(|other| other.to == exit.to);
        let nth = nth.expect("an exit is among those of its node") + 1;
        let name = match exit.label.as_str() {
            "" => &self.flow.nodes[exit.to].name,
            label => label,
        };
        let condition = el("conditionExpression")
            .attr("xsi:type", "tFormalExpression")
            .text(&format!("choice_{} == {nth}", node_id(exit.from)));
        it.attr("name", name.to_owned()).child(condition)
    }

    fn diagram(&self) -> Element {
        let shapes = self.drawing.nodes.iter().map(shape);
        let joins = self.joins().map(|node| {
            let it = &self.drawing.nodes[node];
            let (x, y) = (it.x + it.width / 2 - JOIN / 2, it.y - JOIN_GAP - JOIN);
            shape_of(&join_id(node)).child(bounds(x, y, JOIN, JOIN))
        });
        let edges = self.sequences();
        let edges = edges.iter().map(|it| self.edge(it));
        let plane = el("bpmndi:BPMNPlane")
            .attr("id", "plane")
            .attr("bpmnElement", "flow")
            .children(shapes)
            .children(joins)
            .children(edges);
        el("bpmndi:BPMNDiagram").attr("id", "diagram").child(plane)
    }

    fn edge(&self, sequence: &Sequence<'_>) -> Element {
        let id = sequence.id();
        let edge = el("bpmndi:BPMNEdge").attr("id", format!("{id}_line")).attr("bpmnElement", id);
        let (points, label) = match sequence {
            Sequence::Exit(at, exit) => {
                let line = &self.drawing.lines[*at];
                let mut points = line.points.clone();
                if let Some(last) = points.last_mut().filter(|_| self.is_joined(exit.to)) {
                    last.y -= JOIN_GAP + JOIN;
                }
                (points, line.label.as_ref())
            }
            Sequence::Joined(node) => {
                let it = &self.drawing.nodes[*node];
                let x = it.x + it.width / 2;
                (vec![Point { x, y: it.y - JOIN_GAP }, Point { x, y: it.y }], None)
            }
        };
        let waypoint = |point: &Point| {
            el("di:waypoint").attr("x", point.x.to_string()).attr("y", point.y.to_string())
        };
        edge.children(points.iter().map(waypoint)).children(label.map(label_bounds))
    }
}

fn tag(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::Start => "startEvent",
        Symbol::Step => "userTask",
        Symbol::Condition => "exclusiveGateway",
        Symbol::End => "endEvent",
    }
}

fn node_id(node: NodeAt) -> String {
    format!("n{node}")
}

fn join_id(node: NodeAt) -> String {
    format!("j{node}")
}

/// Post and time limit, for whoever opens the model.
fn documentation(node: &Node) -> Option<Element> {
    let post = Some(&node.post).filter(|post| !post.is_empty()).map(|post| format!("岗位：{post}"));
    let limit = node.limit.map(|limit| format!("时限：{limit}"));
    let lines: Vec<String> = [post, limit].into_iter().flatten().collect();
    (!lines.is_empty()).then(|| el("documentation").text(&lines.join("\n")))
}

fn shape(it: &Placed) -> Element {
    let id = node_id(it.node);
    let (middle, right) = (it.x + it.width / 2, it.x + it.width);
    match it.symbol {
        // Events are circles: as high as the ellipse, in its middle, the name beside it.
        Symbol::Start | Symbol::End => {
            let left = middle - it.height / 2;
            let label = bounds(middle + it.height / 2 + 4, it.y, it.width, it.height);
            shape_of(&id)
                .child(bounds(left, it.y, it.height, it.height))
                .child(el("bpmndi:BPMNLabel").child(label))
        }
        Symbol::Condition => {
            let label = bounds(right - it.width / 4, it.y, it.width / 2, it.height / 4);
            shape_of(&id)
                .attr("isMarkerVisible", "true")
                .child(bounds(it.x, it.y, it.width, it.height))
                .child(el("bpmndi:BPMNLabel").child(label))
        }
        Symbol::Step => shape_of(&id).child(bounds(it.x, it.y, it.width, it.height)),
    }
}

fn shape_of(id: &str) -> Element {
    el("bpmndi:BPMNShape").attr("id", format!("{id}_shape")).attr("bpmnElement", id.to_owned())
}

fn label_bounds(label: &Label) -> Element {
    el("bpmndi:BPMNLabel").child(bounds(label.x, label.y, label.width, label.height))
}

fn bounds(x: i32, y: i32, width: i32, height: i32) -> Element {
    el("dc:Bounds")
        .attr("x", x.to_string())
        .attr("y", y.to_string())
        .attr("width", width.to_string())
        .attr("height", height.to_string())
}
