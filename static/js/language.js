/* The other language is a whole page: htmx leaves its button to the browser, the answers go along. */
(() => {
  "use strict";

  document.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.matches("[data-whole-page]")) event.stopImmediatePropagation();
  }, true);

  // A page that came by POST would be asked for again by "resend this form?".
  history.replaceState(history.state, "", location.href);
})();
