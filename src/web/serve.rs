//! The accept loop. `axum::serve` has no limit on how long a browser may take to say what it wants, nor on how many
//! connections are open, and one silent connection holds up its graceful end for ever.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::{Web, router};

/// Connections open at a time.
const CONNECTIONS: usize = 512;
/// What the loop waits for.
#[derive(Clone, Copy)]
struct Patience {
    /// The head of a request: also the first one of a connection, from its opening on, and the next one of an idle
    /// connection. Only HTTP/1 is spoken, so nothing is sniffed before this clock runs.
    head: Duration,
    /// Requests under way when the server is asked to end.
    drain: Duration,
}

/// Serves the site on the listener until `shutdown` resolves, then lets requests under way finish for up to twenty
/// seconds.
pub async fn serve(listener: TcpListener, web: Web, shutdown: impl Future<Output = ()>) -> io::Result<()> {
    let patience = Patience { head: Duration::from_secs(10), drain: Duration::from_secs(20) };
    accept(listener, router(web), shutdown, patience).await
}

async fn accept(
    listener: TcpListener,
    site: Router,
    shutdown: impl Future<Output = ()>,
    patience: Patience,
) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let (ending, ended) = watch::channel(false);
    let mut connections = JoinSet::new();
    tokio::pin!(shutdown);
    loop {
        // The place is taken before the connection: who comes when all are taken waits in the system's queue.
        let next = async {
            let place = places.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = &mut shutdown => break,
            next = next => next,
            Some(_) = connections.join_next() => continue,
        };
        match accepted {
            Ok((stream, peer)) => {
                let site = site.clone().layer(Extension(Caller(Some(peer.ip()))));
                let ended = ended.clone();
                connections.spawn(async move {
                    let _place = place;
                    converse(stream, site, ended, patience).await;
                });
            }
            // Out of file handles, or a connection that was gone already: neither is a reason to end.
            Err(cause) => {
                tracing::warn!(%cause, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    // Nobody listening any more is no failure.
    let _ = ending.send(true);
    let all = async { while connections.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(patience.drain, all).await;
    Ok(())
}

async fn converse(stream: TcpStream, site: Router, mut ended: watch::Receiver<bool>, patience: Patience) {
    let service = TowerToHyperService::new(site);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.head)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let outcome = tokio::select! {
        outcome = connection.as_mut() => outcome,
        _ = async { ended.wait_for(|ended| *ended).await.is_ok() } => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(cause) = outcome {
        tracing::debug!(%cause, "a connection ended early");
    }
}

/// The address a request came from, when it came over the network.
#[derive(Clone, Copy, Debug)]
pub struct Caller(Option<IpAddr>);

impl Caller {
    /// As text, for counting.
    pub fn address(self) -> Option<String> {
        self.0.map(|address| address.to_string())
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Self(None)))
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;

    use super::*;

    /// A site with one page behind a loop that loses patience soon.
    async fn site(page: Router) -> (std::net::SocketAddr, oneshot::Sender<()>, JoinHandle<io::Result<()>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (end, ended) = oneshot::channel();
        let patience = Patience { head: Duration::from_millis(300), drain: Duration::from_secs(20) };
        let shutdown = async { ended.await.unwrap_or(()) };
        (address, end, tokio::spawn(accept(listener, page, shutdown, patience)))
    }

    #[tokio::test]
    async fn a_connection_that_never_says_what_it_wants_is_closed() {
        let (address, _end, _task) = site(Router::new()).await;
        for said in ["", "G", "GET / HTTP/1.1\r\nHost: localhost\r\n"] {
            let mut socket = TcpStream::connect(address).await.unwrap();
            socket.write_all(said.as_bytes()).await.unwrap();
            let mut answer = Vec::new();
            // Ends when the other side closes; a loop without patience would never end this test.
            socket.read_to_end(&mut answer).await.unwrap();
            assert!(!answer.starts_with(b"HTTP/1.1 200"), "after {said:?}");
        }
    }

    #[tokio::test]
    async fn a_request_under_way_is_answered_before_the_server_ends() {
        let (begun, has_begun) = oneshot::channel();
        let (go_on, may_go_on) = oneshot::channel::<()>();
        let once = Arc::new(std::sync::Mutex::new(Some((begun, may_go_on))));
        let page = Router::new().route(
            "/",
            get(async move || {
                let (begun, may_go_on) = once.lock().unwrap().take().unwrap();
                begun.send(()).unwrap();
                may_go_on.await.unwrap();
                "done"
            }),
        );
        let (address, end, task) = site(page).await;
        let mut busy = TcpStream::connect(address).await.unwrap();
        busy.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
        has_begun.await.unwrap();
        end.send(()).unwrap();
        go_on.send(()).unwrap();
        let mut answer = String::new();
        busy.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("done"), "{answer}");
        task.await.unwrap().unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }
}
