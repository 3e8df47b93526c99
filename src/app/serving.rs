//! Opens the doors that stay open: the pages, and the jobs beside them.

use std::fs::File;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::accounts::SystemChance;
use crate::cli::output::say;
use crate::cli::{Failure, Serving, Workplace};
use crate::jobs;
use crate::mail;
use crate::texts::Lang;
use crate::web::{self, Web};

/// How many ports are tried when the first is taken and another will do.
const PORTS: u16 = 20;
/// How long a letter on its way may hold up the end.
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves until the process is asked to end (Ctrl-C or SIGTERM), then lets requests in flight finish.
pub async fn serve(workplace: &Workplace, serving: &Serving, lang: Lang) -> Result<(), Failure> {
    let _lock = only_one(workplace, lang)?;
    let (listener, at) = listen(serving, lang).await?;
    let (stop, mut stopped) = watch::channel(false);
    let feeding = tokio::spawn(jobs::feed_index(workplace.search.clone(), stopped.clone()));
    let reminding = tokio::spawn(jobs::remind(
        workplace.db.clone(),
        workplace.clock.clone(),
        Arc::new(SystemChance),
        stopped.clone(),
    ));
    let keeping =
        tokio::spawn(jobs::keep_postings(workplace.db.clone(), workplace.clock.clone(), stopped.clone()));
    let telling = tokio::spawn(jobs::tell_news(
        workplace.db.clone(),
        workplace.search.clone(),
        workplace.clock.clone(),
        stopped.clone(),
    ));
    let origin: Arc<str> = serving.public_url.clone().unwrap_or_else(|| address(at)).into();
    let sender = sender(workplace, serving, origin.clone(), lang)?;
    let clock = workplace.clock.clone();
    let sending = tokio::spawn(jobs::send_letters(workplace.db.clone(), sender, clock, stopped.clone()));
    say(&serving.greeting.replace("{url}", &address(at)));
    tokio::spawn(async move {
        asked_to_end().await;
        let _ = stop.send(true);
    });
    let web = Web {
        db: workplace.db.clone(),
        search: workplace.search.clone(),
        clock: workplace.clock.clone(),
        chance: Arc::new(SystemChance),
        https: serving.https,
        origin,
    };
    let ended = async move {
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    web::serve(listener, web, ended).await.map_err(|cause| Failure::bad_input(cause.to_string()))?;
    let _ = feeding.await;
    let _ = reminding.await;
    let _ = keeping.await;
    let _ = telling.await;
    // A letter on its way is given a moment to arrive; one that does not is sent again by the next start.
    let _ = tokio::time::timeout(PATIENCE, sending).await;
    Ok(())
}

/// Who carries letters: the mail server that was named, else the folder in the data directory.
fn sender(
    workplace: &Workplace,
    serving: &Serving,
    origin: Arc<str>,
    lang: Lang,
) -> Result<mail::Sender, Failure> {
    let from = serving.post.mail_from.as_deref().unwrap_or("migiude@localhost");
    let made = match &serving.post.smtp {
        Some(server) => mail::Sender::over(server, from, origin),
        None => mail::Sender::into_folder(workplace.data_dir.mail(), from, origin),
    };
    made.map_err(|cause| Failure::bad_input(lang.say_with("serve-no-mail", &[("cause", &cause)])))
}

/// With the embedded database one process serves; a second would not see what the first is about to write.
fn only_one(workplace: &Workplace, lang: Lang) -> Result<File, Failure> {
    let path = workplace.data_dir.serving_lock();
    let refused = |key| Failure::bad_input(lang.say_with(key, &[("path", &path.display())]));
    let file = File::create(&path).map_err(|_| refused("serve-lock-unusable"))?;
    file.try_lock().map_err(|_| refused("serve-already"))?;
    Ok(file)
}

async fn listen(serving: &Serving, lang: Lang) -> Result<(TcpListener, SocketAddr), Failure> {
    let mut at = serving.listen;
    loop {
        match TcpListener::bind(at).await.and_then(|listener| Ok((listener.local_addr()?, listener))) {
            Ok((at, listener)) => return Ok((listener, at)),
            Err(cause)
                if cause.kind() == io::ErrorKind::AddrInUse
                    && serving.or_next
                    && at.port() < serving.listen.port().saturating_add(PORTS) =>
            {
                at.set_port(at.port() + 1);
            }
            Err(cause) if cause.kind() == io::ErrorKind::AddrInUse => {
                return Err(Failure::bad_input(lang.say_with("serve-port-taken", &[("at", &at)])));
            }
            Err(cause) => {
                return Err(Failure::bad_input(
                    lang.say_with("serve-cannot-listen", &[("at", &at), ("cause", &cause)]),
                ));
            }
        }
    }
}

/// The address as a person types it.
fn address(at: SocketAddr) -> String {
    if at.ip().is_loopback() { format!("http://localhost:{}", at.port()) } else { format!("http://{at}") }
}

async fn asked_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
