/* Turns a long list into a field to type in, which also finds the other names of an insurer.
   Without this script the list stays a list, with a field beside it for a name not in it. */
(() => {
  "use strict";

  const NOT_LISTED = "not-listed";
  const { library } = document.currentScript.dataset;
  let loading = null;

  // The library comes with the first answer, and so before its field: no first visit waits for it.
  function load() {
    loading ??= new Promise((done) => {
      const script = document.createElement("script");
      script.src = library;
      script.addEventListener("load", done);
      document.head.append(script);
    });
    return loading;
  }

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);

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
    const said = select.form.dataset;

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
      confirmOnBlur: true,
      showNoOptionsFound: true,
      inputClasses: "typeahead__input",
      tNoResults: () => select.dataset.none,
      // What a screen reader says meanwhile, in the language of the page.
      tStatusNoResults: () => select.dataset.none,
      tStatusResults: (count, chosen) => `${filled(said.found, { count })} ${chosen}`.trim(),
      tStatusSelectedOption: (name, count, index) =>
        filled(said.chosen, { name, place: index + 1, count }),
      tAssistiveHint: () => said.hint,
      source: (query, show) => {
        // What Blue Cross Blue Shield plans are called for short, as the server reads it.
        const spelled = query.toLowerCase().replace("bcbs", "blue cross blue shield ");
        const words = spelled.split(/\s+/).filter(Boolean);
        const found = options.filter((one) => {
          const names = `${one.text} ${one.dataset.also || ""}`.toLowerCase();
          return words.every((word) => names.includes(word));
        });
        // With nothing found, the list says so and that the name will do.
        if (found.length && unknown && !found.includes(unknown)) found.push(unknown);
        show(found.map((one) => one.text));
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
    // Enter sends what was typed; the library would keep it while its list is open.
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.stopPropagation();
    });
    other.disabled = true;
    other.closest(".field").hidden = true;
  }

  document.addEventListener("htmx:load", (event) => {
    const root = event.target instanceof Element ? event.target : document.body;
    const selects = root.querySelectorAll("select[data-typeahead]");
    if (selects.length) load().then(() => selects.forEach((one) => one.isConnected && enhance(one)));
  });

  document.addEventListener("change", load, { once: true });
})();
