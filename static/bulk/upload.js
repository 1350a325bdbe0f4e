// Uploads the chosen file in pieces, so that a lost connection costs one piece: after an error, or with the same file on
// the page as it is opened again, the upload goes on where the server is. Without a script the form sends the file whole.

const form = document.getElementById("import-records");
const problem = document.getElementById("upload-problem");
const progress = document.getElementById("upload-progress");

const PAUSES = [1, 2, 4, 8, 16];
const SECONDS_OF_RATE = 10;
const MAY_PASS = new Set([0, 408, 429, 500, 502, 503, 504, 507]);
const SIGN_IN_AGAIN =
  "Your session has ended, or this page was open for too long. Reload the page, sign in, and choose the same file: the upload goes on where it stopped.";
const GONE = "This upload is not there any more. Choose Upload to begin again.";
const BOTH = "There are a file and pasted rows. Choose a file, or paste rows, but not both.";

class UploadFailure extends Error {}
class Cancelled extends Error {}

let request = null;
// A second press in the same moment comes before the form is hidden.
let isUploading = false;
let isCancelled = false;
let cancelling = null;

// One request; gives the status and the JSON of its answer, with status 0 where none came.
function ask(address, body, headers, onProgress) {
  return new Promise((resolve) => {
    request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => onProgress?.(event.loaded));
    request.addEventListener("loadend", () => resolve({ status: request.status, json: jsonOf(request) }));
    request.send(body);
  });
}

function jsonOf(answered) {
  try {
    return JSON.parse(answered.responseText);
  } catch {
    return null;
  }
}

// Asks until there is an answer that says something, with longer and longer pauses.
async function askAgain(address, body, headers = {}, onProgress = undefined) {
  for (const pause of [...PAUSES, null]) {
    const { status, json } = await ask(address, body, headers, onProgress);
    if (isCancelled) throw new Cancelled();
    if (json?.received !== undefined || json?.page) return json;
    if (!MAY_PASS.has(status)) throw new UploadFailure(json?.problem ?? sentenceOf(status));
    if (pause === null) throw new UploadFailure(json?.problem ?? notPassed(status));
    say(`${status ? `The console answered with the status ${status}` : "The console did not respond"}. Trying again in ${pause} s.`);
    await waited(pause);
    if (isCancelled) throw new Cancelled();
  }
}

const waited = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

function sentenceOf(status) {
  // The page to sign in, to which a browser is led, is no JSON.
  if (status === 200 || status === 403) return SIGN_IN_AGAIN;
  if (status === 404) return GONE;
  if (status === 413) return "A piece of the file was refused as too long (413). A proxy in front of the console may allow too little: ask an administrator.";
  return `The console answered with the status ${status}. Choose Upload to go on.`;
}

function notPassed(status) {
  const what = status ? `The console answers with the status ${status}` : "The console does not respond";
  return `${what}. Choose Upload to go on where the upload stopped.`;
}

async function upload(file) {
  const fields = new URLSearchParams({ name: file.name, size: file.size, changed_at: file.lastModified });
  const began = await askAgain(form.dataset.begin, fields);
  cancelAddress = `${began.pieces}?end=cancel`;
  const longest = Number(form.dataset.piece);
  let { received } = began;
  const rate = new Rate(received);
  show(received, file.size, rate);
  while (received < file.size) {
    const piece = file.slice(received, received + longest);
    const address = `${began.pieces}?start=${received}`;
    const before = received;
    const onProgress = (loaded) => show(Math.min(before + loaded, before + piece.size), file.size, rate);
    ({ received } = await askAgain(address, piece, { "Content-Type": "application/octet-stream" }, onProgress));
    say("");
    show(received, file.size, rate);
  }
  say("The file is here. Looking at what is in it…");
  const { page } = await askAgain(`${began.pieces}?end=look`, "");
  if (!page) throw new UploadFailure(GONE);
  return page;
}

let cancelAddress = "";

// The bytes a second of the last seconds.
class Rate {
  constructor(received) {
    this.points = [[performance.now(), received]];
  }

  of(received) {
    const now = performance.now();
    this.points.push([now, received]);
    while (this.points.length > 2 && now - this.points[0][0] > SECONDS_OF_RATE * 1000) this.points.shift();
    const [at, before] = this.points[0];
    return now - at < 500 ? 0 : Math.max(0, ((received - before) * 1000) / (now - at));
  }
}

function show(received, size, rate) {
  const bytesASecond = rate.of(received);
  const bar = progress.querySelector("progress");
  bar.value = Math.floor((received / size) * 100);
  const left = bytesASecond ? ` · ${inWords(bytesASecond)} a second · ${timeInWords((size - received) / bytesASecond)} left` : "";
  progress.querySelector("[data-numbers]").textContent = `${inWords(received)} of ${inWords(size)} (${bar.value} %)${left}`;
}

function inWords(bytes) {
  const units = ["bytes", "KB", "MB", "GB"];
  let unit = 0;
  while (bytes >= 1024 && unit < units.length - 1) {
    bytes /= 1024;
    unit += 1;
  }
  return `${unit ? bytes.toFixed(1) : Math.round(bytes)} ${units[unit]}`;
}

function timeInWords(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function say(sentence) {
  progress.querySelector("[data-news]").textContent = sentence;
}

function fail(sentence) {
  problem.querySelector("p").textContent = sentence;
  problem.hidden = false;
  problem.focus();
}

function setUploading(is) {
  isUploading = is;
  progress.hidden = !isUploading;
  form.hidden = isUploading;
  if (isUploading) addEventListener("beforeunload", warn);
  else removeEventListener("beforeunload", warn);
}

const warn = (event) => event.preventDefault();

async function start(file) {
  isCancelled = false;
  cancelling = null;
  cancelAddress = "";
  progress.querySelector("[data-file]").textContent = file.name;
  progress.querySelector("[data-numbers]").textContent = "";
  say("");
  setUploading(true);
  progress.focus();
  try {
    const page = await upload(file);
    removeEventListener("beforeunload", warn);
    location.assign(page);
  } catch (error) {
    // What is being cancelled is still there to a new upload of the same file.
    const cancelled = await cancelling;
    setUploading(false);
    if (error instanceof Cancelled) {
      form.elements.file.focus();
      if (cancelled?.json?.problem) fail(cancelled.json.problem);
      return;
    }
    if (!(error instanceof UploadFailure)) throw error;
    fail(error.message);
  }
}

function cancel() {
  isCancelled = true;
  request?.abort();
  cancelling = cancelAddress ? ask(cancelAddress, "", {}) : null;
}

function takeDropped(zone) {
  const isFile = (event) => event.dataTransfer?.types.includes("Files");
  zone.querySelector("[data-drops]").hidden = false;
  // A file that is dropped beside the zone must not replace the page.
  document.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    zone.classList.toggle("is-over", zone.contains(event.target));
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    zone.classList.remove("is-over");
    if (!zone.contains(event.target) || !event.dataTransfer.files.length) return;
    form.elements.file.files = event.dataTransfer.files;
    form.querySelector("button.primary").focus();
  });
}

// Where no file can be taken in now, there is no form.
if (form) {
  takeDropped(form.querySelector("[data-drop]"));
  progress.querySelector("[data-cancel]").addEventListener("click", cancel);
  form.addEventListener("submit", (event) => {
    const [file] = form.elements.file.files;
    // Pasted rows are short enough for a form.
    if (!file) return;
    event.preventDefault();
    problem.hidden = true;
    if (isUploading) return;
    if (form.elements.record_input.value.trim()) fail(BOTH);
    else start(file);
  });
}
