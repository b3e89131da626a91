// Keeps the thumbs of a scale and the numbers next to it in sync.
//
// A thumb is always on one of the scale's marks. The first and the last mark are the ends of the scale: there
// a number is empty, because there is no bound.

const marksOf = (scale) => scale.dataset.marks.split(" ").map(Number);

// In the capture phase: before the form handles the event and reads its numbers.
addEventListener("input", ({ target }) => {
  const range = target.closest?.(".range");
  const scale = range?.querySelector("[data-marks]");
  if (!scale) return;
  const marks = marksOf(scale);
  const thumbs = [...scale.querySelectorAll("input")];
  const numbers = [...range.querySelectorAll("input[name]")];
  const last = marks.length - 1;
  if (thumbs.includes(target)) {
    const [low, high] = thumbs;
    // At least one step apart, or one thumb would hide the other.
    if (target === low) low.value = Math.min(low.value, high.value - 1);
    else high.value = Math.max(high.value, Number(low.value) + 1);
    const which = thumbs.indexOf(target);
    const isEnd = Number(target.value) === which * last;
    numbers[which].value = isEnd ? "" : marks[target.value];
    const sign = range.querySelector(".money") ? "$" : "";
    target.setAttribute("aria-valuetext", isEnd ? "Any" : sign + marks[target.value].toLocaleString("en-US"));
  } else {
    const [least, most] = numbers.map((number) => (number.value === "" ? NaN : Number(number.value)));
    // What is not a plain number yet, such as "450k", moves no thumb: the server reads it.
    const isPlain = (number, value) => number.value === "" || !Number.isNaN(value);
    if (isPlain(numbers[0], least)) thumbs[0].value = Math.max(marks.findLastIndex((mark) => mark <= least), 0);
    const above = marks.findIndex((mark) => mark >= most);
    if (isPlain(numbers[1], most)) thumbs[1].value = above < 0 ? last : Math.max(above, 1);
  }
  scale.querySelectorAll("rect").forEach((bar, place) => {
    const isIn = place >= Number(thumbs[0].value) && place < Number(thumbs[1].value);
    bar.classList.toggle("in", isIn);
  });
}, true);
