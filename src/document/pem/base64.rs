//! Base64, with the place of what is none.

/// The bytes, or the offset of the first character that cannot stand where it stands.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, usize> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut filled, mut padding) = (0_u32, 0_u32, 0_u32);
    for (at, found) in text.bytes().enumerate().filter(|(_, found)| !found.is_ascii_whitespace()) {
        if found == b'=' && padding < filled_by(filled) {
            padding += 1;
            continue;
        }
        let value = value(found).filter(|_| padding == 0).ok_or(at)?;
        bits = (bits << 6) | u32::from(value);
        filled += 6;
        if filled >= 8 {
            filled -= 8;
            bytes.push(u8::try_from((bits >> filled) & 0xff).unwrap_or_default());
        }
    }
    // Two characters hold one byte and four bits, three hold two bytes and two bits; one holds nothing.
    if filled == 6 || padding != filled_by(filled) {
        return Err(text.trim_end().len().saturating_sub(1));
    }
    Ok(bytes)
}

/// How many `=` fill up a group that ends with this many bits unused.
fn filled_by(bits: u32) -> u32 {
    match bits {
        4 => 2,
        2 => 1,
        _ => 0,
    }
}

fn value(found: u8) -> Option<u8> {
    match found {
        b'A'..=b'Z' => Some(found - b'A'),
        b'a'..=b'z' => Some(found - b'a' + 26),
        b'0'..=b'9' => Some(found - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn bytes_come_out_as_they_went_in() {
        for (text, bytes) in [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), (" Zm9v\r\nYg\n==\n", "foob")] {
            assert_eq!(decode(text), Ok(bytes.as_bytes().to_vec()), "{text:?}");
        }
        assert_eq!(decode("+/+/"), Ok(vec![0xfb, 0xff, 0xbf]));
    }

    #[test]
    fn what_is_none_is_pointed_at() {
        for (text, at) in
            [("Zm9*", 3), ("Zm\n-v", 3), ("Zg==Zg==", 4), ("=", 0), ("Zg===", 4), ("Zm8", 2), ("Z\n", 0), ("Zg=\n", 2)]
        {
            assert_eq!(decode(text), Err(at), "{text:?}");
        }
    }
}
