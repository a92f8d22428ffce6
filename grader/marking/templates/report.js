"use strict";
// Draws the tables of learners from the page's own data: sorted, found by name, a hundred rows at a time.
const data = JSON.parse(document.getElementById("data").textContent);
const AT_FIRST = 100;
const SIGNS = {p: "✓", u: "·", w: "✎", f: "0"};
const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const number = value => String(Math.round(100 * value) / 100);
const names = data.learners.map(plain);
const tables = [];

function element(tag, text = "", kind = "", title = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (kind) made.className = kind;
  if (title) made.title = title;
  return made;
}

function feedback(learner, lesson) {
  const parts = ["..", "feedback", learner, lesson, `${lesson}.html`];
  return parts.map(part => encodeURIComponent(part.replace(/\p{Surrogate}/gu, "\ufffd"))).join("/");
}

// A grade is null (nothing handed in), a reason (not graded) or [score, late, signs, scores of the partly right, page].
const share = (grade, lesson) => !Array.isArray(grade) ? (grade === null ? -2 : -1) : lesson.max ? grade[0] / lesson.max : 0;
const colour = part => part >= .9 ? "p" : part >= .4 ? "s" : "f";

function points(grade) {
  return grade[1] ? `${number(grade[0] + grade[1])} − ${number(grade[1])} late` : number(grade[0]);
}

function scoreCell(learner, grade, lesson) {
  if (!Array.isArray(grade)) return grade === null ? element("td", "–", "soft", "not handed in") : element("td", "!", "bad", grade);
  const waits = grade[2].includes("w") ? " ✎" : "";
  const cell = element("td", "", lesson.max ? colour(share(grade, lesson)) : "");
  const text = (lesson.max ? points(grade) : "✓") + waits;
  cell.append(grade[4] ? Object.assign(element("a", text), {href: feedback(learner, lesson.name)}) : text);
  return cell;
}

function exerciseCell(grade, place) {
  const sign = Array.isArray(grade) ? grade[2][place] : " ";
  if (sign === " ") return element("td");
  const partly = [...grade[2].slice(0, place)].filter(other => other === "s").length;
  return element("td", sign === "s" ? number(grade[3][partly]) : SIGNS[sign], sign);
}

function nameCell(who) {
  const cell = element("td", "", "", data.learners[who]);
  cell.append(element("bdi", data.learners[who]));
  return cell;
}

const byName = {text: "learner", value: who => who, cell: nameCell};

function ofCourse() {
  const columns = data.lessons.map(lesson => ({
    text: lesson.name, tilt: data.lessons.length > 5,
    value: who => share(lesson.grades[who], lesson), cell: who => scoreCell(data.learners[who], lesson.grades[who], lesson),
  }));
  const earned = who => data.lessons.reduce((sum, lesson) => sum + Math.max(share(lesson.grades[who], lesson), 0) * lesson.max, 0);
  return [byName, ...columns, {text: "all", value: earned, cell: who => element("td", number(earned(who)))}];
}

function ofLesson(lesson) {
  const columns = lesson.exercises.map((name, place) => ({
    text: name, tilt: true, cell: who => exerciseCell(lesson.grades[who], place),
    value: who => Array.isArray(lesson.grades[who]) ? " uwfsp".indexOf(lesson.grades[who][2][place]) : -1,
  }));
  const score = {text: "score", value: who => share(lesson.grades[who], lesson),
    cell: who => scoreCell(data.learners[who], lesson.grades[who], lesson)};
  return [byName, score, ...columns];
}

function sorted(rows, table) {
  const value = table.columns[table.by].value;
  return rows.map(who => [value(who), who]).sort((a, b) => table.down * (a[0] - b[0]) || a[1] - b[1]).map(pair => pair[1]);
}

function heading(table, column, place) {
  const head = element("th", "", column.tilt ? "tilt" : ""), button = element("button", column.text);
  if (place === table.by) head.setAttribute("aria-sort", table.down > 0 ? "ascending" : "descending");
  button.onclick = () => { table.down = place === table.by ? -table.down : 1; table.by = place; draw(table); };
  head.append(button);
  return head;
}

function draw(table) {
  const wanted = plain(document.getElementById("find").value.trim());
  const found = sorted([...names.keys()].filter(who => names[who].includes(wanted)), table);
  const shown = table.all ? found : found.slice(0, AT_FIRST), grid = element("table"), head = element("tr");
  head.append(...table.columns.map((column, place) => heading(table, column, place)));
  grid.append(head, ...shown.map(who => {
    const row = element("tr");
    row.append(...table.columns.map(column => column.cell(who)));
    return row;
  }));
  const more = element("p", "", "more soft"), left = found.length - shown.length;
  more.append(wanted ? `${found.length} of ${names.length} learners. ` : "");
  if (left) {
    const button = element("button", `Show the other ${left}`);
    button.onclick = () => { table.all = true; draw(table); };
    more.append(button);
  }
  table.host.replaceChildren(grid, more);
}

for (const host of document.querySelectorAll("[data-table]")) {
  const place = host.dataset.table, columns = place ? ofLesson(data.lessons[place]) : ofCourse();
  tables.push({host, columns, by: 0, down: 1, all: false});
}
document.getElementById("find").oninput = () => tables.forEach(draw);
tables.forEach(draw);
