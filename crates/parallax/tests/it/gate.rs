//! A desk served to this machine, to its owner and to whoever comes by: what each may see.

use crate::Folder;
use crate::desk::Desk;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, Request, Response};
use parallax::limits::{FORM_BYTES, LOGINS_OF_A_PEER, PASSWORDS_AT_ONCE, SESSION_DAYS};
use parallax::store::{Home, Owner, Reader, key};
use parallax::web::{Gate, Open, ROUTES, Site, password, router};
use serde_json::json;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tower::ServiceExt;

const OTHERS: &str = "192.0.2.1:8420";
const OWN: &str = "127.0.0.1:8420";
const PASSWORD: &str = "a slow green tram";

/// A desk behind its gate, at a time that the test says.
struct House {
    _desk: Desk,
    home: Home,
    clock: Arc<AtomicI64>,
    router: Router,
}

impl House {
    fn new(listens: &str, hosts: &[&str]) -> Self {
        let files = Folder::new();
        let text = "Seven people died when the ferry ran aground off Skarvik on Monday, the coast guard said.";
        let line = json!({"id": "n-1", "text": text, "date": "2026-03-02", "source": "paper.example", "lang": "en"});
        let desk = Desk::new();
        desk.done(&["import", &files.file("day.jsonl", line.to_string())]);
        let home = Home::at(Path::new(&desk.folder()));
        let phc = password::hashed(PASSWORD).expect("long enough");
        Owner::open(&home.reader()).expect("opens").set_password(Some(&phc)).expect("set");
        let clock = Arc::new(AtomicI64::new(1_000_000));
        let mut house = House { _desk: desk, home, clock, router: Router::new() };
        house.serve(listens, hosts);
        house
    }

    /// Serves it, anew.
    fn serve(&mut self, listens: &str, hosts: &[&str]) {
        let clock = Arc::clone(&self.clock);
        let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        let listens = listens.parse().expect("an address");
        let now = Box::new(move || clock.load(Ordering::Relaxed));
        let gate = Gate::by_clock(&self.home, listens, hosts, now).expect("a password is set");
        let site = Site::new(self.home.clone(), crate::unsettled(&self.home), gate).expect("the desk opens");
        self.router = router(Arc::new(site));
    }

    fn later(&self, seconds: usize) {
        self.clock.fetch_add(i64::try_from(seconds).expect("small"), Ordering::Relaxed);
    }

    async fn ask(&self, request: Asking) -> Response<Body> {
        self.router.clone().oneshot(request.0).await.expect("it never fails")
    }

    /// The owner's cookie, fresh.
    async fn owner(&self) -> String {
        self.later(3_600);
        let answer = self.ask(Asking::form("/login", &format!("password={}", PASSWORD.replace(' ', "+")))).await;
        assert_eq!(answer.status(), 303, "{:?}", answer.headers());
        cookie(&answer)
    }
}

fn cookie(answer: &Response<Body>) -> String {
    let line = answer.headers()[SET_COOKIE].to_str().expect("ASCII");
    line.split(';').next().expect("a cookie").to_owned()
}

/// A request on its way.
struct Asking(Request<Body>);

impl Asking {
    fn new(method: &str, path: &str, body: &str) -> Self {
        let mut request = Request::builder().method(method).uri(path).header(HOST, "192.0.2.1:8420");
        if method == "POST" {
            request = request.header("sec-fetch-site", "same-origin");
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        Asking(request).from("192.0.2.77")
    }

    fn get(path: &str) -> Self {
        Asking::new("GET", path, "")
    }

    fn form(path: &str, body: &str) -> Self {
        Asking::new("POST", path, body)
    }

    fn from(mut self, peer: &str) -> Self {
        let peer = SocketAddr::new(peer.parse().expect("an address"), 50_000);
        self.0.extensions_mut().insert(ConnectInfo(peer));
        self
    }

    fn with(mut self, name: impl axum::http::header::IntoHeaderName, value: &str) -> Self {
        self.0.headers_mut().insert(name, value.parse().expect("a header"));
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.0.headers_mut().remove(name);
        self
    }
}

fn protected(what: &str, headers: &HeaderMap) {
    let policy = headers.get("content-security-policy").unwrap_or_else(|| panic!("{what} has no policy"));
    let policy = policy.to_str().expect("ASCII");
    for part in
        ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]
    {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains('*'), "{what}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(headers.get(name).map(|v| v.to_str().expect("ASCII")), Some(value), "{what}: {name}");
    }
    assert!(headers.contains_key("permissions-policy"), "{what}");
}

