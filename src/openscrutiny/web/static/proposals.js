// Keys for the list of proposals, where a proposal has the focus. Without this script
// every act is a button of the page.
(() => {
  const list = document.querySelector("ol.proposals");
  if (!list) return;
  const items = [...list.querySelectorAll(":scope > li")];
  items.forEach((one) => { one.tabIndex = 0; });
  document.querySelectorAll("[data-keys]").forEach((one) => { one.hidden = false; });

  const press = (item, act) => {
    const button = item.querySelector(`[data-act="${act}"]`);
    if (!button) return;
    const folded = button.closest("details");
    if (folded && !folded.open) folded.open = true;
    if (button.tagName === "SUMMARY") {
      const details = button.parentElement;
      details.open = !details.open;
      const first = details.querySelector("textarea, input, select, button");
      if (details.open && first) first.focus();
      return;
    }
    button.click();
  };
  const acts = { a: "accept", d: "drop", e: "edit", s: "split", m: "merge" };
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const item = event.target.closest("li");
    if (event.key === "Escape") {
      const details = event.target.closest("details");
      if (details) details.open = false;
      (event.target.closest("ol.proposals > li") || item).focus();
      return;
    }
    if (event.target.matches("input, textarea, select")) return;
    const here = items.indexOf(event.target.closest("ol.proposals > li"));
    if (event.key === "j" || event.key === "k") {
      const next = items[here + (event.key === "j" ? 1 : -1)];
      if (next) next.focus();
    } else if (event.key === "n") {
      const next = items.slice(here + 1).find((one) => one.querySelector("[data-act]"));
      if (next) next.focus();
    } else if (acts[event.key] && here >= 0) {
      press(items[here], acts[event.key]);
    } else {
      return;
    }
    event.preventDefault();
  });
  const waiting = items.find((one) => one.querySelector("[data-act]"));
  if (waiting && location.hash === "#next") waiting.focus();
})();
