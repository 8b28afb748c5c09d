//! Which step needs which: the graph that `needs` draws, among the steps of the phases and among those of `rollback`.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};

use crate::model::attribute::{ListOf, Reference};
use crate::model::located::Located;
use crate::model::plan::{Action, Plan, Step};
use crate::model::read::Head;

use super::work::actions;

/// A step that may be needed, and may need others.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) head: &'a Head,
    pub(super) needs: &'a [Located<Reference>],
    /// When its turn comes. Steps of one `parallel` group share it.
    pub(super) turn: usize,
}

/// The steps that may need each other.
#[derive(Debug)]
pub(super) struct Graph<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    by_id: HashMap<&'a str, usize>,
}

/// One of the `needs` of a step, and whom it means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Need<'a> {
    pub(super) written: &'a Located<Reference>,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The graph of the phases and the graph of `rollback`, which runs on its own.
pub(super) fn graphs(plan: &Plan) -> [Graph<'_>; 2] {
    let mut nodes = Vec::new();
    for (turn, (_, action)) in actions(plan).enumerate() {
        match action {
            Action::Step(step) => nodes.push(of_step(step, turn)),
            Action::Parallel(parallel) => nodes.extend(parallel.steps.iter().map(|step| of_step(step, turn))),
            Action::Strategy(strategy) => nodes.push(Node { head: &strategy.head, needs: &[], turn }),
            Action::Hold(_)
            | Action::Probe(_)
            | Action::Watch(_)
            | Action::Notify(_)
            | Action::Followup(_)
            | Action::Use(_) => {}
        }
    }
    let rollback = plan.rollback.iter().flat_map(|rollback| &rollback.steps);
    [Graph::of(nodes), Graph::of(rollback.enumerate().map(|(turn, step)| of_step(step, turn)).collect())]
}

fn of_step(step: &Step, turn: usize) -> Node<'_> {
    let needs = step.needs.as_ref().map_or(&[][..], |Located { value: ListOf(needs), .. }| needs);
    Node { head: &step.head, needs, turn }
}

impl<'a> Graph<'a> {
    fn of(nodes: Vec<Node<'a>>) -> Self {
        let mut by_id = HashMap::new();
        for (index, node) in nodes.iter().enumerate() {
            by_id.entry(node.head.id.value.as_str()).or_insert(index);
        }
        Self { nodes, by_id }
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    pub(super) fn ids(&self) -> Vec<&'a str> {
        self.nodes.iter().map(|node| node.head.id.value.as_str()).collect()
    }

    pub(super) fn node(&self, index: usize) -> Option<&Node<'a>> {
        self.nodes.get(index)
    }

    /// What a step needs, of what there is; in the order it is written.
    pub(super) fn needs_of(&self, from: usize) -> impl Iterator<Item = Need<'a>> {
        let needs: &'a [Located<Reference>] = self.nodes.get(from).map_or(&[], |node| node.needs);
        needs.iter().filter_map(move |written| {
            let to = *self.by_id.get(written.value.0.as_str())?;
            Some(Need { written, from, to })
        })
    }

    /// The shortest way from each step that is in a circle back to itself, one for every knot of circles. Steps that
    /// need themselves are left out.
    pub(super) fn cycles(&self) -> Vec<Vec<Need<'a>>> {
        let ways = self.knots().into_iter().filter_map(|knot| {
            let first = knot.iter().copied().min()?;
            self.way_back(first, &knot.into_iter().collect())
        });
        let mut cycles: Vec<Vec<Need<'a>>> = ways.collect();
        cycles.sort_by_key(|cycle| cycle.first().map(|need| need.from));
        cycles
    }

    /// Which knot of circles a step is part of.
    pub(super) fn knot_of_each(&self) -> HashMap<usize, usize> {
        let numbered = self.knots().into_iter().enumerate();
        numbered.flat_map(|(number, knot)| knot.into_iter().map(move |node| (node, number))).collect()
    }

    /// By breadth, so that the shortest is found, within the knot.
    fn way_back(&self, first: usize, knot: &HashSet<usize>) -> Option<Vec<Need<'a>>> {
        let mut came_by: HashMap<usize, Need<'a>> = HashMap::new();
        let mut queue = VecDeque::from([first]);
        while let Some(at) = queue.pop_front() {
            for need in self.needs_of(at).filter(|need| need.to != need.from && knot.contains(&need.to)) {
                if need.to == first {
                    let mut way = vec![need];
                    let mut from = need.from;
                    while from != first {
                        let previous = came_by.get(&from)?;
                        way.push(*previous);
                        from = previous.from;
                    }
                    way.reverse();
                    return Some(way);
                }
                if let Entry::Vacant(unseen) = came_by.entry(need.to) {
                    unseen.insert(need);
                    queue.push_back(need.to);
                }
            }
        }
        None
    }

    /// The strongly connected parts of more than one step (Tarjan), with a stack of its own.
    fn knots(&self) -> Vec<Vec<usize>> {
        let mut search = Search { order: vec![None; self.nodes.len()], ..Search::default() };
        for root in 0..self.nodes.len() {
            search.from(root, self);
        }
        search.knots
    }
}

#[derive(Debug, Default)]
struct Search {
    /// When a step was first seen, and the earliest seen that it leads back to.
    order: Vec<Option<(usize, usize)>>,
    seen: usize,
    open: Vec<usize>,
    is_open: HashSet<usize>,
    knots: Vec<Vec<usize>>,
}

impl Search {
    fn from(&mut self, root: usize, graph: &Graph<'_>) {
        if self.seen_at(root).is_some() {
            return;
        }
        let mut path = vec![self.enter(root, graph)];
        while let Some((at, rest)) = path.last_mut() {
            let at = *at;
            let Some(to) = rest.next() else {
                path.pop();
                self.leave(at, path.last().map(|(parent, _)| *parent));
                continue;
            };
            match self.seen_at(to) {
                None => path.push(self.enter(to, graph)),
                Some((seen, _)) if self.is_open.contains(&to) => self.leads_back(at, seen),
                Some(_) => {}
            }
        }
    }

    fn seen_at(&self, node: usize) -> Option<(usize, usize)> {
        self.order.get(node).copied().flatten()
    }

    /// The step, and the steps it needs that are still to be followed.
    fn enter(&mut self, node: usize, graph: &Graph<'_>) -> (usize, std::vec::IntoIter<usize>) {
        if let Some(slot) = self.order.get_mut(node) {
            *slot = Some((self.seen, self.seen));
        }
        self.seen += 1;
        self.open.push(node);
        self.is_open.insert(node);
        let needed: Vec<usize> = graph.needs_of(node).map(|need| need.to).collect();
        (node, needed.into_iter())
    }

    fn leads_back(&mut self, node: usize, to: usize) {
        if let Some(Some((_, earliest))) = self.order.get_mut(node) {
            *earliest = (*earliest).min(to);
        }
    }

    fn leave(&mut self, node: usize, parent: Option<usize>) {
        let Some((seen, earliest)) = self.seen_at(node) else { return };
        if let Some(parent) = parent {
            self.leads_back(parent, earliest);
        }
        if seen != earliest {
            return;
        }
        let from = self.open.iter().rposition(|open| *open == node).unwrap_or_default();
        let knot = self.open.split_off(from);
        for member in &knot {
            self.is_open.remove(member);
        }
        if knot.len() > 1 {
            self.knots.push(knot);
        }
    }
}
