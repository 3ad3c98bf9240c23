// A beep, a buzz, and a screen that stays awake. Sound and vibration are off until somebody wants them; the phone remembers.
let audio = null;

export const wants = (what) => localStorage.getItem(`guide-${what}`) === "yes";
export const choose = (what, on) => localStorage.setItem(`guide-${what}`, on ? "yes" : "no");
export const canVibrate = "vibrate" in navigator;

export function signal(kind) {
	if (wants("sound")) beep(kind === "end" ? 880 : 587, kind === "end" ? 0.5 : 0.12);
	if (wants("vibration") && canVibrate) navigator.vibrate(kind === "end" ? [200, 100, 200] : 60);
}

function beep(pitch, length) {
	audio ??= new AudioContext();
	audio.resume();
	const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
	tone.frequency.value = pitch;
	loudness.gain.setValueAtTime(0.25, audio.currentTime);
	loudness.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + length);
	tone.connect(loudness).connect(audio.destination);
	tone.start();
	tone.stop(audio.currentTime + length);
}

let awake = null;

export async function stayAwake() {
	try {
		awake = await navigator.wakeLock?.request("screen");
	} catch {
		// The phone decides: a low battery lets the screen sleep.
	}
}

export function maySleep() {
	awake?.release();
	awake = null;
}
