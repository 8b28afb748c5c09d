//! A checklist as a policy: a rule for each item, which every plan for production has to settle.

use std::fmt::Write as _;

use super::items::Item;
use super::write::{Ids, Named, Source, heading_path, message, plain};
use crate::format::quoted;

pub(super) fn write(name: &Named, items: &[&Item], source: &Source<'_>) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "# What {} asks of every release to production. Each rule says where its item stands there.",
        source.path
    );
    let _ = writeln!(out, "policy {} {} {{", name.id, quoted(&plain(&name.title)));
    let _ = writeln!(out, "  version = \"1.0.0\"\n");
    let mut ids = Ids::default();
    let mut above: Option<&[String]> = None;
    for item in items {
        if above != Some(&item.headings) && !item.headings.is_empty() {
            let _ = writeln!(out, "  # {}\n", heading_path(&item.headings));
        }
        above = Some(&item.headings);
        rule(item, source, &mut ids, &mut out);
    }
    out.push_str("}\n");
    out
}

fn rule(item: &Item, source: &Source<'_>, ids: &mut Ids, out: &mut String) {
    let wanted = super::id_of(&item.text, "item");
    let id = ids.take(&item.text, "item");
    let title = plain(&item.text);
    let ticked = if item.ticked { ", ticked there" } else { "" };
    let _ = writeln!(out, "  {}{ticked}", source.origin(item));
    let _ = writeln!(out, "  rule {id} {} {{", quoted(&title));
    let _ = writeln!(out, "    severity = error\n");
    let _ = writeln!(out, "    on plan when plan.environment == production");
    let _ = writeln!(out, "    require some item in plan.items: item.id == {} and item.settled", quoted(&wanted));
    let _ = writeln!(out, "    at plan.id");
    let _ = writeln!(out, "    message {}", message(&format!("nothing settles `{title}`")));
    let _ = writeln!(
        out,
        "    help {}",
        message(&format!(
            "add `item {}` to a checklist, and say how it is settled: `run`, `by`, `evidence`, `done = true`, or `skip`",
            quoted(&title)
        ))
    );
    let _ = writeln!(out, "  }}\n");
}