/// Method, address, and the status for a visitor, the owner, this machine itself.
const EXPECTED: &[(&str, &str, [u16; 3])] = &[
    ("GET", "/", [303, 200, 200]),
    // It holds something: there is nothing to begin.
    ("GET", "/start", [303, 200, 200]),
    ("POST", "/start", [303, 303, 303]),
    ("GET", "/shelf/{shelf}", [303, 200, 200]),
    ("GET", "/story/{key}", [303, 200, 200]),
    ("GET", "/article/{key}", [303, 200, 200]),
    ("GET", "/globe", [303, 200, 200]),
    ("GET", "/country/{code}", [303, 200, 200]),
    ("GET", "/outlets", [303, 200, 200]),
    ("GET", "/outlet/{name}", [303, 200, 200]),
    ("GET", "/settings", [303, 200, 200]),
    // A form without a word of theirs.
    ("POST", "/settings", [303, 400, 400]),
    ("POST", "/sources", [303, 400, 400]),
    ("GET", "/status", [303, 200, 200]),
    ("GET", "/help", [303, 200, 200]),
    ("GET", "/live", [401, 200, 200]),
    // Who is let in needs no form; this machine has no password to give.
    ("GET", "/login", [200, 303, 303]),
    // With a wrong one.
    ("POST", "/login", [403, 403, 303]),
    ("POST", "/logout", [303, 303, 303]),
    ("GET", "/healthz", [200, 200, 200]),
    ("GET", "/assets/{name}", [200, 200, 200]),
    ("GET", "/favicon.ico", [308, 308, 308]),
    ("GET", "/api/v1/stories", [401, 200, 200]),
    ("GET", "/api/v1/stories/{key}", [401, 200, 200]),
    ("GET", "/api/v1/articles/{key}", [401, 200, 200]),
    ("GET", "/api/v1/countries", [401, 200, 200]),
    ("GET", "/api/v1/countries/{code}", [401, 200, 200]),
    ("GET", "/api/v1/outlets", [401, 200, 200]),
    ("GET", "/api/v1/outlets/{name}", [401, 200, 200]),
    ("GET", "/api/v1/settings", [401, 200, 200]),
    ("GET", "/api/v1/start", [401, 200, 200]),
    ("GET", "/api/v1/status", [401, 200, 200]),
];

#[tokio::test]
async fn every_route_for_a_visitor_the_owner_and_this_machine() {
    let there: Vec<_> = ROUTES.iter().map(|route| (route.method, route.path)).collect();
    let told: Vec<_> = EXPECTED.iter().map(|(method, path, _)| (*method, *path)).collect();
    assert_eq!(there, told, "the router is made of ROUTES, and each stands here in its place");
    let mut house = House::new(OTHERS, &[]);
    let story = Reader::open(&house.home).expect("opens").stories(1, 1).expect("read").remove(0);
    let key = key(&story.id);
    let fill = |path: &str| {
        let name = if path.contains("outlet") { "paper.example" } else { "desk.css" };
        path.replace("{key}", &key).replace("{shelf}", "opinion").replace("{code}", "GR").replace("{name}", name)
    };
    let mut given = Vec::new();
    for route in ROUTES {
        let path = fill(route.path);
        let asking = || Asking::new(route.method, &path, "password=not+the+password");
        let visitor = house.ask(asking()).await;
        let owner = house.ask(asking().with(COOKIE, &house.owner().await)).await;
        protected(&path, visitor.headers());
        protected(&path, owner.headers());
        if visitor.status() == 303 && route.open == Open::Page {
            let to = visitor.headers()[LOCATION].to_str().expect("ASCII");
            assert!(to.starts_with("/login"), "{path}: {to}");
        }
        let is_json = visitor.headers().get(CONTENT_TYPE).is_some_and(|sort| sort == "application/json");
        assert_eq!(is_json, route.open == Open::Data, "{path}: programs are told so that they can read it");
        given.push([visitor.status().as_u16(), owner.status().as_u16(), 0]);
    }
    house.serve(OWN, &[]);
    for (route, given) in ROUTES.iter().zip(&mut given) {
        let asking = Asking::new(route.method, &fill(route.path), "password=x").with(HOST, "localhost:8420");
        let answer = house.ask(asking.from("127.0.0.1")).await;
        protected(route.path, answer.headers());
        given[2] = answer.status().as_u16();
    }
    let given: Vec<_> = ROUTES.iter().zip(given).map(|(route, given)| (route.method, route.path, given)).collect();
    assert_eq!(given, EXPECTED);
}

