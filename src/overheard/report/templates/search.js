"use strict";
// Finds names and sentences in the index inside this page. What people wrote becomes text, never markup.

const KINDS = {
  segment: ["Segments", "segment"], pain: ["Pains", "pain"], word: ["Words", "word"], thread: ["Threads", "thread"],
  said: ["What people said", "sentence"],
};
const MOST_SHOWN = 50;
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
// Scripts that put no blanks between words are searched anywhere, all others from the beginnings of words.
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Khmr}\p{scx=Laoo}\p{scx=Mymr}]/u;

const byId = (id) => document.getElementById(id);
const query = byId("query");
const count = byId("count");
const found = byId("found");
let index = null;

// Upper, not lower, case: it is the same for ß and ss, for ς and σ, and for one letter as for a whole text.
function fold(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toUpperCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, " ");
}

function readIndex() {
  const data = JSON.parse(byId("index").textContent);
  const names = data.names.map(([kind, text, also, note, file]) =>
    ({ kind, text, note, file, name: " " + fold(text), all: " " + fold(text) + " " + fold(also) }));
  const sentences = data.sentences.map(([text, said, place, rest, day]) => {
    const [says, file] = data.said[said];
    const [title, source, start] = data.places[place];
    return { kind: "said", text, says, file, title, source, href: start && start + rest, day, all: " " + fold(text) };
  });
  return { names, sentences };
}

function needlesOf(text) {
  return fold(text).split(" ").filter(Boolean).map((word) => (UNSPACED.test(word) ? word : " " + word));
}

// 0: the name itself, 1: the name begins with it, 2: in the name, 3: in words that go with it.
function farness(entry, needles) {
  const whole = needles.join("");
  if (entry.name.trimEnd() === whole) return 0;
  if (entry.name.startsWith(whole)) return 1;
  return needles.every((needle) => entry.name.includes(needle)) ? 2 : 3;
}

function find(needles) {
  index ??= readIndex();
  const has = (entry) => needles.every((needle) => entry.all.includes(needle));
  const groups = new Map(Object.keys(KINDS).map((kind) => [kind, []]));
  const names = index.names.filter(has).map((entry, at) => ({ entry, at, far: farness(entry, needles) }));
  names.sort((one, other) => one.far - other.far || one.at - other.at);
  for (const { entry } of names) groups.get(entry.kind).push(entry);
  groups.get("said").push(...index.sentences.filter(has));
  return groups;
}

function make(tag, text, more) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  return Object.assign(element, more);
}

// The letters of a text one by one, folded, with the place each came from.
function marked(text, needles) {
  let folded = " ";
  const places = [0];
  let at = 0;
  for (const letter of text) {
    const one = fold(letter);
    folded += one;
    for (let more = 0; more < one.length; more++) places.push(at);
    at += letter.length;
  }
  places.push(at);
  const spans = [];
  for (const needle of needles) {
    const blank = needle.startsWith(" ") ? 1 : 0;
    for (let hit = folded.indexOf(needle); hit >= 0; hit = folded.indexOf(needle, hit + 1)) {
      spans.push([places[hit + blank], places[hit + needle.length]]);
    }
  }
  spans.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
  const parts = document.createDocumentFragment();
  let done = 0;
  for (const [from, to] of spans) {
    if (from < done || to <= from) continue;
    parts.append(text.slice(done, from), make("mark", text.slice(from, to)));
    done = to;
  }
  parts.append(text.slice(done));
  return parts;
}

function itemOf(entry, needles) {
  const item = make("li");
  if (entry.kind !== "said") {
    const link = make("a", "", { href: entry.file, className: "to" });
    link.append(marked(entry.text, needles));
    item.append(link, " ", make("span", entry.note, { className: "note" }));
    return item;
  }
  const said = make("p", "", { className: "said" });
  said.append(marked(entry.text, needles));
  const about = make("p", "", { className: "about" });
  about.append(entry.file ? make("a", entry.says, { href: entry.file, className: "to" }) : entry.says, " · ");
  const thread = entry.href
    ? make("a", entry.title, { href: entry.href, rel: "noopener noreferrer nofollow", className: entry.file ? "" : "to" })
    : make("span", entry.title);
  const shown = entry.day && DAY.format(new Date(entry.day + "T00:00Z"));
  const day = shown ? make("time", shown, { dateTime: entry.day }) : "no date";
  about.append(thread, entry.source ? ", " + entry.source : "", ", ", day);
  item.append(said, about);
  return item;
}

function show() {
  const needles = needlesOf(query.value);
  found.replaceChildren();
  if (!needles.length) {
    count.textContent = "";
    return;
  }
  const told = [];
  for (const [kind, entries] of find(needles)) {
    if (!entries.length) continue;
    const [title, noun] = KINDS[kind];
    told.push(`${entries.length.toLocaleString("en")} ${noun}${entries.length === 1 ? "" : "s"}`);
    const section = make("section");
    const list = make("ul", "", { className: "found" });
    list.append(...entries.slice(0, MOST_SHOWN).map((entry) => itemOf(entry, needles)));
    section.append(make("h2", title), list);
    if (entries.length > MOST_SHOWN) {
      section.append(make("p", `The first ${MOST_SHOWN} of ${entries.length}; another word narrows it down.`, { className: "note" }));
    }
    found.append(section);
  }
  count.textContent = told.length ? told.join(", ") + " found." : "Nothing found. Fewer or shorter words find more.";
}

function step(by) {
  const links = [...found.querySelectorAll(".to")];
  const next = links.indexOf(document.activeElement) + by;
  (next < 0 ? query : links[Math.min(next, links.length - 1)])?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isInside = event.target === query || found.contains(event.target);
  if (event.key === "/" && event.target !== query) query.select();
  else if (event.key === "ArrowDown" && isInside) step(1);
  else if (event.key === "ArrowUp" && isInside && event.target !== query) step(-1);
  else if (event.key === "Enter" && event.target === query) step(1);
  else if (event.key === "Escape" && isInside) {
    query.value = "";
    query.focus();
    show();
  } else return;
  event.preventDefault();
});
query.addEventListener("input", show);
// Kept in the address when one leaves the field, so that coming back from a result shows the results again.
query.addEventListener("change", () => history.replaceState(null, "", "#q=" + encodeURIComponent(query.value)));

byId("search").hidden = false;
query.focus();
// Read while the visitor looks for the keys; the first letter may come earlier.
(window.requestIdleCallback ?? window.setTimeout)(() => { index ??= readIndex(); });
if (location.hash.startsWith("#q=")) {
  query.value = decodeURIComponent(location.hash.slice(3));
  show();
}
