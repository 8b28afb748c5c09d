//! Conditions and paths.

use super::Pen;

impl Pen<'_> {
    pub(super) fn expression(&mut self, depth: usize) {
        match self.pick(if depth == 0 { 2 } else { 9 }) {
            0 => self.path(0),
            1 => self.literal_operand(),
            2 => self.chain(depth, &["and", "or"]),
            3 => self.chain(depth, &["+", "-", "*", "/", "??"]),
            4 => {
                self.operand(depth - 1);
                self.gap();
                self.any(&["==", "!=", "<=", "<", ">=", ">", "in", "contains", "matches", "overlaps"]);
                self.gap();
                self.operand(depth - 1);
            }
            5 => {
                self.any(&["not ", "-", "not not "]);
                self.around();
                self.operand(depth - 1);
            }
            6 => {
                self.any(&["every", "some", "no"]);
                self.gap();
                self.word();
                self.gap();
                self.put("in");
                self.gap();
                self.operand(depth - 1);
                self.around();
                self.put(":");
                self.around();
                self.expression(depth - 1);
            }
            7 => {
                for keyword in ["if", "then", "else"] {
                    self.put(keyword);
                    self.gap();
                    self.operand(depth - 1);
                    if keyword != "else" {
                        self.gap();
                    }
                }
            }
            _ => {
                self.path(depth - 1);
                self.gap();
                self.put("exists");
            }
        }
    }

    fn chain(&mut self, depth: usize, operators: &[&str]) {
        let operator = self.one(operators);
        self.operand(depth - 1);
        for _ in 0..=self.pick(4) {
            self.gap();
            self.put(operator);
            self.gap();
            self.operand(depth - 1);
        }
    }

    /// What may stand beside any operator.
    fn operand(&mut self, depth: usize) {
        match self.pick(if depth == 0 { 2 } else { 4 }) {
            0 => self.path(depth),
            1 => self.literal_operand(),
            2 => self.bracketed(["[", "]"], |pen| pen.expression(depth - 1)),
            _ => {
                self.put("(");
                self.around();
                self.expression(depth - 1);
                self.around();
                self.put(")");
            }
        }
    }

    fn literal_operand(&mut self) {
        self.any(&[
            "1",
            "friday",
            "\"long enough to break the line, sometimes\"",
            "@alice",
            "5%",
            "/a#b/",
            "v1.2",
            "T-1d",
        ]);
    }

    fn path(&mut self, depth: usize) {
        self.any(&["plan", "a-b", "metric.latency-p95", "site.session_expiry.and.then"]);
        match self.pick(if depth == 0 { 1 } else { 4 }) {
            0 | 1 => {}
            2 => {
                self.put(".x[");
                self.around();
                self.expression(depth - 1);
                self.around();
                self.put("]");
            }
            _ => {
                self.put(" + count");
                self.bracketed(["(", ")"], |pen| pen.expression(depth - 1));
            }
        }
    }

    pub(super) fn place(&mut self) {
        self.any(&["plan.window.start", "p", "a.b[", "ssl_protocols["]);
        if self.out.ends_with('[') {
            self.around();
            self.put("0");
            self.around();
            self.put("]");
        }
    }
}
