// Typed cells that no server has confirmed, kept in this browser: one item for each row, named by
// person, sheet and row, so that nobody is shown what another person typed.
(() => {
  "use strict";
  const PREFIX = "thidua.o.";
  const MONTH = 30 * 24 * 3600 * 1000;

  // Storage may be switched off or full; then the page asks before it is left.
  function quietly(act, otherwise) {
    try {
      return act();
    } catch {
      return otherwise;
    }
  }
  function names() {
    return quietly(() => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)), []);
  }
  function read(name) {
    return quietly(() => JSON.parse(localStorage.getItem(name)), null);
  }
  function forgetOld() {
    for (const name of names()) {
      const kept = read(name);
      if (!kept || Date.now() - kept.at > MONTH) quietly(() => localStorage.removeItem(name));
    }
  }

  class KeptCells {
    constructor(person, sheet) {
      this.start = `${PREFIX}${person}.${sheet}.`;
    }
    all() {
      const own = names().filter((name) => name.startsWith(this.start));
      return new Map(own.map((name) => [name.slice(this.start.length), read(name)]));
    }
    // Whether the row is safe here.
    put(row, cells) {
      return quietly(() => {
        localStorage.setItem(this.start + row, JSON.stringify({ ...cells, at: Date.now() }));
        return true;
      }, false);
    }
    drop(row) {
      quietly(() => localStorage.removeItem(this.start + row));
    }
  }

  forgetOld();
  window.thidua = { ...window.thidua, KeptCells };
})();
