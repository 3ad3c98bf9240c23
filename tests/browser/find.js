// How a person finds things on a page: by the words they read or hear, among what is shown.
// Stands before every script the tests run in a page; nothing of it stays there.

const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();

const shown = (element) => element.checkVisibility({ visibilityProperty: true });

// The words by which something is called: its label's, or its own without what is for the eye alone.
function name(element) {
	const heard = element.cloneNode(true);
	heard.querySelectorAll("[aria-hidden=true]").forEach((part) => part.remove());
	return tidy(element.getAttribute("aria-label") || heard.textContent);
}

// The one shown element of these that is called so, in the main part before the rest; null when there is none yet.
function only(selector, words, root = document) {
	const all = [...root.querySelectorAll(selector)].filter((element) => shown(element) && name(element) === words);
	const main = all.filter((element) => element.closest("main"));
	const found = main.length ? main : all;
	if (found.length > 1) throw new Error(`${found.length} of ${selector} are called “${words}”`);
	return found[0] ?? null;
}

// A button, a link or something folded, and whether pressing it opens another page.
function pressable(words) {
	const element = only("button:not(:disabled), a[href], details:not([open]) > summary", words);
	if (!element) return null;
	const bare = (address) => address.split("#")[0];
	const leaves = element.matches("a") ? bare(element.href) !== bare(location.href) : element.matches("button") && element.type === "submit" && element.form !== null;
	// What a script does in the page itself is waited for, too.
	const stays = element.matches("[data-builder] button");
	if (leaves && !stays) window.leftBehind = true;
	return [element, leaves];
}

// Whether the page that was left is gone and the next one is here.
const arrived = () => !window.leftBehind && document.readyState === "complete" && !document.querySelector("[aria-busy=true]");

// The field with this label.
const field = (label) => only("label", label)?.control ?? null;

// The box with this answer, under the question that has these words.
function answer(question, words) {
	const group = [...document.querySelectorAll("fieldset")].filter((each) => shown(each) && name(each.querySelector("legend")).includes(question));
	if (group.length > 1) throw new Error(`“${question}” is asked ${group.length} times`);
	return group.length ? only("label", words, group[0]) : null;
}

// Everything that can be read in an element, on one line.
const read = (element) => tidy(element?.innerText);
