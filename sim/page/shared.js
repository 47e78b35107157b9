"use strict";
// What both pages with sliders use: numbers as a language writes them, and elements of a page.
const writing = (decimal) => ({
  digits(number, places) {
    const text = Math.abs(number) >= 1000 ? number.toFixed(0) : String(Number(number.toPrecision(places)));
    return text.replace("-", "\u2212").replace(".", decimal);
  },
  signed(number) {
    const text = Math.abs(number).toFixed(1);
    const sign = Number(text) === 0 ? "" : number > 0 ? "+" : "\u2212";
    return sign + text.replace(".", decimal);
  },
});
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [key, text] of Object.entries(attributes)) made.setAttribute(key, text);
  made.append(...children);
  return made;
}
