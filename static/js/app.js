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

  function closeOnEscapeOrOutside(event) {
    if (event.type === "keydown" && event.key !== "Escape") return;
    for (const open of document.querySelectorAll("details.person[open]")) {
      if (event.type === "keydown" || !open.contains(event.target)) open.open = false;
    }
    const menuSwitch = document.getElementById("menu-switch");
    if (event.type === "keydown" && menuSwitch && !wide()) menuSwitch.checked = false;
  }

  // In a sheet, Enter and the arrows go to the same column of the next row, as in Excel.
  function moveInSheet(event) {
    const input = event.target.closest?.(".sheet input");
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!input || !step) return;
    event.preventDefault();
    const column = input.dataset.column ?? input.closest("td").cellIndex;
    const inColumn = (other) => String(other.dataset.column ?? other.closest("td").cellIndex) === String(column);
    const inputs = [...input.closest(".sheet").querySelectorAll("input:not([type=hidden])")].filter(inColumn);
    const next = inputs[inputs.indexOf(input) + step];
    if (next) {
      next.focus();
      next.select();
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

  document.addEventListener("DOMContentLoaded", () => {
    startMenu();
    measureStrip();
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
    document.querySelector(".error-summary")?.focus();
  });
  document.addEventListener("keydown", closeOnEscapeOrOutside);
  document.addEventListener("click", closeOnEscapeOrOutside);
  document.addEventListener("keydown", moveInSheet);
  document.addEventListener("input", noteTyping);
  document.addEventListener("submit", () => { unsaved = false; });
  document.addEventListener("click", copyText);
  document.addEventListener("htmx:responseError", openWhole);
  document.addEventListener("htmx:sendError", openWhole);
  window.addEventListener("beforeunload", askBeforeLeaving);
})();