#[tokio::test]
async fn a_story_is_found_by_the_name_of_any_of_its_articles() {
    let files = Folder::new();
    let mut house = House::new(OWN, &[]);
    let text = "Seven people died when the ferry ran aground off Skarvik on Monday, the coast guard said.";
    let line = json!({"id": "n-2", "text": text, "date": "2026-03-02", "source": "herald.example", "lang": "en"});
    house._desk.done(&["import", &files.file("more.jsonl", line.to_string())]);
    house.serve(OWN, &[]);
    let ask = |path: String| house.ask(Asking::get(&path).with(HOST, "localhost:8420").from("127.0.0.1"));
    let story = format!("/story/{}", key("n-1"));
    assert_eq!(ask(story.clone()).await.status(), 200);
    for name in [key("n-2"), "n-2".to_owned(), "n-1".to_owned()] {
        let answer = ask(format!("/story/{name}")).await;
        assert_eq!((answer.status().as_u16(), answer.headers()[LOCATION].to_str().expect("ASCII")), (307, &*story));
    }
}

#[tokio::test]
async fn what_leads_nowhere_is_told_to_nobody_outside_and_every_answer_is_protected() {
    let house = House::new(OTHERS, &[]);
    let cookie = house.owner().await;
    let missing = house.ask(Asking::get("/nothing/here?x=1")).await;
    assert_eq!(
        (missing.status().as_u16(), &missing.headers()[LOCATION]),
        (303, &"/login?to=/nothing/here%3Fx%3D1".parse().unwrap())
    );
    protected("a visitor's way to nowhere", missing.headers());
    for (what, status, asking) in [
        ("nowhere", 404, Asking::get("/nothing/here")),
        ("no such story", 404, Asking::get("/story/nothing")),
        ("no such file", 404, Asking::get("/assets/..%2f..%2fCargo.toml")),
        ("of a method it has not", 405, Asking::form("/status", "")),
        ("a head", 200, Asking::new("HEAD", "/", "")),
        ("a bad query", 400, Asking::get("/article/x?at=%ff&at=1")),
    ] {
        let answer = house.ask(asking.with(COOKIE, &cookie)).await;
        assert_eq!(answer.status(), status, "{what}");
        protected(what, answer.headers());
    }
    let page = house.ask(Asking::get("/").with(COOKIE, &cookie)).await;
    let tag = page.headers()["etag"].to_str().expect("ASCII").to_owned();
    let same = house.ask(Asking::get("/").with(COOKIE, &cookie).with("if-none-match", &tag)).await;
    assert_eq!(same.status(), 304);
    protected("unchanged", same.headers());
    let unseen = house.ask(Asking::get("/").with("if-none-match", &tag)).await;
    assert_eq!(unseen.status(), 303, "who knows a tag learns nothing by it");
}

