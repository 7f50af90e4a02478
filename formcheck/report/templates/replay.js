for (const replay of document.querySelectorAll(".replay")) {
  const frames = JSON.parse(replay.querySelector("[type='application/json']").textContent);
  const figure = replay.querySelector("g"), head = replay.querySelector("circle");
  const limbs = replay.querySelectorAll("path.limb");
  const moment = replay.querySelector("input"), told = replay.querySelector("output");
  const play = replay.querySelector("button");
  let playing = 0;
  const show = () => {
    const frame = frames[moment.value];
    told.textContent = frame.told;
    moment.setAttribute("aria-valuetext", frame.told);
    figure.toggleAttribute("hidden", !frame.limbs);
    if (!frame.limbs) return;
    limbs.forEach((limb, number) => limb.setAttribute("d", frame.limbs[number]));
    head.setAttribute("cx", frame.head[0]);
    head.setAttribute("cy", frame.head[1]);
  };
  const stop = () => {
    clearInterval(playing);
    playing = 0;
    play.textContent = "Play";
  };
  moment.addEventListener("input", show);
  play.addEventListener("click", () => {
    if (playing) return stop();
    if (moment.value >= frames.length - 1) moment.value = 0;
    play.textContent = "Stop";
    playing = setInterval(() => {
      moment.value = Number(moment.value) + 1;
      show();
      if (moment.value >= frames.length - 1) stop();
    }, 125);
  });
  replay.hidden = false;
  show();
}
