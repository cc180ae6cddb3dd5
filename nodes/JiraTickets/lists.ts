/** What the lists of the node offer. */
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { listIssueTypes, listProjects, listResolvedIssues } from '../../lib/tickets/jira/lists';
import { toNodeError } from '../shared/errors';

import { checkOnce, connectJira, credentialOf, type Jira } from './connection';

export async function getProjects(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await listed(this, async ({ connection, transport }) => {
		const projects = await listProjects(transport, connection.deployment);
		return projects.map(({ key, name }) => ({ name: `${name} (${key})`, value: key }));
	});
}

export async function getIssueTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await listed(this, async ({ connection, transport }) => {
		const names = await listIssueTypes(transport, connection.deployment);
		return names.map((name) => ({ name, value: name }));
	});
}

/** Tickets that were resolved last; with a search those whose texts hold it. */
export async function searchIssues(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listed(this, async ({ connection, transport }) => {
		const issues = await listResolvedIssues(transport, connection.deployment, filter);
		const { siteUrl } = connection;
		const results = issues.map(({ key, title }) => ({
			name: `${key}: ${title}`,
			value: key,
			url: `${siteUrl}/browse/${key}`,
		}));
		return { results };
	});
}

async function listed<T>(ctx: ILoadOptionsFunctions, list: (jira: Jira) => Promise<T>): Promise<T> {
	try {
		const jira = await connectJira(ctx, await credentialOf(ctx));
		await checkOnce(jira, {});
		return await list(jira);
	} catch (error) {
		throw toNodeError(ctx.getNode(), error);
	}
}
