//! What is proven on the graph, and the path that breaks a proof.

use super::{Edge, End, Graph, Node};
use crate::runbook::proofs::unset_in_undo::unset;
use crate::runbook::{Action, Procedure, Seconds, Undo};

/// A proof that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// "a path has no end".
    pub what: String,
    /// The places along the path, each with what leads on from it.
    pub path: Vec<String>,
}

/// Everything that cannot be proven, each with a path: that every path ends, that nobody is asked after something was
/// done for good, that the guards are judged after every wait, that no undo reads what it is not given, that everything
/// is come to, that a run fits its window and the way back its promise.
pub fn broken(procedure: &Procedure) -> Vec<Broken> {
    let graph = Graph::of(procedure);
    [
        ends(&graph),
        judged_again(&graph, procedure),
        reversible(&graph, procedure),
        given(&graph, procedure),
        reached(&graph, procedure),
        fits(&graph, procedure),
        comes_back(&graph, procedure),
    ]
    .concat()
}

fn ends(graph: &Graph<'_>) -> Vec<Broken> {
    let (reached, _) = graph.reached(Node::Guards);
    let lost = reached.into_iter().filter(|node| {
        !matches!(node, Node::End(_)) && !graph.reached(*node).0.iter().any(|end| matches!(end, Node::End(_)))
    });
    lost.map(|node| Broken {
        what: format!("a path ends nowhere: there is no way on from {}", graph.name(node)),
        path: path(graph, &graph.way(Node::Guards, node).unwrap_or_default(), node),
    })
    .collect()
}

/// From a hold there is no way to anything but through the guards.
fn judged_again(graph: &Graph<'_>, procedure: &Procedure) -> Vec<Broken> {
    let holds = procedure.actions().enumerate().filter(|(_, action)| matches!(action, Action::Hold(_)));
    let past = holds.flat_map(|(index, _)| graph.edges(Node::Action(index))).filter(|edge| {
        let forth = matches!(edge.to, Node::Action(_) | Node::End(End::Confirmed));
        forth && edge.when == "signed"
    });
    past.map(|edge| Broken {
        what: format!("after {} the guards are not judged again", graph.name(edge.from)),
        path: path(graph, &graph.way(Node::Guards, edge.from).unwrap_or_default(), edge.to),
    })
    .collect()
}

/// People may say no at a hold, and then everything before it must be taken back.
fn reversible(graph: &Graph<'_>, procedure: &Procedure) -> Vec<Broken> {
    let hold = procedure.actions().enumerate().filter(|(_, action)| matches!(action, Action::Hold(_))).last();
    let Some((hold, _)) = hold else { return Vec::new() };
    let done = graph.changes.iter().enumerate();
    let for_good = done.filter(|(_, change)| change.action < hold && matches!(change.undo, Undo::Irreversible(_)));
    for_good
        .map(|(index, change)| {
            let mut edges = graph.way(Node::Guards, Node::Action(hold)).unwrap_or_default();
            edges.extend(graph.way(Node::Action(hold), Node::Undo(index)).unwrap_or_default());
            Broken {
                what: format!("{} cannot be undone, and people may still say no after it", change.id),
                path: path(graph, &edges, Node::Undo(index)),
            }
        })
        .collect()
}

fn given(graph: &Graph<'_>, procedure: &Procedure) -> Vec<Broken> {
    unset(procedure)
        .into_iter()
        .map(|found| {
            let change = graph.changes.iter().position(|change| change.id == found.id.as_str()).map(Node::Undo);
            let step = procedure.rollback.steps.iter().position(|step| step.id == *found.id).map(Node::Return);
            let node = change.or(step).unwrap_or(Node::Guards);
            Broken {
                what: found.to_string(),
                path: path(graph, &graph.way(Node::Guards, node).unwrap_or_default(), node),
            }
        })
        .collect()
}

/// Steps of the way back that no path leads to: going back ends before them.
fn reached(graph: &Graph<'_>, procedure: &Procedure) -> Vec<Broken> {
    let (reached, _) = graph.reached(Node::Guards);
    let steps = (0..procedure.rollback.steps.len()).map(Node::Return);
    let unreached = steps.filter(|step| !reached.contains(step));
    let mut last = reached.iter().rev().filter(|node| matches!(node, Node::Action(_)));
    let back = last.find_map(|node| graph.edges(*node).iter().find(|edge| edge.when == "fails"));
    let way = back.map(|edge| {
        let mut edges = graph.way(Node::Guards, edge.from).unwrap_or_default();
        edges.push(*edge);
        path(graph, &edges, edge.to)
    });
    unreached
        .map(|node| Broken {
            what: format!("nothing leads to {}: nothing before it changes anything", graph.name(node)),
            path: way.clone().unwrap_or_default(),
        })
        .collect()
}

/// The whole run, and the way back from its very end.
fn fits(graph: &Graph<'_>, procedure: &Procedure) -> Vec<Broken> {
    let Some(window) = procedure.guards.window else { return Vec::new() };
    let open = Seconds::new(u64::try_from(window.end.get().saturating_sub(window.start.get())).unwrap_or_default());
    let worst = procedure.worst_case();
    if worst <= open {
        return Vec::new();
    }
    let actions = procedure.actions().enumerate();
    let forth = actions.map(|(index, action)| (graph.name(Node::Action(index)), action.worst_case()));
    let flags = procedure.worst_of_red_flags().map(|(name, time)| (name.to_owned(), time));
    vec![Broken {
        what: format!("at worst the run takes {}, and the window is open for {}", worst.written(), open.written()),
        path: timed(forth.chain(flags).chain(back(graph, procedure))),
    }]
}

