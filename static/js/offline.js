/* Without a connection, or where the server fails, the page stays as it is, and that is said. */
(() => {
  "use strict";

  function say(event) {
    const note = document.getElementById("not-sent");
    // The checklist beside a form fills by itself; only a button pressed wants an answer.
    if (!note || !event.detail.elt.matches("#check form")) return;
    const isLater = event.detail.xhr && [429, 503].includes(event.detail.xhr.status);
    for (const words of note.querySelectorAll("[data-not-sent]")) {
      words.hidden = (words.dataset.notSent === "later") !== Boolean(isLater);
    }
    note.hidden = false;
    note.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:sendError", say);
  document.addEventListener("htmx:responseError", say);
})();
