/* "Leave this page quickly": shows another site at once, and takes this page out of the history. */
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("[data-leave]");
    if (!link) return;
    event.preventDefault();
    document.body.hidden = true;
    location.replace(link.href);
  });
})();
