//! Every limit of the shell in one index; the core's are in `parallax_core::limits`.
//!
//! Memory: `extract`, `read` and `group` hold at most threads × `IN_FLIGHT` documents (each at most a page or a line) and what
//! the grouper keeps; `compare` and `read --resolve` keep documents whole, up to `KEPT_BYTES` of text.

parallax_core::limits! {
    /// Documents being read, understood or waiting for an earlier one to be printed, for each thread:
    /// enough that a slow page does not idle the others, few enough that the largest fit in memory.
    IN_FLIGHT: "documents" = 4;
    /// Stack of a worker: parsers of markup recurse, and the core lets them go `MARKUP_DEPTH` deep.
    STACK_BYTES: "bytes" = 16 << 20;
    /// A longer line of JSON lines is skipped: an article of `ARTICLE_BYTES` fits even if every character is escaped as \uXXXX.
    LINE_BYTES: "bytes" = 8_000_000;
    /// A larger feed is cut: the largest among 100 real ones is 3 MB, and parsers build a tree of it.
    FEED_BYTES: "bytes" = 20_000_000;
    /// The headers of a WARC record or of the HTTP response in it; longer ones are not WARC.
    HEADER_BYTES: "bytes" = 65_536;
    /// Bytes looked at to tell text from pictures and archives.
    SNIFF_BYTES: "bytes" = 8_192;
    /// Text that `compare` and `read --resolve` keep at once, about ten times as much in memory with what is found in it;
    /// documents beyond it are left out, each with a problem.
    KEPT_BYTES: "bytes" = 100_000_000;
    /// Threads one may ask for: each has its stack and documents in flight.
    THREADS: "threads" = 256;
}
