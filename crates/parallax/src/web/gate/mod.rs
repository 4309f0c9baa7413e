//! A request → whether whoever sends it may have an answer, and what every answer forbids the browser.

mod login;
pub mod password;
mod session;
mod tries;

pub use login::{ask, enter, is_local, leave};

use super::{Site, answer, api};
use crate::limits::PASSWORDS_AT_ONCE;
use crate::store::{Home, Owner, Seconds};
use anyhow::{Result, ensure};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use session::Sessions;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tries::Tries;

/// Nothing but what this site itself sends is loaded, run or framed.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Between two looks at whether the password was changed.
const LOOK: Duration = Duration::from_secs(1);

/// Says how many seconds have gone since 1970 UTC.
pub type Clock = Box<dyn Fn() -> Seconds + Send + Sync>;

/// Who may see what is behind a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Open {
    /// Whoever can reach the desk.
    ToAll,
    /// Who gave the password; others are asked for it.
    Page,
    /// Who gave the password; others are told that they did not, as a program reads it.
    Data,
}

/// Who may ask.
pub struct Gate {
    listens: SocketAddr,
    /// Further names that the desk answers to.
    hosts: Vec<String>,
    /// Where others than this machine may come.
    lock: Option<Lock>,
}

/// What keeps others out.
struct Lock {
    sessions: Sessions,
    tries: Mutex<Tries>,
    at_once: Semaphore,
    clock: Clock,
}

impl Gate {
    /// For the site of a desk on this address, answering to these names. On this machine's own address and to its own names nobody is
    /// asked for a password; a further name says that others come, through a server in front.
    ///
    /// # Errors
    /// Others than this machine could ask there, and no password is set; or the file it is kept in cannot be read.
    pub fn open(home: &Home, listens: SocketAddr, hosts: Vec<String>) -> Result<Self> {
        Gate::by_clock(home, listens, hosts, Box::new(super::status::now))
    }

    /// The same, by another clock than the machine's.
    ///
    /// # Errors
    /// As those of `open`.
    pub fn by_clock(home: &Home, listens: SocketAddr, hosts: Vec<String>, clock: Clock) -> Result<Self> {
        let hosts: Vec<String> = hosts.into_iter().map(|host| host.to_ascii_lowercase()).collect();
        let is_own = listens.ip().is_loopback() && hosts.is_empty();
        let lock = if is_own { None } else { Some(Lock::of(home, clock)?) };
        if let Some(lock) = &lock {
            ensure!(
                lock.sessions.password()?.is_some(),
                "{} can be reached by others, and no password is set for the desk in {}. Set one with `parallax password`, or leave out {}",
                hosts.first().cloned().unwrap_or_else(|| listens.to_string()),
                home.folder().display(),
                if hosts.is_empty() { "--listen" } else { "--host" },
            );
        }
        Ok(Gate { listens, hosts, lock })
    }

    /// Is that a name the desk answers to? On this machine's own address a page of another site could have its name lead here.
    fn knows(&self, host: &str) -> bool {
        let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
        let name = name.map_or(host, |(name, _)| name).to_ascii_lowercase();
        let is_own = matches!(name.as_str(), "localhost" | "127.0.0.1" | "[::1]");
        let any = !self.listens.ip().is_loopback() && self.hosts.is_empty();
        any || is_own || self.hosts.contains(&name)
    }

    /// Tells whenever a session ended; nothing where there are none.
    pub fn ended(&self) -> Option<watch::Receiver<()>> {
        self.lock.as_ref().map(|lock| lock.sessions.ended())
    }
}

impl Lock {
    fn of(home: &Home, clock: Clock) -> Result<Self> {
        ensure!(
            home.reader().exists(),
            "others could reach the desk, and no password is set for it: set one with `parallax password --desk {}`",
            home.folder().display()
        );
        // That the file can be written is said now, not when the first reader comes.
        drop(Owner::open(&home.reader())?);
        Ok(Lock {
            sessions: Sessions::of(&home.reader(), clock())?,
            tries: Mutex::default(),
            at_once: Semaphore::new(PASSWORDS_AT_ONCE),
            clock,
        })
    }
}

