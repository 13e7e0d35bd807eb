// How typed rows travel: in parcels that fit, each with an answer or with a reason why there is none.
(() => {
  "use strict";
  const PATIENCE = 15000; // for one answer
  const MOST = 40; // rows in one parcel
  const ROOM = 60000; // characters: browsers take 64 KB along when a page is left

  const cookie = () => document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1] ?? "";

  // A page of a gateway, an answer cut short or an empty one is not the word of the product.
  async function wordsOf(answer) {
    try {
      return (await answer.json()) ?? {};
    } catch {
      return {};
    }
  }

  class Door {
    constructor(form) {
      this.form = form;
      this.taken = 0; // characters on their way that outlive the page
    }
    // The first is empty where nothing waits: it asks for the sums alone.
    parcels(rows) {
      const start = new URLSearchParams({ person: this.form.dataset.person }).toString();
      const found = [{ rows: [], body: start }];
      for (const row of rows) {
        const text = row.posted();
        const { rows: last, body } = found.at(-1);
        const isFull = last.length === MOST || body.length + text.length >= ROOM;
        if (last.length && isFull) found.push({ rows: [], body: start });
        found.at(-1).rows.push(row);
        found.at(-1).body += `&${text}`;
      }
      return found;
    }
    // Whether the browser takes this along when the page is left.
    carries({ body }) {
      return this.taken + body.length <= ROOM;
    }
    post(parcel) {
      const size = this.carries(parcel) ? parcel.body.length : 0;
      this.taken += size;
      return fetch(this.form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(parcel.body),
        headers: { "X-CSRFToken": cookie() || this.form.elements.csrfmiddlewaretoken.value },
        redirect: "manual", // to the sign-in page: the session is over
        keepalive: size > 0,
        signal: AbortSignal.timeout(PATIENCE),
      }).finally(() => { this.taken -= size; });
    }
    // What became of it: saved and refused are the word of the product.
    async ask(parcel) {
      let answer;
      try {
        answer = await this.post(parcel);
      } catch (error) {
        return { end: error.name === "TimeoutError" ? "busy" : "lost" };
      }
      if (answer.type === "opaqueredirect" || (answer.status === 403 && !cookie())) return { end: "signed out" };
      const said = await wordsOf(answer);
      if (answer.ok && said.rows) return { end: "saved", said };
      if (answer.ok || answer.status >= 500 || answer.status === 429) return { end: "busy" };
      return { end: "refused", said, status: answer.status };
    }
  }

  window.thidua = { ...window.thidua, Door, cookie };
})();
