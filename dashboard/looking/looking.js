// Looks again after a while, and asks the server then: never while an answer to the reader is under way, for the
// address that a look takes along would be the one from before what the reader has just chosen.
const busy = () => {
  const state = document.querySelector("[data-testid='stApp']")?.dataset.testScriptState;
  return state === "running" || state === "rerunRequested";
};

export default function ({ data: [after, turn], setTriggerValue }) {
  // Of this call alone: what ends an earlier one may come after the next has begun.
  let waiting = null;
  const look = () => {
    if (busy()) waiting = setTimeout(look, 50);
    else setTriggerValue("looked", turn);
  };
  waiting = setTimeout(look, after);
  return () => clearTimeout(waiting);
}
