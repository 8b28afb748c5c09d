//! A procedure as the ways a run can take: for people who want to know what happens when, and why it may not.

use std::fmt::Write as _;

use crate::diagnostic::Diagnostic;
use crate::runbook::Procedure;
use crate::runbook::graph::{Broken, Graph, Node, broken};

/// What is explained, and whether a proof is broken.
#[derive(Debug)]
pub struct Explained {
    pub text: String,
    pub proven: bool,
}

pub fn explain(procedure: &Procedure) -> Explained {
    let graph = Graph::of(procedure);
    let broken = broken(procedure);
    let mut text = format!("{}: every path, and how it ends\n\n", procedure.title);
    let (reached, _) = graph.reached(Node::Guards);
    let ends = reached.iter().filter(|node| matches!(node, Node::End(_)));
    let ends: Vec<String> = ends.map(|end| graph.name(*end)).collect();
    for node in in_order(&graph, procedure, &reached) {
        _ = writeln!(text, "{}", graph.name(node));
        for edge in graph.edges(node) {
            _ = writeln!(text, "  {} -> {}", edge.when, graph.name(edge.to));
        }
    }
    _ = writeln!(text, "\na run ends {}", ends.join(", or "));
    let (worst, back) = (procedure.worst_case().written(), procedure.worst_rollback().written());
    _ = writeln!(text, "at worst it takes {worst}, {back} of it on the way back");
    for Broken { what, path } in &broken {
        _ = writeln!(text, "\nbroken: {what}");
        for place in path {
            _ = writeln!(text, "  {place}");
        }
    }
    if broken.is_empty() {
        text.push_str(
            "proven: every path comes to an end, and everything is on one; after every wait for a person the guards are\n\
             judged again; nothing that cannot be undone comes before the last hold; no undo reads what it is not given;\n\
             at worst the run fits its window, and the way back its promise\n",
        );
    }
    Explained { text, proven: broken.is_empty() }
}

/// A plan that no run can be made of has no paths: what is broken is why.
pub fn explain_refused(title: &str, said: &[Diagnostic]) -> Explained {
    let mut text = format!("{title}: no run can be made of it\n");
    for refusal in said {
        _ = writeln!(text, "\nbroken: {}", refusal.message);
    }
    Explained { text, proven: false }
}

/// Forth as the plan stands, then back.
fn in_order(graph: &Graph<'_>, procedure: &Procedure, reached: &[Node]) -> Vec<Node> {
    let actions = (0..procedure.actions().count()).flat_map(|index| [Node::Action(index), Node::Again(index)]);
    let undos = (0..graph.changes.len()).rev().map(Node::Undo);
    let steps = (0..procedure.rollback.steps.len()).map(Node::Return);
    let all = std::iter::once(Node::Guards).chain(actions).chain(undos).chain(steps);
    let reached: std::collections::HashSet<&Node> = reached.iter().collect();
    all.filter(|node| reached.contains(node)).collect()
}
