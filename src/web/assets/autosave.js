// A form that says where (data-autosave) is sent there within a second of the last key, so that nothing typed is lost when
// the phone rings or the train goes into a tunnel. What happens is said in the form's status line. Nothing is kept in the
// browser: while it cannot be sent it stays on the page, and is sent again.
"use strict";
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-autosave-status]");
  const version = form.elements.namedItem("version");
  const tell = (word, time) => { status.textContent = status.dataset[word].replace("{time}", time ?? ""); };
  let timer = 0, sending = false, changed = false, over = false;

  const later = pause => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  };
  async function send() {
    if (sending || over) return;
    [sending, changed] = [true, false];
    tell("saving");
    try {
      const fields = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: fields, redirect: "manual" });
      if (answer.type === "opaqueredirect") { tell("ended"); over = true; }
      else if (answer.status === 409) { tell("conflict"); over = true; }
      else if (!answer.ok) throw new Error(String(answer.status));
      else {
        const kept = await answer.json();
        version.value = kept.version;
        tell("saved", kept.saved);
      }
    } catch {
      tell("unsaved");
      changed = true;
      later(5000);
    }
    sending = false;
    if (changed && !over) later(800);
  }
  form.addEventListener("input", () => { changed = true; later(800); });
  // The whole form goes now: what is under way must not come after it.
  form.addEventListener("submit", () => { over = true; clearTimeout(timer); });
}
