//! Writes valid files in the worst of taste: whatever may stand between two words does, at random.
//!
//! Every choice is taken from a tape; an empty tape is all zeros, and zero is the plainest choice. A shorter tape is a
//! plainer file, which is what shrinking needs.

mod conditions;
mod items;
mod words;

/// The file that a tape stands for.
pub(super) fn scribble(tape: &[u8]) -> String {
    let mut pen = Pen { tape, out: String::new(), comments: 0 };
    pen.around();
    for _ in 0..=pen.pick(3) {
        pen.item();
        pen.out.push('\n');
        pen.around();
    }
    pen.out
}

struct Pen<'t> {
    tape: &'t [u8],
    out: String,
    comments: usize,
}

impl Pen<'_> {
    fn pick(&mut self, below: usize) -> usize {
        let Some((first, rest)) = self.tape.split_first() else { return 0 };
        self.tape = rest;
        usize::from(*first) % below
    }

    fn maybe(&mut self) -> bool {
        self.pick(2) == 1
    }

    fn one<'s>(&mut self, of: &[&'s str]) -> &'s str {
        of[self.pick(of.len())]
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Puts one of these.
    fn any(&mut self, of: &[&str]) {
        let text = self.one(of);
        self.put(text);
    }

    fn comment(&mut self) {
        self.comments += 1;
        let text =
            self.one(&["# c", "#", "#! { ", "# \"open", "#\ttab 'n [", "# stopline: ignore[a/b] why ", "# \"\"\" é🚀"]);
        let line_end = self.one(&["\n", "\r\n", "  \n", "\n\n\n", "\n \t\n"]);
        let number = self.comments.to_string();
        for part in [text, &number, line_end] {
            self.put(part);
        }
    }

    /// Anything, or nothing at all.
    fn around(&mut self) {
        match self.pick(12) {
            0..=5 => {}
            6 => self.put(" "),
            7 => self.put("\t \n"),
            8 => self.put("\n\n  \n"),
            9 => self.put("\r\n"),
            10 => self.comment(),
            _ => {
                self.put("\n   ");
                self.comment();
                self.around();
            }
        }
    }

    /// Anything that keeps two words apart.
    fn gap(&mut self) {
        self.put(" ");
        self.around();
    }

    /// Blanks within a line.
    fn blank(&mut self) {
        self.any(&[" ", "  ", "\t"]);
    }

    fn blanks(&mut self) {
        self.any(&[" ", "", "   "]);
    }

    /// What separates an attribute from the next entry.
    fn separator(&mut self) {
        match self.pick(7) {
            0 => self.put("\n"),
            1 => self.put(", "),
            2 => self.put(",\n"),
            3 => self.put("\n  ,"),
            4 => {
                self.blanks();
                self.comment();
            }
            5 => {
                self.put(",");
                self.comment();
            }
            _ => self.put("\n\n\n"),
        }
        self.around();
    }
}
