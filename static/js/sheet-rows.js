// One row of a sheet as the script sees it: its inputs, what the server holds of them, what it says.
(() => {
  "use strict";

  const MOST_UNANSWERED = 4;
  const plain = (text) => (text ?? "").normalize("NFC").trim();
  const valueOf = (input) => (input.type === "checkbox" ? (input.checked ? "on" : "") : input.value);

  class Row {
    constructor(token) {
      this.key = token.name.replace(/-token$/, "");
      this.token = token;
      this.line = token.closest("tr");
      this.inputs = [...this.line.querySelectorAll("input:not([type=hidden]), select, textarea")]
        .filter((input) => input.name.startsWith(`${this.key}-`));
      this.base = this.values();
      this.refused = null; // values that the server has refused: not sent again unchanged
      this.other = null; // what somebody else saved meanwhile
      this.sent = ""; // values of the post that runs
      this.unanswered = []; // values sent without an answer: one of them may have been saved
      this.faults = 0;
      // The server shows this row as it was typed, not as it is stored.
      if (this.line.classList.contains("is-changed")) {
        this.base = null;
        this.refused = this.text;
      }
    }
    get label() {
      const [number, name] = this.line.querySelectorAll(".sheet-no, .sheet-name");
      return `${number.textContent.trim()}. ${name.firstChild.textContent.trim()}`;
    }
    get text() {
      return JSON.stringify(this.values());
    }
    get isTyped() {
      return JSON.stringify(this.base) !== this.text;
    }
    get isWaiting() {
      return this.isTyped && !this.other && this.refused !== this.text;
    }
    values() {
      return Object.fromEntries(this.inputs.map((input) => [input.name, valueOf(input)]));
    }
    put(values) {
      for (const input of this.inputs) {
        if (!(input.name in values)) continue;
        if (input.type === "checkbox") input.checked = Boolean(values[input.name]);
        else input.value = values[input.name];
      }
    }
    // What goes to the server: an unchecked box is not posted, as in any form.
    posted() {
      const data = new URLSearchParams({ [this.token.name]: this.token.value });
      for (const [name, value] of Object.entries(this.values())) {
        const isBox = this.inputs.some((input) => input.name === name && input.type === "checkbox");
        if (value || !isBox) data.set(name, value);
      }
      return data.toString();
    }
    noteSending() {
      const others = this.unanswered.filter((values) => JSON.stringify(values) !== this.text);
      this.unanswered = [...others, this.values()].slice(-MOST_UNANSWERED);
    }
    // Whether what the server holds is a post of this person that arrived without its answer.
    hasSent(fields) {
      const isSame = (values) => Object.entries(fields).every(([name, text]) => plain(values[name]) === plain(text));
      return this.unanswered.some(isSame);
    }
    mark() {
      this.line.classList.toggle("is-changed", this.isTyped);
      for (const input of this.inputs) {
        input.classList.toggle("is-unsaved", !this.base || this.base[input.name] !== valueOf(input));
      }
    }
    saved(token, values) {
      this.token.value = token;
      this.base = values;
      this.refused = this.other = null;
      this.unanswered = [];
      this.say({});
      this.mark();
    }
    // Sentences of the server at their inputs; none takes the old ones away.
    say(errors) {
      for (const old of this.line.querySelectorAll(".sheet-error")) old.remove();
      for (const input of this.inputs) {
        input.removeAttribute("aria-invalid");
        input.removeAttribute("aria-describedby");
      }
      this.faults = Object.keys(errors).length;
      for (const [field, sentence] of Object.entries(errors)) this.sayAt(`${this.key}-${field}`, sentence);
    }
    sayAt(name, sentence) {
      const input = this.inputs.find((one) => one.name === name) ?? this.inputs[0];
      const words = document.createElement("span");
      words.className = "sheet-error";
      words.id = `${input.name}-loi`;
      words.textContent = sentence;
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", words.id);
      (input.closest("label") ?? input).after(words);
    }
  }

  window.thidua = { ...window.thidua, Row };
})();
