//! Forty countries → the size of each one's press, its language, and how much of the world's news happens there.

/// A country of the generated press.
pub struct Country {
    /// ISO 3166-1 alpha-2: where it lies, and beside whom, is true.
    pub code: &'static str,
    /// What most of its press is written in.
    pub language: &'static str,
    /// Outlets that are followed.
    pub outlets: usize,
    /// How much happens there that others may tell.
    pub happens: u32,
}

const fn country(code: &'static str, language: &'static str, outlets: usize, happens: u32) -> Country {
    Country { code, language, outlets, happens }
}

/// Large presses, small ones, and some of one or two outlets.
pub const COUNTRIES: [Country; 40] = [
    country("US", "en", 22, 30),
    country("GB", "en", 15, 14),
    country("DE", "de", 14, 10),
    country("FR", "fr", 12, 10),
    country("IN", "en", 12, 10),
    country("ES", "es", 9, 6),
    country("IT", "it", 9, 6),
    country("RU", "ru", 9, 12),
    country("JP", "ja", 8, 7),
    country("CN", "zh", 8, 12),
    country("BR", "pt", 8, 6),
    country("TR", "tr", 7, 6),
    country("AU", "en", 7, 4),
    country("CA", "en", 7, 4),
    country("PL", "pl", 6, 4),
    country("UA", "uk", 6, 12),
    country("KR", "ko", 6, 5),
    country("MX", "es", 6, 4),
    country("SE", "sv", 5, 3),
    country("EG", "ar", 5, 5),
    country("ZA", "en", 5, 3),
    country("NG", "en", 5, 3),
    country("AR", "es", 5, 3),
    country("ID", "id", 5, 4),
    country("GR", "el", 4, 3),
    country("IL", "he", 4, 12),
    country("SA", "ar", 4, 4),
    country("IR", "fa", 4, 7),
    country("PK", "en", 4, 4),
    country("PH", "en", 4, 3),
    country("RO", "ro", 3, 2),
    country("NO", "no", 3, 2),
    country("KE", "en", 3, 2),
    country("CO", "es", 3, 2),
    country("BD", "bn", 3, 2),
    country("VN", "vi", 3, 2),
    country("NZ", "en", 2, 1),
    country("QA", "ar", 2, 2),
    country("CL", "es", 2, 1),
    country("SN", "fr", 1, 1),
];
