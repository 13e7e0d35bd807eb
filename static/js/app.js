// Small comforts. Every page works without this file; nothing here decides or calculates.
(() => {
  "use strict";
  const root = document.documentElement;
  const wide = () => window.matchMedia("(min-width: 992px)").matches;

  // The menu stays folded from page to page. Marked before the body is drawn, so nothing jumps.
  const remember = (value) => {
    try {
      value ? localStorage.setItem("menu", value) : localStorage.removeItem("menu");
    } catch {
      // Storage may be switched off by the office; then the menu is simply open on every page.
    }
  };
  const remembered = () => {
    try {
      return localStorage.getItem("menu");
    } catch {
      return null;
    }
  };
  if (wide() && remembered() === "folded") root.dataset.menu = "folded";

  function startMenu() {
    const menuSwitch = document.getElementById("menu-switch");
    if (!menuSwitch) return;
    menuSwitch.checked = root.dataset.menu === "folded";
    delete root.dataset.menu;
    menuSwitch.addEventListener("change", () => {
      if (wide()) remember(menuSwitch.checked ? "folded" : "");
    });
  }

  // Names of seats may wrap in the strip; what sticks below it must know how tall it is.
  function measureStrip() {
    const strip = document.querySelector(".strip");
    if (strip && wide()) root.style.setProperty("--strip-height", `${strip.offsetHeight}px`);
  }

  // On a telephone the tabs are wider than the screen: the one of this page is in view.
  function showTab() {
    const here = document.querySelector(".tabs [aria-current]");
    const bar = here?.closest(".tabs");
    if (bar) bar.scrollLeft = here.offsetLeft - bar.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2;
  }

  function closeOnEscapeOrOutside(event) {
    if (event.type === "keydown" && event.key !== "Escape") return;
    for (const open of document.querySelectorAll("details.person[open]")) {
      if (event.type === "keydown" || !open.contains(event.target)) open.open = false;
    }
    const menuSwitch = document.getElementById("menu-switch");
    if (event.type === "keydown" && menuSwitch && !wide()) menuSwitch.checked = false;
  }

  // Ctrl+K leads to the search from anywhere, also out of a field.
  function findByKey(event) {
    const search = document.getElementById("strip-search");
    if (!search || event.key?.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    search.focus();
    search.select();
  }

  // In a sheet, Enter and the arrows go from cell to cell as in Excel; inside a text and a list the
  // arrows keep their own work. Ctrl+Home and Ctrl+End go to the first and the last cell of a column.
  const CELLS = "input:not([type=hidden]), select";
  function columnOf(cell) {
    const isTyped = cell.closest(".sheet--entry") && cell.type !== "checkbox";
    return String(isTyped ? cell.closest("td").cellIndex : cell.dataset.column ?? cell.closest("td").cellIndex);
  }
  function goTo(cell) {
    if (!cell) return;
    cell.focus();
    cell.select?.();
  }
  function atEdge(cell, step) {
    if (cell.type === "checkbox") return true;
    const isMarked = cell.selectionStart !== cell.selectionEnd && cell.value;
    if (isMarked) return cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    return cell.selectionStart === (step < 0 ? 0 : cell.value.length);
  }
  function moveInSheet(event) {
    const cell = event.target.closest?.(".sheet td")?.contains(event.target) && event.target;
    if (!cell?.matches?.(CELLS) || event.altKey) return;
    const isList = cell.tagName === "SELECT";
    const sheet = cell.closest(".sheet");
    const below = () => [...sheet.querySelectorAll(CELLS)].filter((other) => columnOf(other) === columnOf(cell));
    if (event.ctrlKey && (event.key === "Home" || event.key === "End")) {
      event.preventDefault();
      goTo(below().at(event.key === "Home" ? 0 : -1));
      return;
    }
    if (event.ctrlKey || event.metaKey || (isList && event.key !== "Enter")) return;
    const down = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (down) {
      event.preventDefault();
      const cells = below();
      goTo(cells[cells.indexOf(cell) + down]);
    } else if (across && !event.shiftKey && atEdge(cell, across)) {
      const cells = [...cell.closest("tr").querySelectorAll(`${CELLS}, textarea`)];
      const next = cells[cells.indexOf(cell) + across];
      if (next) event.preventDefault();
      goTo(next);
    }
  }

  // Leaving a page with something typed and not saved asks first.
  let unsaved = false;
  function noteTyping(event) {
    const form = event.target.closest?.("form[data-guard]");
    if (!form) return;
    unsaved = true;
    event.target.closest(".sheet tr")?.classList.add("is-changed");
    for (const line of form.querySelectorAll("[data-save-state]")) line.textContent = line.dataset.saveState;
  }
  function askBeforeLeaving(event) {
    if (unsaved) event.preventDefault();
  }

  async function copyText(event) {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const source = button.parentElement.querySelector("textarea");
    source.select();
    await navigator.clipboard.writeText(source.value);
    button.lastElementChild.textContent = "Đã sao chép";
  }

  // A part that could not be fetched is asked for again as a whole page, which says what is wrong.
  function openWhole(event) {
    const { requestConfig, pathInfo } = event.detail;
    if (requestConfig?.verb === "get" && pathInfo) window.location.assign(pathInfo.finalRequestPath);
  }

  // How much of a long text is written, counted as the server does: letters with their marks.
  function countLetters(event) {
    const told = event.target.id && document.querySelector(`.text-limit[data-of="${CSS.escape(event.target.id)}"]`);
    if (!told) return;
    const written = [...event.target.value.normalize("NFC")].length, limit = Number(told.dataset.limit);
    const words = [written, limit].map((number) => number.toLocaleString("vi-VN"));
    told.textContent = `${words[0]}/${words[1]} ký tự${written > limit ? ": dài quá, hãy rút gọn." : "."}`;
    told.classList.toggle("is-over", written > limit);
  }

  document.addEventListener("DOMContentLoaded", () => {
    startMenu();
    measureStrip();
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
    document.querySelector(".error-summary")?.focus();
    showTab();
  });
  document.addEventListener("keydown", closeOnEscapeOrOutside);
  document.addEventListener("click", closeOnEscapeOrOutside);
  document.addEventListener("keydown", findByKey);
  document.addEventListener("keydown", moveInSheet);
  document.addEventListener("input", noteTyping);
  document.addEventListener("input", countLetters);
  document.addEventListener("submit", () => { unsaved = false; });
  document.addEventListener("click", copyText);
  document.addEventListener("htmx:responseError", openWhole);
  document.addEventListener("htmx:sendError", openWhole);
  window.addEventListener("beforeunload", askBeforeLeaving);
})();
