/* A draft saves itself while it is written: after a pause in typing, and before its page is left.
   Without this script each button of the page saves what was typed. */
(() => {
  "use strict";

  const PAUSE = 800;
  const NOT_YET = 202; // what the server says where a half-typed change has to wait
  const sent = new WeakMap();
  let typed = 0;
  let saved = 0;
  let running = 0;
  let timer = null;
  let hasFailed = false;
  let isSubmitted = false;
  let leaving = "";

  const editor = () => document.querySelector("#write .write-editor");
  const isUnsaved = () => typed > saved;

  function tell() {
    const words = document.getElementById("write-unsaved");
    if (!words) return;
    const waiting = hasFailed ? "Not saved. Save tries again." : "Not saved yet.";
    words.textContent = running ? "Saving…" : waiting;
    words.hidden = !isUnsaved();
    document.getElementById("write-saved").hidden = isUnsaved();
  }

  function save(name) {
    clearTimeout(timer);
    if (isUnsaved()) editor()?.dispatchEvent(new CustomEvent(name));
  }

  function noteChange(event) {
    const field = event.target;
    if (!field.name || !field.closest("#write .write-editor")) return;
    typed += 1;
    hasFailed = false;
    clearTimeout(timer);
    // A field that is left saves itself.
    const isTyped = event.type === "input" && field.matches("textarea, input[type='text']");
    if (isTyped) timer = setTimeout(save, PAUSE, "typed");
    tell();
  }
  document.addEventListener("input", noteChange);
  document.addEventListener("change", noteChange);

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.triggeringEvent?.type === "typed") detail.parameters.typing = "1";
  });
  document.addEventListener("htmx:beforeSend", ({ detail }) => {
    running += 1;
    sent.set(detail.xhr, typed);
    tell();
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!sent.has(detail.xhr)) return;
    running -= 1;
    if (!detail.successful) {
      hasFailed = true;
      leaving = "";
      const said = document.getElementById("write-said");
      if (said && isUnsaved()) said.textContent = "What was typed last is not saved.";
    } else if (detail.xhr.status !== NOT_YET) {
      saved = Math.max(saved, sent.get(detail.xhr));
    }
    tell();
    if (leaving && !isUnsaved()) window.location.assign(leaving);
  });
  document.addEventListener("htmx:afterSettle", tell);
  document.addEventListener("htmx:oobAfterSwap", tell);

  // A link waits until what was typed is saved; pressed again, it goes and the browser asks.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const isOwn = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button;
    if (!link || isOwn || link.target || event.defaultPrevented) return;
    const isHere = link.href.split("#")[0] === window.location.href.split("#")[0];
    if (isHere || !isUnsaved() || !editor() || leaving === link.href) return;
    event.preventDefault();
    leaving = link.href;
    save("left");
  });
  document.addEventListener("submit", (event) => {
    isSubmitted = !event.defaultPrevented && event.target.closest("#write") !== null;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save("typed");
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isUnsaved() || isSubmitted) return;
    save("left");
    event.preventDefault();
  });
})();
