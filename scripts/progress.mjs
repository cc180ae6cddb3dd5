// Progress on the screen: one line a step, alive while the step runs, with its time when it is done.
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const REPAINT_MS = 120;
const STILL_RUNNING_MS = 20_000;

/** A step that did not work: `step` names it, `message` says what happened and, where known, what to do. */
export class StepFailure extends Error {
	constructor(step, message, options) {
		super(message, options);
		this.step = step;
	}
}

/**
 * Runs `work(note, print)` under a title. `note(text)` shows what the step is doing right now, `print(line)` puts a
 * line above it that stays.
 * Rejects with a StepFailure that names the step.
 */
export async function step(title, work) {
	const painter = process.stdout.isTTY ? animated(title) : plain(title);
	const started = performance.now();
	try {
		const result = await work(painter.note, painter.print);
		painter.end(`✓ ${title}${seconds(started)}`);
		return result;
	} catch (error) {
		painter.end(`✗ ${title}${seconds(started)}`);
		if (error instanceof StepFailure) throw error;
		throw new StepFailure(title, error instanceof Error ? error.message : String(error), {
			cause: error,
		});
	}
}

/** A line that stays, below the steps. */
export function say(text = '') {
	process.stdout.write(`${text}\n`);
}

function seconds(started) {
	const elapsed = (performance.now() - started) / 1000;
	return elapsed < 0.5 ? '' : ` (${elapsed.toFixed(elapsed < 10 ? 1 : 0)} s)`;
}

function animated(title) {
	let detail = '';
	let frame = 0;
	const started = performance.now();
	const paint = () => {
		const line = `${SPINNER[frame++ % SPINNER.length]} ${title}${seconds(started)}${detail && ` · ${detail}`}`;
		const width = (process.stdout.columns || 80) - 1;
		process.stdout.write(`\r\x1b[2K${line.length > width ? `${line.slice(0, width - 1)}…` : line}`);
	};
	const timer = setInterval(paint, REPAINT_MS);
	paint();
	return {
		note: (text) => {
			detail = text.replace(/\s+/g, ' ').trim();
		},
		print: (line) => {
			process.stdout.write(`\r\x1b[2K${line}\n`);
			paint();
		},
		end: (line) => {
			clearInterval(timer);
			process.stdout.write(`\r\x1b[2K${line}\n`);
		},
	};
}

/** Logs and pipes get whole lines: one at the start, and a sign of life in long steps. */
function plain(title) {
	let detail = '';
	const started = performance.now();
	say(`… ${title}`);
	const timer = setInterval(
		() => say(`  ${title}: still running${seconds(started)}${detail && ` · ${detail}`}`),
		STILL_RUNNING_MS,
	);
	return {
		note: (text) => {
			detail = text.replace(/\s+/g, ' ').trim();
		},
		print: say,
		end: (line) => {
			clearInterval(timer);
			say(line);
		},
	};
}
