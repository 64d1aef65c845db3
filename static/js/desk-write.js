/* Writing a draft: the list of facts as a field to type in, shortcuts, and the words of a quote
   counted. Without this script every button and every field works as a plain form. */
(() => {
  "use strict";

  const MOST_WORDS = 25;
  const { library } = document.currentScript.dataset;
  let loading = null;

  function load() {
    loading ??= new Promise((done) => {
      const script = document.createElement("script");
      script.src = library;
      script.addEventListener("load", done);
      document.head.append(script);
    });
    return loading;
  }

  // What is typed names a fact where it is its name, or the beginning of no other's.
  function named(options, typed) {
    const text = typed.trim().toLowerCase();
    const begun = text ? options.filter((one) => one.text.toLowerCase().startsWith(text)) : [];
    const exact = begun.find((one) => one.text.toLowerCase() === text);
    return exact || (begun.length === 1 ? begun[0] : null);
  }

  // Another fact brings other fields; who pressed Tab goes on to the first of them.
  let goesOn = false;

  function takeByKey(input, select, options) {
    input.addEventListener("keydown", (event) => {
      if (!["Enter", "Tab"].includes(event.key) || event.shiftKey || event.altKey) return;
      const option = named(options, input.value);
      if (!option || option.value === select.value) return;
      event.preventDefault();
      event.stopPropagation();
      goesOn = event.key === "Tab";
      select.value = option.value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      input.value = option.text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      // The list closes once its field is left; the field is told of the text first.
      window.setTimeout(() => {
        input.blur();
        input.focus();
      });
    });
  }

  // The list opens when one comes to a field with a choice that was never left.
  function staysClosed(input) {
    window.setTimeout(() => {
      input.dispatchEvent(new FocusEvent("blur"));
      window.setTimeout(() => {
        if (document.activeElement === input) input.dispatchEvent(new FocusEvent("focus"));
      });
    });
  }

  function goOnFrom(input) {
    const fields = [...document.querySelectorAll("#write .write-editor :is(input, select, textarea)")];
    const shown = fields.filter((one) => one.offsetParent && !one.disabled);
    shown[shown.indexOf(input) + 1]?.focus();
  }

  function enhance(select) {
    const options = [...select.options].filter((one) => one.value);
    const has_focus = document.activeElement === select || select.autofocus;
    const describedBy = select.getAttribute("aria-describedby");
    const id = select.id;
    window.accessibleAutocomplete.enhanceSelectElement({
      selectElement: select,
      defaultValue: select.value ? select.selectedOptions[0].text : "",
      minLength: 0,
      showAllValues: true,
      displayMenu: "overlay",
      autoselect: false,
      confirmOnBlur: false,
      source: (query, show) => {
        const words = query.toLowerCase().split(/\s+/).filter(Boolean);
        const isChosen = query === select.selectedOptions[0]?.text;
        const found = options.filter((one) => {
          const names = `${one.text} ${one.value} ${one.parentElement.label || ""}`.toLowerCase();
          return isChosen || words.every((word) => names.includes(word));
        });
        show(found.map((one) => one.text));
      },
      onConfirm: (text) => {
        const option = options.find((one) => one.text === text);
        if (!option || option.value === select.value) return;
        select.value = option.value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      },
    });
    const input = document.getElementById(id);
    if (describedBy) input.setAttribute("aria-describedby", describedBy);
    // What is typed and no fact is no change: the list tells that nothing was found.
    input.addEventListener("change", (event) => event.stopPropagation());
    takeByKey(input, select, options);
    if (select.value) input.addEventListener("focus", () => staysClosed(input), { once: true });
    const isPassed = goesOn;
    goesOn = false;
    if (has_focus && isPassed) goOnFrom(input);
    else if (has_focus) input.focus();
  }

  function countWords(place) {
    const field = document.getElementById(place.dataset.wordsOf);
    const count = () => {
      const words = field.value.split(/\s+/).filter(Boolean).length;
      place.textContent = `${words} of ${MOST_WORDS} words.`;
    };
    field.addEventListener("input", count);
    count();
  }

  document.addEventListener("htmx:load", (event) => {
    const root = event.target instanceof Element ? event.target : document.body;
    root.querySelectorAll("[data-words-of]").forEach(countWords);
    const selects = root.querySelectorAll("select[data-typeahead]");
    if (selects.length) load().then(() => selects.forEach((one) => one.isConnected && enhance(one)));
  });

  // A field that saved itself stays where it is; only what is said below it comes anew.
  document.addEventListener("htmx:afterSettle", () => {
    for (const slot of document.querySelectorAll("#write .write-wrong[id$='-wrong']")) {
      const field = document.getElementById(slot.id.slice(0, -"-wrong".length));
      if (!field) continue;
      if (slot.textContent.trim()) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  });

  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    const key = event.key.length === 1 ? event.code.replace("Key", "").toLowerCase() : event.key;
    const button = document.querySelector(`#write [data-shortcut="${CSS.escape(key)}"]`);
    if (!button) return;
    event.preventDefault();
    // What was typed last counts: a field tells of its change when it is left.
    button.focus();
    button.click();
  });
})();
