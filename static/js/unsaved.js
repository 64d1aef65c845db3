/* Whoever leaves a page on which something was typed and not saved is asked first. What was typed
   stays in the page alone; a form that came back from the server unsaved counts as typed in. */
(() => {
  "use strict";

  const typed = new Set(document.querySelectorAll("form[data-asks='typed']"));
  let sent = null;

  const note = ({ target }) => {
    if (target.form?.hasAttribute("data-asks")) typed.add(target.form);
  };
  document.addEventListener("input", note);
  document.addEventListener("change", note);

  // A form that is sent takes its own words along, and those of no other form.
  document.addEventListener("submit", (event) => {
    sent = event.defaultPrevented ? null : event.target;
  });
  window.addEventListener("beforeunload", (event) => {
    const isLost = [...typed].some((one) => one !== sent && one.isConnected);
    sent = null;
    if (isLost) event.preventDefault();
  });
})();
