import { ApiError } from '../../http/errors';
import type { ApiRequest, ApiResponse, Transport } from '../../http/types';
import { RUN_ID_FIELD } from '../createJob';

import { defined, type Fields, fieldsOf, newestFirst, rowsOf, text } from './answers';
import { fireworksBody } from './fireworksBody';
import { at, type Collection, lastPart, shortHash } from './fireworksNames';
import type { Call, Dialect } from './types';

type Account = () => string;

const KINDS = ['supervisedFineTuningJobs', 'dpoJobs'] as const satisfies Collection[];
type Kind = (typeof KINDS)[number];
/** "The maximum page_size is 200." */
const MAX_PAGE = 200;

/** Jobs by the one and the other method are two collections. https://docs.fireworks.ai/api-reference */
export function fireworksJobCalls(account: Account): NonNullable<Dialect['calls']> {
	return {
		'jobs.cancel': async (call, send) => {
			const cancel = async (kind: Kind) =>
				await send({ ...call.request, ...at(account(), kind, call.id, ':cancel'), body: {} });
			await ofEither(call.id, cancel);
			return await getJob(account(), call.id, send);
		},
		'jobs.create': async (call, send) => await createJob(account(), call, send),
		'jobs.get': async ({ id }, send) => await getJob(account(), id, send),
		'jobs.list': async ({ request }, send) => await listJobs(account(), request, send),
	};
}

/**
 * The id of the job is made from the run's, so that Fireworks itself refuses a second one (409), and the job can be
 * looked up although its answer was lost.
 */
async function createJob(
	account: string,
	{ request }: Call,
	send: Transport,
): Promise<ApiResponse> {
	const body = fieldsOf(request.body);
	const run = text(fieldsOf(body.metadata)[RUN_ID_FIELD]);
	const id = run === undefined ? undefined : idOfRun(run);
	const isDpo = fieldsOf(body.method).type === 'dpo';
	const kind = isDpo ? 'dpoJobs' : 'supervisedFineTuningJobs';
	const answer = await send({
		...request,
		...at(account, kind),
		query: { [isDpo ? 'dpoJobId' : 'supervisedFineTuningJobId']: id },
		body: fireworksBody(account, body, run ?? JSON.stringify(body)),
	});
	return { ...answer, data: jobOf(answer.data, run) };
}

async function getJob(account: string, id: string, send: Transport): Promise<ApiResponse> {
	const get = async (kind: Kind) => await send({ method: 'GET', ...at(account, kind, id) });
	const answer = await ofEither(id, get);
	return { ...answer, data: jobOf(answer.data) };
}

/** The name of a job tells its collection; a bare id is looked for in both. */
async function ofEither<T>(id: string, ask: (kind: Kind) => Promise<T>): Promise<T> {
	const kind = KINDS.find((one) => id.includes(`${one}/`));
	if (kind) return await ask(kind);
	return await ask(KINDS[0]).catch(async (cause: unknown) => await afterMissing(cause, ask));
}

async function afterMissing<T>(cause: unknown, ask: (kind: Kind) => Promise<T>): Promise<T> {
	if (cause instanceof ApiError && cause.details.status === 404) return await ask(KINDS[1]);
	throw cause;
}

async function listJobs(
	account: string,
	{ query = {} }: ApiRequest,
	send: Transport,
): Promise<ApiResponse> {
	const run = query[`metadata[${RUN_ID_FIELD}]`];
	if (run !== undefined) return await jobsOfRun(account, String(run), send);
	const pageSize = Math.min(Number(query.limit ?? 50), MAX_PAGE);
	const tokens = tokensOf(query.after);
	const rows: Fields[] = [];
	const next: Array<string | undefined> = [];
	let answer: ApiResponse = { status: 200, headers: {}, data: {} };
	for (const [index, kind] of KINDS.entries()) {
		const pageToken = tokens[index];
		if (pageToken === undefined) {
			next.push(undefined);
			continue;
		}
		const paging = { pageSize, orderBy: 'create_time desc', pageToken: pageToken || undefined };
		answer = await send({ method: 'GET', ...at(account, kind), query: paging });
		rows.push(...rowsOf(answer.data, kind));
		next.push(text(fieldsOf(answer.data).nextPageToken));
	}
	const more = next.some((token) => token !== undefined);
	return {
		...answer,
		data: {
			object: 'list',
			data: newestFirst(rows, 'createTime').map((row) => jobOf(row)),
			has_more: more,
			last_id: more ? next.map((token) => encodeURIComponent(token ?? '')).join(',') : null,
		},
	};
}

/** The places in both lists; '' is the beginning, undefined the end. Anything else than a place is behind the end. */
function tokensOf(after: unknown): Array<string | undefined> {
	if (after === undefined) return ['', ''];
	const parts = String(after).split(',');
	return parts.length === 2 ? parts.map((part) => decoded(part) || undefined) : [];
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return '';
	}
}

async function jobsOfRun(account: string, run: string, send: Transport): Promise<ApiResponse> {
	const lookUp = async (kind: Kind) =>
		await send({ method: 'GET', ...at(account, kind, idOfRun(run)) }).catch(noneIfMissing);
	const answers = await Promise.all(KINDS.map(lookUp));
	const found = answers.filter((answer) => answer !== undefined);
	const data = found.map((answer) => jobOf(answer.data, run));
	return { status: 200, headers: {}, data: { object: 'list', data, has_more: false } };
}

function noneIfMissing(cause: unknown): undefined {
	if (cause instanceof ApiError && cause.details.status === 404) return undefined;
	throw cause;
}

function idOfRun(run: string): string {
	return `n8n-${/^[0-9a-f]{40}$/.test(run) ? run : shortHash(run)}`;
}

/** https://docs.fireworks.ai/api-reference/get-supervised-fine-tuning-job */
function jobOf(data: unknown, run?: string): Fields {
	const { status: outcome, ...raw } = fieldsOf(data);
	const training = { ...fieldsOf(raw.trainingConfig), ...raw };
	const state = text(raw.state) ?? '';
	const name = text(raw.name) ?? '';
	return {
		...raw,
		id: name,
		object: 'fine_tuning.job',
		status: state,
		model: text(training.baseModel) ?? text(training.warmStartFrom) ?? null,
		training_file: lastPart(text(raw.dataset) ?? '') || null,
		validation_file: lastPart(text(raw.evaluationDataset) ?? '') || null,
		created_at: raw.createTime ?? null,
		finished_at: raw.completedTime ?? null,
		hyperparameters: defined({
			n_epochs: training.epochs,
			batch_size: training.batchSize,
			learning_rate: training.learningRate,
		}),
		method: { type: name.includes('/dpoJobs/') ? 'dpo' : 'supervised' },
		result_files: [],
		error: errorOf(fieldsOf(outcome)),
		...(run !== undefined && { metadata: { [RUN_ID_FIELD]: run } }),
	};
}

function errorOf({ code, message }: Fields): Fields | null {
	const word = text(code);
	return word === undefined || word === 'OK'
		? null
		: { code: word, message: text(message) ?? '', param: null };
}
