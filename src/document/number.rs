//! What a written number is worth, exactly or not at all.

use rust_decimal::Decimal;

/// None where the number cannot be held exactly: out of range, too many digits, infinite, not a number.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let magnitude = magnitude(digits)?;
    Some(if negative { -magnitude } else { magnitude })
}

fn magnitude(text: &str) -> Option<Decimal> {
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return i128::from_str_radix(unsigned(digits)?, 16).ok().and_then(|value| scaled(value, 0));
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return i128::from_str_radix(unsigned(digits)?, 8).ok().and_then(|value| scaled(value, 0));
    }
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return exact(text) };
    let mantissa = exact(mantissa)?.normalize();
    if mantissa.is_zero() {
        return Some(Decimal::ZERO);
    }
    let scale = i64::from(mantissa.scale()).checked_sub(exponent.parse::<i64>().ok()?)?;
    let Ok(scale) = u32::try_from(scale) else {
        let power = 10_i128.checked_pow(u32::try_from(scale.checked_neg()?).ok()?)?;
        return scaled(mantissa.mantissa().checked_mul(power)?, 0);
    };
    scaled(mantissa.mantissa(), scale)
}

fn scaled(value: i128, scale: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(value, scale).ok()
}

fn exact(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(unsigned(text)?).ok()
}

/// The sign is taken off before; a second one is no number.
fn unsigned(text: &str) -> Option<&str> {
    let whole = text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'.');
    (whole && !text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::decimal;

    fn worth(text: &str) -> String {
        decimal(text).map_or_else(|| "none".to_owned(), |value| value.to_string())
    }

    #[test]
    fn written_numbers_are_worth_what_they_say() {
        for (text, expected) in [
            ("0", "0"),
            ("-12", "-12"),
            ("+3", "3"),
            ("0777", "777"),
            ("0.5", "0.5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1.50", "1.50"),
            ("1e3", "1000"),
            ("1.5E-2", "0.015"),
            ("-2.50e+1", "-25"),
            ("0e999999999", "0"),
            ("0x1F", "31"),
            ("0o17", "15"),
            ("79228162514264337593543950335", "79228162514264337593543950335"),
        ] {
            assert_eq!(worth(text), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_held_exactly_is_worth_nothing() {
        let long = format!("0.{}1", "0".repeat(1_000_000));
        for text in [
            "",
            "-",
            "--1",
            "+-1",
            ".inf",
            "-.inf",
            ".nan",
            "NaN",
            "Infinity",
            "1e400",
            "1e-400",
            "1e99999999999999999999",
            "0x",
            "0o8",
            "0x+1",
            "1_000",
            "79228162514264337593543950336",
            "0xffffffffffffffffffffffffffffffffff",
            &long,
        ] {
            assert_eq!(worth(text), "none", "{}", text.get(..20).unwrap_or(text));
        }
    }
}