fn comes_back(graph: &Graph<'_>, procedure: &Procedure) -> Vec<Broken> {
    let worst = procedure.worst_rollback();
    let promised = procedure.rollback.within.filter(|within| *within < worst);
    let broken = promised.map(|within| Broken {
        what: format!("at worst the way back takes {}, and `within` promises {}", worst.written(), within.written()),
        path: timed(back(graph, procedure)),
    });
    broken.into_iter().collect()
}

/// The longest way back, place by place.
fn back<'a>(graph: &'a Graph<'_>, procedure: &'a Procedure) -> impl Iterator<Item = (String, Seconds)> + 'a {
    let undos = graph.changes.iter().enumerate().rev();
    let undos = undos.map(|(index, change)| (graph.name(Node::Undo(index)), change.takes));
    let steps = procedure.rollback.steps.iter().enumerate();
    undos.chain(steps.map(|(index, step)| (graph.name(Node::Return(index)), step.worst_case())))
}

/// What takes time, with how long it may.
fn timed(places: impl Iterator<Item = (String, Seconds)>) -> Vec<String> {
    let taking = places.filter(|(_, time)| *time > Seconds::ZERO);
    taking.map(|(place, time)| format!("{place}: up to {}", time.written())).collect()
}

fn path(graph: &Graph<'_>, edges: &[Edge], last: Node) -> Vec<String> {
    let mut path: Vec<String> = edges.iter().map(|edge| format!("{}: {}", graph.name(edge.from), edge.when)).collect();
    path.push(graph.name(last));
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runbook::sample::{change, id, procedure};
    use crate::runbook::{Hold, Person, Step};

    fn hold(name: &str) -> Action {
        let by = vec![Person::new("ann").unwrap()];
        Action::Hold(Hold { id: id(name), title: String::new(), by, needs: 1, expires: None })
    }

    #[track_caller]
    fn finds(actions: Vec<Action>, what: &str, path: &[&str]) {
        let found = broken(&procedure(vec![("deploy", actions)]));
        let [found] = &found[..] else { panic!("{found:#?}") };
        assert_eq!(
            (found.what.as_str(), found.path.iter().map(String::as_str).collect::<Vec<_>>()),
            (what, path.to_vec())
        );
    }

    #[test]
    fn what_can_be_undone_is_proven() {
        let actions = vec![hold("go"), Action::Step(change("a")), Action::Step(change("b"))];
        assert_eq!(broken(&procedure(vec![("deploy", actions)])), []);
    }

    #[test]
    fn a_change_without_a_way_back_leads_nowhere() {
        let lost = Step { undo: Undo::None, ..change("b") };
        finds(
            vec![Action::Step(change("a")), Action::Step(lost)],
            "a path ends nowhere: there is no way on from undo b",
            &["the guards: they agree", "deploy/a: done", "deploy/b: fails", "undo b"],
        );
    }

    #[test]
    fn what_is_done_for_good_comes_after_the_last_word_of_people() {
        let lost = Step { undo: Undo::Irreversible("mail is gone".to_owned()), ..change("a") };
        finds(
            vec![Action::Step(lost), Action::Step(change("b")), hold("go")],
            "a cannot be undone, and people may still say no after it",
            &[
                "the guards: they agree",
                "deploy/a: done",
                "deploy/b: done",
                "deploy/go: refused or expired",
                "undo b: undone",
                "undo a",
            ],
        );
    }

    #[test]
    fn an_undo_is_given_what_it_reads() {
        let blind = Step { undo: Undo::Command("./deploy \"$STOPLINE_PREVIOUS_VERSION\"".to_owned()), ..change("a") };
        finds(
            vec![Action::Step(blind)],
            "the way back of `a` reads `STOPLINE_PREVIOUS_VERSION`, which nothing gives it",
            &["the guards: they agree", "deploy/a: fails", "undo a"],
        );
    }

    /// No plan can break this one: a hold has nothing that could say otherwise, and only the graph joins places. So it is
    /// held of every order in which people can be asked.
    #[test]
    fn from_no_hold_is_there_a_way_but_through_the_guards() {
        for order in 0_u32..64 {
            let action = |index: u32| {
                let name = format!("a{index}");
                if order & (1 << index) == 0 { Action::Step(change(&name)) } else { hold(&name) }
            };
            let procedure = procedure(vec![("deploy", (0..6).map(action).collect())]);
            assert_eq!(broken(&procedure), [], "{order:b}");
            let graph = Graph::of(&procedure);
            for index in (0..6_usize).filter(|index| order & (1 << index) != 0) {
                let signed: Vec<Node> = graph
                    .edges(Node::Action(index))
                    .iter()
                    .filter(|edge| edge.when == "signed")
                    .map(|edge| edge.to)
                    .collect();
                assert_eq!(signed, [Node::Again(index)], "{order:b}");
            }
        }
    }
}
