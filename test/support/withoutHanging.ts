/** Whatever is linear takes a fraction of it on any machine, whatever is quadratic takes minutes. */
const HANG_SECONDS = 30;

/**
 * Does a piece of work that must not hang. Not a measure of speed (those are benches): it fails only where the work
 * took the processor, not the clock, beyond all reason.
 */
export function withoutHanging<T>(work: () => T): T {
	const before = process.cpuUsage();
	const result = work();
	const { user, system } = process.cpuUsage(before);
	const seconds = (user + system) / 1e6;
	if (seconds > HANG_SECONDS) throw new Error(`It took ${seconds.toFixed(0)} s of the processor.`);
	return result;
}
