/* What is typed at the meeting stays in this browser until the server says that it holds
   it. Each form has a key: sent again, by a double click or after a lost connection, it is
   recorded once. Without this script the forms are ordinary ones. */
"use strict";
(() => {
  const base = document.body.dataset.keep;
  const forms = [...document.querySelectorAll("form.cap")];
  const slides = [...document.querySelectorAll(".slide")];
  const OUT = `${base}:out`;
  const AGAIN = 4000; // milliseconds until the next try
  const HIDDEN = ["csrfmiddlewaretoken", "key", "at", "item", "indicator", "checked"];
  let token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  let busy = false;
  let timer = 0;

  const read = (name) => {
    try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
  };
  const keep = (name, value) => {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, JSON.stringify(value));
      return true;
    } catch { return false; }
  };
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const waiting = () => read(OUT) ?? [];
  const draftOf = (form) => `${base}:draft:${form.dataset.about}`;
  const fieldsOf = (form) => Object.fromEntries(
    [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
  const isEmpty = (fields) => Object.entries(fields)
    .every(([name, value]) => HIDDEN.includes(name) || !value.trim());
  const formOf = (about) => forms.find((form) => form.dataset.about === about);
  const tell = (form, words) => {
    const line = form?.querySelector("[role=status]");
    if (line && line.textContent !== words) line.textContent = words;
  };
  const statusOf = (form) => form.querySelector("[role=status]").textContent;
  const fill = (form, fields) => {
    for (const [name, value] of Object.entries(fields)) {
      const box = form.elements[name];
      if (box && box.type !== "checkbox") box.value = value;
    }
  };
  const clear = (form) => {
    for (const box of form.elements) {
      if (box.type === "checkbox") box.checked = false;
      else if (!HIDDEN.includes(box.name)) box.value = "";
    }
    form.elements.key.value = newKey();
    keep(draftOf(form), null);
  };

  // What could not be recorded comes back into its form once that is empty.
  const giveBack = (form) => {
    const refused = waiting().find(
      (one) => one.wrong && one.about === form.dataset.about);
    if (!refused || !isEmpty(fieldsOf(form))) return;
    fill(form, refused.fields);
    form.elements.key.value = refused.key;
    keep(draftOf(form), fieldsOf(form));
    keep(OUT, waiting().filter((one) => one.key !== refused.key));
    tell(form, `Nothing was recorded. ${refused.wrong}`);
    if (refused.wrong.includes("personal")) offerLook(form);
  };
  const offerLook = (form) => {
    if (form.elements.checked) return;
    const label = document.createElement("label");
    const box = document.createElement("input");
    Object.assign(box, { type: "checkbox", name: "checked", value: "yes" });
    label.className = "looked";
    label.append(box, " I looked, and it may be shown");
    form.querySelector("[role=status]").after(label);
  };

  const tellWaiting = (why) => {
    for (const form of forms) {
      const mine = waiting().filter(
        (one) => !one.wrong && one.about === form.dataset.about).length;
      if (mine) tell(form, `Kept in this browser, not recorded yet: ${mine}. ${why}`);
    }
  };
  const post = (one) => fetch(one.action, {
    method: "POST",
    body: new URLSearchParams({ ...one.fields, key: one.key, csrfmiddlewaretoken: token }),
    headers: { Accept: "application/json" },
    redirect: "manual",
    credentials: "same-origin",
  });
  // Somebody who signed in again in another tab has another token.
  const freshToken = async () => {
    const answer = await fetch(location.pathname, { redirect: "manual" });
    if (!answer.ok) return answer.type === "opaqueredirect" ? "signed out" : "";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!fresh || fresh === token) return "";
    token = fresh;
    return "fresh";
  };
  const sendOne = async (one) => {
    let answer = await post(one);
    const got = answer.status === 403 ? await freshToken() : "";
    if (got === "fresh") answer = await post(one);
    if (answer.type === "opaqueredirect" || got === "signed out") {
      return "You are signed out. Sign in again in another tab.";
    }
    if (answer.status === 403) return "Your sign-in may not record it.";
    if (!answer.ok && answer.status !== 422) return "The server cannot take it now.";
    const said = await answer.json();
    const form = formOf(one.about);
    if (answer.ok) {
      keep(OUT, waiting().filter((other) => other.key !== one.key));
      tell(form, said.said);
      return "";
    }
    keep(OUT, waiting().map(
      (other) => (other.key === one.key ? { ...other, wrong: said.wrong } : other)));
    if (form) giveBack(form);
    return "";
  };
  const send = async () => {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    let why = "";
    for (const one of waiting().filter((other) => !other.wrong)) {
      try { why = await sendOne(one); } catch { why = "It is sent when the connection is back."; }
      if (why) break;
    }
    busy = false;
    if (why) {
      tellWaiting(why);
      timer = setTimeout(send, AGAIN);
    } else if (waiting().some((one) => !one.wrong)) send();
  };

  for (const form of forms) {
    const draft = read(draftOf(form));
    if (draft && isEmpty(fieldsOf(form))) {
      fill(form, draft);
      tell(form, "Not saved yet: what was typed here before.");
    }
    form.addEventListener("input", () => {
      const fields = fieldsOf(form);
      keep(draftOf(form), isEmpty(fields) ? null : fields);
    });
    form.addEventListener("submit", (event) => {
      const { key, ...fields } = fieldsOf(form);
      const one = { key, fields, about: form.dataset.about, action: form.action };
      const others = waiting().filter((other) => other.key !== key);
      if (isEmpty(fields)) { // the second of two clicks, as a rule
        event.preventDefault();
        if (!waiting().length) tell(form, statusOf(form) || "Nothing is written down yet.");
        return;
      }
      if (!keep(OUT, [...others, one])) return; // sent as an ordinary form
      event.preventDefault();
      clear(form);
      form.querySelector(".looked")?.remove();
      tell(form, "Saving.");
      giveBack(form);
      send();
    });
    giveBack(form);
  }
  addEventListener("online", send);
  send();

  // Arrows: the same as the links Back and Next.
  const near = () => slides.reduce((best, slide) =>
    Math.abs(slide.getBoundingClientRect().top) < Math.abs(best.getBoundingClientRect().top)
      ? slide : best);
  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, button, a");
    if (typing || event.altKey || event.ctrlKey || event.metaKey || !slides.length) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = step && slides[slides.indexOf(near()) + step];
    if (!to) return;
    event.preventDefault();
    location.hash = to.id;
    to.focus({ preventScroll: true });
  });
})();
