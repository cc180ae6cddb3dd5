import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 20;
const SETTLED_MIB = 2;

/** Whether the memory of another process can be watched here: only Linux tells it without a tool of its own. */
export const canWatchMemory = process.platform === 'linux';

/**
 * Samples the resident memory of a process, in MiB, until it is stopped.
 * `peak` of a sample is the highest since the sample before, so that nothing between two samples is missed.
 */
export function watchMemory(pid) {
	const samples = [];
	const timer = setInterval(() => {
		try {
			samples.push({ at: Date.now(), ...readMemory(pid) });
		} catch {
			// The process has ended; whoever drives it will say so.
			clearInterval(timer);
		}
	}, EVERY_MS);
	return {
		/** Highest memory between two times, in milliseconds since 1970. */
		peak(from, to) {
			const last = samples.findIndex(({ at }) => at >= to);
			const first = samples.findIndex(({ at }) => at >= from);
			return Math.max(...samples.slice(first, last + 1).map(({ peak }) => peak));
		},
		/** Memory at a time. */
		at(time) {
			return samples.findLast(({ at }) => at <= time)?.rss;
		},
		/** Waits until it has stayed within 2 MiB for `forMs`, at most `withinMs`, and resolves with the memory then. */
		async settled({ forMs, withinMs }) {
			const deadline = Date.now() + withinMs;
			do {
				await pause(forMs);
				const recent = samples.filter(({ at }) => at >= Date.now() - forMs).map(({ rss }) => rss);
				if (Math.max(...recent) - Math.min(...recent) <= SETTLED_MIB) break;
			} while (Date.now() < deadline);
			return this.at(Date.now());
		},
		stop() {
			clearInterval(timer);
		},
	};
}

/** https://man7.org/linux/man-pages/man5/proc_pid_status.5.html; 5 in clear_refs makes VmHWM start anew. */
function readMemory(pid) {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const mebibytes = (name) =>
		Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)[1]) / 1024;
	const rss = mebibytes('VmRSS');
	try {
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
	} catch {
		return { rss, peak: rss };
	}
	return { rss, peak: mebibytes('VmHWM') };
}
