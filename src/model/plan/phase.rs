//! `phase id { … }`: its actions, in their order.

use crate::model::data::Value;
use crate::model::read::{BlockType, Head, Reader, block_of_kind, list_of};
use crate::model::types::{BlockShape, Naming, Shape, Type};
use crate::syntax::ast::{Block, Entry};

use super::{Followup, Hold, Notify, Parallel, Probe, Step, Strategy, Use, Watch};

/// One phase. `prepare backup deploy verify confirm` have meaning; others may stand between.
#[derive(Debug, Clone)]
pub struct Phase {
    pub head: Head,
    pub actions: Vec<Action>,
}

/// What a phase does, one thing after the other.
#[derive(Debug, Clone)]
pub enum Action {
    Step(Step),
    Hold(Hold),
    Probe(Probe),
    Watch(Watch),
    Notify(Notify),
    Followup(Followup),
    Parallel(Parallel),
    Strategy(Box<Strategy>),
    Use(Use),
}

/// The shape of `use`: its attributes are the parameters of the procedure it names.
pub static USE: Shape = Shape {
    kind: "use",
    doc: "The steps of a procedure, with these parameters.",
    naming: Naming::Named,
    attributes: &[],
    blocks: &[],
    derived: &[],
};

impl Action {
    pub fn head(&self) -> &Head {
        match self {
            Self::Step(step) => &step.head,
            Self::Hold(hold) => &hold.head,
            Self::Probe(probe) => &probe.head,
            Self::Watch(watch) => &watch.head,
            Self::Notify(notify) => &notify.head,
            Self::Followup(followup) => &followup.head,
            Self::Parallel(parallel) => &parallel.head,
            Self::Strategy(strategy) => &strategy.head,
            Self::Use(procedure) => &procedure.head,
        }
    }

    fn read(block: &Block, reader: &mut Reader<'_>) -> Option<Self> {
        Some(match block.kind.value.as_str() {
            "step" => Self::Step(Step::read(block, reader)),
            "hold" => Self::Hold(Hold::read(block, reader)),
            "probe" => Self::Probe(Probe::read(block, reader)),
            "watch" => Self::Watch(Watch::read(block, reader)),
            "notify" => Self::Notify(Notify::read(block, reader)),
            "followup" => Self::Followup(Followup::read(block, reader)),
            "parallel" => Self::Parallel(Parallel::read(block, reader)),
            "strategy" => Self::Strategy(Box::new(Strategy::read(block, reader))),
            "use" => {
                Self::Use(Use { head: reader.head(block, &USE), parameters: block.attributes().cloned().collect() })
            }
            _ => return None,
        })
    }
}

/// The actions of one kind, those in `parallel` groups included.
macro_rules! actions_of {
    ($($method:ident: $type:ident = $variant:ident),+ $(,)?) => {$(
        pub fn $method(&self) -> impl Iterator<Item = &$type> {
            self.actions.iter().filter_map(|action| if let Action::$variant(found) = action { Some(found) } else { None })
        }
    )+};
}

impl Phase {
    actions_of! {
        holds: Hold = Hold,
        probes: Probe = Probe,
        watches: Watch = Watch,
        notifies: Notify = Notify,
        followups: Followup = Followup,
        parallels: Parallel = Parallel,
        uses: Use = Use,
    }

    pub fn strategies(&self) -> impl Iterator<Item = &Strategy> {
        self.actions.iter().filter_map(|action| {
            let Action::Strategy(strategy) = action else { return None };
            Some(strategy.as_ref())
        })
    }

    /// Its steps, those in `parallel` groups included.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.actions.iter().flat_map(|action| match action {
            Action::Step(step) => std::slice::from_ref(step),
            Action::Parallel(parallel) => parallel.steps.as_slice(),
            Action::Hold(_)
            | Action::Probe(_)
            | Action::Watch(_)
            | Action::Notify(_)
            | Action::Followup(_)
            | Action::Strategy(_)
            | Action::Use(_) => &[],
        })
    }

    pub fn name(&self) -> &str {
        &self.head.id.value
    }
}

impl BlockType for Phase {
    type Syntax = Block;

    const SHAPE: &'static Shape = &Shape {
        kind: "phase",
        doc: "A part of the deployment. `prepare`, `backup`, `deploy`, `verify` and `confirm` have meaning; others may stand between.",
        naming: Naming::Named,
        attributes: &[],
        blocks: &[
            BlockShape { shape: Step::SHAPE, element: &Type::Record(Step::SHAPE), field: "steps", many: true },
            BlockShape { shape: Hold::SHAPE, element: &Type::Record(Hold::SHAPE), field: "holds", many: true },
            BlockShape { shape: Probe::SHAPE, element: &Type::Record(Probe::SHAPE), field: "probes", many: true },
            BlockShape { shape: Watch::SHAPE, element: &Type::Record(Watch::SHAPE), field: "watches", many: true },
            BlockShape { shape: Notify::SHAPE, element: &Type::Record(Notify::SHAPE), field: "notifies", many: true },
            BlockShape {
                shape: Followup::SHAPE,
                element: &Type::Record(Followup::SHAPE),
                field: "followups",
                many: true,
            },
            BlockShape {
                shape: Parallel::SHAPE,
                element: &Type::Record(Parallel::SHAPE),
                field: "parallels",
                many: true,
            },
            BlockShape {
                shape: Strategy::SHAPE,
                element: &Type::Record(Strategy::SHAPE),
                field: "strategies",
                many: true,
            },
            BlockShape { shape: &USE, element: &Type::Record(&USE), field: "uses", many: true },
        ],
        derived: &[],
    };

    fn select(entry: &Entry) -> Option<&Block> {
        block_of_kind(entry, "phase")
    }

    fn read(block: &Block, reader: &mut Reader<'_>) -> Self {
        let head = reader.head(block, Self::SHAPE);
        reader.check_blocks(block, Self::SHAPE);
        reader.attributes(block, Self::SHAPE);
        let actions = block
            .body
            .iter()
            .filter_map(|entry| match entry {
                Entry::Block(inner) => Action::read(inner, reader),
                Entry::Attribute(_) | Entry::RedFlag(_) => None,
            })
            .collect();
        Self { head, actions }
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        let place = self.head.id.place;
        vec![
            ("steps", list_of(self.steps(), place)),
            ("holds", list_of(self.holds(), place)),
            ("probes", list_of(self.probes(), place)),
            ("watches", list_of(self.watches(), place)),
            ("notifies", list_of(self.notifies(), place)),
            ("followups", list_of(self.followups(), place)),
            ("strategies", list_of(self.strategies(), place)),
        ]
    }
}
