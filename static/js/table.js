// The editor of scoring tables. Everything here has a way without a script: buttons Lên, Xuống,
// «Chuyển vào mục…», the search form, «Thêm dòng», «Thử tính», «Lưu điểm tối đa».
(() => {
  "use strict";
  const tree = document.querySelector("[data-tree]");
  const lines = tree ? [...tree.querySelectorAll("tr[data-line]")] : [];
  const byId = new Map(lines.map((line) => [line.dataset.line, line]));
  const above = (line) => byId.get(line.dataset.above);
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

  // --- numbers: whole units of 1/10000, so that sums are exact ---------------------------------
  const SCALE = 10000;
  function units(text) {
    const typed = text.trim().replace(/\s/g, "").replace("\u2212", "-");
    if (!typed) return 0;
    const plain = typed.includes(",") ? typed.replace(/\./g, "").replace(",", ".") : typed;
    return /^-?\d+(\.\d{1,4})?$/.test(plain) ? Math.round(Number(plain) * SCALE) : NaN;
  }
  function shown(value) {
    const [whole, part] = (Math.abs(value) / SCALE).toFixed(4).split(".");
    const rest = part.replace(/0+$/, "");
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ".");
    return `${value < 0 ? "\u2212" : ""}${grouped}${rest ? `,${rest}` : ""}`;
  }
  const input = (line) => line.querySelector("input[name^='diem-']");
  const pointsOf = (line) => units(input(line)?.value ?? line.querySelector("[data-points]")?.dataset.points ?? "");

  function showSum(cell, sum, expected) {
    const gap = sum - expected;
    cell.querySelector("span").textContent = Number.isNaN(sum) ? "?" : shown(sum);
    cell.querySelector(".sheet-error")?.remove();
    if (!gap) return;
    const words = document.createElement("span");
    words.className = "sheet-error";
    words.textContent = Number.isNaN(gap) ? "có ô không phải là số" : `${gap > 0 ? "thừa" : "thiếu"} ${shown(Math.abs(gap))}`;
    cell.append(words);
  }
  function addUp() {
    const sums = new Map([["", 0]]);
    for (const line of lines) {
      const key = line.dataset.above;
      sums.set(key, (sums.get(key) ?? 0) + pointsOf(line));
    }
    for (const line of lines) {
      const cell = line.querySelector("[data-sums]");
      if (line.hasAttribute("data-group") && !line.hasAttribute("data-extra")) showSum(cell, sums.get(line.dataset.line) ?? 0, pointsOf(line));
    }
    const total = units(tree.dataset.total);
    showSum(tree.querySelector("[data-foot]"), sums.get(""), total);
    const balance = document.querySelector("[data-balance]");
    const wrong = lines.filter((line) => line.querySelector("[data-sums] .sheet-error")).length + (sums.get("") === total ? 0 : 1);
    if (!balance) return;
    balance.textContent = `Tổng ${shown(sums.get(""))} / ${shown(total)}${wrong ? `; ${wrong} chỗ chưa khớp` : "; mọi nhóm khớp"}`;
    balance.className = `tree-balance ${wrong ? "is-wrong" : "is-right"}`;
  }

  // --- search and folding ----------------------------------------------------------------------
  const folded = new Set();
  const storage = `fold:${location.pathname}`;
  const texts = new Map();
  function isHidden(line, kept) {
    if (kept) return !kept.has(line);
    for (let group = above(line); group; group = above(group)) if (folded.has(group.dataset.line)) return true;
    return false;
  }
  function kept() {
    const wanted = fold(document.getElementById("id_tim")?.value ?? "").split(/\s+/).filter(Boolean);
    if (!wanted.length) return null;
    const found = new Set();
    for (const line of lines) {
      if (!texts.has(line)) texts.set(line, fold([...line.querySelectorAll(".sheet-no, .sheet-name, .sheet-rule")].map((cell) => cell.textContent).join(" ")));
      if (!wanted.every((word) => texts.get(line).includes(word))) continue;
      for (let one = line; one; one = above(one)) found.add(one);
    }
    return found;
  }
  function draw() {
    const found = kept();
    for (const line of lines) {
      line.classList.toggle("js-hidden", isHidden(line, found));
      const button = line.querySelector(".fold");
      if (!button) continue;
      const open = !folded.has(line.dataset.line);
      button.textContent = open ? "\u25be" : "\u25b8";
      button.setAttribute("aria-expanded", String(open));
    }
    const count = document.querySelector("[data-tree-count]");
    if (count) count.textContent = found ? `Có ${found.size} dòng, gồm cả các nhóm chứa chúng.` : "";
    const all = document.querySelector("[data-fold-all]");
    if (all) all.textContent = folded.size ? "Mở các nhóm" : "Thu gọn các nhóm";
  }
  function remember() {
    try {
      sessionStorage.setItem(storage, JSON.stringify([...folded]));
    } catch {
      // Without storage the groups are simply open on the next page.
    }
  }
  function recall() {
    try {
      for (const id of JSON.parse(sessionStorage.getItem(storage) ?? "[]")) if (byId.has(id)) folded.add(id);
    } catch {
      folded.clear();
    }
    for (let group = above(byId.get(location.hash.replace("#tieu-chi-", "")) ?? { dataset: {} }); group; group = above(group)) folded.delete(group.dataset.line);
  }
  function toggle(id) {
    folded.has(id) ? folded.delete(id) : folded.add(id);
    remember();
    draw();
  }
  function startFolding() {
    recall();
    for (const line of lines.filter((one) => one.hasAttribute("data-group"))) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "fold";
      button.setAttribute("aria-label", "Thu gọn, mở nhóm");
      button.addEventListener("click", () => toggle(line.dataset.line));
      line.querySelector(".sheet-name").prepend(button);
    }
    const all = document.querySelector("[data-fold-all]");
    all.hidden = false;
    all.addEventListener("click", () => {
      const groups = lines.filter((line) => line.hasAttribute("data-group")).map((line) => line.dataset.line);
      const open = folded.size > 0;
      folded.clear();
      if (!open) groups.forEach((id) => folded.add(id));
      remember();
      draw();
    });
    const search = document.querySelector("[data-tree-search]");
    search.addEventListener("input", draw);
    search.addEventListener("submit", (event) => {
      if (!new URLSearchParams(location.search).get("tim")) event.preventDefault();
    });
    draw();
  }

  // --- dragging: what is dropped is posted as «Chuyển vào mục…» would be ------------------------
  let dragged = null;
  const DROPS = ["drop-before", "drop-after", "drop-inside"];
  const clear = () => lines.forEach((line) => line.classList.remove(...DROPS, "is-dragged"));
  function placeAt(event, line) {
    const box = line.getBoundingClientRect();
    const share = (event.clientY - box.top) / box.height;
    if (line.hasAttribute("data-group")) return share < 0.3 ? "drop-before" : "drop-inside";
    return share < 0.5 ? "drop-before" : "drop-after";
  }
  function isInside(line) {
    for (let one = line; one; one = above(one)) if (one === dragged) return true;
    return false;
  }
  function drop(event, line) {
    const place = placeAt(event, line);
    const sisters = lines.filter((one) => one.dataset.above === line.dataset.above && one !== dragged);
    const next = sisters[sisters.indexOf(line) + 1];
    const target = {
      "drop-before": [line.dataset.above, line.dataset.line],
      "drop-after": [line.dataset.above, next?.dataset.line ?? ""],
      "drop-inside": [line.dataset.line, ""],
    }[place];
    send(dragged.dataset.place, { parent: target[0], before: target[1] });
  }
  function send(url, values) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = url;
    const token = document.querySelector("[data-tree-form] input[name=csrfmiddlewaretoken]").value;
    for (const [name, value] of Object.entries({ ...values, csrfmiddlewaretoken: token })) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.requestSubmit();
  }
  function startDragging() {
    for (const line of lines) {
      const handle = document.createElement("span");
      handle.className = "drag";
      handle.textContent = "\u283f";
      handle.title = "Kéo để chuyển chỗ";
      handle.setAttribute("aria-hidden", "true");
      handle.draggable = true;
      handle.addEventListener("dragstart", (event) => {
        dragged = line;
        line.classList.add("is-dragged");
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", line.dataset.line);
        event.dataTransfer.setDragImage(line, 20, 10);
      });
      handle.addEventListener("dragend", () => {
        dragged = null;
        clear();
      });
      line.querySelector(".sheet-name").prepend(handle);
      line.addEventListener("dragover", (event) => {
        if (!dragged || isInside(line)) return;
        event.preventDefault();
        lines.forEach((one) => one.classList.remove(...DROPS));
        line.classList.add(placeAt(event, line));
      });
      line.addEventListener("drop", (event) => {
        if (!dragged || isInside(line)) return;
        event.preventDefault();
        drop(event, line);
      });
    }
  }

  // --- the form of one line --------------------------------------------------------------------
  function addRow(button) {
    const rows = button.closest("[data-rows]");
    const body = rows.querySelector("tbody");
    const counter = rows.querySelector("input[type=hidden]");
    const place = Number(counter.value);
    const row = body.lastElementChild.cloneNode(true);
    for (const field of row.querySelectorAll("input, select")) {
      field.name = field.name.replace(/-\d+-/, `-${place}-`);
      field.id = `id_${field.name}`;
      field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+$/, place + 1));
      if (field.tagName === "INPUT") field.value = "";
    }
    counter.value = place + 1;
    body.append(row);
    row.querySelector("input, select").focus();
  }
  let asked = 0;
  async function tryRule(form) {
    const turn = ++asked;
    const data = new FormData(form);
    data.set("try", "1");
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body: data });
      if (!answer.ok || turn !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const box = page.querySelector("[data-trial]");
      if (box) renew(form.querySelector("[data-trial]"), box);
    } catch {
      // Offline the box keeps what it said; the button still works when the network is back.
    }
  }
  // Only where the rule now asks other questions is the box drawn anew; else typing goes on undisturbed.
  function renew(old, fresh) {
    const names = (box) => [...box.querySelectorAll("input, select")].map((field) => field.name).join();
    if (names(old) !== names(fresh)) return old.replaceWith(fresh);
    for (const part of [".trial-result", "p.quiet-text"]) {
      const [before, after] = [old.querySelector(part), fresh.querySelector(part)];
      if (before && after) before.replaceWith(after);
    }
  }
  function showFormula(form) {
    const chosen = form.querySelector("input[name=formula]:checked")?.value;
    for (const box of form.querySelectorAll("fieldset[class*='rule-']")) box.hidden = !box.classList.contains(`rule-${chosen}`);
  }
  function startRule(form) {
    let timer = 0;
    const later = (event) => {
      if (event.target.name === "formula") showFormula(form);
      // An answer under way knows nothing of what is typed now: the box it would draw is not shown.
      asked += 1;
      clearTimeout(timer);
      timer = setTimeout(() => tryRule(form), 600);
    };
    if (form.querySelector("[data-trial]")) form.addEventListener("input", later);
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-add-row], button[name=try]");
      if (!button) return;
      event.preventDefault();
      button.name === "try" ? tryRule(form) : addRow(button);
    });
    if (form.querySelector("input[name=formula]")) showFormula(form);
  }

  if (tree) {
    startFolding();
    if (document.querySelector("[data-tree-form]")) {
      startDragging();
      tree.addEventListener("input", addUp);
      addUp();
      document.addEventListener("click", (event) => {
        for (const menu of tree.querySelectorAll(".row-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
      });
    }
  }
  const rule = document.querySelector("[data-rule-form]");
  if (rule) startRule(rule);
})();
