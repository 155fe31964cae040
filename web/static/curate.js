// What makes a curator's work quicker. Nothing depends on it: every form works without.
"use strict";

// Uploads: one request a file, with a bar each; a file that fails stops no other.
const form = document.getElementById("upload");

function megabytes(bytes) {
  return Math.ceil(bytes / 1048576) + " MB";
}

function line(file) {
  const item = document.createElement("li");
  const name = document.createElement("bdi");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", "Upload of " + file.name);
  const state = document.createElement("span");
  state.textContent = "waiting";
  const stop = document.createElement("button");
  stop.type = "button";
  stop.className = "plain";
  stop.textContent = "Cancel upload";
  stop.setAttribute("aria-label", "Cancel upload: " + file.name);
  item.append(name, " ", bar, " ", state, " ", stop);
  return { file, item, bar, state, stop, cancelled: false };
}

function end(row, words, failed) {
  row.state.textContent = words;
  row.state.className = failed ? "warn" : "";
  row.refused = failed;
  row.stop.remove();
  if (failed) row.bar.remove();
  else row.bar.value = 1;
  return !failed;
}

function send(row) {
  return new Promise((resolve) => {
    if (row.cancelled) return resolve(end(row, "cancelled", true));
    if (row.file.size > Number(form.dataset.largest)) {
      const words = `not accepted: it has ${megabytes(row.file.size)}, and a file may have ${megabytes(form.dataset.largest)}`;
      return resolve(end(row, words, true));
    }
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-Waymark-Token", form.elements.token.value);
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      row.bar.value = event.loaded / event.total;
      row.state.textContent = event.loaded < event.total ? Math.floor(100 * event.loaded / event.total) + " %" : "is being checked";
    });
    request.addEventListener("load", () => {
      let outcome = null;
      try {
        outcome = JSON.parse(request.responseText).files[0];
      } catch { /* a page in place of the answer */ }
      if (outcome && outcome.job) resolve(end(row, "waiting to be read", false));
      else if (outcome) {
        end(row, "not accepted: " + outcome.refused, true);
        if (outcome.address) {
          const link = document.createElement("a");
          link.href = outcome.address;
          link.textContent = "View it";
          row.item.append(" ", link);
        }
        resolve(false);
      }
      else if (request.status === 403 || request.status === 400) resolve(end(row, "not accepted: you are no longer signed in", true));
      else resolve(end(row, "not accepted: the server answered " + request.status, true));
    });
    request.addEventListener("error", () => resolve(end(row, "not accepted: the connection broke off", true)));
    request.addEventListener("abort", () => resolve(end(row, "cancelled", true)));
    row.stop.addEventListener("click", () => request.abort());
    const body = new FormData();
    body.append("files", row.file);
    request.send(body);
  });
}

if (form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    if (button.hasAttribute("aria-disabled")) return;
    const section = document.getElementById("progress");
    const sum = document.getElementById("progress-sum");
    const rows = [...form.elements.files.files].map(line);
    for (const row of rows) row.stop.addEventListener("click", () => { row.cancelled = true; });
    section.querySelector("ul").append(...rows.map((row) => row.item));
    section.hidden = false;
    button.setAttribute("aria-disabled", "true"); // "disabled" would take the focus from it
    let taken = 0;
    for (const [index, row] of rows.entries()) {
      sum.textContent = `File ${index + 1} of ${rows.length}.`;
      if (await send(row)) taken += 1;
    }
    const refused = rows.filter((row) => row.refused);
    section.querySelector("ul").prepend(...refused.map((row) => row.item));
    sum.textContent = `${taken} of ${rows.length} accepted.${refused.length ? ` Not accepted: ${refused.length}, listed first.` : ""}`;
    button.removeAttribute("aria-disabled");
    form.reset();
  });
}

// The desk: all drafts are chosen at once, or none. The table is drawn anew, so the page listens.
const drafts = document.getElementById("waiting");

function offerAll() {
  const all = drafts?.querySelector("#all-drafts");
  if (!all) return;
  all.closest("p").hidden = false;
  const each = [...drafts.querySelectorAll("input[name=draft]")];
  const chosen = each.filter((one) => one.checked).length;
  all.checked = chosen === each.length;
  all.indeterminate = chosen > 0 && chosen < each.length;
}

drafts?.addEventListener("change", (event) => {
  if (event.target.id === "all-drafts") {
    for (const one of drafts.querySelectorAll("input[name=draft]")) one.checked = event.target.checked;
  }
  offerAll();
});
addEventListener("pageshow", offerAll); // browsers bring boxes back as they were left

// The desk: what is under way is looked at again while somebody looks at it.
const jobs = document.getElementById("jobs");
let running = new Set();

function sayWhatEnded(page) {
  const ended = [...page.querySelectorAll("[data-ended]")].filter((one) => running.has(one.dataset.job));
  const words = ended.map((one) => one.dataset.ended);
  if (words.length) say(words.join("; "));
  running = new Set([...page.querySelectorAll("[data-job]:not([data-ended])")].map((one) => one.dataset.job));
  // "is being put back" is no longer so; whatever else the page says of a change still is.
  for (const flashed of document.querySelectorAll(".done")) {
    for (const one of words) {
      const name = one.slice(0, one.lastIndexOf(", "));
      for (const change of ["put back", "published"]) {
        const begun = `${name} is being ${change}.`;
        const told = one.endsWith(": done") ? `${name} has been ${change}.` : `${one}.`;
        if (flashed.textContent.startsWith(begun)) flashed.textContent = told + flashed.textContent.slice(begun.length);
      }
    }
  }
}

function renew(here, fresh) {
  here.dataset.active = fresh?.dataset.active || "";
  if (!fresh) return;
  const open = new Set([...here.querySelectorAll("details[open]")].map((one) => one.className));
  here.innerHTML = fresh.innerHTML;
  for (const one of here.querySelectorAll("details")) one.open = open.has(one.className);
  offerAll();
}

async function lookAgain() {
  if (!document.hidden) {
    try {
      const answer = await fetch(jobs.dataset.active, { headers: { "Accept": "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const name of ["jobs", "waiting"]) {
        const fresh = page.getElementById(name);
        const here = document.getElementById(name);
        const used = here && (here.contains(document.activeElement) || here.querySelector("input:checked, .same[open]"));
        if (here && !used) renew(here, fresh);
      }
      sayWhatEnded(page);
    } catch { /* the next look may do better */ }
  }
  if (jobs.dataset.active) setTimeout(lookAgain, 2000);
}

if (jobs) sayWhatEnded(document);
if (jobs && jobs.dataset.active) setTimeout(lookAgain, 2000);

// One key each: the button that names the key is pressed, once a page. A key that is held down, or
// struck twice, would answer questions that nobody has read.
let answered = false;
addEventListener("pageshow", () => { answered = false; });
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, dialog");
  if (typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!keysOn.checked) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) {
    event.preventDefault();
    if (!answered) button.click();
    answered = true;
  }
});
