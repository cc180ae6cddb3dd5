/** What the "From List" fields of all nodes offer. */
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import type { FineTuningJobCheckpoint } from 'openai/resources/fine-tuning/jobs/checkpoints';
import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';
import type { FileObject } from 'openai/resources/files';

import type { Page } from '../../lib/http/pages';
import type { QueryValue, Transport } from '../../lib/http/types';
import { describeModel, listModels, type Model } from '../../lib/openai/models';
import { isTunedModelId } from '../../lib/openai/modelId';
import { lackOf } from '../../lib/openai/dialects/speak';
import { TRAINABLE_MODELS } from '../../lib/openai/retirement';
import { toIso } from '../../lib/openai/time';

import { deploymentAccess } from './deploymentAccess';
import { toNodeError } from './errors';
import { type Connection, createTransport } from './transport';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

const PAGE_SIZE = 100;
/** Pages read for one answer while a search finds nothing. */
const MAX_PAGES_A_SEARCH = 5;
/** Each of them costs a request. */
const JOBS_A_CHECKPOINT_PAGE = 10;
/** Begins the token of a page of checkpoints. */
const CHECKPOINTS = 'checkpoints:';
/** Models of OpenAI that no chat request can name. */
const NO_CHAT =
	/^(text-embedding|text-moderation|omni-moderation|tts|whisper|dall-e|gpt-image|sora|babbage|davinci|computer-use)|-(tts|transcribe|realtime|image|instruct|search-api)\b/;

/** Files: those to train with, or all in the operations on files. */
export const searchFiles = search(async ({ transport }, ctx, filter, after) => {
	const all = ctx.getCurrentNodeParameter('resource') === 'file';
	const query = { purpose: all ? undefined : 'fine-tune', order: 'desc' };
	return await searchPages<FileObject>(
		transport,
		{ path: '/files', query },
		filter,
		after,
		fileItem,
	);
});

export const searchJobs = search(
	async ({ transport, dialect }, _ctx, filter, after) =>
		await searchPages<FineTuningJob>(
			transport,
			{ path: '/fine_tuning/jobs' },
			filter,
			after,
			(job) => {
				const status = dialect.jobStatus(String(job.status));
				return item(
					`${job.fine_tuned_model ?? job.model} (${status}, ${day(job.created_at)})`,
					job.id,
				);
			},
		),
);

/** Models that can be trained: base models, then fine-tuned ones to train further. */
export const searchBaseModels = search(async (connection, _ctx, filter) => {
	const { dialect, transport } = connection;
	const known = (dialect.trainableModels ?? []).map((id): Model => ({ id }));
	const listed = lackOf(dialect, 'models.list') === undefined ? await listModels(transport) : [];
	const { tuned, base } = sorted(
		listed.filter(({ id }) => !known.some((model) => model.id === id)),
	);
	const trainable = base.filter(
		({ id, capabilities }) => TRAINABLE_MODELS.includes(id) || capabilities?.fine_tune,
	);
	// A provider of other models offers none of OpenAI's.
	const offered = [...known, ...(trainable.length > 0 ? trainable : base), ...tuned];
	return foundModels(connection, offered, filter);
});

export const searchTunedModels = search(async (connection, _ctx, filter) => {
	const { tuned } = sorted(await listModels(connection.transport));
	return foundModels(connection, tuned, filter);
});

/** All models, fine-tuned ones first. */
export const searchModels = search(async (connection, _ctx, filter) => {
	const { tuned, base } = sorted(await listModels(connection.transport));
	return foundModels(connection, [...tuned, ...base], filter);
});

/** Models to chat with, fine-tuned ones first; further pages hold the checkpoints of jobs. */
export const searchChatModels = search(async (connection, _ctx, filter, after) => {
	if (after?.startsWith(CHECKPOINTS)) {
		return await checkpointPage(connection, filter, after.slice(CHECKPOINTS.length) || undefined);
	}
	const { tuned, base } = sorted(await listModels(connection.transport));
	const chatting = base.filter(({ id }) => !NO_CHAT.test(id));
	const page = foundModels(connection, [...tuned, ...chatting], filter);
	const { chat, supports } = connection.dialect;
	const asksCheckpoints = supports.checkpoints && chat?.checkpoints !== false;
	return { ...page, paginationToken: asksCheckpoints ? CHECKPOINTS : undefined };
});

/** Checkpoints of the newest jobs that have succeeded, by the id under which they can be used. */
export const searchCheckpoints = search(
	async (connection, _ctx, filter, after) =>
		await checkpointPage(connection, filter, after?.slice(CHECKPOINTS.length)),
);

/** What can be put to work: the models of finished jobs, or at some providers their checkpoints. */
export const searchDeployableModels = search(async (connection, _ctx, filter, after) => {
	const { transport, dialect } = connection;
	if (dialect.deployments?.source === 'checkpoints') {
		const cursor = after?.slice(CHECKPOINTS.length);
		return await checkpointPage(connection, filter, cursor, (checkpoint, job) =>
			item(
				`${job.model}, step ${checkpoint.step_number} (${day(checkpoint.created_at)})`,
				`${job.id}:${checkpoint.id}`,
			),
		);
	}
	const path = '/fine_tuning/jobs';
	return await searchPages<FineTuningJob>(transport, { path }, filter, after, (job) => {
		const model = dialect.tunedModel(job as unknown as Record<string, unknown>);
		return model === undefined ? undefined : item(`${model} (${day(job.created_at)})`, model);
	});
});

export const searchDeployments = search(async (connection, ctx, filter) => {
	const { deployments, send } = await deploymentAccess(ctx, 0, connection);
	const all = await deployments.list(send);
	return found(
		all.map(({ id, status, source_model: model }) =>
			item(`${id} (${status}${model ? `, ${model}` : ''})`, id),
		),
		filter,
	);
});

