// Keeps the thumbs of a scale and the numbers next to it in sync.
//
// A thumb is always on one of the scale's marks. The first and the last mark are the ends of the scale: there
// a number is empty, because there is no bound.

const marksOf = (scale) => scale.dataset.marks.split(" ").map(Number);

/** Brings thumbs, bars and what is said of them in step with the numbers, or with a thumb that was moved. */
function follow(range, moved) {
  const scale = range.querySelector("[data-marks]");
  if (!scale) return;
  const marks = marksOf(scale);
  const thumbs = [...scale.querySelectorAll("input")];
  const numbers = [...range.querySelectorAll("input[name]")];
  const last = marks.length - 1;
  const [low, high] = thumbs;
  if (thumbs.includes(moved)) {
    // At least one step apart, or one thumb would hide the other.
    if (moved === low) low.value = Math.min(low.value, high.value - 1);
    else high.value = Math.max(high.value, Number(low.value) + 1);
    const which = thumbs.indexOf(moved);
    numbers[which].value = Number(moved.value) === which * last ? "" : marks[moved.value];
  } else {
    const [least, most] = numbers.map((number) => (number.value === "" ? NaN : Number(number.value)));
    // What is not a plain number yet, such as "450k", moves no thumb: the server reads it.
    const isPlain = (number, value) => number.value === "" || !Number.isNaN(value);
    if (isPlain(numbers[0], least)) low.value = Math.max(marks.findLastIndex((mark) => mark <= least), 0);
    const above = marks.findIndex((mark) => mark >= most);
    if (isPlain(numbers[1], most)) high.value = above < 0 ? last : Math.max(above, 1);
  }
  const sign = range.querySelector(".money") ? "$" : "";
  thumbs.forEach((thumb, which) => {
    const isEnd = Number(thumb.value) === which * last;
    thumb.setAttribute("aria-valuetext", isEnd ? "Any" : sign + marks[thumb.value].toLocaleString("en-US"));
  });
  scale.querySelectorAll("rect").forEach((bar, place) => {
    bar.classList.toggle("in", place >= Number(low.value) && place < Number(high.value));
  });
}

// In the capture phase: before the form handles the event and reads its numbers.
addEventListener("input", ({ target }) => {
  const range = target.closest?.(".range");
  if (range) follow(range, target);
}, true);

// A form's controls have their old values until the event is over.
addEventListener("reset", ({ target }) => {
  setTimeout(() => target.querySelectorAll(".range").forEach((range) => follow(range)));
});
