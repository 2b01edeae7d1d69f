// The page's only script. The key stays in this origin's storage (a port of its own), and goes out
// in a header; the cookie that belongs to it is out of a script's reach.
"use strict";
(() => {
  const KEY = "platen-key";
  const QUICK = 600, USUAL = 3000;  // milliseconds between two looks
  const byId = (id) => document.getElementById(id);
  let timer = 0, signedIn = false;

  const key = () => localStorage.getItem(KEY) || "";

  async function send(method, path, body) {
    const headers = {"X-Platen-Key": key()};
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const answer = await fetch(path, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin", cache: "no-store", redirect: "error",
    });
    let told = {};
    try { told = await answer.json(); } catch { /* an answer without a body */ }
    return {status: answer.status, told};
  }

  function show(isIn) {
    if (signedIn !== isIn && isIn) byId("main").focus({preventScroll: true});
    signedIn = isIn;
    byId("content").hidden = byId("sign-out").hidden = !isIn;
    byId("sign-in").hidden = isIn;
    if (!isIn) {
      for (const id of ["state", "notices", "facts", "schedule", "tests", "enrolment", "support", "devices", "log"]) {
        byId(id).replaceChildren();
        shown.delete(id);
      }
    }
  }

  function complain(place, problem) {
    const box = document.createElement("div");
    box.className = "notice error";
    for (const text of [problem && problem.text || "That did not work.", problem && problem.remedy || ""]) {
      const line = document.createElement("p");
      line.textContent = text;
      box.append(line);
    }
    place.replaceChildren(box);
  }

  const shown = new Map();
  function put(sections) {
    for (const [id, html] of Object.entries(sections)) {
      const place = byId(id);
      if (!place || shown.get(id) === html) continue;
      shown.set(id, html);
      const held = place.contains(document.activeElement) && document.activeElement.dataset.do;
      place.innerHTML = html;  // escaped where it was made; the policy lets no script in it run
      for (const time of place.querySelectorAll("time")) localise(time);
      if (held) { const again = place.querySelector("button"); if (again) again.focus(); }
    }
  }

  function localise(time) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) return;
    time.title = time.dateTime;
    time.textContent = at.toLocaleString(undefined, {dateStyle: "short", timeStyle: "medium"});
  }

  async function look() {
    clearTimeout(timer);
    let next = USUAL;
    try {
      const {status, told} = await send("GET", "/view");
      byId("away").hidden = true;
      if (status === 200) {
        show(true);
        put(told.sections);
        byId("test-button").disabled = told.testing;
        if (told.busy) next = QUICK;
      } else if (status === 401) {
        show(false);
        return;
      }
    } catch {
      byId("away").hidden = false;
    }
    timer = setTimeout(look, document.hidden ? USUAL * 10 : next);
  }

  async function enter(body, place) {
    const {status, told} = await send("POST", "/sign-in", body);
    if (status === 200) {
      localStorage.setItem(KEY, told.key);
      place.replaceChildren();
      await look();
    } else {
      show(false);
      complain(place, told.problem);
    }
  }

  async function change(path, body, place) {
    try {
      const {status, told} = await send("POST", path, body);
      if (status === 401) show(false);
      else if (status !== 202 && place) complain(place, told.problem);
    } catch {
      byId("away").hidden = false;
    }
    await look();
  }

  function onSubmit(id, act) {
    byId(id).addEventListener("submit", (event) => {
      event.preventDefault();
      act(Object.fromEntries(new FormData(event.target)));
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (!button) return;
    button.disabled = true;
    change("/do/" + button.dataset.do, {}, null).then(() => setTimeout(look, 200));
  });
  onSubmit("test-form", (given) => change("/do/test", given, byId("tests")));
  onSubmit("enrol-form", (given) => {
    byId("enrol-code").value = "";
    change("/do/enrol", given, byId("enrolment"));
  });
  onSubmit("sign-in", (given) => {
    byId("code").value = "";
    enter(given, byId("sign-in-problem")).catch(() => { byId("away").hidden = false; });
  });
  byId("sign-out").addEventListener("click", async () => {
    try { await send("POST", "/sign-out", {}); } catch { /* it has ended: so has the session */ }
    localStorage.removeItem(KEY);
    show(false);
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && signedIn) look(); });

  async function begin() {
    const link = location.hash.slice(1);
    if (!/^[\w-]{40,60}$/.test(link)) return look();
    history.replaceState(null, "", "/");  // out of sight, and out of the list of visited pages
    try {
      await enter({link}, byId("sign-in-problem"));
    } catch {
      byId("away").hidden = false;
      timer = setTimeout(look, USUAL);
    }
  }
  window.addEventListener("hashchange", begin);
  begin();
})();
