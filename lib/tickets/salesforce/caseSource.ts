/** Cases with the fields that were asked for, as tickets. */
import type { Page, SalesforceClient } from './client';
import { readConversations } from './conversation';
import { caseSelect, hasFiles, namedFields, type ObjectFields } from './fields';
import { FileNames } from './files';
import { type NormalizeOptions, type SalesforceTicket, toTicket } from './normalize';
import { type CaseOrder, caseQuery, type Keyset } from './query';
import type { CaseRecord } from './types';

export interface CaseOptions extends Pick<
	NormalizeOptions,
	'includeInternalNotes' | 'includeRaw' | 'stripQuotes'
> {
	/** Chatter posts are read too. */
	includeFeed?: boolean;
	/** API name. */
	resolutionField?: string;
	/** API names. */
	extraFields?: readonly string[];
}

export interface CaseSourceQuery {
	conditions: readonly string[];
	order: CaseOrder;
	limit?: number;
}

export class CaseSource {
	private prepared: Promise<Prepared> | undefined;

	private readonly files = new FileNames(true);

	constructor(
		private readonly client: SalesforceClient,
		private readonly options: CaseOptions,
	) {}

	async firstPage(
		{ conditions, ...rest }: CaseSourceQuery,
		after?: Keyset,
	): Promise<Page<CaseRecord>> {
		const { object, contact, extra } = await this.prepare();
		return await this.files.ask(async (files) => {
			const select = caseSelect(object, contact, extra, files);
			return await this.client.query<CaseRecord>(
				caseQuery({ select, conditions: [...conditions], after, ...rest }),
			);
		});
	}

	async nextPage(locator: string): Promise<Page<CaseRecord>> {
		return await this.client.nextPage<CaseRecord>(locator);
	}

	async tickets(
		records: readonly CaseRecord[],
		warn: (sentence: string) => void,
	): Promise<SalesforceTicket[]> {
		const { object, extra, richText } = await this.prepare();
		const { includeFeed = false, resolutionField, extraFields, ...texts } = this.options;
		const conversations = await readConversations(
			this.client,
			records,
			object,
			{ files: this.files, includeFeed },
			warn,
		);
		if (this.files.isRefused) warn('Names of attachments could not be read');
		const options: NormalizeOptions = {
			...texts,
			baseUrl: this.client.baseUrl,
			richText,
			resolutionField: resolutionField ? extra[0] : undefined,
			extraFields: extraFields?.length ? extra.slice(resolutionField ? 1 : 0) : undefined,
		};
		return records.map((record) => toTicket(record, conversations.get(record.Id)!, options));
	}

	private async prepare(): Promise<Prepared> {
		this.prepared ??= this.describe();
		return await this.prepared;
	}

	private async describe(): Promise<Prepared> {
		const object = await this.client.fieldsOf('Case');
		const { resolutionField, extraFields = [] } = this.options;
		const named = [
			...namedFields(object, resolutionField ? [resolutionField] : [], 'Resolution Field'),
			...namedFields(object, extraFields, 'Extra Fields'),
		];
		this.files.isAsked = hasFiles(object);
		const rich = named.filter(({ htmlFormatted }) => htmlFormatted === true);
		return {
			object,
			contact: object.references.has('Contact')
				? await this.client.fieldsIfAny('Contact')
				: undefined,
			extra: named.map(({ name }) => name),
			richText: new Set(rich.map(({ name }) => name)),
		};
	}
}

interface Prepared {
	object: ObjectFields;
	/** Absent where the user sees no contacts. */
	contact: ObjectFields | undefined;
	/** The resolution field, if any, then the extra ones. */
	extra: string[];
	richText: Set<string>;
}
