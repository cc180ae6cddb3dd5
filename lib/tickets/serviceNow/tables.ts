import type { RecordKind } from './types';

export interface TableDefinition {
	table: string;
	/** As `kind` of the ticket, and in sentences. */
	noun: string;
	stateColumn: string;
	/** What people see for the values of the state column in a new instance. */
	stateNames: ReadonlyArray<readonly [value: string, name: string]>;
	/** Values of the state column that mean that it ended well; read by default. */
	resolvedStates: string[];
	categoryColumn?: string;
	/** How it ended. */
	resolutionColumn?: string;
	/** Reference columns to the people who ask, the first of them in the first place. */
	requesters: string[];
	/** Reference columns to the people who answer. */
	agents: string[];
	columns: string[];
}

const TASK_COLUMNS = [
	'sys_id',
	'number',
	'short_description',
	'description',
	'close_notes',
	'state',
	'priority',
	'closed_at',
	'sys_created_by',
	'sys_created_on',
	'sys_updated_on',
];

export const TABLES: Record<RecordKind, TableDefinition> = {
	incident: {
		table: 'incident',
		noun: 'incident',
		stateColumn: 'state',
		stateNames: [
			['1', 'New'],
			['2', 'In Progress'],
			['3', 'On Hold'],
			['6', 'Resolved'],
			['7', 'Closed'],
			['8', 'Canceled'],
		],
		resolvedStates: ['6', '7'],
		categoryColumn: 'category',
		resolutionColumn: 'close_code',
		requesters: ['caller_id'],
		agents: ['assigned_to', 'resolved_by'],
		columns: [...TASK_COLUMNS, 'category', 'close_code', 'resolved_at'],
	},
	case: {
		table: 'sn_customerservice_case',
		noun: 'case',
		stateColumn: 'state',
		stateNames: [
			['1', 'New'],
			['10', 'Open'],
			['18', 'Awaiting Info'],
			['6', 'Resolved'],
			['3', 'Closed'],
			['7', 'Cancelled'],
		],
		resolvedStates: ['6', '3'],
		categoryColumn: 'category',
		resolutionColumn: 'resolution_code',
		requesters: ['contact', 'consumer'],
		agents: ['assigned_to', 'resolved_by'],
		columns: [...TASK_COLUMNS, 'category', 'resolution_code', 'resolved_at'],
	},
	requestItem: {
		table: 'sc_req_item',
		noun: 'requestItem',
		stateColumn: 'state',
		stateNames: [
			['-5', 'Pending'],
			['1', 'Open'],
			['2', 'Work in Progress'],
			['3', 'Closed Complete'],
			['4', 'Closed Incomplete'],
			['7', 'Closed Skipped'],
		],
		resolvedStates: ['3'],
		categoryColumn: 'cat_item.name',
		requesters: ['requested_for', 'opened_by'],
		agents: ['assigned_to'],
		columns: [...TASK_COLUMNS, 'cat_item.name'],
	},
	knowledgeArticle: {
		table: 'kb_knowledge',
		noun: 'article',
		stateColumn: 'workflow_state',
		stateNames: [['published', 'Published']],
		resolvedStates: ['published'],
		categoryColumn: 'kb_category.label',
		requesters: [],
		agents: ['author'],
		columns: [
			'sys_id',
			'number',
			'short_description',
			'text',
			'wiki',
			'workflow_state',
			'language',
			'meta',
			'kb_category.label',
			'sys_created_on',
			'sys_updated_on',
		],
	},
};

/** Columns of a page of records: people by dot-walking, which costs no request of its own. */
export function columnsOf({ columns, requesters, agents }: TableDefinition): string[] {
	const people = [...requesters, ...agents].flatMap((person) => [
		`${person}.name`,
		`${person}.email`,
		`${person}.user_name`,
	]);
	return [...columns, ...people];
}
