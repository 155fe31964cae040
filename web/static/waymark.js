// What makes the pages quicker to use. Nothing depends on it: every page works without.
"use strict";

const KEYS_OFF = "waymark-keys-off";
const said = document.getElementById("said");
let silence = 0;

function say(text) {
  said.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => { said.textContent = ""; }, 3000);
}

// Copying. Pages served over plain HTTP to other machines have no clipboard API.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) {
      say("This browser does not let the page copy: select the text instead.");
      return;
    }
  }
  // The end too: there stands the page.
  const [begins, ends] = [text.slice(0, 60).replace(/\s\S*$/, ""), text.slice(-45).replace(/^\S*\s/, "")];
  say("Copied: " + (text.length > 110 ? `${begins} … ${ends}` : text));
}

for (const button of document.querySelectorAll(".copy, .copy-address, .keys-shown")) button.hidden = false;

document.addEventListener("click", (event) => {
  const button = event.target.closest(".copy");
  if (button) {
    const about = button.closest(".card, .result, .noted > li, main");
    copy([...about.querySelectorAll(".citation")].map((one) => one.textContent).join("\n\n"));
  }
  if (event.target.closest(".copy-address")) copy(location.href.replace(/#.*/, ""));
  if (event.target.closest(".keys-shown")) dialog.showModal();
  const link = event.target.closest("[data-around]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    around(link);
  }
});

// A quote came into the note, or left it, with the page that was loaded for it: the page says so.
const quotes = (address) => new URL(address).searchParams.getAll("p").length;
if (document.referrer.startsWith(location.origin) && performance.getEntriesByType("navigation")[0]?.type === "navigate") {
  const now = quotes(location.href);
  const more = now - quotes(document.referrer);
  const here = new URL(document.referrer).pathname === location.pathname;
  // A reader of the screen says only what changes after the page is there.
  if (here && Math.abs(more) === 1) setTimeout(() => say(`${more > 0 ? "Added to" : "Removed from"} the note: ${now} quote${now === 1 ? "" : "s"}`), 300);
}

// What lies over the results closes when the focus goes on to them.
document.querySelector(".take")?.addEventListener("focusout", (event) => {
  const next = event.relatedTarget;
  if (next && !event.currentTarget.contains(next)) event.currentTarget.open = false;
});

// A change waits for other writers, and then for the words of all passages: after half a second the
// page says that it was sent.
let sent = 0;
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  clearTimeout(sent);
  sent = setTimeout(() => { said.textContent = "Working …"; }, 500);
});
addEventListener("pageshow", (event) => {
  clearTimeout(sent);
  if (event.persisted) said.textContent = "";
});

// A link to a passage that says nothing of its part, made before documents were read in parts, or
// when they had others: the passage has a page of its own.
const passage = /^#([0-9a-f]+-\d+)$/.exec(location.hash)?.[1];
if (passage && document.querySelector(".parts") && !document.getElementById(passage)) {
  location.replace(`../passages/${passage}${location.search}`);
}

for (const link of document.querySelectorAll("[data-around]")) {
  link.setAttribute("aria-expanded", String(!!link.closest(".result").querySelector(".around")));
}

// The passages before and after, in place; a second click takes them away.
async function around(link) {
  const result = link.closest(".result");
  const shown = result.querySelector(".around");
  if (shown) {
    shown.remove();
    link.setAttribute("aria-expanded", "false");
    return;
  }
  try {
    const answer = await fetch(link.dataset.around);
    if (!answer.ok) throw new Error(String(answer.status));
    result.insertAdjacentHTML("beforeend", await answer.text());
    link.setAttribute("aria-expanded", "true");
  } catch {
    location.assign(link.href);
  }
}

// The question was edited but not asked.
const box = document.getElementById("q");
const stale = document.getElementById("stale");
if (box && stale && document.querySelector(".results")) {
  const cue = () => {
    stale.hidden = box.value.trim() === box.defaultValue.trim();
    // A description is read out even while it is hidden.
    if (stale.hidden) box.removeAttribute("aria-describedby");
    else box.setAttribute("aria-describedby", stale.id);
  };
  box.addEventListener("input", cue);
  cue();
}

// On a narrow screen a curator's navigation scrolls: the name of the page at hand is brought into view.
for (const here of document.querySelectorAll(".top nav [aria-current]")) {
  here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 60;
}

// Keys.
const dialog = document.getElementById("keys");
const keysOn = document.getElementById("keys-on");

// Where a browser keeps nothing for pages, keys are on, and off until the page is left.
function kept() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

keysOn.checked = !kept()?.getItem(KEYS_OFF);
keysOn.addEventListener("change", () => {
  if (keysOn.checked) kept()?.removeItem(KEYS_OFF);
  else kept()?.setItem(KEYS_OFF, "1");
});

const results = () => [...document.querySelectorAll("li.result")];
const current = () => document.activeElement.closest("li.result") || results()[0];

function step(by) {
  const all = results();
  const here = all.indexOf(document.activeElement.closest("li.result"));
  const next = all[here < 0 ? 0 : Math.min(Math.max(here + by, 0), all.length - 1)];
  if (next) {
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }
}

const actions = {
  "/": () => { if (box) { box.focus(); box.select(); } },
  "j": () => step(1),
  "k": () => step(-1),
  "o": () => (document.activeElement.closest("li.result") ? current() : document).querySelector(".open")?.click(),
  "c": () => {
    const citation = (current() || document).querySelector(".citation");
    if (citation) copy(citation.textContent);
  },
  "?": () => dialog.showModal(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, dialog");
  if (typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!keysOn.checked) return;
  const action = actions[event.key];
  if (action) {
    event.preventDefault();
    action();
  }
});
