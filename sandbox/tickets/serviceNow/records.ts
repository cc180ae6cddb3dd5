/** The sample tickets and articles as records of an instance. */
import type { SampleArticle, SamplePerson, SampleTicket } from '../samples/types';

import { htmlOf } from './html';
import { type Column, type Database, type Stored, storedDate, sysId, table } from './tables';

interface TaskKind {
	table: string;
	prefix: string;
	/** Reference to the one who asks. */
	requester: string;
	states: Record<SampleTicket['status'], string>;
	labels: Record<string, string>;
	resolution: string;
}

const TASKS: TaskKind[] = [
	{
		table: 'incident',
		prefix: 'INC',
		requester: 'caller_id',
		states: { open: '2', pending: '3', solved: '6', closed: '7' },
		labels: { '1': 'New', '2': 'In Progress', '3': 'On Hold', '6': 'Resolved', '7': 'Closed' },
		resolution: 'close_code',
	},
	{
		table: 'sn_customerservice_case',
		prefix: 'CS',
		requester: 'contact',
		states: { open: '10', pending: '18', solved: '6', closed: '3' },
		labels: { '10': 'Open', '18': 'Awaiting Info', '6': 'Resolved', '3': 'Closed' },
		resolution: 'resolution_code',
	},
	{
		table: 'sc_req_item',
		prefix: 'RITM',
		requester: 'requested_for',
		states: { open: '2', pending: '-5', solved: '3', closed: '3' },
		labels: { '2': 'Work in Progress', '-5': 'Pending', '3': 'Closed Complete' },
		resolution: 'close_code',
	},
];

const PRIORITIES = { urgent: '1', high: '2', normal: '3', low: '4' };
const PRIORITY_LABELS = {
	'1': '1 - Critical',
	'2': '2 - High',
	'3': '3 - Moderate',
	'4': '4 - Low',
};
const CLOSE_CODES = {
	fixed: 'Solution provided',
	answered: 'Solution provided',
	duplicate: 'Duplicate',
	wontFix: 'No resolution provided',
	cannotReproduce: 'Not reproducible',
};

/** All tables of an instance that holds these. */
export function buildDatabase(
	tickets: SampleTicket[],
	articles: SampleArticle[],
	people: Record<string, SamplePerson>,
): Database {
	const database: Database = new Map();
	database.set('sys_user', userTable(people));
	database.set('sys_user_group', groupTable(tickets));
	database.set('sc_cat_item', categoryTable('sc_cat_item', 'name', tickets));
	database.set('kb_category', categoryTable('kb_category', 'label', articles));
	database.set('label', labelTable(tickets));
	database.set('sys_choice', choiceTable());
	for (const kind of TASKS) database.set(kind.table, taskTable(kind, tickets, people));
	database.set('kb_knowledge', articleTable(articles, people));
	database.set('sys_journal_field', journalTable(tickets, people));
	database.set('label_entry', labelEntryTable(tickets));
	database.set('sys_attachment', attachmentTable(tickets));
	return database;
}

export function userName(person: SamplePerson | undefined): string {
	return person ? person.email.split('@')[0] : 'system';
}

const personId = (key: string) => sysId('sys_user', key);
const groupId = (category: string) => sysId('sys_user_group', category);
const numberOf = (prefix: string, number: number) => `${prefix}${String(number).padStart(7, '0')}`;
const taskId = (kind: TaskKind, { number }: SampleTicket) => sysId(kind.table, String(number));

function system(id: string, created: string, updated = created, by = 'system'): Stored {
	return {
		sys_id: id,
		sys_created_on: storedDate(created),
		sys_updated_on: storedDate(updated),
		sys_created_by: by,
	};
}

function userTable(people: Record<string, SamplePerson>) {
	const rows = Object.entries(people).map(([key, person]) => ({
		...system(personId(key), '2024-01-01T00:00:00Z'),
		name: person.name,
		email: person.email,
		user_name: userName(person),
	}));
	return table({ name: {}, email: {}, user_name: {} }, 'name', rows);
}

function groupTable(tickets: SampleTicket[]) {
	const rows = [...new Set(tickets.map(({ category }) => category))].map((category) => ({
		...system(groupId(category), '2024-01-01T00:00:00Z'),
		name: `${category} desk`,
	}));
	return table({ name: {} }, 'name', rows);
}

function categoryTable(name: string, display: string, of: Array<{ category: string }>) {
	const rows = [...new Set(of.map(({ category }) => category))].map((category) => ({
		...system(sysId(name, category), '2024-01-01T00:00:00Z'),
		[display]: category,
	}));
	return table({ [display]: {} }, display, rows);
}

function choiceTable() {
	const rows = TASKS.flatMap(({ table: name, labels }) =>
		Object.entries(labels).map(([value, label], index) => ({
			...system(sysId('sys_choice', `${name}/${value}`), '2024-01-01T00:00:00Z'),
			...{ name, element: 'state', value, label, language: 'en', inactive: 'false' },
			sequence: String(index),
		})),
	);
	const columns = ['name', 'element', 'value', 'label', 'language', 'inactive', 'sequence'];
	return table(Object.fromEntries(columns.map((column) => [column, {}])), 'label', rows);
}

function labelTable(tickets: SampleTicket[]) {
	const rows = [...new Set(tickets.flatMap(({ tags }) => tags))].map((tag) => ({
		...system(sysId('label', tag), '2024-01-01T00:00:00Z'),
		name: tag,
	}));
	return table({ name: {} }, 'name', rows);
}

