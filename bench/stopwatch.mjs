/** Starts to measure; the function it returns tells the seconds since then, by the clock and of the process's CPU time. */
export function stopwatch() {
	const started = performance.now();
	const used = process.cpuUsage();
	return () => {
		const { user, system } = process.cpuUsage(used);
		return { seconds: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
	};
}
