//! Values and bytes → what a database keeps of them, and back: hashed, compressed, bounded when unpacked.

use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// Compression that costs little and halves text twice over.
const LEVEL: i32 = 3;

/// What a content is found again by: its SHA-256.
pub type Hash = [u8; 32];

/// The hash of a content.
pub fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// An id in short, for addresses of pages: the first sixty bits of its hash in the letters of base 32 (RFC 4648, 6, in lower case). Two of a
/// million ids share one once in a million such desks.
pub fn key(id: &str) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let hash = hash(id.as_bytes());
    let bits = hash[..8].iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
    (0..12).map(|n| char::from(LETTERS[(bits >> (59 - 5 * n)) as usize & 31])).collect()
}

/// Compressed.
pub fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    zstd::bulk::compress(bytes, LEVEL).context("could not be compressed")
}

/// As it was; an error where that is more than `most` bytes or the data are damaged.
pub fn unpack(bytes: &[u8], most: usize) -> Result<Vec<u8>> {
    let Ok(Some(size)) = zstd::zstd_safe::get_frame_content_size(bytes) else { bail!("is not what was once packed") };
    ensure!(size <= most as u64, "unpacks to {size} bytes, more than the {most} expected");
    // Room for what it says it is, not for what it might be.
    zstd::bulk::decompress(bytes, usize::try_from(size)?).context("is damaged")
}

/// A value of the model, compressed.
pub fn freeze<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    pack(&postcard::to_stdvec(value).context("could not be written down")?)
}

/// The value again.
pub fn thaw<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let bytes = unpack(bytes, crate::limits::FROZEN_BYTES)?;
    postcard::from_bytes(&bytes).context("is not of the form this version writes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back_and_no_more_than_allowed() {
        let text = "The ferry is back. ".repeat(1000);
        let packed = pack(text.as_bytes()).expect("packs");
        assert!(packed.len() < text.len() / 10);
        assert_eq!(unpack(&packed, text.len()).expect("fits"), text.as_bytes());
        assert!(unpack(&packed, text.len() - 1).is_err());
        assert!(unpack(&packed[..packed.len() / 2], text.len()).is_err(), "cut short");
        assert!(unpack(b"nonsense", 100).is_err());
    }

    #[test]
    fn keys_are_the_beginning_of_the_hash_in_base_32() {
        // SHA-256 of nothing begins e3b0c44298fc1c14.
        assert_eq!(key(""), "4oymiquy7qob");
        assert_ne!(key("https://gazette.example/a"), key("https://gazette.example/b"));
    }

    #[test]
    fn a_frozen_value_is_bounded() {
        // FROZEN_BYTES
        let bomb = pack(&vec![0; crate::limits::FROZEN_BYTES + 1]).expect("packs");
        assert!(thaw::<Vec<u8>>(&bomb).is_err());
        let value = vec![("a".to_owned(), 7u32)];
        assert_eq!(thaw::<Vec<(String, u32)>>(&freeze(&value).expect("freezes")).expect("thaws"), value);
    }
}
