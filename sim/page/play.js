// The page of a sampled study. State: the place of each slider as a share of its range. It stands in the address, too.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { axes, points, legs, texts } = data;
  const { digits, signed } = writing(texts.decimal);
  const STEPS = 200;
  const base = axes.map((axis) => share(axis, axis.base));
  let place = fromAddress();
  const charted = legs[data.charted]; // what the chart shows: what the study expects something of, or support
  let shown = 0; // the axis along which the chart runs

  function share(axis, value) {
    return axis.scale === "log" ? Math.log(value / axis.low) / Math.log(axis.high / axis.low) : (value - axis.low) / (axis.high - axis.low);
  }
  function value(axis, at) {
    return axis.scale === "log" ? axis.low * (axis.high / axis.low) ** at : axis.low + at * (axis.high - axis.low);
  }
  function emulated(leg, at) {
    const { weights, lengths, mean } = leg.emulator;
    let sum = mean;
    for (let k = 0; k < points.length; k++) {
      let apart = 0;
      for (let j = 0; j < at.length; j++) apart += ((at[j] - points[k][j]) / lengths[j]) ** 2;
      sum += weights[k] * Math.exp(-apart / 2);
    }
    return sum;
  }
  function nearest(at) { // of a simulated point, the nearest other one
    let best = 0, least = Infinity;
    points.forEach((point, k) => {
      if (point === at) return;
      const apart = point.reduce((sum, x, j) => sum + (x - at[j]) ** 2, 0);
      if (apart < least) { least = apart; best = k; }
    });
    return [best, Math.sqrt(least)];
  }
  const gaps = points.map((point) => nearest(point)[1]).sort((one, two) => one - two); // from each point to its nearest one
  const far = gaps[Math.floor(0.9 * gaps.length)];
  function fromAddress() {
    const given = new URLSearchParams(location.hash.slice(1));
    return axes.map((axis, j) => {
      const number = Number(given.get(axis.name) ?? NaN);
      return Number.isFinite(number) && number >= axis.low && number <= axis.high ? share(axis, number) : base[j];
    });
  }
  function toAddress() {
    const given = new URLSearchParams(axes.map((axis, j) => [axis.name, String(Number(value(axis, place[j]).toPrecision(6)))]));
    history.replaceState(null, "", "#" + given);
  }

  // Sliders
  const inputs = axes.map((axis, j) => {
    const id = "axis-" + j;
    const output = element("span", { id: id + "-value" });
    const input = element("input", { type: "range", id, min: 0, max: STEPS, step: 1, "aria-describedby": id + "-known" });
    const known = element("p", { class: "small", id: id + "-known" }, `${digits(axis.low, 3)} – ${digits(axis.high, 3)}${axis.known ? " · " + axis.known : ""}`);
    input.addEventListener("input", () => { place[j] = input.value / STEPS; shown = j; update(); });
    input.addEventListener("focus", () => { shown = j; update(); });
    document.getElementById("sliders").append(element("div", { class: "slider" }, element("label", { for: id }, axis.label, output), input, known));
    return { input, output };
  });
  document.getElementById("reset").addEventListener("click", () => { place = [...base]; update(); });
  document.getElementById("go").addEventListener("click", () => { place = [...points[nearest(place)[0]]]; update(); });
  window.addEventListener("hashchange", () => { place = fromAddress(); update(); });

  // Effects, each on the same scale: all that was simulated
  const ends = legs.flatMap((leg) => [...leg.effects.map((effect) => effect[0]), -1.6 * leg.margin, 1.6 * leg.margin]);
  const low = Math.min(...ends), high = Math.max(...ends), across = (x) => 100 * Math.min(Math.max((x - low) / (high - low), 0), 1) + "%";
  const rows = legs.map((leg) => {
    const margin = element("span", { class: "margin" }), zero = element("span", { class: "zero" }), mark = element("span", { class: "mark" });
    margin.style.left = across(-leg.margin);
    margin.style.right = 100 - parseFloat(across(leg.margin)) + "%";
    zero.style.left = across(0);
    const number = element("span", { class: "number" });
    document.getElementById("legs").append(element("div", { class: "leg" }, element("span", {}, leg.name), element("span", { class: "track" }, margin, zero, mark), number));
    document.getElementById("fits").append(element("li", {}, `${leg.name}${texts.colon} ${leg.fit}`));
    return { mark, number };
  });

  // The curve of one measure along one axis, with the simulated points
  const host = document.getElementById("chart");
  let chart = null;
  function draw() {
    const axis = axes[shown], grid = [...Array(61).keys()].map((k) => k / 60);
    const along = grid.map((x) => emulated(charted, place.map((at, j) => (j === shown ? x : at))));
    const dots = points.map((point, k) => [value(axis, point[shown]), charted.effects[k][0]]).sort((one, two) => one[0] - two[0]);
    const xs = [...new Set([...grid.map((x) => value(axis, x)), ...dots.map((dot) => dot[0])])].sort((one, two) => one - two);
    const curve = new Map(grid.map((x, k) => [value(axis, x), along[k]])), simulated = new Map(dots);
    const here = value(axis, place[shown]);
    document.getElementById("along").textContent = `${charted.name}, % · ${axis.label}`;
    const options = {
      width: Math.max(host.clientWidth, 240), height: 220, cursor: { show: false }, legend: { show: false },
      scales: { x: { time: false, distr: axis.scale === "log" ? 3 : 1 } },
      axes: [{ values: (_, ticks) => ticks.map((tick) => (tick === null ? "" : digits(tick, 3))) }, { size: 56, values: (_, ticks) => ticks.map((tick) => digits(tick, 3)) }],
      series: [{}, { stroke: "#0072b2", width: 2, spanGaps: true, points: { show: false } }, { stroke: "transparent", width: 0, points: { show: true, size: 5, stroke: "#777", fill: "white" } }],
      hooks: { draw: [(plot) => {
        const x = plot.valToPos(here, "x", true), { top, height } = plot.bbox, paint = plot.ctx;
        paint.save(); paint.strokeStyle = "#d55e00"; paint.lineWidth = 2; paint.setLineDash([6, 4]);
        paint.beginPath(); paint.moveTo(x, top); paint.lineTo(x, top + height); paint.stroke(); paint.restore();
      }] },
    };
    if (chart) chart.destroy();
    chart = new uPlot(options, [xs, xs.map((x) => curve.get(x) ?? null), xs.map((x) => simulated.get(x) ?? null)], host);
  }
  window.addEventListener("resize", draw);

  function update() {
    axes.forEach((axis, j) => {
      const { input, output } = inputs[j], text = digits(value(axis, place[j]), 3);
      input.value = Math.round(place[j] * STEPS);
      input.setAttribute("aria-valuetext", text);
      output.textContent = text;
    });
    legs.forEach((leg, k) => {
      const change = emulated(leg, place);
      rows[k].mark.style.left = across(change);
      rows[k].mark.classList.toggle("off", change < low || change > high);
      rows[k].number.textContent = signed(change) + texts.percent;
    });
    const [point, apart] = nearest(place), word = data.words[data.verdicts[point]];
    const shownWord = element("span", { class: "word" }, word.text);
    shownWord.style.background = word.fill;
    shownWord.style.color = word.ink;
    const where = apart < 1e-6 ? texts.here : texts.near;
    document.getElementById("verdict").replaceChildren(where + " ", shownWord, word.means ? ` (${word.means})` : "");
    const differs = legs.some((leg) => leg.margin > 0 && Math.abs(emulated(leg, place) - leg.effects[point][0]) > leg.margin);
    document.getElementById("differs").hidden = apart < 1e-6 || !differs;
    document.getElementById("go").hidden = apart < 1e-6;
    document.getElementById("far").hidden = apart <= far;
    toAddress();
    draw();
  }
  update();
})();
