// A line in which one types some letters and chooses among the rows that the page offers for them.
// Without this file the letters are looked up when the form is sent; nothing here decides.
(() => {
  "use strict";
  if (window.thidua?.hasSearch) return; // each line of a page brings this file
  window.thidua = { ...window.thidua, hasSearch: true };
  const PAUSE = 200; // after the last key
  const MORE = "Còn nữa: gõ thêm chữ để tìm hẹp hơn.";
  const NONE = "Không tìm thấy. Gõ một phần tên hoặc mã, không cần dấu.";
  const FAILED = "Chưa tìm được, hãy thử lại.";
  const lines = new WeakMap();

  class Line {
    constructor(box) {
      this.box = box;
      this.name = box.dataset.searched;
      this.isMany = "many" in box.dataset;
      this.input = box.querySelector("input[type=text]");
      this.answered = box.querySelector(`[name="tim-${CSS.escape(this.name)}-da-tim"]`);
      this.pop = box.querySelector(".searched-pop");
      this.list = this.pop.querySelector("ul");
      this.told = this.pop.querySelector("p");
      this.rows = [];
      this.active = -1;
      this.timer = 0;
      this.asking = null;
      const { id } = this.list;
      for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, "aria-haspopup": "listbox" }))
        this.input.setAttribute(key, value);
      this.input.addEventListener("input", () => this.typed());
      this.input.addEventListener("keydown", (event) => this.pressed(event));
      this.input.addEventListener("click", () => {
        // Typing goes in the place of what is chosen.
        if (this.isSettled) this.input.select();
        this.ask(0);
      });
      // Letters alone choose nothing yet: a filter bar waits for the row.
      this.input.addEventListener("change", (event) => { if (this.input.value) event.stopPropagation(); });
      this.input.addEventListener("blur", () => this.close());
      this.pop.addEventListener("pointerdown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const row = event.target.closest("li");
        if (row) this.choose([...this.list.children].indexOf(row));
      });
    }
    get isOpen() { return !this.pop.hidden; }
    get isSettled() { return this.input.value.trim() === (this.isMany ? "" : this.answered.value); }
    hidden() {
      const found = this.box.querySelector(`input[type=hidden][name="${CSS.escape(this.name)}"]`);
      if (found) return found;
      // Rows that the server offered give way to the line.
      this.box.querySelector(".searched-offered")?.remove();
      const made = Object.assign(document.createElement("input"), { type: "hidden", name: this.name });
      this.box.prepend(made);
      return made;
    }
    typed() {
      // What stood there stays until another row is chosen or the line is emptied; the server looks
      // up letters that mean no row yet.
      this.answered.value = "";
      if (!this.isMany && !this.input.value.trim()) this.put("");
      this.ask(PAUSE);
    }
    ask(pause) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.fetch(), pause);
    }
    async fetch() {
      this.asking?.abort();
      this.asking = new AbortController();
      // What is chosen already is no search: the first rows are shown instead.
      const text = this.isSettled ? "" : this.input.value.split(";").at(-1);
      const asked = new URLSearchParams({ "goi-y": this.name, [`tim-${this.name}`]: text });
      try {
        const answer = await fetch(`${location.pathname}?${asked}`, { signal: this.asking.signal, headers: { Accept: "application/json" } });
        const { rows, is_more: isMore } = await answer.json();
        this.show(rows, isMore ? MORE : rows.length ? "" : NONE);
      } catch (error) {
        if (error.name !== "AbortError") this.show([], FAILED);
      }
    }
    show(rows, words) {
      if (document.activeElement !== this.input) return;
      this.rows = rows;
      this.list.replaceChildren(...rows.map(([, text], place) => {
        const line = document.createElement("li");
        line.id = `${this.list.id}_${place}`;
        line.setAttribute("role", "option");
        line.textContent = text;
        return line;
      }));
      this.told.textContent = words;
      this.pop.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.move(this.isSettled ? -1 : 0);
    }
    move(place) {
      this.active = this.rows.length ? Math.max(-1, Math.min(place, this.rows.length - 1)) : -1;
      for (const [at, line] of [...this.list.children].entries()) line.setAttribute("aria-selected", String(at === this.active));
      const line = this.list.children[this.active];
      if (line) {
        this.input.setAttribute("aria-activedescendant", line.id);
        line.scrollIntoView({ block: "nearest" });
      } else this.input.removeAttribute("aria-activedescendant");
    }
    close() {
      clearTimeout(this.timer);
      this.asking?.abort();
      this.pop.hidden = true;
      this.active = -1;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }
    choose(place) {
      const [value, text] = this.rows[place];
      if (this.isMany) {
        this.tick(value, text);
        this.input.value = this.answered.value = "";
      } else {
        this.input.value = this.answered.value = text.trim();
        this.put(value);
      }
      this.close();
    }
    put(value) {
      const hidden = this.hidden();
      hidden.value = value;
      for (const kind of ["input", "change"]) hidden.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    tick(value, text) {
      let box = this.box.querySelector(`input[type=checkbox][value="${CSS.escape(value)}"]`);
      if (!box) {
        const line = Object.assign(document.createElement("div"), { className: "form-check" });
        box = Object.assign(document.createElement("input"), { type: "checkbox", className: "form-check-input", name: this.name, value, id: `${this.list.id}_${value}` });
        const label = Object.assign(document.createElement("label"), { className: "form-check-label", htmlFor: box.id, textContent: text });
        line.append(box, label);
        this.box.querySelector(".searched-chosen").append(line);
      }
      box.checked = true;
      for (const kind of ["input", "change"]) box.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    pressed(event) {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        if (this.isOpen) this.move(this.active + step);
        else this.ask(0);
      } else if (event.key === "Enter" && (this.active >= 0 || !this.isSettled)) {
        // Letters that mean no row yet never send a form half filled in.
        event.preventDefault();
        if (this.active >= 0) this.choose(this.active);
        else this.ask(0);
      } else if (event.key === "Escape" && this.isOpen) {
        event.stopPropagation();
        this.close();
      }
    }
  }

  function start(root) {
    for (const box of root.querySelectorAll("[data-searched]"))
      if (!lines.has(box)) lines.set(box, new Line(box));
  }
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
})();
