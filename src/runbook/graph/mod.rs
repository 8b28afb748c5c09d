//! Every way a run can take, from its guards to its end: what the proofs and an explanation walk through.

mod broken;

use std::collections::{HashMap, VecDeque};

use super::{Action, Consequence, Procedure, Seconds, Step, Undo};

pub use broken::{Broken, broken};

/// Where a run can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Node {
    /// The guards before everything.
    Guards,
    /// An action, counted through all phases.
    Action(usize),
    /// The guards after the hold that is this action.
    Again(usize),
    /// The undo of a change, counted through [`Graph::changes`].
    Undo(usize),
    /// A step of the way back itself.
    Return(usize),
    End(End),
}

/// How a run ends. There is no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    Confirmed,
    RolledBack,
    /// Before anything was changed.
    Stopped,
    Held,
    Handed,
}

/// One way on, and when it is taken.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    pub from: Node,
    pub when: &'static str,
    pub to: Node,
}

/// Something with a way back.
#[derive(Debug, Clone, Copy)]
pub struct Change<'p> {
    pub id: &'p str,
    pub undo: &'p Undo,
    /// Whether it changes production, and so owes a way back.
    pub owes: bool,
    /// The action it is, or is part of.
    pub action: usize,
    /// The longest its undo can take.
    pub takes: Seconds,
}

/// The ways of one procedure.
#[derive(Debug)]
pub struct Graph<'p> {
    procedure: &'p Procedure,
    pub changes: Vec<Change<'p>>,
    edges: HashMap<Node, Vec<Edge>>,
}

impl<'p> Graph<'p> {
    pub fn of(procedure: &'p Procedure) -> Self {
        let mut changes = Vec::new();
        for (action, found) in procedure.actions().enumerate() {
            let own = if let Action::Step(step) = found { Some(step) } else { None };
            changes.extend(own.into_iter().chain(found.members()).map(|step| of_step(step, action)));
            if let Action::Canary(canary) = found {
                changes.push(Change {
                    id: canary.id.as_str(),
                    undo: &canary.undo,
                    owes: true,
                    action,
                    takes: found.worst_undo(),
                });
            }
        }
        changes.retain(|change| change.owes || *change.undo != Undo::None);
        let mut graph = Self { procedure, changes, edges: HashMap::new() };
        graph.forth();
        graph.back();
        graph
    }

    /// The ways on from a place, in the order they are thought of.
    pub fn edges(&self, from: Node) -> &[Edge] {
        self.edges.get(&from).map_or(&[], Vec::as_slice)
    }

    /// Every place a run can come to, nearest first, and the way it first came there by.
    pub fn reached(&self, from: Node) -> (Vec<Node>, HashMap<Node, Edge>) {
        let (mut order, mut came_by) = (vec![from], HashMap::new());
        let mut queue = VecDeque::from([from]);
        while let Some(at) = queue.pop_front() {
            for edge in self.edges(at) {
                if edge.to != from && !came_by.contains_key(&edge.to) {
                    came_by.insert(edge.to, *edge);
                    order.push(edge.to);
                    queue.push_back(edge.to);
                }
            }
        }
        (order, came_by)
    }

    /// The shortest way from one place to another, as edges; none where there is no way.
    pub fn way(&self, from: Node, to: Node) -> Option<Vec<Edge>> {
        let (_, came_by) = self.reached(from);
        let (mut way, mut at) = (Vec::new(), to);
        while at != from {
            let edge = came_by.get(&at)?;
            way.push(*edge);
            at = edge.from;
        }
        way.reverse();
        Some(way)
    }

    /// What a person calls the place.
    pub fn name(&self, node: Node) -> String {
        match node {
            Node::Guards => "the guards".to_owned(),
            Node::Action(index) => self.action_name(index),
            Node::Again(index) => format!("the guards again, after {}", self.action_name(index)),
            Node::Undo(index) => {
                self.changes.get(index).map_or_else(String::new, |change| format!("undo {}", change.id))
            }
            Node::Return(index) => self
                .procedure
                .rollback
                .steps
                .get(index)
                .map_or_else(String::new, |step| format!("rollback/{}", step.id)),
            Node::End(End::Confirmed) => "confirmed".to_owned(),
            Node::End(End::RolledBack) => "rolled back".to_owned(),
            Node::End(End::Stopped) => "stopped before any change".to_owned(),
            Node::End(End::Held) => "held".to_owned(),
            Node::End(End::Handed) => "handed to a person".to_owned(),
        }
    }

    /// `phase/action`, each once, in order.
    pub fn action_name(&self, index: usize) -> String {
        let phases = self.procedure.phases.iter();
        let mut named = phases.flat_map(|phase| phase.actions.iter().map(move |action| (&phase.id, action.id())));
        named.nth(index).map_or_else(String::new, |(phase, action)| format!("{phase}/{action}"))
    }

