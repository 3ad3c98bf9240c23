// The builder without reloading: its forms are sent as they are, and the parts of the server's own answer take the place of the old
// ones. What was open stays open, and the focus stays where it was.

const builder = document.querySelector("[data-builder]");
const path = new URL(builder.querySelector("[data-library-search]").action).pathname;

// Changes go one after the other: each carries the revision the one before it made.
let turn = Promise.resolve();
let waiting = 0;
function queue(work) {
	waiting += 1;
	builder.ariaBusy = "true";
	turn = turn.then(work).catch(() => location.reload()).finally(() => {
		waiting -= 1;
		builder.ariaBusy = String(waiting > 0);
	});
	return turn;
}

// Where the focus is, to find it again in a new part: by id, or by the name and value of a control in a form of the same address.
function place() {
	const at = document.activeElement;
	if (!at || at === document.body) return null;
	const form = at.form?.getAttribute("action");
	const [start, end] = at.matches("input[type=search]") ? [at.selectionStart, at.selectionEnd] : [null, null];
	return { id: at.id, form, name: at.name, value: at.value, row: at.closest("[data-rx]")?.id, start, end };
}

function find({ id, form, name, value, row }) {
	const named = () => [...document.querySelectorAll("button, input, select, textarea")].find((field) => field.name === name && field.value === value && field.form?.getAttribute("action") === form);
	const known = (id && document.getElementById(id)) || (form && named());
	if (known && !known.disabled) return known;
	return (row && document.querySelector(`#${row} .rx-edit > summary`)) || null;
}

// Puts the parts of an answer in place of the old ones.
function show(text, only) {
	const page = new DOMParser().parseFromString(text, "text/html");
	const focus = place();
	const open = new Set([...document.querySelectorAll("details[open][id]")].map((part) => part.id));
	for (const part of document.querySelectorAll("[data-part]")) {
		if (only && part.id !== only) continue;
		const next = page.getElementById(part.id);
		if (!next) continue;
		// What was folded out stays so, but for a form that was taken.
		for (const fold of next.querySelectorAll("details[id]")) if (open.has(fold.id) && fold.id !== saved) fold.open = true;
		part.replaceWith(document.adoptNode(next));
	}
	document.title = page.title;
	const clash = document.querySelector("#clash-part, .error-summary");
	const again = focus && find(focus);
	if (clash) clash.focus();
	else if (again && again !== document.activeElement) {
		again.focus({ preventScroll: true });
		if (focus.start !== null) again.setSelectionRange(focus.start, focus.end);
	}
	builder.dispatchEvent(new Event("shown"));
}

// The fold a form was sent from: it closes when what it says is saved.
let saved = null;

// The revision the page shows, and what each revision became by a change sent from here that nobody else came between.
const revision = () => Number(document.querySelector("#plan [name=seen]")?.value ?? 0);
const own = new Map();

function send(form, submitter) {
	const body = new URLSearchParams(new FormData(form, submitter));
	const action = form.getAttribute("action");
	const box = document.querySelector("[data-library-words]");
	const adds = form.matches("[data-add]");
	if (adds) body.set("q", box.value.trim());
	else body.set("search", new URLSearchParams(new FormData(box.form)).toString());
	return queue(async () => {
		while (own.has(Number(body.get("seen")))) body.set("seen", own.get(Number(body.get("seen"))));
		const before = revision();
		const answer = await fetch(action, { method: "POST", body }).catch(() => null);
		const text = answer && [200, 409, 422].includes(answer.status) ? await answer.text() : "";
		const here = text.includes("data-builder");
		if (!here) {
			// No network, signed out, another page: the browser sends it itself, and tells.
			if (!form.isConnected) return location.assign(path);
			form.dataset.plain = "yes";
			return form.requestSubmit(submitter);
		}
		const made = answer.status === 200;
		saved = made ? form.closest("details[id]")?.id : null;
		show(text);
		if (made && Number(body.get("seen")) === before && revision() === before + 1) own.set(before, revision());
		if (made && adds) box.focus(), box.select();
		else if (made && saved && form.matches(".dose-form")) document.getElementById(saved)?.querySelector("summary").focus({ preventScroll: true });
		saved = null;
	});
}

document.addEventListener("submit", (event) => {
	const form = event.target;
	const ours = form.method === "post" && new URL(form.action).pathname.startsWith(`${path}/`) && document.querySelector("main").contains(form);
	const elsewhere = /\/(publication|states|phase-starts)$/.test(form.getAttribute("action") ?? "");
	if (!ours || elsewhere || form.dataset.plain) return;
	event.preventDefault();
	send(form, event.submitter);
});

// What other scripts here asked the server for is shown in its turn.
builder.addEventListener("asked", ({ detail }) => {
	detail.shown = queue(async () => {
		const text = await detail.answer;
		if (text) show(text, detail.part);
	});
});
