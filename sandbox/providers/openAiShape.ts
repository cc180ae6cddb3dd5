/** Routes that several providers copied from OpenAI, https://platform.openai.com/docs/api-reference. */
import { type Course, type Json, type Lab, type LabFile, look, page, refuse } from './lab';

interface ById {
	Params: { id: string };
}

/** Files under `base`, e.g. `/v1`. */
export function fileRoutes(lab: Lab, base: string, present: (file: LabFile) => Json = fileObject) {
	const { app } = lab;
	app.post(`${base}/files`, async (request) =>
		present(await lab.receive(request, lab.nextId('file-'))),
	);
	app.get(`${base}/files`, ({ query }) => page([...lab.files.values()].reverse(), query, present));
	app.get<ById>(`${base}/files/:id`, async ({ params }, reply) => {
		const file = lab.files.get(params.id);
		return file ? present(file) : await refuse(reply, 404, `No such File object: ${params.id}`);
	});
	app.get<ById>(`${base}/files/:id/content`, async ({ params }, reply) =>
		reply.type('application/octet-stream').send(lab.files.get(params.id)?.content),
	);
	app.delete<ById>(`${base}/files/:id`, ({ params: { id } }) => ({
		id,
		object: 'file',
		deleted: lab.files.delete(id),
	}));
}

export function fileObject({ id, bytes, created_at, filename, purpose }: LabFile): Json {
	return { id, object: 'file', bytes, created_at, filename, purpose, status: 'processed' };
}

/** Retrieving, listing and cancelling jobs under `base`. */
export function jobRoutes(lab: Lab, base: string, present: (job: Course) => Json): void {
	const { app } = lab;
	app.get(`${base}/fine_tuning/jobs`, ({ query }) => listJobs(lab, query, present));
	app.get<ById>(`${base}/fine_tuning/jobs/:id`, async ({ params }, reply) => {
		const job = lab.jobs.get(params.id);
		if (!job) return await refuse(reply, 404, `Could not find fine tune: ${params.id}`);
		look(job);
		return present(job);
	});
	app.post<ById>(`${base}/fine_tuning/jobs/:id/cancel`, async ({ params }, reply) => {
		const job = lab.jobs.get(params.id);
		if (!job) return await refuse(reply, 404, `Could not find fine tune: ${params.id}`);
		job.states = ['cancelled'];
		return present(job);
	});
}

export function listJobs(lab: Lab, query: unknown, present: (job: Course) => Json): Json {
	const wanted = Object.entries(query as Record<string, string>).flatMap(([name, value]) => {
		const field = /^metadata\[(.+)\]$/.exec(name)?.[1];
		return field === undefined ? [] : [[field, value] as const];
	});
	const fits = ({ data }: Course) =>
		wanted.every(([field, value]) => (data.metadata as Json | undefined)?.[field] === value);
	return page([...lab.jobs.values()].reverse().filter(fits), query, present);
}

/** Messages of a job, newest first. */
export function eventRoutes(lab: Lab, base: string): void {
	lab.app.get<ById>(`${base}/fine_tuning/jobs/:id/events`, ({ params, query }) => {
		const created_at = lab.seconds();
		const events = ['Job is created', 'Files validated'].map((message, index) => ({
			id: `ftevent-${params.id}-${index}`,
			object: 'fine_tuning.job.event',
			created_at,
			level: 'info',
			message,
			type: 'message',
		}));
		return page(events.reverse(), query, (event) => event);
	});
}

/** A job as OpenAI shows it; the model is there once it has succeeded. */
export function jobObject(
	lab: Lab,
	{ id, states: [status], created_at, data }: Course,
	model: string,
): Json {
	const done = status === 'succeeded';
	if (done) lab.models.add(model);
	return {
		id,
		object: 'fine_tuning.job',
		model: data.model,
		created_at,
		finished_at: done ? lab.seconds() : null,
		fine_tuned_model: done ? model : null,
		organization_id: 'org-lab',
		result_files: [],
		status,
		training_file: data.training_file,
		validation_file: data.validation_file ?? null,
		hyperparameters: { n_epochs: 'auto', ...(data.hyperparameters as Json) },
		trained_tokens: done ? 4096 : null,
		error: null,
		seed: data.seed ?? 42,
		integrations: [],
	};
}

/** Models and chat under `base`. */
export function chatRoutes(lab: Lab, base: string): void {
	lab.app.get(`${base}/models`, () => ({
		object: 'list',
		data: [...lab.models].map((id) => ({ id, object: 'model', created: 0, owned_by: 'lab' })),
	}));
	lab.app.post(`${base}/chat/completions`, async ({ body }, reply) => {
		const answer = lab.complete(body as Json);
		return answer ?? (await refuse(reply, 404, 'The model does not exist', 'model_not_found'));
	});
}
