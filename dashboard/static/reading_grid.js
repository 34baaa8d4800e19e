// A table as it was read. Above each column a list says what it means; a cell is typed anew after a click; a row is
// left out or taken back. What the reader does goes to the server as `chosen`, `typed` and `dropped`.

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

const meanings = (column, data, tell) => {
  const list = make("select", { "aria-label": data.words.meaning.replace("{column}", column.letter) });
  const add = (parent, [value, label]) => parent.append(make("option", { value }, label));
  if (column.value === "") add(list, ["", data.words.choose]);
  for (const [title, options] of data.meanings) {
    const group = title ? make("optgroup", { label: title }) : list;
    for (const option of options) add(group, option[0] === column.value && column.label ? [option[0], column.label] : option);
    if (title) list.append(group);
  }
  list.value = column.value;
  list.title = list.selectedOptions[0]?.textContent ?? "";
  list.disabled = !data.open;
  list.addEventListener("change", () => tell("chosen", { column: column.address, value: list.value }));
  return list;
};

// The cell becomes a field; leaving it or Enter tells what was typed, Escape leaves things as they were.
const type = (box, cell, data, tell) => {
  const field = make("input", { type: "text", value: cell.text, "aria-label": data.words.cell.replace("{cell}", cell.place) });
  let done = false;
  const end = (keep) => {
    if (done) return;
    done = true;
    if (keep && field.value !== cell.text) tell("typed", { cell: cell.address, text: field.value });
    else box.replaceChildren(...shown(cell, data, tell));
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") end(true);
    if (event.key === "Escape") end(false);
  });
  field.addEventListener("blur", () => end(true));
  box.replaceChildren(field);
  field.focus();
  field.select();
};

const shown = (cell, data, tell) => {
  if (cell.was === undefined) return [cell.text];
  const back = make("button", { type: "button", class: "vb-back", title: data.words.restore }, "↺");
  back.setAttribute("aria-label", `${data.words.restore}: ${cell.place}`);
  back.disabled = !data.open;
  back.addEventListener("click", (event) => {
    event.stopPropagation();
    tell("typed", { cell: cell.address, text: null });
  });
  return [make("del", {}, cell.was || "–"), " ", make("ins", {}, cell.text), back];
};

const body = (cell, data, tell) => {
  const classes = [cell.mark && `vb-${cell.mark}`, cell.was !== undefined && "vb-retyped"].filter(Boolean).join(" ");
  const box = make("td", { class: classes || null, title: cell.why }, ...shown(cell, data, tell));
  if (!cell.address || !data.open) return box;
  box.tabIndex = cell.mark ? 0 : -1;
  const start = () => { if (!box.querySelector("input")) type(box, cell, data, tell); };
  box.addEventListener("click", start);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === box) start();
  });
  return box;
};

const line = (row, data, tell) => {
  const head = make("th", { scope: "row" }, make("span", {}, row.line));
  if (row.why) head.append(make("small", {}, row.why));
  if (data.open && row.drop) {
    const out = row.kind === "dropped";
    const words = out ? data.words.take : data.words.drop;
    const button = make("button", { type: "button", title: words, class: "vb-drop" }, out ? "↺" : "×");
    button.setAttribute("aria-label", `${words}: ${row.line}`);
    button.addEventListener("click", () => tell("dropped", { line: row.drop, out: !out }));
    head.append(button);
  }
  return make("tr", { class: `vb-row-${row.kind}` }, head, ...row.cells.map((cell) => body(cell, data, tell)));
};

const drawn = (data, tell) => {
  const columns = data.columns.map((column) => {
    const foot = column.foot.map((text) => make("small", {}, text));
    const classes = column.value === "" ? "vb-question" : column.used ? null : "vb-unused";
    return make("th", { scope: "col", class: classes }, make("span", {}, column.letter), meanings(column, data, tell), ...foot);
  });
  const rows = data.rows.map((row) => row.cells
    ? line(row, data, tell)
    : make("tr", { class: "vb-row-more" }, make("td", { colspan: data.columns.length + 1 }, row.more)));
  return make("table", { class: "vb-grid" },
    make("caption", { class: "vb-hidden" }, data.caption),
    make("thead", {}, make("tr", {}, make("td", {}), ...columns)),
    make("tbody", {}, ...rows));
};

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".vb-grid-frame");
  const told = JSON.stringify(data);
  if (root.told === told) return;
  root.told = told;
  root.setAttribute("lang", data.lang);
  root.setAttribute("aria-label", data.caption);
  const { scrollLeft, scrollTop } = root;
  root.replaceChildren(drawn(data, (what, how) => {
    root.told = null; // what comes back may be what was there
    setTriggerValue(what, how);
  }));
  root.scrollLeft = scrollLeft;
  root.scrollTop = scrollTop;
}
