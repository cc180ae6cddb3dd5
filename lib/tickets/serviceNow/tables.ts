import type { RecordKind } from './types';

export interface TableDefinition {
	table: string;
	/** As `kind` of the ticket, and in sentences. */
	noun: string;
	stateColumn: string;
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

/**
 * States are those of a new instance: incident 6 Resolved, 7 Closed; case 6 Resolved, 3 Closed; request item
 * 3 Closed Complete.
 */
export const TABLES: Record<RecordKind, TableDefinition> = {
	incident: {
		table: 'incident',
		noun: 'incident',
		stateColumn: 'state',
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
