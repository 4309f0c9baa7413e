//! A press, a clock and a listener → a web server, until it is told to stop.

use super::answer::answer;
use super::{Clock, SamplePress};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use std::io;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves the press as its clock goes; ends, once what was asked is answered, when `shutdown` does.
///
/// Requests are told apart by `Host`: an outlet's domain leads to the outlet; elsewhere the first segment of the path does.
///
/// # Errors
/// What the listener failed with.
pub async fn serve(
    press: Arc<SamplePress>,
    clock: Clock,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let answered = move |request: Request| {
        let press = Arc::clone(&press);
        async move { answer(&press, clock.now(), &request.into_parts().0).map(Body::from) }
    };
    axum::serve(listener, Router::new().fallback(answered)).with_graceful_shutdown(shutdown).await
}