    fn forth(&mut self) {
        let count = self.procedure.actions().count();
        let next = |index: usize| if index + 1 < count { Node::Action(index + 1) } else { Node::End(End::Confirmed) };
        let first = if count > 0 { Node::Action(0) } else { Node::End(End::Confirmed) };
        self.join(Node::Guards, "they agree", first);
        self.join(Node::Guards, "one says no", Node::End(End::Stopped));
        let phases =
            self.procedure.phases.iter().flat_map(|phase| phase.actions.iter().map(move |action| (phase, action)));
        for (index, (phase, action)) in phases.enumerate() {
            let at = Node::Action(index);
            let (back, before) = (self.way_back(index), self.way_back_before(index));
            let stopped = if self.changed_before(index) { End::Held } else { End::Stopped };
            match action {
                Action::Hold(_) => {
                    self.join(at, "signed", Node::Again(index));
                    self.join(at, "nobody is there", Node::End(End::Held));
                    self.join(at, "refused or expired", before);
                    self.join(Node::Again(index), "they agree", next(index));
                    self.join(Node::Again(index), "one says no", Node::End(stopped));
                }
                Action::Notify(_) | Action::Followup(_) => self.join(at, "done", next(index)),
                Action::Watch(_) => self.join(at, "nothing was raised", next(index)),
                Action::Probe(_) | Action::Baseline(_) => {
                    self.join(at, "done", next(index));
                    self.join(at, "fails", back);
                }
                Action::Step(_) | Action::Canary(_) | Action::Parallel(_) => {
                    self.join(at, "done", next(index));
                    self.join(at, "fails", back);
                    self.join(at, "in doubt", Node::End(End::Handed));
                }
            }
            let armed = self.procedure.red_flags.iter().filter(|flag| flag.during.contains(&phase.id));
            for flag in armed {
                match flag.then {
                    Consequence::Rollback => self.join(at, "a red flag is raised", back),
                    Consequence::Hold => self.join(at, "a red flag holds", Node::End(End::Held)),
                    Consequence::FixForward => self.join(at, "a repair is owed", next(index)),
                }
            }
            if let Action::Canary(canary) = action
                && canary.analysis.is_some()
            {
                self.join(at, "inconclusive", Node::End(End::Held));
            }
        }
    }

    fn back(&mut self) {
        for index in 0..self.changes.len() {
            let Some(change) = self.changes.get(index).copied() else { continue };
            let at = Node::Undo(index);
            let next = if index == 0 { self.returning() } else { Node::Undo(index - 1) };
            match change.undo {
                Undo::Command(_) => {
                    self.join(at, "undone", next);
                    self.join(at, "fails", Node::End(End::Handed));
                }
                Undo::Irreversible(_) => self.join(at, "cannot be undone", Node::End(End::Handed)),
                Undo::With(_) => self.join(at, "undone with the step before", next),
                // a change without a way back leads nowhere: the proof finds it
                Undo::None => {}
            }
        }
        for index in 0..self.procedure.rollback.steps.len() {
            let last = index + 1 == self.procedure.rollback.steps.len();
            let next = if last { Node::End(End::RolledBack) } else { Node::Return(index + 1) };
            self.join(Node::Return(index), "done", next);
            self.join(Node::Return(index), "fails", Node::End(End::Handed));
        }
    }

    fn join(&mut self, from: Node, when: &'static str, to: Node) {
        let edges = self.edges.entry(from).or_default();
        if !edges.iter().any(|edge| edge.to == to && edge.when == when) {
            edges.push(Edge { from, when, to });
        }
    }

    fn returning(&self) -> Node {
        if self.procedure.rollback.steps.is_empty() { Node::End(End::RolledBack) } else { Node::Return(0) }
    }

    /// Where going back begins when the action itself was begun.
    fn way_back(&self, action: usize) -> Node {
        self.newest(|change| change.action <= action)
    }

    fn way_back_before(&self, action: usize) -> Node {
        self.newest(|change| change.action < action)
    }

    fn newest(&self, begun: impl Fn(&Change<'_>) -> bool) -> Node {
        self.changes.iter().rposition(begun).map_or(Node::End(End::Stopped), Node::Undo)
    }

    fn changed_before(&self, action: usize) -> bool {
        self.changes.iter().any(|change| change.owes && change.action < action)
    }
}

fn of_step(step: &Step, action: usize) -> Change<'_> {
    Change { id: step.id.as_str(), undo: &step.undo, owes: step.changes, action, takes: step.worst_undo() }
}
