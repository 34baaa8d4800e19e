// Sliders and the buttons that set them all. `data` says what there is and where it stands; what the reader does
// goes to the server as `turned` (one slider, when it is let go) and `pressed` (a button).

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

const MINUS = "−";

const written = (value, places, lang, signed = false) => {
  const rounded = Number(value.toFixed(places));
  const digits = Math.abs(rounded).toFixed(places);
  const sign = rounded < 0 ? MINUS : signed && rounded > 0 ? "+" : "";
  return sign + (lang === "vi" ? digits.replace(".", ",") : digits);
};

// Where a value lies on the track, whose thumb is 18 pixels wide.
const place = (now, value) => {
  const share = Math.min(Math.max((value - now.low) / (now.high - now.low), 0), 1);
  return `calc(9px + ${share} * (100% - 18px))`;
};

const slider = (root) => {
  const id = `vb-slider-${Math.random().toString(36).slice(2)}`;
  const label = make("label", { for: id });
  const note = make("span", { class: "vb-slider-note", id: `${id}-note` });
  const figure = make("output", { for: id, class: "vb-slider-value" });
  const adds = make("span", { class: "vb-slider-adds" });
  const input = make("input", { type: "range", id, step: "any", "aria-describedby": `${id}-note` });
  const reach = make("i", { class: "vb-slider-reach" });
  const mark = make("i", { class: "vb-slider-now" });
  const track = make("div", { class: "vb-slider-track" }, reach, mark, input);
  const frame = make("div", { class: "vb-slider" }, make("div", { class: "vb-slider-head" }, label, figure), track,
    make("div", { class: "vb-slider-foot" }, note, adds));
  let now = null;

  const tell = (value) => {
    const { lang, words } = root.data;
    const text = written(value * now.factor, now.places, lang) + now.unit;
    figure.textContent = text;
    input.setAttribute("aria-valuetext", text);
    const gain = now.worth * (value - now.now);
    const much = written(gain, 2, lang, true);
    const some = Math.abs(value - now.now) > 1e-9;
    adds.textContent = some ? words.adds.replace("{points}", much) : "";
    adds.className = "vb-slider-adds " + (much.startsWith("+") ? "vb-better" : much.startsWith(MINUS) ? "vb-worse" : "");
    frame.classList.toggle("vb-moved", some);
  };
  // What a hand means: round figures, and the present value where it is all but there.
  const meant = (value) => {
    if (Math.abs(value - now.now) <= (now.high - now.low) / 160) return now.now;
    const grid = 10 ** -now.places / now.factor;
    return Math.min(Math.max(Number((Math.round(value / grid) * grid).toFixed(8)), now.low), now.high);
  };
  const send = (value) => {
    if (Math.abs(value - now.value) < 1e-9) return;
    now = { ...now, value };
    root.send("turned", { what: now.what, value });
  };
  input.addEventListener("input", () => tell(meant(Number(input.value))));
  input.addEventListener("change", () => {
    const value = meant(Number(input.value));
    input.value = value;
    send(value);
  });
  input.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key];
    const end = { Home: now.low, End: now.high }[event.key];
    if (steps === undefined && end === undefined) return;
    event.preventDefault();
    const wanted = end ?? now.value + steps * now.step;
    const passed = (wanted - now.now) * (now.value - now.now) < 0;
    const value = passed ? now.now : Math.min(Math.max(Number(wanted.toFixed(8)), now.low), now.high);
    input.value = value;
    tell(value);
    send(value);
  });

  return {
    frame,
    draw(next) {
      now = next;
      label.textContent = now.label;
      note.textContent = now.note;
      input.min = now.low;
      input.max = now.high;
      input.value = now.value;
      input.disabled = now.fixed;
      mark.style.left = place(now, now.now);
      reach.hidden = now.reach === null;
      if (now.reach !== null) {
        const [from, to] = [Math.min(now.now, now.reach), Math.max(now.now, now.reach)];
        reach.style.left = place(now, from);
        reach.style.right = `calc(100% - ${place(now, to)})`;
      }
      tell(now.value);
    },
  };
};

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".vb-sliders");
  root.lang = data.lang;
  root.data = data;
  root.send = setTriggerValue;
  root.parts ??= new Map();

  const row = root.querySelector(".vb-slider-buttons") ?? root.appendChild(make("div", { class: "vb-slider-buttons", role: "group" }));
  row.setAttribute("aria-label", data.words.buttons);
  row.replaceChildren(
    make("span", { class: "vb-label", "aria-hidden": "true" }, data.words.buttons),
    ...data.buttons.map((button) => {
      const element = make("button", { type: "button", "aria-pressed": String(button.pressed) }, button.label);
      element.addEventListener("click", () => root.send("pressed", button.name));
      return element;
    }),
  );

  const wanted = new Set(data.groups.flatMap((group) => group.sliders.map((item) => item.what)));
  for (const [what, part] of root.parts) {
    if (!wanted.has(what)) {
      part.frame.remove();
      root.parts.delete(what);
    }
  }
  root.groups ??= [];
  data.groups.forEach((group, at) => {
    let frame = root.groups[at];
    if (!frame) {
      frame = { title: make("h3"), note: make("p"), grid: make("div", { class: "vb-slider-grid" }) };
      frame.body = make("section", {}, frame.title, frame.note, frame.grid);
      root.groups[at] = frame;
      root.append(frame.body);
    }
    frame.title.textContent = group.title;
    frame.title.hidden = !group.title;
    frame.note.textContent = group.note;
    frame.note.hidden = !group.note;
    group.sliders.forEach((item, order) => {
      const part = root.parts.get(item.what) ?? slider(root);
      root.parts.set(item.what, part);
      // Moving an element takes the focus from it: only what is out of place is moved.
      if (frame.grid.children[order] !== part.frame) frame.grid.insertBefore(part.frame, frame.grid.children[order] ?? null);
      part.draw(item);
    });
  });
  root.groups.splice(data.groups.length).forEach((frame) => frame.body.remove());
}
