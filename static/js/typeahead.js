/* Turns a long list into a field to type in, which also finds the other names of an insurer.
   Without this script the list stays a list, with a field beside it for a name not in it. */
(() => {
  "use strict";

  const NOT_LISTED = "not-listed";

  function enhance(select) {
    const options = [...select.options].filter(
      (one) => one.value && one.value !== NOT_LISTED,
    );
    const unknown = options.find((one) => one.value === "unknown");
    // What is typed is sent as the name, so that a name we don't know is not lost.
    const prefix = select.name.slice(0, select.name.lastIndexOf("-") + 1);
    const other = select.form.elements[prefix + select.dataset.typeahead];
    const chosen = select.selectedOptions[0];
    const isListed = chosen && chosen.value && chosen.value !== NOT_LISTED;
    const describedBy = select.getAttribute("aria-describedby");
    const id = select.id;

    const find = (text) =>
      options.find((one) => one.text.toLowerCase() === text.trim().toLowerCase());

    window.accessibleAutocomplete.enhanceSelectElement({
      selectElement: select,
      name: other.name,
      defaultValue: isListed ? chosen.text : other.value,
      minLength: 1,
      showAllValues: true,
      displayMenu: "overlay",
      autoselect: false,
      confirmOnBlur: false,
      showNoOptionsFound: true,
      inputClasses: "typeahead__input",
      tNoResults: () => select.dataset.none,
      source: (query, show) => {
        const words = query.toLowerCase().split(/\s+/).filter(Boolean);
        const found = options.filter((one) => {
          const names = `${one.text} ${one.dataset.also || ""}`.toLowerCase();
          return words.every((word) => names.includes(word));
        });
        const all = query && unknown && !found.includes(unknown) ? [...found, unknown] : found;
        show(all.map((one) => one.text));
      },
      onConfirm: (text) => {
        const option = text ? find(text) : undefined;
        if (option) select.value = option.value;
      },
    });

    const input = document.getElementById(id);
    if (describedBy) input.setAttribute("aria-describedby", `${describedBy} ${input.getAttribute("aria-describedby") || ""}`.trim());
    // A name that was edited after a choice is no longer that choice.
    input.addEventListener("input", () => {
      const option = find(input.value);
      select.value = option ? option.value : "";
    });
    other.disabled = true;
    other.closest(".field").hidden = true;
  }

  document.addEventListener("htmx:load", (event) => {
    const root = event.target instanceof Element ? event.target : document.body;
    root.querySelectorAll("select[data-typeahead]").forEach(enhance);
  });
})();