#[tokio::test]
async fn a_session_lasts_a_month_or_until_it_is_ended_or_the_password_changed() {
    let mut house = House::new(OTHERS, &[]);
    let sees =
        async |house: &House, cookie: &str| house.ask(Asking::get("/").with(COOKIE, cookie)).await.status() == 200;
    let (one, two) = (house.owner().await, house.owner().await);
    assert_ne!(one, two);
    assert_eq!(one.len(), "parallax=".len() + 64, "256 bits");
    assert!(sees(&house, &format!("theme=dark; {one}; other=1")).await);
    assert!(!sees(&house, &one.replace("parallax=", "parallax=0")).await && !sees(&house, "parallax=").await);
    assert!(!sees(&house, &one.replace("parallax=", "__Host-parallax=")).await, "a name for https alone");
    house.serve(OTHERS, &[]);
    assert!(sees(&house, &one).await, "a start ends none");
    let file = std::fs::read(house.home.reader()).expect("readable");
    let token = one.strip_prefix("parallax=").expect("its name");
    assert!(!file.windows(token.len()).any(|w| w == token.as_bytes()), "the token itself is kept nowhere");

    let left = house.ask(Asking::form("/logout", "").with(COOKIE, &one)).await;
    assert!(left.headers()[SET_COOKIE].to_str().expect("ASCII").contains("Max-Age=0"));
    assert!(!sees(&house, &one).await && sees(&house, &two).await);

    house.later(SESSION_DAYS * 86_400 - 1);
    assert!(sees(&house, &two).await);
    house.later(1);
    assert!(!sees(&house, &two).await);

    let three = house.owner().await;
    let phc = password::hashed("another slow tram").expect("long enough");
    Owner::open(&house.home.reader()).expect("opens").set_password(Some(&phc)).expect("set");
    let old = house.ask(Asking::form("/login", "password=a+slow+green+tram")).await;
    assert_eq!(old.status(), 403, "the old password is none at once");
    house.serve(OTHERS, &[]);
    assert!(!sees(&house, &three).await);
}

#[tokio::test]
async fn a_cookie_is_for_this_site_alone_and_by_https_for_https_alone() {
    let house = House::new(OTHERS, &["desk.example"]);
    let login = || Asking::form("/login", "password=a+slow+green+tram").with(HOST, "desk.example");
    let plain = house.ask(login()).await;
    let line = plain.headers()[SET_COOKIE].to_str().expect("ASCII");
    assert!(
        line.starts_with("parallax=") && line.ends_with("; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000"),
        "{line}"
    );
    let by_https = |asking: Asking| asking.with("x-forwarded-proto", "https");
    let claimed = house.ask(by_https(login())).await;
    assert!(claimed.headers()[SET_COOKIE].to_str().expect("ASCII").starts_with("parallax="), "anyone can say so");
    let secure = house.ask(by_https(login().from("127.0.0.1"))).await;
    let line = secure.headers()[SET_COOKIE].to_str().expect("ASCII");
    assert!(line.starts_with("__Host-parallax=") && line.ends_with("; Secure"), "{line}");
    let asking = Asking::get("/").with(HOST, "desk.example").with(COOKIE, &cookie(&secure)).from("127.0.0.1");
    assert_eq!(house.ask(by_https(asking)).await.status(), 200);
}

#[tokio::test]
async fn a_password_is_tried_a_few_times_and_the_answer_says_what_to_do() {
    let house = House::new(OTHERS, &[]);
    let wrong = || Asking::form("/login", "password=%3Cscript%3E&to=/status");
    for _ in 0..LOGINS_OF_A_PEER {
        let answer = house.ask(wrong()).await;
        assert_eq!((answer.status().as_u16(), answer.headers().get(SET_COOKIE)), (403, None));
        let page = to_bytes(answer.into_body(), 100_000).await.expect("whole");
        let page = String::from_utf8_lossy(&page).into_owned();
        assert!(page.contains("That is not the password") && page.contains("value=\"/status\""), "{page}");
        assert!(!page.contains("<script>") && page.contains("autocomplete=\"current-password\""), "{page}");
    }
    let right = || Asking::form("/login", "password=a+slow+green+tram&to=/status");
    let held = house.ask(right()).await;
    assert_eq!((held.status().as_u16(), held.headers().get(SET_COOKIE)), (429, None), "not even the right one");
    assert_eq!(held.headers()[RETRY_AFTER], "60");
    let proxied = |asking: Asking, of: &str| asking.from("127.0.0.1").with("x-forwarded-for", of);
    let other = house.ask(proxied(right(), "192.0.2.77, 198.51.100.7")).await;
    assert_eq!((other.status().as_u16(), &other.headers()[LOCATION]), (303, &"/status".parse().unwrap()));
    let same = house.ask(proxied(right(), "198.51.100.7, 192.0.2.77")).await;
    assert_eq!(same.status(), 429, "the same peer through a server in front");
    let claimed = house.ask(right().with("x-forwarded-for", "198.51.100.9")).await;
    assert_eq!(claimed.status(), 429, "anyone can say so");
    house.later(60);
    assert_eq!(house.ask(right()).await.status(), 303);
}

