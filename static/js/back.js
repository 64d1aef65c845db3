/* The browser's Back and Forward lead to the screens that were there, each with the answers as they
   are now, and a link to the check starts it over. The history holds only a number: where on the
   way a screen stands, and a record that was read, is known as long as this page is, so a refresh
   starts over too. */
(() => {
  "use strict";

  const form = () =>
    [...document.querySelectorAll("#check form[hx-post]")].find((one) => one.elements.at);
  const check = form() && form().getAttribute("hx-post");
  if (!check) return;

  // Entries of the history, the first screen's being 0: the one on view, and the one wanted.
  let shown = (history.state && history.state.check) || 0;
  let wanted = shown;
  let isBusy = false;
  let startsOver = false;
  const places = new Map();
  const records = new Map();

  // The hidden fields that say where a screen stands; none of them is an answer.
  function note() {
    if (!form()) return;
    const data = new FormData(form());
    const names = ["at", "showing", "returns"].filter((name) => data.has(name));
    places.set(shown, new URLSearchParams(names.map((name) => [name, data.get(name)])).toString());
  }

  // A record stands on its own screen alone: what comes after holds only what was taken from it.
  function keepRecord() {
    if (!form()?.elements.record) return;
    const kept = {};
    for (const [name, value] of new FormData(form())) {
      if (name === "record" || name.startsWith("find-")) (kept[name] ??= []).push(value);
    }
    records.set(shown, kept);
  }

  note();

  // One request at a time: a button pressed several times leads as far as it was pressed.
  function settle() {
    if (isBusy || shown === wanted || !form()) return;
    keepRecord();
    shown = wanted;
    const values = { ...records.get(shown), go: "stay", place: places.get(shown) };
    htmx.ajax("POST", check, { source: form(), values });
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    const { path, parameters } = event.detail.requestConfig;
    if (path !== check) return;
    isBusy = true;
    if (parameters.go !== "stay") keepRecord();
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (!requestConfig || requestConfig.path !== check) return;
    isBusy = false;
    const { go } = requestConfig.parameters;
    // A change to a part of a letter is no step of the way.
    const stays = ["stay", "more"].includes(go) || String(go).startsWith("part.");
    if (xhr.status === 200 && !stays && shown === wanted) {
      shown = wanted += 1;
      history.pushState({ check: shown }, "");
      note();
    }
    settle();
  });

  for (const failing of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(failing, (event) => {
      // A wrong answer is swapped in, and so has its own event.
      const isWrong = event.detail.xhr && event.detail.xhr.status === 422;
      if (event.detail.requestConfig.path === check && !isWrong) isBusy = false;
    });
  }

  window.addEventListener("popstate", (event) => {
    const to = (event.state && event.state.check) || 0;
    // A page of errors holds no answers to go back with.
    if (startsOver || !form()) location.reload();
    else if (places.has(to)) {
      wanted = to;
      settle();
    } else if (to > wanted) {
      // A screen of before a refresh: nothing of it was kept.
      history.go(wanted - to);
    } else {
      // The same; and what was before the check lies behind them all.
      shown = wanted = to;
      note();
      history.go(-to - 1);
    }
  });

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[href]");
    if (event.target.closest("[data-back]") && places.has(wanted - 1)) {
      event.preventDefault();
      history.back();
    } else if (link && link.pathname === location.pathname && link.origin === location.origin) {
      // Neither is a step of its own in the history.
      const target = document.getElementById(link.hash.slice(1));
      if (target || wanted) event.preventDefault();
      // What stands in a closed fold takes no focus.
      for (let one = target; one; one = one.parentElement) {
        if (one.localName === "details") one.open = true;
      }
      if (target) target.focus();
      else if (wanted) {
        startsOver = true;
        history.go(-wanted);
      }
    }
  });
})();
