
// How the word that is being typed may go on, as a list under the field. While an input method is still composing, nothing is
// asked: its own list is open then.
for (const field of document.querySelectorAll("input[data-suggest]")) {
  const PAUSE = 150;
  let waiting = 0;
  let asked = "";
  const ask = async () => {
    const text = field.value;
    if (text === asked) return;
    asked = text;
    try {
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(text)}`);
      if (!answer.ok || field.value !== text) return;
      const ways = await answer.json();
      field.list.replaceChildren(...ways.map((way) => new Option(way.label, way.text)));
    } catch {
      // Without an answer the field is what it is without this script.
    }
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  };
  field.addEventListener("input", (event) => event.isComposing || later());
  field.addEventListener("compositionend", later);
}
