// The filters of a page: native lists, rows of buttons, check marks, and a list that is searched without accents; and
// a button that copies the page's address.
//
// `data.filters` says what there is to choose and what is chosen; choices go to the server as `chosen`. Links
// inside the app go there too, as `followed`, so that the page changes without being loaded again.
//
// Long lists are not sent with every run: the bar at the head of the page brings them (`data.lists`, by name) and the
// filters of all bars refer to them.

const fold = (text) =>
  text.normalize("NFD").replace(/[đĐ]/g, "d").replace(/[^a-zA-Z0-9]/g, "").toLowerCase();

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

// A list of the browser's own: it speaks the reader's language and suits a phone.
const list = (filter, choose) => {
  const select = make("select", { id: `vb-${filter.name}` });
  select.addEventListener("change", () => choose(select.value === "" ? null : select.value));
  return {
    body: select,
    draw(now) {
      const rows = now.none === null ? now.options : [["", now.none], ...now.options];
      const written = JSON.stringify(rows);
      if (select.dataset.rows !== written) {
        select.dataset.rows = written;
        select.replaceChildren(...rows.map(([value, name]) => make("option", { value }, name)));
      }
      select.value = now.value ?? "";
      select.classList.toggle("vb-none", now.value === null);
    },
  };
};

// A few ways to look at the same thing.
const buttons = (filter, choose) => {
  const group = make("div", { class: "vb-buttons", role: "radiogroup" });
  return {
    body: group,
    draw(now) {
      group.setAttribute("aria-label", now.label);
      const written = JSON.stringify(now.options);
      if (group.dataset.rows !== written) {
        group.dataset.rows = written;
        group.replaceChildren(
          ...now.options.map(([value, name]) => {
            const input = make("input", { type: "radio", name: `vb-${now.name}`, value });
            input.addEventListener("change", () => choose(value));
            return make("label", {}, input, make("span", {}, name));
          }),
        );
      }
      for (const input of group.querySelectorAll("input")) input.checked = input.value === now.value;
    },
  };
};

// Any of several, and some of them that are taken together.
const marks = (filter, choose) => {
  const group = make("div", { class: "vb-marks", role: "group" });
  let now = filter;
  let waiting = null;
  const inputs = () => [...group.querySelectorAll("input")];
  const value = () => inputs().filter((input) => input.checked).map((input) => input.value).join(",");
  const mark = () => {
    for (const button of group.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === value()));
    }
  };
  // Whoever marks three things in a row asks the server once.
  const tell = () => {
    mark();
    clearTimeout(waiting);
    waiting = setTimeout(() => { waiting = null; choose(value()); }, 300);
  };
  const option = ([key, name]) => {
    const input = make("input", { type: "checkbox", value: key });
    input.addEventListener("change", () => {
      if (inputs().filter((item) => item.checked).length < now.least) input.checked = true;
      else tell();
    });
    return make("label", {}, input, make("span", {}, name));
  };
  const set = ([name, keys]) => {
    const button = make("button", { type: "button", value: keys }, name);
    button.addEventListener("click", () => {
      const wanted = keys.split(",");
      for (const input of inputs()) input.checked = wanted.includes(input.value);
      tell();
    });
    return button;
  };
  return {
    body: group,
    draw(next) {
      now = next;
      group.setAttribute("aria-label", now.label);
      const written = JSON.stringify([now.options, now.sets]);
      if (group.dataset.rows !== written) {
        group.dataset.rows = written;
        group.replaceChildren(...now.options.map(option), ...now.sets.map(set));
      } else if (waiting !== null) {
        return; // an answer to an earlier mark
      }
      const chosen = (now.value ?? "").split(",");
      for (const input of inputs()) input.checked = chosen.includes(input.value);
      mark();
    },
  };
};

