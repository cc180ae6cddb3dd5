/** Get Many, Get and Count of Jira. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { countIssues, createJiraReader, getIssue } from '../../lib/tickets/jira/reader';
import type { TicketSource } from '../shared/tickets/run';

import {
	checkOnce,
	connectJira,
	credentialOf,
	customFieldsOnce,
	type Jira,
	type JiraMemory,
} from './connection';
import {
	issueParameter,
	optionsOf,
	pageSizeParameter,
	queryParameter,
	rulesOf,
} from './parameters';

/** One for each execution: it remembers what it has asked of a site already. */
export function jiraSource(): TicketSource {
	const memories = new Map<string, JiraMemory>();
	return {
		async reader(ctx, itemIndex) {
			const options = optionsOf(ctx, itemIndex);
			const { query, excludedResolutions } = queryParameter(ctx, itemIndex, options.onlyNew);
			const { jira, memory } = await connected(ctx, itemIndex, memories, options.maxWaitSeconds);
			const rules = rulesOf(jira.connection, await customFieldsOnce(jira, memory), options);
			return {
				reader: createJiraReader({
					transport: jira.transport,
					query,
					rules,
					excludedResolutions,
					concurrency: options.concurrency,
					pageSize: pageSizeParameter(ctx, itemIndex),
				}),
			};
		},
		async get(ctx, itemIndex) {
			const issue = issueParameter(ctx, itemIndex);
			const { jira, memory } = await connected(ctx, itemIndex, memories);
			const fields = await customFieldsOnce(jira, memory);
			const rules = rulesOf(jira.connection, fields, optionsOf(ctx, itemIndex));
			return await getIssue({ transport: jira.transport, rules }, issue);
		},
		async count(ctx, itemIndex) {
			const wanted = queryParameter(ctx, itemIndex);
			const { jira } = await connected(ctx, itemIndex, memories);
			return await countIssues(jira.transport, { rules: jira.connection, ...wanted });
		},
	};
}

async function connected(
	ctx: IExecuteFunctions,
	itemIndex: number,
	memories: Map<string, JiraMemory>,
	maxWaitSeconds?: number,
): Promise<{ jira: Jira; memory: JiraMemory }> {
	const fields = await credentialOf(ctx, itemIndex);
	const memory = memoryOf(memories, fields);
	const jira = await connectJira(ctx, fields, memory, maxWaitSeconds);
	await checkOnce(jira, memory);
	return { jira, memory };
}

function memoryOf(memories: Map<string, JiraMemory>, fields: IDataObject): JiraMemory {
	const name = JSON.stringify(fields);
	const memory = memories.get(name) ?? {};
	memories.set(name, memory);
	return memory;
}
