// A sheet saves itself while it is typed. «Đã lưu» stands on the page only after the server said so;
// what the server has not confirmed is kept in this browser and sent again.
(() => {
  "use strict";
  const PAUSE = 1000; // after the last key
  const LONGEST = 3500; // after the first key that was not sent
  const RETRIES = [2000, 4000, 8000, 15000];
  const LOST = "Chưa lưu được – mất kết nối, sẽ gửi lại";
  const BUSY = "Chưa lưu được – máy chủ chưa trả lời, sẽ gửi lại";
  const SIGNED_OUT = "Chưa lưu được – phiên làm việc đã kết thúc";
  const NO_RIGHT = "Anh/chị không còn quyền ghi bảng điểm này.";
  const NOT_TAKEN = "Máy chủ không nhận nội dung. Hãy chép lại nội dung quan trọng rồi bấm “Gửi lại ngay”.";
  const form = document.querySelector("form[data-autosave]");
  const { KeptCells, Row, Conflicts, Door, cookie } = window.thidua ?? {};
  if (!form || !KeptCells) return;

  const bar = document.querySelector("[data-sheet-bar]");
  const table = form.querySelector(".sheet-wrap");
  const states = document.querySelectorAll("[data-save-state]");
  const rows = new Map([...form.querySelectorAll("input[name$='-token']")].map((token) => {
    const row = new Row(token);
    return [row.key, row];
  }));
  const kept = new KeptCells(form.dataset.person, form.dataset.autosave);
  const conflicts = new Conflicts(document.querySelector("[data-sheet-dialog]"), settle);
  const door = new Door(form);
  const number = (count) => String(count).padStart(2, "0");
  const unkept = new Set(); // typed rows that could not be kept in this browser
  let firstKey = 0;
  let timer = 0;
  let trouble = ""; // why nothing can be sent now
  let savedAt = "";
  let tries = 0;
  let sending = null;
  let told = states[0]?.textContent ?? "";
  delete form.dataset.guard; // the question before leaving is asked here, and only when it matters

  // --- what the page says -----------------------------------------------------------------------
  function say() {
    const all = [...rows.values()];
    const wrong = all.reduce((sum, row) => sum + row.faults, 0);
    const doubled = all.filter((row) => row.other && !row.other.is_own).length;
    const elsewhere = all.filter((row) => row.other?.is_own).length;
    const parts = [];
    if (wrong) parts.push(`Có ${number(wrong)} ô chưa lưu vì sai`);
    if (doubled) parts.push(`Có ${number(doubled)} tiêu chí hai người cùng sửa`);
    if (elsewhere) parts.push(`Có ${number(elsewhere)} tiêu chí anh/chị đã sửa ở cửa sổ khác`);
    if (sending) parts.push("Đang lưu…");
    else if (trouble) parts.push(trouble);
    else if (all.some((row) => row.isWaiting)) parts.push("Có thay đổi chưa lưu");
    else if (savedAt) parts.push(`Đã lưu ${savedAt}`);
    const words = parts.join(". ") || told;
    for (const state of states) {
      if (state.textContent !== words) state.textContent = words;
      state.classList.toggle("is-trouble", Boolean(wrong || doubled || elsewhere || trouble));
    }
  }
  function sayInBar(words, { signIn = false, again = false } = {}) {
    bar.hidden = !words;
    bar.querySelector("p").textContent = words;
    bar.querySelector("a").hidden = !signIn;
    bar.querySelector("button").hidden = !again;
  }
  function keep(row) {
    unkept.delete(row.key);
    if (!row.isTyped) {
      kept.drop(row.key);
      return;
    }
    const cells = { values: row.values(), token: row.token.value, unanswered: row.unanswered };
    if (!kept.put(row.key, cells)) unkept.add(row.key);
  }

  // --- sending ----------------------------------------------------------------------------------
  function plan(wait = PAUSE) {
    clearTimeout(timer);
    if (sending) return; // the end of the running post plans the next one
    timer = setTimeout(send, Math.max(0, Math.min(wait, firstKey + LONGEST - Date.now())));
  }
  function planAgain() {
    clearTimeout(timer);
    timer = setTimeout(send, RETRIES[Math.min(tries++, RETRIES.length - 1)]);
  }
  function send(asksAnyway = false) {
    clearTimeout(timer);
    if (sending) return sending;
    const [parcel] = door.parcels([...rows.values()].filter((row) => row.isWaiting));
    if (!parcel.rows.length && !asksAnyway) {
      say();
      return Promise.resolve();
    }
    firstKey = 0;
    sending = exchange(parcel).finally(() => {
      sending = null;
      for (const row of parcel.rows) row.sent = "";
      say();
      const isOpen = !trouble && [...rows.values()].some((row) => row.isWaiting);
      if (isOpen) plan(firstKey ? PAUSE : 0);
    });
    say();
    return sending;
  }
  async function exchange(parcel) {
    const sent = new Map(parcel.rows.map((row) => [row.key, row.values()]));
    for (const row of parcel.rows) {
      row.sent = row.text;
      row.noteSending();
      keep(row);
    }
    const { end, said, status } = await door.ask(parcel);
    if (end === "signed out") return stop(SIGNED_OUT);
    if (end === "lost" || end === "busy") {
      trouble = end === "lost" ? LOST : BUSY;
      planAgain();
      return;
    }
    if (end === "saved") take(said, sent);
    else refused(status, said);
  }
  function take(answer, sent) {
    trouble = "";
    tries = 0;
    form.elements.csrfmiddlewaretoken.value = cookie() || form.elements.csrfmiddlewaretoken.value;
    sayInBar("");
    for (const [key, said] of Object.entries(answer.rows)) takeRow(rows.get(key), said, sent.get(key));
    for (const [anchor, sums] of Object.entries(answer.lines ?? {})) {
      show(document.getElementById(anchor), sums);
      show(form.querySelector(`[data-part="${anchor}"]`), sums);
    }
    show(form.querySelector(".sheet-total"), answer.foot ?? {});
    const total = form.querySelector("[data-foot]");
    if (total && answer.foot) total.textContent = answer.foot[total.dataset.foot] || "–";
    const lacking = form.querySelector("[data-lacking]");
    if (lacking && answer.lacking) lacking.textContent = answer.lacking;
    const notes = document.querySelector("[data-notes]");
    if (notes && answer.notes) notes.textContent = answer.notes.join(" ");
    const progress = form.querySelector("[data-progress]");
    if (progress && answer.progress) progress.textContent = answer.progress;
    savedAt = answer.saved_at || savedAt;
    // What was refused when the page came is saved by now: it says one thing.
    if (![...rows.values()].some((row) => row.isTyped || row.other)) document.querySelector(".error-summary")?.remove();
  }
  function takeRow(row, said, values) {
    if (said.token) row.saved(said.token, values);
    if (said.errors) {
      row.refused = JSON.stringify(values);
      row.unanswered = [];
      row.say(said.errors);
    }
    if (said.other) takeOther(row, said.other);
    keep(row);
  }
  function takeOther(row, other) {
    const wasMine = other.is_own && row.hasSent(other.fields);
    row.unanswered = [];
    if (wasMine) {
      // An earlier post arrived though its answer did not: this is a later word of the same person.
      row.token.value = other.token;
      return;
    }
    row.other = other;
    conflicts.add(row);
  }
  function settle(row, choice) {
    row.token.value = row.other.token;
    if (choice === "theirs") {
      row.put(row.other.fields);
      row.saved(row.other.token, row.values());
    }
    row.other = null;
    keep(row);
    send(true); // the sums of the page are those of the server again
  }
  function show(line, sums) {
    for (const [name, text] of Object.entries(sums)) {
      const cell = line?.querySelector(`[data-sum="${name}"]`);
      if (cell) cell.textContent = text;
    }
    const difference = line?.querySelector("[data-sum=difference]");
    if (difference && sums.tone) {
      difference.classList.remove("diff--up", "diff--down", "diff--same");
      difference.classList.add(`diff--${sums.tone}`);
    }
  }

  // --- when nothing can be sent -------------------------------------------------------------------
  function refused(status, said) {
    if (said.person) {
      table.hidden = true; // what is typed here is not for the eyes of the other person
      trouble = said.person;
      sayInBar(`${said.person} Nội dung chưa lưu của anh/chị vẫn giữ trên máy này và chỉ hiện lại khi anh/chị đăng nhập.`, { signIn: true, again: true });
      return;
    }
    const why = said.general?.join(" ") ?? (status === 403 ? NO_RIGHT : NOT_TAKEN);
    trouble = `Chưa lưu được – ${why}`;
    sayInBar(`${why} Nội dung chưa lưu còn trên trang và giữ trên máy này.`, { again: true });
  }
  function stop(why) {
    trouble = why;
    sayInBar("Phiên làm việc đã kết thúc. Nội dung vừa nhập giữ trên máy này; hãy đăng nhập ở thẻ mới, phần mềm tự gửi lại.", { signIn: true, again: true });
    const before = cookie();
    const watch = setInterval(() => {
      if (trouble !== why) clearInterval(watch);
      else if (cookie() !== before) tryAgain(); // signing in changes the cookie
    }, 1000);
  }
  function tryAgain() {
    trouble = "";
    tries = 0;
    table.hidden = false;
    return send(true);
  }

  // --- what people do -----------------------------------------------------------------------------
  function typed(event) {
    const key = event.target.name?.replace(/-[^-]+$/, "") ?? "";
    const row = [...rows.values()].find((one) => one.inputs.includes(event.target)) ?? rows.get(key);
    if (!row) return;
    if (!row.isTyped && row.faults) row.say({}); // back to what the server holds
    row.mark();
    keep(row);
    firstKey ||= Date.now();
    if (!trouble) plan(event.type === "change" ? 200 : PAUSE);
    say();
  }
  // Only what nobody has confirmed goes on through the whole form; it is not posted into nowhere.
  let isPassing = false;
  async function submit(event) {
    if (isPassing) return;
    event.preventDefault();
    const { submitter } = event;
    if (trouble) await tryAgain();
    else {
      await sending;
      await send();
    }
    if (trouble || [...rows.values()].some((row) => row.other)) return;
    // Not within the event that is just being refused: the browser would not hear it.
    setTimeout(() => {
      isPassing = true;
      form.requestSubmit(submitter);
    });
  }
  // What a browser takes along goes at once. It asks where something typed is surely not on its way:
  // no server, no room in this browser or in the last posts, or typed on since the post that runs.
  function leave(event) {
    if (isPassing) return;
    const open = [...rows.values()].filter((row) => row.isTyped);
    const waiting = open.filter((row) => row.isWaiting && row.sent !== row.text);
    let isLeftOut = waiting.some((row) => row.sent);
    for (const parcel of trouble || !waiting.length ? [] : door.parcels(waiting)) {
      if (door.carries(parcel)) takeAlong(parcel);
      else isLeftOut = true;
    }
    if (open.length && (trouble || unkept.size || isLeftOut)) event.preventDefault();
  }
  function takeAlong(parcel) {
    for (const row of parcel.rows) {
      row.noteSending();
      keep(row);
    }
    door.post(parcel).catch(() => {}); // then it is kept here and sent at the next opening
  }
  function bringBack() {
    let count = 0;
    for (const [key, cells] of kept.all()) {
      const row = rows.get(key);
      if (!row || !cells || row.base === null || JSON.stringify(cells.values) === JSON.stringify(row.values())) {
        kept.drop(key);
        continue;
      }
      row.put(cells.values);
      row.token.value = cells.token;
      row.unanswered = cells.unanswered ?? [];
      row.mark();
      count += 1;
    }
    if (!count) return;
    const words = `${number(count)} tiêu chí nhập trước đây`;
    sayInBar(`Có ${words} chưa gửi được; phần mềm đang gửi lại.`);
    tryAgain().then(() => {
      if (trouble) return;
      const left = [...rows.values()].some((row) => row.isTyped);
      sayInBar(left ? `Đã đưa lại ${words}; có ô cần anh/chị xem.` : `Đã gửi và lưu ${words} chưa gửi được.`);
    });
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", submit);
  bar.querySelector("button").addEventListener("click", tryAgain);
  window.addEventListener("online", () => { if (trouble) tryAgain(); });
  window.addEventListener("offline", () => { trouble ||= LOST; say(); planAgain(); });
  window.addEventListener("focus", () => { if (trouble === SIGNED_OUT) tryAgain(); });
  window.addEventListener("beforeunload", leave);
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
  bringBack();
})();
