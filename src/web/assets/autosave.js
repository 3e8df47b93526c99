// Keeps what is typed into a form marked `data-autosave` within a second, on the server, and says so in its line. Words
// that could not be sent are sent again until they arrive, in the same order, so that a lost answer is no other version.
// Nothing is kept in the browser. Without this file the form is saved by its button.
"use strict";
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const line = form.querySelector("[data-autosave-line]");
  const version = form.elements.namedItem("version");
  if (line && version) keepTyping(form, line, version);
}

function keepTyping(form, line, version) {
  const AFTER = 700, AGAIN = 2000;
  const status = line.querySelector("[role=status]"), login = line.querySelector("a");
  let kept = typed(), timer = 0, sending = null, stopped = false, leaving = false;

  function typed() {
    const fields = new URLSearchParams(new FormData(form));
    fields.delete("version");
    return fields.toString();
  }
  function isKept() {
    return typed() === kept;
  }
  function say(text, kind, isLogin) {
    if (status.textContent !== text) status.textContent = text;
    line.classList.toggle("saved--good", kind === "good");
    line.classList.toggle("saved--waiting", kind === "waiting");
    login.hidden = !isLogin;
  }
  function soon() {
    clearTimeout(timer);
    timer = setTimeout(now, AFTER);
  }
  /** Sends all that is not kept; one at a time. Not while the form itself is on its way: it holds the same words. */
  function now() {
    clearTimeout(timer);
    if (!stopped && !leaving && !sending && !isKept()) sending = send().finally(() => { sending = null; });
    return sending;
  }
  async function send() {
    while (!stopped && !isKept()) {
      const words = typed();
      say(line.dataset.saidSaving);
      const done = await arrive(words);
      if (!done) return;
      kept = words;
      version.value = done.version;
      say(line.dataset.saidSaved.replace("%time%", done.saved), "good");
    }
  }
  /** The answer to these words, however often they have to be sent; undefined when it is a refusal, and it is said why. */
  async function arrive(words) {
    for (;;) {
      const answer = await post(words);
      if (answer?.ok) return answer.json();
      if (answer && (answer.type === "opaqueredirect" || answer.status === 401)) {
        return say(line.dataset.saidLogin, "waiting", true);
      }
      if (answer && answer.status < 500 && answer.status !== 429) {
        const why = await answer.json().catch(() => ({}));
        stopped = true;
        return say(why.stop ?? (why.conflict ? line.dataset.saidConflict : line.dataset.saidFailed), "waiting");
      }
      say(line.dataset.saidUnsaved, "waiting");
      if (leaving) return undefined;
      await new Promise(again => setTimeout(again, AGAIN));
    }
  }
  async function post(words) {
    const body = `version=${encodeURIComponent(version.value)}&${words}`;
    try {
      return await fetch(form.dataset.autosave, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json" },
        body,
        // Outlives the page; browsers allow that for short bodies.
        keepalive: body.length < 60_000,
        redirect: "manual",
        credentials: "same-origin",
      });
    } catch {
      return null;
    }
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // Another app on a phone: the page may never come back. Or back from the log-in beside it.
  document.addEventListener("visibilitychange", now);
  // The button waits for what is under way, so that a form never meets its own words as somebody else's.
  form.addEventListener("submit", event => {
    clearTimeout(timer);
    if (leaving || !sending) {
      leaving = true;
      return;
    }
    event.preventDefault();
    leaving = true;
    const button = event.submitter;
    sending.finally(() => form.requestSubmit(button));
  });
  // Back from another page by the browser's button.
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", event => {
    if (!leaving && !isKept()) event.preventDefault();
  });
}