#[tokio::test]
async fn many_passwords_at_once_wait_for_one_another_and_a_form_has_an_end() {
    let house = House::new(OTHERS, &[]);
    let tries = (0..PASSWORDS_AT_ONCE * 4).map(|n| {
        let peer = format!("192.0.2.{}", n + 1);
        house.ask(Asking::form("/login", "password=a+slow+green+tram").from(&peer))
    });
    for answer in futures_util::future::join_all(tries).await {
        assert_eq!(answer.status(), 303);
    }
    let form = |bytes: usize| Asking::form("/login", &format!("password={}", "x".repeat(bytes - "password=".len())));
    assert_eq!(house.ask(form(FORM_BYTES)).await.status(), 403, "read, and wrong");
    assert_eq!(house.ask(form(FORM_BYTES + 1)).await.status(), 400, "not read");
    assert_eq!(house.ask(Asking::form("/login", "{}").with(CONTENT_TYPE, "application/json")).await.status(), 400);
}

#[tokio::test]
async fn the_way_back_stays_on_the_desk() {
    let house = House::new(OTHERS, &[]);
    for (to, goes) in [
        ("/story/x?a=1", "/story/x?a=1"),
        ("", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\u{202e}x", "/"),
    ] {
        house.later(3_600);
        let to: String = to.bytes().map(|b| format!("%{b:02X}")).collect();
        let answer = house.ask(Asking::form("/login", &format!("password=a+slow+green+tram&to={to}"))).await;
        assert_eq!((answer.status().as_u16(), answer.headers()[LOCATION].to_str().unwrap()), (303, goes));
        let page = house.ask(Asking::get(&format!("/login?to={to}"))).await;
        let page = to_bytes(page.into_body(), 100_000).await.expect("whole");
        assert!(String::from_utf8_lossy(&page).contains(&format!("name=\"to\" value=\"{goes}\"")));
    }
}

#[tokio::test]
async fn a_form_is_taken_from_the_desks_own_pages_alone() {
    let house = House::new(OTHERS, &[]);
    let login = || Asking::form("/login", "password=a+slow+green+tram").without("sec-fetch-site");
    for (what, asking, status) in [
        ("no word of where it is from", login(), 403),
        ("another site", login().with("sec-fetch-site", "cross-site"), 403),
        ("a neighbouring one", login().with("sec-fetch-site", "same-site"), 403),
        ("typed by hand", login().with("sec-fetch-site", "none"), 303),
        ("the same origin", login().with(ORIGIN, "http://192.0.2.1:8420"), 303),
        ("another origin", login().with(ORIGIN, "http://evil.example"), 403),
        ("another port", login().with(ORIGIN, "http://192.0.2.1:80"), 403),
        ("an opaque origin", login().with(ORIGIN, "null"), 403),
        (
            "an origin that contradicts",
            login().with("sec-fetch-site", "cross-site").with(ORIGIN, "http://192.0.2.1:8420"),
            403,
        ),
        ("no host", login().with(ORIGIN, "http://").without("host"), 403),
    ] {
        house.later(3_600);
        let answer = house.ask(asking).await;
        assert_eq!(answer.status(), status, "{what}");
        protected(what, answer.headers());
    }
}

#[tokio::test]
async fn a_desk_answers_to_its_own_names() {
    let mut house = House::new(OWN, &[]);
    let status =
        async |house: &House, host: &str| house.ask(Asking::get("/help").with(HOST, host)).await.status().as_u16();
    for own in ["localhost", "localhost:8420", "127.0.0.1:8420", "[::1]:8420", "LOCALHOST", "[::1]"] {
        assert_eq!(status(&house, own).await, 200, "{own}");
    }
    for other in [
        "evil.example",
        "evil.example:8420",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "localhost:8420:x",
        "",
    ] {
        assert_eq!(status(&house, other).await, 421, "{other}");
    }
    house.serve(OWN, &["Desk.Example"]);
    assert_eq!(status(&house, "desk.example:443").await, 303, "others come by it: it asks for the password");
    assert_eq!(status(&house, "localhost").await, 303, "a server in front may call it so");
    assert_eq!(status(&house, "evil.example").await, 421);
    house.serve(OTHERS, &[]);
    assert_eq!(status(&house, "any.example").await, 303);
    house.serve(OTHERS, &["desk.example"]);
    assert_eq!((status(&house, "any.example").await, status(&house, "desk.example").await), (421, 303));
}

#[tokio::test]
async fn what_a_server_in_front_passes_on_is_not_taken_for_this_machines_own() {
    let mut house = House::new(OWN, &[]);
    let asking =
        |name: &'static str| Asking::get("/help").with(HOST, "127.0.0.1:8420").from("127.0.0.1").with(name, "x");
    assert_eq!(house.ask(asking("accept-language")).await.status(), 200, "nobody else passed that on");
    for name in ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"] {
        let answer = house.ask(asking(name)).await;
        assert_eq!(answer.status(), 421, "{name}: others may come, and no password is set");
        protected(name, answer.headers());
    }
    house.serve(OWN, &["desk.example"]);
    assert_eq!(house.ask(asking("x-forwarded-for")).await.status(), 303, "it asks for the password");
}

