// A block copied from Excel or LibreOffice goes into the cells downwards and to the right. What does
// not fit is told and stays as it was; one step takes the whole paste back.
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  const told = document.querySelector("[data-paste-told]");
  if (!form || !told) return;
  const FIELDS = "input:not([type=hidden]):not([type=checkbox]), select, textarea";
  const NUMBER = /^[+\-\u2212\u2013]?\s?[\d., ]*\d[\d., ]*$/;
  const DAY = /^\d{1,2}\/\d{1,2}\/\d{4}$/;
  const QUOTED = /"((?:[^"]|"")*)"(?=[\t\n]|$)/y;
  const PLAIN = /[^\t\n]*/y;
  const MOST = 6; // sentences about single cells
  const number = (count) => String(count).padStart(2, "0");
  let last = [];

  // Tabs between cells, line ends between rows. Spreadsheets put a cell in quotes when it holds either
  // and then double its own; all other quotes were written by people.
  function parse(text) {
    const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const rows = [[]];
    for (let at = 0; at <= plain.length; at += 1) {
      QUOTED.lastIndex = PLAIN.lastIndex = at;
      const quoted = QUOTED.exec(plain);
      const isQuoted = quoted && /[\t\n]|""/.test(quoted[1]);
      const [taken] = isQuoted ? quoted : PLAIN.exec(plain);
      rows.at(-1).push(isQuoted ? quoted[1].replaceAll('""', '"') : taken);
      at += taken.length;
      if (plain[at] === "\n") rows.push([]);
    }
    return rows;
  }
  const lines = () => [...form.querySelectorAll("tbody tr:not(.sheet-group)")];
  // Cells of the table that have an input somewhere, from left to right.
  function columns() {
    const found = new Set();
    for (const line of lines()) for (const cell of line.cells) if (cell.querySelector(FIELDS)) found.add(cell.cellIndex);
    return [...found].sort((a, b) => a - b);
  }
  const heading = (column) => form.querySelector("thead tr").cells[column].textContent.trim();
  // Numbers begin again in each part of the table, so the name stands beside them.
  function named(line, column) {
    const name = line.cells[1].firstChild.textContent.trim();
    const short = name.length > 40 ? `${name.slice(0, 40).trimEnd()}…` : name;
    return `${line.cells[0].textContent.trim()} (${short}), ${heading(column).toLowerCase()}`;
  }

  // The value this input takes, or why it takes none.
  function fitting(input, text) {
    if (input.tagName === "TEXTAREA") return { value: text };
    const typed = text.replace(/\u00a0/g, " ").trim();
    if (input.tagName === "SELECT") {
      const wanted = typed.toLowerCase();
      const option = [...input.options].find((one) => one.value === typed || one.text.trim().toLowerCase() === wanted);
      return option ? { value: option.value } : { why: `“${typed}” không có trong danh sách` };
    }
    if (input.placeholder) return DAY.test(typed) ? { value: typed } : { why: `“${typed}” không phải là ngày` };
    return NUMBER.test(typed) ? { value: typed } : { why: `“${typed}” không phải là số` };
  }
  function place(rows, start) {
    const below = lines();
    const first = below.indexOf(start.closest("tr"));
    const right = columns();
    const left = right.indexOf(start.closest("td").cellIndex);
    const done = [];
    const wrong = [];
    rows.forEach((cells, down) => cells.forEach((text, across) => {
      if (!text.trim()) return;
      const line = below[first + down];
      const column = right[left + across];
      if (!line || column === undefined) wrong.push({ over: line ? "column" : "row", text });
      else put(line, column, text, { done, wrong });
    }));
    return { done, wrong };
  }
  function put(line, column, text, { done, wrong }) {
    const inputs = [...line.cells[column].querySelectorAll(FIELDS)];
    if (inputs.length !== 1) {
      const isSame = !inputs.length && line.cells[column].textContent.trim() === text.trim();
      const why = inputs.length ? "có nhiều ô, hãy nhập từng ô" : "không nhập ở đây";
      if (!isSame) wrong.push({ where: named(line, column), why });
      return;
    }
    const [input] = inputs;
    const { value, why } = fitting(input, text);
    if (why) wrong.push({ where: named(line, column), why });
    else if (value !== input.value) {
      done.push({ input, before: input.value });
      input.value = value;
    }
  }
  function announce(inputs) {
    for (const input of inputs) input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function sentences(wrong) {
    const over = (kind) => wrong.filter((one) => one.over === kind);
    const found = wrong.filter((one) => one.where).map(({ where, why }) => `Tiêu chí ${where}: ${why}.`);
    const [rows, cells] = [over("row"), over("column")];
    if (found.length > MOST) found.splice(MOST, Infinity, `và ${number(found.length - MOST)} ô khác.`);
    if (rows.length) found.push(`${number(rows.length)} ô thừa ở dưới tiêu chí cuối cùng: ${shorten(rows)}.`);
    if (cells.length) found.push(`${number(cells.length)} ô thừa ở bên phải cột cuối cùng: ${shorten(cells)}.`);
    return found;
  }
  function shorten(cells) {
    const shown = cells.slice(0, 5).map(({ text }) => `“${text.trim().slice(0, 40)}”`).join(", ");
    return cells.length > 5 ? `${shown}…` : shown;
  }
  function tell(count, wrong) {
    told.hidden = false;
    told.querySelector("p").textContent = `Đã dán ${number(count)} ô.${wrong.length ? ` Chưa dán ${number(wrong.length)} ô:` : ""}`;
    told.querySelector("ul").replaceChildren(...sentences(wrong).map((words) => {
      const item = document.createElement("li");
      item.textContent = words;
      return item;
    }));
    told.querySelector("[data-undo]").hidden = !count;
  }

  function paste(event) {
    const input = event.target.closest?.(".sheet td")?.querySelector(FIELDS) && event.target;
    const data = event.clipboardData;
    if (!input?.matches?.(FIELDS) || !data) return;
    const text = data.getData("text/plain");
    const isTable = /<table/i.test(data.getData("text/html"));
    const isBlock = text.includes("\t") || (/[\r\n]/.test(text.trimEnd()) && (input.tagName !== "TEXTAREA" || isTable));
    if (!isBlock) return;
    event.preventDefault();
    const { done, wrong } = place(parse(text), input);
    last = done;
    tell(done.length, wrong);
    announce(done.map((one) => one.input));
    last = done; // announcing counts as typing, which ends an older paste
  }
  function undo() {
    const cells = last;
    last = [];
    for (const { input, before } of cells) input.value = before;
    announce(cells.map((one) => one.input));
    told.querySelector("p").textContent = `Đã trả lại ${number(cells.length)} ô như trước khi dán.`;
    told.querySelector("ul").replaceChildren();
    told.querySelector("[data-undo]").hidden = true;
  }
  function undoByKey(event) {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!isUndo || !last.length || !form.contains(event.target)) return;
    event.preventDefault();
    undo();
  }

  form.addEventListener("paste", paste);
  form.addEventListener("input", (event) => { if (event.isTrusted) last = []; });
  form.addEventListener("keydown", undoByKey);
  told.querySelector("[data-undo]").addEventListener("click", undo);
  told.querySelector("[data-close]").addEventListener("click", () => { told.hidden = true; });

  // The row in focus shows how it is scored; what somebody opened stays open.
  let shown = null;
  let lastCell = null;
  form.addEventListener("focusin", ({ target }) => {
    const line = target.closest("tbody tr");
    if (line) lastCell = target;
    if (!line || target.closest(".sheet-how")) return;
    const how = line.querySelector(".sheet-how");
    if (how === shown) return;
    if (shown) shown.open = false;
    shown = how?.open ? null : how;
    if (shown) shown.open = true;
  });
  // The next cell after the last one in focus that may not stay empty, from the end to the first.
  const next = form.querySelector("[data-next]");
  function empty() {
    return [...form.querySelectorAll("tr[data-asked]")].filter((line) => !line.querySelector("[type=checkbox]:checked"))
      .flatMap((line) => [...line.querySelectorAll(`td:not(.sheet-note) :is(${FIELDS})`)]).filter((input) => !input.value);
  }
  next?.addEventListener("click", (event) => {
    const cells = empty();
    const isBelow = (cell) => lastCell && lastCell.compareDocumentPosition(cell) & Node.DOCUMENT_POSITION_FOLLOWING;
    const cell = cells.find(isBelow) ?? cells[0];
    if (!cell) return;
    event.preventDefault();
    cell.focus();
  });
  form.addEventListener("input", () => { if (next) next.hidden = !empty().length; });
  // The list of parts closes once one was chosen.
  form.querySelector(".sheet-parts")?.addEventListener("click", (event) => {
    if (event.target.closest("a")) event.currentTarget.open = false;
  });

  // Names of columns may wrap; the heading of the group in view stands right below them. Only one
  // stands there: a taller one would show below a lower one that covers it.
  const head = form.querySelector("thead tr");
  const groups = [...form.querySelectorAll(".sheet-group")];
  function stick() {
    const edge = head.cells[0].getBoundingClientRect().bottom + 1;
    const passed = groups.filter((group) => group.getBoundingClientRect().top <= edge);
    for (const group of groups) group.classList.toggle("is-stuck", group === passed.at(-1));
  }
  function measure() {
    form.style.setProperty("--head-height", `${head.offsetHeight}px`);
    stick();
  }
  let isAsked = false;
  window.addEventListener("scroll", () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => { isAsked = false; stick(); });
  }, { passive: true });
  window.addEventListener("resize", stick);
  // The names wrap anew when the window changes and when the letters of the page have come.
  new ResizeObserver(measure).observe(head.cells[0]);
})();
