// The browser's part in making and using a passkey: the server's options go to the device, its answer goes back.
const form = document.querySelector("form[data-passkey]");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const keys = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

function forDevice(options) {
  const made = { ...options, challenge: bytes(options.challenge) };
  if (options.user) made.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) made.excludeCredentials = keys(options.excludeCredentials);
  if (options.allowCredentials) made.allowCredentials = keys(options.allowCredentials);
  return made;
}

function forServer({ id, rawId, type, response }) {
  const answer = { clientDataJSON: text(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (response[part]) answer[part] = text(response[part]);
  if (response.getTransports) answer.transports = response.getTransports();
  return JSON.stringify({ id, rawId: text(rawId), type, response: answer });
}

async function run() {
  const waiting = document.querySelector("[data-waiting]");
  try {
    const publicKey = forDevice(JSON.parse(form.dataset.options));
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.namedItem("credential").value = forServer(credential);
    form.requestSubmit();
  } catch {
    waiting.textContent = form.dataset.failed; // the person said no, or the device knows no key of this site
  }
}

if (form) run();
