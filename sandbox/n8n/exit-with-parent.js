// Loaded into every process that the sandbox starts (node --require): asks it to stop when the one that started it
// is gone, even if that one was killed and could not clean up.
const parent = Number(process.env.SANDBOX_PARENT_PID);
const CHECK_MS = 2_000;

if (parent > 0) {
	const timer = setInterval(() => {
		try {
			process.kill(parent, 0);
		} catch {
			clearInterval(timer);
			process.kill(process.pid, 'SIGTERM');
		}
	}, CHECK_MS);
	timer.unref();
}
