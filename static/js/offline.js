/* Without a connection, or where the server fails, the page stays as it is, and that is said. */
(() => {
  "use strict";

  function say(event) {
    const note = document.getElementById("not-sent");
    // The checklist beside a form fills by itself; only a button pressed wants an answer.
    if (!note || !event.detail.elt.matches("#check form")) return;
    note.hidden = false;
    note.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:sendError", say);
  document.addEventListener("htmx:responseError", say);
})();
