//! A new desk in a browser: what it asks, what it then follows, what comes in; and its settings' page.

use crate::sources::{feed, host, send};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, HOST, LOCATION};
use axum::http::{Request, Response};
use parallax::desk::sources::{followed, sources};
use parallax::desk::{Desk, Rules, run, subscription};
use parallax::fetch::{Fetcher, Reach};
use parallax::settings::{self, PAGES, Settings, Settled};
use parallax::store::Home;
use parallax::web::{Gate, Site, router};
use parallax_core::almanac::Catalogue;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceExt;

/// A new desk, and its pages on this machine.
struct New {
    _folder: tempfile::TempDir,
    home: Home,
    catalogue: &'static Catalogue,
    router: Router,
}

impl New {
    /// It knows the outlets of this catalogue alone.
    fn knowing(catalogue: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::at(folder.path());
        Desk::open(home.clone(), 1, &mut |_, _, _| {}).and_then(Desk::close).expect("a new desk");
        let catalogue = Box::leak(Box::new(Catalogue::new([toml::from_str(catalogue).expect("a catalogue")])));
        let mut new = New { _folder: folder, home, catalogue, router: Router::new() };
        new.serve(true, Settings::default());
        new
    }

    /// Serves it, anew.
    fn serve(&mut self, is_at_work: bool, given: Settings) {
        let gate = Gate::open(&self.home, "127.0.0.1:8420".parse().expect("an address"), Vec::new()).expect("its own");
        let settled = Settled::open(self.home.clone(), given).expect("settled");
        let site = Site::new(self.home.clone(), settled, gate).expect("opens").knowing(self.catalogue);
        self.router = router(Arc::new(if is_at_work { site } else { site.only_pages() }));
    }

    async fn ask(&self, method: &str, path: &str, body: &str) -> Response<Body> {
        let request = Request::builder().method(method).uri(path).header(HOST, "localhost:8420");
        let request =
            request.header("sec-fetch-site", "same-origin").header(ACCEPT_LANGUAGE, "sw-KE,sw;q=0.9,en;q=0.8");
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let mut request = request.body(Body::from(body.to_owned())).expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000))));
        self.router.clone().oneshot(request).await.expect("it never fails")
    }

    async fn get(&self, path: &str) -> (u16, String) {
        text(self.ask("GET", path, "").await).await
    }

    async fn goes_to(&self, method: &str, path: &str, body: &str) -> String {
        let answer = self.ask(method, path, body).await;
        assert_eq!(answer.status(), 303, "{method} {path}");
        answer.headers()[LOCATION].to_str().expect("ASCII").to_owned()
    }

    async fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.get(path).await.1).expect("JSON")
    }
}

async fn text(answer: Response<Body>) -> (u16, String) {
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), 4_000_000).await.expect("whole");
    (status, String::from_utf8(body.to_vec()).expect("UTF-8"))
}

fn outlet(name: &str, country: &str, world: bool, editions: &str) -> String {
    format!(
        "[[outlet]]\nname = '{name}'\ndomains = ['{}.example']\ncountry = '{country}'\nkind = 'newspaper'\nworld = {world}\neditions = [{editions}]\n",
        name.to_lowercase()
    )
}

/// Two outlets of the world, one of Kenya, one of nobody's choice; a feed of the world's does not answer.
fn four(at: &str) -> String {
    let edition = |language: &str, path: &str| format!("{{ language = '{language}', feeds = ['{at}/{path}'] }}");
    let abroad = format!("{}, {{ language = 'sw', abroad = true, feeds = ['{at}/sw'] }}", edition("en", "gazette"));
    [
        outlet("Gazette", "GB", true, &abroad),
        outlet("Silent", "FR", true, &edition("fr", "gone")),
        outlet("Habari", "KE", false, &edition("sw", "habari")),
        outlet("Other", "DE", false, &edition("de", "other")),
    ]
    .concat()
}

