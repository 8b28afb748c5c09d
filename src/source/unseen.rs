//! Characters that nobody sees: one table for whoever refuses, escapes or spells them out.

/// Does a terminal or an editor do anything but show this character? Line ends and tabs are for the caller to judge.
pub const fn is_unseen(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' // controls
        | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' // invisible
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' // widthless, right-to-left
        | '\u{2028}' | '\u{2029}' // line ends that are none in a file
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}') // annotations, tags
}

/// A blank that looks like a space and is none.
pub const fn is_wide_blank(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_left_alone_and_every_control_is_not() {
        assert!("aß世🚀\u{301} ".chars().all(|letter| !is_unseen(letter) && !is_wide_blank(letter)));
        assert!(('\0'..=char::MAX).filter(|letter| letter.is_control()).all(is_unseen));
        let is_told = |letter: char| letter == ' ' || is_unseen(letter) || is_wide_blank(letter);
        assert!(('\0'..=char::MAX).filter(|letter| letter.is_whitespace()).all(is_told));
    }
}
