import type { FastifyInstance } from 'fastify';

import { BASE_MODELS } from '../baseModels';
import type { Sandbox } from '../sandbox';

/** What a person sees who opens the sandbox in a browser. */
export function statusRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(page(sandbox)));
	app.get('/health', (request, reply) => {
		if (!/\bjson\b/.test(request.headers.accept ?? '')) {
			return reply.type('text/html; charset=utf-8').send(page(sandbox));
		}
		return reply.send({ status: 'ok', name: 'n8n-nodes-fine-tuning sandbox' });
	});
}

function page({ store, clock, settings }: Sandbox): string {
	const jobs = [...store.each('job')].slice(-20).reverse();
	const rows = jobs.map(({ job }) =>
		row(job.id, job.status, job.fine_tuned_model ?? 'none yet', date(job.created_at * 1000)),
	);
	const speed = Number.isFinite(settings.speed) ? `${settings.speed} times` : 'any number of times';
	const tunable = BASE_MODELS.filter((model) => model.tunable && !model.retired);
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>OpenAI sandbox of n8n-nodes-fine-tuning</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .5rem 0; }
th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #ccc; overflow-wrap: anywhere; }
code { background: #f0f0f0; padding: .1rem .3rem; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #1a1a1a; } code { background: #333; } th, td { border-color: #555; } }
</style>
</head>
<body>
<main>
<h1>OpenAI sandbox</h1>
<p>This server stands in for the OpenAI API on this machine, for trying and testing <strong>n8n-nodes-fine-tuning</strong>. It is no language model: a model tuned here answers with the nearest of its training examples, and losses are made up. Nothing leaves this machine and nothing costs money.</p>
<p>Base URL <code>/v1</code>, API key <code>sk-sandbox</code>, admin key <code>sk-admin-sandbox</code>. Base models to tune: ${tunable.map(({ id }) => `<code>${text(id)}</code>`).join(', ')}.</p>
<table>
<caption>State at ${date(clock.now())}</caption>
<tbody>
<tr><th scope="row">Files</th><td>${store.count('file')}</td></tr>
<tr><th scope="row">Fine-tuning jobs</th><td>${store.count('job')}</td></tr>
<tr><th scope="row">Tuned models and checkpoints</th><td>${store.count('model')}</td></tr>
<tr><th scope="row">Webhook endpoints</th><td>${store.count('endpoint')}</td></tr>
<tr><th scope="row">Speed</th><td>${speed} that of OpenAI</td></tr>
</tbody>
</table>
<table>
<caption>Last fine-tuning jobs</caption>
<thead><tr><th scope="col">Job</th><th scope="col">Status</th><th scope="col">Model</th><th scope="col">Created</th></tr></thead>
<tbody>${rows.join('') || '<tr><td colspan="4">No jobs yet</td></tr>'}</tbody>
</table>
</main>
</body>
</html>
`;
}

function row(...cells: string[]): string {
	return `<tr>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`;
}

function date(ms: number): string {
	return new Date(ms).toISOString().replace('T', ' ').slice(0, 19) + ' UTC';
}

function text(raw: string): string {
	return raw
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
}