// A list to search: any spelling finds its line, accents or not; what finds none may be handed over as typed.
const search = (filter, choose) => {
  const id = `vb-${filter.name}`;
  const input = make("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
  });
  const popup = make("ul", { id: `${id}-list`, role: "listbox", "aria-label": filter.label, hidden: "" });
  const clear = make("button", { type: "button", class: "vb-clear" }, "×");
  const body = make("div", { class: "vb-search" }, input, clear, popup);
  let now = filter;
  let shown = [];
  let active = -1;

  const name = () => now.options.find(([value]) => value === now.value)?.[1] ?? "";
  const close = () => {
    popup.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    input.value = name();
  };
  const pick = (value) => {
    if (value !== now.value) {
      now = { ...now, value };
      choose(value);
    }
    close();
  };
  const mark = (place) => {
    active = place;
    [...popup.children].forEach((line, at) => line.classList.toggle("vb-active", at === place));
    const line = popup.children[place];
    if (line?.id) input.setAttribute("aria-activedescendant", line.id);
    else input.removeAttribute("aria-activedescendant");
    line?.scrollIntoView({ block: "nearest" });
  };
  const open = (written) => {
    const key = fold(written);
    const near = ([, , keys]) => keys.split(" ").some((word) => word.startsWith(key));
    const within = ([, , keys]) => keys.includes(key);
    const first = now.options.filter(near);
    shown = key ? [...first, ...now.options.filter((row) => !first.includes(row) && within(row))] : now.options;
    popup.replaceChildren(
      ...shown.map(([value, label]) =>
        make("li", { id: `${id}-${value}`, role: "option", "data-value": value, "aria-selected": value === now.value }, label),
      ),
      ...(shown.length ? [] : [make("li", { class: "vb-nothing" }, now.nothing)]),
    );
    popup.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(key ? 0 : shown.findIndex(([value]) => value === now.value));
  };
  const enter = () => {
    if (shown[active]) pick(shown[active][0]);
    else if (input.value.trim() && !shown.length) pick(input.value.trim());
    else close();
  };

  input.addEventListener("click", () => { if (popup.hidden) { input.select(); open(""); } });
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (popup.hidden) open("");
      else mark((active + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % Math.max(shown.length, 1));
    } else if (event.key === "Enter" && !popup.hidden) {
      event.preventDefault();
      enter();
    } else if (event.key === "Escape" && !popup.hidden) {
      event.preventDefault();
      close();
    }
  });
  // Before the field loses the focus and with it the list.
  popup.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const line = event.target.closest("[data-value]");
    if (line) pick(line.dataset.value);
  });
  clear.addEventListener("click", () => { pick(null); input.focus(); });

  return {
    body,
    draw(next) {
      now = next;
      input.placeholder = now.none ?? "";
      clear.setAttribute("aria-label", now.clear);
      clear.hidden = now.value === null;
      if (popup.hidden) input.value = name();
    },
  };
};

// The page's address, completed by what it leaves open, for somebody else.
const drawing = (path) =>
  `<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" aria-hidden="true"><path d="${path}"/></svg>`;
const CHAIN = drawing("M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 0 0 5.7 5.7L12 17.7");
const TICK = drawing("M4 13l5 5L20 7");

const copied = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { /* A browser has no clipboard for a page that came without encryption, as in a house of its own. */ }
  const place = make("textarea", { class: "vb-hidden", "aria-hidden": "true", tabindex: "-1" });
  const focused = document.activeElement;
  document.body.append(place);
  place.value = text;
  place.select();
  const done = document.execCommand("copy");
  place.remove();
  focused?.focus();
  return done;
};

const copy = (filter) => {
  let now = filter;
  let said = null;
  const words = make("span");
  const icon = make("i");
  const button = make("button", { type: "button", class: "vb-copy" }, icon, words);
  const told = make("div", { class: "vb-hidden", role: "status" });
  const draw = (text) => {
    const done = text !== now.label;
    words.textContent = text;
    told.textContent = done ? text : "";
    icon.innerHTML = done ? TICK : CHAIN;
    button.title = now.label;
    button.classList.toggle("vb-done", done);
  };
  button.addEventListener("click", async () => {
    const address = new URL(location.href);
    for (const [name, value] of now.options) {
      if (!address.searchParams.has(name)) address.searchParams.append(name, value);
    }
    if (!(await copied(address.href))) {
      prompt(now.label, address.href);
      return;
    }
    draw(now.none);
    clearTimeout(said);
    said = setTimeout(() => draw(now.label), 3000);
  });
  return {
    body: make("div", {}, button, told),
    draw(next) {
      now = next;
      clearTimeout(said);
      draw(now.label);
    },
  };
};

