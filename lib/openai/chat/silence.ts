/** Rings once after `ms` milliseconds. */
export type Alarm = (ms: number, ring: () => void) => void;

export interface SilenceWatch {
	/** Something came; the time begins anew. */
	heard: () => void;
	end: () => void;
	isSilent: () => boolean;
}

/**
 * Calls `onSilence` once when nothing was heard for `ms` milliseconds.
 * Only one alarm is set at a time, however often something comes.
 */
export function watchSilence(
	ms: number,
	onSilence: () => void,
	{ alarm = defaultAlarm, now = () => performance.now() } = {},
): SilenceWatch {
	let last = now();
	let ended = false;
	let silent = false;
	const ring = () => {
		if (ended) return;
		const left = last + ms - now();
		if (left > 0) return alarm(left, ring);
		silent = true;
		onSilence();
	};
	alarm(ms, ring);
	return {
		heard: () => {
			last = now();
		},
		end: () => {
			ended = true;
		},
		isSilent: () => silent,
	};
}

/** The one timer that n8n lets a node use beside its `sleep`; it keeps no process alive. */
function defaultAlarm(ms: number, ring: () => void): void {
	AbortSignal.timeout(Math.ceil(ms)).addEventListener('abort', ring, { once: true });
}
