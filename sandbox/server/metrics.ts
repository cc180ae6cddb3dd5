/** Measurements of one training step. */
export interface Metrics {
	step: number;
	train_loss: number;
	train_mean_token_accuracy: number;
	valid_loss?: number;
	valid_mean_token_accuracy?: number;
}

/**
 * Made-up measurements that look like a run going well: nothing is trained here.
 * The same seed and step always give the same numbers.
 */
export function metricsAt(step: number, total: number, seed: number, validated: boolean): Metrics {
	const progress = step / total;
	const loss = 0.25 + 2.2 * Math.exp(-4 * progress) + 0.08 * noise(seed, step);
	const accuracy = 0.95 - 0.45 * Math.exp(-4 * progress) + 0.02 * noise(seed + 1, step);
	const metrics = {
		step,
		train_loss: round(loss),
		train_mean_token_accuracy: round(accuracy),
	};
	if (!validated) return metrics;
	const gap = 0.1 + 0.15 * progress;
	return {
		...metrics,
		valid_loss: round(loss + gap),
		valid_mean_token_accuracy: round(accuracy - gap / 5),
	};
}

/** More rows would be a file that nobody reads. */
const MOST_ROWS = 100_000;

/** The table of a job's result file, one row a training step; very long runs are thinned. */
export function resultCsv(total: number, seed: number, validated: boolean): string {
	const rows = ['step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy'];
	const stride = Math.ceil(total / MOST_ROWS);
	for (let step = stride; step <= total; step += stride) {
		const metrics = metricsAt(step, total, seed, validated);
		const { train_loss, train_mean_token_accuracy, valid_loss, valid_mean_token_accuracy } =
			metrics;
		rows.push(
			[step, train_loss, train_mean_token_accuracy, valid_loss, valid_mean_token_accuracy].join(
				',',
			),
		);
	}
	return `${rows.join('\n')}\n`;
}

/** -1..1, the same for the same arguments. */
function noise(seed: number, step: number): number {
	const wave = Math.sin(seed * 12.9898 + step * 78.233) * 43758.5453;
	return 2 * (wave - Math.floor(wave)) - 1;
}

function round(value: number): number {
	return Math.round(value * 1e5) / 1e5;
}