fn press() -> String {
    host("127.0.0.1", |path, stream| match path {
        "/gone" => send(stream, "404 Not Found", ""),
        path => send(stream, "200 OK", &feed(path, 3).replace("gazette.example/", &format!("gazette.example{path}/"))),
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_desk_asks_for_country_and_languages_and_is_useful_at_once() {
    let new = New::knowing(&four(&press()));
    assert_eq!(new.goes_to("GET", "/", "").await, "/start");
    let (status, page) = new.get("/start").await;
    assert!(status == 200 && page.contains("2 outlets in 2 countries to begin with"), "{page}");
    assert!(page.contains("<option value=\"sw\" selected>Swahili</option>"), "as the browser asks: {page}");
    assert_eq!(page.matches("<select").count(), 5, "a country, four languages, nothing else");
    assert_eq!(new.json("/api/v1/start").await["begins"], true);
    let (status, page) = text(new.ask("POST", "/start", "go=begin&country=XX&reads=sw").await).await;
    assert!(status == 400 && page.contains("no country code") && page.contains("role=\"alert\""), "{page}");
    assert!(page.contains("<option value=\"sw\" selected>"), "what was chosen stands there still");
    assert!(followed(&new.home).expect("read").is_empty() && !settings::path(&new.home).exists());

    let desk = Desk::open(new.home.clone(), 1, &mut |_, _, _| {}).expect("opens");
    let reach = Reach { allowed: ["127.0.0.1".to_owned()].into(), ..Reach::default() };
    let fetcher = Fetcher::new(reach, None).expect("a fetcher");
    fetcher.hurry();
    let rules = tokio::sync::watch::channel(Rules { pages_a_day: 0, ..Rules::default() }).1;
    let (tell, _told) = tokio::sync::mpsc::unbounded_channel();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let work = tokio::spawn(async move { run(desk, fetcher, rules, tell, async { drop(ended.await) }).await });
    assert_eq!(new.goes_to("POST", "/start", "go=begin&country=KE&reads=sw&reads=en&reads=&reads=").await, "/start");
    let settled = settings::read(&new.home).expect("read");
    assert_eq!((settled.country(), settled.reads()), (Some("KE"), vec!["sw".to_owned(), "en".to_owned()]));
    let begun = Instant::now();
    let coming = loop {
        let coming = new.json("/api/v1/start").await;
        if coming["asked"] == 3 && coming["articles"] == 9 && coming["goes_on"] == false {
            break coming;
        }
        assert!(begun.elapsed() < Duration::from_secs(100), "{coming}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let of = |name: &str| coming[name].as_u64().expect(name);
    assert_eq!((of("feeds"), of("outlets"), of("answered"), of("countries_answered")), (4, 3, 2, 2), "{coming}");
    assert!(coming["failing"][0]["why"].as_str().expect("a reason").contains("no feed"), "{coming}");
    let (status, page) = new.get("/start").await;
    assert!(status == 200 && page.contains("3 asked, 2 answered, in 2 of 3 countries. 9 articles so far"), "{page}");
    assert!(page.contains("Ferry 0 back at Aldermoor") && page.contains("1 of 4 feeds"), "{page}");
    assert!(!page.contains("data-again"), "all were asked: it need not be looked at again");
    assert_eq!(new.get("/").await.0, 200);
    assert_eq!(new.goes_to("POST", "/start", "go=begin&country=DE").await, "/start", "it has begun");
    assert_eq!(followed(&new.home).expect("read").len(), 4);
    end.send(()).expect("at work");
    work.await.expect("ends").expect("ends well");
}

#[tokio::test]
async fn who_looks_around_first_is_asked_at_the_next_start() {
    let mut new = New::knowing(&four("https://gazette.example"));
    assert_eq!(new.goes_to("POST", "/start", "go=look&country=DE").await, "/");
    let (status, page) = new.get("/").await;
    assert!(status == 200 && page.contains("Nothing here yet") && page.contains("href=\"/start\""), "{page}");
    assert!(new.get("/start").await.1.contains("No feed is followed yet"));
    assert!(!settings::path(&new.home).exists() && followed(&new.home).expect("read").is_empty());
    new.serve(true, Settings::default());
    assert_eq!(new.goes_to("GET", "/", "").await, "/start");
    // Nobody is at work here: what is to be followed is logged all the same.
    assert_eq!(new.goes_to("POST", "/start", "go=begin&reads=en").await, "/start");
    assert_eq!(followed(&new.home).expect("read").len(), 2, "the world's, at home or in English");
    new.serve(true, Settings::default());
    assert_eq!(new.get("/").await.0, 200, "what follows something does not begin");
}

#[tokio::test]
async fn what_is_only_shown_follows_and_changes_nothing_and_says_so() {
    let mut new = New::knowing(&four("https://gazette.example"));
    new.serve(false, Settings::default());
    assert_eq!(new.get("/").await.0, 200);
    assert!(new.get("/start").await.1.contains("--only-pages"));
    assert_eq!(new.goes_to("POST", "/start", "go=begin&reads=en").await, "/start");
    let (status, page) = text(new.ask("POST", "/settings", "pages=5").await).await;
    assert!(status == 409 && page.contains("parallax settings"), "{page}");
    assert_eq!(new.ask("POST", "/sources", "go=follow").await.status(), 409);
    let page = new.get("/settings").await.1;
    assert!(page.contains("only shown") && !page.contains("<form"), "{page}");
    assert!(!settings::path(&new.home).exists() && followed(&new.home).expect("read").is_empty());
}

#[tokio::test]
async fn settings_are_changed_by_their_page_and_what_cannot_be_is_told_where_it_was_typed() {
    let mut new = New::knowing(&four("https://gazette.example"));
    std::fs::write(settings::path(&new.home), "# Mine.\npages = 300 # slow line\n").expect("written");
    new.serve(true, Settings::default().with(PAGES, Some(7)).expect("sound"));
    let page = new.get("/settings").await.1;
    assert!(page.contains("value=\"300\"") && page.contains("The command line says 7"), "{page}");
    let form = "country=KE&reads=fr&reads=en&pages=400&keep-days=&keep-gb=&contact=";
    assert_eq!(new.goes_to("POST", "/settings", form).await, "/settings?kept=1");
    let kept = std::fs::read_to_string(settings::path(&new.home)).expect("read");
    for line in ["# Mine.", "pages = 400 # slow line", "country = \"KE\"", "reads = [\"fr\", \"en\"]"] {
        assert!(kept.contains(line), "{line}: {kept}");
    }
    let page = new.get("/settings?kept=1").await.1;
    assert!(page.contains("role=\"status\"") && page.contains("<option value=\"fr\" selected>"), "{page}");
    let twin = new.json("/api/v1/settings").await;
    let pages = twin["settings"].as_array().expect("a list").iter().find(|s| s["key"] == "pages").expect("there");
    assert_eq!((pages["holds"].as_str(), pages["in_file"].as_str()), (Some("7"), Some("400")), "{twin}");

    let (status, page) = text(new.ask("POST", "/settings", "pages=many%3Cb%3E&keep-days=3").await).await;
    assert!(status == 400 && page.contains("Nothing was changed"), "{page}");
    assert!(page.contains("value=\"many&#60;b&#62;\"") && page.contains("aria-invalid"), "{page}");
    assert_eq!(std::fs::read_to_string(settings::path(&new.home)).expect("read"), kept);
    std::fs::write(settings::path(&new.home), "pages = [").expect("written");
    let (status, page) = text(new.ask("POST", "/settings", "pages=5").await).await;
    assert!(status == 400 && page.contains("settings.toml, line 1"), "{page}");
    assert_eq!(std::fs::read_to_string(settings::path(&new.home)).expect("read"), "pages = [");
}

#[tokio::test]
async fn what_is_followed_is_steered_by_forms() {
    let new = New::knowing(&four("https://gazette.example"));
    assert_eq!(new.goes_to("POST", "/sources", "go=follow").await, "/start");
    let state = |url: &str| {
        let all = sources(&new.home, new.catalogue, false).expect("read");
        all.into_iter().find(|source| source.url == url).map(|source| source.state.word())
    };
    let url = "https://gazette.example/gazette";
    let form = |go: &str, to: &str| format!("go={go}&feed={}&to={to}", url.replace('/', "%2F").replace(':', "%3A"));
    assert_eq!(state(url), Some("unverified"));
    assert_eq!(
        new.goes_to("POST", "/sources", &form("rest", "/outlet/gazette.example")).await,
        "/outlet/gazette.example"
    );
    assert_eq!(state(url), Some("resting"));
    assert_eq!(new.goes_to("POST", "/sources", &form("resume", "//evil.example")).await, "/settings");
    assert_eq!(state(url), Some("unverified"));
    assert_eq!(new.goes_to("POST", "/sources", &form("remove", "/status")).await, "/status");
    assert_eq!(state(url), None);
    assert_eq!(new.ask("POST", "/sources", &form("rest", "/")).await.status(), 400, "it is not followed");
    let word = subscription("https://own.example/feed", None, true).expect("a word");
    parallax::desk::sources::change(&new.home, &[word], Duration::from_secs(1)).expect("followed");
    let page = new.get("/settings").await.1;
    assert!(page.contains("2 feeds of 2 outlets followed: 2 unverified"), "{page}");
    assert!(page.contains("1 feed of 1 outlet are not followed"), "{page}");
}
