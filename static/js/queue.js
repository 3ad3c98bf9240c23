// What waits on this phone to be sent to the diary: kept in the browser's own database, sent in order, each entry under a key of its
// own. It leaves the queue when the server says that it has this very key, and by the patient's own decision.
const STORE = "entries";
const PATIENCE = 15000;

const channel = new BroadcastChannel("diary");

// Calls whenever the queue is another one, by this page, another one or the worker.
export function listen(heard) {
	channel.addEventListener("message", ({ data }) => heard(data));
	addEventListener("diary", ({ detail }) => heard(detail));
}

function tell(message) {
	channel.postMessage(message);
	dispatchEvent(new CustomEvent("diary", { detail: message }));
}

function open() {
	return new Promise((resolve, reject) => {
		const asked = indexedDB.open("diary", 1);
		asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "number", autoIncrement: true });
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error);
	});
}

async function work(mode, todo) {
	const base = await open();
	try {
		return await new Promise((resolve, reject) => {
			const whole = base.transaction(STORE, mode, { durability: "strict" });
			const asked = todo(whole.objectStore(STORE));
			whole.oncomplete = () => resolve(asked?.result);
			whole.onerror = whole.onabort = () => reject(whole.error);
		});
	} finally {
		base.close();
	}
}

const all = () => work("readonly", (store) => store.getAll());

// A name for an entry. The browser's own needs a secure page, which one in the clinic's test room may not be.
function name() {
	if (crypto.randomUUID) return crypto.randomUUID();
	const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// What waits of this patient, oldest first.
export async function waiting(patient) {
	return (await all()).filter((entry) => entry.patient === patient);
}

// How many entries of other people wait on this phone.
export async function others(patient) {
	return (await all()).filter((entry) => entry.patient !== patient).length;
}

// Keeps an entry: whose it is, where it goes, the form as it would be sent, and what it is in words.
export async function keep({ patient, path, body, about, words }) {
	const entry = { key: name(), patient, path, body, about, words, state: "waiting", at: new Date().toISOString() };
	entry.number = await work("readwrite", (store) => store.add(entry));
	tell({ changed: true });
	return entry;
}

export async function change(entry) {
	await work("readwrite", (store) => store.put(entry));
	tell({ changed: true });
}

export async function drop(entry) {
	await work("readwrite", (store) => store.delete(entry.number));
	tell({ changed: true });
}

export async function dropAll(patient) {
	for (const entry of await waiting(patient)) await drop(entry);
}

// Entries about the same thing are sent one after the other: the later one was made by someone who had seen the earlier one.
function subject({ path, body }) {
	const fields = new URLSearchParams(body);
	return [path, ...["day", "ordinal", "prescription"].map((field) => fields.get(field))].join(" ");
}

// Sends what waits. Answers how it ended ("sent" when nothing is left that could be sent, "sign-in", or "offline"), and where each entry
// that is saved now is shown.
export async function send(patient) {
	const saved = new Map();
	const sending = () => sendAll(patient, saved);
	const end = await (navigator.locks ? navigator.locks.request("diary", sending) : sending());
	if (saved.size) tell({ saved: saved.size, end });
	return { end, saved };
}

async function sendAll(patient, saved) {
	const stuck = new Set();
	for (const entry of await waiting(patient)) {
		if (entry.state !== "waiting" || stuck.has(subject(entry))) {
			stuck.add(subject(entry));
			continue;
		}
		const answer = await sendOne(entry);
		if (!answer) return "offline";
		if (answer.status === 401) return "sign-in";
		if (answer.status === 200 && answer.said.saved && answer.said.key === entry.key) {
			await drop(entry);
			saved.set(entry.key, answer.said.place);
		} else if (answer.status === 409) {
			await change({ ...entry, state: "conflict", conflicts: answer.said.conflicts });
			stuck.add(subject(entry));
		} else if (answer.status >= 400 && answer.status < 500 && answer.said.problem !== "busy") {
			await change({ ...entry, state: "refused", problems: problems(answer.said) });
			stuck.add(subject(entry));
		} else return "offline";
	}
	return "sent";
}

function problems({ fields, words }) {
	return fields?.length ? [...new Set(fields.map((field) => field.words))] : [words];
}

// The server's answer; nothing when there is no network, or something in between that answers in its place.
async function sendOne(entry) {
	const headers = {
		Accept: "application/json",
		"Content-Type": "application/x-www-form-urlencoded",
		"Idempotency-Key": entry.key,
		"Diary-Of": entry.patient,
	};
	try {
		const answer = await fetch(entry.path, { method: "POST", headers, body: entry.body, redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
		return { status: answer.status, said: await answer.json() };
	} catch {
		return null;
	}
}
