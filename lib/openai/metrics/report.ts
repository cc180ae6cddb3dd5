import { foreign, formatNumber } from '../../report/html';
import { reportPage, tileRow } from '../../report/page';

import { metricsSvg } from './chart';
import type { JobMetrics } from './read';
import type { MetricsSummary } from './summary';

export interface ReportedJob {
	id: string;
	status: string;
	/** The base model. */
	model: string | null;
	fine_tuned_model: string | null;
	trained_tokens: number | null;
}

const SOURCES: Record<JobMetrics['source'], string> = {
	result_file: "From the job's result file.",
	events: "From the job's metrics events.",
	checkpoints: "From the job's checkpoints, the only measurements that the server gives.",
	none: 'The server gives no measurements of this job (yet).',
};

/** The curves of a training with what they say, as a page that needs nothing but itself. */
export function metricsHtml(
	job: ReportedJob,
	{ points, checkpoints, source }: JobMetrics,
	summary: MetricsSummary,
	createdAt: string,
): string {
	const model = job.fine_tuned_model ?? job.model ?? '';
	const title = `Training of ${job.id}`;
	return reportPage(title, [
		`<header><h1>${foreign(title)}</h1><p>${foreign([model, job.status, createdAt.slice(0, 10)].filter(Boolean).join(' · '))}</p></header>`,
		tileRow([
			['Steps', summary.last_step === null ? '–' : formatNumber(summary.last_step)],
			['Training loss', shown(summary.train_loss), from(summary.train_loss_at_start)],
			['Validation loss', shown(summary.valid_loss), best(summary)],
			['Token accuracy', percent(summary.train_mean_token_accuracy), 'in training, at the end'],
			['Trained tokens', job.trained_tokens === null ? '–' : formatNumber(job.trained_tokens)],
		]),
		`<section><h2>What the curves say</h2><p>${foreign(summary.verdict)}</p></section>`,
		`<section><h2>Curves</h2><p class="note">${SOURCES[source]} Single steps jump; the bold line is their moving average. Dotted lines are saved checkpoints.</p><figure>${metricsSvg(points, checkpoints, job.id)}</figure></section>`,
		checkpointSection(checkpoints),
		'<footer>Made by OpenAI Fine-Tune of n8n-nodes-fine-tuning. The page loads nothing from the network.</footer>',
	]);
}

function checkpointSection(checkpoints: JobMetrics['checkpoints']): string {
	if (checkpoints.length === 0) return '';
	const rows = checkpoints.map(
		({ step, model }) =>
			`<tr><th scope="row">${foreign(model)}</th><td>${formatNumber(step)}</td></tr>`,
	);
	return `<section><h2>Checkpoints</h2><p class="note">Models that were saved on the way. Each can be asked like the final one.</p><table><thead><tr><th scope="col">Model</th><th scope="col">Step</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

function shown(value: number | null): string {
	return value === null ? '–' : value.toLocaleString('en', { maximumSignificantDigits: 4 });
}

function from(start: number | null): string {
	return start === null ? '' : `began at ${shown(start)}`;
}

function best({ best_valid_loss: value, best_step: step }: MetricsSummary): string {
	return value === null ? 'no validation file' : `best ${shown(value)} at step ${step}`;
}

function percent(share: number | null): string {
	return share === null ? '–' : `${(share * 100).toFixed(1)} %`;
}
