// Files dropped on the form, and work that is watched. Without this script files are
// chosen, and a link looks again.
(() => {
  const form = document.querySelector("form[data-drop]");
  if (form) {
    const input = form.querySelector("input[type=file]");
    const chosen = form.querySelector("[data-chosen]");
    const tell = () => {
      const many = input.files.length;
      chosen.textContent = many ? `${many} ${many === 1 ? "file" : "files"} chosen` : "";
    };
    input.addEventListener("change", tell);
    const over = (event, is) => { event.preventDefault(); form.classList.toggle("is-over", is); };
    form.addEventListener("dragover", (event) => over(event, true));
    form.addEventListener("dragleave", (event) => over(event, false));
    form.addEventListener("drop", (event) => {
      over(event, false);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      tell();
    });
  }

  const watch = async () => {
    const work = document.getElementById("work");
    if (!work || work.dataset.over === "1") return;
    const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
    if (answer && answer.redirected) { location.reload(); return; }
    if (answer && answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("work");
      // Where the focus is among what would be replaced, nothing is until the end.
      if (now && (now.dataset.over === "1" || !work.contains(document.activeElement))) {
        work.replaceWith(document.adoptNode(now));
        document.title = page.title;
      }
    }
    setTimeout(watch, 1000);
  };
  setTimeout(watch, 700);
})();
