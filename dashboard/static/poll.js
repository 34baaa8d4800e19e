// Asks the server again after a while: never while an answer to the reader is under way, for the address that is sent
// along would be the one from before what the reader has just chosen.
let acted = -Infinity;
for (const act of ["click", "change", "keydown"]) {
  document.addEventListener(act, () => { acted = performance.now(); }, true);
}

// What the reader did a moment ago may not have left yet.
const busy = () => {
  const state = document.querySelector("[data-testid='stApp']")?.dataset.testScriptState;
  return state === "running" || state === "rerunRequested" || performance.now() - acted < 300;
};

export default function ({ data: [after, turn], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".vb-poll");
  root.stop?.();
  let waiting = null;
  const ask = () => {
    if (busy()) waiting = setTimeout(ask, 50);
    else setTriggerValue("polled", turn);
  };
  waiting = setTimeout(ask, after);
  // Of this drawing alone: the end of an earlier one may be told after the next has begun.
  root.stop = () => clearTimeout(waiting);
  return root.stop;
}
