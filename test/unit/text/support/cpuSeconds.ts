/** What a piece of work costs the processor: unlike the time on the clock, no matter what else runs on the machine. */
export function cpuSeconds(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1e6;
}
