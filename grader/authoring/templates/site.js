"use strict";
// Searches the sections of the lessons, in found.js, for all the words that are written.
const MOST = 20, AROUND = 60;
const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const sections = FOUND.map(section => ({...section, heading: plain(section.title), all: plain(`${section.title} ${section.lesson} ${section.text}`)}));
const field = document.getElementById("search"), list = document.getElementById("found");

function around(text, word) {
  const at = Math.max(plain(text).indexOf(word), 0), start = Math.max(at - AROUND, 0);
  return (start ? "… " : "") + text.slice(start, at + 2 * AROUND) + (at + 2 * AROUND < text.length ? " …" : "");
}

function entry(section, word) {
  const item = document.createElement("li"), link = document.createElement("a");
  const title = document.createElement("b"), text = document.createElement("span");
  title.textContent = section.title;
  text.textContent = `${section.lesson}: ${around(section.text, word)}`;
  link.href = section.at;
  link.onclick = () => { list.hidden = true; };
  link.append(title, text);
  item.append(link);
  return item;
}

function search() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const hits = sections.filter(section => words.length && words.every(word => section.all.includes(word)));
  const inTitle = section => words.every(word => section.heading.includes(word)) ? 0 : 1;
  hits.sort((a, b) => inTitle(a) - inTitle(b));
  list.replaceChildren(...hits.slice(0, MOST).map(section => entry(section, words[0])));
  if (words.length && !hits.length) list.append("Nothing found.");
  list.hidden = !words.length;
}

field.oninput = search;
document.onkeydown = event => {
  if (event.key === "Escape") list.hidden = true;
  if (event.key === "/" && document.activeElement !== field) { event.preventDefault(); field.focus(); }
};
document.onclick = event => { if (!event.target.closest(".search")) list.hidden = true; };
