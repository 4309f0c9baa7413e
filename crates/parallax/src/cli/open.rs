//! An address → a browser that shows it, where somebody sits before a screen of this machine.

use std::process::{Command, Stdio};

/// The command that opens an address, if whoever started the program sits before it: never where its output is no terminal, over ssh, or
/// where there is no display to open anything on.
fn opener(os: &str, is_terminal: bool, is_set: impl Fn(&str) -> bool) -> Option<&'static [&'static str]> {
    let is_remote = ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"].into_iter().any(&is_set);
    if !is_terminal || is_remote {
        return None;
    }
    match os {
        "macos" => Some(&["open"]),
        // `start` takes what is first in quotes for a title.
        "windows" => Some(&["cmd", "/c", "start", ""]),
        _ => (is_set("WAYLAND_DISPLAY") || is_set("DISPLAY")).then_some(&["xdg-open"]),
    }
}

/// Opens an address of this machine in a browser, if there is one to open it in. It is printed anyway: that nothing opened is no error.
pub fn open(address: &str, is_terminal: bool) {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let Some([program, words @ ..]) = opener(std::env::consts::OS, is_terminal, is_set) else { return };
    let mut command = Command::new(program);
    command.args(words).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Ok(mut child) = command.spawn() {
        // It may stay as long as the browser does: nobody waits for it but this.
        std::thread::spawn(move || child.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(os: &str, is_terminal: bool, set: &[&str], expected: Option<&str>) {
        let command = opener(os, is_terminal, |name| set.contains(&name));
        assert_eq!(command.map(|command| command[0]), expected, "{os} {set:?}");
    }

    #[test]
    fn a_browser_opens_where_somebody_sits_before_the_screen() {
        check("linux", true, &["DISPLAY"], Some("xdg-open"));
        check("linux", true, &["WAYLAND_DISPLAY"], Some("xdg-open"));
        check("freebsd", true, &["DISPLAY"], Some("xdg-open"));
        check("macos", true, &[], Some("open"));
        check("windows", true, &[], Some("cmd"));
    }

    #[test]
    fn nothing_opens_without_a_display_over_ssh_or_into_a_pipe() {
        check("linux", true, &[], None);
        check("linux", true, &["DISPLAY", "SSH_CONNECTION"], None);
        check("linux", true, &["WAYLAND_DISPLAY", "SSH_TTY"], None);
        check("macos", true, &["SSH_CLIENT"], None);
        check("linux", false, &["DISPLAY"], None);
        check("macos", false, &[], None);
    }
}
