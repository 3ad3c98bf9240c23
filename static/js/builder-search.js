// The library beside a draft answers as one types; Enter adds what is found first, and the focus stays in the search.
const builder = document.querySelector("[data-builder]");
const form = document.querySelector("[data-library-search]");
const path = new URL(form.action).pathname;
const box = form.elements.q;
const found = () => document.getElementById("found");
const buttons = () => [...found().querySelectorAll("[data-add] button")];
const words = () => box.value.trim();
let waiting = 0;
let asking = null;

function address() {
	const given = [...new FormData(form)].filter(([, value]) => value.trim());
	const query = new URLSearchParams(given).toString();
	return query ? `${path}?${query}` : path;
}

function ask() {
	clearTimeout(waiting);
	asking?.abort();
	asking = new AbortController();
	const { signal } = asking;
	const to = address();
	history.replaceState(null, "", to);
	const answer = fetch(to, { signal }).then((answer) => {
		if (answer.ok && !answer.redirected) return answer.text();
		form.submit();
	}).catch(() => null);
	const asked = new CustomEvent("asked", { detail: { answer, part: "found" } });
	builder.dispatchEvent(asked);
	return asked.detail.shown;
}

async function add() {
	if (found().dataset.words !== words()) await ask();
	const first = buttons()[0];
	if (first) first.form.requestSubmit(first);
}

box.addEventListener("input", () => {
	clearTimeout(waiting);
	waiting = setTimeout(ask, 150);
});
form.addEventListener("change", (event) => event.target !== box && ask());
form.addEventListener("submit", (event) => {
	event.preventDefault();
	// A browser sends Enter in the box as a press of the button; the button itself only searches.
	if (document.activeElement === box && words()) add();
	else ask();
});
addEventListener("keydown", (event) => {
	const writing = event.target.closest("input, select, textarea, [contenteditable]");
	if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
		event.preventDefault();
		box.focus();
		box.select();
		return;
	}
	const list = buttons();
	const at = list.indexOf(event.target);
	if (event.target !== box && at < 0) return;
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (event.altKey || (!step && !(event.key === "Escape" && at >= 0))) return;
	event.preventDefault();
	const next = step ? list[at + step] : null;
	if (next) next.focus();
	else if (!step || at === 0) box.focus();
});
document.querySelector("[data-library-key]").hidden = false;
