//! Whether a value that stands where a secret would is one: placeholders, references and what is encrypted are none.

/// Words that nobody's secret holds.
const PLACEHOLDERS: &[&str] = &[
    "change",
    "example",
    "your",
    "xxxx",
    "placeholder",
    "dummy",
    "sample",
    "insert",
    "replace",
    "redacted",
    "notreal",
    "todo",
    "fixme",
    "fake",
    "secret",
    "password",
    "passwd",
    "undefined",
    "process.env",
    "os.environ",
    "getenv",
    "config.",
    "null",
    "123456",
    "abcdef",
    "qwerty",
    "****",
    "....",
    "not-used",
    "optional",
    "required",
    "default",
];

/// How values begin that say where a secret is, or hold it encrypted or hashed.
const ELSEWHERE: &[&str] = &[
    "$",
    "{{",
    "<",
    "%",
    "enc[",
    "enc(",
    "vault:",
    "{",
    "!vault",
    "!reference",
    "!ref",
    "!sub",
    "!getatt",
    "ref+",
    "op://",
    "arn:",
    "projects/",
    "sops",
    "env:",
    "env(",
    "env.",
    "file:",
    "http:",
    "https:",
    "/",
    "./",
    "../",
    "~/",
    "@",
    "sha256:",
    "sha512-",
    "sha1-",
    "{ssha",
    "pbkdf2",
    "scram-",
    "bao:",
    "secrets.",
    "var.",
    "local.",
    "data.",
    "self.",
    "this.",
    "*",
    "&",
    "[",
    "(",
    "#",
    "\\",
    "ssm:",
    "keyvault",
    "awskms",
    "gcpkms",
    "keychain:",
    "doppler:",
    "akv:",
];

/// Whether a text is too plain or too telling to be a secret.
pub(super) fn is_placeholder(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    PLACEHOLDERS.iter().any(|word| lower.contains(word)) || entropy(value) < 2.0
}

/// Whether a value points to a secret or hides it already.
pub(super) fn stands_elsewhere(value: &str) -> bool {
    let lower = value.get(..value.len().min(24)).unwrap_or(value).to_ascii_lowercase();
    let sealed = value.starts_with("Ag") && value.len() >= 150;
    sealed
        || ELSEWHERE.iter().any(|begin| lower.starts_with(begin))
        || ["${", "{{", "$("].iter().any(|mark| value.contains(mark))
}

/// A version and the digest of what has it, as lists of what something was made from say it: `1.0.0=9f86d081…`. Nobody
/// can keep a digest secret that anybody can work out.
pub(super) fn is_pinned(value: &str) -> bool {
    let Some((version, digest)) = value.split_once('=') else { return false };
    let is_version = version.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+-".contains(&byte))
        && (version == "unversioned"
            || version.starts_with(|first: char| first.is_ascii_digit()) && version.contains('.'));
    is_version && digest.len() == 64 && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a value that was called a password looks like one.
pub(super) fn is_password(value: &str) -> bool {
    (8..=256).contains(&value.len())
        && has_more_than_letters(value)
        && entropy(value) >= 2.5
        && !value.contains(char::is_whitespace)
        && !is_words(value)
}

/// Whether a value that was called a token or key looks like one.
pub(super) fn is_token(value: &str) -> bool {
    let many = |wanted: fn(&u8) -> bool| value.bytes().filter(wanted).count() >= 2;
    (16..=512).contains(&value.len())
        && many(u8::is_ascii_digit)
        && many(u8::is_ascii_alphabetic)
        && entropy(value) >= 3.0
        && !value.contains(char::is_whitespace)
        && !is_words(value)
}

/// `my-app-token`, `refresh_token.v2`: words with something between them, and hardly a digit.
fn is_words(value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b':' | b'@');
    let odd = value.bytes().filter(|byte| !plain(*byte)).count();
    let separators = value.bytes().filter(|byte| matches!(byte, b'-' | b'_' | b'.' | b'/' | b':')).count();
    separators > 0 && odd <= 2 && value.split(['-', '_', '.', '/', ':']).all(is_cased_like_a_word)
}

/// In one case throughout, or with a capital at the most: `token`, `Token`, `v2`.
fn is_cased_like_a_word(word: &str) -> bool {
    let tail = word.get(1..).unwrap_or_default();
    word.len() <= 14
        && (!tail.bytes().any(|byte| byte.is_ascii_uppercase()) || !word.bytes().any(|byte| byte.is_ascii_lowercase()))
}

/// The word for "password" in another language is none.
fn has_more_than_letters(value: &str) -> bool {
    value.bytes().any(|byte| byte.is_ascii_digit() || byte.is_ascii_punctuation())
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Shannon's, in bits a byte.
pub(super) fn entropy(value: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in value.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let total = f64::from(u32::try_from(value.len()).unwrap_or(u32::MAX));
    let share = |count: &u32| f64::from(*count) / total;
    -counts.iter().filter(|count| **count > 0).map(|count| share(count) * share(count).log2()).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_no_password_and_a_random_text_is() {
        for value in ["postgres", "production", "my-app-db", "RefreshToken", "web-tls-v2", "Contraseña"] {
            assert!(!is_password(value), "{value}");
        }
        assert!(is_password("kX9-plum-42"));
        assert!(is_password("Sommer2024!"));
        assert!(!is_token("refresh-token-v2"));
        assert!(is_token("9f8e7d6c5b4a39281706"));
    }

    #[test]
    fn what_points_elsewhere_is_let_pass() {
        for value in
            ["${DB_PASSWORD}", "{{ password }}", "<password>", "ENC[AES256_GCM,data:x]", "vault:kv/db#pw", "$2b$12$abc"]
        {
            assert!(stands_elsewhere(value), "{value}");
        }
        assert!(is_placeholder("changeme123") && is_placeholder("xxxxxxxxxxxx") && is_placeholder("YOUR_TOKEN_9"));
    }
}
