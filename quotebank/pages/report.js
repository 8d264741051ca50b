"use strict";
// Every listener is on the document, and the page is looked through when somebody first asks for something of it:
// nothing is left to do once it is parsed.
{
  const all = (selector) => [...document.querySelectorAll(selector)];
  const held = (element, part) => (element.dataset[part] ? element.dataset[part].split(" ") : []);
  const claimsOf = (segment) => ["content", "cue", "source"].flatMap((part) => held(segment, part));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let page = null;
  let active = null;

  // what is out of sight is laid out only after the first painting (report.css); true places need all of it
  const layOut = () => document.documentElement.classList.add("whole");

  function read() {
    if (page) return page;
    const claims = new Map(all(".claim").map((claim) => [claim.dataset.claim, claim]));
    const segments = all("#article span, #headline span");
    const parts = new Map([...claims.keys()].map((n) => [n, new Set()]));
    for (const segment of segments) for (const n of claimsOf(segment)) parts.get(n).add(segment);
    page = { claims, segments, parts, shown: new Set(claims.keys()), form: document.querySelector(".filters") };
    return page;
  }

  function filter() {
    const { claims, segments, shown, form } = read();
    const chosen = new FormData(form);
    const [kinds, acts] = ["kind", "act"].map((name) => new Set(chosen.getAll(name)));
    const speaker = chosen.get("speaker");
    shown.clear();
    for (const [n, claim] of claims) {
      const { kind, act } = claim.dataset;
      const fits = kinds.has(kind) && acts.has(act) && (!speaker || claim.dataset.speaker === speaker);
      if (fits) shown.add(n);
      claim.hidden = !fits;
      const numeral = document.getElementById(`at-${n}`);
      if (numeral) numeral.hidden = !fits;
    }
    for (const card of all(".card")) card.hidden = !card.querySelector(".claim:not([hidden])");
    for (const segment of segments) {
      const numbers = claimsOf(segment);
      segment.classList.toggle("off", numbers.length > 0 && !numbers.some((n) => shown.has(n)));
    }
    const count = shown.size === claims.size ? "All" : `${shown.size} of`;
    form.querySelector(".shown").textContent = `${count} ${claims.size} claim${claims.size === 1 ? "" : "s"} shown`;
    if (active && !shown.has(active)) activate(null);
  }

  function showAll() {
    read().form.reset();
    filter();
  }

  function activate(n) {
    const { claims, segments, parts } = read();
    for (const element of all(".on")) element.classList.remove("on");
    for (const element of all(".stated")) element.classList.remove("stated");
    active = n;
    if (n === null) return;
    for (const segment of parts.get(n)) segment.classList.add("on");
    const claim = claims.get(n);
    claim.classList.add("on");
    for (const segment of segments) {
      if (held(segment, "states").includes(claim.dataset.speaker)) segment.classList.add("stated");
    }
  }

  function follow(block) {
    const [, place, n] = /^#(claim|at)-(\d+)$/.exec(location.hash) || [];
    if (!n || !read().claims.has(n)) return;
    layOut();
    if (!page.shown.has(n)) showAll();
    activate(n);
    const behavior = calm.matches ? "auto" : "smooth";
    const claim = page.claims.get(n);
    const [passage = claim] = page.parts.get(n);
    const cards = document.getElementById("claims");
    if (getComputedStyle(cards).position === "sticky") {
      // the cards stand beside the text and scroll for themselves
      const offset = claim.getBoundingClientRect().top - cards.getBoundingClientRect().top;
      cards.scrollTo({ top: cards.scrollTop + offset - cards.clientHeight / 3, behavior });
      if (passage !== claim) passage.scrollIntoView({ block, behavior });
    } else (place === "claim" ? claim : passage).scrollIntoView({ block: "center", behavior });
    const target = (place === "at" && document.getElementById(`at-${n}`)) || claim;
    target.focus({ preventScroll: true });
  }

  function go(hash) {
    // not by location.hash: the browser's own jump would move the text away from the reader
    if (hash !== location.hash) history.pushState(null, "", hash);
    follow(hash.startsWith("#at") ? "center" : "nearest");
  }

  addEventListener("popstate", () => follow("center"));
  document.addEventListener("click", (event) => {
    if (document.readyState === "loading") return; // a link is one even without us
    const link = event.target.closest("a[href^='#']");
    if (link) {
      if (document.querySelector(link.hash)?.hidden) showAll();
      if (/^#(claim|at)-/.test(link.hash)) {
        event.preventDefault();
        go(link.hash);
      }
      return;
    }
    const segment = event.target.closest("#article span, #headline span");
    if (!segment || String(getSelection())) return;
    const { claims, shown } = read();
    const length = (n) => claims.get(n).querySelector(".said").textContent.length;
    const [first, ...others] = claimsOf(segment).filter((n) => shown.has(n));
    if (first) go(`#claim-${others.reduce((a, b) => (length(b) < length(a) ? b : a), first)}`);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && page) activate(null);
  });
  const whenParsed = (then) =>
    document.readyState === "loading" ? addEventListener("DOMContentLoaded", then, { once: true }) : then();
  document.addEventListener("change", () => whenParsed(filter));
  document.addEventListener("reset", () => setTimeout(filter));
  document.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("load", () => {
    requestAnimationFrame(() => follow("center")); // after the browser's own jump to the place
    setTimeout(() => (self.requestIdleCallback || setTimeout)(layOut), 100);
  });
}
