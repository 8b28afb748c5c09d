//! Items, blocks and clauses.

use super::Pen;

impl Pen<'_> {
    pub(super) fn item(&mut self) {
        match self.pick(6) {
            0 => self.headed("plan", |pen| pen.body(3)),
            1 => self.policy(),
            2 => self.procedure(),
            3 => self.headed("calendar", |pen| pen.body(0)),
            4 => self.waiver(),
            _ => self.test(),
        }
    }

    fn headed(&mut self, kind: &str, fill: impl FnOnce(&mut Self)) {
        self.put(kind);
        if self.maybe() {
            self.blank();
            self.word();
        }
        if self.maybe() {
            self.blank();
            self.title();
        }
        self.gap();
        fill(self);
    }

    fn body(&mut self, depth: usize) {
        self.put("{");
        self.around();
        for _ in 0..self.pick(9) {
            match self.pick(if depth == 0 { 3 } else { 7 }) {
                0..=2 => {
                    self.attribute(2);
                    self.separator();
                    continue;
                }
                3 | 4 => {
                    let kind = self.one(&["window", "step", "phase", "checklist"]);
                    self.headed(kind, |pen| pen.body(depth - 1));
                }
                5 => self.red_flag(),
                _ => {
                    self.put("use");
                    self.blank();
                    self.word();
                    if self.maybe() {
                        self.gap();
                        self.body(0);
                    } else {
                        self.put("\n");
                    }
                }
            }
            self.blanks();
            self.around();
            if self.pick(4) == 1 {
                self.put(",");
                self.around();
            }
        }
        self.put("}");
    }

    fn parameter(&mut self) {
        self.word();
        self.around();
        self.put(":");
        self.around();
        self.any(&["duration", "string", "list(string)"]);
        if self.maybe() {
            self.around();
            self.put("=");
            self.around();
            self.value(1);
        }
        if self.maybe() {
            self.gap();
            self.title();
        }
    }

    fn procedure(&mut self) {
        self.put("procedure");
        self.blank();
        self.word();
        if self.maybe() {
            self.bracketed(["(", ")"], Self::parameter);
        }
        if self.maybe() {
            self.blanks();
            self.title();
        }
        self.gap();
        self.body(2);
    }

    fn policy(&mut self) {
        self.headed("policy", |pen| {
            pen.put("{");
            pen.around();
            for _ in 0..pen.pick(7) {
                match pen.pick(5) {
                    0 => {
                        pen.put("version = \"1.0.0\"");
                        pen.separator();
                    }
                    1 => pen.rule(),
                    2 => {
                        pen.put("param");
                        pen.gap();
                        pen.parameter();
                        pen.put("\n");
                    }
                    3 => pen.red_flag(),
                    _ => pen.headed("calendar", |pen| pen.body(0)),
                }
                pen.around();
            }
            pen.put("}");
        });
    }

    fn clause(&mut self, keyword: &str, fill: impl FnOnce(&mut Self)) {
        self.put(keyword);
        self.gap();
        fill(self);
        self.gap();
    }

    fn rule(&mut self) {
        self.headed("rule", |pen| {
            pen.put("{");
            pen.around();
            for name in ["severity", "controls", "docs"] {
                if pen.maybe() {
                    pen.put(name);
                    pen.around();
                    pen.put("=");
                    pen.blanks();
                    match name {
                        "severity" => pen.put("error"),
                        "controls" => pen.bracketed(["[", "]"], Self::title),
                        _ => pen.title(),
                    }
                    pen.separator();
                }
            }
            pen.clause("on", Self::subject);
            let duty = pen.one(&["require", "forbid"]);
            pen.clause(duty, |pen| pen.expression(3));
            if pen.maybe() {
                pen.clause("unless", |pen| pen.expression(1));
            }
            if pen.maybe() {
                pen.clause("at", Self::place);
            }
            pen.clause("message", Self::message);
            if pen.maybe() {
                pen.clause("help", Self::message);
            }
            if pen.maybe() {
                pen.clause("fix", |pen| {
                    pen.put("set ");
                    pen.around();
                    pen.place();
                    pen.around();
                    pen.put(" =");
                    pen.around();
                    pen.expression(1);
                });
            }
            if pen.maybe() {
                pen.clause("enforce", |pen| pen.put("run"));
            }
            pen.put("}");
        });
    }

    fn subject(&mut self) {
        self.any(&["plan", "nginx.server", "workflow.step"]);
        if self.maybe() {
            self.gap();
            self.put("in");
            for index in 0..=self.pick(4) {
                if index > 0 {
                    self.around();
                    self.put(",");
                }
                self.around();
                self.any(&["\"**/*.conf\"", "\"a/rather/long/path/to/some/site_config.json\""]);
            }
        }
        if self.maybe() {
            self.gap();
            self.put("as");
            self.gap();
            self.word();
        }
        if self.maybe() {
            self.gap();
            self.put("when");
            self.gap();
            self.expression(2);
        }
    }

    fn message(&mut self) {
        match self.pick(4) {
            0 => self.any(&["\"plain\"", "\"\""]),
            1 => self.put(r#""the {plan.window} touches {{a brace}} {count(xs) + 1} \"q\" # no""#),
            2 => self.put("\"\"\"\n      the {plan.window\n   + 1}\n   and {a ?? \"none\"} # no\n\n    \"\"\""),
            _ => self.put("\"\"\"{x\n} there # no\n  \"\"\""),
        }
    }

    fn red_flag(&mut self) {
        self.headed("redflag", |pen| {
            pen.put("{");
            pen.around();
            if pen.maybe() {
                pen.clause("on", Self::subject);
            }
            if pen.maybe() {
                pen.clause("during", |pen| {
                    pen.word();
                    for _ in 0..pen.pick(6) {
                        pen.around();
                        pen.put(",");
                        pen.around();
                        pen.word();
                    }
                });
            }
            pen.clause("stop", |pen| {
                pen.put("when ");
                pen.around();
                pen.expression(2);
                if pen.maybe() {
                    pen.gap();
                    pen.put("for");
                    pen.gap();
                    pen.put("1m");
                }
            });
            pen.clause("then", |pen| pen.any(&["hold", "rollback"]));
            pen.put("}");
        });
    }

    fn waiver(&mut self) {
        self.put("waive");
        self.blank();
        self.any(&["release/freeze", "freeze"]);
        self.gap();
        self.map(1);
    }

    fn test(&mut self) {
        self.put("test");
        self.gap();
        self.title();
        self.gap();
        self.put("for");
        self.gap();
        self.any(&["freeze", "release/freeze"]);
        self.gap();
        self.put("{");
        self.around();
        self.clause("given", |pen| {
            pen.put("json ");
            pen.around();
            if pen.maybe() {
                pen.put("\"a.json\" ");
                pen.around();
            }
            pen.title();
        });
        if self.maybe() {
            let at = self.one(&["at", "at time"]);
            self.clause(at, |pen| pen.put("2026-11-24T10:00+01:00"));
        }
        self.clause("expect", |pen| match pen.pick(4) {
            0 => pen.put("pass"),
            1 => pen.any(&["skip", "error", "fail"]),
            _ => {
                pen.put("fail ");
                pen.around();
                pen.put("at ");
                pen.around();
                pen.place();
            }
        });
        self.put("}");
    }
}
