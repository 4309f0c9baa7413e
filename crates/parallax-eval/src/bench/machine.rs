//! What the system says of this process: processor time and memory. Linux alone tells; elsewhere there is nothing.

use std::fs;
use std::time::Duration;

/// Processor time of this process on all its threads, to a hundredth of a second (`/proc/self/stat`, fields 14 and 15: proc(5)).
pub fn processor_time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks * 10))
}

/// Processor time of this process's threads, those of one name together, by name (`/proc/self/task/*/stat`).
pub fn processor_time_of_threads() -> Vec<(String, Duration)> {
    let mut times: Vec<(String, Duration)> = Vec::new();
    for task in fs::read_dir("/proc/self/task").into_iter().flatten().flatten() {
        let Ok(stat) = fs::read_to_string(task.path().join("stat")) else { continue };
        let Some((before, after)) = stat.rsplit_once(')') else { continue };
        let name = before.split_once('(').map_or("", |(_, name)| name).to_owned();
        let ticks =
            after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum::<u64>();
        match times.iter_mut().find(|(known, _)| *known == name) {
            Some((_, time)) => *time += Duration::from_millis(ticks * 10),
            None => times.push((name, Duration::from_millis(ticks * 10))),
        }
    }
    times
}

/// Resident memory now and at its highest, in bytes (`VmRSS` and `VmHWM`).
pub fn memory() -> Option<(u64, u64)> {
    memory_of("self")
}

/// The same of another process.
pub fn memory_of(process: &str) -> Option<(u64, u64)> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let kilobytes = |name: &str| -> Option<u64> {
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    Some((kilobytes("VmRSS:")? * 1024, kilobytes("VmHWM:")? * 1024))
}

/// Begins the highest mark of memory anew (`/proc/self/clear_refs`).
pub fn forget_highest_memory() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}
