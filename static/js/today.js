// The forms of Today without network: what is sent is first kept on this phone, and then sent; what waits is shown as waiting.
import { drop, keep, listen, send, waiting } from "./queue.js";
import { heard, icon, make, patient, today } from "./parts.js";

const forms = [...document.querySelectorAll("form[action^='/my/sets'], form[action^='/my/sessions'], form[action^='/my/check-ins/']")];
const controls = (form) => [...form.elements].filter((control) => control.name && control.type !== "hidden" && control.type !== "submit");
const named = (form, name) => controls(form).filter((control) => control.name === name);
const isTick = (control) => control.type === "checkbox" || control.type === "radio";
const differs = (control) => {
	if (isTick(control)) return control.checked !== control.defaultChecked;
	if (control.type === "select-one") return ![...control.options].some((option) => option.selected && option.defaultSelected) && control.selectedIndex > 0;
	return control.value !== control.defaultValue;
};
const body = (form) => new URLSearchParams(new FormData(form)).toString();

// What a form says, in words, for the list of what waits.
function describe(form) {
	const about = heard(form.closest("article, section")?.querySelector("h2") ?? form.querySelector("button"));
	const words = controls(form).filter(differs).filter((control) => control.type !== "radio" || control.checked).map((control) => {
		const label = control.labels?.[0] ? heard(control.labels[0]) : "";
		if (control.type === "checkbox") return control.checked ? label : `${label}: not done`;
		if (control.type === "radio") return `${heard(control.closest("fieldset").querySelector("legend"))}: ${label}`;
		if (control.type === "select-one") return control.selectedOptions[0].textContent;
		return `${label}: ${control.value}`;
	});
	return { about, words };
}

async function sendForm(form, entry) {
	const { end, saved } = await send(patient);
	if (saved.has(entry.key)) return goTo(saved.get(entry.key));
	const left = (await waiting(patient)).find((one) => one.number === entry.number);
	if (left?.state === "refused") {
		// The page itself says best what is wrong beside which field.
		await drop(left);
		return HTMLFormElement.prototype.submit.call(form);
	}
	if (end === "sign-in") dispatchEvent(new Event("diary-signed-out"));
	await show();
	(await navigator.serviceWorker?.getRegistration())?.sync?.register("diary").catch(() => null);
}

// Opens the page as it is now. An address that differs in its place alone would not be asked for.
function goTo(place) {
	if (place.split("#")[0] !== location.pathname + location.search) return location.assign(place);
	history.replaceState(null, "", place);
	location.reload();
}

for (const form of forms) {
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const press = event.submitter;
		if (form.ariaBusy === "true") return;
		form.ariaBusy = "true";
		const entry = await keep({ patient, path: form.getAttribute("action"), body: body(form), ...describe(form) }).catch(() => null);
		// In a browser that keeps nothing the form goes its plain way.
		if (entry) await sendForm(form, entry).finally(() => (form.ariaBusy = "false"));
		else HTMLFormElement.prototype.submit.call(form);
		press?.focus();
	});
}

// The form an entry is of.
function formOf({ path, body }) {
	const fields = new URLSearchParams(body);
	const same = (form, name) => !form.elements[name] || form.elements[name].value === (fields.get(name) ?? form.elements[name].value);
	return forms.find((form) => form.getAttribute("action") === path && ["day", "ordinal", "prescription"].every((name) => same(form, name)));
}

// Shows what an entry says where it was said, as known: what is said next differs from this.
function lay(entry, form) {
	const fields = new URLSearchParams(entry.body);
	const ticks = [...form.querySelectorAll("input[name=done]")];
	for (const tick of ticks) {
		const [typed, shown] = [fields.getAll("done").includes(tick.value), fields.getAll("shown").includes(tick.value)];
		if (typed === shown) continue;
		tick.checked = tick.defaultChecked = typed;
		tick.closest(".tick").classList.toggle("is-waiting", typed);
		form.querySelectorAll(`input[name=shown][value="${tick.value}"]`).forEach((known) => known.remove());
		if (typed) form.append(make("input", { type: "hidden", name: "shown", value: tick.value }));
	}
	for (const known of form.querySelectorAll("input[type=hidden][name^='shown-']")) {
		const bare = known.name.replace("shown-", "");
		const name = named(form, bare).length ? bare : bare.replaceAll("-", "_");
		if (!fields.has(name) || fields.get(name) === (fields.get(known.name) ?? "")) continue;
		known.value = fields.get(name);
		named(form, name).forEach((control) => fill(control, fields.get(name)));
	}
}

function fill(control, value) {
	if (isTick(control)) control.checked = control.defaultChecked = control.value === value && value !== "";
	else {
		control.value = value;
		if ("defaultValue" in control) control.defaultValue = value;
		else for (const option of control.options) option.defaultSelected = option.selected;
	}
	const folded = control.closest("details");
	if (value && folded) folded.open = true;
}

async function show() {
	document.querySelectorAll(".waits-mark").forEach((mark) => mark.remove());
	for (const entry of await waiting(patient)) {
		const form = formOf(entry);
		if (!form) continue;
		lay(entry, form);
		if (!form.querySelector(".waits-mark")) {
			const words = entry.state === "waiting" ? "Kept on this phone, waits to be sent" : "Kept on this phone. See the top of the page";
			form.querySelector(".actions").before(make("p", { className: "waits-mark" }, icon("clock"), words));
		}
	}
}

// A copy of an earlier day is no page of this one: what is ticked on it now belongs to the day it is ticked on.
function turn() {
	const now = new Date();
	const day = [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
	if (!document.body.dataset.kept || day <= today) return;
	document.querySelector(".checkin")?.remove();
	for (const form of forms) {
		const field = form.elements.day;
		if (!field || field.value !== today) continue;
		field.value = day;
		form.querySelectorAll("input[name=shown]").forEach((known) => known.remove());
		form.querySelectorAll("input[type=hidden][name^='shown-']").forEach((known) => (known.value = ""));
		controls(form).forEach((control) => fill(control, ""));
		const count = form.closest("article, section")?.querySelector(".ex-count");
		if (count) count.textContent = "";
	}
	const words = `What you tick now is written down for ${now.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" })}.`;
	document.querySelector(".page-head")?.after(make("p", { className: "truth", textContent: words }));
}

turn();
show();
listen(({ saved, end }) => {
	const written = forms.some((form) => form.ariaBusy === "true" || controls(form).some(differs));
	if (saved && end === "sent" && !written && !document.querySelector("dialog[open]")) location.reload();
	else show();
});
