// Passkeys: buttons marked `data-passkey` ask the device. `log-in` shows a passkey and goes on to `data-next`; `add` makes
// one for who is logged in. Browsers without passkeys never see the buttons.
"use strict";
if (window.PublicKeyCredential) {
  for (const button of document.querySelectorAll("button[data-passkey]")) offerPasskey(button);
}

function offerPasskey(button) {
  const status = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = "";
    try {
      await (button.dataset.passkey === "add" ? add() : logIn());
      location.assign(button.dataset.next);
    } catch (why) {
      status.textContent = why.said ?? button.dataset.saidFailed;
      button.disabled = false;
    }
  });

  async function logIn() {
    const { ceremony, asked } = await post("/passkey/start", {});
    const { challenge, ...rest } = asked.publicKey;
    const shown = await navigator.credentials.get({ publicKey: { ...rest, challenge: bytes(challenge) } });
    await post("/passkey", { ceremony, answer: told(shown, ["authenticatorData", "signature", "userHandle"]) });
  }
  async function add() {
    const { asked } = await post("/second/passkeys/start", {});
    const { challenge, user, excludeCredentials = [], ...rest } = asked.publicKey;
    const made = await navigator.credentials.create({
      publicKey: {
        ...rest,
        challenge: bytes(challenge),
        user: { ...user, id: bytes(user.id) },
        excludeCredentials: excludeCredentials.map(known => ({ ...known, id: bytes(known.id) })),
      },
    });
    await post("/second/passkeys", { answer: told(made, ["attestationObject"]) });
  }
  async function post(path, body) {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept": "application/json" },
      body: JSON.stringify(body),
      redirect: "manual",
      credentials: "same-origin",
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw { said: said.stop };
    return said;
  }
}

/** A credential as the server reads it. */
function told(credential, names) {
  const { id, rawId, type, response } = credential;
  const fields = ["clientDataJSON", ...names].filter(name => response[name]).map(name => [name, text(response[name])]);
  return { id, rawId: text(rawId), type, response: Object.fromEntries(fields), extensions: {} };
}

/** Base 64 as addresses write it, to bytes and back. */
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, sign => sign.charCodeAt(0));
}
function text(bytes) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