/// Takes note of a password changed elsewhere, as long as the site stands.
pub async fn follow(site: Arc<Site>) {
    while site.gate.lock.is_some() {
        tokio::time::sleep(LOOK).await;
        let asked = Arc::clone(&site);
        let look = move || asked.gate.lock.as_ref().map(|lock| lock.sessions.refresh(&lock.clock));
        // A file that cannot be asked just now is asked again; who was let in stays so until then.
        let _ = tokio::task::spawn_blocking(look).await;
    }
}

/// From where a request came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Peer {
    ip: IpAddr,
    /// By https, as a server in front says, if that stands on this machine.
    is_secure: bool,
}

impl Peer {
    fn of(request: &Request) -> Self {
        let nobody = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        let direct = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(nobody, |peer| peer.0.ip());
        if !direct.to_canonical().is_loopback() {
            return Peer { ip: direct, is_secure: false };
        }
        let said = |name: &str| request.headers().get_all(name).into_iter().next_back()?.to_str().ok();
        // Only what the server in front added last is its own word.
        let ip = said("x-forwarded-for").and_then(|all| all.rsplit(',').next()?.trim().parse().ok()).unwrap_or(direct);
        Peer { ip, is_secure: said("x-forwarded-proto").is_some_and(|proto| proto.eq_ignore_ascii_case("https")) }
    }
}

/// What every answer has, and what no request may be: of a name that is not the desk's, or a form sent by another site.
pub async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|h| h.to_str().ok()).unwrap_or("");
    let mut response = if !site.gate.knows(host) {
        let remedy = "This desk does not answer to that name. `parallax serve --host NAME` lets it.";
        answer::refused(StatusCode::MISDIRECTED_REQUEST, remedy)
    } else if site.gate.lock.is_none() && is_passed_on(request.headers()) {
        let remedy = "A server in front passes this on: others may come through it, and no password is asked for here. \
                      `parallax serve --host NAME` asks for one.";
        answer::refused(StatusCode::MISDIRECTED_REQUEST, remedy)
    } else if !is_of_this_site(request.method(), request.headers(), host) {
        answer::refused(StatusCode::FORBIDDEN, "A form of this desk is taken from its own pages alone.")
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Others learn nothing; to the desk itself the origin of a form is said (it would be "null" under `no-referrer`).
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Did a server in front pass it on? Some of them say so (RFC 7239, RFC 9110 7.6.3, and what was there before), and call the desk by the name
/// of this machine, not by the one that others came by.
fn is_passed_on(headers: &HeaderMap) -> bool {
    ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"]
        .iter()
        .any(|name| headers.contains_key(*name))
}

/// May it change something? Browsers say of every request which site's page sent it (Fetch Metadata, W3C), if not over plain http; there
/// a form has its page's origin (RFC 6454).
fn is_of_this_site(method: &Method, headers: &HeaderMap, host: &str) -> bool {
    if matches!(*method, Method::GET | Method::HEAD) {
        return true;
    }
    let said = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    match (said(HeaderName::from_static("sec-fetch-site")), said(ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let of = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            !host.is_empty() && of.is_some_and(|of| of.eq_ignore_ascii_case(host))
        }
        (None, None) => false,
    }
}

/// What stays as it is in the way back of an address.
const AS_IT_IS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.');

/// Lets through who may see what is behind a route of that kind.
pub async fn admit(State((site, open)): State<(Arc<Site>, Open)>, request: Request, next: Next) -> Response {
    let may = open == Open::ToAll
        || site
            .gate
            .lock
            .as_ref()
            .is_none_or(|lock| lock.sessions.knows(request.headers(), Peer::of(&request), (lock.clock)()));
    if may {
        return next.run(request).await;
    }
    if open == Open::Data {
        let said =
            api::problem("this desk asks for a password", "POST it to /login, and send the cookie that comes back");
        let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")];
        return (StatusCode::UNAUTHORIZED, headers, said.to_string()).into_response();
    }
    let way = request.uri().path_and_query().map_or("/", |way| way.as_str());
    let to = match (request.method(), way) {
        (&Method::GET | &Method::HEAD, way) if way != "/" && is_local(way) => {
            format!("/login?to={}", utf8_percent_encode(way, AS_IT_IS))
        }
        _ => "/login".to_owned(),
    };
    ([(CACHE_CONTROL, "no-store")], Redirect::to(&to)).into_response()
}
