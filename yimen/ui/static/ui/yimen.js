// What makes the pages quicker for those who have scripts. Every page works without it.
"use strict";

// Keys: an element with data-key is clicked (or, if a field, focused) by its key. Letters wait while somebody types.
const TYPING = "input, textarea, select, [contenteditable]";

function keyName(event) {
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `ctrl+${name}` : name;
}

function normal(name) {
  const word = name.replace("Ctrl", "ctrl").replace(" ", "+");
  return word.length === 1 ? word.toLowerCase() : word;
}

document.addEventListener("keydown", (event) => {
  const name = keyName(event);
  const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
  if (event.altKey || event.isComposing || (isLetter && event.target.closest(TYPING))) return;
  if (document.querySelector("dialog[open]")) return;
  const found = [...document.querySelectorAll("[data-key]")].find(
    (element) => normal(element.dataset.key) === name && element.getClientRects().length > 0,
  );
  if (!found) return;
  event.preventDefault();
  if (found.matches(TYPING)) found.focus();
  else found.click();
});

// Lists: J and K walk through the lines of [data-walk], Enter opens the first link, X ticks the box.
document.addEventListener("keydown", (event) => {
  const list = document.querySelector("[data-walk]");
  if (!list || event.target.closest(TYPING) || event.ctrlKey || event.altKey || event.metaKey) return;
  const lines = [...list.querySelectorAll("[data-line]")];
  const at = lines.findIndex((line) => line.classList.contains("is-cursor"));
  const move = { j: 1, k: -1 }[event.key];
  if (move) {
    const next = lines[Math.max(0, Math.min(lines.length - 1, at + move))];
    if (at >= 0) lines[at].classList.remove("is-cursor");
    next?.classList.add("is-cursor");
    next?.querySelector("a")?.focus();
  } else if (event.key === "x" && at >= 0) {
    lines[at].querySelector("input[type=checkbox]")?.click();
  }
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const printer = event.target.closest("[data-print]");
  if (printer) window.print();
  const copier = event.target.closest("[data-copy]");
  if (copier) navigator.clipboard?.writeText(copier.dataset.copy || copier.textContent).then(() => copier.classList.add("is-copied"));
  const menu = document.querySelector(".ym-menu[open]");
  if (menu && !menu.contains(event.target)) menu.removeAttribute("open");
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".ym-menu[open]")?.removeAttribute("open");
});

// Acts that cannot be undone ask once more; the question stands on the button.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// A form goes once: the second click on a slow line does nothing.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "1";
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// Boxes that tick all others, and the count of what is ticked.
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-ticks]");
  if (all) document.querySelectorAll(`[name="${all.dataset.ticks}"]`).forEach((box) => (box.checked = all.checked));
  document.querySelectorAll("[data-ticked]").forEach((place) => {
    place.textContent = document.querySelectorAll(`[name="${place.dataset.ticked}"]:checked`).length;
  });
  const sender = event.target.closest("[data-sends-form]");
  if (sender) sender.form.requestSubmit();
});

// A question that depends on another answer is shown when that answer is given; without scripts it is always there.
const showDependents = () => {
  document.querySelectorAll("[data-shown-if]").forEach((part) => {
    const given = document.querySelector(`[name="${part.dataset.shownIf}"]:checked, select[name="${part.dataset.shownIf}"]`);
    part.hidden = !given || given.value !== part.dataset.is;
  });
};
showDependents();
document.addEventListener("change", showDependents);

// What is typed once is not typed twice: a field follows the one whose answer it repeats until somebody changes it.
document.addEventListener("input", (event) => {
  const typed = event.target;
  if (!typed.name) return;
  const before = typed.dataset.before ?? typed.defaultValue;
  document.querySelectorAll(`[data-same-as="${typed.name}"] input`).forEach((field) => {
    if (field.value === before) field.value = typed.value;
  });
  typed.dataset.before = typed.value;
});

// Reading aloud, where the browser has a voice for the language of the page. Voices may come late.
const reader = document.querySelector("[data-read-aloud]");
const hasVoice = () => speechSynthesis.getVoices().some((voice) => voice.lang.startsWith(document.documentElement.lang.slice(0, 2)));
const showReader = () => (reader.hidden = !hasVoice());
const readerSays = (isReading) => reader.setAttribute("aria-pressed", String(isReading));
if (reader && "speechSynthesis" in window) {
  showReader();
  speechSynthesis.addEventListener?.("voiceschanged", showReader);
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
  reader.addEventListener("click", () => {
    const isReading = reader.getAttribute("aria-pressed") === "true";
    readerSays(!isReading);
    speechSynthesis.cancel();
    if (isReading) return;
    const words = new SpeechSynthesisUtterance(document.getElementById("main").innerText);
    words.lang = document.documentElement.lang;
    words.rate = 0.85;
    words.onend = () => readerSays(false);
    speechSynthesis.speak(words);
  });
}

document.querySelectorAll("[data-opens][hidden], [data-print][hidden], [data-copy][hidden]").forEach((element) => {
  element.hidden = false;
});
document.querySelector("[data-errors]")?.focus();

// htmx, where a page loads it: no styles of its own, and the form token on every request that changes something.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

if ("serviceWorker" in navigator && document.documentElement.dataset.density !== "desk") {
  navigator.serviceWorker.register("/sw.js").catch(() => undefined);
}
