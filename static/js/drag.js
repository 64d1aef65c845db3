/* Puts rows in order by dragging; the buttons beside each do the same without it. */
(() => {
  "use strict";

  const list = document.querySelector("[data-drag]");
  const order = document.querySelector("[data-order]");
  if (!list || !order) return;

  list.dataset.drag = "on";
  let dragged = null;

  list.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("[data-handle]")?.closest("[data-id]");
    // Only by its handle, or the text in a field could not be marked with the mouse.
    for (const one of list.children) one.draggable = one === row;
  });

  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-id]");
    event.dataTransfer.effectAllowed = "move";
  });

  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-id]");
    if (!dragged || !over) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    const isAbove = event.clientY < top + height / 2;
    if (over !== dragged) over[isAbove ? "before" : "after"](dragged);
  });

  list.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged = null;
    order.value = [...list.children].map((one) => one.dataset.id).join(",");
    const go = document.createElement("input");
    Object.assign(go, { type: "hidden", name: "go", value: "order" });
    order.form.append(go);
    order.form.submit();
  });
})();
