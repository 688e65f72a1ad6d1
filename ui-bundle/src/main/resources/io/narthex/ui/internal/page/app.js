"use strict";

// A page of its own: no library, nothing in line, so that the content security policy can be 'self'.

const MAX_ROWS = 1000;
const MAX_SAMPLES = 50;

const byId = (id) => document.getElementById(id);
const form = byId("form");
const query = byId("query");
const run = byId("run");
const statusLine = byId("status");
const scroll = byId("scroll");
const table = byId("table");

let running = null;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  execute(true);
});

query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    execute(true);
  }
});

query.addEventListener("input", fitHeight);

window.addEventListener("popstate", () => {
  readAddress();
  execute(false);
});

readAddress();
execute(false);

function readAddress() {
  const expression = new URLSearchParams(location.search).get("g0.expr");
  if (expression !== null) {
    query.value = expression;
  }
  fitHeight();
}

function writeAddress() {
  const parameters = new URLSearchParams({ "g0.expr": query.value, "g0.tab": "table" });
  const address = "?" + parameters;
  if (location.search !== address) {
    history.pushState(null, "", address);
  }
}

function fitHeight() {
  query.rows = Math.min(12, query.value.split("\n").length);
}

async function execute(remember) {
  if (running) {
    running.abort();
  }
  const expression = query.value;
  if (expression.trim() === "") {
    clear("Type a query, for example up.");
    return;
  }
  if (remember) {
    writeAddress();
  }
  const mine = new AbortController();
  running = mine;
  run.setAttribute("aria-busy", "true");
  const begun = performance.now();
  try {
    const answer = await ask(expression, mine.signal);
    if (running === mine) {
      show(answer, expression, Math.round(performance.now() - begun));
    }
  } catch (failure) {
    if (running === mine) {
      showError("No answer", "The server did not answer: " + failure.message, expression);
    }
  } finally {
    if (running === mine) {
      running = null;
      run.removeAttribute("aria-busy");
    }
  }
}

async function ask(expression, signal) {
  const response = await fetch("api/v1/query", {
    method: "POST",
    body: new URLSearchParams({ query: expression }),
    signal,
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // Not from the API: a proxy, or the API is not there. What it said is the best that can be shown.
    return { status: "error", errorType: "HTTP " + response.status, error: text.trim() };
  }
}

function show(answer, expression, millis) {
  if (answer.status !== "success") {
    showError(answer.errorType, answer.error, expression);
    return;
  }
  const { resultType, result } = answer.data;
  const rows = resultType === "scalar" || resultType === "string" ? 1 : result.length;
  const kind = resultType === "vector" || resultType === "matrix" ? "series" : resultType;
  clear(`${rows} ${kind} in ${millis} ms` + (rows > MAX_ROWS ? `, the first ${MAX_ROWS} are shown` : ""));
  showNotes([...(answer.warnings ?? []), ...(answer.infos ?? [])]);
  if (resultType === "vector") {
    showTable(result, (item) => item.value[1]);
  } else if (resultType === "matrix") {
    showTable(result, (item) => samples(item.values ?? []));
  } else {
    showTable([{ metric: {} }], () => result[1]);
  }
}

function samples(values) {
  const lines = values.slice(-MAX_SAMPLES).map(([time, value]) => `${value} @${time}`);
  if (values.length > MAX_SAMPLES) {
    lines.unshift(`${values.length - MAX_SAMPLES} older ones are not shown`);
  }
  return lines.join("\n");
}

function showTable(items, valueOf) {
  if (items.length === 0) {
    return;
  }
  const shown = items.slice(0, MAX_ROWS);
  const names = new Set();
  shown.forEach((item) => Object.keys(item.metric).forEach((name) => names.add(name)));
  const columns = [...names].sort(
    (a, b) => Number(b === "__name__") - Number(a === "__name__") || (a < b ? -1 : 1),
  );
  const head = document.createElement("thead");
  const titles = head.insertRow();
  columns.forEach((name) => titles.append(cell("th", name === "__name__" ? "metric" : name)));
  titles.append(cell("th", "value", "number"));
  titles.querySelectorAll("th").forEach((title) => title.setAttribute("scope", "col"));
  const body = document.createElement("tbody");
  shown.forEach((item) => {
    const row = body.insertRow();
    columns.forEach((name) => row.append(cell("td", item.metric[name] ?? "")));
    row.append(cell("td", valueOf(item), "number"));
  });
  const caption = document.createElement("caption");
  caption.textContent = "Result of the query";
  table.replaceChildren(caption, head, body);
  scroll.hidden = false;
}

function cell(kind, text, className = "") {
  const made = document.createElement(kind);
  made.textContent = text;
  made.className = className;
  return made;
}

function showNotes(notes) {
  const list = byId("notes");
  list.replaceChildren(...notes.map((note) => cell("li", note)));
  list.hidden = notes.length === 0;
}

function showError(title, text, expression) {
  clear("");
  byId("error-title").textContent = title;
  byId("error-text").textContent = text;
  showPlace(text, expression);
  byId("error").hidden = false;
}

// Parse errors say line:column, both counted from 1: the line is shown with a mark under the place.
function showPlace(text, expression) {
  const place = byId("error-place");
  const found = /(\d+):(\d+): parse error/.exec(text);
  const line = found ? expression.split("\n")[Number(found[1]) - 1] : undefined;
  place.hidden = line === undefined;
  if (line !== undefined) {
    const before = [...line].slice(0, Number(found[2]) - 1).join("");
    place.textContent = line + "\n" + before.replace(/[^\t]/g, " ") + "^";
  }
}

function clear(text) {
  statusLine.textContent = text;
  byId("error").hidden = true;
  showNotes([]);
  table.replaceChildren();
  scroll.hidden = true;
}