/** Permissions of the checkpoint that is picked in the same node. */
export const searchCheckpointPermissions = search(async ({ transport }, ctx, filter, after) => {
	const checkpoint = ctx.getCurrentNodeParameter('checkpoint', { extractValue: true });
	if (typeof checkpoint !== 'string' || checkpoint === '') return { results: [] };
	const path = `/fine_tuning/checkpoints/${encodeURIComponent(checkpoint)}/permissions`;
	return await searchPages<{ id: string; project_id?: string; created_at?: number }>(
		transport,
		{ path, admin: true },
		filter,
		after,
		({ id, project_id: project, created_at: created }) => item(`${project} (${day(created)})`, id),
	);
});

function search(
	find: (
		connection: Connection,
		ctx: ILoadOptionsFunctions,
		filter: string | undefined,
		after: string | undefined,
	) => Promise<INodeListSearchResult>,
): ListSearch {
	return async function (filter, paginationToken) {
		try {
			return await find(await createTransport(this), this, filter, paginationToken || undefined);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}

async function checkpointPage(
	{ transport, dialect }: Connection,
	filter: string | undefined,
	after: string | undefined,
	toItem = (
		{ fine_tuned_model_checkpoint: id, step_number: step }: FineTuningJobCheckpoint,
		_: FineTuningJob,
	) => item(`${id} (step ${step})`, id),
): Promise<INodeListSearchResult> {
	const { data: page } = await transport<Page<FineTuningJob>>({
		method: 'GET',
		path: '/fine_tuning/jobs',
		query: { limit: JOBS_A_CHECKPOINT_PAGE, after },
	});
	const succeeded = (page.data ?? []).filter(
		(job) => dialect.jobStatus(String(job.status)) === 'succeeded',
	);
	const lists = await Promise.all(
		succeeded.map(async (job) => {
			const path = `/fine_tuning/jobs/${encodeURIComponent(job.id)}/checkpoints`;
			const { data } = await transport<Page<FineTuningJobCheckpoint>>({ method: 'GET', path });
			return (data.data ?? []).map((checkpoint) => toItem(checkpoint, job));
		}),
	);
	const items = lists.flat();
	const next = nextOf(page);
	return {
		...found(items, filter),
		paginationToken: next === undefined ? undefined : `${CHECKPOINTS}${next}`,
	};
}

/** One page of a list, or with a search the first pages until something fits. */
async function searchPages<T extends { id?: string }>(
	transport: Transport,
	list: { path: string; query?: Record<string, QueryValue>; admin?: boolean },
	filter: string | undefined,
	after: string | undefined,
	toItem: (entry: T) => INodeListSearchItems | undefined,
): Promise<INodeListSearchResult> {
	let next = after;
	for (let page = 1; ; page++) {
		const { data: answer } = await transport<Page<T>>({
			method: 'GET',
			...list,
			query: { ...list.query, limit: PAGE_SIZE, after: next },
		});
		const items = (answer.data ?? []).map(toItem).filter((one) => one !== undefined);
		const { results } = found(items, filter);
		const following = nextOf(answer);
		const done = results.length > 0 || page >= MAX_PAGES_A_SEARCH;
		if (done || following === undefined || following === next) {
			return { results, paginationToken: following === next ? undefined : following };
		}
		next = following;
	}
}

function nextOf<T extends { id?: string }>({ data, has_more: more, last_id: last }: Page<T>) {
	return more ? (last ?? data.at(-1)?.id) : undefined;
}

function found(items: INodeListSearchItems[], filter: string | undefined): INodeListSearchResult {
	const words = (filter ?? '').toLowerCase().split(/\s+/).filter(Boolean);
	const fits = ({ name, value }: INodeListSearchItems) => {
		const text = `${name} ${String(value)}`.toLowerCase();
		return words.every((word) => text.includes(word));
	};
	return { results: items.filter(fits) };
}

function foundModels(connection: Connection, models: Model[], filter: string | undefined) {
	return found(
		models.map((model) => modelItem(connection, model)),
		filter,
	);
}

function fileItem(file: FileObject): INodeListSearchItems {
	return item(`${file.filename} (${size(file.bytes)}, ${day(file.created_at)})`, file.id);
}

function modelItem({ provider, surroundings }: Connection, model: Model): INodeListSearchItems {
	const { shutdown_date: date, days_left: left } = describeModel(
		model,
		provider,
		surroundings.now(),
	);
	if (date === null || left === null) return item(model.id, model.id);
	return item(
		left < 0 ? `${model.id} (shut down on ${date})` : `${model.id} (until ${date}, ${left} days)`,
		model.id,
	);
}

function item(name: string, value: string): INodeListSearchItems {
	return { name, value };
}

function day(seconds: unknown): string {
	return toIso(seconds)?.slice(0, 10) ?? 'no date';
}

function size(bytes: number | undefined): string {
	if (bytes === undefined) return 'unknown size';
	if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
	return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Fine-tuned ones, newest first, and all others by name. */
function sorted(models: Model[]): { tuned: Model[]; base: Model[] } {
	return {
		tuned: newestFirst(models.filter(({ id }) => isTunedModelId(id))),
		base: models.filter(({ id }) => !isTunedModelId(id)).sort((a, b) => a.id.localeCompare(b.id)),
	};
}

/** A job's final model before its checkpoints, which have longer ids and often the same date. */
function newestFirst(models: Model[]): Model[] {
	return [...models].sort(
		(a, b) => (b.created ?? 0) - (a.created ?? 0) || a.id.length - b.id.length,
	);
}
