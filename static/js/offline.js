/* Without a connection nothing happens on the page, so that it is said. */
document.addEventListener("htmx:sendError", (event) => {
  const note = document.getElementById("not-sent");
  // The checklist beside a form fills by itself; only a button pressed wants an answer.
  if (note && event.detail.elt.id === "screen") note.hidden = false;
});
