// Catches a table on its way into the text area for pasting: of what a browser, Word or Excel copies, the HTML keeps
// merged headings, which the plain text loses. What has no table in it goes into the text area as ever.

const LARGEST = 4_000_000; // characters
const KEPT = new Set(["colspan", "rowspan"]);

// Tables and the lines around them, with nothing but their words, merged cells and raised figures.
const bare = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  if (!page.querySelector("table td, table th")) return null;
  page.querySelectorAll("script, style, link, meta, title, img, svg, object, iframe, [hidden]").forEach((item) => item.remove());
  page.querySelectorAll("*").forEach((item) => {
    if (/display\s*:\s*none/i.test(item.getAttribute("style") ?? "")) item.remove();
  });
  const comments = page.createNodeIterator(page, NodeFilter.SHOW_COMMENT);
  for (let comment = comments.nextNode(); comment; comment = comments.nextNode()) comment.remove();
  page.querySelectorAll("*").forEach((item) => {
    [...item.attributes].filter(({ name }) => !KEPT.has(name)).forEach(({ name }) => item.removeAttribute(name));
  });
  return `<html><head><meta charset="utf-8"></head><body>${page.body.innerHTML}</body></html>`;
};

export default function ({ data: [area], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".vb-pasting");
  root.stop?.();
  const pasted = (event) => {
    if (!event.target.closest?.(area)) return;
    const html = event.clipboardData?.getData("text/html") ?? "";
    const table = html && html.length < 4 * LARGEST ? bare(html) : null;
    if (!table || table.length > LARGEST) return;
    event.preventDefault();
    event.stopPropagation();
    setTriggerValue("pasted", table);
  };
  document.addEventListener("paste", pasted, true);
  root.stop = () => document.removeEventListener("paste", pasted, true);
  return root.stop;
}
