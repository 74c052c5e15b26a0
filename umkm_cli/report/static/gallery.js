"use strict";
(() => {
  const form = document.querySelector("form");
  if (!form) return;
  const motifs = [...document.querySelectorAll(".motif")];
  const count = document.querySelector(".count");
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = new Map(motifs.map((motif) => [motif, folded(motif.dataset.words)]));
  const show = () => {
    const asked = folded(form.elements.words.value).split(/\s+/).filter(Boolean);
    const chosen = ["status", "technique", "vendor"].map((name) => [name, form.elements[name].value]);
    let shown = 0;
    for (const motif of motifs) {
      const fits = chosen.every(([name, value]) => !value || motif.dataset[name] === value)
        && asked.every((word) => words.get(motif).includes(word));
      motif.hidden = !fits;
      shown += fits;
    }
    count.textContent = count.dataset.text.replace("{shown}", shown).replace("{total}", motifs.length);
  };
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
})();
