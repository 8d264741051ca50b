"use strict";
// in the head, so that the page answers as soon as it is parsed, not after it is first painted
addEventListener("DOMContentLoaded", () => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const numbers = (element, name) => (element.dataset[name] ? element.dataset[name].split(" ") : []);
  const roles = ["content", "cue", "source"];
  const form = document.querySelector(".filters");
  const segments = all("main span");
  const claims = all(".claim");
  const numerals = new Map(all(".numeral").map((a) => [a.id.slice(3), a]));
  const parts = new Map(claims.map((claim) => [claim.dataset.claim, []]));
  for (const segment of segments) {
    for (const role of roles) for (const n of numbers(segment, role)) parts.get(n).push(segment);
  }
  const lengths = new Map(
    claims.map((claim) => [claim.dataset.claim, claim.querySelector(".said").textContent.length]),
  );
  const shown = new Set(parts.keys());

  function filter() {
    const chosen = new FormData(form);
    const kinds = new Set(chosen.getAll("kind"));
    const acts = new Set(chosen.getAll("act"));
    const speaker = chosen.get("speaker");
    shown.clear();
    for (const claim of claims) {
      const { claim: n, kind, act } = claim.dataset;
      const card = claim.closest(".card");
      const fits = kinds.has(kind) && acts.has(act) && (!speaker || card.dataset.speaker === speaker);
      if (fits) shown.add(n);
      claim.hidden = !fits;
      const numeral = numerals.get(n);
      if (numeral) numeral.hidden = !fits;
    }
    for (const card of all(".card")) card.hidden = !card.querySelector(".claim:not([hidden])");
    for (const segment of segments) {
      const held = roles.flatMap((role) => numbers(segment, role));
      segment.classList.toggle("off", held.length > 0 && !held.some((n) => shown.has(n)));
    }
    const count = shown.size === claims.length ? "All" : `${shown.size} of`;
    form.querySelector(".shown").textContent = `${count} ${claims.length} claims shown`;
    if (active && !shown.has(active)) activate(null);
  }

  let active = null;
  function activate(n) {
    for (const element of all(".on")) element.classList.remove("on");
    for (const element of all(".stated")) element.classList.remove("stated");
    active = n;
    if (n === null) return;
    for (const segment of parts.get(n)) segment.classList.add("on");
    const claim = document.getElementById(`claim-${n}`);
    claim.classList.add("on");
    const speaker = claim.closest(".card").dataset.speaker;
    for (const segment of segments) {
      if (numbers(segment, "states").includes(speaker)) segment.classList.add("stated");
    }
  }

  const cards = document.getElementById("claims");
  const beside = () => getComputedStyle(cards).position === "sticky"; // the cards scroll for themselves

  function follow(block) {
    const [, place, n] = /^#(claim|at)-(\d+)$/.exec(location.hash) || [];
    if (!n || !parts.has(n)) return;
    if (!shown.has(n)) {
      form.reset();
      filter();
    }
    activate(n);
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    const claim = document.getElementById(`claim-${n}`);
    const passage = parts.get(n)[0] || claim;
    if (beside()) {
      const offset = claim.getBoundingClientRect().top - cards.getBoundingClientRect().top;
      cards.scrollTo({ top: cards.scrollTop + offset - cards.clientHeight / 3, behavior });
      if (passage !== claim) passage.scrollIntoView({ block, behavior });
    } else (place === "claim" ? claim : passage).scrollIntoView({ block: "center", behavior });
    const target = place === "claim" ? claim : numerals.get(n) || claim;
    target.focus({ preventScroll: true });
  }

  function go(hash) {
    // not by location.hash: the browser's own jump would move the text away from the reader
    if (hash !== location.hash) history.pushState(null, "", hash);
    follow(hash.startsWith("#at") ? "center" : "nearest");
  }

  addEventListener("popstate", () => follow("center"));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && /^#(claim|at)-/.test(link.hash)) {
      event.preventDefault();
      go(link.hash);
    }
    if (link || String(getSelection())) return;
    const segment = event.target.closest("main span");
    if (!segment) return;
    const held = roles.flatMap((role) => numbers(segment, role)).filter((n) => shown.has(n));
    if (held.length) go(`#claim-${held.reduce((a, b) => (lengths.get(b) < lengths.get(a) ? b : a))}`);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") activate(null);
  });
  form.addEventListener("change", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  if (claims.length) {
    form.hidden = false;
    filter();
    addEventListener("load", () => requestAnimationFrame(() => follow("center"))); // after the browser's own jump to the place
  }
});
