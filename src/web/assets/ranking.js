// A rank-order list that is changed on the spot: by dragging (mouse, finger or pen), by buttons, by number, by Alt and the
// arrow keys. Every way ends in the same order, which is sent to the server at once; until it is kept there the page says
// so and tries again. Nothing is kept in the browser. Without this file the same form works by its buttons.
"use strict";
{
  const form = document.querySelector("form[data-ranking]");
  if (form && form.querySelector("[data-ranking-saved]")) makeRanking(form);

  function makeRanking(form) {
    const list = form.querySelector("[data-ranking-list]");
    const rest = form.querySelector("[data-ranking-rest]");
    const live = form.querySelector("[data-ranking-live]");
    const status = form.querySelector("[data-ranking-saved]");
    const [version, was] = [form.elements.namedItem("version"), form.elements.namedItem("was")];
    const ties = form.dataset.ties === "true";
    const rows = new Map([...form.querySelectorAll("[data-id]")].map(row => [row.dataset.id, row]));
    // Who is not ranked stands in the order in which the server drew the pool: the ranked come back behind.
    const pool = [...rest.children, ...list.children].map(row => row.dataset.id);
    let groups = read(was.value);

    // --- the order, as the server keeps it

    function read(text) {
      return text.split(" ").filter(Boolean).map(group => group.split(","));
    }
    function write(groups) {
      return groups.map(group => group.join(",")).join(" ");
    }
    function tidy(groups) {
      return groups.map(group => [...group].sort()).filter(group => group.length);
    }
    function at(id) {
      return groups.findIndex(group => group.includes(id));
    }
    /** The groups after one step; an emptied group keeps its place until the end. */
    function stepped(id, step) {
      const from = at(id), tied = from >= 0 && groups[from].length > 1;
      const next = groups.map(group => group.filter(one => one !== id));
      const end = next.length;
      let to = end;
      if (step === "off") to = -1;
      else if (step === "top") to = 0;
      else if (from >= 0 && step === "up") to = tied ? from : Math.max(from - 1, 0);
      else if (from >= 0 && step === "down") to = tied ? from + 1 : Math.min(from + 2, end);
      else if (from >= 0 && step === "tie") {
        next[Math.max(from - 1, 0)].push(id);
        to = -1;
      }
      if (to >= 0) next.splice(to, 0, [id]);
      return tidy(next);
    }

    /** The groups after a number was typed: there it goes, and where ties are allowed, beside who is there. */
    function numbered(id, typed) {
      if (typed === "") return stepped(id, "off");
      const rank = /^[0-9]{1,3}$/.test(typed) ? Number(typed) : 0;
      if (rank < 1) return null;
      if (!ties) {
        const next = tidy(groups.map(group => group.filter(one => one !== id)));
        next.splice(rank - 1, 0, [id]);
        return next;
      }
      const ranked = new Map(groups.map((group, index) => [index + 1, group.filter(one => one !== id)]));
      ranked.set(rank, [...(ranked.get(rank) ?? []), id]);
      return tidy([...ranked.keys()].sort((one, other) => one - other).map(key => ranked.get(key)));
    }

    // --- the page

    function draw() {
      const held = document.activeElement;
      const ranked = groups.flat();
      place(list, ranked);
      place(rest, pool.filter(id => !ranked.includes(id)));
      groups.forEach((group, index) => group.forEach(id => box(id).value = String(index + 1)));
      for (const [id, row] of rows) {
        const isRanked = ranked.includes(id);
        if (!isRanked) box(id).value = "";
        for (const button of row.querySelectorAll("[data-step]")) {
          button.hidden = (button.dataset.step === "add") === isRanked;
        }
      }
      form.querySelector("[data-ranking-empty]").hidden = ranked.length > 0;
      if (held && form.contains(held) && held !== document.activeElement) {
        (held.hidden ? box(held.closest("[data-id]").dataset.id) : held).focus();
      }
    }
    function place(parent, ids) {
      ids.forEach((id, index) => {
        if (parent.children[index] !== rows.get(id)) parent.insertBefore(rows.get(id), parent.children[index] ?? null);
      });
    }
    function box(id) {
      return rows.get(id).querySelector("input");
    }
    function fill(text, values) {
      return text.replace(/%(\w+)%/g, (whole, name) => values[name] ?? whole);
    }
    function tell(id) {
      const rank = at(id) + 1, tied = rank > 0 && groups[rank - 1].length > 1;
      const text = rank === 0 ? form.dataset.saidOff : tied ? form.dataset.saidTied : form.dataset.saidMoved;
      live.textContent = fill(text, { name: rows.get(id).dataset.name, rank, count: groups.flat().length });
    }
    function change(next, id) {
      if (write(next) === write(groups)) return draw();
      groups = next;
      draw();
      tell(id);
      save();
    }

    // --- the server

    let unsaved = false, sending = false, stopped = false, leaving = false;

    function save() {
      unsaved = true;
      if (!sending && !stopped) send();
    }
    async function send() {
      sending = true;
      while (unsaved && !stopped) {
        unsaved = false;
        status.textContent = form.dataset.saidSaving;
        const kept = await post({ version: version.value, order: write(groups) });
        if (kept === null) {
          unsaved = true;
          status.textContent = form.dataset.saidUnsaved;
          await new Promise(again => setTimeout(again, 2000));
        } else if (kept) {
          take(kept, !unsaved);
        }
      }
      sending = false;
    }
    /** What the server answers; null when it cannot be reached, undefined when it refused. */
    async function post(fields) {
      let answer;
      try {
        answer = await fetch(form.action, {
          method: "POST",
          headers: { "Accept": "application/json" },
          body: new URLSearchParams(fields),
          redirect: "manual",
          credentials: "same-origin",
        });
      } catch {
        return null;
      }
      if (answer.ok) return answer.json();
      if (answer.status >= 500 || answer.status === 429) return null;
      if (answer.type === "opaqueredirect" || answer.status === 401) {
        status.textContent = form.dataset.saidLogin;
        unsaved = stopped = true;
        return undefined;
      }
      const refused = await answer.json().catch(() => ({}));
      if (refused.conflict) {
        // Both versions side by side are a page of their own.
        stopped = true;
        leave();
      } else if (refused.stop) {
        status.textContent = refused.stop;
        stopped = true;
      } else if (refused.fault) {
        status.textContent = refused.fault;
      }
      return undefined;
    }
    function leave() {
      leaving = true;
      const order = document.createElement("input");
      order.type = "hidden";
      order.name = "order";
      order.value = write(groups);
      form.append(order);
      form.submit();
    }
    function take(kept, isLatest) {
      version.value = kept.version;
      was.value = kept.order;
      status.textContent = fill(form.dataset.saidSaved, { time: kept.saved ?? "" });
      button("undo").disabled = !kept.undo;
      button("redo").disabled = !kept.redo;
      document.querySelector("[data-ranking-certified]").hidden = !kept.certified;
      document.querySelector("[data-ranking-lost]").hidden = !kept.lost;
      document.querySelector("[data-ranking-never]").hidden = kept.certified || kept.lost;
      if (kept.said) live.textContent = kept.said;
      if (isLatest) {
        groups = read(kept.order);
        draw();
      }
    }
    function button(act) {
      return form.querySelector(`button[name=act][value=${act}]`);
    }
    /** A step back or again: the server knows the versions. */
    async function walk(act) {
      while (sending) await new Promise(again => setTimeout(again, 50));
      if (stopped) return;
      sending = true;
      const kept = await post({ version: version.value, act });
      sending = false;
      if (kept) take(kept, !unsaved);
      else if (kept === null) status.textContent = form.dataset.saidUnsaved;
      if (unsaved) save();
    }

    // --- the ways to change it

    form.addEventListener("submit", event => {
      const pressed = event.submitter;
      if (!pressed || stopped) return;
      const step = pressed.dataset.step, row = pressed.closest("[data-id]");
      if (step && row) {
        event.preventDefault();
        change(stepped(row.dataset.id, step === "add" ? "bottom" : step), row.dataset.id);
      } else if (pressed.value === "undo" || pressed.value === "redo") {
        event.preventDefault();
        walk(pressed.value);
      } else if (pressed.value === "save") {
        event.preventDefault();
        save();
      }
    });
    form.addEventListener("change", event => {
      const row = event.target.closest("[data-id]");
      if (!row || stopped) return;
      const next = numbered(row.dataset.id, event.target.value.normalize("NFKC").trim());
      if (next) change(next, row.dataset.id);
      else {
        draw();
        live.textContent = status.textContent = form.dataset.saidNumber;
      }
    });
    form.addEventListener("keydown", event => {
      const row = event.target.closest("[data-id]");
      if (event.key === "Enter" && row && event.target.matches("input")) {
        // Enter in a box is its number, not the first button of the form.
        event.preventDefault();
        event.target.blur();
        event.target.focus();
      }
      const step = { ArrowUp: "up", ArrowDown: "down", Home: "top", End: "bottom" }[event.key];
      if (!event.altKey || !step || !row || stopped) return;
      event.preventDefault();
      const isNew = at(row.dataset.id) < 0;
      change(stepped(row.dataset.id, isNew ? "bottom" : step), row.dataset.id);
    });

    // --- dragging

    let drag = null;
    for (const grip of form.querySelectorAll("[data-grip]")) {
      grip.hidden = false;
      grip.addEventListener("pointerdown", event => {
        if (event.button !== 0 || stopped) return;
        event.preventDefault();
        const row = grip.closest("[data-id]");
        drag = { row, pointer: event.pointerId };
        row.classList.add("ranking__row--dragged");
      });
    }
    // On the document: a row that moves in the page lets go of a captured pointer.
    document.addEventListener("pointermove", event => {
      if (drag && event.pointerId === drag.pointer) hover(event.clientY);
    });
    document.addEventListener("pointerup", event => {
      if (drag && event.pointerId === drag.pointer) drop();
    });
    document.addEventListener("pointercancel", cancel);
    document.addEventListener("keydown", event => {
      if (event.key === "Escape" && drag) cancel();
    });
    /** Puts the dragged row where the pointer is: among the ranked, or among the rest below. */
    function hover(y) {
      const parent = y < rest.getBoundingClientRect().top ? list : rest;
      const others = [...parent.children].filter(row => row !== drag.row);
      const before = others.find(row => {
        const { top, height } = row.getBoundingClientRect();
        return y < top + height / 2;
      });
      const now = drag.row.parentElement === parent ? drag.row.nextElementSibling : undefined;
      if (now !== (before ?? null)) parent.insertBefore(drag.row, before ?? null);
      if (y < 60) window.scrollBy(0, -12);
      if (y > window.innerHeight - 60) window.scrollBy(0, 12);
    }
    function drop() {
      const { row } = drag, id = row.dataset.id;
      end();
      if (row.parentElement === rest) return change(stepped(id, "off"), id);
      const others = groups.map(group => group.filter(one => one !== id));
      const [above, below] = [row.previousElementSibling, row.nextElementSibling].map(one => one?.dataset.id);
      const place = others.findIndex(group => group.includes(below));
      if (ties && place >= 0 && others[place].includes(above)) others[place].push(id);
      else others.splice(place < 0 ? others.length : place, 0, [id]);
      change(tidy(others), id);
    }
    function cancel() {
      if (!drag) return;
      end();
      draw();
      live.textContent = form.dataset.saidCancelled;
    }
    function end() {
      drag.row.classList.remove("ranking__row--dragged");
      drag = null;
    }

    form.querySelector("[data-ranking-help]").hidden = false;
    window.addEventListener("beforeunload", event => {
      if (!leaving && (unsaved || sending)) event.preventDefault();
    });
  }
}
