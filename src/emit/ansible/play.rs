//! The play: guards first, then gates and phases in turn; a rescue that goes back and then fails. What differs from run to
//! run goes to the scripts by their environment.

use crate::emit::pipeline::{self, BACK, BEGIN, CALL, CAME_BACK, EXEC, HANDED, HELD, SAME, Segment, Yaml, or_empty};
use crate::runbook::{Hold, Procedure};

const GO_ON: &str = include_str!("../templates/ansible/go_on.sh");

pub(super) fn write(procedure: &Procedure, script: &str, rules: &str, segments: &[Segment<'_>]) -> String {
    let mut out = Yaml::default();
    let what =
        "# A playbook that calls the runbook compiled beside it. Do not edit it: edit the plan and compile it again.";
    pipeline::head(&mut out, what, procedure);
    out.item(&format!("Run {}", procedure.id), |out| {
        out.text("hosts", "localhost");
        out.text("connection", "local");
        out.bare("become", false);
        out.bare("gather_facts", false);
        // A tag that nothing here has would leave all of it out, and end well.
        out.text("tags", "always");
        out.under("vars", |out| variables(out, procedure));
        out.under("tasks", |out| {
            out.item("Say what would be done", |out| {
                out.text("when", "ansible_check_mode");
                out.bare("check_mode", false);
                out.bare("changed_when", false);
                out.under("ansible.builtin.command", |out| {
                    out.under("argv", |out| {
                        out.entry("bash");
                        out.entry(&format!("./{script}"));
                        out.entry("--dry-run");
                    });
                    out.text("chdir", "{{ stopline_folder }}");
                });
            });
            out.item("Deploy", |out| {
                out.text("when", "not ansible_check_mode");
                out.under("environment", |out| {
                    out.text("STATE", "{{ stopline_state }}");
                    out.text("JOURNAL", "{{ stopline_journal }}");
                    out.text("RUNBOOK", &format!("./{script}"));
                    out.text("RULES", rules);
                });
                out.under("block", |out| forward(out, segments));
                out.under("rescue", back);
            });
        });
    });
    out.finish()
}

/// Where the script keeps its state if nobody says: a run that was begun without Ansible goes on with it.
fn variables(out: &mut Yaml, procedure: &Procedure) {
    // What an inventory says of `localhost` gives way to these, and to nothing else.
    out.text("ansible_connection", "local");
    out.bare("ansible_become", false);
    out.text("ansible_python_interpreter", "{{ ansible_playbook_python }}");
    out.bare("stopline_approvals", "{}");
    out.text("stopline_folder", "{{ lookup('ansible.builtin.env', 'PWD') }}");
    out.text("stopline_home", "{{ lookup('ansible.builtin.env', 'HOME') }}/.local/state");
    out.text(
        "stopline_state",
        "{{ lookup('ansible.builtin.env', 'XDG_STATE_HOME') | default(stopline_home, true) }}/stopline",
    );
    out.text("stopline_place", &pipeline::place(procedure));
    out.text("stopline_run", &pipeline::run(procedure));
    out.text("stopline_journal", "{{ stopline_place }}/{{ stopline_run }}/journal.jsonl");
    out.text("stopline_all", "{{ lookup('ansible.builtin.file', stopline_state ~ '/' ~ stopline_journal) }}");
    out.text("stopline_events", "{{ stopline_all.split('\"event\":\"open\"') | last }}");
}

fn forward(out: &mut Yaml, segments: &[Segment<'_>]) {
    task(out, "Judge the guards", BEGIN, |out| {
        out.text("UNTIL", or_empty(segments.first().map(|segment| segment.first)));
    });
    for segment in segments {
        if let Some(hold) = segment.hold {
            gate(out, hold);
        }
        task(out, &format!("Run {}", segment.job), GO_ON, |out| {
            out.text("UNTIL", or_empty(segment.until));
            if let Some(hold) = segment.hold {
                out.text("HOLD", hold.id.as_str());
                out.text("SIGNED", &format!("{{{{ {} | join(' ') }}}}", signed(hold)));
            } else {
                out.text("SIGNED", "");
            }
        });
    }
}

/// Passed when the journal of this run says that it was, or with names; the runbook says whose count.
fn gate(out: &mut Yaml, hold: &Hold) {
    let id = &hold.id;
    out.item(&format!("Hold {id}"), |out| {
        out.under("vars", |out| {
            out.text("stopline_passed", &format!("\"event\":\"done\",\"of\":\"{id}\""));
            out.text("stopline_signed", &format!("{{{{ {} }}}}", signed(hold)));
            out.text("stopline_answer", &format!("{{\"stopline_approvals\": {{\"{id}\": [\"NAME\"]}}}}"));
        });
        out.under("ansible.builtin.assert", |out| {
            out.bare("quiet", true);
            out.under("that", |out| out.entry("stopline_passed in stopline_events or stopline_signed | length > 0"));
            let how = "Start the playbook again with -e '{{ stopline_answer }}'";
            out.text("fail_msg", &format!("{id} is not signed, and nothing is undone. {how}"));
        });
    });
}

/// The names that are given for a hold, one or a list of them.
fn signed(hold: &Hold) -> String {
    format!("[stopline_approvals['{}'] | default([])] | flatten", hold.id)
}

/// Undoes what was begun, unless it waits for a person or was never this run's to touch, and fails whatever came of it.
fn back(out: &mut Yaml) {
    out.item("Go back", |out| {
        // Wrong usage, another run, or a command of an earlier run: this one has done nothing.
        out.text("when", "ansible_failed_result.rc | default(1) not in [64, 75, 76]");
        // What the operator's shell says of these is not meant for this.
        out.under("environment", |out| {
            out.text("ASKED", "no");
            out.text("FINISHED", "");
            out.text("WHO", "");
        });
        body(out, &[SAME, HELD, HANDED, BACK, CALL, CAME_BACK]);
    });
    out.item("Fail", |out| {
        out.under("ansible.builtin.fail", |out| {
            let how = "it did not come to its end; how far it came, and what was undone, is in";
            out.text("msg", &format!("{how} {{{{ stopline_state }}}}/{{{{ stopline_journal }}}}"));
        });
    });
}

/// A script that says what the runbook is called with.
fn task(out: &mut Yaml, name: &str, script: &'static str, environment: impl FnOnce(&mut Yaml)) {
    out.item(name, |out| {
        out.under("environment", environment);
        body(out, &[SAME, script, EXEC]);
    });
}

fn body(out: &mut Yaml, scripts: &[&'static str]) {
    out.bare("changed_when", true);
    out.under("ansible.builtin.command", |out| {
        out.under("argv", |out| {
            out.entry("bash");
            out.entry("-euo");
            out.entry("pipefail");
            out.entry("-c");
            out.entry_block(scripts);
        });
        out.text("chdir", "{{ stopline_folder }}");
    });
}