#[test]
fn it_is_served_to_others_once_a_password_is_set() {
    let desk = Desk::new();
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let run = desk.run(&["serve", "--listen", listen]);
        assert_eq!(run.status, 1);
        assert!(run.stderr.contains("parallax password"), "{}", run.stderr);
    }
    let run = desk.run(&["serve", "--host", "desk.example"]);
    assert!(run.status == 1 && run.stderr.contains("parallax password"), "{}", run.stderr);
    assert!(!Path::new(&desk.folder()).exists(), "nothing was made");

    let set = |arguments: &[&str], typed: &str| {
        let mut command = assert_cmd::Command::cargo_bin("parallax").expect("built");
        let command = command.arg("password").args(arguments).env("PARALLAX_DESK", desk.folder());
        let output = command.write_stdin(typed.to_owned()).output().expect("it runs");
        (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let (status, said) = set(&[], "short\n");
    assert!(status == Some(1) && said.contains("at least 10"), "{said}");
    let (status, said) = set(&["--remove"], "");
    assert!(status == Some(1) && said.contains("nothing to remove"), "{said}");
    let (status, said) = set(&[], &"x".repeat(2_000));
    assert!(status == Some(1) && said.contains("at most"), "{said}");
    let (status, said) = set(&[], "a slow green tram\r\nanother line\n");
    assert!(status == Some(0) && said.contains("is set"), "{said}");
    let home = Home::at(Path::new(&desk.folder()));
    let kept = || Owner::open(&home.reader()).expect("opens").password().expect("read");
    assert!(password::is_right(PASSWORD, &kept().expect("set")));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(home.reader()).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "other users of the machine cannot read it");
    }
    let (_, said) = set(&[], "another slow tram");
    assert!(said.contains("is changed"), "{said}");
    assert!(set(&["--remove"], "").1.contains("removed"));
    assert_eq!(kept(), None);
    let run = crate::run(
        Command::new(assert_cmd::cargo::cargo_bin("parallax"))
            .args(["serve", "--listen", "0.0.0.0:0"])
            .env("PARALLAX_DESK", desk.folder()),
    );
    assert!(run.status == 1 && run.stderr.contains("no password is set"), "{}", run.stderr);
}
