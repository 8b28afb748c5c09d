//! Words, texts, values and attributes.

use super::Pen;

impl Pen<'_> {
    pub(super) fn word(&mut self) {
        self.any(&["a", "backup-db", "session_expiry", "x9", "a-much-longer-name_than_the-others", "not-a", "in2"]);
    }

    pub(super) fn title(&mut self) {
        match self.pick(5) {
            0..=3 => self.any(&["\"t\"", "\"\"", r#""es\"c\\ap\n\u{1F680} # no""#, "\"longer title, with { and [\""]),
            _ => self.block_text(),
        }
    }

    /// A block text; nothing in it is an expression.
    fn block_text(&mut self) {
        self.put("\"\"\"");
        match self.pick(4) {
            0 => self.put("one \"line\" # no \\ "),
            1 => self.put(""),
            _ => {
                self.any(&["", "", "first", "  "]);
                for _ in 0..=self.pick(4) {
                    self.any(&["\n", "\r\n", "\n\n"]);
                    self.any(&["", "  ", "    ", "        ", "\t", " \t"]);
                    self.any(&["text", "", "# no", "more \"text\" ", "\\n", "ü  "]);
                }
                self.any(&["\n", "\n  ", "\n      ", "", "\n\t", " "]);
            }
        }
        self.put("\"\"\"");
    }

    fn literal(&mut self) {
        match self.pick(4) {
            0 => self.any(&["1", "0.8", "1500", "true", "false"]),
            1 => self.any(&["30s", "1h30m", "5%", "0.5%", "T-1w", "T+15m", "v1.2", "v1.2.3", "@alice", "@team-lead"]),
            2 => self.any(&[
                "2026-11-24",
                "2026-11-24T10:00",
                "2026-11-24T10:00[Europe/Berlin]",
                "2026-11-24T10:00+01:00",
                r"/^v\d+#[a-z]\/x/",
                "/ab/",
            ]),
            _ => self.title(),
        }
    }

    pub(super) fn value(&mut self, depth: usize) {
        match self.pick(if depth == 0 { 4 } else { 8 }) {
            0 | 1 => self.literal(),
            2 => self.word(),
            3 => self.any(&["-5%", "-1", "production"]),
            4 | 5 => self.bracketed(["[", "]"], |pen| pen.value(depth - 1)),
            6 => self.any(&["[]", "{}", "[ ]", "[\n]", "{\n\n}"]),
            _ => self.map(depth - 1),
        }
    }

    pub(super) fn bracketed(&mut self, [open, close]: [&str; 2], mut fill: impl FnMut(&mut Self)) {
        self.put(open);
        self.around();
        for index in 0..=self.pick(5) {
            if index > 0 {
                self.put(",");
                self.around();
            }
            fill(self);
            self.around();
        }
        if self.maybe() {
            self.put(",");
            self.around();
        }
        self.put(close);
    }

    pub(super) fn map(&mut self, depth: usize) {
        self.put("{");
        self.around();
        for _ in 0..self.pick(4) {
            self.attribute(depth);
            self.separator();
        }
        self.put("}");
    }

    pub(super) fn attribute(&mut self, depth: usize) {
        self.word();
        self.blanks();
        self.around();
        self.put("=");
        self.blanks();
        self.value(depth);
    }
}
