// A form of texts saves itself while it is typed: through the same door, with the same words and
// the same keeping in this browser as a sheet.
(() => {
  "use strict";
  const PAUSE = 1500; // after the last key
  const LONGEST = 6000; // after the first key that was not sent
  const RETRIES = [2000, 4000, 8000, 15000];
  const LOST = "Chưa lưu được – mất kết nối, sẽ gửi lại";
  const BUSY = "Chưa lưu được – máy chủ chưa trả lời, sẽ gửi lại";
  const SIGNED_OUT = "Chưa lưu được – phiên làm việc đã kết thúc";
  const NO_RIGHT = "Anh/chị không còn quyền ghi nội dung này.";
  const NOT_TAKEN = "Máy chủ không nhận nội dung. Hãy chép lại nội dung quan trọng rồi bấm “Gửi lại ngay”.";
  const form = document.querySelector("form[data-autosave]");
  const { KeptCells, Door, cookie } = window.thidua ?? {};
  if (!form || !KeptCells) return;

  const bar = document.querySelector("[data-sheet-bar]");
  const state = form.querySelector("[data-save-state]");
  const kept = new KeptCells(form.dataset.person, form.dataset.autosave);
  const door = new Door(form);
  // A form has one stamp of what it showed, a form of lines one for each line.
  const isStamp = (one) => one.name === "seen" || one.name.endsWith("-seen");
  const stamps = [...form.elements].filter(isStamp);
  // Letters to search by mean nothing yet; what is found is ticked in a box that was not there before.
  const isSaved = (one) =>
    one.name && one.type !== "submit" && one.name !== "csrfmiddlewaretoken" && !isStamp(one) && !one.name.startsWith("tim-");
  const fields = () => [...form.elements].filter(isSaved);
  let base = text(); // what the server holds
  let refusedText = null; // what the server did not take; it is sent again once it is another
  let isKept = true;
  let firstKey = 0;
  let timer = 0;
  let tries = 0;
  let trouble = "";
  let savedAt = "";
  let note = ""; // what else changed with the last save
  let sending = null;
  let isPassing = false;
  delete form.dataset.guard; // the question before leaving is asked here, and only when it matters

  function text() {
    const values = new URLSearchParams();
    for (const one of fields()) {
      if (one.type !== "checkbox" || one.checked) values.append(one.name, one.value);
    }
    return values.toString();
  }
  const seen = () => new URLSearchParams(stamps.map((one) => [one.name, one.value])).toString();
  const isTyped = () => text() !== base;

  function say() {
    const words = sending ? "Đang lưu…" : trouble || (isTyped() ? "Có thay đổi chưa lưu" : savedAt && `Đã lưu ${savedAt}${note}`);
    if (words && state.textContent !== words) state.textContent = words;
  }
  function sayInBar(words, { signIn = false } = {}) {
    bar.hidden = !words;
    bar.querySelector("p").textContent = words;
    bar.querySelector("a").hidden = !signIn;
  }
  function keep() {
    if (isTyped()) isKept = kept.put("form", { text: text(), seen: seen() });
    else kept.drop("form");
  }

  const parcel = () => ({
    rows: [],
    body: `${text()}&${seen()}&${new URLSearchParams({ person: form.dataset.person })}`,
  });
  function plan(wait = PAUSE) {
    clearTimeout(timer);
    if (!sending) timer = setTimeout(send, Math.max(0, Math.min(wait, firstKey + LONGEST - Date.now())));
  }
  function send() {
    clearTimeout(timer);
    if (sending) return sending;
    if (!isTyped() || text() === refusedText) {
      say();
      return Promise.resolve();
    }
    firstKey = 0;
    sending = exchange(text()).finally(() => {
      sending = null;
      keep();
      say();
      if (!trouble && isTyped()) plan();
    });
    say();
    return sending;
  }
  async function exchange(sent) {
    const { end, said, status } = await door.ask(parcel());
    if (end === "saved") return take(said, sent);
    if (end === "signed out") return stop();
    if (end === "refused") return refuse(said, status, sent);
    trouble = end === "lost" ? LOST : BUSY;
    timer = setTimeout(tryAgain, RETRIES[Math.min(tries++, RETRIES.length - 1)]);
  }
  function take(said, sent) {
    [trouble, tries, base, refusedText] = ["", 0, putAnew(said.values ?? {}, sent), null];
    note = said.note ? `. ${said.note}` : "";
    savedAt = said.saved_at || savedAt;
    for (const one of stamps) one.value = (said.stamps ?? said)[one.name] ?? one.value;
    form.elements.csrfmiddlewaretoken.value = cookie() || form.elements.csrfmiddlewaretoken.value;
    sayInBar("");
    // What was refused when the page came is saved by now: it says one thing.
    for (const one of document.querySelectorAll(".error-summary, .invalid-feedback, .message--error")) one.remove();
    for (const one of form.querySelectorAll(".is-invalid")) one.classList.remove("is-invalid");
  }
  // What the server set because of what was sent; a field that was typed in meanwhile stays as it is.
  function putAnew(values, sent) {
    const held = new URLSearchParams(sent);
    for (const [name, value] of Object.entries(values)) {
      const one = form.elements[name];
      if (one?.value === held.get(name)) one.value = value;
      held.set(name, value);
    }
    return held.toString();
  }
  function refuse(said, status, sent) {
    refusedText = sent;
    const why = said.person ?? said.general?.join(" ") ?? (status === 403 ? NO_RIGHT : NOT_TAKEN);
    if (said.person) form.hidden = true; // what is typed here is not for the eyes of the other person
    trouble = `Chưa lưu được – ${why}`;
    sayInBar(`${why} Nội dung chưa lưu còn trên trang và giữ trên máy này.`, { signIn: Boolean(said.person) });
  }
  function stop() {
    trouble = SIGNED_OUT;
    sayInBar("Phiên làm việc đã kết thúc. Nội dung vừa nhập giữ trên máy này; hãy đăng nhập ở thẻ mới, phần mềm tự gửi lại.", { signIn: true });
    const before = cookie();
    const watch = setInterval(() => {
      if (trouble !== SIGNED_OUT) clearInterval(watch);
      else if (cookie() !== before) tryAgain(); // signing in changes the cookie
    }, 1000);
  }
  function tryAgain() {
    [trouble, refusedText, form.hidden] = ["", null, false];
    return send();
  }

  function typed() {
    keep();
    firstKey ||= Date.now();
    if (trouble && refusedText !== null) trouble = ""; // another text may be taken
    if (!trouble) plan();
    say();
  }
  // The button saves through the same door first: what the server has is not kept here any longer, and
  // never comes back over what others wrote since. What the door does not take the page itself says.
  async function submit(event) {
    if (isPassing) return;
    const { submitter } = event;
    const waits = () => isTyped() && !trouble && text() !== refusedText;
    if (waits()) event.preventDefault();
    else isPassing = true;
    while (waits()) await send();
    if (!isPassing) {
      isPassing = true;
      form.requestSubmit(submitter);
    }
  }
  // What a browser takes along goes at once; where it is surely not on its way, the page asks.
  function leave(event) {
    if (isPassing || !isTyped()) return;
    const last = parcel();
    if (!trouble && !sending && door.carries(last)) door.post(last).catch(() => {});
    else if (trouble || !isKept) event.preventDefault();
  }
  // A new line that was stored meanwhile is called otherwise on this page; its mark is the same.
  function namesNow(kept) {
    const lines = new Map();
    for (const [name, value] of new URLSearchParams(kept)) {
      const same = value && name.endsWith("-mark") && fields().find((one) => one.name.endsWith("-mark") && one.value === value);
      if (same) lines.set(name.slice(0, -"-mark".length), same.name.slice(0, -"-mark".length));
    }
    return (name) => {
      const [line, ...rest] = name.split("-");
      return lines.has(line) ? [lines.get(line), ...rest].join("-") : name;
    };
  }
  function bringBack() {
    const found = kept.all().get("form");
    if (!found || found.text === base) {
      kept.drop("form");
      return;
    }
    const nameNow = namesNow(found.text);
    for (const one of fields()) if (one.type === "checkbox") one.checked = false;
    for (const [before, value] of new URLSearchParams(found.text)) {
      const name = nameNow(before);
      const one = fields().find((other) => other.name === name && (other.type !== "checkbox" || other.value === value));
      if (one?.type === "checkbox") one.checked = true;
      else if (one) one.value = value;
    }
    for (const [name, value] of new URLSearchParams(found.seen)) {
      const one = form.elements[nameNow(name)];
      if (one) one.value = value;
    }
    sayInBar("Có nội dung nhập trước đây chưa gửi được; phần mềm đang gửi lại.");
    tryAgain();
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", submit);
  bar.querySelector("button").addEventListener("click", tryAgain);
  window.addEventListener("online", () => { if (trouble) tryAgain(); });
  window.addEventListener("focus", () => { if (trouble === SIGNED_OUT) tryAgain(); });
  window.addEventListener("beforeunload", leave);
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
  bringBack();
})();
