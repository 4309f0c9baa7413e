//! So many bytes → a group of processes that the system ends when they use more (cgroups of Linux, of either version), where this user may make one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A group; it goes when this is dropped, if nothing runs in it any more.
pub(super) struct Held {
    folder: PathBuf,
}

impl Held {
    /// A group that may use so many bytes of memory, and swap out none.
    pub(super) fn to(bytes: u64) -> Option<Self> {
        let name = format!("parallax-day-{}", std::process::id());
        // Version 2 first (cgroup-v2, memory.max), then 1 (cgroup-v1/memory, memory.limit_in_bytes).
        let two = Path::new("/sys/fs/cgroup");
        let one = two.join("memory");
        Held::in_folder(two.join(&name), "memory.max", bytes)
            .or_else(|| Held::in_folder(one.join(&name), "memory.limit_in_bytes", bytes))
    }

    fn in_folder(folder: PathBuf, limit: &str, bytes: u64) -> Option<Self> {
        fs::create_dir(&folder).ok()?;
        let held = Held { folder };
        let limit = held.folder.join(limit);
        // Where there is no such file, nothing limits anything.
        if !limit.exists() || fs::write(limit, bytes.to_string()).is_err() {
            return None;
        }
        let _ = fs::write(held.folder.join("memory.swap.max"), "0");
        Some(held)
    }

    /// What it is called there.
    pub(super) fn by(&self) -> String {
        self.folder.display().to_string()
    }

    /// A program that runs in the group from its first moment.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", "echo $$ > \"$0\" && exec \"$@\""]).arg(self.folder.join("cgroup.procs")).arg(program);
        command
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = fs::remove_dir(&self.folder);
    }
}