function taskTable(kind: TaskKind, tickets: SampleTicket[], people: Record<string, SamplePerson>) {
	const user: Column = { reference: 'sys_user' };
	const date: Column = { isDate: true };
	const columns: Record<string, Column> = {
		number: {},
		short_description: {},
		description: {},
		close_notes: {},
		state: { choices: kind.labels },
		priority: { choices: PRIORITY_LABELS },
		active: {},
		closed_at: date,
		opened_by: user,
		assigned_to: user,
		assignment_group: { reference: 'sys_user_group' },
		comments: { isJournal: true },
		work_notes: { isJournal: true },
		[kind.requester]: user,
		...(kind.table === 'sc_req_item'
			? { cat_item: { reference: 'sc_cat_item' } }
			: { category: {}, resolved_at: date, resolved_by: user, [kind.resolution]: {} }),
	};
	return table(
		columns,
		'number',
		tickets.map((ticket) => taskRow(kind, ticket, people)),
	);
}

function taskRow(
	kind: TaskKind,
	ticket: SampleTicket,
	people: Record<string, SamplePerson>,
): Stored {
	const [request] = ticket.messages;
	const ended = ticket.status === 'solved' || ticket.status === 'closed';
	const agent = ticket.agent ? personId(ticket.agent) : '';
	const answer = ticket.messages.findLast(
		({ from, public: isPublic }) => isPublic && people[from]?.kind === 'agent',
	);
	const last = ticket.messages.at(-1)!.at;
	const changed = ticket.resolvedAt && ticket.resolvedAt > last ? ticket.resolvedAt : last;
	const resolvedAt = ended && ticket.resolvedAt ? storedDate(ticket.resolvedAt) : '';
	return {
		...system(taskId(kind, ticket), ticket.createdAt, changed, userName(people[ticket.requester])),
		number: numberOf(kind.prefix, ticket.number),
		short_description: ticket.subject,
		description: request.body,
		close_notes: ended && answer ? answer.body : '',
		state: kind.states[ticket.status],
		priority: PRIORITIES[ticket.priority],
		active: String(ticket.status !== 'closed'),
		closed_at: ticket.status === 'closed' ? resolvedAt : '',
		opened_by: personId(ticket.requester),
		assigned_to: agent,
		assignment_group: groupId(ticket.category),
		[kind.requester]: personId(ticket.requester),
		category: ticket.category,
		cat_item: sysId('sc_cat_item', ticket.category),
		resolved_at: resolvedAt,
		resolved_by: ended ? agent : '',
		[kind.resolution]: ended && ticket.resolution ? CLOSE_CODES[ticket.resolution] : '',
	};
}

/** What came by mail keeps its HTML between `[code]` and `[/code]`; mail from strangers is written by `guest`. */
function journalTable(tickets: SampleTicket[], people: Record<string, SamplePerson>) {
	const rows = TASKS.flatMap((kind) =>
		tickets.flatMap((ticket) =>
			ticket.messages.slice(1).map((message, index) => {
				const person = people[message.from];
				const isStranger = person?.email.endsWith('@alderbrook.example') === false;
				const text = message.html ? `[code]${message.html}[/code]` : message.body;
				return {
					...system(
						sysId('sys_journal_field', `${kind.table}/${ticket.number}/${index}`),
						message.at,
						message.at,
						isStranger ? 'guest' : userName(person),
					),
					name: kind.table,
					element_id: taskId(kind, ticket),
					element: message.public ? 'comments' : 'work_notes',
					value: isStranger ? `reply from: ${person.email}\n\n${text}` : text,
				};
			}),
		),
	);
	return table({ name: {}, element_id: {}, element: {}, value: {} }, 'element', rows);
}

function labelEntryTable(tickets: SampleTicket[]) {
	const rows = TASKS.flatMap((kind) =>
		tickets.flatMap((ticket) =>
			ticket.tags.map((tag) => ({
				...system(sysId('label_entry', `${kind.table}/${ticket.number}/${tag}`), ticket.createdAt),
				table: kind.table,
				table_key: taskId(kind, ticket),
				label: sysId('label', tag),
			})),
		),
	);
	return table({ table: {}, table_key: {}, label: { reference: 'label' } }, 'table_key', rows);
}

function attachmentTable(tickets: SampleTicket[]) {
	const rows = TASKS.flatMap((kind) =>
		tickets.flatMap((ticket) =>
			ticket.messages
				.flatMap(({ attachments = [] }) => attachments)
				.map((file, index) => ({
					...system(
						sysId('sys_attachment', `${kind.table}/${ticket.number}/${index}`),
						ticket.createdAt,
					),
					table_name: kind.table,
					table_sys_id: taskId(kind, ticket),
					file_name: file,
				})),
		),
	);
	return table({ table_name: {}, table_sys_id: {}, file_name: {} }, 'file_name', rows);
}

function articleTable(articles: SampleArticle[], people: Record<string, SamplePerson>) {
	const columns: Record<string, Column> = {
		number: {},
		short_description: {},
		text: {},
		wiki: {},
		workflow_state: { choices: { published: 'Published', draft: 'Draft' } },
		language: {},
		meta: {},
		kb_category: { reference: 'kb_category' },
		author: { reference: 'sys_user' },
	};
	const rows = articles.map((article) => ({
		...system(
			sysId('kb_knowledge', String(article.number)),
			article.updatedAt,
			article.updatedAt,
			userName(people[article.author]),
		),
		number: numberOf('KB', article.number),
		short_description: article.title,
		text: htmlOf(article.body),
		wiki: '',
		workflow_state: article.published ? 'published' : 'draft',
		language: 'en',
		meta: article.category,
		kb_category: sysId('kb_category', article.category),
		author: personId(article.author),
	}));
	return table(columns, 'number', rows);
}
