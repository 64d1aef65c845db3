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

  const wordsOf = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const beginsAlike = (one, other) =>
    Math.min(one.length, other.length) > 2 &&
    (one.startsWith(other) || other.startsWith(one) || one.slice(0, 6) === other.slice(0, 6));

  // How much of the words of a line a fact's name, answers and question have in common with it.
  const PLAIN = new Set("the and for has have with that one any was who are not how this you your from what does did".split(" "));
  function likeness(option, line) {
    const common = (text) => {
      const words = wordsOf(text).filter((one) => !PLAIN.has(one));
      return line.filter((word) => words.some((one) => beginsAlike(one, word))).length;
    };
    return 3 * common(option.text) + common(option.dataset.also || "");
  }

  // How well what is typed names a fact: its whole name or answer, then its beginning, then a part.
  function rank(option, query, words) {
    const name = option.text.toLowerCase();
    const answers = (option.dataset.also || "").toLowerCase().split("|");
    if (name === query) return 0;
    if (answers.some((one) => one.replace(/^an? /, "") === query)) return 1;
    if (name.startsWith(query)) return 2;
    const begins = (text) => words.every((word) => wordsOf(text).some((one) => one.startsWith(word)));
    if (begins(name)) return 3;
    if (begins(answers.join(" "))) return 4;
    return words.every((word) => name.includes(word)) ? 5 : 6;
  }

  function found(options, query, select) {
    const chosen = select.selectedOptions[0];
    const isChosen = Boolean(select.value) && query === chosen.text;
    const line = wordsOf(document.getElementById("f-label")?.value || "").filter((one) => !PLAIN.has(one));
    const liked = new Map(options.map((one) => [one, likeness(one, line)]));
    const byLine = (one, other) => liked.get(other) - liked.get(one);
    // What stands there comes first, so that Enter leaves it.
    if (isChosen) return [chosen, ...options.filter((one) => one !== chosen).sort(byLine)];
    const words = wordsOf(query);
    if (!words.length) return [...options].sort(byLine);
    const text = query.trim().toLowerCase();
    const ranks = new Map(options.map((one) => [one, rank(one, text, words)]));
    return options
      .filter((one) => {
        const also = `${one.text} ${one.value} ${one.parentElement.label || ""} ${one.dataset.also || ""}`;
        return words.every((word) => also.toLowerCase().includes(word));
      })
      .sort((one, other) => ranks.get(one) - ranks.get(other) || byLine(one, other));
  }

  function isNamed(options) {
    const line = wordsOf(document.getElementById("f-label")?.value || "").filter((one) => !PLAIN.has(one));
    return options.some((one) => likeness(one, line) > 0);
  }

  // Another fact brings other fields; who pressed Tab goes on to the first of them.
  let goesOn = false;

  function takeByKey(input, select, options) {
    input.addEventListener("keydown", (event) => {
      if (!["Enter", "Tab"].includes(event.key) || event.shiftKey || event.altKey) return;
      // Before anything is typed only a fact is taken that the words of the line name.
      if (event.key === "Enter" && !input.value.trim() && !isNamed(options)) {
        event.preventDefault();
        event.stopPropagation();
      }
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

  // A list that opens under a resting mouse is not pointed at.
  function pointsWhenMoved(wrapper) {
    const ignore = (event) => event.stopImmediatePropagation();
    wrapper.addEventListener("mouseenter", ignore, true);
    wrapper.addEventListener("mousemove", (event) => {
      if (!event.movementX && !event.movementY) return;
      wrapper.removeEventListener("mouseenter", ignore, true);
      wrapper.classList.add("is-pointed");
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
    const none = document.querySelector(`[data-none-of="${CSS.escape(id)}"]`);
    if (none) none.hidden = Boolean(select.value);
    window.accessibleAutocomplete.enhanceSelectElement({
      selectElement: select,
      defaultValue: select.value ? select.selectedOptions[0].text : "",
      minLength: 0,
      showAllValues: true,
      displayMenu: "overlay",
      autoselect: true,
      confirmOnBlur: false,
      tNoResults: () => "No such fact.",
      source: (query, show) => {
        const texts = found(options, query, select).map((one) => one.text);
        if (none) none.hidden = Boolean(select.value) && texts.length > 0;
        show(texts);
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
    pointsWhenMoved(input.closest(".autocomplete__wrapper"));
    if (select.value) input.addEventListener("focus", () => staysClosed(input), { once: true });
    const isPassed = goesOn;
    goesOn = false;
    if (has_focus && isPassed) goOnFrom(input);
    else if (has_focus) {
      input.focus();
      // Who comes to an empty field sees what the words of the line name.
      if (!select.value) input.click();
    }
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

  // What one looks at keeps its place though the page is made anew, and comes out from under the bar.
  let backTo = "";
  let kept = null;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const one = document.activeElement?.closest("#write [id]");
    const isWhole = detail.target?.id === "write";
    kept = isWhole && one ? { id: one.id, top: one.getBoundingClientRect().top } : null;
  });
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.id !== "write") return;
    if (backTo) document.getElementById(backTo)?.focus({ preventScroll: true });
    backTo = "";
    const same = kept && document.getElementById(kept.id);
    if (same) window.scrollBy(0, same.getBoundingClientRect().top - kept.top);
    kept = null;
    showWhole(document.activeElement);
  });

  function showWhole(one) {
    const bar = document.getElementById("write-bar");
    if (!bar || !one.closest("#write .write-editor")) return;
    const box = (one.closest(".write-field") || one).getBoundingClientRect();
    const isStuck = getComputedStyle(bar).position === "sticky";
    const top = (isStuck ? bar.getBoundingClientRect().bottom : 0) + 8;
    // The words of the line are read beside what is chosen for it, where both have room.
    const words = document.getElementById("f-label")?.closest(".write-field")?.getBoundingClientRect();
    if (words && words.top < top && box.bottom - words.top < window.innerHeight - top) {
      window.scrollBy(0, words.top - top);
      return;
    }
    const below = Math.min(box.bottom - window.innerHeight + 8, box.top - top);
    if (box.top < top) window.scrollBy(0, box.top - top);
    else if (below > 0) window.scrollBy(0, below);
  }

  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    const key = event.key.length === 1 ? event.code.replace("Key", "").toLowerCase() : event.key;
    const button = document.querySelector(`#write [data-shortcut="${CSS.escape(key)}"]`);
    if (!button) return;
    event.preventDefault();
    // What was typed last counts: a field tells of its change when it is left.
    const field = document.activeElement;
    const isMove = /^(up|down|in|out):/.test(button.value);
    backTo = isMove && field.matches("#write .write-editor :is(input, textarea)") ? field.id : "";
    button.focus();
    button.click();
  });
})();
