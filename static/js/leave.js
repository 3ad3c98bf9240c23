// Signing out takes everything of the patient from this phone. What has not been sent would be lost: it warns first, and asks twice.
import { dropAll, waiting } from "./queue.js";
import { entries, make, patient } from "./parts.js";

async function goOn(form) {
	await dropAll(patient);
	Object.keys(localStorage).filter((name) => name.startsWith(`guide-${patient}-`)).forEach((name) => localStorage.removeItem(name));
	(await navigator.serviceWorker?.getRegistration())?.active?.postMessage({ forget: true });
	HTMLFormElement.prototype.submit.call(form);
}

function ask(form, number) {
	const title = make("h2", { id: "leave-heading", tabIndex: -1 });
	const words = make("p");
	const [stay, leave] = [make("button", { type: "button", className: "button button-primary" }), make("button", { type: "button", className: "button" })];
	const dialog = make("dialog", { className: "ask" }, title, words, make("div", { className: "actions" }, stay, leave));
	dialog.setAttribute("aria-labelledby", "leave-heading");
	const say = (texts) => [title, words, stay, leave].forEach((element, index) => (element.textContent = texts[index]));
	const it = number === 1 ? "it" : "them";
	say([`${entries(number)} ${number === 1 ? "has" : "have"} not been sent`, `If you sign out now, your diary never gets ${it}.`, "Stay signed in", "Sign out all the same"]);
	stay.addEventListener("click", () => dialog.close());
	leave.addEventListener("click", () => {
		say([`Discard ${entries(number)} for good?`, "Nobody can bring them back.", "No, stay signed in", "Yes, discard and sign out"]);
		leave.addEventListener("click", () => goOn(form), { once: true });
		title.focus();
	}, { once: true });
	dialog.addEventListener("close", () => dialog.remove());
	document.body.append(dialog);
	dialog.showModal();
}

for (const form of document.querySelectorAll("form[action='/sign-out'], form[action='/account/sign-outs']")) {
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const number = await waiting(patient).then((mine) => mine.length, () => 0);
		if (number) ask(form, number);
		else await goOn(form).catch(() => HTMLFormElement.prototype.submit.call(form));
	});
}
