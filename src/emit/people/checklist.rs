//! What must have been done, and by when; and what is owed afterwards. Written so that Stopline reads it back.

use super::Teller;
use crate::emit::page::{Block, Entry, Section, Task, Words, code, text};
use crate::model::attribute::{Done, Due};
use crate::model::plan::{Checklist, Item};
use crate::model::units::{Moment, ZoneError};
use crate::runbook::{Action, Epoch};

impl Teller<'_> {
    pub(super) fn checklist(&self) -> Section {
        let lists = self.plan.checklists.iter().filter(|list| !list.items.is_empty());
        let blocks = lists.map(|list| {
            let due = list.due.as_ref().map(|due| &due.value);
            let title = match due.filter(|due| matches!(due, Due::Offset(_))) {
                Some(due) => text(list.head.label()).text(format!(" ({})", self.due(due))),
                None => text(list.head.label()),
            };
            Block::Under(title, vec![Block::Tasks(list.items.iter().map(|item| self.task(list, item)).collect())])
        });
        Section::new("checklist", "Checklist", blocks.collect())
    }

    fn task(&self, list: &Checklist, item: &Item) -> Task {
        let (mut words, mut more) = (text(item.head.label()), Vec::new());
        match &item.run {
            Some(run) if run.value.0.contains('\n') => {
                more.push(Entry { words: text("Run: "), blocks: vec![Block::Code(run.value.0.clone())] });
            }
            Some(run) => words = words.text(": ").code(run.value.0.as_str()),
            None => {}
        }
        let mut said = |label: &str, words: Words| more.push(Entry::new(text(format!("{label}: ")).and(words)));
        if let Some(by) = &item.by {
            said("By", text(format!("@{}", by.value.name())));
        }
        if let Some(evidence) = &item.evidence {
            said("Evidence", Words::default().link(&evidence.value.0));
        }
        if let Some(skip) = &item.skip {
            said("Skip", text(skip.value.0.as_str()));
        }
        let of_list = list.due.as_ref().filter(|due| matches!(due.value, Due::Moment(_)));
        if let Some(due) = item.due.as_ref().or(of_list) {
            said(
                "Due",
                text(match &due.value {
                    Due::Offset(offset) => offset.to_string(),
                    Due::Moment(moment) => moment.to_string(),
                }),
            );
            said("That is", text(self.due(&due.value)));
        }
        if let Some(Done::At(moment)) = item.done.as_ref().map(|done| &done.value) {
            said("Done at", text(moment.to_string()));
        }
        let done = item.done.as_ref().is_some_and(|done| done.value != Done::Flag(false));
        Task { done, words, more }
    }

    /// `T-1d, Mon 2026-11-23 10:00 Europe/Berlin`
    fn due(&self, due: &Due) -> String {
        let of_window = |offset: &crate::model::units::Offset| offset.from(self.clock.window.as_ref()?.start());
        let instant = match due {
            Due::Offset(offset) => of_window(offset),
            Due::Moment(Moment::Zoned(zoned)) => Some(zoned.instant()),
            Due::Moment(Moment::Date(date)) => Some(self.clock.zone.end_of(*date)),
            Due::Moment(Moment::Civil(civil)) => match self.clock.zone.resolve(*civil) {
                Ok(instant) => Some(instant),
                Err(ZoneError::Fold(fold)) => Some(fold.later),
                Err(ZoneError::Gap(_)) => None,
            },
        };
        let moment = instant.map(|instant| self.clock.moment(Epoch::new(instant.epoch_seconds_up())));
        let day = match due {
            Due::Moment(Moment::Date(date)) => Some(format!("the end of {} {date}", date.weekday().short())),
            Due::Moment(_) | Due::Offset(_) => moment,
        };
        match (due, day) {
            (Due::Offset(offset), Some(day)) => format!("{offset}, {day}"),
            (Due::Offset(offset), None) => offset.to_string(),
            (Due::Moment(_), Some(day)) => day,
            (Due::Moment(moment), None) => moment.to_string(),
        }
    }

    pub(super) fn followups(&self) -> Section {
        let owed = self
            .procedure
            .actions()
            .filter_map(|action| if let Action::Followup(owed) = action { Some(owed) } else { None });
        let tasks: Vec<Task> = owed
            .map(|owed| {
                let by = owed.by.as_ref().map_or_else(|| "somebody".to_owned(), |by| format!("@{by}"));
                let due = format!("By {by}, until {}", self.clock.moment(owed.due));
                let words = text(owed.title.as_str()).text(" (").and(code(owed.id.as_str())).text(")");
                Task { done: false, words, more: vec![Entry::new(text(due))] }
            })
            .collect();
        let blocks = if tasks.is_empty() { Vec::new() } else { vec![Block::Tasks(tasks)] };
        Section::new("followups", "Owed afterwards", blocks)
    }
}
