"use strict";
// What the page can do with scripts: sort, filter, copy, and keep itself up to date where it is
// served. Without them everything can be read all the same. Texts are only ever set as text.
(() => {
  const page = document.documentElement;
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const control = (name) => find(`[data-control=${name}]`);
  page.classList.add("js");

  // -- the table ---------------------------------------------------------------------------------

  const body = find("tbody");
  const status = find(".status");
  const collator = new Intl.Collator(page.lang, { numeric: true, sensitivity: "base" });
  const sorting = { key: "standing", down: false };
  const searched = new WeakMap();

  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const keys = {
    id: (row) => Number(row.dataset.id),
    standing: (row) => Number(row.dataset.standing),
    due: (row) => row.dataset.due,
    title: (row) => find(".name", row).textContent,
    owner: (row) => (row.dataset.owner ? find(".owner", row).textContent : ""),
  };
  // The order of the file, which is by what presses most; ties keep it.
  let inOrder = [];
  // Each row as it came, before anything was opened or hidden.
  const came = new Map();

  function compare(one, other) {
    // What is not known comes last, whichever way the rest is sorted.
    if (one === "" || other === "") return (one === "") - (other === "");
    const way = typeof one === "number" ? one - other : collator.compare(one, other);
    return sorting.down ? -way : way;
  }

  // Only what is out of place is moved: what moves loses the focus and a screen reader's place.
  function arrange(rows) {
    let next = body.firstElementChild;
    for (const row of rows) {
      if (row === next) next = row.nextElementSibling;
      else body.insertBefore(row, next);
    }
  }

  function sort() {
    const keyed = inOrder.map((row) => [keys[sorting.key](row), row]);
    arrange(keyed.sort(([one], [other]) => compare(one, other)).map(([, row]) => row));
    for (const head of all("th[data-key]")) {
      const order = sorting.down ? "descending" : "ascending";
      head.setAttribute("aria-sort", head.dataset.key === sorting.key ? order : "none");
    }
    control("sort").value = `${sorting.key} ${sorting.down ? "down" : "up"}`;
  }

  function textOf(row) {
    if (!searched.has(row)) searched.set(row, folded(row.textContent));
    return searched.get(row);
  }

  function filter(said = "") {
    const words = folded(control("search").value).split(/\s+/).filter(Boolean);
    const standing = control("standing").value;
    const owner = control("owner").value;
    let shown = 0;
    for (const row of inOrder) {
      const fits =
        (!standing || row.dataset.standing === standing) &&
        (!owner || `=${row.dataset.owner}` === owner) &&
        words.every((word) => textOf(row).includes(word));
      row.hidden = !fits;
      shown += fits;
    }
    const { shown: told, none } = status.dataset;
    const count = told.replace("{shown}", shown).replace("{total}", inOrder.length);
    status.textContent = [said, count, shown ? "" : none].filter(Boolean).join(" ");
  }

  function clear() {
    for (const name of ["search", "standing", "owner"]) control(name).value = "";
    filter();
  }

  function choices(name, value, word) {
    const select = control(name);
    const chosen = select.value;
    const found = new Map();
    for (const row of inOrder) {
      const [, , count] = found.get(value(row)) ?? [0, 0, 0];
      found.set(value(row), [word(row), row, count + 1]);
    }
    const options = [...found].map(([of, [label, , count]]) => new Option(`${label} (${count})`, of));
    if (name === "owner") options.sort((a, b) => collator.compare(a.text, b.text));
    select.replaceChildren(select.options[0], ...options);
    select.value = found.has(chosen) ? chosen : "";
  }

  function takeRows(rows) {
    inOrder = rows;
    choices("standing", (row) => row.dataset.standing, (row) => row.dataset.standingWord);
    choices("owner", (row) => `=${row.dataset.owner}`, (row) => find(".owner", row).textContent);
  }

  function startTable() {
    const select = control("sort");
    for (const head of all("th[data-key]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      const { key } = head.dataset;
      button.addEventListener("click", () => {
        sorting.down = sorting.key === key && !sorting.down;
        sorting.key = key;
        sort();
      });
      for (const [way, order] of [["up", select.dataset.ascending], ["down", select.dataset.descending]]) {
        select.append(new Option(`${button.textContent}, ${order}`, `${key} ${way}`));
      }
    }
    select.addEventListener("change", () => {
      const [key, way] = select.value.split(" ");
      Object.assign(sorting, { key, down: way === "down" });
      sort();
    });
    for (const name of ["search", "standing", "owner"]) {
      control(name).addEventListener("input", () => filter());
    }
    control("clear").addEventListener("click", () => {
      clear();
      control("search").focus();
    });
    control("details").addEventListener("click", ({ target }) => {
      const closed = all("tbody details").some((one) => !one.open && !one.closest("tr").hidden);
      for (const one of all("tbody details")) one.open = closed;
      target.textContent = closed ? target.dataset.close : target.dataset.open;
    });
    find(".controls").hidden = false;
    for (const row of body.rows) came.set(row.id, row.outerHTML);
    takeRows([...body.rows]);
    sort();
    filter();
  }

  // A calendar's link or the timeline leads to a milestone: it is shown, and unfolded.
  function land() {
    let uid = location.hash.slice(1);
    try {
      uid = decodeURIComponent(uid);
    } catch {
      return;
    }
    const row = uid && inOrder.find((one) => one.id === uid);
    if (uid && !row && !document.getElementById(uid)) {
      if (page.dataset.pages && /^[a-z0-9-]+$/.test(uid)) location.replace(`${page.dataset.pages}${uid}.html`);
      filter(status.dataset.elsewhere);
      status.scrollIntoView({ block: "center" });
    }
    if (!row) return;
    if (row.hidden) clear();
    find("details", row).open = true;
    row.scrollIntoView({ block: "start" });
  }

  // -- subscribing -------------------------------------------------------------------------------

  for (const button of all("[data-copy]")) {
    const field = find("input", button.parentElement);
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy");
      }
      const before = button.textContent;
      button.textContent = button.dataset.copied;
      setTimeout(() => (button.textContent = before), 2000);
    });
  }

  // -- keeping up to date ------------------------------------------------------------------------

  const policy = (of) => find("meta[http-equiv]", of)?.content;
  const focusable = (row) => all("a, summary", row);

  // A row that did not change stays the one it is, open or not, focused or not.
  function renewRows(fresh) {
    const old = new Map(inOrder.map((row) => [row.id, row]));
    const rows = all("tbody tr", fresh).map((news) => {
      const row = old.get(news.id);
      const markup = news.outerHTML;
      if (row && came.get(row.id) === markup) return row;
      const taken = document.importNode(news, true);
      find("details", taken).open = Boolean(row && find("details", row).open);
      came.set(taken.id, markup);
      return taken;
    });
    const staying = new Set(rows);
    for (const row of inOrder) {
      if (staying.has(row)) continue;
      row.remove();
      if (!rows.some((one) => one.id === row.id)) came.delete(row.id);
    }
    takeRows(rows);
    sort();
    filter(status.dataset.updated);
  }

  function renewTable(fresh) {
    const active = document.activeElement;
    const row = active?.closest?.("tbody tr");
    const place = row && focusable(row).indexOf(active);
    const anchor = inOrder.find((one) => !one.hidden && one.getBoundingClientRect().bottom > 0);
    const top = anchor?.getBoundingClientRect().top;
    renewRows(fresh);
    const rowOf = (one) => one && inOrder.find((other) => other.id === one.id);
    const still = rowOf(anchor);
    if (still && top < innerHeight) {
      scrollBy({ top: still.getBoundingClientRect().top - top, behavior: "instant" });
    }
    if (row && document.activeElement !== active) {
      focusable(rowOf(row) ?? body)[place]?.focus({ preventScroll: true });
    }
  }

  function renew(fresh) {
    const { revision } = fresh.documentElement.dataset;
    if (!revision || revision === page.dataset.revision) return;
    if (policy(fresh) !== policy(document) || !body !== !find("tbody", fresh)) {
      location.reload();
      return;
    }
    for (const part of all("[data-fresh]")) {
      const news = find(`[data-fresh="${part.dataset.fresh}"]`, fresh);
      if (!news || news.innerHTML === part.innerHTML) continue;
      part.replaceChildren(...[...news.childNodes].map((node) => document.importNode(node, true)));
    }
    page.dataset.revision = revision;
    document.title = fresh.title;
    if (body) renewTable(fresh);
  }

  function keepUpToDate(every) {
    const longest = Math.max(every, 900);
    let wait = every;
    let looked = Date.now();
    let timer = 0;
    let etag = null;

    async function look() {
      looked = Date.now();
      try {
        const headers = etag ? { "If-None-Match": etag } : {};
        const answer = await fetch(location.pathname + location.search, { headers, cache: "no-store" });
        if (answer.ok) {
          const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
          etag = answer.headers.get("ETag");
          renew(fresh);
        }
        wait = answer.ok || answer.status === 304 ? every : Math.min(wait * 2, longest);
      } catch {
        wait = Math.min(wait * 2, longest);
      }
      plan();
    }

    function plan() {
      clearTimeout(timer);
      if (document.visibilityState !== "visible") return;
      timer = setTimeout(look, Math.max(0, looked + wait * 1000 - Date.now()));
    }

    document.addEventListener("visibilitychange", plan);
    plan();
  }

  if (body) {
    startTable();
    land();
    addEventListener("hashchange", land);
    document.addEventListener("click", ({ target }) => {
      const uid = target.closest?.(".timeline [data-uid]")?.dataset.uid;
      if (uid) location.hash = encodeURIComponent(uid);
    });
  }
  const every = Number(page.dataset.refresh);
  if (every > 0 && /^https?:$/.test(location.protocol)) keepUpToDate(every);
})();
