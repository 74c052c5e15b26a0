"use strict";

const HALF_TURN_MS = 500;
const lessMotion = window.matchMedia("(prefers-reduced-motion: reduce)");

for (const overlay of document.querySelectorAll(".overlay")) {
    const laid = overlay.querySelector(".laid");
    const slider = overlay.querySelector("input");
    const said = overlay.querySelector("output");
    const button = overlay.querySelector("button");
    let timer = null;

    const show = (opacity) => laid.setAttribute("opacity", String(opacity));
    const slide = () => {
        said.textContent = `${slider.value} %`;
        show(slider.value / 100);
    };
    const stop = () => {
        window.clearInterval(timer);
        timer = null;
        button.setAttribute("aria-pressed", "false");
        slide();
    };
    const start = () => {
        let visible = true;
        button.setAttribute("aria-pressed", "true");
        show(1);
        if (lessMotion.matches) return;
        timer = window.setInterval(() => {
            visible = !visible;
            show(visible ? 1 : 0);
        }, HALF_TURN_MS);
    };

    slider.addEventListener("input", stop);
    button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? stop() : start()));
    lessMotion.addEventListener("change", stop);
    slide();
}
