// Keeps a camera open and marks each letter whose QR code comes into its picture:
//   <div id="scanner" data-scan="/codes" data-frame="/frames"> with a <video>. Where the browser has a detector of its own,
// codes are posted; else small frames are, and the site reads them. The answer is a line for the list #scanned. A code that
// stays in the picture is not asked for again, and each answer has a sound of its own.

const PAUSE = 300; // ms between two looks
const STAYS = 4000; // ms after which a code that comes back is asked for again
const WIDTH = 960; // px of a frame that the site reads
const TONES = { posted: [880, 0.12], other: [220, 0.3] }; // Hz, s

const scanner = document.querySelector("#scanner");
const video = scanner.querySelector("video");
const trouble = scanner.querySelector("[data-trouble]");
const list = document.querySelector("#scanned");
const day = document.querySelector("#posting").elements.namedItem("day");
const buttons = { open: scanner.querySelector("[data-open]"), close: scanner.querySelector("[data-close]") };
const seen = new Map();
let stream = null;
let sound = null;
let detector = null;

async function open() {
  tell("");
  sound ??= new AudioContext();
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  } catch {
    return tell(scanner.dataset.denied);
  }
  video.srcObject = stream;
  await video.play();
  show(true);
  detector = await ownDetector();
  look();
}

function close() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  show(false);
}

function show(isOpen) {
  video.hidden = buttons.close.hidden = !isOpen;
  buttons.open.hidden = isOpen;
}

async function ownDetector() {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats()) ?? [];
  return formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
}

async function look() {
  if (!stream) return;
  try {
    if (!document.hidden) await (detector ? detect() : sendFrame());
  } catch {
    tell(scanner.dataset.failed);
  }
  setTimeout(look, PAUSE);
}

async function detect() {
  for (const { rawValue } of await detector.detect(video)) {
    if (!isNew(rawValue)) continue;
    const answer = await post(scanner.dataset.scan, new URLSearchParams({ code: rawValue, day: day.value }));
    add(await answer.text(), rawValue);
  }
}

async function sendFrame() {
  const canvas = document.createElement("canvas");
  const scale = Math.min(1, WIDTH / video.videoWidth);
  canvas.width = video.videoWidth * scale;
  canvas.height = video.videoHeight * scale;
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  const frame = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
  const answer = await post(`${scanner.dataset.frame}?${new URLSearchParams({ day: day.value })}`, frame);
  if (answer.status !== 204) add(await answer.text());
}

async function post(where, body) {
  const headers = { "X-CSRFToken": scanner.dataset.token };
  const answer = await fetch(where, { method: "POST", body, headers, redirect: "error" }); // a session may have ended
  if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
  tell("");
  return answer;
}

// Whether a code was not in the picture lately; from now on it was.
function isNew(code) {
  const before = seen.get(code) ?? -Infinity;
  seen.set(code, performance.now());
  return performance.now() - before > STAYS;
}

function add(html, asked) {
  const lines = document.createElement("template");
  lines.innerHTML = html;
  for (const line of [...lines.content.children]) {
    const code = line.dataset.code ?? line.textContent;
    if (code !== asked && !isNew(code)) continue;
    list.prepend(line);
    if (line.dataset.marked) document.querySelector("#marked").textContent = line.dataset.marked;
    play(TONES[line.dataset.answer] ?? TONES.other);
    navigator.vibrate?.(line.dataset.answer === "posted" ? 60 : [60, 60, 60]);
  }
}

function play([pitch, seconds]) {
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  tone.frequency.value = pitch;
  volume.gain.value = 0.2;
  tone.connect(volume).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + seconds);
}

function tell(text) {
  trouble.textContent = text;
  trouble.hidden = !text;
}

// Undo without leaving the page, since that would close the camera.
list.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  if (!answer.ok) return tell(scanner.dataset.failed);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("#marked").textContent = page.querySelector("#marked").textContent;
  const line = form.closest("li");
  line.className = "notice";
  line.textContent = page.querySelector("main > .notice").textContent;
});

buttons.open.addEventListener("click", open);
buttons.close.addEventListener("click", close);
addEventListener("pagehide", close);
if (navigator.mediaDevices?.getUserMedia) scanner.hidden = false;
