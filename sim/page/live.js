// The page to play with. All that is on the screen stands in the address; worlds come as a stream of events, which the page closes
// to stop them.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { sliders, legs, texts } = data;
  const { digits, signed } = writing(texts.decimal);
  const STEPS = 100, WAIT = 200, SIDES = ["control", "arm"];
  const byId = (id) => document.getElementById(id);
  const given = new URLSearchParams(location.search);
  const menus = { ...data.menus }, values = { ...data.moved };
  let source = null, timer = null, picture = null, who = given.get("who");

  function query(more = {}) {
    return new URLSearchParams({ ...menus, ...values, ...more }).toString();
  }
  function seen(lang) {
    return query({ lang, ...(who ? { who } : {}) });
  }

  // Sliders and menus
  const inputs = sliders.map((slider, j) => {
    const id = "slider-" + j, step = (slider.high - slider.low) / STEPS;
    const output = element("span", { id: id + "-value" });
    const input = element("input", { type: "range", id, min: 0, max: STEPS, step: 1, "aria-describedby": id + "-known", "data-name": slider.name });
    const known = `${digits(slider.low, 3)} – ${digits(slider.high, 3)}${slider.known ? " · " + slider.known : ""}${slider.before ? " · " + texts.before : ""}`;
    input.addEventListener("input", () => {
      values[slider.name] = Number((slider.low + input.value * step).toPrecision(6));
      changed();
    });
    byId("sliders").append(element("div", { class: slider.before ? "slider before" : "slider" },
      element("label", { for: id }, slider.label, output), input, element("p", { class: "small", id: id + "-known" }, known)));
    return { slider, input, output };
  });
  for (const name of ["profile", "platform", "people", "seeds"]) {
    byId(name).addEventListener("change", (event) => {
      const kept = Object.fromEntries(Object.entries(values).filter(([key]) => !key.startsWith(name + ".")));
      const next = { ...menus, [name]: event.target.value, lang: data.lang };
      if (!next[name]) delete next[name];
      location.search = new URLSearchParams({ ...next, ...kept }).toString();
    });
  }
  function show() {
    for (const { slider, input, output } of inputs) {
      const value = values[slider.name] ?? slider.base, text = digits(value, 3);
      input.value = Math.round(((value - slider.low) / (slider.high - slider.low)) * STEPS);
      input.setAttribute("aria-valuetext", text);
      output.textContent = text;
    }
    history.replaceState(null, "", "?" + seen(data.lang));
    byId("other").href = "?" + seen(byId("other").lang);
    byId("toml").href = "/toml?" + query();
  }
  function changed() {
    show();
    clearTimeout(timer);
    timer = setTimeout(run, WAIT);
  }

  // Running
  function run() {
    close();
    byId("problem").textContent = byId("note").textContent = "";
    byId("verdict").replaceChildren(texts.waiting);
    busy(true, texts.waiting);
    source = new EventSource("/run?" + query({ lang: data.lang }));
    const on = (kind, act) => source.addEventListener(kind, (event) => act(JSON.parse(event.data)));
    on("progress", ({ text, share }) => {
      byId("doing").textContent = text;
      byId("progress").value = share;
    });
    on("picture", (content) => { picture = content; draw(); });
    on("measures", measures);
    on("verdict", verdict);
    on("note", (text) => { byId("note").textContent = text; });
    on("problem", (text) => { byId("problem").textContent = text; failed(); });
    on("end", () => end(texts.ended));
    source.onerror = () => { if (source) { byId("problem").textContent = texts.gone; failed(); } };
  }
  function close() {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
  }
  function end(text) {
    close();
    busy(false, text);
  }
  function failed() {
    if (byId("verdict").textContent === texts.waiting) byId("verdict").replaceChildren();
    end(texts.stopped);
  }
  function busy(is, text) {
    byId("stop").disabled = !is;
    byId("doing").textContent = text;
    byId("progress").value = text === texts.ended ? 1 : 0;
    document.body.dataset.busy = is ? "yes" : "no";
  }
  byId("run").addEventListener("click", run);
  byId("stop").addEventListener("click", () => end(texts.stopped));
  byId("reset").addEventListener("click", () => {
    if (Object.keys(menus).length) { location.search = "?lang=" + data.lang; return; }
    for (const name of Object.keys(values)) delete values[name];
    show();
    run();
  });

  // What comes out
  const rows = Object.fromEntries(legs.map((leg) => {
    const made = Object.fromEntries(["margin", "zero", "span", "mark"].map((name) => [name, element("span", { class: name })]));
    const number = element("span", { class: "number" });
    byId("legs").append(element("div", { class: "leg" }, element("span", {}, leg.name), element("span", { class: "track" }, made.margin, made.zero, made.span, made.mark), number));
    return [leg.measure, { ...made, number, leg }];
  }));
  function measures({ seeds, legs: found }) {
    const ends = legs.flatMap(({ measure, margin }) => {
      const change = found[measure];
      return [-1.6 * margin, 1.6 * margin, ...(change ? [change.mean, change.low, change.high] : [])].filter((end) => end !== null);
    });
    const low = Math.min(...ends), high = Math.max(...ends), across = (x) => 100 * (x - low) / (high - low);
    for (const { margin, zero, span, mark, number, leg } of Object.values(rows)) {
      const change = found[leg.measure];
      margin.style.left = across(-leg.margin) + "%";
      margin.style.width = across(leg.margin) - across(-leg.margin) + "%";
      zero.style.left = across(0) + "%";
      mark.hidden = !change || change.mean === null;
      span.hidden = mark.hidden || change.low === null;
      number.textContent = mark.hidden ? "–" : signed(change.mean) + texts.percent;
      if (mark.hidden) continue;
      mark.style.left = across(change.mean) + "%";
      if (span.hidden) continue;
      span.style.left = across(change.low) + "%";
      span.style.width = across(change.high) - across(change.low) + "%";
      number.textContent += ` [${signed(change.low)}${texts.semicolon} ${signed(change.high)}]`;
    }
    byId("legs").dataset.seeds = seeds;
  }
  function verdict({ word, text }) {
    if (!word) { byId("verdict").replaceChildren(text); return; }
    const look = data.words[word], shown = element("span", { class: "word" }, look.text);
    shown.style.background = look.fill;
    shown.style.color = look.ink;
    byId("verdict").replaceChildren(shown, `${look.means ? ` (${look.means}).` : "."} ${text}`);
  }

  // The picture
  const SVG = "http://www.w3.org/2000/svg";
  function drawn(tag, attributes) {
    const made = document.createElementNS(SVG, tag);
    for (const [key, text] of Object.entries(attributes)) made.setAttribute(key, text);
    return made;
  }
  function draw() {
    const { people, places, strong, closest } = picture;
    const chosen = Math.max(people.indexOf(Number(who ?? people[0])), 0);
    byId("who").replaceChildren(...people.map((person) => element("option", { value: person }, String(person))));
    byId("who").value = people[chosen];
    byId("whose").textContent = texts.closest.replace("{person}", people[chosen]);
    for (const side of SIDES) {
      const other = closest[side === "arm" ? "control" : "arm"][chosen].map(([person]) => person);
      const svg = drawn("svg", { viewBox: "-0.02 -0.02 1.04 1.04", role: "img", "aria-label": `${texts[side]}${texts.colon} ${strong[side].length}` });
      for (const [i, j] of strong[side]) {
        svg.append(drawn("line", { x1: places[i][0], y1: places[i][1], x2: places[j][0], y2: places[j][1], class: i === chosen || j === chosen ? "near" : "far" }));
      }
      people.forEach((person, k) => {
        const dot = drawn("circle", { cx: places[k][0], cy: places[k][1], r: k === chosen ? 0.016 : 0.009, class: k === chosen ? "chosen" : "dot" });
        dot.append(drawn("title", {}));
        dot.firstChild.textContent = `${texts.person} ${person}`;
        dot.addEventListener("click", () => choose(person));
        svg.append(dot);
      });
      byId("picture-" + side).replaceChildren(svg);
      byId("closest-" + side).replaceChildren(...closest[side][chosen].map(([person, closeness]) =>
        element("li", {}, `${texts.person} ${person}${texts.colon} ${closeness.toFixed(2).replace(".", texts.decimal)}${other.includes(person) ? "" : " (" + texts.only + ")"}`)));
    }
  }

  function choose(person) {
    who = String(person);
    show();
    draw();
  }
  byId("who").addEventListener("change", (event) => choose(event.target.value));

  show();
  window.addEventListener("pagehide", close);
  if (!data.problem) run(); else busy(false, texts.stopped);
})();
