/** The three requests that reading cases takes: query, its further pages, and the description of an object. */
import { ApiError } from '../../http/errors';
import type { ApiResponse, Transport } from '../../http/types';
import { relativeTo } from '../siteUrl';

import { type ObjectFields, objectFields } from './fields';
import type { DescribeResult, QueryResult } from './types';
import { type ApiUsage, checkShare, usageOf } from './usage';

export interface SalesforceSettings {
	transport: Transport;
	/** Origin of the organization. */
	baseUrl: string;
	/** e.g. `v66.0`. */
	apiVersion: string;
	/** Percent of the daily requests of the organization after which reading stops; 100 never stops. */
	limitShare: number;
	/** Told of every answer's usage. */
	onUsage?: (usage: ApiUsage) => void;
}

export interface Page<T> {
	records: T[];
	totalSize: number;
	/** Path of the next page, on the same origin. */
	next?: string;
}

/** Pages of one relationship or one batch; far more than any case has. */
const MAX_PAGES = 2_000;

export class SalesforceClient {
	private usage: ApiUsage | undefined;

	private readonly descriptions = new Map<string, DescribeResult>();

	constructor(private readonly settings: SalesforceSettings) {}

	/** Origin of the organization. */
	get baseUrl(): string {
		return this.settings.baseUrl;
	}

	/** The first page of a query. */
	async query<T>(soql: string): Promise<Page<T>> {
		const path = `/services/data/${this.settings.apiVersion}/query`;
		return await this.page<T>(path, { q: soql });
	}

	/** @param next - as a page gave it */
	async nextPage<T>(next: string): Promise<Page<T>> {
		return await this.page<T>(next);
	}

	/** All records of a query. */
	async queryAll<T>(soql: string): Promise<T[]> {
		return await this.rest(await this.query<T>(soql));
	}

	/** All records of a subquery, of which the first ones came with their case. */
	async subquery<T>(result: QueryResult<T> | null | undefined): Promise<T[]> {
		return result ? await this.rest(this.toPage(result)) : [];
	}

	/** The description of an object, asked once. */
	async describe(object: string): Promise<DescribeResult> {
		const path = `/services/data/${this.settings.apiVersion}/sobjects/${object}/describe`;
		const known = this.descriptions.get(object) ?? (await this.get<DescribeResult>(path));
		this.descriptions.set(object, known);
		return known;
	}

	async fieldsOf(object: string): Promise<ObjectFields> {
		return objectFields(await this.describe(object));
	}

	/** Undefined where the organization has no such object, or the user sees none. */
	async fieldsIfAny(object: string): Promise<ObjectFields | undefined> {
		try {
			return await this.fieldsOf(object);
		} catch (cause) {
			return unlessMissing(cause);
		}
	}

	private async rest<T>(first: Page<T>): Promise<T[]> {
		const records = [...first.records];
		const visited = new Set<string>();
		for (let { next } = first; next !== undefined;) {
			if (visited.has(next) || visited.size >= MAX_PAGES) throw endless();
			visited.add(next);
			const page: Page<T> = await this.nextPage<T>(next);
			for (const record of page.records) records.push(record);
			({ next } = page);
		}
		return records;
	}

	private async page<T>(path: string, query?: { q: string }): Promise<Page<T>> {
		return this.toPage(await this.get<QueryResult<T>>(path, query));
	}

	private toPage<T>({ records, totalSize, done, nextRecordsUrl }: QueryResult<T>): Page<T> {
		const hasNext = done !== true && typeof nextRecordsUrl === 'string' && nextRecordsUrl !== '';
		const list = Array.isArray(records) ? records : [];
		return {
			records: list.filter((record) => typeof record === 'object' && record !== null),
			totalSize: Number(totalSize) || 0,
			...(hasNext ? { next: relativeTo(this.baseUrl, nextRecordsUrl) } : {}),
		};
	}

	private async get<T>(path: string, query?: { q: string }): Promise<T> {
		const { limitShare, transport, onUsage } = this.settings;
		checkShare(this.usage, limitShare);
		const response: ApiResponse<T> = await transport<T>({ method: 'GET', path, query });
		const usage = usageOf(response.headers);
		if (usage) {
			this.usage = usage;
			onUsage?.(usage);
		}
		if (typeof response.data !== 'object' || response.data === null) throw unknownShape(path);
		return response.data;
	}
}

function unlessMissing(cause: unknown): undefined {
	if (cause instanceof ApiError && cause.details.status === 404) return undefined;
	throw cause;
}

function endless(): ApiError {
	return new ApiError('Salesforce sent the same page of a relationship twice', {
		code: 'invalid_list',
		explanation: {
			message: 'Salesforce sent the same page twice, so reading it on would never end',
			description: 'Run again. If it stays, a proxy between n8n and Salesforce repeats answers.',
		},
	});
}

function unknownShape(path: string): ApiError {
	return new ApiError('The answer is not an object', { code: 'not_json', method: 'GET', path });
}