const KINDS = { list, buttons, marks, search, copy };
const GROUPS = ["buttons", "marks", "copy"];

// Links that lead to this app: `?…` of the page, or another page of it beside this one.
const follow = (event) => {
  const link = event.target.closest?.("a[href]");
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || (link.target && link.target !== "_self") || !link.closest("[data-testid='stMain']")) return;
  const folder = (path) => path.slice(0, path.lastIndexOf("/") + 1);
  if (link.origin !== location.origin || folder(link.pathname) !== folder(location.pathname) || link.hash) return;
  const leading = window.vuotbac.leading;
  if (!leading?.isConnected) return;
  event.preventDefault();
  const page = link.pathname === location.pathname ? "" : link.pathname.slice(folder(link.pathname).length);
  leading.send("followed", { page, query: link.search.slice(1) });
};
// Whichever bar was drawn last hands the links over; the script may be loaded more than once.
document.removeEventListener("click", window.vuotbac?.follow);
window.vuotbac = { leading: null, lists: {}, ...window.vuotbac, follow };
document.addEventListener("click", follow);

// What a short message leaves out.
const USUAL = { value: null, kind: "list", none: null, width: null, quiet: false, sets: [], least: 0, without: [] };

// The filter with its options: its own, or those of the list that it names. Null while that list is still to come.
const complete = (filter) => {
  const options = filter.options ?? window.vuotbac.lists[filter.list];
  if (!options) return null;
  const { without } = filter;
  return { ...USUAL, ...filter, options: without ? options.filter(([value]) => !without.includes(value)) : options };
};

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".vb-filters");
  if (data.lists) {
    Object.assign(window.vuotbac.lists, data.lists);
    document.dispatchEvent(new Event("vuotbac-lists"));
  }
  root.send = setTriggerValue;
  if (data.leads) window.vuotbac.leading = root;
  for (const cookie of data.cookies ?? []) document.cookie = cookie;
  root.data = data;
  draw(root);
}

const draw = (root) => {
  const { data } = root;
  const filters = data.filters.map(complete);
  if (filters.includes(null)) {
    document.addEventListener("vuotbac-lists", () => draw(root), { once: true });
    return;
  }
  root.lang = data.lang;
  root.parts ??= new Map();
  // With nothing to choose it takes no room.
  const place = root.closest("[data-testid='stElementContainer']");
  if (place) place.hidden = !filters.length;
  const wanted = new Set(filters.map((filter) => filter.name));
  for (const [name, part] of root.parts) {
    if (!wanted.has(name)) {
      part.frame.remove();
      root.parts.delete(name);
    }
  }
  // Of two choices that come while the server is busy it hears the last one only: that one brings the first along,
  // if it is recent enough not to have been answered yet.
  const choose = (filter, value) => {
    const state = document.querySelector("[data-testid='stApp']")?.dataset.testScriptState;
    const now = performance.now();
    const open = (root.told ?? []).filter((earlier) => now - earlier.at < (state === "running" ? 5000 : 1000));
    root.told = [...open, { filter, value, at: now }];
    root.send("chosen", root.told);
  };
  filters.forEach((filter, place) => {
    let part = root.parts.get(filter.name);
    if (!part) {
      part = KINDS[filter.kind](filter, (value) => choose(filter.name, value));
      part.label = make(GROUPS.includes(filter.kind) ? "span" : "label", { class: "vb-label" });
      if (!GROUPS.includes(filter.kind)) part.label.htmlFor = `vb-${filter.name}`;
      part.frame = make("div", { class: `vb-filter vb-filter-${filter.kind}`, "data-filter": filter.name }, part.label, part.body);
      root.parts.set(filter.name, part);
    }
    part.label.textContent = filter.label;
    part.label.hidden = filter.quiet;
    part.frame.style.width = filter.width ? `${filter.width}px` : "";
    part.draw({ ...filter, clear: data.clear, nothing: data.nothing });
    // Moving an element takes the focus from it: only what is out of place is moved.
    if (root.children[place] !== part.frame) root.insertBefore(part.frame, root.children[place] ?? null);
  });
};
