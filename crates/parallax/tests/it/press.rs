//! The sample press on a port of this machine: it says where its feeds are, serves them, and ends on Ctrl-C.

use crate::desk::Desk;
use crate::parallax;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// A running program that does not outlive its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn fetched(address: &str) -> String {
    let (host, path) = address.strip_prefix("http://").and_then(|a| a.split_once('/')).expect("an address");
    let mut connection = TcpStream::connect(host).expect("it listens");
    write!(connection, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("it can be asked");
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).expect("it answers");
    String::from_utf8_lossy(&answer).into_owned()
}

#[cfg(unix)]
#[test]
fn every_feed_it_names_can_be_fetched_until_ctrl_c() {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("parallax"));
    let mut running =
        Running(command.args(["press", "--speed", "1000000"]).stdout(Stdio::piped()).spawn().expect("it runs"));
    let lines = BufReader::new(running.0.stdout.take().expect("its output")).lines();
    let lines: Vec<_> = lines.take(24).collect::<Result<_, _>>().expect("UTF-8");
    let feeds: Vec<_> = lines.iter().skip(3).filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(feeds.len(), 21, "{lines:?}");
    for feed in feeds {
        let answer = fetched(feed);
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{feed}: {answer}");
    }
    let told = Command::new("kill").args(["-INT", &running.0.id().to_string()]).status().expect("it can be told");
    assert!(told.success());
    assert_eq!(running.0.wait().expect("it ends").code(), Some(0));
}

#[test]
fn a_port_that_is_taken_is_said_to_be() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let run = parallax(&["press", "--port", &port]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains(&port) && run.stderr.contains("--port"), "{}", run.stderr);
}

#[test]
fn the_whole_press_can_be_kept_as_a_desk_and_comes_out_the_same_each_time() {
    let (one, other) = (Desk::new(), Desk::new());
    for desk in [&one, &other] {
        assert!(desk.done(&["demo", "--keep", &desk.folder()]).contains("stories"));
    }
    let whole = ["stories", "--json", "--compared", "--outlets", "1", "--most", "1000"];
    let printed = one.done(&whole);
    let stories: Vec<Value> = printed.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(stories.len() >= 16, "{}", stories.len());
    let articles = stories.iter().map(|story| story["articles"].as_array().expect("articles").len());
    assert_eq!(articles.sum::<usize>(), 103);
    assert_eq!(printed, other.done(&whole));
    let again = one.run(&["demo", "--keep", &one.folder()]);
    assert_eq!((again.status, again.stdout.as_str()), (1, ""));
    assert!(again.stderr.contains("name a new folder"), "{}", again.stderr);
}
