// Exercises are put in order by dragging and from the keyboard: Alt with an arrow moves the one that has the focus.
const builder = document.querySelector("[data-builder]");
const row = (target) => target?.closest?.("[data-rx]");
let dragged = null;

addEventListener("keydown", (event) => {
	const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
	const at = row(event.target);
	if (!way || !event.altKey || !at || event.target.matches("select, textarea")) return;
	event.preventDefault();
	const form = at.querySelector("[data-position]");
	const button = form.querySelector(`[value=${way}]`);
	if (!button.disabled) form.requestSubmit(button);
});

// Names can be taken hold of; everything else in a row keeps doing what it does.
function ready() {
	for (const name of builder.querySelectorAll("[data-rx] > .rx-name")) name.draggable = true;
}

const clear = () => builder.querySelectorAll(".drop-before, .drop-after").forEach((part) => part.classList.remove("drop-before", "drop-after"));

// The phase something would fall into, and the exercise it would stand before; nothing to stand before at the end.
function target(event) {
	const phase = event.target.closest?.("[data-phase]");
	if (!phase) return null;
	const over = row(event.target);
	if (!over) return { phase: phase.dataset.phase, before: "", mark: phase.querySelector("[data-rx]:last-child"), after: true };
	const box = over.getBoundingClientRect();
	const after = event.clientY > box.top + box.height / 2;
	const next = after ? over.nextElementSibling : over;
	return { phase: phase.dataset.phase, before: next?.dataset.rx ?? "", mark: over, after };
}

builder.addEventListener("dragstart", (event) => {
	if (!event.target.matches?.(".rx-name")) return;
	dragged = row(event.target);
	dragged.classList.add("is-dragged");
	event.dataTransfer.effectAllowed = "move";
	event.dataTransfer.setData("text/plain", dragged.dataset.rx);
});
builder.addEventListener("dragover", (event) => {
	const to = dragged && target(event);
	if (!to) return;
	event.preventDefault();
	clear();
	to.mark?.classList.add(to.after ? "drop-after" : "drop-before");
});
builder.addEventListener("drop", (event) => {
	const to = dragged && target(event);
	if (!to) return;
	event.preventDefault();
	if (to.before === dragged.dataset.rx) return;
	// The same form as the buttons send, with a place instead of a direction.
	const form = dragged.querySelector("[data-position]").cloneNode(true);
	form.querySelectorAll("button").forEach((button) => button.remove());
	for (const [name, value] of [["phase", to.phase], ["before", to.before]]) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
	form.hidden = true;
	dragged.append(form);
	form.requestSubmit();
});
builder.addEventListener("dragend", () => {
	dragged?.classList.remove("is-dragged");
	dragged = null;
	clear();
});
builder.addEventListener("shown", ready);
builder.classList.add("can-drag");
ready();
