// Two people in one row: both texts side by side, and one of them is chosen row by row.
(() => {
  "use strict";
  const PAUSE = 1500;
  const TITLES = ["Hai người cùng sửa một tiêu chí", "Anh/chị đã sửa tiêu chí này ở một cửa sổ khác"];
  const TAKES = ["Lấy nội dung của người kia", "Lấy nội dung ở cửa sổ kia"];

  // What a person reads of one input: the words of a choice, not its value.
  function words(input, value) {
    if (input.type === "checkbox") return value ? "Có" : "Không";
    if (input.tagName === "SELECT") {
      return [...input.options].find((option) => option.value === value)?.text ?? value;
    }
    return value || "(để trống)";
  }
  function list(target, row, values) {
    const mine = row.values();
    const differing = row.inputs.filter(({ name }) => mine[name] !== row.other.fields[name]);
    target.replaceChildren();
    for (const input of differing) {
      const term = document.createElement("dt");
      const text = document.createElement("dd");
      term.textContent = (input.closest("label") ?? document.querySelector(`label[for="${input.id}"]`))?.textContent.trim() ?? "";
      text.textContent = words(input, values[input.name] ?? "");
      target.append(term, text);
    }
  }

  class Conflicts {
    constructor(dialog, settle) {
      this.dialog = dialog;
      this.settle = settle;
      this.rows = [];
      this.typedAt = 0;
      this.timer = 0;
      dialog.addEventListener("close", () => this.close());
      document.addEventListener("input", () => { this.typedAt = Date.now(); });
      document.addEventListener("click", (event) => {
        const button = event.target.closest?.("[data-conflict]");
        const row = button && this.rows.find((one) => one.key === button.dataset.conflict);
        if (row) this.show(row);
      });
    }
    add(row) {
      if (!this.rows.includes(row)) this.rows.push(row);
      row.line.querySelector("[data-conflict]")?.remove();
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-link btn-sm sheet-conflict";
      button.dataset.conflict = row.key;
      button.textContent = `${row.other.is_own ? TITLES[1] : "Hai người cùng sửa tiêu chí này"}: xem và chọn`;
      row.line.querySelector(".sheet-name").append(button);
      row.isPutOff = false;
      this.next();
    }
    // A dialog that opens under typing hands would swallow what is typed.
    next() {
      clearTimeout(this.timer);
      if (this.dialog.open) return;
      const row = this.rows.find((one) => !one.isPutOff);
      if (!row) return;
      const rest = this.typedAt + PAUSE - Date.now();
      if (rest > 0) this.timer = setTimeout(() => this.next(), rest);
      else this.show(row);
    }
    show(row) {
      if (this.dialog.open) return;
      this.row = row;
      this.before = document.activeElement;
      const { by, at, is_own: isOwn } = row.other;
      this.dialog.querySelector("h2").textContent = TITLES[Number(Boolean(isOwn))];
      this.dialog.querySelector("[value=theirs]").textContent = TAKES[Number(Boolean(isOwn))];
      this.dialog.querySelector("[data-name]").textContent = `Tiêu chí ${row.label}`;
      this.dialog.querySelector("[data-other]").textContent = isOwn ? `Ở cửa sổ kia, lúc ${at}` : `Của ${[by || "người khác", at].filter(Boolean).join(", ")}`;
      list(this.dialog.querySelector("[data-mine]"), row, row.values());
      list(this.dialog.querySelector("[data-theirs]"), row, row.other.fields);
      this.dialog.returnValue = "";
      this.dialog.showModal();
      this.dialog.querySelector("h2").focus();
    }
    close() {
      const { row } = this;
      const choice = this.dialog.returnValue;
      this.row = null;
      if (choice === "mine" || choice === "theirs") {
        this.rows = this.rows.filter((one) => one !== row);
        row.line.querySelector("[data-conflict]")?.remove();
        this.settle(row, choice);
      } else {
        row.isPutOff = true;
      }
      this.before?.focus?.();
      this.next();
    }
  }

  window.thidua = { ...window.thidua, Conflicts };
})();
