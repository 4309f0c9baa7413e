//! A password → the string it is checked against later; a password and that string → whether it is the one.

use crate::limits::{PASSWORD_BYTES, PASSWORD_CHARS};
use anyhow::{Result, anyhow, ensure};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};

/// Memory in KiB, passes and lanes of Argon2id: the first choice of OWASP's Password Storage Cheat Sheet that needs the fewest passes
/// within 19 MiB.
const COST: (u32, u32, u32) = (19_456, 2, 1);

fn argon2() -> Result<Argon2<'static>> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|e| anyhow!("the cost of a password: {e}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A password's PHC string, with a new salt.
///
/// # Errors
/// It is too short or too long.
pub fn hashed(password: &str) -> Result<String> {
    let chars = password.chars().count();
    ensure!(
        chars >= PASSWORD_CHARS,
        "the password has {chars} characters, and needs at least {PASSWORD_CHARS}: three or four words with spaces between are easy to keep in mind"
    );
    ensure!(
        password.len() <= PASSWORD_BYTES,
        "the password has {} bytes, and may have at most {PASSWORD_BYTES}: choose a shorter one",
        password.len()
    );
    let hash =
        argon2()?.hash_password(password.as_bytes()).map_err(|e| anyhow!("the password cannot be hashed: {e}"))?;
    Ok(hash.to_string())
}

/// Is it the password of that PHC string? Takes as long whichever it is.
pub fn is_right(password: &str, phc: &str) -> bool {
    let Ok(hash) = PasswordHash::new(phc) else { return false };
    password.len() <= PASSWORD_BYTES
        && argon2().is_ok_and(|argon2| argon2.verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash_alone() {
        let phc = hashed("a slow green tram").expect("hashed");
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(is_right("a slow green tram", &phc));
        assert!(!is_right("a slow green tra", &phc) && !is_right("", &phc) && !is_right("x", "no PHC string"));
        assert_ne!(phc, hashed("a slow green tram").expect("hashed"), "each has a salt of its own");
    }

    #[test]
    fn it_is_neither_too_short_nor_too_long() {
        assert!(hashed(&"ж".repeat(PASSWORD_CHARS)).is_ok());
        let short = hashed(&"ж".repeat(PASSWORD_CHARS - 1)).expect_err("too short").to_string();
        assert!(short.contains("at least 10"), "{short}");
        let longest = "x".repeat(PASSWORD_BYTES);
        assert!(is_right(&longest, &hashed(&longest).expect("hashed")));
        assert!(hashed(&format!("{longest}x")).is_err());
    }
}
