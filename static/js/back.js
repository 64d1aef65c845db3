/* The browser's Back button goes one screen back instead of leaving the check.
   The history holds only a number: how many screens lie behind. */
(() => {
  "use strict";

  let depth = 0;
  let isMoving = false;

  const section = () => document.getElementById("check");

  function press(selector) {
    const button = section() && section().querySelector(selector);
    if (!button) return false;
    isMoving = true;
    // A click, for htmx sends the button that was clicked.
    button.click();
    return true;
  }

  document.addEventListener("htmx:afterSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (!requestConfig || new URL(requestConfig.path, location).pathname !== location.pathname) return;
    const go = requestConfig.parameters.go;
    if (xhr.status === 200 && go !== "more" && !isMoving) {
      depth += 1;
      history.pushState({ check: depth }, "");
    }
    isMoving = false;
  });

  document.addEventListener("htmx:responseError", () => { isMoving = false; });
  document.addEventListener("htmx:sendError", () => { isMoving = false; });

  window.addEventListener("popstate", (event) => {
    const to = (event.state && event.state.check) || 0;
    const isBack = to < depth;
    depth = to;
    const moved = isBack ? press("[data-back]") : press("[name=go].button");
    // Nothing to go back to: after a reload these entries all show the first screen.
    if (!moved && isBack && to > 0) history.go(-to);
  });

  // The button on the page and the browser's own are one and the same.
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-back]");
    if (!button || isMoving || depth === 0) return;
    event.preventDefault();
    history.back();
  });
})();
